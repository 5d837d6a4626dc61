"""The form that brings in a Word template of the house."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ..documents.trial import MOST_BYTES, TOO_LARGE
from ..services.word_templates import TemplateAnswer
from .fields import PlainText


class TemplateForm(forms.Form):
    """A file, for which kind of document, and what is new in it."""

    document = forms.ChoiceField(label="Für welches Dokument")
    file = forms.FileField(
        label="Word-Datei", max_length=200, help_text="Word-Dokument (docx), bis 10 MB."
    )
    note = PlainText(
        label="Was ist neu",
        max_length=200,
        required=False,
        help_text="Zum Beispiel: neues Wappen, Zeile für die Kämmerei.",
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = list(kinds)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return upload

    def answer(self) -> TemplateAnswer:
        """Return the file with what was said about it."""
        data = self.cleaned_data
        upload = data["file"]
        return TemplateAnswer(data["document"], upload.name or "", upload.read(), data["note"])
