"""Forms of a meeting: planning it, inviting, its course on the day, its minutes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS

from ..models import Committee, Meeting
from ..rules.documents import MeetingDocumentKind
from ..selectors.agenda_lines import AgendaLine
from ..services.attachments import StoredFile
from ..services.meeting import (
    ApproveMinutesAnswer,
    CallFile,
    CancelAnswer,
    InviteAnswer,
    MoveAnswer,
    PlanAnswer,
    PostponeRestAnswer,
    SignMinutesAnswer,
    SupplementAnswer,
)
from .fields import PLAUSIBLE_DAY, Count, Paragraphs, PlainText
from .kern import ClockInput, DayInput

FIRST_YEAR, LAST_YEAR = 1946, 2198  # of the calendar
Store = Callable[[Any], StoredFile]
SIGNED, APPROVED = "unterschrieben", "genehmigt"


class MeetingFilter(forms.Form):
    """Body and year; both optional, an unknown word filters nothing."""

    mark_optional = False

    committee = forms.TypedChoiceField(
        label="Gremium", coerce=int, required=False, empty_value=None
    )
    year = forms.TypedChoiceField(label="Jahr", coerce=int, required=False, empty_value=None)

    def __init__(
        self, *args: Any, committees: Iterable[Committee], years: Iterable[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "committee", ((row.pk, row.name) for row in committees), empty="alle")
        offer(self, "year", ((year, str(year)) for year in years), empty="alle")


class CalendarForm(forms.Form):
    """Body, year and month; without a month the page shows the whole year."""

    mark_optional = False

    committee = forms.TypedChoiceField(
        label="Gremium", coerce=int, required=False, empty_value=None
    )
    month = forms.TypedChoiceField(label="Monat", coerce=int, required=False, empty_value=None)
    year = Count(label="Jahr", required=False)

    def __init__(self, *args: Any, committees: Iterable[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "committee", ((row.pk, row.name) for row in committees), empty="alle")
        months = ((number, str(name)) for number, name in MONTHS.items())
        offer(self, "month", months, empty="ganzes Jahr")

    def clean_year(self) -> int | None:
        """Refuse a year in which no house of today held a meeting."""
        year: int | None = self.cleaned_data["year"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError("Bitte das Jahr prüfen.")
        return year


class WhenForm(forms.Form):
    """Day, time and place of a meeting."""

    date = forms.DateField(label="Datum", widget=DayInput(), validators=[*PLAUSIBLE_DAY])
    time = forms.TimeField(label="Uhrzeit", widget=ClockInput())
    place = PlainText(label="Ort", max_length=200, required=False)

    def starts_at(self) -> datetime:
        """Return when it begins, in the zone of the house."""
        return aware(self.cleaned_data["date"], self.cleaned_data["time"])

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return the form of a meeting as it stands."""
        when = timezone.localtime(meeting.starts_at)
        return {"date": when.date(), "time": when.time(), "place": meeting.place}


class PlanForm(WhenForm):
    """A new meeting; more than one body makes it a joint one."""

    committees = forms.TypedMultipleChoiceField(
        label="Gremium",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mehrere Gremien tagen gemeinsam; jedes stimmt für sich ab.",
        error_messages={"required": "Bitte wählen Sie mindestens ein Gremium."},
    )
    number = Count(
        label="Nummer der Sitzung",
        required=False,
        help_text="Zum Beispiel 12, wenn Ihr Haus seine Sitzungen zählt.",
    )
    standard = forms.BooleanField(
        label="mit den Standardpunkten des Gremiums beginnen", required=False, initial=True
    )
    leading = forms.TypedChoiceField(
        label="Bei einer gemeinsamen Sitzung führt",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Von diesem Gremium kommen Nummer und Standardpunkte.",
    )
    constituting = forms.ChoiceField(
        label="Erste Sitzung der Wahlperiode",
        required=False,
        choices=[("", "ergibt sich aus der Wahlperiode"), ("ja", "ja"), ("nein", "nein")],
        help_text="Für sie kann eine andere Ladungsfrist gelten.",
    )
    field_order = [
        "committees",
        "leading",
        "date",
        "time",
        "place",
        "number",
        "constituting",
        "standard",
    ]

    def __init__(self, *args: Any, committees: Sequence[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "committees", ((row.pk, row.name) for row in committees))
        bodies = ((row.pk, row.name) for row in committees)
        offer(self, "leading", bodies, empty="das erste ausgewählte")

    def answer(self) -> PlanAnswer:
        """Return the meeting to be."""
        data = self.cleaned_data
        leading = data["leading"]
        return PlanAnswer(
            committee_ids=tuple(sorted(data["committees"], key=lambda pk: pk != leading)),
            starts_at=self.starts_at(),
            place=data["place"],
            number=data["number"],
            standard=data["standard"],
            constituting={"ja": True, "nein": False}.get(data["constituting"]),
        )


class MoveForm(WhenForm):
    """Another day, time or place."""

    reason = Paragraphs(
        label="Grund",
        rows=2,
        max_length=400,
        required=False,
        help_text="Nötig, wenn schon eingeladen ist.",
    )

    def answer(self) -> MoveAnswer:
        """Return when and where it takes place instead."""
        data = self.cleaned_data
        return MoveAnswer(starts_at=self.starts_at(), place=data["place"], reason=data["reason"])


class ToMeetingForm(forms.Form):
    """Another meeting that takes over what this one leaves open."""

    to_meeting = forms.TypedChoiceField(
        label="Auf die Tagesordnung der Sitzung vom",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Ohne Sitzung bleiben die Punkte offen und warten auf eine Tagesordnung.",
    )

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = ((row.pk, when_and_where(row)) for row in meetings)
        offer(self, "to_meeting", choices, empty="noch keine Sitzung")


class CancelForm(ToMeetingForm):
    """Why a meeting does not take place."""

    reason = Paragraphs(label="Grund", rows=2, max_length=400)
    field_order = ["reason", "to_meeting"]

    def answer(self) -> CancelAnswer:
        """Return the reason and where its items go."""
        data = self.cleaned_data
        return CancelAnswer(reason=data["reason"], to_meeting_id=data["to_meeting"])


class PostponeRestForm(ToMeetingForm):
    """What has not been dealt with when the meeting ends."""

    items = forms.TypedMultipleChoiceField(
        label="Punkte ohne Ergebnis",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens einen Punkt."},
    )
    no_quorum = forms.BooleanField(
        label="zurückgestellt wegen Beschlussunfähigkeit", required=False
    )
    reason = Paragraphs(label="Grund", rows=2, max_length=400, required=False)
    close = forms.BooleanField(label="und die Sitzung schließen", required=False)
    field_order = ["items", "no_quorum", "reason", "to_meeting", "close"]

    def __init__(
        self, *args: Any, items: Sequence[AgendaLine], running: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "items", ((line.id, line.label) for line in items))
        self.fields["items"].initial = [line.id for line in items if not line.is_over]
        if not running:
            del self.fields["close"]

    def answer(self) -> PostponeRestAnswer:
        """Return what is postponed and where to."""
        data = self.cleaned_data
        return PostponeRestAnswer(
            reason=data["reason"],
            to_meeting_id=data["to_meeting"],
            no_quorum=data["no_quorum"],
            item_ids=tuple(data["items"]),
            close=data.get("close", False),
        )


class DayForm(forms.Form):
    """The day on which something happened; not in the future."""

    on = forms.DateField(label="Datum", widget=DayInput(), validators=[*PLAUSIBLE_DAY])

    def clean_on(self) -> Any:
        """Refuse a day to come: only what has happened is noted."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Das Datum liegt in der Zukunft.")
        return day


class SupplementForm(DayForm):
    """When a Nachtrag went out, and to whom."""

    recipients = PlainText(
        label="Empfänger",
        max_length=400,
        required=False,
        help_text="Zum Beispiel: alle Mitglieder, Gleichstellungsbeauftragte, Presse.",
    )

    member_kind = MeetingDocumentKind.SUPPLEMENT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Versandt am"
        for kind in (self.member_kind, MeetingDocumentKind.NOTICE):
            self.fields[kind.value] = forms.FileField(
                label=f"{kind.label}: eigene Datei",
                required=False,
                max_length=200,
                widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}),
                help_text="Word oder PDF, wie sie hinausging. Ohne Datei macht sie das Programm.",
            )

    def uploads(self, store: Store) -> tuple[CallFile, ...]:
        """Put what was edited by hand into the store; raises RuleViolation for what cannot be."""
        kinds = (self.member_kind, MeetingDocumentKind.NOTICE)
        sent = ((kind, self.cleaned_data.get(kind.value)) for kind in kinds)
        return tuple(CallFile(kind, store(upload)) for kind, upload in sent if upload)

    def answer_with(self, store: Store) -> InviteAnswer | SupplementAnswer:
        """Return the answer with the files that were edited by hand."""
        return replace(self.answer(), files=self.uploads(store))

    def answer(self) -> InviteAnswer | SupplementAnswer:
        """Return the day and the recipients."""
        data = self.cleaned_data
        return SupplementAnswer(on=data["on"], recipients=data["recipients"])


class InviteForm(SupplementForm):
    """When the invitation went out, to whom, and why so late where it was.

    `with_hint`: an item resumes one that was put off because too few had come.
    """

    member_kind = MeetingDocumentKind.INVITATION
    shortened_reason = Paragraphs(
        label="Grund der kurzen Ladung",
        rows=2,
        max_length=400,
        required=False,
        help_text="Nur wenn die Ladungsfrist nicht eingehalten ist.",
    )
    hint = forms.BooleanField(
        label="Die Einladung weist darauf hin, dass über zurückgestellte Punkte ohne Rücksicht "
        "auf die Zahl der Erschienenen beschlossen wird",
        required=False,
    )

    def __init__(self, *args: Any, with_hint: bool, paragraph: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hint"].help_text = paragraph
        if not with_hint:
            del self.fields["hint"]

    def answer(self) -> InviteAnswer:
        """Return what is known of the invitation."""
        data = self.cleaned_data
        return InviteAnswer(
            on=data["on"],
            recipients=data["recipients"],
            shortened_reason=data["shortened_reason"],
            hint=data.get("hint", False),
        )


class MinutesForm(DayForm):
    """When the minutes were signed or approved; `stage` says which of both the page asked for."""

    stage = forms.ChoiceField(
        label="Stand",
        choices=[(word, word) for word in (SIGNED, APPROVED)],
        widget=forms.HiddenInput,
    )

    def answer(self) -> SignMinutesAnswer | ApproveMinutesAnswer:
        """Return what is to be noted: the second half of a double click asks for the same again."""
        signed = self.cleaned_data["stage"] == SIGNED
        kind = SignMinutesAnswer if signed else ApproveMinutesAnswer
        return kind(self.cleaned_data["on"])


def offer(
    form: forms.Form, name: str, choices: Iterable[tuple[int, str]], *, empty: str | None = None
) -> None:
    """Give a field of a form its choices, with a word for none of them."""
    first: list[tuple[object, str]] = [] if empty is None else [("", empty)]
    form.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]


def aware(day: date, clock: time) -> datetime:
    """Return day and time of day in the zone of the house."""
    return timezone.make_aware(datetime.combine(day, clock))


def when_and_where(meeting: Meeting) -> str:
    """Return a meeting in one line of a list."""
    when = timezone.localtime(meeting.starts_at)
    return ", ".join(filter(None, (f"{when:%d.%m.%Y}, {when:%H:%M} Uhr", meeting.place)))
