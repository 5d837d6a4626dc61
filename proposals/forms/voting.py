"""The form of a result, for recording and for correcting it."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms

from ..models import AgendaItem, Committee, Vote
from ..rules.consultation import ConsultationRole, Outcome, allowed_outcomes, needs_vote
from ..rules.results import CHANGED
from ..rules.text import html_to_paragraphs, paragraphs_to_html
from ..services.voting import ResultAnswer
from .fields import Count, Paragraphs


class ResultForm(forms.Form):
    """What the chair announced and what was counted."""

    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput, initial=0)
    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Vom Vorsitz festgestellt",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie ein Ergebnis."},
    )
    entitled = Count(label="Anwesend", required=False)
    yes = Count(label="Ja", required=False)
    no = Count(label="Nein", required=False)
    abstained = Count(label="Enthaltung", required=False)
    wording = Paragraphs(
        label="Geänderter Wortlaut",
        required=False,
        rows=6,
        help_text="Nur wenn das Gremium den Beschlussvorschlag geändert hat.",
    )
    refer_to = forms.TypedMultipleChoiceField(
        label="Verwiesen an",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nur bei einer Verweisung.",
    )
    refer_back = forms.BooleanField(
        label="danach hier erneut beraten", required=False, initial=True
    )
    reason = Paragraphs(
        label="Begründung",
        required=False,
        rows=2,
        max_length=400,
        help_text="Nötig, wenn vor einer Vorberatung entschieden wird, wenn Zählung und "
        "Feststellung abweichen und nach der Unterschrift des Protokolls.",
    )
    note = Paragraphs(label="Vermerk für das Protokoll", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        role: ConsultationRole,
        committees: Iterable[Committee],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [
            (word.value, word.label) for word in allowed_outcomes(role) if word != Outcome.WITHDRAWN
        ]
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        bodies = [(row.pk, row.name) for row in committees]
        self.fields["refer_to"].choices = bodies  # type: ignore[attr-defined]

    @staticmethod
    def initial_for(voting_members: int) -> dict[str, Any]:
        """Return the form of a new result: everybody is present."""
        return {"request_key": uuid4(), "entitled": voting_members or None, "revision": 0}

    @staticmethod
    def initial_of(item: AgendaItem, vote: Vote | None) -> dict[str, Any]:
        """Return the form of a recorded result."""
        own = item.result_wording if item.outcome in CHANGED else None
        counts = {
            "entitled": vote.entitled if vote else None,
            "yes": vote.yes if vote else None,
            "no": vote.no if vote else None,
            "abstained": vote.abstained if vote else None,
        }
        return {
            "request_key": uuid4(),
            "revision": item.revision,
            "outcome": item.outcome,
            "note": item.note,
            "wording": html_to_paragraphs(own.html) if own else "",
            **counts,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the counts where there was a vote; an empty "Ja" means it was not counted."""
        data = super().clean() or {}
        outcome = data.get("outcome")
        if outcome and needs_vote(Outcome(outcome)):
            for name in ("entitled", "no", "abstained"):
                if name not in self.errors and data.get(name) is None:
                    self.add_error(name, "Bitte eine Zahl angeben, auch eine Null.")
        return data

    def answer(self) -> ResultAnswer:
        """Return the result; counts that a result without a vote does not need are left out."""
        data = self.cleaned_data
        outcome = Outcome(data["outcome"])
        counted = needs_vote(outcome)
        return ResultAnswer(
            outcome=outcome,
            request_key=data["request_key"],
            entitled=data["entitled"] if counted else None,
            yes=data["yes"] if counted else None,
            no=data["no"] if counted else None,
            abstained=data["abstained"] if counted else None,
            wording=paragraphs_to_html(data["wording"]),
            reason=data["reason"],
            note=data["note"],
            refer_to=tuple(data["refer_to"]) if outcome == Outcome.REFERRED else (),
            refer_back=data["refer_back"],
            revision=data["revision"],
        )
