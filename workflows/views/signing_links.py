"""What can be done about a Mitzeichnung from the page of its proposal."""

from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models import Proposal
from proposals.models.facts import situation
from proposals.rules.co_signing import Stage, Verdict, objection_to_recall
from proposals.selectors.signing import Signature, SigningStage


def signing_links(proposal: Proposal, user: Any) -> list[dict[str, str]]:
    """Return what the user may do about the whole round: take the draft back, ask one more."""
    submission = situation(proposal).current
    released = submission is not None and submission.released_on is not None
    objection = objection_to_recall(submitted=submission is not None, released=released)
    if objection is not None or proposal.withdrawn_on is not None:
        return []
    links = []
    if policies.can_edit(user, proposal):
        links.append(("Aus der Mitzeichnung zurückholen", "signing-recall"))
    if policies.can_ask_more(user, proposal):
        links.append(("Weitere Stelle um Mitzeichnung bitten", "signing-ask-more"))
    return [{"title": title, "url": reverse(name, args=[proposal.pk])} for title, name in links]


def link_signatures(stages: list[SigningStage], proposal: Proposal, user: Any) -> None:
    """Give each line of a Mitzeichnung the acts that the user may do about it."""
    if situation(proposal).current is None or proposal.withdrawn_on is not None:
        return
    leads = policies.can_edit(user, proposal)
    for stage in stages:
        for line in stage.signatures:
            line.links = [
                {"title": title, "url": reverse(name, args=[proposal.pk, line.pk])}
                for title, name in _acts(line, user, leads=leads)
            ]


def _acts(line: Signature, user: Any, *, leads: bool) -> list[tuple[str, str]]:
    acts = []
    asked = policies.can_co_sign(user, line.row)
    if asked and line.verdict == Verdict.PENDING and line.row.stage == Stage.OFFICES:
        acts.append(("Weitergeben", "signing-delegate"))
    if asked and line.verdict == Verdict.EXPIRED:
        acts.append(("Antwort nachtragen", "signing-late"))
    if leads and line.overdue:
        acts.append(("Ohne Beitrag weiter", "signing-expire"))
    return acts
