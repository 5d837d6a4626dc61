"""Makes the small annexes of the demo: a one-page PDF or a plain picture."""

import struct
import zlib


def small_file(kind: str, title: str, text: str) -> tuple[bytes, str]:
    """Return (content, media type) of an annex with that title and text; `kind` is pdf or png."""
    if kind == "png":
        return _picture(), "image/png"
    return _page([title, "", *text.strip().splitlines()]), "application/pdf"


def _page(lines: list[str]) -> bytes:
    """Return a PDF of one A4 page in Helvetica, one text line per entry."""
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in _wrapped(lines))
    stream = f"BT /F1 11 Tf 15 TL 60 780 Td\n{shown}\nET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de-DE) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(out)


def _wrapped(lines: list[str], width: int = 88) -> list[str]:
    out = []
    for line in lines:
        current = ""
        for word in line.split():
            if len(current) + len(word) + 1 > width:
                out.append(current)
                current = "  "
            current += ("" if not current.strip() else " ") + word
        out.append(current)
    return out


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _picture(width: int = 480, height: int = 240) -> bytes:
    """Return a PNG organisation chart without words: one box over three, joined by lines."""
    boxes = [(180, 20, 300, 80), (20, 150, 140, 210), (180, 150, 300, 210), (340, 150, 460, 210)]

    def dark(x: int, y: int) -> bool:
        inside = any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes)
        trunk = x in (239, 240) and 80 <= y < 150
        rail = y in (114, 115) and 79 <= x <= 401
        drop = x in (79, 80, 399, 400) and 114 <= y < 150
        return inside or trunk or rail or drop

    rows = b"".join(
        b"\x00"
        + bytes(b for x in range(width) for b in ((35, 67, 168) if dark(x, y) else (255,) * 3))
        for y in range(height)
    )

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
