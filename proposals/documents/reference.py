"""The reference page of all placeholders and filters, made from the types of context themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, Final, get_args

from proposals.documents import filters
from proposals.documents.context import bare, fields, is_rich, item_type
from proposals.documents.samples import DAY, value_of

COMMAND: Final = "word_reference"
_KINDS: Final[Mapping[Any, str]] = {
    str: "Text",
    bool: "ja oder nein",
    int: "Zahl",
    Decimal: "Betrag",
    date: "Tag",
}
_LONGEST: Final = 60
_OF_FILTERS: Final[Mapping[str, str]] = {
    "euro": "{{ finanzierung.verfuegbar|euro }}",
    "datum": "{{ datum|datum }}",
    "zahl": "{{ anlagen|length|zahl }}",
    "kreuz": "{{ entwurf|kreuz }}",
    "upper": "{{ art|upper }}",
    "lower": "{{ art|lower }}",
    "trim": "{{ aktenzeichen|trim }}",
    "length": "{{ anlagen|length }}",
    "first": "{{ (anlagen|first).titel }}",
    "last": "{{ (anlagen|last).titel }}",
    "join": "{{ mitwirkung|join(', ') }}",
    "default": "{{ aktenzeichen|default('ohne', true) }}",
    "selectattr": "{%p for a in anlagen|selectattr('titel') %}",
    "rejectattr": "{%p for a in anlagen|rejectattr('titel') %}",
    "list": "{{ anlagen|selectattr('titel')|list|length }}",
}
_PRINTED: Final[Mapping[str, str]] = {
    "euro": filters.euro(Decimal(10_000)),
    "datum": filters.datum(DAY),
    "zahl": filters.zahl(1_250),
    "kreuz": f"{filters.kreuz(True)} oder {filters.kreuz(False)}",
    "upper": "BESCHLUSSVORLAGE",
    "lower": "beschlussvorlage",
    "trim": "den Text ohne Leerzeichen an den Enden",
    "length": "wie viele es sind",
    "first": "vom ersten der Liste",
    "last": "vom letzten der Liste",
    "join": "die Liste in einer Zeile",
    "default": "ein Wort, wo nichts eingetragen ist",
    "selectattr": "nur die Zeilen, in denen etwas steht",
    "rejectattr": "nur die Zeilen, in denen nichts steht",
    "list": "wie viele übrig bleiben",
}
_HEAD: Final = f"""# Platzhalter der Word-Vorlagen

Was in einer Word-Vorlage stehen darf, je Dokument. Wie man sie schreibt, sagt [Word-Vorlage
bearbeiten](../how-to/edit-word-template.md). Die Beispiele sind erfunden; mit denselben Angaben
füllt das Programm die Probe einer hochgeladenen Vorlage. Eine Tabellenzeile wiederholt man mit
`{{%tr for … %}}` statt `{{%p for … %}}`. Diese Seite schreibt `manage.py {COMMAND}`; ein Test hält
sie auf dem Stand des Programms.
"""


@dataclass(frozen=True)
class Placeholder:
    """What may be written in a template; `depth` counts the lists and groups it stands in."""

    written: str
    kind: str
    example: str = ""
    depth: int = 0

    @property
    def inside(self) -> str:
        """Return a dot for each list and group around it."""
        return "· " * self.depth


@dataclass(frozen=True)
class Filter:
    """A word behind a value: its name, how it is written, and what it prints."""

    name: str
    example: str
    printed: str


def reference(groups: Sequence[tuple[str, Any]]) -> str:
    """Return the page in Markdown; a group is a heading and the type of its context."""
    named = (
        (_code(row.name), _code(row.example).replace("|", "\\|"), row.printed)
        for row in known_filters()
    )
    parts = [_HEAD, "## Filter\n", _table(("Filter", "zum Beispiel", "druckt"), named)]
    for heading, context_type in groups:
        rows = (
            (row.inside + _code(row.written), row.kind, row.example)
            for row in placeholders(context_type)
        )
        parts += [f"## {heading}\n", _table(("Platzhalter", "Art", "Beispiel"), rows)]
    return "\n".join(parts)


def known_filters() -> list[Filter]:
    """Return every filter that a template may use."""
    names = (*filters.OWN, *filters.FROM_JINJA)
    return [Filter(name, _OF_FILTERS[name], _PRINTED[name]) for name in names]


def placeholders(context_type: Any) -> list[Placeholder]:
    """Return everything that a template with this type of context may print."""
    return list(_rows(context_type))


def _rows(context_type: Any, above: str = "", depth: int = 0) -> Iterator[Placeholder]:
    """Yield a row for each value; those of a list or group follow their own."""
    for key, hint in (fields(context_type) or {}).items():
        inner = bare(hint)
        name = f"{above}{key}"
        missing = ", kann fehlen" if NoneType in get_args(hint) else ""
        if (row := item_type(inner)) is not None:
            one = _loop_name(key, above)
            yield Placeholder(f"{{%p for {one} in {name} %}}", "Liste", "", depth)
            if fields(row) is None:
                yield Placeholder(f"{{{{ {one} }}}}", _KINDS[row], _example(key, row), depth + 1)
            yield from _rows(row, f"{one}.", depth + 1)
        elif fields(inner) is not None:
            yield Placeholder(f"{{%p if {name} %}}", f"Gruppe{missing}", "", depth)
            yield from _rows(inner, f"{name}.", depth + 1)
        elif is_rich(inner):
            yield Placeholder(f"{{{{p {name} }}}}", f"formatierter Text{missing}", "", depth)
        elif inner is bool:
            yield Placeholder(f"{{% if {name} %}}", _KINDS[bool], "", depth)
        else:
            kind = f"{_KINDS[inner]}{missing}"
            yield Placeholder(f"{{{{ {name} }}}}", kind, _example(key, inner), depth)


def _code(written: str) -> str:
    return f"`{written}`"


def _loop_name(key: str, above: str) -> str:
    return key[:1] if not above.startswith(f"{key[:1]}.") else key[:2]


def _example(key: str, hint: Any) -> str:
    value = value_of(key, hint)
    text = filters.datum(value) if isinstance(value, date) else str(value)
    if isinstance(value, Decimal):
        text = filters.zahl(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).replace("|  |", "| |")
