"""What Word keeps as fields and signs, written as the text that they show."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from proposals.documents.wml import MAIN, W, legal

ADDRESS: Final = "address"  # set on the runs of a field that is a link
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL: Final = W + "val"
_CHECKED, _UNCHECKED = "☒", "☐"
_CHECKED_SIGNS: Final = ("F0FD", "F0FE", "F052", "F053", "F054")  # of Wingdings


@dataclass(slots=True)
class _Field:
    """A field that is open; `shows` says that what follows is its result."""

    instruction: list[str] = field(default_factory=list)
    shows: bool = False
    address: str = ""


def read_fields(root: etree._Element) -> None:
    """Keep of each field what it shows, and let the runs of a link know its address."""
    open_fields: list[_Field] = []
    for run in root.iter(W + "r"):
        for child in list(run):
            _read_sign(run, child, open_fields)
        for one in open_fields:
            if one.address:
                run.set(ADDRESS, one.address)
    for simple in root.iter(W + "fldSimple"):
        if address := _address(simple.get(W + "instr", "")):
            for run in simple.iter(W + "r"):
                run.set(ADDRESS, address)


def _read_sign(run: etree._Element, child: etree._Element, open_fields: list[_Field]) -> None:
    if child.tag == W + "fldChar":
        _begin_or_end(run, child, open_fields)
    elif child.tag == W + "instrText" and open_fields:
        open_fields[-1].instruction.append(child.text or "")
    elif child.tag == W + "t" and not all(one.shows for one in open_fields):
        run.remove(child)  # within an instruction: nobody sees it


def _begin_or_end(run: etree._Element, mark: etree._Element, open_fields: list[_Field]) -> None:
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        open_fields.append(_Field())
        _write_form_field(run, mark)
    elif kind == "separate" and open_fields:
        open_fields[-1].shows = True
        open_fields[-1].address = _address("".join(open_fields[-1].instruction))
    elif kind == "end" and open_fields:
        open_fields.pop()


def _address(instruction: str) -> str:
    """Return where a field leads that is a link to the outside."""
    words = instruction.split()
    if len(words) < 2 or words[0].upper() != "HYPERLINK" or words[1].startswith("\\"):
        return ""
    return words[1].strip('"')


def _write_form_field(run: etree._Element, begin: etree._Element) -> None:
    """Write the box or the choice of an old form, which are no text in the file."""
    box, choice = (begin.find(f"{W}ffData/{W}{name}") for name in ("checkBox", "ddList"))
    if box is not None:
        said = _said(box, "checked")
        is_on = said is not None and said.get(_VAL, "1") not in ("0", "false", "off")
        _write(run, run.index(begin), _CHECKED if is_on else _UNCHECKED)
    if choice is not None:
        said = _said(choice, "result")
        entries = [entry.get(_VAL, "") for entry in choice.iter(W + "listEntry")]
        at = "0" if said is None else said.get(_VAL, "0")
        chosen = [words for number, words in enumerate(entries) if str(number) == at]
        _write(run, run.index(begin), "".join(chosen))


def _said(field_of_form: etree._Element, name: str) -> etree._Element | None:
    """Return what somebody has entered, else what the form says beforehand."""
    said = field_of_form.find(W + name)
    return field_of_form.find(W + "default") if said is None else said


def write_signs(root: etree._Element) -> int:
    """Write as text what Word keeps in other ways: symbols, hyphens, formulas.

    Returns how many signs became a plain "•", because only their own font can show them.
    """
    unknown = 0
    for sign in list(root.iter(W + "sym")):
        run = sign.getparent()
        if run is not None:
            code = sign.get(W + "char", "").upper()
            words = _sign(sign.get(W + "font", ""), code)
            unknown += not words
            _write(run, run.index(sign), words or "•")
            run.remove(sign)
    for hyphen in list(root.iter(W + "noBreakHyphen")):
        run = hyphen.getparent()
        if run is not None:
            _write(run, run.index(hyphen), "\u2011")
            run.remove(hyphen)
    for formula in root.iter(MATH + "t"):
        formula.tag = W + "t"
        run = formula.getparent()
        if run is not None:
            run.tag = W + "r"
    return unknown


def _sign(font: str, code: str) -> str:
    """Return a sign of a font as one of any font, "" for one that has no meaning without it."""
    if font.casefold().startswith("wingdings"):
        return _CHECKED if code in _CHECKED_SIGNS else _UNCHECKED if code == "F0A8" else ""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= sign <= "\uf8ff" or not legal(sign) else sign


def _write(run: etree._Element, at: int, words: str) -> None:
    text = etree.Element(W + "t", nsmap={"w": MAIN})
    text.text = words
    run.insert(at, text)
