"""Forms of the master data of Mitzeichnung: rules, closed days, absences."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ..models import Office, Person
from ..rules.co_signing import Part, Trigger
from ..services.absence import AbsenceAnswer
from ..services.signing_rules import ClosedDayAnswer, SigningRuleAnswer
from .fields import PLAUSIBLE_DAY, PlainText
from .kern import DayInput

CHOOSE = ("", "Bitte wählen")
_MOST_DAYS = 60


def day_field(label: str) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=DayInput(),
        validators=PLAUSIBLE_DAY,
        error_messages={
            "invalid": "Bitte ein Datum angeben.",
            "required": "Bitte ein Datum angeben.",
        },
    )


class SigningRuleForm(forms.Form):
    """Where a trigger holds, an office signs for parts."""

    mark_optional = False

    trigger = forms.ChoiceField(
        label="Anlass",
        choices=[CHOOSE, *((t.value, t.label) for t in Trigger if t != Trigger.BY_HAND)],
    )
    office = forms.ChoiceField(label="Stelle")
    parts = forms.MultipleChoiceField(
        label="Teile, für die die Stelle zeichnet",
        choices=Part.choices(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.IntegerField(
        label="Frist in Arbeitstagen",
        required=False,
        min_value=1,
        max_value=_MOST_DAYS,
        help_text="Leer: die Frist des Hauses.",
    )

    def __init__(self, *args: Any, offices: Sequence[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [CHOOSE, *((str(row.pk), row.name) for row in offices)]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]

    def answer(self) -> SigningRuleAnswer:
        """Return the rule."""
        data = self.cleaned_data
        parts = [Part(word) for word in data["parts"]]
        trigger = Trigger(data["trigger"])
        return SigningRuleAnswer(trigger, int(data["office"]), parts, data["days"])


class ClosedDayForm(forms.Form):
    """A day on which the house does not work."""

    mark_optional = False

    day = day_field("Tag")
    name = PlainText(label="Bezeichnung", max_length=120, help_text="Zum Beispiel Heiligabend.")

    def answer(self) -> ClosedDayAnswer:
        """Return the day."""
        return ClosedDayAnswer(**self.cleaned_data)


class AbsenceForm(forms.Form):
    """Who is away, and who stands in."""

    mark_optional = False

    person = forms.ChoiceField(label="Abwesend")
    starts_on = day_field("von")
    ends_on = day_field("bis")
    substitute = forms.ChoiceField(label="Vertretung")

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person],
        substitutes: Sequence[Person],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, rows in (("person", people), ("substitute", substitutes)):
            choices = [(str(row.pk), _words(row)) for row in rows]
            first = [] if len(choices) == 1 and name == "person" else [CHOOSE]
            self.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]

    def answer(self) -> AbsenceAnswer:
        """Return the absence."""
        data = self.cleaned_data
        return AbsenceAnswer(
            int(data["person"]), int(data["substitute"]), data["starts_on"], data["ends_on"]
        )


def _words(person: Person) -> str:
    return f"{person} ({person.function})" if person.function else str(person)
