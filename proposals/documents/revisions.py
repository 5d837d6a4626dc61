"""A Word file as if every tracked change had been accepted, and without Word's own book-keeping."""

from lxml import etree

from proposals.documents.wml import W

_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
# Former formatting, range marks, spelling marks: nothing of it is seen in print.
_DROPPED = (
    *(
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
    ),
    *(
        "tblGridChange",
        "tblPrExChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    ),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("proofErr", "lastRenderedPageBreak"),
)
_PARAGRAPH_IDS = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def accept(root: etree._Element) -> None:
    """Accept all tracked changes in this tree and drop marks that a loop would duplicate."""
    deleted_rows = [mark.getparent() for mark in root.iter(W + "del") if _marks(mark, "trPr")]
    for properties in deleted_rows:
        if properties is not None and (row := properties.getparent()) is not None:
            _remove(row)
    for element in list(root.iter(*(W + name for name in _DROPPED))):
        _remove(element)
    for element in [e for e in root.iter(*(W + name for name in _DELETED)) if not _marks(e, "rPr")]:
        _remove(element)
    for element in list(root.iter(*(W + name for name in _INSERTED))):
        _unwrap(element)
    for paragraph in list(root.iter(W + "p")):
        _join_if_its_end_was_deleted(paragraph)
    _drop_book_keeping(root)


def _drop_book_keeping(root: etree._Element) -> None:
    """Drop the place of the cursor, and the ids by which Word knows who typed what when."""
    cursors = [m for m in root.iter(W + "bookmarkStart") if m.get(W + "name") == "_GoBack"]
    ids = {cursor.get(W + "id") for cursor in cursors}
    for end in [end for end in root.iter(W + "bookmarkEnd") if end.get(W + "id") in ids]:
        _remove(end)
    for cursor in cursors:
        _remove(cursor)
    for element in root.iter(W + "p", W + "r", W + "tr", W + "sectPr"):
        for name in [name for name in element.attrib if _is_book_keeping(str(name))]:
            del element.attrib[name]


def _is_book_keeping(name: str) -> bool:
    return name.startswith((_PARAGRAPH_IDS, W + "rsid"))


def _marks(element: etree._Element, properties: str) -> bool:
    """Say whether a deletion stands in the properties of what it deletes."""
    parent = element.getparent()
    return parent is not None and parent.tag == W + properties


def _join_if_its_end_was_deleted(paragraph: etree._Element) -> None:
    """Move the text before the next paragraph's, which is what Word does on accepting."""
    mark = next(
        (m for n in _DELETED if (m := paragraph.find(f"{W}pPr/{W}rPr/{W}{n}")) is not None),
        None,
    )
    if mark is None:
        return
    follower = paragraph.getnext()
    if follower is None or follower.tag != W + "p":
        _remove(mark)
        return
    properties = follower.find(W + "pPr")
    at = 0 if properties is None else 1
    for child in [child for child in paragraph if child.tag != W + "pPr"]:
        follower.insert(at, child)
        at += 1
    _remove(paragraph)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
