"""PDF files, printed by LibreOffice where that is installed; each document is printed once.

What is printed lies beside the stored files under the digest of its Word file. It is no record: it
can be thrown away at any time, and is made again when somebody asks.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings

from ..rules.errors import RuleViolation

MISSING: Final = (
    "Auf diesem Server ist LibreOffice nicht installiert, deshalb gibt es hier keine PDF-Dateien."
    " Die Word-Datei steht bereit."
)
LATE: Final = (
    "Die PDF-Datei ist nicht rechtzeitig fertig geworden. Bitte später noch einmal versuchen oder"
    " die Word-Datei nehmen."
)
FAILED: Final = (
    "LibreOffice konnte aus der Word-Datei keine PDF-Datei machen. Bitte die Word-Datei nehmen."
)
# tagged, so that a screen reader finds headings and the heads of tables; bookmarks for headings
_FILTER: Final = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
PROGRAMS: Final = ("soffice", "libreoffice")
START_SECONDS: Final = 60  # the first one of a run makes a profile; a busy server is slow
SECONDS_EACH: Final = 15
_AT_ONCE: Final = 10  # so that of a large Sitzungsmappe something is kept when time runs out


def pdf_of(document: bytes) -> bytes:
    """Return a Word file as tagged PDF; raises RuleViolation where there is no way to make one."""
    return pdfs_of([document])[0]


def pdfs_of(documents: Sequence[bytes]) -> list[bytes]:
    """Return Word files as PDF, in their order; only those are printed that never were before.

    Raises RuleViolation as `pdf_of` does; what was printed until then is kept.
    """
    paths = [_path(document) for document in documents]
    new = {path: data for path, data in zip(paths, documents, strict=True) if not path.exists()}
    waiting = list(new.items())
    for start in range(0, len(waiting), _AT_ONCE):
        _print(waiting[start : start + _AT_ONCE])
    return [path.read_bytes() for path in paths]


def _path(document: bytes) -> Path:
    """Return where the PDF of a Word file lies; other options make another one."""
    name = hashlib.sha256(_FILTER.encode() + hashlib.sha256(document).digest()).hexdigest()
    return Path(settings.FILES_DIR) / "pdf" / name[:2] / f"{name}.pdf"


def _print(waiting: Sequence[tuple[Path, bytes]]) -> None:
    """Print some files in one run of the program, with a profile that nobody else uses."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RuleViolation(MISSING)
    with tempfile.TemporaryDirectory(prefix="vorlagenlauf-pdf-") as name:
        place = Path(name)
        sources = []
        for number, (_, data) in enumerate(waiting):
            sources.append(place / f"{number}.docx")
            sources[-1].write_bytes(data)
        command = [
            *(program, "--headless", "--norestore", "--nolockcheck"),
            *(f"-env:UserInstallation={(place / 'profile').as_uri()}",),
            *("--convert-to", _FILTER, "--outdir", str(place / "made")),
            *map(str, sources),
        ]
        _run(command, place, START_SECONDS + SECONDS_EACH * len(waiting))
        for number, (path, _) in enumerate(waiting):
            made = place / "made" / f"{number}.pdf"
            if not made.is_file() or not made.stat().st_size:
                raise RuleViolation(FAILED)
            _keep(made, path)


def _run(command: list[str], place: Path, seconds: int) -> None:
    """Run the program; when time is over, end it with everything that it has started."""
    # no shell; the program is found on the path, all else is named by us
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=place,
        env={**os.environ, "HOME": str(place)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise RuleViolation(LATE) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if code != 0:
        raise RuleViolation(FAILED)


def _keep(made: Path, path: Path) -> None:
    """Put a finished file in its place at once, so that nobody ever reads half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(made.read_bytes())
    Path(temporary).replace(path)
