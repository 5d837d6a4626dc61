"""The boxes of the house's form, and the reasons that notes on the money ask for."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from ..models import CostKind, Proposal
from ..rules.amounts import read_box, says_nothing
from ..rules.boxes import USUAL, HouseBoxes
from ..rules.costs import CostLine, Qualifier, agreed_words
from ..rules.errors import RuleViolation
from ..rules.plausibility import PlausibilityNote
from ..services.finance_drafts import CostDraft
from .fields import Amount, PlainText

_REASON = "reason_"
_BOX_FIELDS = {
    CostKind.EXPENSE: "total_costs",
    CostKind.FOLLOW_UP: "follow_up",
    CostKind.INCOME: "income",
}


class FinanceFields(forms.Form):
    """The boxes of the house's form, and the reasons that notes ask for.

    Each box takes an amount, "keine" or words, and has the name that the house gives it
    (`name_boxes`). The Gesamtkosten are typed here as long as there is
    no list of them; afterwards they follow from the list.
    """

    no_costs = forms.BooleanField(label="Keine finanziellen Auswirkungen", required=False)
    total_costs = PlainText(
        label="Gesamtkosten",
        max_length=400,
        required=False,
        help_text="Betrag, „keine“ oder Worte, auch „Personalkosten für eine Stelle + 10.000 €“. "
        "Daraus werden Kostenpositionen.",
    )
    follow_up = PlainText(
        label="Jährliche Folgekosten",
        max_length=200,
        required=False,
        help_text="Betrag, „keine“ oder Worte.",
    )
    income = PlainText(
        label="Objektbezogene Einnahmen",
        max_length=200,
        required=False,
        help_text="Betrag, „keine“ oder Worte.",
    )
    account = PlainText(label="Produktkonto", max_length=120, required=False)
    available = Amount(label="Noch zur Verfügung (Euro)")

    finance_notes: Sequence[PlausibilityNote] = ()
    total_words = ""
    boxes = USUAL

    def name_boxes(self, boxes: HouseBoxes) -> None:
        """Name the boxes as the house does; one that it has not stays while something is in it."""
        self.boxes = boxes
        for kind, name in _BOX_FIELDS.items():
            self.fields[name].label = boxes.title(kind)
        filled = [kind for kind, name in _BOX_FIELDS.items() if self[name].value()]
        for kind, name in _BOX_FIELDS.items():
            if kind not in boxes.shown(filled):
                del self.fields[name]

    @property
    def shown_boxes(self) -> list[dict[str, Any]]:
        """Return the boxes in the order of the house: a field, or the words of a saved list."""
        names = {kind: name for kind, name in _BOX_FIELDS.items() if name in self.fields}
        said = [*names, *([CostKind.EXPENSE] if self.total_words else [])]
        return [
            {
                "label": self.boxes.title(kind),
                "field": self[names[kind]] if kind in names else None,
                "words": self.total_words,
            }
            for kind in self.boxes.shown(said)
            if kind in said
        ]

    def ask_reasons(self, notes: Sequence[PlausibilityNote]) -> None:
        """Show the notes on the saved draft, with a field for each reason that one asks for."""
        self.finance_notes = notes
        for note in notes:
            name = f"{_REASON}{note.code.value}"
            if note.asks_reason and name not in self.fields:
                self.fields[name] = PlainText(label="Begründung", max_length=400, required=False)

    @staticmethod
    def finance_initial_of(proposal: Proposal) -> dict[str, Any]:
        """Return what the boxes show of a saved draft, with the reasons it holds."""
        return {
            "no_costs": proposal.no_financial_effect,
            "account": proposal.budget_account,
            "follow_up": proposal.follow_up_words,
            "income": proposal.income_words,
            "available": proposal.budget_available,
            **{f"{_REASON}{code}": text for code, text in proposal.finance_reasons.items()},
        }

    @property
    def noted(self) -> list[dict[str, Any]]:
        """Return each note with the field for its reason, once."""
        shown: list[dict[str, Any]] = []
        for note in self.finance_notes:
            name = f"{_REASON}{note.code.value}"
            first = all(other["name"] != name for other in shown)
            asked = note.asks_reason and first
            shown.append(
                {
                    "name": name,
                    "sentence": note.sentence,
                    "reason": self[name] if asked else None,
                }
            )
        return shown

    def reasons(self) -> dict[str, str]:
        """Return the reasons that were typed, by the code of their note."""
        return {
            name.removeprefix(_REASON): text
            for name, text in self.cleaned_data.items()
            if name.startswith(_REASON)
        }

    def show_total(self, proposal: Proposal) -> None:
        """Show the Gesamtkosten of a saved list in words; what somebody typed stays a field."""
        self.total_words = _total_words(proposal)
        if self.total_words and not self.data.get("total_costs"):
            del self.fields["total_costs"]

    def boxed_costs(self, listed: Sequence[CostDraft]) -> list[CostDraft]:
        """Return the positions that the box Gesamtkosten names.

        Raises RuleViolation where there is a list of them besides: one of both is too many.
        """
        typed = self.cleaned_data.get("total_costs", "")
        if not typed:
            return []
        if any(draft.kind == CostKind.EXPENSE for draft in listed):
            raise RuleViolation(
                f"Das Feld „{self._total_name}“ ergibt sich aus den Kostenpositionen. Bitte "
                "tragen Sie den Betrag dort ein, oder leeren Sie die Liste.",
                field="total_costs",
            )
        if says_nothing(typed):
            return [CostDraft(self._total_name, Decimal(0))]
        return [
            CostDraft(
                line.text,
                line.amount,
                qualifier=line.qualifier,
                recurring=line.recurring,
                monthly=line.monthly,
            )
            for line in read_box(typed, name=self._total_name)
        ]

    @property
    def _total_name(self) -> str:
        return self.boxes.title(CostKind.EXPENSE)

    def clean(self) -> dict[str, Any]:
        """Refuse "keine finanziellen Auswirkungen" beside Gesamtkosten."""
        data = super().clean() or {}
        typed = data.get("total_costs", "")
        if data.get("no_costs") and typed and not says_nothing(typed):
            self.add_error(
                "total_costs",
                f"Entweder steht etwas im Feld „{self._total_name}“, oder die Vorlage hat keine "
                "finanziellen Auswirkungen.",
            )
        return data


def _total_words(proposal: Proposal) -> str:
    rows = proposal.cost_items.filter(kind=CostKind.EXPENSE)
    return agreed_words(
        [
            CostLine(
                row.text,
                row.amount,
                Qualifier(row.qualifier),
                recurring=row.recurring,
                monthly=row.monthly,
            )
            for row in rows
        ]
    )
