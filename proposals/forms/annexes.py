"""Forms of annexes: those of a draft in their order, and one that is handed in late."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from ..models import Attachment
from ..rules.annexes import PICTURES, objection_to_annex
from ..services.attachments import AnnexWords, LateAnnexAnswer, NewAnnex, StoredFile
from .fields import PlainText

PREFIX = "annexes"
FILE_HINT = "PDF, Word (docx), PNG oder JPEG, bis 20 MB."
ALT_HINT = "Nur bei Bildern: was darauf zu sehen ist, in einem Satz."
_OF_PICTURES = (".png", ".jpg", ".jpeg")


class AnnexFields(forms.Form):
    """What is said about a file, whether it is new or there already."""

    title = PlainText(label="Titel", max_length=200, required=False)
    public = forms.BooleanField(label="öffentlich", required=False, initial=True)
    alt_text = PlainText(label="Alternativtext", max_length=400, required=False, help_text=ALT_HINT)


class KeptAnnex(AnnexFields):
    """One annex of a draft; the numbers typed say the order."""

    mark_optional = False

    attachment_id = forms.IntegerField(label="Anlage", widget=forms.HiddenInput)
    number = forms.IntegerField(label="Nummer", min_value=1, max_value=9999)
    remove = forms.BooleanField(label="entfernen", required=False)

    field_order = ("number", "title", "public", "alt_text", "remove", "attachment_id")

    def __init__(self, *args: Any, types: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.types = types

    def clean_attachment_id(self) -> int:
        """Refuse an annex that is none of this draft's."""
        pk: int = self.cleaned_data["attachment_id"]
        if pk not in self.types:
            raise forms.ValidationError(
                "Diese Anlage ist keine gültige Auswahl: Sie gehört nicht zu diesem Entwurf."
            )
        return pk

    def clean(self) -> dict[str, Any]:
        """Ask for a title, and for words in place of a picture, before anything is saved."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("remove") and "title" in data and "alt_text" in data:
            media_type = self.types.get(data.get("attachment_id") or 0, "")
            objection = objection_to_annex(data["title"], media_type, data["alt_text"])
            if objection is not None:
                self.add_error(objection.field, str(objection))
        return data


def kept_annexes(data: Any, rows: Iterable[Attachment]) -> Any:
    """Return the annexes of a draft as a list of forms, bound where they were sent."""
    rows = list(rows)
    factory = forms.formset_factory(KeptAnnex, extra=0, max_num=len(rows))
    sent = data if data is not None and f"{PREFIX}-TOTAL_FORMS" in data else None
    initial = [
        {
            "attachment_id": row.pk,
            "number": row.position,
            "title": row.title,
            "public": row.public,
            "alt_text": row.alt_text,
        }
        for row in rows
    ]
    options = {"types": {row.pk: row.media_type for row in rows}}
    return factory(sent, prefix=PREFIX, initial=initial, form_kwargs=options)


def removed_annexes(forms_of: Any) -> set[int]:
    """Return the keys of the annexes that are to go."""
    return {row["attachment_id"] for row in _sent(forms_of) if row["remove"]}


def annex_words(forms_of: Any) -> list[AnnexWords]:
    """Return what is said about the annexes that stay, in the order of their numbers."""
    stay = [row for row in _sent(forms_of) if not row["remove"]]
    return [
        AnnexWords(row["attachment_id"], row["title"], row["public"], row["alt_text"])
        for row in sorted(stay, key=lambda row: row["number"])
    ]


def _sent(forms_of: Any) -> Sequence[dict[str, Any]]:
    if not forms_of.is_bound:
        return []
    return [row.cleaned_data for row in forms_of]


def picture_without_words(file_name: str, title: str, alt_text: str) -> str:
    """Return why a new picture cannot be taken as it is, "" where nothing is in the way."""
    if not file_name.lower().endswith(_OF_PICTURES):
        return ""
    objection = objection_to_annex(title or file_name, PICTURES[0], alt_text)
    return str(objection) if objection is not None else ""


class LateAnnexForm(AnnexFields):
    """An annex of a paper that the committees have already."""

    file = forms.FileField(label="Datei", max_length=200, help_text=FILE_HINT)

    field_order = ("file", "title", "public", "alt_text")

    def answer(self) -> "LateAnnex":
        """Return what was sent; the file is checked and stored by the page."""
        return LateAnnex(self.cleaned_data)


class LateAnnex:
    """A late annex as typed, before its file lies in the store."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.upload, self._data = data["file"], data

    def stored(self, file: StoredFile) -> LateAnnexAnswer:
        """Return the answer with the file in the store."""
        data = self._data
        annex = NewAnnex(
            data["title"], self.upload.name or "", file, data["public"], data["alt_text"]
        )
        return LateAnnexAnswer(annex)
