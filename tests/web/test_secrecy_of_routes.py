"""What a page, a list or a filter lets be read between the lines: causes, stations, drafts."""

from collections.abc import Sequence
from typing import Any

import pytest

from proposals.models import Consultation, MembershipKind, Proposal, Role
from proposals.models.consultation import OPEN
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.lifecycle import ProposalStatus
from proposals.services.drafting import save_draft
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from tests.web.site import Site, address

TO_COUNCIL = (("social", PRELIMINARY), ("main", PRELIMINARY), ("council", DECISION))
KNOW = ("clerk", "head", "secretary", "auditor", "deputy")
DO_NOT = ("elsewhere", "adviser", "minutes")


@pytest.fixture
def site(house: House) -> Site:
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
    return Site(house)


def treated_by_main(
    house: House, outcome: Outcome | None, route: f.Route = TO_COUNCIL, **values: Any
) -> Proposal:
    """Return a proposal that the Kreisausschuss dealt with behind closed doors; None: not yet."""
    proposal = f.make_proposal(house, "in_route", route=route)
    row = f.station(proposal, "main")
    if outcome is None:
        f.schedule(house, row)
    else:
        f.treat(house, row, outcome, **values)
    return f.reread(proposal)


def told(site: Site, name: str, proposal: Proposal) -> str:
    """Return what the page and the list say of a proposal, without what differs by itself."""
    page = site[name].get(address(proposal)).html.partition("<main")[2]
    line = site[name].get(f"/vorlagen/?q={proposal.number}").html.partition("<main")[2]
    words = f"{page}\n{line}"
    for own in (proposal.number or "", f"/{proposal.pk}/", f"?muster={proposal.pk}"):
        words = words.replace(own, "·")
    return words


def filters(site: Site, name: str, *proposals: Proposal) -> list[list[str]]:
    """Return for each proposal the statuses whose filter finds it; the count tells no other."""
    found: list[list[str]] = [[] for _ in proposals]
    for status in ProposalStatus:
        page = site[name].get(f"/vorlagen/?status={status}")
        rows = [row for row in proposals if f'href="{address(row)}"' in page.html]
        for row in rows:
            found[proposals.index(row)].append(status)
        assert f"{len(rows)} Vorlage" in page.words, status
    return found


@pytest.mark.parametrize("role", [PRELIMINARY, DECISION], ids=lambda role: role.value)
def test_nothing_tells_what_a_closed_body_made_of_it(site: Site, role: ConsultationRole) -> None:
    """Pages are the same, whatever the result, as where none is recorded yet."""
    house = site.house
    route: f.Route = (("social", PRELIMINARY), ("main", role), ("council", DECISION))
    route = route[:2] if role == DECISION else route
    board = (house.committee("board").pk,)
    outcomes: Sequence[tuple[Outcome, dict[str, Any]]] = [
        (Outcome.RETURNED, {}),
        (Outcome.REFERRED, {"refer_to": board, "refer_back": True}),
        (Outcome.POSTPONED, {}),
        (Outcome.SETTLED, {}),
        (Outcome.REJECTED, {"reason": "Eilig"})
        if role == DECISION
        else (Outcome.NOT_RECOMMENDED, {}),
    ]
    plain = treated_by_main(house, None, route)
    treated = [treated_by_main(house, outcome, route, **values) for outcome, values in outcomes]
    for name in ("elsewhere", "adviser"):
        expected = told(site, name, plain)
        assert "nichtöffentlich beraten" in expected
        for (outcome, _), proposal in zip(outcomes, treated, strict=True):
            assert told(site, name, proposal) == expected, (name, outcome)
        everywhere = [["in_consultation"]] * (1 + len(outcomes))
        assert filters(site, name, plain, *treated) == everywhere, name


def test_who_may_see_the_item_reads_status_and_route(site: Site) -> None:
    house = site.house
    route = (("social", PRELIMINARY), ("main", DECISION))
    rejected = treated_by_main(house, Outcome.REJECTED, route, reason="Eilig")
    returned = treated_by_main(house, Outcome.RETURNED)
    board = (house.committee("board").pk,)
    referred = treated_by_main(house, Outcome.REFERRED, refer_to=board)
    for name in KNOW:
        assert "entfallen: abgelehnt" in told(site, name, rejected), name
        assert "Zurück an Federführung" in told(site, name, returned), name
        assert "Beirat" in site[name].get(address(referred)).words, name
        assert filters(site, name, rejected, returned, referred) == [
            ["rejected"],
            ["returned"],
            ["in_consultation"],
        ], name


def test_a_note_taken_in_public_does_not_tell_the_closed_bodys_decision(site: Site) -> None:
    """The item that makes the status is what counts, not any that can be seen."""
    house = site.house
    route = (("social", NOTE), ("main", DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    f.treat(house, f.station(proposal, "social"), Outcome.NOTED)
    f.treat(house, f.station(proposal, "main"), Outcome.REJECTED)
    assert filters(site, "adviser", proposal) == [["in_consultation"]]
    assert "Abgelehnt" not in told(site, "adviser", proposal).partition("<select")[0]
    assert filters(site, "deputy", proposal) == [["rejected"]]


def test_a_station_that_a_closed_body_inserted_shows_when_its_invitation_is_out(
    site: Site,
) -> None:
    house = site.house
    board = (house.committee("board").pk,)
    proposal = treated_by_main(house, Outcome.REFERRED, refer_to=board)
    url = address(proposal)
    item = f.schedule(house, f.station(proposal, "board"), day=f.DAY.replace(day=9))
    assert "Beirat" not in site["elsewhere"].get(url).words
    f.invite(house, item.meeting)
    assert "Beirat" in site["elsewhere"].get(url).words


def test_who_keeps_a_committees_agenda_sees_the_station_that_waits_for_it(site: Site) -> None:
    house = site.house
    route = (("main", PRELIMINARY), ("council", DECISION))
    social = (house.committee("social").pk,)
    proposal = treated_by_main(house, Outcome.REFERRED, route, refer_to=social)
    assert "Sozialausschuss" in site["minutes"].get(address(proposal)).words
    assert "Sozialausschuss" not in site["elsewhere"].get(address(proposal)).words


def test_why_a_station_was_skipped_is_for_the_administration(site: Site) -> None:
    house = site.house
    proposal = f.make_proposal(house, "in_route")
    f.drop(house, f.station(proposal, "social"))
    for name, knows in {
        "elsewhere": True,
        "clerk": True,
        "deputy": False,
        "adviser": False,
    }.items():
        words = site[name].get(address(proposal)).words
        assert "übersprungen" in words
        assert ("Nicht mehr nötig" in words) == knows, name


def returned_and_rewritten(house: House, **changes: Any) -> Proposal:
    """Return a proposal that the Sozialausschuss sent back and the lead office is rewriting."""
    proposal = f.make_proposal(house, "in_route", file_reference="50-1")
    f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)
    proposal = f.reread(proposal)
    route = (("board", PRELIMINARY), ("council", DECISION))
    values = {"subject": "Geheimneu", "file_reference": "66-9", "route": route, **changes}
    answer = f.draft_answer(house, revision=proposal.revision, **values)
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    return f.reread(proposal)


def test_the_head_of_a_working_draft_is_the_lead_offices(site: Site) -> None:
    house = site.house
    proposal = returned_and_rewritten(house)
    old, number = "Kreisstraße", proposal.number or ""
    for withdrawn in (False, True):
        if withdrawn:
            f.withdraw(house, proposal)
        for name in (*KNOW, *DO_NOT):
            mine = name == "clerk"
            visitor = site[name]
            pages = ["/vorlagen/", address(proposal)]
            if name not in ("deputy", "adviser"):
                pages.append(address(proposal, "verlauf"))
            for url in pages:
                assert ("Geheimneu" in visitor.get(url).html) == mine, (name, url)
            for word in ("Geheimneu", "66-9"):
                hits = "1 Vorlage" if mine else "0 Vorlagen"
                assert hits in visitor.get(f"/vorlagen/?q={word}").words, (name, word)
            for word in (old, "50-1", number):
                hits = "0 Vorlagen" if mine and word != number else "1 Vorlage"
                assert hits in visitor.get(f"/vorlagen/?q={word}").words, (name, word)


def test_what_a_page_of_an_act_says_of_a_draft_is_the_issued_subject(site: Site) -> None:
    house = site.house
    proposal = f.make_proposal(house, "in_route", route=TO_COUNCIL)
    item = f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)
    proposal = f.reread(proposal)
    answer = f.draft_answer(house, subject="Geheimneu", revision=proposal.revision)
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    url = address(proposal, "ergebnis", item.pk, "berichtigen")
    for name in ("secretary", "minutes"):
        assert "Geheimneu" not in site[name].get(url).html
    late = site["head"].post(address(proposal, "freigeben"), {}, 422)
    assert "Geheimneu" not in late.html


def test_the_planned_route_of_a_draft_is_the_lead_offices(site: Site) -> None:
    house = site.house
    proposal = returned_and_rewritten(house)
    for name in (*KNOW, *DO_NOT):
        words = site[name].get(address(proposal)).words
        assert ("Beirat" in words) == (name == "clerk"), name
        assert ("entfallen: an die Verwaltung zurück" in words) == (name != "clerk"), name
    f.submit(house, proposal)
    for name in ("head", "elsewhere"):
        assert "Beirat" in site[name].get(address(proposal)).words
    for name in ("deputy", "adviser"):
        assert "Beirat" not in site[name].get(address(proposal)).words
    f.release(house, proposal)
    f.check_form(house, proposal)
    for name in ("deputy", "adviser"):
        assert "Beirat" in site[name].get(address(proposal)).words
    assert Consultation.everything.filter(OPEN, proposal=proposal).count() == 2


def test_where_a_round_was_sent_back_is_for_the_administration(site: Site) -> None:
    house = site.house
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    f.co_sign(house, proposal, "treasury", Verdict.CHANGE_REQUESTED, "Bitte kürzen")
    f.submit(house, proposal)
    f.co_sign(house, proposal, "treasury")
    f.release(house, proposal)
    f.check_form(house, proposal)
    for name, knows in {"elsewhere": True, "head": True, "deputy": False, "adviser": False}.items():
        words = site[name].get(address(proposal)).words
        assert ("(Mitzeichnung)" in words) == knows, name


def test_work_on_a_draft_stands_in_the_history_of_those_who_may_know_why(site: Site) -> None:
    proposal = returned_and_rewritten(site.house)
    url = address(proposal, "verlauf")
    for name in ("clerk", "head", "secretary", "auditor"):
        assert "Entwurf bearbeitet" in site[name].get(url).words, name
    for name in ("elsewhere", "minutes"):
        assert "Entwurf bearbeitet" not in site[name].get(url).words, name
