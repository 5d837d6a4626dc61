"""Who sees what: a table written by hand, held against the querysets for every user."""

from typing import Any

import pytest
from django.db.models import Model

from proposals.models import (
    AgendaItem,
    CoSignature,
    Entry,
    HouseRule,
    Membership,
    MembershipKind,
    Person,
    Proposal,
    ProposalVersion,
    Recusal,
    ResultReview,
    Role,
    User,
    Vote,
    Wording,
)
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.sections import Section
from proposals.rules.words import Land, ProposalKind
from proposals.services.drafting import save_draft
from tests import factories as f
from tests.factories import House

pytestmark = pytest.mark.django_db

LEADING = frozenset({"head", "secretary", "auditor"})
STAFF = LEADING | {"clerk", "treasurer", "staffer", "minutes", "administrator"}
DEPUTIES = frozenset({"deputy", "backbencher"})  # elected to the council; one in the social c.
MEMBERS = DEPUTIES | {"co_opted", "ka_member", "board_member"}
NOBODY = frozenset({"former", "inactive", "guest"})


def make_people(land: Land) -> House:
    """Return a house with a member of every kind and some who no longer belong to it."""
    house = f.make_house(land=land)
    f.make_member(house, "backbencher", "council")
    f.make_member(house, "co_opted", "social", MembershipKind.CO_OPTED, voting=False)
    f.make_member(house, "ka_member", "main")
    f.make_member(house, "board_member", "board", MembershipKind.CO_OPTED)
    f.make_user(house, "former", Role.HEAD, valid_to=f.DAY)
    f.make_user(house, "guest")
    f.make_user(house, "inactive", Role.HEAD)
    User.objects.filter(username="muster.inactive").update(is_active=False)
    return house


def seers(house: House, row: Any) -> set[str]:
    """Return who finds the row through the one door."""
    found = {
        user.username.removeprefix("muster.")
        for user in house.users()
        if type(row).objects.visible_to(user).filter(pk=row.pk).exists()
    }
    assert not found & NOBODY
    return found


@pytest.fixture(params=[Land.NI, Land.NW])
def land(request: pytest.FixtureRequest) -> Land:
    word: Land = request.param
    return word


def test_a_proposal_is_seen_by_ever_more_people_on_its_way(land: Land) -> None:
    house = make_people(land)
    asked = ("treasury",)
    draft, handed_in, in_route = (
        f.make_proposal(house, stage, asked=asked) for stage in ("draft", "submitted", "in_route")
    )
    motion = f.make_proposal(house, kind=ProposalKind.ANTRAG)
    assert seers(house, draft) == {"clerk"}
    assert seers(house, motion) == {"clerk", "secretary"}
    assert seers(house, handed_in) == {"clerk", "treasurer"} | LEADING
    assert seers(house, in_route) == STAFF | MEMBERS


def test_a_non_public_proposal_is_for_those_who_deal_with_it_and_in_niedersachsen_for_deputies(
    land: Land,
) -> None:
    house = make_people(land)
    route = (("social", f.PRELIMINARY), ("main", f.DECISION))
    proposal = f.make_proposal(house, "in_route", asked=("treasury",), route=route, public=False)
    listeners = DEPUTIES if land == Land.NI else {"deputy"}
    assert seers(house, proposal) == (
        {"clerk", "treasurer", "minutes", "co_opted", "ka_member"} | LEADING | listeners
    )


def test_a_result_from_behind_closed_doors_hides_wording_vote_and_journal_entry(
    land: Land,
) -> None:
    house = make_people(land)
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    row = f.station(proposal, "main")
    f.schedule(house, row, public=False)
    item = f.treat(house, row, Outcome.RECOMMENDED_CHANGED, wording="<p>Geheim.</p>")

    told = {"clerk", "ka_member"} | LEADING | (DEPUTIES if land == Land.NI else frozenset())
    wording, vote = Wording.everything.get(version=None), Vote.everything.get()
    entry = Entry.everything.order_by("-seq")[0]
    rows: list[Model] = [item, wording, vote, entry]
    assert {type(hidden).__name__: seers(house, hidden) for hidden in rows} == {
        "AgendaItem": told,
        "Wording": told,
        "Vote": told,
        "Entry": told,
    }


def test_a_house_may_take_the_papers_from_whoever_is_excluded_for_bias() -> None:
    house = make_people(Land.NI)
    proposal = f.make_proposal(house, "in_route", public=False)
    open_paper = f.make_proposal(house, "in_route")
    for paper in (proposal, open_paper):
        item = f.schedule(house, f.station(paper, "council"))
        with f.setting_up(house.municipality):
            person = Person.objects.get(user=house.user("deputy"))
            Recusal(agenda_item=item, person=person).save()
    assert "deputy" in seers(house, proposal)

    with f.setting_up(house.municipality):
        HouseRule(
            municipality=house.municipality,
            path="recusal_withdraws_papers",
            value=True,
            source="Geschäftsordnung § 7",
            valid_from=f.TERM_START,
        ).save()
    assert "deputy" not in seers(house, proposal)
    assert "deputy" in seers(house, open_paper)


def test_the_rechtsamt_sees_what_it_is_asked_about_and_nothing_more(land: Land) -> None:
    house = make_people(land)
    f.make_user(house, "legal", Role.LEGAL)
    papers = [f.make_proposal(house, "in_route", public=False) for _ in range(2)]
    reviewed, other = (
        f.treat(house, f.station(paper, "council"), Outcome.DECIDED, reason="Eilt.")
        for paper in papers
    )
    assert "legal" not in seers(house, reviewed)
    with f.setting_up(house.municipality):
        vote = Vote.everything.get(agenda_item=reviewed)
        ResultReview(agenda_item=reviewed, proposal=papers[0], vote=vote, opened_on=f.DAY).save()
    for row in (papers[0], reviewed, vote, ResultReview.everything.get()):
        assert "legal" in seers(house, row)
    assert "legal" not in seers(house, papers[1]) | seers(house, other)


def test_who_minutes_only_the_council_reads_the_wording_it_votes_on_and_nothing_else(
    land: Land,
) -> None:
    house = make_people(land)
    f.make_user(house, "scribe", Role.COMMITTEE_SECRETARY, committee="council")
    proposal = f.make_proposal(house, "in_route")
    row = f.station(proposal, "main")
    f.schedule(house, row, public=False)
    item = f.treat(house, row, Outcome.RECOMMENDED_CHANGED, wording="<p>Geheim.</p>")

    wording = Wording.everything.get(version=None)
    assert "scribe" in seers(house, wording)
    assert "scribe" not in seers(house, item) | seers(house, Vote.everything.get())
    assert "minutes" not in seers(house, wording)  # the social committee comes before


def test_a_public_treatment_is_seen_by_all_who_see_the_proposal(land: Land) -> None:
    house = make_people(land)
    proposal = f.make_proposal(house, "in_route")
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    assert seers(house, item) == seers(house, Vote.everything.get()) == STAFF | MEMBERS


def test_a_hearing_of_a_board_behind_closed_doors_is_the_boards_own(land: Land) -> None:
    house = make_people(land)
    route = (("board", ConsultationRole.HEARING), ("council", f.DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    item = f.schedule(house, f.station(proposal, "board"), public=False)
    assert seers(house, item) == {"clerk", "board_member"} | LEADING


def test_co_signatures_stay_in_the_administration(land: Land) -> None:
    house = make_people(land)
    f.make_proposal(house, "in_route", asked=("treasury",))
    assert seers(house, CoSignature.everything.get()) == STAFF
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    request = CoSignature.everything.get(proposal=proposal)
    assert seers(house, request) == {"clerk", "treasurer"} | LEADING


def test_members_see_issued_versions_and_their_wording_only(land: Land) -> None:
    house = make_people(land)
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)
    texts = {Section.FACTS: "<p>Neu.</p>", Section.WORDING: "<p>Neu.</p>"}
    answer = f.draft_answer(house, texts=texts, asked=("treasury",))
    save_draft(actor=house.user("clerk"), proposal=f.reread(proposal), answer=answer)
    f.submit(house, proposal)

    issued, new = ProposalVersion.everything.order_by("number")
    assert seers(house, issued) == seers(house, issued.wording) == STAFF | MEMBERS
    assert seers(house, new) == seers(house, new.wording) == STAFF


def test_two_houses_in_one_installation_are_blind_to_each_other(land: Land) -> None:
    house, other = make_people(land), f.make_house("fremd", land=land)
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    f.sign(house, item.meeting)
    everything = (Proposal, AgendaItem, Vote, Wording, ProposalVersion, CoSignature)
    for user in other.users():
        for model in everything:
            assert not model.objects.visible_to(user).exists(), model
        acts = {entry.body for entry in Entry.objects.visible_to(user)}
        assert not any("proposals.meeting" in body for body in acts)


def test_the_own_standing_of_a_deputy_ends_with_the_seat(land: Land) -> None:
    house = make_people(land)
    proposal = f.make_proposal(house, "in_route", public=False)
    seats = Membership.objects.filter(person__user=house.user("deputy"))
    with f.setting_up(house.municipality):
        for seat in seats:
            seat.valid_to = f.DAY
            seat.save()
    assert "deputy" not in seers(house, proposal)
