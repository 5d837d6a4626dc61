"""Everything the page of one proposal shows, read through the door of one user."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .. import policies
from ..models import (
    Audience,
    Proposal,
    ProposalVersion,
    UrgentDecision,
    Wording,
)
from ..models.content import content_of, framed_wording
from ..models.known import KnownRoute
from ..models.standing import standing_of
from ..rules.cleaning import clean_html
from ..rules.consultation import ConsultationRole, Outcome
from ..rules.deadlines import deadline_facts, deadline_notes, extension_words
from ..rules.difference import Piece, word_difference
from ..rules.lifecycle import ProposalStatus
from ..rules.results import CHANGED
from ..rules.sections import Section
from ..rules.text import html_to_paragraphs
from ..rules.words import ProposalKind
from .decisions import known_route
from .finances import costs_panel, finance_notes, funding_panel, positions_panel
from .heads import known_head
from .relations import Issued, Related, reissues_of, relations_of
from .route import Result, Stop, Treatments, results, timeline
from .schedule import Schedule, schedule_of
from .signing import SigningStage, signing_stages, statements_of
from .urgency import urgent_decision, urgent_words
from .versions import (
    News,
    VersionLine,
    annexes_known,
    news_of,
    shown_version,
    version_lines,
    visible_versions,
)
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
    finance_notes: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    co_signatures: list[SigningStage]
    statements: list[dict[str, Any]]
    versions: list[VersionLine]
    news: list[News]
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
    schedule: Schedule | None = None


def proposal_page(proposal: Proposal, user: Any) -> ProposalPage:
    """Return the page of a visible proposal for `user`.

    Who may edit the draft sees the draft; everybody else the newest version they may see.
    """
    where = known_route(proposal, user)
    treatments = Treatments(proposal, user)
    versions = visible_versions(proposal, user)
    own = shown_version(versions)
    editing = where.current is None and policies.can_edit(user, proposal)
    content = content_of(proposal) if editing or own is None else own.content
    head = content["head"]
    found = results(where, treatments)
    issued = reissues_of(proposal, user)
    urgent = urgent_decision(proposal, where, user)
    lost = lost_clauses(proposal, user)
    return ProposalPage(
        proposal=proposal,
        number=next((row.number for row in reversed(issued.values())), proposal.number or ""),
        number_hint="" if proposal.number else _number_hint(proposal),
        kind_label=proposal.municipality.kind_name(proposal.kind),
        subject=head["subject"],
        status=where.status,
        public=proposal.public,
        lead_office=proposal.lead_office.name,
        author=proposal.author.get_full_name(),
        file_reference=head["file_reference"],
        route=timeline(proposal, where, treatments),
        results=found,
        wording=_urgent_wording(urgent, content, where)
        or _wording(proposal, content, where, treatments, own),
        recommendations=_recommendations(proposal, user, treatments, issued),
        sections=_sections(proposal, content),
        costs=costs_panel(content, proposal.drafted_on.year, proposal.municipality.boxes, lost),
        positions=positions_panel(content, lost),
        funding=funding_panel(content),
        finance_notes=finance_notes(content, proposal, lost) if standing_of(user).is_staff else [],
        deadlines=_deadlines(content, treatments, where),
        attachments=annexes_known(content["attachments"], proposal, user),
        co_signatures=signing_stages(where.submission, user),
        statements=statements_of(proposal, user),
        versions=version_lines(versions, proposal, user, {item.pk for item in treatments.items}),
        news=news_of(proposal, user) if len(versions) > 1 else [],
        facts=[*_facts(proposal, head["mover"], where, urgent), *_origin(proposal, user)],
        route_known=where,
        relations=relations_of(proposal, user),
        schedule=schedule_of(proposal, user, where),
        may_read_history=policies.can_read_history(user, proposal),
        audiences=audiences_for(user, proposal) if versions else [],
    )


def _number_hint(proposal: Proposal) -> str:
    """Return what stands for the number of a draft, and when it gets one: "MV/2022/000, …"."""
    house = proposal.municipality
    place = house.pattern.placeholder(
        year=timezone.localdate().year,
        art=house.prefix(proposal.kind),
        org=proposal.lead_office.number,
        term=proposal.term.number if proposal.term else "",
    )
    return ", ".join(filter(None, [place, f"Nummer {house.get_number_at_display()}"]))


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
    version: ProposalVersion | None,
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
    if not content["wording"] and Section.WORDING not in _sections_of(proposal):
        return {}
    meta = f"Fassung {version.number}" if version is not None else "Entwurf"
    return {"heading": heading, "html": shown(framed_wording(content)), "meta": meta}


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
    return proposal.municipality.sections.of(ProposalKind(proposal.kind))


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
                "suffix": issued[own.pk].reissue.suffix if own.pk in issued else None,
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
    """Return the sections besides the wording, under the headings of the house."""
    texts = content["texts"]
    filled = {name for name, text in texts.items() if text}
    house, kind = proposal.municipality.sections, ProposalKind(proposal.kind)
    return [
        {"title": block.title, "html": shown(texts[block.section])}
        for block in house.blocks(kind, filled)
        if block.section is not None
    ]


def _deadlines(
    content: dict[str, Any], treatments: Treatments, where: KnownRoute
) -> list[dict[str, Any]]:
    deciding = {row.pk for row in where.consultations if row.role == ConsultationRole.DECISION}
    when = treatments.days_of(deciding)
    found = []
    for row, fact in zip(content["deadlines"], deadline_facts(content["deadlines"]), strict=True):
        notes = deadline_notes([fact], when[-1] if when else None)
        found.append(
            {
                "name": row["name"],
                "due_on": fact.due_on,
                "authority": row["authority"],
                "extension": extension_words(row),
                "note": " ".join(filter(None, [row["note"], *notes])),
                "warning": bool(notes),
            }
        )
    return found


def _origin(proposal: Proposal, user: Any) -> list[tuple[str, str]]:
    """Return of which paper this one is a copy, for the administration that may see both."""
    if proposal.copied_from_id is None or not standing_of(user).is_staff:
        return []
    rows = Proposal.objects.visible_to(user).filter(pk=proposal.copied_from_id)
    model = rows.first()
    if model is None:
        return []
    return [("Entstanden aus", model.number or known_head(model, user)["subject"])]


def _facts(
    proposal: Proposal, mover: str, where: KnownRoute, urgent: UrgentDecision | None
) -> list[tuple[str, str]]:
    facts = []
    if mover:
        facts.append(("Antragsteller", mover))
    if urgent is not None:
        facts.append(("Eilentscheidung", urgent_words(urgent, where)))
    submission = where.current
    if proposal.answer_due_on:
        facts.append(("Antwort erbeten bis", f"{proposal.answer_due_on:%d.%m.%Y}"))
    if submission is not None and submission.released_on:
        facts.append(("Freigegeben am", f"{submission.released_on:%d.%m.%Y}"))
        if submission.signature_name:
            facts.append(("Gezeichnet", submission.signature_name))
    if submission is not None and submission.form_checked_on:
        facts.append(("Form geprüft am", f"{submission.form_checked_on:%d.%m.%Y}"))
    if proposal.withdrawn_on:
        facts.append(("Zurückgezogen am", f"{proposal.withdrawn_on:%d.%m.%Y}"))
    return facts
