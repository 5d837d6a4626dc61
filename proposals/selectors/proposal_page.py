"""Everything the page of one proposal shows, read through the door of one user."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .. import policies
from ..models import (
    Audience,
    CoSignature,
    Proposal,
    ProposalVersion,
    Submission,
    UrgentDecision,
    Wording,
)
from ..models.content import content_of
from ..models.known import KnownRoute
from ..models.standing import standing_of
from ..rules.cleaning import clean_html
from ..rules.consultation import ConsultationRole, Outcome
from ..rules.deadlines import deadline_notes
from ..rules.difference import Piece, word_difference
from ..rules.lifecycle import ProposalStatus
from ..rules.results import CHANGED
from ..rules.sections import SECTIONS_OF, Section
from ..rules.text import html_to_paragraphs
from ..rules.words import ProposalKind
from .decisions import known_route
from .finances import costs_panel, funding_panel, positions_panel
from .relations import Issued, Related, reissues_of, relations_of
from .route import Result, Stop, Treatments, results, timeline
from .urgency import urgent_decision, urgent_words
from .voting import lost_clauses

IN_FORCE = (
    ProposalStatus.ADOPTED,
    ProposalStatus.ADOPTED_CHANGED,
    ProposalStatus.EXECUTION_STAYED,
)


@dataclass
class ProposalPage:
    """The page; `tasks` and `actions` are filled in by the layer that knows the flow."""

    proposal: Proposal
    number: str
    number_hint: str
    kind_label: str
    subject: str
    status: ProposalStatus
    public: bool
    lead_office: str
    author: str
    file_reference: str
    route: list[Stop]
    results: list[Result]
    wording: dict[str, Any]
    recommendations: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    costs: dict[str, Any] | None
    positions: dict[str, Any] | None
    funding: dict[str, Any] | None
    deadlines: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    co_signatures: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    facts: list[tuple[str, str]]
    may_read_history: bool
    audiences: list[Audience]
    route_known: KnownRoute
    relations: list[Related]
    tasks: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    waiting_for: list[str] = field(default_factory=list)
    votes: list[dict[str, Any]] = field(default_factory=list)
    downloads: list[dict[str, Any]] = field(default_factory=list)
    related: list[dict[str, Any]] = field(default_factory=list)
    history_url: str = ""


def proposal_page(proposal: Proposal, user: Any) -> ProposalPage:
    """Return the page of a visible proposal for `user`.

    Who may edit the draft sees the draft; everybody else the newest version they may see.
    """
    where = known_route(proposal, user)
    treatments = Treatments(proposal, user)
    versions = list(
        ProposalVersion.objects.visible_to(user).filter(proposal=proposal).order_by("-number")
    )
    editing = where.current is None and policies.can_edit(user, proposal)
    content = content_of(proposal) if editing or not versions else versions[0].content
    head = content["head"]
    found = results(where, treatments)
    issued = reissues_of(proposal, user)
    urgent = urgent_decision(proposal, where, user)
    lost = lost_clauses(proposal, user)
    return ProposalPage(
        proposal=proposal,
        number=next((row.number for row in reversed(issued.values())), proposal.number or ""),
        number_hint=f"Nummer {proposal.municipality.get_number_at_display()}",
        kind_label=ProposalKind(proposal.kind).label,
        subject=head["subject"],
        status=where.status,
        public=proposal.public,
        lead_office=proposal.lead_office.name,
        author=proposal.author.get_full_name(),
        file_reference=head["file_reference"],
        route=timeline(proposal, where, treatments),
        results=found,
        wording=_urgent_wording(urgent, content, where)
        or _wording(proposal, content, where, treatments, versions),
        recommendations=_recommendations(proposal, user, treatments, issued),
        sections=_sections(proposal, content),
        costs=costs_panel(content, lost),
        positions=positions_panel(content, lost),
        funding=funding_panel(content),
        deadlines=_deadlines(content, treatments, where),
        attachments=content["attachments"],
        co_signatures=_co_signatures(where, user),
        versions=_versions(proposal, user, versions, treatments),
        facts=_facts(proposal, head["mover"], where, urgent),
        route_known=where,
        relations=relations_of(proposal, user),
        may_read_history=policies.can_read_history(user, proposal),
        audiences=audiences_for(user, proposal) if versions else [],
    )


def audiences_for(user: Any, proposal: Proposal) -> list[Audience]:
    """Return for whom the user may have the Word file rendered.

    The internal copy carries every result, so it goes to those who may see them all.
    """
    may = policies.can_read_internal_copy(user, proposal)
    return [Audience.INTERNAL, Audience.PUBLIC] if may else [Audience.PUBLIC]


def shown(html: str) -> SafeString:
    """Return a stored text as safe HTML, cleaned once more on its way out."""
    return mark_safe(clean_html(html))  # noqa: S308  # cleaned by nh3 in this very call


def _wording(
    proposal: Proposal,
    content: dict[str, Any],
    where: KnownRoute,
    treatments: Treatments,
    versions: list[ProposalVersion],
) -> dict[str, Any]:
    """Return the adopted wording where there is one, else the administration's."""
    for row in where.consultations:
        for item in treatments.of(row):
            decided = item.outcome in (Outcome.DECIDED, Outcome.DECIDED_CHANGED)
            if decided and row.role == ConsultationRole.DECISION and item.result_wording:
                day = timezone.localdate(item.meeting.starts_at)
                return {
                    "heading": "Beschluss",
                    "html": shown(item.result_wording.html),
                    "meta": f"{row.committee.name}, {day:%d.%m.%Y}",
                }
    is_motion = ProposalKind(proposal.kind).is_motion
    heading = "Beantragter Beschluss" if is_motion else "Beschlussvorschlag der Verwaltung"
    if Section.WORDING not in _sections_of(proposal):
        return {}
    meta = f"Fassung {versions[0].number}" if versions else "Entwurf"
    return {"heading": heading, "html": shown(content["wording"]), "meta": meta}


def _urgent_wording(
    urgent: UrgentDecision | None, content: dict[str, Any], where: KnownRoute
) -> dict[str, Any]:
    """Return the wording that the head decided urgently, as long as nobody has undone it."""
    if urgent is None or urgent.decided_on is None or where.status not in IN_FORCE:
        return {}
    return {
        "heading": "Beschluss (Eilentscheidung)",
        "html": shown(content["wording"]),
        "meta": f"{urgent.signers}, {urgent.decided_on:%d.%m.%Y}",
    }


def _sections_of(proposal: Proposal) -> tuple[Section, ...]:
    return SECTIONS_OF[ProposalKind(proposal.kind)]


def _recommendations(
    proposal: Proposal, user: Any, treatments: Treatments, issued: dict[int, Issued]
) -> list[dict[str, Any]]:
    """Return the committees' own wordings, each with its difference to what it changed."""
    rows = Wording.objects.visible_to(user).filter(proposal=proposal).select_related("committee")
    visible = {row.pk: row for row in rows}
    found = []
    for item in treatments.items:
        own = visible.get(item.result_wording_id or 0)
        if own is None or own.committee is None or item.outcome not in CHANGED:
            continue
        day = timezone.localdate(item.meeting.starts_at)
        found.append(
            {
                "heading": f"Empfehlung: {own.committee.name}"
                if item.outcome == Outcome.RECOMMENDED_CHANGED
                else f"Wortlaut: {own.committee.name}",
                "meta": f"{day:%d.%m.%Y}, {treatments.sentence(item)}".rstrip(", "),
                "html": shown(own.html),
                "difference": _difference(own, visible),
                "wording_id": own.pk,
                "issued": issued[own.pk].words if own.pk in issued else "",
            }
        )
    return found


def _difference(own: Wording, visible: dict[int, Wording]) -> list[Piece]:
    """Return what a committee changed, where the user may read what it changed."""
    parent = visible.get(own.parent_id or 0)
    if parent is None:
        return []
    return word_difference(html_to_paragraphs(parent.html), html_to_paragraphs(own.html))


def _sections(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, Any]]:
    names = proposal.municipality.section_names
    return [
        {
            "title": names.get(section.value, section.label),
            "html": shown(content["texts"][section]),
        }
        for section in _sections_of(proposal)
        if content["texts"].get(section)
    ]


def _deadlines(
    content: dict[str, Any], treatments: Treatments, where: KnownRoute
) -> list[dict[str, Any]]:
    deciding = {row.pk for row in where.consultations if row.role == ConsultationRole.DECISION}
    when = treatments.days_of(deciding)
    found = []
    for row in content["deadlines"]:
        due = date.fromisoformat(row["due_on"])
        extended = row["extended_to"] is not None
        until = date.fromisoformat(row["extended_to"]) if extended else due
        fact = (row["name"], until, row["external"], extended)
        notes = deadline_notes([fact], when[-1] if when else None)
        found.append(
            {
                "name": row["name"],
                "due_on": until,
                "note": " ".join(filter(None, [row["note"], *notes])),
                "warning": bool(notes),
            }
        )
    return found


def _co_signatures(where: KnownRoute, user: Any) -> list[dict[str, Any]]:
    if where.submission is None:
        return []
    rows = CoSignature.objects.visible_to(user).filter(submission=where.submission.pk)
    return [
        {
            "office": row.office.name,
            "verdict": row.verdict_word,
            "answered": row.answered_on,
            "remark": row.remark,
            "by": str(getattr(row.answered_by, "person", "")),
        }
        for row in rows.select_related("office", "answered_by__person").order_by("office__name")
    ]


def _versions(
    proposal: Proposal, user: Any, versions: list[ProposalVersion], treatments: Treatments
) -> list[dict[str, Any]]:
    rounds: dict[int, list[Submission]] = {}
    handed_in = Submission.objects.visible_to(user).filter(proposal=proposal)
    is_staff = standing_of(user).is_staff
    told = {item.pk for item in treatments.items}
    for row in handed_in.order_by("number"):
        rounds.setdefault(row.version_id, []).append(row)
    return [
        {
            "number": version.number,
            "id": version.pk,
            "at": _handed_in(version, rounds.get(version.pk, [])),
            "by": "",
            "why": _round_words(rounds.get(version.pk, []), told) if is_staff else "",
        }
        for version in versions
    ]


def _handed_in(version: ProposalVersion, rounds: list[Submission]) -> date:
    """Return the business date of a version: when it was first handed in."""
    return rounds[0].submitted_on if rounds else timezone.localdate(version.made_at)


def _round_words(rounds: list[Submission], told: set[int]) -> str:
    """Return what became of a version, for the administration; `told` are visible treatments."""
    words = []
    for row in rounds:
        if row.returned_on and (row.returned_item_id is None or row.returned_item_id in told):
            source = row.get_returned_from_display()
            words.append(f"zurückgegeben am {row.returned_on:%d.%m.%Y} ({source})")
        elif row.form_checked_on and row.released_on:
            words.append(f"freigegeben am {row.released_on:%d.%m.%Y}")
        else:
            words.append(f"abgegeben am {row.submitted_on:%d.%m.%Y}")
    return "; ".join(words)


def _facts(
    proposal: Proposal, mover: str, where: KnownRoute, urgent: UrgentDecision | None
) -> list[tuple[str, str]]:
    facts = []
    if mover:
        facts.append(("Antragsteller", mover))
    if urgent is not None:
        facts.append(("Eilentscheidung", urgent_words(urgent)))
    submission = where.current
    if submission is not None and submission.released_on:
        facts.append(("Freigegeben am", f"{submission.released_on:%d.%m.%Y}"))
        if submission.signature_name:
            facts.append(("Gezeichnet", submission.signature_name))
    if submission is not None and submission.form_checked_on:
        facts.append(("Form geprüft am", f"{submission.form_checked_on:%d.%m.%Y}"))
    if proposal.withdrawn_on:
        facts.append(("Zurückgezogen am", f"{proposal.withdrawn_on:%d.%m.%Y}"))
    return facts
