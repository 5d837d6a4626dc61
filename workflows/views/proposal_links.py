"""Where one can go from the page of a proposal: acts on its route, its relations, its wordings."""

from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models import Proposal, Wording
from proposals.models.facts import open_consultations, situation
from proposals.rules.relations import RelationKind, with_suffix
from proposals.rules.results import RecommendationAs
from proposals.selectors.proposal_page import ProposalPage
from proposals.services.relations import next_suffix, objection_to_reissuing

from .urgency import may_decide_urgently
from .urls_of import proposal_url

Link = dict[str, str]


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
    """Return the way to relate the paper to another one, where the user may."""
    if not policies.can_relate(user, proposal):
        return []
    return [_link("Bezug herstellen", "relation-create", proposal.pk)]


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
            if may_lift and row.is_own and row.words != RelationKind.AMENDS.label
            else "",
        }
        for row in page.relations
    ]


def link_reissues(page: ProposalPage, user: Any) -> None:
    """Add to each recommendation the way to issue it anew, in a house that does so."""
    proposal = page.proposal
    does_so = proposal.municipality.recommendation_as == RecommendationAs.REISSUE
    if not does_so or not policies.can_reissue(user, proposal):
        return
    number = with_suffix(proposal.number or "", next_suffix(proposal))
    keys = [row["wording_id"] for row in page.recommendations]
    wordings = Wording.objects.visible_to(user).in_bulk(keys)
    for row in page.recommendations:
        wording = wordings[row["wording_id"]]
        if objection_to_reissuing(wording, proposal) is None:
            title = f"Als {number} neu herausgeben"
            row["reissue"] = _link(title, "wording-reissue", proposal.pk, wording.pk)
