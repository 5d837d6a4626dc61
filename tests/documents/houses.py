"""The forms of the other houses, and what each has no field for."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from proposals.documents.context import ProposalContext
from proposals.documents.template import Template, compile_template
from tests.documents.samples import TEMPLATES, decided

VOTES = {"abstimmung"}
YEARS = {"finanzierung.jahre", "finanzierung.veranschlagt"}  # for Wedel alone
LIST_NAME = {"unterschrift.nachname_zuerst"}  # for Wittmund alone
MONEY = {"finanzierung", "stellen", "foerderung", "fristen"}
TWICE = {"sachverhalt", "beschlussvorschlag"}  # they stand among the sections


@dataclass(frozen=True)
class Form:
    """A form, and what the house has no field for."""

    house: str
    kind: str
    left_out: set[str]
    town: str
    number: str
    changes: dict[str, Any] = field(default_factory=dict)

    def template(self) -> Template:
        """Return the compiled template."""
        return compile_template((TEMPLATES / self.house / f"{self.kind}.docx").read_bytes())

    def data(self, made: Callable[[], ProposalContext] = decided) -> ProposalContext:
        """Return a paper of this house."""
        context = made()
        context.update({"kommune": self.town, "nummer": self.number})
        context.update(deepcopy(self.changes))  # type: ignore[typeddict-item]
        return context


BERGKAMEN = Form(
    *("bergkamen", "beschlussvorlage"),
    left_out=VOTES
    | YEARS
    | LIST_NAME
    | {"art_gross", "beratungsfolge.ergebnis", "leitung.name", "sachbearbeitung.name"}
    | {"unterschrift.ort", "beschluss.satz"},
    town="Stadt Bergkamen",
    number="11/1481",
    changes={
        "verwaltungsleitung": "Der Bürgermeister",
        "unterschrift": {
            "ort": "Bergkamen",
            "datum": date(2018, 11, 9),
            "zeichen": "",
            "name": "Muster",
            "nachname_zuerst": "Muster",
            "funktion": "Beigeordnete",
            "vertretung": "In Vertretung",
        },
    },
)
WEDEL = Form(
    *("wedel", "mitteilungsvorlage"),
    left_out=VOTES
    | MONEY
    | TWICE
    | {"art", "unterschrift", "leitung", "sachbearbeitung", "beratungsfolge.top"}
    | {"beratungsfolge.ergebnis", "empfehlungen", "beschluss", "vorbehalt"},
    town="Stadt Wedel",
    number="MV/2022/009",
    changes={
        "art": "Mitteilungsvorlage",
        "art_gross": "MITTEILUNGSVORLAGE",
        "verwaltungsleitung": "Der Bürgermeister",
        "abschnitte": [
            {"titel": "Inhalt der Mitteilung", "text": "<p>Die Stelle.</p>", "finanzen": False}
        ],
    },
)
WEDEL_DECISION = Form(
    *("wedel", "beschlussvorlage"),
    left_out={"art", "unterschrift", "leitung", "sachbearbeitung", "beratungsfolge.top"}
    | {"abstimmung.bezeichnung", "abstimmung.satz", "beschluss.satz", "beratungsfolge.ergebnis"},
    town="Stadt Wedel",
    number="BV/2024/094",
)
COESFELD = Form(
    *("coesfeld", "beschlussvorlage"),
    left_out={"art_gross", "leitung", "sachbearbeitung"}
    | YEARS
    | LIST_NAME
    | {"abstimmung.bezeichnung", "abstimmung.satz", "beschluss.satz"},
    town="Kreis Coesfeld",
    number="SV-9-0667",
    changes={"art": "Sitzungsvorlage"},
)
