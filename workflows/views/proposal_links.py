"""Where one can go from the page of a proposal: acts on its route, its relations, its wordings."""

from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models import Audience, Proposal, Role, Wording
from proposals.models.facts import open_consultations, situation
from proposals.models.standing import standing_of
from proposals.rules.results import RecommendationAs
from proposals.rules.words import ProposalKind
from proposals.selectors.meeting_documents import sheets_of
from proposals.selectors.proposal_page import ProposalPage
from proposals.services.leading import objection_to_handing_over, objection_to_taking_lead
from proposals.services.relations import (
    IN_DRAFT,
    objection_to_reissuing,
    objection_to_supplementing_of,
)
from proposals.services.suffixes import next_reissue

from .urgency import may_decide_urgently
from .urls_of import proposal_url

Link = dict[str, str]
_FROM_DRAFT = {kind.label for kind in IN_DRAFT}


def route_links(proposal: Proposal, user: Any) -> list[Link]:
    """Return what the user may do to the route of a paper: insert, skip, decide urgently."""
    submission = situation(proposal).current
    in_route = submission is not None and submission.form_checked_on is not None
    if not in_route or proposal.withdrawn_on or not policies.can_change_route(user, proposal):
        return []
    links = [_link("Beratung einfügen", "consultation-insert", proposal.pk)]
    links += [
        _link(f"{row.committee.name} überspringen", "consultation-skip", proposal.pk, row.pk)
        for row in open_consultations(proposal)
    ]
    if may_decide_urgently(proposal, user):
        links.append(_link("Eilentscheidung vermerken", "urgent-decide", proposal.pk))
    return links


def relation_links(proposal: Proposal, user: Any) -> list[Link]:
    """Return the ways to supplement the paper and to relate it to another one."""
    links = []
    if policies.can_supplement(user, proposal) and not objection_to_supplementing_of(proposal):
        address = f"{reverse('proposal-create')}?ergaenzt={proposal.pk}"
        links.append({"title": "Ergänzungsvorlage entwerfen", "url": address})
    if policies.can_relate(user, proposal):
        links.append(_link("Bezug herstellen", "relation-create", proposal.pk))
    return links


def drafting_links(proposal: Proposal, user: Any) -> list[Link]:
    """Return what helps to draft: take over, hand over, answer, and begin a copy."""
    links = []
    if policies.can_take_lead(user, proposal) and not objection_to_taking_lead(proposal, user):
        links.append(_link("Bearbeitung übernehmen", "lead-take", proposal.pk))
    if policies.can_edit(user, proposal) and not objection_to_handing_over(proposal):
        links.append(_link("Federführung abgeben", "lead-hand-over", proposal.pk))
    kind, begin = ProposalKind(proposal.kind), reverse("proposal-create")
    drafts = any(role == Role.CLERK for role, _ in standing_of(user).roles)
    if kind == ProposalKind.ANFRAGE and drafts and proposal.number:
        url = f"{begin}?art={ProposalKind.ANTWORT}&beantwortet={proposal.pk}"
        links.append({"title": "Anfrage beantworten", "url": url})
    enters = policies.can_enter_motion(user, proposal.municipality_id)
    if enters if kind.is_motion else drafts:
        links.append({"title": "Als Muster verwenden", "url": f"{begin}?muster={proposal.pk}"})
    return links


def _link(title: str, name: str, *args: object) -> Link:
    return {"title": title, "url": reverse(name, args=list(args))}


def linked_relations(page: ProposalPage, user: Any) -> list[dict[str, Any]]:
    """Return the relations of the page with their addresses, and where they can be taken back."""
    may_lift = policies.can_relate(user, page.proposal)
    return [
        {
            **vars(row),
            "url": proposal_url(row.paper_id),
            "lift_url": reverse("relation-delete", args=[page.proposal.pk, row.relation_id])
            if may_lift and row.is_own and row.words not in _FROM_DRAFT
            else "",
        }
        for row in page.relations
    ]


def link_reissues(page: ProposalPage, user: Any) -> None:
    """Add to each recommendation its papers, and the way to issue it anew where a house does so."""
    proposal = page.proposal
    _link_papers(page, user)
    does_so = proposal.municipality.recommendation_as == RecommendationAs.REISSUE
    if not does_so or not policies.can_reissue(user, proposal):
        return
    number = next_reissue(proposal)
    keys = [row["wording_id"] for row in page.recommendations]
    wordings = Wording.objects.visible_to(user).in_bulk(keys)
    for row in page.recommendations:
        wording = wordings[row["wording_id"]]
        if objection_to_reissuing(wording, proposal) is None:
            title = f"Als {number} neu herausgeben"
            row["reissue"] = _link(title, "wording-reissue", proposal.pk, wording.pk)


def redline_links(proposal: Proposal, user: Any) -> dict[int, Link]:
    """Return of each wording that a committee wrote the Word file with its tracked changes."""
    internal = policies.can_read_internal_copy(user, proposal)
    audience = Audience.INTERNAL if internal else Audience.PUBLIC
    rows = Wording.objects.visible_to(user).filter(proposal=proposal, committee__isnull=False)
    if not internal:
        rows = rows.filter(public=True)
    return {
        row.pk: _link(str(row.committee), "redline-download", proposal.pk, row.pk, audience.value)
        for row in rows.select_related("committee")
        if internal or proposal.public
    }


def _link_papers(page: ProposalPage, user: Any) -> None:
    """Add the Word files in which a recommendation went on: sheet or re-issue."""
    if not page.recommendations:
        return
    internal = policies.can_read_internal_copy(user, page.proposal)
    audience = Audience.INTERNAL if internal else Audience.PUBLIC
    redlines = redline_links(page.proposal, user)
    sheets = sheets_of([row["wording_id"] for row in page.recommendations], user)
    for row in page.recommendations:
        papers: list[Link] = []
        if row["wording_id"] in redlines:
            papers.append({**redlines[row["wording_id"]], "title": "Änderungen als Word-Datei"})
        if row["suffix"] is not None:
            key = (page.proposal.pk, row["suffix"], audience.value)
            papers.append(_link("Neuausgabe als Word-Datei", "reissue-download", *key))
        if row["wording_id"] in sheets:
            sheet = sheets[row["wording_id"]]
            papers.append(_link("Beschlusstext nach Beratung", "meeting-document-download", sheet))
        row["papers"] = papers
