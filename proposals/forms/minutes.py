"""Forms of the minutes: signed or approved with their files, corrected by a later meeting."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms

from ..rules.documents import MINUTES, MeetingDocumentKind
from ..selectors.agenda_lines import AgendaLine
from ..selectors.meeting_documents import Correctable
from ..services.attachments import StoredFile
from ..services.meeting import (
    ApproveMinutesAnswer,
    CorrectMinutesAnswer,
    KeepMinutesAnswer,
    MinutesFile,
    SignMinutesAnswer,
)
from .fields import Paragraphs
from .meeting import SIGNED, MinutesForm, offer

Store = Callable[[Any], StoredFile]


class _Scans(forms.Form):
    """A scan of each part; the names of the fields are the kinds of the documents."""

    def __init__(
        self, *args: Any, parts: Iterable[MeetingDocumentKind], word: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for kind in parts:
            self.fields[kind.value] = forms.FileField(
                label=f"Scan ({kind.named(word)})",
                required=False,
                max_length=200,
                widget=forms.FileInput(attrs={"accept": ".pdf"}),
                help_text="PDF des unterschriebenen Exemplars. Ohne Scan macht das Programm die "
                "Datei.",
            )

    def scans(self, store: Store) -> tuple[MinutesFile, ...]:
        """Put what was uploaded into the store; raises RuleViolation for what cannot be kept."""
        uploads = ((kind, self.cleaned_data.get(kind.value)) for kind in MINUTES)
        return tuple(MinutesFile(kind, store(upload)) for kind, upload in uploads if upload)


class SignForm(MinutesForm, _Scans):
    """When the minutes were signed, with the scan of each part, or when they were approved."""

    def answer_with(self, store: Store) -> SignMinutesAnswer | ApproveMinutesAnswer:
        """Return what is to be noted."""
        if self.cleaned_data["stage"] != SIGNED:
            return self.answer()
        return SignMinutesAnswer(self.cleaned_data["on"], self.scans(store))


class KeepForm(_Scans):
    """A further file of the signed minutes: scans, or without any each part made anew."""

    reason = Paragraphs(
        label="Grund",
        rows=2,
        max_length=400,
        required=False,
        help_text="Nötig, wenn ohne Scan eine weitere Datei entstehen soll.",
    )

    def answer_with(self, store: Store) -> KeepMinutesAnswer:
        """Return the scans, or why the files are made anew."""
        return KeepMinutesAnswer(self.scans(store), self.cleaned_data["reason"])


class CorrectForm(forms.Form):
    """Which item accepted which correction of earlier minutes."""

    item = forms.TypedChoiceField(label="Angenommen mit", coerce=int)
    correction = forms.ChoiceField(label="Berichtigt wird")
    text = Paragraphs(
        label="Wortlaut der Berichtigung",
        rows=3,
        max_length=4_000,
        required=False,
        help_text="So steht es im Protokoll dieser Sitzung. Bei einer berichtigten Zählung "
        "schreibt das Programm den Satz, wenn Sie nichts eintragen.",
    )

    def __init__(
        self,
        *args: Any,
        items: Iterable[AgendaLine],
        corrections: Sequence[Correctable],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by_key = {row.key: row for row in corrections}
        offer(self, "item", ((line.id, line.label) for line in items))
        choices = [(row.key, row.label) for row in corrections]
        self.fields["correction"].choices = choices  # type: ignore[attr-defined]

    def answer(self) -> CorrectMinutesAnswer:
        """Return both ends of the correction."""
        chosen = self._by_key[self.cleaned_data["correction"]]
        return CorrectMinutesAnswer(
            item_id=self.cleaned_data["item"],
            meeting_id=chosen.meeting_id,
            text=self.cleaned_data["text"],
            vote_id=chosen.vote_id,
        )
