"""The lists of a draft that hold money: costs, posts, funding."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..models import CostKind, PersonnelRate, PositionSource
from ..rules.boxes import HouseBoxes
from ..rules.costs import (
    Budgeted,
    BudgetStatus,
    CostNature,
    Qualifier,
    Rhythm,
    euro,
)
from ..rules.funding import FundingKind, FundingState
from ..rules.staffing import FULL_HOURS, PostNote, hours_of, share_of
from ..services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from .draft_rows import Row
from .fields import Amount, Count, PlainText, Share
from .kern import DayInput

_QUALIFIERS = [(word.value, word.label or "genau") for word in Qualifier]


class Clause(Count):
    """The Ziffer of the resolution that a line of money belongs to."""

    def __init__(self) -> None:
        super().__init__(label="Ziffer", required=False, help_text="des Beschlussvorschlags")


class MoneyRow(Row):
    """A line of money: it unfolds where one of its particulars says more than by default."""

    @property
    def is_unfolded(self) -> bool:
        """Answer whether something stands in the folded fields, or is wrong there."""
        for name in self.details:
            value, usual = self[name].value(), self.fields[name].initial
            said = not (value is None or value is False or value == "")
            if self[name].errors or (said and value != usual):
                return True
        return False


class CostRow(MoneyRow):
    """One cost item."""

    details = (
        "year",
        "until",
        "before",
        "after",
        "nature",
        "product",
        "account",
        "budgeted",
        "available",
        "budget_status",
        "coverage",
        "commitment",
        "clause",
        "blocked",
        "from_positions",
    )

    kind = forms.ChoiceField(label="Feld", choices=CostKind.choices(), initial=CostKind.EXPENSE)
    text = PlainText(label="Bezeichnung", max_length=200)
    qualifier = forms.ChoiceField(label="Zusatz", choices=_QUALIFIERS, initial=Qualifier.EXACT)
    amount = Amount(label="Betrag (Euro)", help_text="leer: nicht beziffert")
    rhythm = forms.ChoiceField(
        label="Rhythmus", choices=Rhythm.choices(), initial=Rhythm.ONCE, required=False
    )
    year = Count(label="Haushaltsjahr", required=False)
    until = Count(label="bis Haushaltsjahr", required=False)
    before = Amount(label="bisher")
    after = Amount(label="künftig")
    nature = forms.ChoiceField(
        label="Haushaltsart",
        choices=CostNature.choices(),
        initial=CostNature.EXPENSE,
        required=False,
    )
    product = PlainText(label="Produkt", max_length=60, required=False)
    account = PlainText(label="Sachkonto", max_length=60, required=False)
    budgeted = forms.ChoiceField(label="veranschlagt", choices=Budgeted.choices(), required=False)
    available = Amount(label="davon verfügbar (Euro)")
    budget_status = forms.ChoiceField(
        label="Haushaltsrecht",
        choices=BudgetStatus.choices(),
        initial=BudgetStatus.PLANNED,
        required=False,
    )
    coverage = PlainText(label="Deckungsvorschlag", max_length=400, required=False)
    commitment = Amount(label="Verpflichtungsermächtigung (Euro)")
    clause = Clause()
    blocked = forms.BooleanField(label="Sperrvermerk", required=False)
    from_positions = forms.BooleanField(label="Betrag aus den Stellen", required=False)

    def __init__(self, *args: Any, boxes: HouseBoxes, **kwargs: Any) -> None:
        """Take the boxes of the house: one of them is the place of the line."""
        super().__init__(*args, **kwargs)
        choices = [(kind.value, boxes.title(kind)) for kind in boxes.shown(tuple(CostKind))]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> CostDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        rhythm = Rhythm(data["rhythm"] or Rhythm.ONCE)
        return CostDraft(
            text=data["text"],
            amount=data["amount"],
            kind=CostKind(data["kind"]),
            qualifier=Qualifier(data["qualifier"]),
            recurring=rhythm != Rhythm.ONCE,
            monthly=rhythm == Rhythm.MONTHLY,
            nature=CostNature(data["nature"] or CostNature.EXPENSE),
            budgeted=Budgeted(data["budgeted"]),
            budget_status=BudgetStatus(data["budget_status"] or BudgetStatus.PLANNED),
            **{name: data[name] for name in _COST_AS_TYPED},
        )


_COST_AS_TYPED = (
    "year",
    "until",
    "before",
    "after",
    "product",
    "account",
    "available",
    "coverage",
    "commitment",
    "clause",
    "blocked",
    "from_positions",
)


class PositionRow(MoneyRow):
    """One post; share and hours say the same, so that one of them is enough."""

    details = (
        "full_hours",
        "rate_id",
        "yearly_cost",
        "filled_from",
        "limited_until",
        "plan_year",
        "note",
        "clause",
    )

    text = PlainText(label="Bezeichnung", max_length=200)
    share = Share(label="Stellenanteil", required=False)
    hours = Share(label="Stunden je Woche", required=False)
    grade = PlainText(label="Gruppe", max_length=40, required=False)
    source = forms.ChoiceField(
        label="Finanzierung",
        choices=PositionSource.choices(),
        initial=PositionSource.ESTABLISHMENT,
    )
    full_hours = Share(label="Vollzeit (Stunden)", required=False, help_text="leer: 39")
    rate_id = forms.TypedChoiceField(
        label="Kosten nach Durchschnittssatz", coerce=int, empty_value=None, required=False
    )
    yearly_cost = Amount(
        label="Kosten im Jahr (Euro)", help_text="wird bei gewähltem Durchschnittssatz gerechnet"
    )
    filled_from = forms.DateField(label="zu besetzen ab", required=False, widget=DayInput())
    limited_until = forms.DateField(label="befristet bis", required=False, widget=DayInput())
    plan_year = Count(label="Stellenplan", required=False)
    note = forms.ChoiceField(label="Vermerk", choices=PostNote.choices(), required=False)
    clause = Clause()

    def __init__(self, *args: Any, rates: Iterable[PersonnelRate] = (), **kwargs: Any) -> None:
        """Take the averages of the house that a post may be costed with."""
        super().__init__(*args, **kwargs)
        choices = [
            ("", "kein Durchschnittssatz"),
            *((rate.pk, f"{rate}: {euro(rate.amount)}") for rate in rates),
        ]
        self.fields["rate_id"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Complete share and hours by each other; one of them must be given."""
        data = super().clean() or {}
        if self.errors:
            return data
        full = data["full_hours"] or FULL_HOURS
        if data["share"] is None and data["hours"] is None:
            self.add_error("share", "Bitte den Stellenanteil oder die Stunden je Woche angeben.")
        elif data["share"] is None:
            data["share"] = share_of(data["hours"], full)
        elif data["hours"] is None and data["full_hours"]:
            data["hours"] = hours_of(data["share"], full)
        return data

    def draft(self) -> PositionDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return PositionDraft(
            text=data["text"],
            share=data["share"],
            grade=data["grade"],
            source=PositionSource(data["source"]),
            note=PostNote(data["note"]),
            **{name: data[name] for name in _POST_AS_TYPED},
        )


_POST_AS_TYPED = (
    "hours",
    "full_hours",
    "rate_id",
    "yearly_cost",
    "filled_from",
    "limited_until",
    "plan_year",
    "clause",
)


class FundingRow(MoneyRow):
    """One line of funding."""

    details = ("kind", "state", "state_on", "conditions", "recurring", "year", "until")

    text = PlainText(label="Bezeichnung", max_length=200)
    authority = PlainText(label="Zuwendungsgeber", max_length=120, required=False)
    count = Count(label="Anzahl", initial=1)
    qualifier = forms.ChoiceField(label="Zusatz", choices=_QUALIFIERS, initial=Qualifier.EXACT)
    amount_each = Amount(label="Betrag je Einheit (Euro)")
    kind = forms.ChoiceField(
        label="Art", choices=FundingKind.choices(), initial=FundingKind.FIXED, required=False
    )
    state = forms.ChoiceField(
        label="Stand",
        choices=FundingState.choices(),
        initial=FundingState.PLANNED,
        required=False,
    )
    state_on = forms.DateField(label="Stand vom", required=False, widget=DayInput())
    conditions = PlainText(label="Auflagen", max_length=400, required=False)
    year = Count(label="Haushaltsjahr", required=False)
    until = Count(label="bis Haushaltsjahr", required=False)
    recurring = forms.BooleanField(label="jährlich", required=False)

    def clean(self) -> dict[str, Any] | None:
        """Ask for the amount: a funding without one is none."""
        data = super().clean()
        if not self.errors and self.cleaned_data.get("amount_each") is None:
            self.add_error("amount_each", "Bitte einen Betrag angeben.")
        return data

    def draft(self) -> FundingDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return FundingDraft(
            text=data["text"],
            amount_each=data["amount_each"],
            count=data["count"],
            authority=data["authority"],
            qualifier=Qualifier(data["qualifier"]),
            kind=FundingKind(data["kind"] or FundingKind.FIXED),
            state=FundingState(data["state"] or FundingState.PLANNED),
            state_on=data["state_on"],
            conditions=data["conditions"],
            recurring=data["recurring"],
            year=data["year"],
            until=data["until"],
        )
