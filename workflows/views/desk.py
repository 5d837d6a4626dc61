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
from proposals.forms.annexes import kept_annexes
from proposals.forms.drafting import ROWS, DraftForm
from proposals.models import Attachment, Committee, Municipality, Office, Proposal
from proposals.models.people import Role
from proposals.models.standing import standing_of
from proposals.rules.costs import Qualifier
from proposals.rules.route import usual_role
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.selectors.comments import comments_of
from proposals.selectors.rates import rates_to_choose
from proposals.selectors.schedule import schedule_of
from proposals.services.attachments import StoredFile
from proposals.services.plausibility import notes_on
from proposals.services.submission import objection_to_route
from proposals.views.common import crumbs

from .beginning import Beginning, answering, copying, supplementing, usual
from .blocks import blocks_by_section, key_of, with_block
from .buffers import buffer_context, draft_desk
from .exchange_pages import exchange_of
from .urls_of import proposal_url

EMPTY_STATIONS = 3  # what a new draft offers: committee, main committee, council
MOST_ROWS = 150  # of one list; whoever claims more is told so instead of being served them


class Desk:
    """The form and its lists: bound where something was sent, else as it is saved."""

    form_class: ClassVar[type[DraftForm]] = DraftForm
    row_forms: ClassVar[Mapping[str, Any]] = ROWS
    template = "proposals/draft.html"
    keeps_itself = True

    def __init__(
        self,
        request: HttpRequest,
        house: Municipality,
        kind: ProposalKind,
        proposal: Proposal | None,
        data: Any = None,
        supplements: Proposal | None = None,
        copies: Proposal | None = None,
    ) -> None:
        self.request, self.house, self.kind, self.proposal = request, house, kind, proposal
        self.supplements, self.copies = supplements, copies
        self.data = data if data is not None else (request.POST or None)
        self.data = with_block(self.data, house, request.user)
        self.files = request.FILES if request.method == "POST" else None
        self.begun = self._beginning()
        self.exchange = exchange_of(proposal, request.user)
        self.rows = {name: self._formset(name) for name in self.row_forms}
        self.form = self.form_class(
            self.data,
            self.files,
            kind=kind,
            lead_offices=self.leading(),
            offices=Office.objects.filter(municipality=house).that_can_sign(),
            sections=self._sections(),
            boxes=house.boxes,
            frames=self._frames(),
            annexes=self.begun.annexes,
            papers=self._papers(),
            route_objection=objection_to_route(proposal) if proposal else None,
            replaces_issued=self.exchange is not None,
            initial=self.begun.initial,
        )
        self.annexed = kept_annexes(self.data, kept(proposal) if proposal else ())
        if proposal is not None:
            self.form.ask_reasons(notes_on(proposal))
            self.form.show_total(proposal)

    def leading(self) -> list[Office]:
        """Return the offices that may lead: any for a motion, else the saved or one's own."""
        if self.proposal is not None and not self.kind.is_motion:
            return [self.proposal.lead_office]
        offices = list(Office.objects.filter(municipality=self.house))
        if self.kind.is_motion:
            return offices
        who = standing_of(self.request.user)
        return [office for office in offices if who.has(Role.CLERK, office.pk)]

    def _beginning(self) -> Beginning:
        """Return what a new draft starts with."""
        if self.proposal is not None:
            return Beginning(DraftForm.initial_of(self.proposal))
        if self.copies is not None:
            return copying(self.copies, self.request.user)
        if self.supplements is not None:
            return supplementing(self.supplements, self.request.user)
        if self.kind == ProposalKind.ANTWORT:
            return answering(self.request)
        return usual(self.house, self.kind, self.leading())

    def _sections(self) -> list[tuple[Section, str]]:
        """Return the sections to write, with what stands in one that the house has given up."""
        house = self.house.sections
        own = list(house.of(self.kind))
        written = [one for one in Section if self.begun.initial.get(one.value) and one not in own]
        return [(one, house.title(one, self.kind)) for one in (*own, *written)]

    def _frames(self) -> list[Committee]:
        """Return the committees of the route, where the house words its resolution for each."""
        if not self.house.wording_per_committee or not self.kind.asks_for_a_decision:
            return []
        lines = self.rows["route"].forms
        typed = [str(line["committee"].value() or "") for line in lines]
        keys = list(dict.fromkeys(int(key) for key in typed if key.isdecimal() and len(key) < 10))
        found = Committee.objects.filter(municipality=self.house).in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _papers(self) -> Any:
        """Return the other papers of the house that the user may see."""
        rows = Proposal.objects.visible_to(self.request.user).filter(municipality=self.house)
        return rows.exclude(pk=self.proposal.pk) if self.proposal else rows

    def _formset(self, name: str) -> Any:
        """Return the list `name`; "add" asks for one more line and keeps everything typed."""
        row_form = self.row_forms[name]
        begun = self.begun.rows.get(name, [])
        extra = EMPTY_STATIONS if name == "route" and self.proposal is None and not begun else 1
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
        initial = row_initials(saved, name) if saved else begun if self.data is None else []
        options = self.row_options(name)
        return factory(data, self.files, prefix=name, initial=initial, form_kwargs=options)

    def row_options(self, name: str) -> dict[str, Any]:
        """Return what the lines of a list are made with."""
        if name == "cost":
            return {"boxes": self.house.boxes}
        if name == "position":
            return {"rates": rates_to_choose(self.house, self.proposal)}
        if name != "route":
            return {}
        bodies = list(Committee.objects.filter(municipality=self.house))
        return {"committees": bodies, "usual": usual_role(self.kind)}

    def is_valid(self) -> bool:
        """Validate form and lists, all of them, so that every message shows at once."""
        lists = [*self.rows.values(), *([self.annexed] if self.annexed.is_bound else [])]
        return all([self.form.is_valid(), *(rows.is_valid() for rows in lists)])

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
        if self.copies is not None:
            return f"{self.house.kind_name(self.kind)} nach einem Muster entwerfen"
        if self.supplements is not None:
            return f"Ergänzung zu {self.supplements.number or 'einem Entwurf'} entwerfen"
        if self.kind == ProposalKind.ANTWORT:
            return "Anfrage beantworten"
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
            "sections": self._texts(),
            "annex_formset": self.annexed,  # of what is taken over: a list of its own, below
            **{f"{name}_formset": rows for name, rows in self.rows.items()},
            "proposal": saved or {"pk": None},
            "title": title,
            "action_url": self.request.get_full_path(),
            "attachments": self._attachments(),
            "exchange": self.exchange,
            "schedule": schedule_of(saved, self.request.user) if saved else None,
            "comments": comments_of(saved, self.request.user) if saved else None,
            "crumbs": crumbs(*trail, (title, "")),
            "buffer": self._buffer(),
        }

    def _texts(self) -> list[dict[str, Any]]:
        """Return each section with the text blocks that can be put into it."""
        lead = self.form["lead_office"].value()
        names = self.form.section_names
        blocks = blocks_by_section(self.house, self.request.user, key_of(lead), names)
        return [{"field": one, "blocks": blocks[one.name]} for one in self.form.section_fields]

    def _buffer(self) -> dict[str, Any] | None:
        if not self.keeps_itself:
            return None
        desk = draft_desk(self.request, self.kind, self.proposal)
        return buffer_context(self.request, desk, self.data)

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
    rows = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    return rows.order_by("position")


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
