"""The lists of a draft that say where it goes and by when; what all lists of rows share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ..models import Committee, Office
from ..rules.consultation import ConsultationRole
from ..rules.deadlines import Extension, objection_to_extension
from ..services.drafting import DeadlineDraft, StationDraft
from .fields import PlainText
from .kern import DayInput

EMPTY: tuple[str, str] = ("", "Bitte wählen")


def chosen(rows: Iterable[Office] | Iterable[Committee]) -> list[tuple[int, str]]:
    """Return choices of rows by their name."""
    return [(row.pk, row.name) for row in rows]


class Row(forms.Form):
    """One line of a list; an untouched empty line is no line.

    `details` are the fields that few lines need: the page folds them.
    """

    mark_optional = False
    details: tuple[str, ...] = ()

    @property
    def folded(self) -> list[BoundField]:
        """Return the fields that the page folds away."""
        return [self[name] for name in self.details]

    @property
    def is_unfolded(self) -> bool:
        """Answer whether something stands in the folded fields, or is wrong there."""
        return any(self[name].value() or self[name].errors for name in self.details)


class RouteRow(Row):
    """One planned consultation."""

    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    role = forms.ChoiceField(
        label="Zuständigkeit",
        choices=ConsultationRole.choices(),
        initial=ConsultationRole.PRELIMINARY,
    )

    def __init__(
        self,
        *args: Any,
        committees: Iterable[Committee],
        usual: ConsultationRole = ConsultationRole.PRELIMINARY,
        **kwargs: Any,
    ) -> None:
        """Take the committees of the house, and what one usually gets such a paper for."""
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = usual
        choices = [EMPTY, *chosen(committees)]
        self.fields["committee"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> StationDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return StationDraft(data["committee"], ConsultationRole(data["role"]))


class DeadlineRow(Row):
    """One deadline."""

    name = PlainText(label="Bezeichnung", max_length=200)
    due_on = forms.DateField(label="fällig am", widget=DayInput())
    external = forms.BooleanField(label="von außen gesetzt", required=False, initial=True)
    authority = PlainText(label="gesetzt von", max_length=120, required=False)
    extension = forms.ChoiceField(label="Verlängerung", choices=Extension.choices(), required=False)
    extended_to = forms.DateField(label="verlängert bis", required=False, widget=DayInput())
    evidence = PlainText(
        label="Nachweis der Verlängerung",
        max_length=400,
        required=False,
        help_text="Zum Beispiel: E-Mail des Landes vom 12.07.2016, Anlage 3.",
    )
    note = PlainText(label="Vermerk", max_length=400, required=False)
    details = ("extension", "extended_to", "evidence", "note")

    def clean(self) -> dict[str, Any]:
        """Refuse an extension that says two things."""
        data = super().clean() or {}
        if not self.errors:
            objection = objection_to_extension(
                Extension(data["extension"]), data["due_on"], data["extended_to"]
            )
            if objection is not None:
                self.add_error(objection.field, objection.message)
        return data

    def draft(self) -> DeadlineDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return DeadlineDraft(
            name=data["name"],
            due_on=data["due_on"],
            external=data["external"],
            authority=data["authority"],
            extension=Extension(data["extension"]),
            extended_to=data["extended_to"],
            evidence=data["evidence"],
            note=data["note"],
        )
