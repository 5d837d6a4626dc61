"""Drafting: begin a proposal, save the draft, hand it in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.documents.store import put
from proposals.documents.uploads import MOST_BYTES, checked_upload, too_large
from proposals.forms.drafting import ROWS, DraftForm, draft_answer
from proposals.models import Committee, Municipality, Office, Person, Proposal
from proposals.models.people import Role
from proposals.models.standing import standing_of
from proposals.rules.costs import Qualifier
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.attachments import StoredFile, attach, detach
from proposals.services.drafting import StaleDraft, objection_to_editing, save_draft
from proposals.services.submission import SubmitAnswer
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    crumbs,
    say_refusal,
    visible_proposal,
)

from .. import gate
from ..engine import Turn
from .conflicts import conflict_of
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
SUBMIT = "submit"
EMPTY_STATIONS = 3  # what a new draft offers: committee, main committee, council
MOST_ROWS = 150  # of one list; whoever claims more is told so instead of being served them
ALIASES = {
    "no_financial_effect": "no_costs",
    "title": "attachment_title",
    "file": "attachment",
}


class Desk:
    """The draft form with its lists of rows, of a new proposal or of a saved one."""

    def __init__(
        self,
        request: HttpRequest,
        house: Municipality,
        kind: ProposalKind,
        proposal: Proposal | None,
        data: Any = None,
    ) -> None:
        self.request, self.house, self.proposal = request, house, proposal
        offices = list(Office.objects.filter(municipality=house))
        who = standing_of(request.user)
        if kind == ProposalKind.ANTRAG:
            leading = offices
        elif proposal is not None:
            leading = [proposal.lead_office]
        else:
            leading = [office for office in offices if who.has(Role.CLERK, office.pk)]
        self.data = data if data is not None else (request.POST or None)
        files = request.FILES if request.method == "POST" else None
        initial = DraftForm.initial_of(proposal) if proposal else {}
        self.form = DraftForm(
            self.data,
            files,
            kind=kind,
            lead_offices=leading,
            offices=Office.objects.filter(municipality=house).that_can_sign(),
            section_names=house.section_names,
            attachments=_kept(proposal) if proposal else (),
            initial=initial,
        )
        self.rows = {name: self._formset(name) for name in ROWS}

    def _formset(self, name: str) -> Any:
        """Return the list `name`; "add" asks for one more line and keeps everything typed."""
        row_form: Any = ROWS[name]
        extra = EMPTY_STATIONS if name == "route" and self.proposal is None else 1
        factory = forms.formset_factory(
            row_form, extra=extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
        )
        options = {}
        if name == "route":
            options["committees"] = list(Committee.objects.filter(municipality=self.house))
        data = self.data
        if data is not None and data.get("add") == name:
            data = data.copy()
            total = f"{name}-TOTAL_FORMS"
            typed = data.get(total, "0")
            data[total] = str(int(typed) + 1) if typed.isdecimal() and len(typed) < 6 else typed
        # what was sent is compared with nothing: a line that somebody else saved as well is a line
        saved = self.proposal if data is None else None
        initial = _row_initials(saved, name) if saved else []
        return factory(data, prefix=name, initial=initial, form_kwargs=options)

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
            for values in _row_initials(self.proposal, name)
        ]

    def show(self, status: int = 200, conflict: Any = None) -> HttpResponse:
        """Render the page."""
        saved = self.proposal
        title = "Entwurf bearbeiten" if saved else "Vorlage entwerfen"
        trail = [("Vorlagen", reverse("proposal-list"))]
        if saved:
            trail.append((saved.number or saved.subject, proposal_url(saved.pk)))
        context = {
            "form": self.form,
            **{f"{name}_formset": rows for name, rows in self.rows.items()},
            "proposal": saved or {"pk": None},
            "action_url": self.request.get_full_path(),
            "attachments": self._attachments(),
            "conflict": conflict,
            "crumbs": crumbs(*trail, (title, "")),
        }
        return render(self.request, "proposals/draft.html", context, status=status)

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
            for row in _kept(self.proposal)
        ]


@require_http_methods(METHODS)
def proposal_create(request: HttpRequest) -> HttpResponse:
    """Begin a proposal; `?art=` chooses the kind."""
    person = Person.objects.select_related("municipality").filter(user=acting_user(request)).first()
    if person is None:
        raise PermissionDenied("Ihr Konto gehört zu keiner Kommune.")
    house = person.municipality
    kind = _kind(request)
    who = standing_of(request.user)
    role = Role.SECRETARY if kind == ProposalKind.ANTRAG else Role.CLERK
    if not any(held == role for held, _ in who.roles):
        raise PermissionDenied(f"Sie dürfen keine {kind.label} anlegen.")
    desk = Desk(request, house, kind, None)
    if request.method != "POST":
        return desk.show()
    if "add" in request.POST:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        proposal = gate.start(actor=acting_user(request), answer=answer)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    return _after_saving(request, desk, proposal)


def _kind(request: HttpRequest) -> ProposalKind:
    asked = request.GET.get("art", ProposalKind.BESCHLUSSVORLAGE.value)
    known = {kind.value: kind for kind in ProposalKind}
    return known.get(asked, ProposalKind.BESCHLUSSVORLAGE)


@require_http_methods(METHODS)
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft that is in the lead office's hands, and hand it in."""
    proposal = visible_proposal(request, pk)
    if not policies.can_edit(request.user, proposal):
        raise PermissionDenied("Nur die Federführung bearbeitet den Entwurf.")
    kind = ProposalKind(proposal.kind)
    closed = objection_to_editing(proposal)
    if closed is not None and request.method != "POST":
        return conflict_page(request, closed, proposal_url(pk))
    desk = Desk(request, proposal.municipality, kind, proposal)
    if request.method != "POST" or "add" in request.POST:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        saved = save_draft(actor=acting_user(request), proposal=proposal, answer=answer)
    except StaleDraft:
        return _show_conflict(request, proposal, kind, desk)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    return _after_saving(request, desk, saved)


def _show_conflict(
    request: HttpRequest, proposal: Proposal, kind: ProposalKind, desk: Desk
) -> HttpResponse:
    """Show both states; saving once more lets what was typed hold."""
    fresh = visible_proposal(request, proposal.pk)
    data = request.POST.copy()
    data["revision"] = str(fresh.revision)
    again = Desk(request, fresh.municipality, kind, fresh, data)
    lists = {name: (again.saved_lines(name), desk.lines(name)) for name in ROWS}
    conflict = conflict_of(fresh, desk.form, lists, request.user)
    return again.show(CONFLICT, conflict)


def _after_saving(request: HttpRequest, desk: Desk, proposal: Proposal) -> HttpResponse:
    """Store annexes, hand in if asked, and say what happened."""
    try:
        _change_attachments(request, desk, proposal)
        if request.POST.get("then") == SUBMIT:
            turn = Turn(proposal.pk, "draft")
            gate.complete(actor=acting_user(request), turn=turn, answer=SubmitAnswer())
            messages.success(request, "Die Vorlage ist zur Mitzeichnung gegeben.")
            return redirect(proposal_url(proposal.pk))
    except RuleViolation as violation:
        messages.warning(request, f"Der Entwurf ist gespeichert. {violation}")
        return redirect("draft-edit", proposal.pk)
    messages.success(request, "Der Entwurf ist gespeichert.")
    return redirect("draft-edit", proposal.pk)


def _change_attachments(request: HttpRequest, desk: Desk, proposal: Proposal) -> None:
    data = desk.form.cleaned_data
    for row in _kept(proposal).filter(pk__in=data.get("detach") or []):
        detach(actor=acting_user(request), attachment=row)
    upload = data.get("attachment")
    if upload is None:
        return
    if upload.size > MOST_BYTES:
        raise too_large(upload.name)
    content = upload.read()
    media_type = checked_upload(upload.name, content)
    attach(
        actor=acting_user(request),
        proposal=proposal,
        title=data["attachment_title"],
        file_name=upload.name,
        file=StoredFile(put(content), media_type, len(content)),
    )


def _kept(proposal: Proposal) -> Any:
    """Return the annexes that are still in the draft."""
    return proposal.attachments.filter(removed_on__isnull=True)


def _row_initials(proposal: Proposal, name: str) -> list[dict[str, Any]]:
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
