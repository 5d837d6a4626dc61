"""The draft form with its lists of rows, of a new proposal or of a saved one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from proposals.documents.store import put
from proposals.documents.uploads import MOST_BYTES, checked_upload, too_large
from proposals.forms.drafting import ROWS, DraftForm
from proposals.models import Committee, Municipality, Office, Proposal
from proposals.models.people import Role
from proposals.models.standing import standing_of
from proposals.rules.costs import Qualifier
from proposals.rules.words import ProposalKind
from proposals.services.attachments import StoredFile
from proposals.services.submission import objection_to_route
from proposals.views.common import crumbs

from .urls_of import proposal_url

EMPTY_STATIONS = 3  # what a new draft offers: committee, main committee, council
MOST_ROWS = 150  # of one list; whoever claims more is told so instead of being served them


class Desk:
    """The form and its lists: bound where something was sent, else as it is saved."""

    form_class: ClassVar[type[DraftForm]] = DraftForm
    row_forms: ClassVar[Mapping[str, Any]] = ROWS
    template = "proposals/draft.html"

    def __init__(
        self,
        request: HttpRequest,
        house: Municipality,
        kind: ProposalKind,
        proposal: Proposal | None,
        data: Any = None,
    ) -> None:
        self.request, self.house, self.kind, self.proposal = request, house, kind, proposal
        self.data = data if data is not None else (request.POST or None)
        self.files = request.FILES if request.method == "POST" else None
        self.form = self.form_class(
            self.data,
            self.files,
            kind=kind,
            lead_offices=self.leading(),
            offices=Office.objects.filter(municipality=house).that_can_sign(),
            section_names=house.section_names,
            attachments=kept(proposal) if proposal else (),
            papers=self._papers(),
            route_objection=objection_to_route(proposal) if proposal else None,
            initial=DraftForm.initial_of(proposal) if proposal else {},
        )
        self.rows = {name: self._formset(name) for name in self.row_forms}

    def leading(self) -> list[Office]:
        """Return the offices that may lead: any for a motion, else the saved or one's own."""
        if self.proposal is not None and not self.kind.is_motion:
            return [self.proposal.lead_office]
        offices = list(Office.objects.filter(municipality=self.house))
        if self.kind.is_motion:
            return offices
        who = standing_of(self.request.user)
        return [office for office in offices if who.has(Role.CLERK, office.pk)]

    def _papers(self) -> Any:
        """Return the other papers of the house that the user may see."""
        rows = Proposal.objects.visible_to(self.request.user).filter(municipality=self.house)
        return rows.exclude(pk=self.proposal.pk) if self.proposal else rows

    def _formset(self, name: str) -> Any:
        """Return the list `name`; "add" asks for one more line and keeps everything typed."""
        row_form = self.row_forms[name]
        extra = EMPTY_STATIONS if name == "route" and self.proposal is None else 1
        factory = forms.formset_factory(
            row_form, extra=extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        data = self.data
        if data is not None and data.get("add") == name:
            data = data.copy()
            total = f"{name}-TOTAL_FORMS"
            typed = data.get(total, "0")
            data[total] = str(int(typed) + 1) if typed.isdecimal() and len(typed) < 6 else typed
        # what was sent is compared with nothing: a line that somebody else saved as well is a line
        saved = self.proposal if data is None else None
        initial = row_initials(saved, name) if saved else []
        options = self.row_options(name)
        return factory(data, self.files, prefix=name, initial=initial, form_kwargs=options)

    def row_options(self, name: str) -> dict[str, Any]:
        """Return what the lines of a list are made with."""
        if name != "route":
            return {}
        return {"committees": list(Committee.objects.filter(municipality=self.house))}

    def is_valid(self) -> bool:
        """Validate form and lists, all of them, so that every message shows at once."""
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def lines(self, name: str) -> list[Any]:
        """Return the lines of a list that are filled in and not marked for removal."""
        return [
            row
            for row in self.rows[name]
            if row.has_changed() and row.cleaned_data and not row.cleaned_data.get("DELETE")
        ]

    def drafts(self) -> dict[str, list[Any]]:
        """Return the lines of each list as the use case takes them."""
        return {name: [row.draft() for row in self.lines(name)] for name in self.rows}

    def saved_lines(self, name: str) -> list[Any]:
        """Return the lines of a list as they are saved."""
        assert self.proposal is not None
        formset = self.rows[name]
        return [
            formset.form(initial=values, **formset.form_kwargs)
            for values in row_initials(self.proposal, name)
        ]

    def title(self) -> str:
        """Return the heading of the page."""
        if self.proposal is not None:
            return "Entwurf bearbeiten"
        return f"{self.kind.label} erfassen" if self.kind.is_motion else "Vorlage entwerfen"

    def show(self, status: int = 200, conflict: Any = None) -> HttpResponse:
        """Render the page."""
        context = {**self.context(), "conflict": conflict}
        return render(self.request, self.template, context, status=status)

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        saved, title = self.proposal, self.title()
        trail = [("Vorlagen", reverse("proposal-list"))]
        if saved:
            trail.append((saved.number or saved.subject, proposal_url(saved.pk)))
        return {
            "form": self.form,
            **{f"{name}_formset": rows for name, rows in self.rows.items()},
            "proposal": saved or {"pk": None},
            "title": title,
            "action_url": self.request.get_full_path(),
            "attachments": self._attachments(),
            "crumbs": crumbs(*trail, (title, "")),
        }

    def _attachments(self) -> list[dict[str, Any]]:
        if self.proposal is None:
            return []
        return [
            {
                "number": row.position,
                "title": row.title,
                "url": reverse("attachment-download", args=[row.pk]),
                "size": f"{row.size // 1024 + 1} KB",
            }
            for row in kept(self.proposal)
        ]


def stored(upload: "UploadedFile[Any]") -> StoredFile:
    """Put an uploaded file into the store; raises RuleViolation for one that cannot be an annex."""
    name, size = upload.name or "", upload.size or 0
    if size > MOST_BYTES:
        raise too_large(name)
    content = upload.read()
    media_type = checked_upload(name, content)
    return StoredFile(put(content), media_type, len(content))


def kept(proposal: Proposal) -> Any:
    """Return the annexes that are still in the draft."""
    return proposal.attachments.filter(removed_on__isnull=True)


def row_initials(proposal: Proposal, name: str) -> list[dict[str, Any]]:
    """Return what the lines of a list show of a saved draft."""
    if name == "route":
        rows = proposal.consultations.filter(concluded_by__isnull=True, lapse="")
        return [
            {"committee": row.committee_id, "role": row.role} for row in rows.order_by("position")
        ]
    related = {
        "cost": proposal.cost_items,
        "position": proposal.positions,
        "funding": proposal.funding,
        "deadline": proposal.deadlines,
    }[name]
    names = list(ROWS[name].base_fields)
    return [{field: _shown(getattr(row, field), field) for field in names} for row in related.all()]


def _shown(value: Any, field: str) -> Any:
    """Return a saved value as the form takes it; 0 is an answer, unlike nothing."""
    if value is None or value == "":
        return Qualifier.EXACT if field == "qualifier" else None
    return value
