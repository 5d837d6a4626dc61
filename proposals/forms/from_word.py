"""Forms to take a Word file into a draft: the file, and a section for each part found in it."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms

from ..rules.cleaning import clean_html
from ..rules.from_word import LONGEST_SUBJECT, MOST_PARTS, NOWHERE, SUBJECT, Part, Way
from .fields import PlainText

PREFIX = "part"
MOST_FORMS = MOST_PARTS * 2
_WAYS = [
    (Way.REPLACE.value, "ersetzt, was dort steht"),
    (Way.APPEND.value, "kommt dahinter"),
]


class WordFileForm(forms.Form):
    """The file to read."""

    file = forms.FileField(
        label="Word-Datei",
        max_length=200,
        help_text="Word-Dokument (docx), bis 20 MB. Es wird gelesen und nicht aufbewahrt.",
    )


class ReadForm(forms.Form):
    """What travels with the parts; `shown` says of which choice the difference was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    file_name = PlainText(widget=forms.HiddenInput, required=False, max_length=200)
    notes = PlainText(widget=forms.HiddenInput, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def said(self) -> list[str]:
        """Return the sentences about what could not be taken over."""
        return [line for line in str(self["notes"].value() or "").splitlines() if line]


class PartForm(forms.Form):
    """One part of the file on its way into a section."""

    mark_optional = False

    heading = PlainText(widget=forms.HiddenInput, required=False, max_length=LONGEST_SUBJECT)
    html = PlainText(widget=forms.HiddenInput, required=False)
    target = forms.ChoiceField(label="Abschnitt", required=False)
    way = forms.ChoiceField(
        label="Der Text",
        choices=_WAYS,
        initial=Way.REPLACE.value,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the sections with their headings."""
        super().__init__(*args, **kwargs)
        choices = [(NOWHERE, "nicht übernehmen"), (SUBJECT, "Betreff"), *sections]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]

    def clean_html(self) -> str:
        """Return the text as it may be stored: it has been in the browser."""
        return clean_html(self.cleaned_data["html"])

    def part(self) -> Part:
        """Return the part as the rules take it."""
        data = self.cleaned_data
        way = Way(data["way"] or Way.REPLACE)
        return Part(data["heading"], data["html"], data["target"], way)


PartForms = forms.formset_factory(
    PartForm, extra=0, max_num=MOST_FORMS, validate_max=True, absolute_max=MOST_FORMS
)


def sent_as(parts: Sequence[Part]) -> list[dict[str, str]]:
    """Return what the forms show of parts that were just read."""
    return [
        {"heading": part.heading, "html": part.html, "target": part.target, "way": part.way.value}
        for part in parts
    ]


def choice_digest(parts: Sequence[Part], revision: int) -> str:
    """Return what says whether a difference was shown of this very choice."""
    chosen = [(part.target, part.way.value, part.heading, part.html) for part in parts]
    return hashlib.sha256(repr((revision, chosen)).encode()).hexdigest()
