"""The draft form and the rows below it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ..models import (
    Attachment,
    Committee,
    CostKind,
    Office,
    PositionSource,
    Proposal,
)
from ..rules.consultation import ConsultationRole
from ..rules.costs import Qualifier
from ..rules.errors import RuleViolation
from ..rules.sections import SECTIONS_OF, Section
from ..rules.text import html_to_paragraphs, paragraphs_to_html
from ..rules.words import ProposalKind
from ..services.drafting import (
    CostDraft,
    DeadlineDraft,
    DraftAnswer,
    FundingDraft,
    PositionDraft,
    StationDraft,
)
from ..services.relations import amended
from .fields import Amount, Count, Paragraphs, PlainText, Share
from .kern import DayInput
from .relations import PaperNumber

EMPTY: tuple[str, str] = ("", "Bitte wählen")


def chosen(rows: Iterable[Office] | Iterable[Committee]) -> list[tuple[int, str]]:
    """Return choices of rows by their name."""
    return [(row.pk, row.name) for row in rows]


class DraftForm(forms.Form):
    """Everything of a draft but its lists of rows."""

    mark_optional = False

    revision = forms.IntegerField(label="Bearbeitungsstand", widget=forms.HiddenInput, initial=0)
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
    facts = Paragraphs(label="Sachverhalt", required=False, rows=14)
    wording = Paragraphs(label="Beschlussvorschlag", required=False)
    justification = Paragraphs(label="Begründung", required=False)
    alternatives = Paragraphs(label="Alternativen", required=False, rows=5)
    no_costs = forms.BooleanField(label="Keine finanziellen Auswirkungen", required=False)
    account = PlainText(label="Produktkonto", max_length=120, required=False)
    follow_up = PlainText(label="Jährliche Folgekosten", max_length=200, required=False)
    income = PlainText(label="Objektbezogene Einnahmen", max_length=200, required=False)
    available = Amount(label="Noch zur Verfügung (Euro)")
    route_reason = PlainText(label="Grund dieser Beratungsfolge", max_length=400, required=False)
    co_sign = forms.TypedMultipleChoiceField(
        label="Diese Stellen zeichnen mit",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    detach = forms.TypedMultipleChoiceField(
        label="Anlagen entfernen",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    attachment_title = PlainText(label="Titel der neuen Anlage", max_length=200, required=False)
    attachment = forms.FileField(
        label="Neue Anlage",
        required=False,
        max_length=200,
        help_text="PDF, Word (docx), PNG oder JPEG, bis 20 MB.",
    )

    def __init__(
        self,
        *args: Any,
        kind: ProposalKind,
        lead_offices: Iterable[Office],
        offices: Iterable[Office],
        section_names: Mapping[str, str],
        attachments: Iterable[Attachment] = (),
        papers: Iterable[Proposal] = (),
        route_objection: RuleViolation | None = None,
        **kwargs: Any,
    ) -> None:
        """Take what there is to choose from, and what the rules ask about the saved route."""
        super().__init__(*args, **kwargs)
        self.paper_kind = kind
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].initial = kind
        self._choose("lead_office", chosen(lead_offices))
        self._choose("co_sign", chosen(offices))
        self._choose("detach", [(row.pk, row.title) for row in attachments])
        for section in Section:
            if section not in SECTIONS_OF[kind]:
                del self.fields[section.value]
            elif section.value in section_names:
                self.fields[section.value].label = section_names[section.value]
        if kind.is_motion:
            del self.fields["co_sign"]
        else:
            del self.fields["mover"]
        if kind == ProposalKind.AENDERUNGSANTRAG:
            self.fields["amends"].papers = papers  # type: ignore[attr-defined]
        else:
            del self.fields["amends"]
        if route_objection is not None:
            self.fields["route_reason"].help_text = str(route_objection)
        elif not self.data.get("route_reason"):
            del self.fields["route_reason"]
        if not self.fields["detach"].choices:  # type: ignore[attr-defined]
            del self.fields["detach"]

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(proposal: Proposal) -> dict[str, Any]:
        """Return what the form shows of a saved draft."""
        texts = {row.section: html_to_paragraphs(row.html) for row in proposal.texts.all()}
        amends = proposal.kind == ProposalKind.AENDERUNGSANTRAG
        target = amended(proposal) if amends else None
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
            "no_costs": proposal.no_financial_effect,
            "account": proposal.budget_account,
            "follow_up": proposal.follow_up_words,
            "income": proposal.income_words,
            "available": proposal.budget_available,
            "co_sign": [row.office_id for row in proposal.co_signing_offices.all()],
            **texts,
        }


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


class Clause(Count):
    """The Ziffer of the resolution that a line of money belongs to."""

    def __init__(self) -> None:
        super().__init__(label="Ziffer", required=False, help_text="des Beschlussvorschlags")


class RouteRow(Row):
    """One planned consultation."""

    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    role = forms.ChoiceField(
        label="Zuständigkeit",
        choices=ConsultationRole.choices(),
        initial=ConsultationRole.PRELIMINARY,
    )

    def __init__(self, *args: Any, committees: Iterable[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [EMPTY, *chosen(committees)]
        self.fields["committee"].choices = choices  # type: ignore[attr-defined]

    def draft(self) -> StationDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return StationDraft(data["committee"], ConsultationRole(data["role"]))


class CostRow(Row):
    """One cost item."""

    details = ("year", "before", "after", "clause")

    kind = forms.ChoiceField(label="Feld", choices=CostKind.choices(), initial=CostKind.EXPENSE)
    text = PlainText(label="Bezeichnung", max_length=200)
    qualifier = forms.ChoiceField(
        label="Zusatz",
        choices=[(word.value, word.label or "genau") for word in Qualifier],
        initial=Qualifier.EXACT,
    )
    amount = Amount(label="Betrag (Euro)", help_text="leer: nicht beziffert")
    recurring = forms.BooleanField(label="jährlich", required=False)
    year = Count(label="Jahr", required=False)
    before = Amount(label="bisher")
    after = Amount(label="künftig")
    clause = Clause()

    def draft(self) -> CostDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return CostDraft(
            text=data["text"],
            amount=data["amount"],
            kind=CostKind(data["kind"]),
            qualifier=Qualifier(data["qualifier"]),
            recurring=data["recurring"],
            year=data["year"],
            before=data["before"],
            after=data["after"],
            clause=data["clause"],
        )


class PositionRow(Row):
    """One post."""

    details = ("limited_until", "clause")

    text = PlainText(label="Bezeichnung", max_length=200)
    share = Share(label="Stellenanteil")
    grade = PlainText(label="Gruppe", max_length=40, required=False)
    source = forms.ChoiceField(
        label="Finanzierung",
        choices=PositionSource.choices(),
        initial=PositionSource.ESTABLISHMENT,
    )
    limited_until = forms.DateField(label="befristet bis", required=False, widget=DayInput())
    clause = Clause()

    def draft(self) -> PositionDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return PositionDraft(
            text=data["text"],
            share=data["share"],
            grade=data["grade"],
            source=PositionSource(data["source"]),
            limited_until=data["limited_until"],
            clause=data["clause"],
        )


class FundingRow(Row):
    """One line of funding."""

    text = PlainText(label="Bezeichnung", max_length=200)
    authority = PlainText(label="Zuwendungsgeber", max_length=120, required=False)
    count = Count(label="Anzahl", initial=1)
    qualifier = forms.ChoiceField(
        label="Zusatz",
        choices=[(word.value, word.label or "genau") for word in Qualifier],
        initial=Qualifier.EXACT,
    )
    amount_each = Amount(label="Betrag je Einheit (Euro)")

    def clean(self) -> dict[str, Any] | None:
        """Ask for the amount: a funding without one is none."""
        data = super().clean()
        if not self.errors and self.cleaned_data.get("amount_each") is None:
            self.add_error("amount_each", "Bitte einen Betrag angeben.")
        return data

    def draft(self) -> FundingDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return FundingDraft(
            text=data["text"],
            amount_each=data["amount_each"],
            count=data["count"],
            authority=data["authority"],
            qualifier=Qualifier(data["qualifier"]),
        )


class DeadlineRow(Row):
    """One deadline."""

    name = PlainText(label="Bezeichnung", max_length=200)
    due_on = forms.DateField(label="fällig am", widget=DayInput())
    external = forms.BooleanField(label="von außen gesetzt", required=False, initial=True)
    authority = PlainText(label="gesetzt von", max_length=120, required=False)
    extended_to = forms.DateField(label="verlängert bis", required=False, widget=DayInput())
    note = PlainText(label="Vermerk", max_length=400, required=False)

    def draft(self) -> DeadlineDraft:
        """Return the line as the use case takes it."""
        data = self.cleaned_data
        return DeadlineDraft(
            name=data["name"],
            due_on=data["due_on"],
            external=data["external"],
            authority=data["authority"],
            extended_to=data["extended_to"],
            note=data["note"],
        )


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
        number=data["number"],
        no_financial_effect=data["no_costs"],
        follow_up_words=data["follow_up"],
        income_words=data["income"],
        budget_account=data["account"],
        budget_available=data["available"],
        texts={
            section: paragraphs_to_html(data[section.value])
            for section in SECTIONS_OF[form.paper_kind]
        },
        route=rows["route"],
        costs=rows["cost"],
        positions=rows["position"],
        funding=rows["funding"],
        deadlines=rows["deadline"],
        co_signing_offices=data.get("co_sign", ()),
    )
