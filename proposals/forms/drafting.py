"""The draft form and the rows below it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ..models import Attachment, Committee, Office, Proposal
from ..rules.boxes import HouseBoxes
from ..rules.co_signing import MATTERS
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from ..rules.words import ProposalKind
from ..services.drafting import DraftAnswer
from ..services.relations import amended, answered
from .annexes import ALT_HINT, FILE_HINT, picture_without_words
from .draft_rows import DeadlineRow, RouteRow, Row, chosen
from .fields import PLAUSIBLE_DAY, PlainText, RichText
from .finance_boxes import FinanceFields
from .finances import CostRow, FundingRow, PositionRow
from .kern import DayInput
from .relations import PaperNumber

PRESENT = "present"
_ROWS_OF = {Section.FACTS: 14, Section.WORDING: 8, Section.ANSWER: 14, Section.PROBLEM: 10}
_ONLY_OF = {
    "amends": ProposalKind.AENDERUNGSANTRAG,
    "answers": ProposalKind.ANTWORT,
    "answer_due_on": ProposalKind.ANFRAGE,
}


class DraftForm(FinanceFields):
    """Everything of a draft but its lists of rows."""

    mark_optional = False

    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput, initial=0)
    copied_from = forms.IntegerField(
        label="entstanden aus", widget=forms.HiddenInput, required=False
    )
    kind = forms.ChoiceField(label="Art", choices=ProposalKind.choices())
    lead_office = forms.TypedChoiceField(label="Federführung", coerce=int)
    subject = PlainText(label="Betreff", max_length=500)
    public = forms.BooleanField(label="öffentlich beraten", required=False, initial=True)
    public_subject = PlainText(
        label="Öffentlicher Betreff",
        max_length=500,
        required=False,
        help_text="Nur bei nichtöffentlichen Vorlagen: was die öffentliche Tagesordnung zeigt.",
    )
    file_reference = PlainText(label="Aktenzeichen", max_length=80, required=False)
    number = PlainText(
        label="Nummer",
        max_length=60,
        required=False,
        help_text="Leer lassen; sie wird automatisch vergeben.",
    )
    mover = PlainText(label="Antragsteller", max_length=200, required=False)
    amends = PaperNumber(
        label="Ändert die Vorlage",
        help_text="Nummer der Vorlage, die geändert werden soll. Ohne eigene Beratungsfolge nimmt "
        "der Änderungsantrag deren Weg.",
    )
    answers = PaperNumber(
        label="Beantwortet die Anfrage",
        required=False,
        help_text="Nummer der Anfrage. Ohne eigene Beratungsfolge nimmt die Antwort deren Weg.",
    )
    answer_due_on = forms.DateField(
        label="Antwort erbeten bis",
        required=False,
        widget=DayInput(),
        validators=[*PLAUSIBLE_DAY],
    )
    matters = forms.MultipleChoiceField(
        label="Besonderheiten",
        required=False,
        choices=[(code.value, code.label) for code in MATTERS],
        widget=forms.CheckboxSelectMultiple,
        help_text="Danach richtet sich, wer mitzeichnet.",
    )
    route_reason = PlainText(label="Grund dieser Beratungsfolge", max_length=400, required=False)
    co_sign = forms.TypedMultipleChoiceField(
        label="Diese Stellen zeichnen mit",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    take_annexes = forms.TypedMultipleChoiceField(
        label="Anlagen des Musters übernehmen",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    exchange_note = PlainText(
        label="Was ist neu",
        max_length=400,
        required=False,
        help_text="Ein Satz für die Gremien. Nötig, wenn Sie die Fassung zur Freigabe vorlegen.",
    )
    attachment_title = PlainText(label="Titel der neuen Anlage", max_length=200, required=False)
    attachment_alt = PlainText(
        label="Alternativtext der neuen Anlage", max_length=400, required=False, help_text=ALT_HINT
    )
    attachment_public = forms.BooleanField(
        label="neue Anlage öffentlich", required=False, initial=True
    )
    attachment = forms.FileField(
        label="Neue Anlage",
        required=False,
        max_length=200,
        help_text=FILE_HINT,
    )

    def __init__(
        self,
        *args: Any,
        kind: ProposalKind,
        lead_offices: Iterable[Office],
        offices: Iterable[Office],
        sections: Sequence[tuple[Section, str]],
        boxes: HouseBoxes,
        frames: Iterable[Committee] = (),
        annexes: Iterable[Attachment] = (),
        papers: Iterable[Proposal] = (),
        route_objection: RuleViolation | None = None,
        replaces_issued: bool = False,
        **kwargs: Any,
    ) -> None:
        """Take what there is to choose from, and what the rules ask about the saved route.

        `sections` are those to write with their headings, `boxes` those of the house about money,
        `frames` the committees to which the resolution is introduced in other words, `annexes`
        those of a paper that is copied; `replaces_issued` says that the committees have a version
        of it already.
        """
        super().__init__(*args, **kwargs)
        self.paper_kind = kind
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].initial = kind
        self._choose("lead_office", chosen(lead_offices))
        self._choose("co_sign", chosen(offices))
        self._choose("take_annexes", [(row.pk, row.title) for row in annexes])
        self._add_texts(sections, frames)
        self._keep_fields_of(kind)
        self.name_boxes(boxes)
        for name in ("amends", "answers"):
            if name in self.fields:
                self.fields[name].papers = papers  # type: ignore[attr-defined]
        if route_objection is not None:
            self.fields["route_reason"].help_text = str(route_objection)
        elif not self.data.get("route_reason"):
            del self.fields["route_reason"]
        if not self.fields["take_annexes"].choices:  # type: ignore[attr-defined]
            del self.fields["take_annexes"]
        # of a paper on its way the Mitzeichnung is over
        self.fields.pop("co_sign" if replaces_issued else "exchange_note", None)

    def clean(self) -> dict[str, Any]:
        """Ask for words in place of a new picture, and what is new, before anything is saved."""
        data: dict[str, Any] = super().clean() or {}
        if self.data.get("then") == PRESENT and not data.get("exchange_note", "").strip():
            self.add_error("exchange_note", "Bitte schreiben Sie, was an der Fassung neu ist.")
        upload = data.get("attachment")
        if upload is not None:
            said = (data.get("attachment_title", ""), data.get("attachment_alt", ""))
            if refusal := picture_without_words(upload.name or "", *said):
                self.add_error("attachment_alt", refusal)
        return data

    def _add_texts(
        self, sections: Sequence[tuple[Section, str]], frames: Iterable[Committee]
    ) -> None:
        """Add a field for each section, and one for each committee that words the resolution."""
        self.section_names = [section.value for section, _ in sections]
        for section, title in sections:
            rows = _ROWS_OF.get(section, 6)
            self.fields[section.value] = RichText(label=title, required=False, rows=rows)
        self.frame_names: dict[str, int] = {}
        for row in frames:
            name = f"frame_{row.pk}"
            self.frame_names[name] = row.pk
            self.fields[name] = RichText(
                label=f"Einleitung des Beschlussvorschlags: {row.name}", required=False, rows=3
            )

    def _keep_fields_of(self, kind: ProposalKind) -> None:
        """Leave out what a paper of this kind has not."""
        gone = {"mover"} if not kind.is_motion else {"co_sign", "matters"}
        for name, only in _ONLY_OF.items():
            if kind != only:
                gone.add(name)
        for name in gone:
            del self.fields[name]

    @property
    def section_fields(self) -> list[BoundField]:
        """Return the sections in the order of the house."""
        return [self[name] for name in self.section_names]

    @property
    def frame_fields(self) -> list[BoundField]:
        """Return the introductions of the resolution, one a committee."""
        return [self[name] for name in self.frame_names]

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(proposal: Proposal) -> dict[str, Any]:
        """Return what the form shows of a saved draft."""
        texts = {
            f"frame_{row.committee_id}" if row.committee_id else row.section: row.html
            for row in proposal.texts.all()
        }
        amends = proposal.kind == ProposalKind.AENDERUNGSANTRAG
        target = amended(proposal) if amends else None
        answers = proposal.kind == ProposalKind.ANTWORT
        inquiry = answered(proposal) if answers else None
        return {
            "revision": proposal.revision,
            "lead_office": proposal.lead_office_id,
            "subject": proposal.subject,
            "public": proposal.public,
            "public_subject": proposal.public_subject,
            "file_reference": proposal.file_reference,
            "number": proposal.number or "",
            "mover": proposal.mover,
            "amends": (target.number or "") if target else "",
            "answers": (inquiry.number or "") if inquiry else "",
            "answer_due_on": proposal.answer_due_on,
            "matters": proposal.matters,
            **DraftForm.finance_initial_of(proposal),
            "co_sign": [row.office_id for row in proposal.co_signing_offices.all()],
            **texts,
        }


ROWS: dict[str, type[Row]] = {
    "route": RouteRow,
    "cost": CostRow,
    "position": PositionRow,
    "funding": FundingRow,
    "deadline": DeadlineRow,
}


def draft_answer(form: DraftForm, rows: Mapping[str, list[Any]]) -> DraftAnswer:
    """Return the whole draft from a valid form and the drafts of its lists."""
    data = form.cleaned_data
    return DraftAnswer(
        kind=form.paper_kind,
        revision=data["revision"],
        lead_office_id=data["lead_office"],
        subject=data["subject"],
        public=data["public"],
        public_subject=data["public_subject"],
        file_reference=data["file_reference"],
        mover=data.get("mover", ""),
        amends_id=data["amends"].pk if data.get("amends") else None,
        answers_id=data["answers"].pk if data.get("answers") else None,
        answer_due_on=data.get("answer_due_on"),
        copied_from_id=data["copied_from"],
        matters=data.get("matters", ()),
        number=data["number"],
        no_financial_effect=data["no_costs"],
        follow_up_words=data.get("follow_up", ""),
        income_words=data.get("income", ""),
        budget_account=data["account"],
        budget_available=data["available"],
        texts={Section(name): data[name] for name in form.section_names},
        frames={pk: data[name] for name, pk in form.frame_names.items()},
        route=rows["route"],
        finance_reasons=form.reasons(),
        costs=[*form.boxed_costs(rows["cost"]), *rows["cost"]],
        positions=rows["position"],
        funding=rows["funding"],
        deadlines=rows["deadline"],
        co_signing_offices=data.get("co_sign", ()),
    )
