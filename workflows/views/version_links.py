"""What can be done about the versions of a paper from its page, and where they are compared."""

from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models.facts import open_consultations, situation
from proposals.rules.exchange import IssuedFacts, objection_to_new_version
from proposals.selectors.proposal_page import ProposalPage

Link = dict[str, str]


def version_links(page: ProposalPage, user: Any, *, decided: bool) -> list[Link]:
    """Return the ways to a new version of a paper that is released or with the committees."""
    proposal = page.proposal
    submission = situation(proposal).current
    leads, checks = policies.can_edit(user, proposal), policies.can_check_form(user, proposal)
    if submission is None or not submission.released_on or not (leads or checks):
        return []
    if proposal.withdrawn_on is not None:
        return []
    with_them = submission.form_checked_on is not None
    stands = IssuedFacts(
        released=True,
        in_consultation=with_them,
        decided=decided,
        over=with_them and not open_consultations(proposal),
        exchange_open=any(line.waits for line in page.versions),
    )
    links = []
    if objection_to_new_version(stands) is None:
        if leads:
            links.append(("Austauschfassung vorbereiten", "draft-edit"))
        links.append(("Anlage nachreichen", "annex-late"))
    if checks and not (decided or stands.over or stands.exchange_open):
        links.append(("Redaktionell korrigieren", "editorial-correct"))
    return [{"title": title, "url": reverse(name, args=[proposal.pk])} for title, name in links]


def link_versions(page: ProposalPage) -> None:
    """Give each version its files and the comparison with the one before it."""
    pk = page.proposal.pk
    older = [line.number for line in page.versions[1:]] + [None]
    for line, before in zip(page.versions, older, strict=False):  # a draft has no version yet
        address = reverse("document-download", args=[pk, page.audiences[0].value])
        line.word_url = f"{address}?fassung={line.number}"
        printed = reverse("document-print", args=[pk, page.audiences[0].value])
        line.pdf_url = f"{printed}?fassung={line.number}"
        if before is not None:
            line.compare_url = compare_url(pk, before, line.number)
    for news in page.news:
        news.url = compare_url(pk, news.old, news.new)


def compare_url(proposal: int, old: int, new: int) -> str:
    """Return the address of a comparison."""
    return f"{reverse('version-compare', args=[proposal])}?von={old}&mit={new}"
