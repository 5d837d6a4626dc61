"""Small forms of what happens to a meeting while it lasts; each is one line of the run sheet."""

from typing import Any

from django import forms

from ..rules.quorum import QuorumCause
from ..selectors.run_sheet import Sheet
from ..services.attendance import QuorumAnswer
from ..services.meeting import (
    CloseAnswer,
    OpenAnswer,
    PostponeRestAnswer,
    ResumeAnswer,
    SuspendAnswer,
)
from .fields import Count, PlainText


class SittingForm(forms.Form):
    """One act on the meeting of a sheet."""

    mark_optional = False

    def __init__(self, data: Any = None, *, sheet: Sheet, name: str) -> None:
        super().__init__(data, auto_id=f"run-{name}-%s")
        self.sheet = sheet

    def answer(self) -> Any:
        """Return the act as the gate takes it."""
        raise NotImplementedError


class OpeningForm(SittingForm):
    """The meeting begins; chair and minutes stay with whom they were given to."""

    def answer(self) -> OpenAnswer:
        """Return who opens it: as noted before."""
        meeting = self.sheet.meeting
        return OpenAnswer(chair_id=meeting.chair_id, minute_taker_id=meeting.minute_taker_id)


class PauseForm(SittingForm):
    """The meeting breaks off for a while."""

    reason = PlainText(label="Grund", max_length=400, required=False)

    def answer(self) -> SuspendAnswer:
        """Return why."""
        return SuspendAnswer(reason=self.cleaned_data["reason"])


class ResumeForm(SittingForm):
    """The meeting goes on."""

    def answer(self) -> ResumeAnswer:
        """Return that it does so now."""
        return ResumeAnswer()


class QuorumForm(SittingForm):
    """Somebody counts; without a number those count who are noted as present."""

    cause = QuorumCause.STATED

    committee = forms.TypedChoiceField(label="Gremium", coerce=int)

    def __init__(self, data: Any = None, *, sheet: Sheet, name: str) -> None:
        super().__init__(data, sheet=sheet, name=name)
        choices = [(body.committee.pk, body.committee.name) for body in sheet.bodies]
        self.fields["committee"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.fields["committee"].initial = choices[0][0]
        if hasattr(sheet.meeting, "minutes"):
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    def answer(self) -> QuorumAnswer:
        """Return the count at the item that comes next."""
        committee = self.cleaned_data["committee"]
        ahead = self.sheet.row(self.sheet.start or 0)
        here = ahead is not None and ahead.item.committee_id == committee
        return QuorumAnswer(
            committee,
            self.cause,
            item_id=self.sheet.start if here else None,
            present=self.cleaned_data.get("present"),
            reason=self.cleaned_data.get("reason", ""),
        )


class DoubtForm(QuorumForm):
    """Somebody doubts that enough are there: it is counted."""

    cause = QuorumCause.DOUBTED

    present = Count(label="Gezählt", required=False, help_text="leer: nach der Anwesenheit")


class RestForm(SittingForm):
    """What the meeting did not get to waits for the next one."""

    reason = PlainText(label="Grund", max_length=400, required=False)
    no_quorum = forms.BooleanField(label="wegen Beschlussunfähigkeit", required=False)
    close = forms.BooleanField(label="und die Sitzung schließen", required=False)

    def answer(self) -> PostponeRestAnswer:
        """Return how the rest is put off."""
        data = self.cleaned_data
        return PostponeRestAnswer(
            reason=data["reason"], no_quorum=data["no_quorum"], close=data["close"]
        )


class ClosingForm(SittingForm):
    """The meeting ends; a reason lets items without a result stay open."""

    reason = PlainText(
        label="Begründung",
        max_length=400,
        required=False,
        help_text="nur nötig, solange ein TOP ohne Ergebnis ist",
    )

    def answer(self) -> CloseAnswer:
        """Return why it may close."""
        return CloseAnswer(reason=self.cleaned_data["reason"])
