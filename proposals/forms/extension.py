"""The form of an item that a body takes up in the meeting, or refuses to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from ..models import Committee
from ..rules.voting import VoteResult
from ..services.agenda import ExtendAnswer
from ..services.voting import CountedAnswer
from .fields import Count, Paragraphs, PlainText
from .meeting import offer

COUNTS = ("yes", "no", "abstained")


class ExtendForm(forms.Form):
    """What is urgent and why, and how the body voted on taking it up."""

    mark_optional = False

    request_key = forms.UUIDField(label="Kennung des Absendens", widget=forms.HiddenInput)
    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    consultation = forms.TypedChoiceField(
        label="Vorlage", coerce=int, required=False, empty_value=None
    )
    title = PlainText(
        label="Bezeichnung",
        max_length=500,
        required=False,
        help_text="Nur ohne Vorlage; sonst heißt der Punkt wie sie.",
    )
    public = forms.BooleanField(label="öffentlich", required=False, initial=True)
    reason = Paragraphs(label="Begründung der Dringlichkeit", rows=2, max_length=400)
    yes = Count(label="Ja", required=False)
    no = Count(label="Nein", required=False)
    abstained = Count(label="Enthaltung", required=False)
    announced = forms.ChoiceField(
        label="Vom Vorsitz festgestellt",
        choices=[
            ("", "nach der Zählung"),
            (VoteResult.CARRIED.value, "auf die Tagesordnung genommen"),
            (VoteResult.LOST.value, "nicht auf die Tagesordnung genommen"),
        ],
        required=False,
    )
    difference = PlainText(
        label="Begründung der Abweichung",
        max_length=400,
        required=False,
        help_text="Nur wenn Zählung und Feststellung abweichen.",
    )

    def __init__(
        self,
        *args: Any,
        committees: Sequence[Committee],
        papers: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "committee", ((row.pk, row.name) for row in committees))
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.fields["committee"].initial = committees[0].pk
        offer(self, "consultation", papers, empty="ohne Vorlage")

    def answer(self) -> ExtendAnswer:
        """Return the item; nothing counted means that nobody objected."""
        data = self.cleaned_data
        is_counted = any(data[name] is not None for name in COUNTS)
        counted = CountedAnswer(yes=data["yes"], no=data["no"], abstained=data["abstained"])
        return ExtendAnswer(
            committee_id=data["committee"],
            title=data["title"],
            reason=data["reason"],
            request_key=data["request_key"],
            public=data["public"],
            consultation_id=data["consultation"],
            counted=counted if is_counted or data["announced"] else None,
            announced=VoteResult(data["announced"]) if data["announced"] else None,
            difference=data["difference"],
        )
