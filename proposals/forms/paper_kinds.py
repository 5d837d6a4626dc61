"""Forms of the master data of papers: a kind with its sections, and what all kinds share."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ..models import Municipality
from ..rules.costs import CostKind
from ..rules.paper_kinds import KindLayout, layout_of
from ..rules.sections import FINANCE, Section
from ..rules.words import ProposalKind
from ..services.paper_kinds import CommonAnswer, KindAnswer
from .fields import Count, PlainText

_FINANCE_NAME = "Finanzielle Auswirkungen"
_NOT_HERE = "leer: kommt nicht vor"


class PlacedForm(forms.Form):
    """A form of rows whose order is typed as numbers; a row without one does not occur."""

    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """Refuse a place that two rows claim."""
        data = super().clean() or {}
        claimed: dict[int, str] = {}
        for name in [key for key in self.fields if key.startswith("place_")]:
            place = data.get(name)
            code = name.removeprefix("place_")
            if place is not None and place in claimed:
                first = self.row_name(claimed[place])
                self.add_error(name, f"Platz {place} hat schon „{first}“.")
            elif place is not None:
                claimed[place] = code
        return data

    def row_name(self, code: str) -> str:
        """Return what a row is called in a sentence."""
        return str(self.fields[f"place_{code}"].label)

    def ordered(self) -> list[str]:
        """Return the codes of the rows that occur, in the order of their numbers."""
        data = self.cleaned_data
        codes = [key.removeprefix("place_") for key in self.fields if key.startswith("place_")]
        found = [code for code in codes if data[f"place_{code}"] is not None]
        return sorted(found, key=lambda code: int(data[f"place_{code}"]))


class KindForm(PlacedForm):
    """A kind of paper: its name, its sections with their headings, and which are counted."""

    name = PlainText(
        label="Name der Art im Haus",
        max_length=60,
        required=False,
        help_text="Steht auf Seiten und Dokumenten. Leer: wie im Programm.",
    )
    joined = PlainText(
        label="Gemeinsame Überschrift der gezählten Abschnitte",
        max_length=120,
        required=False,
        help_text="Steht einmal über I., II., …; zum Beispiel „Begründung“. Leer: keine.",
    )

    def __init__(self, data: Any = None, *, house: Municipality, kind: ProposalKind) -> None:
        """Take the house, whose present layout the form shows."""
        self.kind = kind
        self.layout = layout_of(house.sections, kind)
        super().__init__(data, initial=self._initial(house))
        for code in self._codes():
            name = _name_of(code)
            absent = "leer: am Ende" if code == FINANCE else _NOT_HERE
            self.fields[f"place_{code}"] = Count(
                label="Platz", required=False, help_text=f"{name}; {absent}"
            )
            self.fields[f"heading_{code}"] = PlainText(
                label="Überschrift", max_length=120, required=False, help_text=name
            )
            if code != FINANCE:
                self.fields[f"counted_{code}"] = forms.BooleanField(label="zählen", required=False)

    def row_name(self, code: str) -> str:
        """Return the name of a section."""
        return _name_of(code)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the rows of the sections that occur, in their order."""
        return [self._row(code) for code in self.layout.order]

    @property
    def others(self) -> list[dict[str, Any]]:
        """Return the rows of the sections that do not occur."""
        return [self._row(code) for code in self._codes() if code not in self.layout.order]

    @property
    def shows_others(self) -> bool:
        """Answer whether something was typed for a section that does not occur yet."""
        return any(row["place"].value() or row["errors"] for row in self.others)

    def answer(self) -> KindAnswer:
        """Return the kind as the use case takes it."""
        data, order = self.cleaned_data, self.ordered()
        if FINANCE not in order:
            order.append(FINANCE)  # printed wherever somebody said something of money
        counted = [code for code in self._codes() if data.get(f"counted_{code}")]
        layout = KindLayout(
            order,
            {code: data[f"heading_{code}"] for code in self._codes()},
            sorted(counted, key=lambda code: order.index(code) if code in order else len(order)),
            data["joined"],
        )
        return KindAnswer(self.kind, data["name"], layout)

    def _codes(self) -> list[str]:
        every = [*(section.value for section in Section), FINANCE]
        return [*self.layout.order, *(code for code in every if code not in self.layout.order)]

    def _row(self, code: str) -> dict[str, Any]:
        names = [f"{part}_{code}" for part in ("place", "heading", "counted")]
        fields = [self[name] for name in names if name in self.fields]
        errors = [error for field in fields for error in field.errors]
        return {"name": _name_of(code), "place": fields[0], "fields": fields, "errors": errors}

    def _initial(self, house: Municipality) -> dict[str, Any]:
        layout = self.layout
        return {
            "name": house.kind_name(self.kind),
            "joined": layout.joined,
            **{f"heading_{code}": heading for code, heading in layout.headings.items()},
            **{f"counted_{code}": True for code in layout.counted},
            **{f"place_{code}": at for at, code in enumerate(layout.order, 1)},
        }


class CommonForm(PlacedForm):
    """What holds for every kind: the boxes about money, and a resolution worded by committee."""

    wording_per_committee = forms.BooleanField(
        label="Beschlussvorschlag je Gremium einleiten",
        required=False,
        help_text="Der Entwurf bekommt ein Feld je Gremium der Beratungsfolge.",
    )

    def __init__(self, data: Any = None, *, house: Municipality) -> None:
        """Take the house, whose present boxes the form shows."""
        boxes = house.boxes
        self._kinds: Sequence[CostKind] = boxes.shown(tuple(CostKind))
        initial = {
            "wording_per_committee": house.wording_per_committee,
            **{f"name_{kind}": boxes.name(kind) for kind in CostKind},
            **{f"place_{kind}": at for at, kind in enumerate(boxes.shown(), 1)},
        }
        super().__init__(data, initial=initial)
        for kind in self._kinds:
            self.fields[f"place_{kind}"] = Count(
                label="Platz", required=False, help_text=f"{kind.label}; {_NOT_HERE}"
            )
            self.fields[f"name_{kind}"] = PlainText(
                label="Name im Haus", max_length=80, required=False, help_text=kind.label
            )

    def row_name(self, code: str) -> str:
        """Return the name that the program has for a box."""
        return CostKind(code).label

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """Return the rows of the boxes, those of the house first."""
        return [
            {"name": kind.label, "fields": [self[f"place_{kind}"], self[f"name_{kind}"]]}
            for kind in self._kinds
        ]

    def answer(self) -> CommonAnswer:
        """Return it as the use case takes it."""
        data = self.cleaned_data
        boxes = [(code, data[f"name_{code}"]) for code in self.ordered()]
        return CommonAnswer(data["wording_per_committee"], boxes)


def _name_of(code: str) -> str:
    return _FINANCE_NAME if code == FINANCE else Section(code).label
