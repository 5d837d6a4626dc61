"""What a committee changed, as a Word file with tracked changes: what it says, who may have it."""

from http import HTTPStatus
from typing import Any

import pytest

from proposals.documents import package
from proposals.documents.checks import findings
from proposals.models import Audience, Proposal, Wording
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.services.redlines import rendered_redline
from tests import factories as f
from tests.documents.building import DOCUMENT
from tests.documents.test_redline import lines
from tests.web.site import Site

OLD, NEW = "Der Kreistag stellt 10.000 € bereit.", "Der Kreistag stellt 25.000 € bereit."


def changed(house: f.House, committee: str = "social", **draft: Any) -> Wording:
    """Return the wording that a committee made of a paper."""
    texts = {section: f"<p>{section.label}.</p>" for section in Section}
    texts[Section.WORDING] = f"<p>{OLD}</p>"
    paper: Proposal = f.make_proposal(house, "in_route", texts=texts, **draft)
    if committee == "main":
        f.treat(house, f.station(paper, "social"), Outcome.RECOMMENDED)
    station = f.station(f.reread(paper), committee)
    f.treat(house, station, Outcome.RECOMMENDED_CHANGED, wording=f"<p>{NEW}</p>")
    return Wording.everything.get(proposal=paper, committee__isnull=False)


def address(wording: Wording, audience: str = "public") -> str:
    return f"/vorlagen/{wording.proposal_id}/aenderungen/{wording.pk}/word/{audience}/"


def test_accepting_gives_the_committees_wording_and_rejecting_the_administrations(
    site: Site,
) -> None:
    wording = changed(site.house)
    answer = site["deputy"].client.get(address(wording))
    assert answer.status_code == HTTPStatus.OK
    assert "Aenderungen_Vorlage_" in answer["Content-Disposition"]
    assert findings(answer.content) == []
    accepted, rejected = (lines(answer.content, turned=turned) for turned in (False, True))
    assert (NEW in accepted, OLD in accepted) == (True, False)
    assert (NEW in rejected, OLD in rejected) == (False, True)
    marked = package.read(answer.content)[DOCUMENT].decode()
    assert 'w:author="Sozialausschuss"' in marked
    assert f'w:date="{f.DAY:%Y-%m-%d}T' in marked or "T00:00:00Z" in marked


def test_the_page_and_the_comparison_lead_to_it(site: Site) -> None:
    wording = changed(site.house)
    page = f"/vorlagen/{wording.proposal_id}/"
    for user, audience in (("deputy", "public"), ("head", "internal")):
        for place in (page, f"{page}fassungen/"):
            said = site[user].client.get(place).content.decode()
            assert address(wording, audience) in said, (user, place)


def test_a_wording_from_behind_closed_doors_stays_there(site: Site) -> None:
    wording = changed(site.house, "main")
    assert not wording.public
    for user in ("minutes", "treasurer"):
        assert site[user].client.get(address(wording)).status_code == HTTPStatus.NOT_FOUND
        assert (
            "/aenderungen/"
            not in site[user]
            .client.get(f"/vorlagen/{wording.proposal_id}/fassungen/")
            .content.decode()
        )
    with pytest.raises(RuleViolation, match="keine öffentliche"):
        rendered_redline(wording, Audience.PUBLIC)
    assert site["head"].client.get(address(wording, "internal")).status_code == HTTPStatus.OK
    assert site["deputy"].client.get(address(wording, "internal")).status_code == (
        HTTPStatus.FORBIDDEN
    )


def test_of_the_papers_own_wording_there_is_no_redline(house: f.House) -> None:
    own = Wording.everything.get(proposal=changed(house).proposal, committee__isnull=True)
    with pytest.raises(RuleViolation, match="geändert hat ihn niemand"):
        rendered_redline(own, Audience.INTERNAL)
