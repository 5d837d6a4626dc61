"""Forms of what helps to draft: standard routes, text blocks, comments, who works on a draft."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..models import Committee, Office
from ..models.drafting import TextBlock
from ..rules.comments import MOST_LETTERS
from ..rules.consultation import ConsultationRole
from ..rules.sections import Section
from ..rules.words import ProposalKind
from ..services.comments import CommentAnswer
from ..services.default_routes import StationAnswer
from ..services.leading import HandOverAnswer, TakeLeadAnswer
from ..services.text_blocks import BlockAnswer
from .draft_rows import EMPTY, chosen
from .fields import PlainText, RichText

WHOLE_HOUSE = ("", "ganzes Haus")
ANY_SECTION = ("", "alle Abschnitte")


class StationForm(forms.Form):
    """One more station of a standard route."""

    kind = forms.ChoiceField(label="Art der Vorlage")
    office = forms.TypedChoiceField(
        label="Federführung", coerce=int, empty_value=None, required=False
    )
    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    role = forms.ChoiceField(label="Zuständigkeit", choices=ConsultationRole.choices())

    def __init__(
        self,
        *args: Any,
        kinds: list[tuple[str, str]],
        offices: Iterable[Office],
        committees: Iterable[Committee],
        **kwargs: Any,
    ) -> None:
        """Take the kinds under the names of the house, its offices and its committees."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["office"].choices = [WHOLE_HOUSE, *chosen(offices)]  # type: ignore[attr-defined]
        self.fields["committee"].choices = [EMPTY, *chosen(committees)]  # type: ignore[attr-defined]

    def answer(self) -> StationAnswer:
        """Return the station as the use case takes it."""
        data = self.cleaned_data
        return StationAnswer(
            ProposalKind(data["kind"]),
            data["committee"],
            ConsultationRole(data["role"]),
            data["office"],
        )


class BlockForm(forms.Form):
    """A text block."""

    title = PlainText(label="Titel", max_length=120)
    office = forms.TypedChoiceField(label="für", coerce=int, empty_value=None, required=False)
    section = forms.ChoiceField(label="Abschnitt", required=False)
    html = RichText(label="Text", rows=10)

    def __init__(
        self,
        *args: Any,
        offices: Iterable[Office],
        whole_house: bool,
        sections: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Take whose blocks the user keeps, and the sections under the names of the house."""
        super().__init__(*args, **kwargs)
        first = [WHOLE_HOUSE] if whole_house else []
        office = self.fields["office"]
        office.choices = [*first, *chosen(offices)]  # type: ignore[attr-defined]
        office.required = not whole_house
        self.fields["section"].choices = [ANY_SECTION, *sections]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(block: TextBlock) -> dict[str, Any]:
        """Return what the form shows of a block."""
        return {
            "title": block.title,
            "office": block.office_id or "",
            "section": block.section,
            "html": block.html,
        }

    def answer(self) -> BlockAnswer:
        """Return the block as the use case takes it."""
        data = self.cleaned_data
        section = Section(data["section"]) if data["section"] else None
        return BlockAnswer(data["title"], data["html"], section, data["office"])


class CommentForm(forms.Form):
    """A question or a remark; with `answers` it is an answer."""

    mark_optional = False

    answers = forms.IntegerField(
        label="Antwort auf", widget=forms.HiddenInput, required=False, min_value=1
    )
    section = forms.ChoiceField(label="Betrifft", required=False)
    text = PlainText(
        label="Rückfrage oder Anmerkung",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "die ganze Vorlage"), *sections]  # type: ignore[attr-defined]

    def answer(self) -> CommentAnswer:
        """Return the comment as the use case takes it."""
        data = self.cleaned_data
        section = Section(data["section"]) if data["section"] else None
        return CommentAnswer(data["text"], section, data["answers"])


class TakeLeadForm(forms.Form):
    """Why somebody takes a draft over."""

    reason = PlainText(
        label="Anlass",
        max_length=400,
        required=False,
        help_text="Zum Beispiel: Urlaub von Frau Muster, Wechsel der Zuständigkeit.",
    )

    def answer(self) -> TakeLeadAnswer:
        """Return the answer."""
        return TakeLeadAnswer(self.cleaned_data["reason"])


class HandOverForm(forms.Form):
    """Which office leads from now on."""

    office = forms.TypedChoiceField(label="Neue Federführung", coerce=int)
    reason = PlainText(label="Anlass", max_length=400, required=False)

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [EMPTY, *chosen(offices)]  # type: ignore[attr-defined]

    def answer(self) -> HandOverAnswer:
        """Return the answer."""
        return HandOverAnswer(self.cleaned_data["office"], self.cleaned_data["reason"])
