"""Forms of the agenda, of the route and of the withdrawal."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Committee, Consultation, Meeting
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..services.consultation import InsertAnswer, ScheduleAnswer, SkipAnswer, WithdrawAnswer
from .fields import PLAUSIBLE_DAY, Paragraphs, PlainText
from .kern import ClockInput, DayInput


class ScheduleForm(forms.Form):
    """Pick a meeting, or create one by date and time."""

    mark_optional = False  # every field is, but one way of the two is asked for

    meeting = forms.TypedChoiceField(label="Sitzung", coerce=int, required=False, empty_value=None)
    date = forms.DateField(
        label="Datum", required=False, widget=DayInput(), validators=[*PLAUSIBLE_DAY]
    )
    time = forms.TimeField(label="Uhrzeit", required=False, widget=ClockInput())
    place = PlainText(label="Ort", max_length=200, required=False)
    top = PlainText(
        label="TOP",
        max_length=20,
        required=False,
        help_text="Zum Beispiel Ö 5; leer lassen, solange die Tagesordnung nicht steht.",
    )
    public = forms.BooleanField(label="öffentlich beraten", required=False, initial=True)

    def __init__(
        self, *args: Any, meetings: Iterable[Meeting], may_be_public: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        when = "%d.%m.%Y, %H:%M Uhr"
        choices: list[tuple[object, str]] = [("", "Neue Sitzung anlegen")]
        choices += [
            (row.pk, f"{timezone.localtime(row.starts_at).strftime(when)} {row.place}".strip())
            for row in meetings
        ]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]
        if not may_be_public:
            del self.fields["public"]

    def clean(self) -> dict[str, Any]:
        """Ask for a meeting or for date and time, not for half of it."""
        data = super().clean() or {}
        if self.errors or data.get("meeting") is not None:
            return data
        if data.get("date") is None or data.get("time") is None:
            raise forms.ValidationError(
                "Bitte eine Sitzung auswählen oder Datum und Uhrzeit einer neuen Sitzung angeben."
            )
        return data

    def answer(self) -> ScheduleAnswer:
        """Return which meeting takes it up."""
        data = self.cleaned_data
        starts_at = None
        if data["meeting"] is None:
            starts_at = timezone.make_aware(datetime.combine(data["date"], data["time"]))
        return ScheduleAnswer(
            meeting_id=data["meeting"],
            starts_at=starts_at,
            place=data["place"],
            number=data["top"],
            public=data.get("public"),
        )


class InsertForm(forms.Form):
    """A further consultation."""

    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    role = forms.ChoiceField(
        label="Zuständigkeit",
        choices=ConsultationRole.choices(),
        initial=ConsultationRole.PRELIMINARY,
    )
    position = forms.TypedChoiceField(
        label="Einfügen nach", coerce=int, required=False, empty_value=None
    )
    confirmed = forms.BooleanField(label="Ein weiteres Gremium entscheidet", required=False)
    reason = Paragraphs(label="Grund", rows=3)

    def __init__(
        self,
        *args: Any,
        committees: Iterable[Committee],
        route: Iterable[Consultation],
        deciding: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """Take the bodies that decide already: a further one has to be confirmed."""
        super().__init__(*args, **kwargs)
        bodies = [(row.pk, row.name) for row in committees]
        after: list[tuple[object, str]] = [("", "am Ende der Beratungsfolge")]
        after += [(row.pk, str(row)) for row in route]
        self.fields["committee"].choices = bodies  # type: ignore[attr-defined]
        self.fields["position"].choices = after  # type: ignore[attr-defined]
        if deciding:
            self.fields["confirmed"].help_text = (
                f"Nur bei einer Entscheidung zu bestätigen: Es entscheidet schon "
                f"{', '.join(deciding)}, und über jede Ziffer des Beschlusses nur ein Gremium."
            )
        else:
            del self.fields["confirmed"]

    def answer(self) -> InsertAnswer:
        """Return the station."""
        data = self.cleaned_data
        return InsertAnswer(
            committee_id=data["committee"],
            role=ConsultationRole(data["role"]),
            reason=data["reason"],
            after_id=data["position"],
            confirmed=data.get("confirmed", False),
        )


class SkipForm(forms.Form):
    """Why a consultation falls out of the route, on whose order, and who hears of it later."""

    reason = Paragraphs(label="Grund", rows=3, max_length=400)
    authority = PlainText(label="verfügt von", max_length=120)
    inform = forms.BooleanField(
        label="Das Gremium nimmt später Kenntnis",
        required=False,
        help_text="Fügt am Ende der Beratungsfolge eine Kenntnisnahme ein.",
    )
    confirmed = forms.BooleanField(
        label="Die vorgeschriebene Vorbereitung entfällt", required=False
    )

    def __init__(self, *args: Any, mandatory: RuleViolation | None = None, **kwargs: Any) -> None:
        """Take what the law says against it: it is shown and has to be confirmed."""
        super().__init__(*args, **kwargs)
        if mandatory is None:
            del self.fields["confirmed"]
        else:
            self.fields["confirmed"].help_text = str(mandatory)

    def answer(self) -> SkipAnswer:
        """Return reason, authority, and what else is wanted."""
        data = self.cleaned_data
        return SkipAnswer(
            reason=data["reason"],
            authority=data["authority"],
            inform=data["inform"],
            confirmed=data.get("confirmed", False),
        )


class WithdrawForm(forms.Form):
    """Why the proposal is withdrawn."""

    reason = Paragraphs(label="Grund", rows=3)

    def answer(self) -> WithdrawAnswer:
        """Return the reason."""
        return WithdrawAnswer(self.cleaned_data["reason"])
