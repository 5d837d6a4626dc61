"""What may come in as a Word template: no macros, nothing fetched from elsewhere, no comments."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from proposals.documents.faults import TemplateFault
from proposals.documents.package import CONTENT_TYPES, parse, relations
from proposals.documents.wml import RELATIONSHIPS, W

_PROGRAMS: Final = re.compile(
    r"(vbaproject|vbadata|/activex/|/embeddings/|\.exe$|\.ole$)", re.IGNORECASE
)
_LINK: Final = f"{RELATIONSHIPS}/hyperlink"
_WEB: Final = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_FETCHING: Final = re.compile(
    r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD)\b",
    re.IGNORECASE,
)


def refuse_what_runs(parts: Mapping[str, bytes]) -> None:
    """Refuse macros, embedded programs, what Word would fetch on opening, and missing parts."""
    for sentence in what_runs(parts):
        raise TemplateFault(sentence)


def what_runs(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for each macro, program, outside source and missing part."""
    if b"macroEnabled" in parts[CONTENT_TYPES] or any(_PROGRAMS.search(name) for name in parts):
        yield (
            "Die Word-Datei enthält Makros oder eingebettete Programme."
            " Bitte als „Word-Dokument (*.docx)“ ohne Makros speichern."
        )
    for name in parts:
        if name.endswith(".rels"):
            for relation in relations(parts, _owner(name)):
                if not relation.external and relation.target not in parts:
                    yield f"Die Word-Datei ist unvollständig ({relation.target} fehlt)."
                if relation.external and not (
                    relation.kind == _LINK and _WEB.match(relation.target)
                ):
                    yield _external(relation.kind.rpartition("/")[2], relation.target)


def refuse_what_fetches(parts: Mapping[str, bytes], names: list[str]) -> None:
    """Refuse fields, imported chunks and comments in the parts that will be filled."""
    for sentence in what_fetches(parts, names):
        raise TemplateFault(sentence)


def what_fetches(parts: Mapping[str, bytes], names: list[str]) -> Iterator[str]:
    """Yield a sentence for each such field, chunk and comment."""
    for name in names:
        root = parse(parts[name])
        fields = [element.text or "" for element in root.iter(W + "instrText")]
        fields += [element.get(W + "instr", "") for element in root.iter(W + "fldSimple")]
        for code in fields:
            if _FETCHING.match(code):
                yield (
                    f"Die Vorlage enthält das Feld „{code.strip()}“, das fremde Inhalte nachlädt."
                )
        if next(root.iter(W + "altChunk", W + "subDoc"), None) is not None:
            yield "Die Vorlage bindet ein anderes Dokument ein; das ist nicht möglich."
        if next(root.iter(W + "commentReference"), None) is not None:
            yield "Die Vorlage enthält Kommentare; bitte in Word alle Kommentare löschen."


def _owner(name: str) -> str:
    """Return the part a .rels part belongs to."""
    return name.replace("_rels/", "", 1).removesuffix(".rels")


def _external(kind: str, target: str) -> str:
    if kind == "attachedTemplate":
        return (
            f"Mit der Word-Datei ist die Dokumentvorlage „{target}“ verknüpft."
            " Bitte unter Entwicklertools › Dokumentvorlage die Verknüpfung auf „Normal“ setzen."
        )
    return (
        f"Die Word-Datei lädt Inhalte von „{target}“ nach ({kind})."
        " Bilder bitte einbetten, Verknüpfungen entfernen."
    )
