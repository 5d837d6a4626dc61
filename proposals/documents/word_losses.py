"""What of a Word file cannot stand in a section: taken out of its tree, and named."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from proposals.documents import revisions
from proposals.documents.checks import paragraph_text
from proposals.documents.wml import W, legal
from proposals.documents.word_fields import MATH, read_fields, write_signs
from proposals.documents.word_file import WordFile
from proposals.documents.word_styles import Styles

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_TRACKED: Final = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
_SHOWN: Final = 200


@dataclass
class Losses:
    """What is named: sentences, and the words of the text that are only in them."""

    notes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def tell(self, note: str, words: str = "", *, once: bool = True) -> None:
        """Name something, `once` however often it occurs; `words` of the text are lost with it."""
        if not (once and note in self.notes):
            self.notes.append(note)
        if words:
            self.words.append(words)


def letters(words: str) -> Counter[str]:
    """Return how often each sign occurs; blanks are the business of a layout."""
    return Counter(sign for sign in legal(words) if not sign.isspace() and sign != "\u00ad")


def visible(root: etree._Element) -> str:
    """Return every word of a prepared tree."""
    return "".join(one.text or "" for one in root.iter(W + "t"))


def prepared(file: WordFile, styles: Styles) -> tuple[etree._Element, str, Losses]:
    """Return the tree of the text with its changes accepted, its words, and what is named.

    The words are those of the tree before anything was taken out.
    """
    root, losses = file.root(), Losses()
    if next(root.iter(*_TRACKED), None) is not None:
        losses.tell("Nachverfolgte Änderungen gelten als angenommen.")
    revisions.accept(root)
    _choose_alternatives(root)
    read_fields(root)
    _name_signs(root, write_signs(root), losses)
    words = visible(root)
    _take_out_boxes(root, losses)
    _take_out_hidden(root, styles, losses)
    _take_out_placeholders(root, losses)
    _name_pictures(root, losses)
    _name_drawn_words(root, losses)
    _name_notes(file, root, losses)
    _name_margins(file, losses)
    return root, words, losses


def short(words: str) -> str:
    """Return words as they can be named in a sentence."""
    plain = " ".join(words.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()} …"


def _choose_alternatives(root: etree._Element) -> None:
    """Keep the first way in which a drawing is said; the others say the same for old programs."""
    for both in list(root.iter(_MC + "AlternateContent")):
        parent = both.getparent()
        choices = [one for one in both if one.tag in (_MC + "Choice", _MC + "Fallback")]
        if parent is None:
            continue
        at = parent.index(both)
        for child in list(choices[0]) if choices else []:
            parent.insert(at, child)
            at += 1
        parent.remove(both)


def _take_out_boxes(root: etree._Element, losses: Losses) -> None:
    for box in list(root.iter(W + "txbxContent")):
        if next(box.iterancestors(W + "txbxContent"), None) is not None:
            continue
        paragraphs = ["".join(t.text or "" for t in p.iter(W + "t")) for p in box.iter(W + "p")]
        words = " ".join(filter(None, paragraphs))
        if words.strip():
            note = f"Ein Textfeld wird nicht übernommen: „{words.strip()}“"
            losses.tell(note, visible(box), once=False)
        _remove(box)


def _take_out_hidden(root: etree._Element, styles: Styles, losses: Losses) -> None:
    hidden = []
    for paragraph in root.iter(W + "p"):
        for run in paragraph.iter(W + "r"):
            is_own = next(run.iterancestors(W + "p"), None) is paragraph
            if is_own and styles.has(run, paragraph, "vanish") and visible(run).strip():
                hidden.append(run)
    if hidden:
        words = "".join(visible(run) for run in hidden)
        losses.tell(f"Ausgeblendeter Text wird nicht übernommen: „{words.strip()}“", words)
    for run in hidden:
        _remove(run)


def _take_out_placeholders(root: etree._Element, losses: Losses) -> None:
    """Take out what Word itself wrote into a control that nobody has filled in."""
    for control in list(root.iter(W + "sdt")):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            continue
        for run in list(control.iter(W + "r")):
            words = visible(run)
            if words.strip():
                losses.tell(f"Ein nicht ausgefülltes Feld bleibt weg: „{words.strip()}“", words)
            _remove(run)


def _name_pictures(root: etree._Element, losses: Losses) -> None:
    pictures = [*root.iter(_DRAWING + "blip"), *root.iter(_VML + "imagedata")]
    objects = list(root.iter(W + "object"))
    count = sum(1 for one in pictures if next(one.iterancestors(W + "object"), None) is None)
    if count:
        said = "Ein Bild wird" if count == 1 else f"{count} Bilder werden"
        losses.tell(f"{said} nicht übernommen; bitte als Anlage beifügen.")
    if objects:
        losses.tell("Ein eingebettetes Objekt wird nicht übernommen; bitte als Anlage beifügen.")
    kinds = [data.get("uri", "") for data in root.iter(_DRAWING + "graphicData")]
    if any(kind.endswith("/chart") for kind in kinds):
        losses.tell("Ein Diagramm wird nicht übernommen; bitte als Anlage beifügen.")
    if any(kind.endswith("/diagram") for kind in kinds):
        losses.tell("Ein Schaubild wird nicht übernommen; bitte als Anlage beifügen.")


def _name_signs(root: etree._Element, unknown: int, losses: Losses) -> None:
    """Name what stands in the text in another way than Word shows it."""
    if unknown:
        said = "Ein Zeichen" if unknown == 1 else f"{unknown} Zeichen"
        losses.tell(f"{said} einer Symbolschrift: hier steht dafür „•“; bitte prüfen.")
    if next(root.iter(MATH + "oMath"), None) is not None:
        losses.tell("Von einer Formel bleiben nur die Zeichen ohne Brüche; bitte prüfen.")


def _name_drawn_words(root: etree._Element, losses: Losses) -> None:
    """Name words that are part of a drawing, and documents that are only bound in."""
    drawn = [text.text or "" for text in root.iter(_DRAWING + "t")]
    drawn += [path.get("string", "") for path in root.iter(_VML + "textpath")]
    if words := " ".join(filter(None, drawn)):
        losses.tell(f"Der Text einer Zeichnung wird nicht übernommen: „{words}“")
    if next(root.iter(W + "altChunk", W + "subDoc"), None) is not None:
        losses.tell("Ein eingebundenes Dokument wird nicht übernommen.")


def _name_notes(file: WordFile, root: etree._Element, losses: Losses) -> None:
    for kind, element, noun in (
        ("footnotes", "footnote", "Fußnote"),
        ("endnotes", "endnote", "Endnote"),
    ):
        asked = [one.get(W + "id") for one in root.iter(f"{W}{element}Reference")]
        texts = dict(_notes(file, kind, element)) if asked else {}
        for number, key in enumerate(asked, 1):
            words = texts.get(key, "")
            losses.tell(f"{noun} {number} wird nicht übernommen: „{words}“")
    comments = sum(1 for _ in root.iter(W + "commentReference"))
    if comments:
        said = "Ein Kommentar wird" if comments == 1 else f"{comments} Kommentare werden"
        losses.tell(f"{said} nicht übernommen.")


def _notes(file: WordFile, kind: str, element: str) -> Iterator[tuple[str | None, str]]:
    for part in file.related(kind):
        revisions.accept(part)
        for note in part.iter(W + element):
            yield note.get(W + "id"), _words(note)


def _name_margins(file: WordFile, losses: Losses) -> None:
    for kind, noun in (("header", "Kopfzeile"), ("footer", "Fußzeile")):
        for part in file.related(kind):
            revisions.accept(part)
            _choose_alternatives(part)
            words = _words(part)
            if any(sign.isalpha() for sign in words):
                losses.tell(f"Die {noun} wird nicht übernommen: „{short(words)}“")


def _words(root: etree._Element) -> str:
    return " ".join(" ".join(paragraph_text(one) for one in root.iter(W + "p")).split())


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
