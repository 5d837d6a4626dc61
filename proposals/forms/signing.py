"""Forms of the acts on a Mitzeichnung besides its steps, and of a statement."""

from collections.abc import Sequence

from django import forms

from ..models import CoSignature, Office
from ..rules.co_signing import Verdict
from ..services.statements import StateAnswer
from ..services.submission import (
    AskMoreAnswer,
    DelegateAnswer,
    ExpireAnswer,
    LateAnswer,
    RecallAnswer,
    TakeAnswer,
)
from .fields import Paragraphs
from .submission import CoSignForm


def _office_field(offices: Sequence[Office], label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Bitte wählen"), *((str(row.pk), row.name) for row in offices)],
        error_messages={"required": "Bitte wählen Sie eine Stelle."},
    )


class RecallForm(forms.Form):
    """Take the draft back."""

    note = Paragraphs(
        label="Vermerk",
        rows=3,
        help_text="Steht im Verlauf.",
        error_messages={"required": "Bitte schreiben Sie, warum Sie die Vorlage zurückholen."},
    )

    def answer(self) -> RecallAnswer:
        """Return the note."""
        return RecallAnswer(self.cleaned_data["note"])


class AskMoreForm(forms.Form):
    """Ask one more office."""

    def __init__(self, data: object = None, *, offices: Sequence[Office]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["office"] = _office_field(offices, "Stelle")

    def answer(self) -> AskMoreAnswer:
        """Return which office."""
        return AskMoreAnswer(int(self.cleaned_data["office"]))


class DelegateForm(forms.Form):
    """Hand a request on."""

    def __init__(
        self, data: object = None, *, request: CoSignature, offices: Sequence[Office]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self._request = request
        self.fields["office"] = _office_field(offices, "Weitergeben an")
        self.fields["note"] = Paragraphs(label="Vermerk", required=False, rows=3)

    def answer(self) -> DelegateAnswer:
        """Return to whom, and why."""
        data = self.cleaned_data
        return DelegateAnswer(self._request.pk, int(data["office"]), data["note"])


class ExpireForm(forms.Form):
    """Go on without an answer."""

    note = Paragraphs(label="Vermerk", required=False, rows=3)

    def __init__(self, data: object = None, *, request: CoSignature) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self._request = request

    def answer(self) -> ExpireAnswer:
        """Return the note."""
        return ExpireAnswer(self._request.pk, self.cleaned_data["note"])


class LateForm(CoSignForm):
    """What an office answers after it went on without it."""

    def __init__(self, data: object = None, *, request: CoSignature) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self._request = request

    def answer(self) -> LateAnswer:  # type: ignore[override]  # another act, the same fields
        """Return what the office answers."""
        data = self.cleaned_data
        return LateAnswer(self._request.pk, Verdict(data["verdict"]), data["remark"])


class TakeForm(forms.Form):
    """Take a request on, or give it back; `seen` is who had it when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)  # 0: nobody
    gives_back = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def answer_for(self, request: CoSignature) -> TakeAnswer:
        """Return the act on that request."""
        data = self.cleaned_data
        return TakeAnswer(request.pk, data["seen"] or None, gives_back=data["gives_back"])


class StatementForm(forms.Form):
    """What an office says on a change."""

    text = Paragraphs(label="Stellungnahme", required=False, rows=6)

    def answer(self) -> StateAnswer:
        """Return the statement."""
        return StateAnswer(self.cleaned_data["text"])
