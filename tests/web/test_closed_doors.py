"""What a body did behind closed doors, and what is written before it is handed in."""

import pytest

from proposals.models import AgendaItem, MembershipKind, Role, Wording
from proposals.rules.consultation import ConsultationRole, Outcome
from tests import factories as f
from tests.web.site import Site, address, filled
from tests.web.test_leaks import readable


def test_a_wording_from_behind_closed_doors_stands_beside_no_other_committees_form(
    site: Site,
) -> None:
    """Who takes the minutes of the Sozialausschuss only may not read what the other changed."""
    house, secret = site.house, "Geheimer Wortlaut"
    proposal = f.make_proposal(house, "in_route")
    changed = f"<p>{secret}</p>"
    f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED_CHANGED, wording=changed)
    station = f.station(proposal, "social")
    f.schedule(house, station)
    assert Wording.everything.latest("pk").public is False
    url = address(proposal, "ergebnis", station.pk)
    assert secret in site["secretary"].get(url).words
    form = filled(
        site["minutes"].get(url), outcome="not_recommended", yes="0", no="3", abstained="0"
    )
    assert secret not in site["minutes"].get(url).words
    assert secret not in site["minutes"].post(url, {}, 422).words
    site["minutes"].post(url, form)
    late = {**form, "no": "2"}
    assert secret not in site["minutes"].post(url, late, 409).words
    assert secret not in site["deputy"].post(url, late, 403).words
    correction = address(proposal, "ergebnis", AgendaItem.everything.latest("pk").pk, "berichtigen")
    assert secret not in site["minutes"].get(correction).words


@pytest.mark.parametrize("outcome", [Outcome.DECIDED, Outcome.REJECTED])
def test_a_decision_behind_closed_doors_is_told_by_no_badge_and_no_filter(
    site: Site, outcome: Outcome
) -> None:
    house = site.house
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
    route = (("main", ConsultationRole.DECISION), ("social", ConsultationRole.PRELIMINARY))
    proposal = f.make_proposal(house, "in_route", route=route)
    f.treat(house, f.station(proposal, "main"), outcome)
    status = f.reread(proposal).status
    label = {"adopted": "Beschlossen", "rejected": "Abgelehnt"}[status]
    for name, knows in {
        "clerk": True,
        "deputy": True,
        "elsewhere": False,
        "adviser": False,
    }.items():
        visitor = site[name]
        if outcome == Outcome.REJECTED:
            lapsed = "entfallen: abgelehnt" in visitor.get(address(proposal)).words
            assert lapsed == knows, name
        for url in (address(proposal), "/vorlagen/?q=Kreis"):
            shown = visitor.get(url).html.partition("<main")[2]
            badge = 'kern-label--small">' + (label if knows else "In der Beratung")
            assert badge in shown, (name, url)
            assert knows or f'small">{label}' not in shown
        found = "1 Vorlage" if knows else "0 Vorlagen"
        assert found in visitor.get(f"/vorlagen/?status={status}").words
        found = "0 Vorlagen" if knows else "1 Vorlage"
        assert found in visitor.get("/vorlagen/?status=in_consultation").words


def test_the_draft_of_a_next_version_is_nobody_elses(site: Site) -> None:
    """What comes back from a committee is rewritten in the lead office until it is handed in."""
    house = site.house
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    proposal = f.make_proposal(house, "in_route", asked=["treasury"])
    f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)
    url = address(proposal, "entwurf")
    site["clerk"].send(url, subject="Geheimer Entwurf", facts="Noch nicht", wording="Vielleicht")
    words = ("Geheimer Entwurf", "Noch nicht", "Vielleicht")
    assert all(word in site["clerk"].get(address(proposal)).words for word in words)
    for name in ("deputy", "elsewhere", "treasurer", "secretary", "head", "administrator"):
        for page in ("/", "/vorlagen/", address(proposal), address(proposal, "word", "public")):
            read = readable(site[name].client.get(page))
            assert not any(word in read for word in words), (name, page)
