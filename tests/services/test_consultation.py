from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Consultation, Lapse, Meeting
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.words import Land, ProposalKind
from proposals.services.consultation import (
    InsertAnswer,
    ScheduleAnswer,
    SkipAnswer,
    WithdrawAnswer,
    insert_consultation,
    schedule,
    skip_consultation,
    withdraw,
)
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate


def test_every_station_may_go_on_an_agenda_from_the_form_check_on(house: House) -> None:
    early = f.make_proposal(house, "released")
    answer = ScheduleAnswer(starts_at=f.at())
    row = f.station(early, "council")
    with pytest.raises(RuleViolation, match="noch nicht im Beratungsgang"):
        schedule(actor=house.user("secretary"), consultation=row, answer=answer)

    proposal = f.make_proposal(house, "in_route")
    for name in ("council", "main", "social"):
        f.schedule(house, f.station(proposal, name))
    assert AgendaItem.everything.count() == 3
    assert Meeting.everything.count() == 3


def test_who_minutes_a_committee_puts_matters_on_its_agenda(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.schedule(house, f.station(proposal, "social"), actor="minutes")
    with pytest.raises(PermissionDenied, match="„Kreisausschuss“ stellen Sie nicht auf"):
        f.schedule(house, f.station(proposal, "main"), actor="minutes")


def test_a_station_stands_on_one_agenda_at_a_time(house: House) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.schedule(house, row)
    later = ScheduleAnswer(starts_at=f.at() + timedelta(days=7))
    with pytest.raises(RuleViolation, match="steht schon auf einer Tagesordnung"):
        schedule(actor=house.user("secretary"), consultation=row, answer=later)


def test_a_top_is_given_once_in_a_meeting_and_its_committee(house: House) -> None:
    first, second = (f.make_proposal(house, "in_route") for _ in range(2))
    f.schedule(house, f.station(first, "social"), number="5")
    with pytest.raises(RuleViolation, match="TOP 5 ist in dieser Sitzung schon vergeben"):
        f.schedule(house, f.station(second, "social"), number="5")
    assert f.schedule(house, f.station(second, "social"), number="6").position == 2
    f.schedule(house, f.station(second, "main"), number="5")


def test_a_meeting_is_chosen_found_by_its_time_or_made(house: House) -> None:
    first, second, third = (f.make_proposal(house, "in_route") for _ in range(3))
    item = f.schedule(house, f.station(first, "social"), place=" Kreishaus ")
    assert item.meeting.place == "Kreishaus"
    same_time = f.schedule(house, f.station(second, "social"))
    chosen = f.schedule(
        house, f.station(third, "social"), meeting_id=item.meeting_id, starts_at=None
    )
    assert {same_time.meeting_id, chosen.meeting_id} == {item.meeting_id}

    foreign = f.schedule(house, f.station(third, "main")).meeting_id
    row = f.station(first, "council")
    with pytest.raises(RuleViolation, match="keine Sitzung von „Kreistag“"):
        f.schedule(house, row, meeting_id=foreign)
    with pytest.raises(RuleViolation, match="Bitte eine Sitzung auswählen"):
        f.schedule(house, row, starts_at=None)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [True, False, None])
def test_the_kreisausschuss_sits_behind_closed_doors_in_niedersachsen_only(
    asked: bool | None,
) -> None:
    def publicity(land: Land, committee: str, *, public: bool = True) -> bool:
        house = f.make_house(f"{land}{committee}{public}".lower(), land=land)
        proposal = f.make_proposal(house, "in_route", public=public)
        return f.schedule(house, f.station(proposal, committee), public=asked).public

    assert publicity(Land.NI, "main") is False
    assert publicity(Land.NW, "main") is (asked is not False)
    assert publicity(Land.NI, "social") is (asked is not False)
    assert publicity(Land.NI, "social", public=False) is False


def test_an_agenda_says_what_the_issued_version_says(house: House) -> None:
    """Working rows that differ were issued to nobody; they neither name nor open a treatment."""
    head: dict[str, Any] = {"public_subject": "Grundstück", "public": False}
    proposal = f.make_proposal(house, "in_route", subject="Geheimes", **head)
    with f.setting_up(proposal):
        proposal.subject, proposal.public_subject, proposal.public = "Neu", "Offen", True
        proposal.save()
    item = f.schedule(house, f.station(proposal, "social"))
    assert (item.title, item.public_title, item.public) == ("Geheimes", "Grundstück", False)


def test_a_closed_station_and_a_withdrawn_proposal_go_on_no_agenda(house: House) -> None:
    proposal, secretary = f.make_proposal(house, "in_route"), house.user("secretary")
    answer = ScheduleAnswer(starts_at=f.at())
    social, main = f.station(proposal, "social"), f.station(proposal, "main")
    f.treat(house, social, Outcome.RECOMMENDED)
    social = Consultation.everything.get(pk=social.pk)
    with pytest.raises(RuleViolation, match="schon abgeschlossen"):
        schedule(actor=secretary, consultation=social, answer=answer)
    f.withdraw(house, proposal)
    main = Consultation.everything.get(pk=main.pk)
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        schedule(actor=secretary, consultation=main, answer=answer)


def test_a_station_is_inserted_behind_another_with_a_reason(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    row = f.insert(house, proposal, "board", after=f.station(proposal, "social"))
    order = [r.committee.short_name for r in Consultation.everything.filter(proposal=proposal)]
    assert order == ["social", "board", "main", "council"]
    assert row.role == PRELIMINARY
    assert f.insert(house, proposal, "social", NOTE).position > row.position


def test_what_keeps_a_station_from_being_inserted(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    board, secretary = house.committee("board").pk, house.user("secretary")
    stranger = f.make_house("fremd").committee("board").pk
    refused = [
        (InsertAnswer(board, PRELIMINARY, " "), "Bitte einen Grund angeben"),
        (InsertAnswer(board, DECISION, "Eilig"), "entscheidet nur ein Gremium"),
        (InsertAnswer(stranger, PRELIMINARY, "Eilig"), "Dieses Gremium gibt es hier nicht"),
    ]
    for answer, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            insert_consultation(actor=secretary, proposal=proposal, answer=answer)
    good = InsertAnswer(board, PRELIMINARY, "Eilig")
    with pytest.raises(PermissionDenied, match="Beratungsfolge ändern nur"):
        insert_consultation(actor=house.user("clerk"), proposal=proposal, answer=good)
    draft = f.make_proposal(house)
    with pytest.raises(RuleViolation, match="steht noch im Entwurf"):
        insert_consultation(actor=secretary, proposal=draft, answer=good)
    f.withdraw(house, proposal)
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        insert_consultation(actor=secretary, proposal=f.reread(proposal), answer=good)
    assert Consultation.everything.filter(proposal=proposal).count() == 3


def test_a_station_is_skipped_with_a_reason_unless_it_stands_on_an_agenda(house: House) -> None:
    proposal, secretary = f.make_proposal(house, "in_route"), house.user("secretary")
    row = f.station(proposal, "main")
    good = SkipAnswer("Nicht zuständig", f.DAY, "Landrat Muster", confirmed=True)
    with pytest.raises(RuleViolation, match="Bitte einen Grund angeben"):
        skip_consultation(actor=secretary, consultation=row, answer=SkipAnswer(""))
    with pytest.raises(PermissionDenied):
        skip_consultation(actor=house.user("clerk"), consultation=row, answer=good)
    listed = f.station(proposal, "social")
    f.schedule(house, listed)
    with pytest.raises(RuleViolation, match="nur das Gremium absetzen"):
        skip_consultation(actor=secretary, consultation=listed, answer=good)

    skipped = skip_consultation(actor=secretary, consultation=row, answer=good)
    assert (skipped.lapse, skipped.lapse_reason) == (Lapse.SKIPPED, "Nicht zuständig")
    assert skipped.lapse_authority == "Landrat Muster"
    with pytest.raises(RuleViolation, match="schon abgeschlossen oder entfallen"):
        skip_consultation(actor=secretary, consultation=skipped, answer=good)


def test_a_further_decision_is_confirmed_before_it_is_inserted(house: House) -> None:
    proposal, secretary = f.make_proposal(house, "in_route"), house.user("secretary")
    board = house.committee("board").pk
    answer = InsertAnswer(board, DECISION, "Entscheidet über Ziffer 2")
    with pytest.raises(RuleViolation, match="schon eine Entscheidung vorgesehen: Kreistag") as no:
        gate.insert(actor=secretary, proposal=proposal, answer=answer)
    assert (no.value.waivable, no.value.field) == (True, "confirmed")
    row = gate.insert(actor=secretary, proposal=proposal, answer=replace(answer, confirmed=True))
    assert row.role == DECISION

    decided = f.make_proposal(house, "in_route", route=(("council", DECISION),))
    f.treat(house, f.station(decided, "council"), Outcome.DECIDED)
    with pytest.raises(RuleViolation, match="vorgesehen: Kreistag"):
        gate.insert(actor=secretary, proposal=decided, answer=answer)


def test_skipping_a_mandatory_preparation_is_confirmed_with_the_paragraph(house: House) -> None:
    proposal, head = f.make_proposal(house, "in_route"), house.user("head")
    main, answer = f.station(proposal, "main"), SkipAnswer("Die Frist läuft ab")
    with pytest.raises(RuleViolation, match=r"§ 76 Abs\. 1 Satz 1 NKomVG") as asked:
        gate.drop(actor=head, consultation=main, answer=answer)
    assert (asked.value.waivable, asked.value.field) == (True, "confirmed")
    gate.drop(actor=head, consultation=main, answer=replace(answer, confirmed=True))
    gate.drop(actor=head, consultation=f.station(proposal, "social"), answer=answer)


def test_a_preparation_by_another_station_of_the_body_is_enough(house: House) -> None:
    head, answer = house.user("head"), SkipAnswer("Schon beraten")
    twice = (("main", PRELIMINARY), ("social", PRELIMINARY), ("main", PRELIMINARY), *f.ROUTE[-1:])
    proposal = f.make_proposal(house, "in_route", route=twice)
    f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED)
    gate.drop(actor=head, consultation=f.station(proposal, "main"), answer=answer)

    informed = f.make_proposal(house, "in_route", route=(("council", DECISION), ("main", NOTE)))
    gate.drop(actor=head, consultation=f.station(informed, "main"), answer=answer)
    f.treat(house, f.station(informed, "council"), Outcome.DECIDED, reason="Eilig")


@pytest.mark.django_db
def test_where_the_law_wants_no_preparation_nothing_is_confirmed() -> None:
    house = f.make_house(land=Land.NW)
    proposal = f.make_proposal(house, "in_route")
    answer = SkipAnswer("Die Frist läuft ab")
    gate.drop(actor=house.user("head"), consultation=f.station(proposal, "main"), answer=answer)


def test_a_skipped_committee_takes_note_afterwards_if_wanted(house: House) -> None:
    """Scenario 7: the grant arrives in December, the Beirat meets in April."""
    route = (("board", f.HEARING), ("council", DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    board = f.station(proposal, "board")
    answer = SkipAnswer("Frist", f.DAY, inform=True)
    skipped = gate.drop(actor=house.user("head"), consultation=board, answer=answer)
    assert skipped.lapse_authority == "Head"
    note = f.station(proposal, "board")
    assert (note.role, note.replaces_id) == (NOTE, board.pk)
    assert note.position > f.station(proposal, "council").position
    f.treat(house, f.station(proposal, "council"), Outcome.DECIDED)
    f.treat(house, note, Outcome.NOTED)
    assert f.reread(proposal).status == "adopted"
    assert gate.agrees(f.reread(proposal))


def test_before_release_the_lead_office_withdraws_afterwards_the_head(house: House) -> None:
    early, late = f.make_proposal(house, "submitted"), f.make_proposal(house, "in_route")
    with pytest.raises(PermissionDenied, match="Vor der Freigabe zieht die Federführung"):
        f.withdraw(house, early, "head")
    f.withdraw(house, early, "clerk")
    with pytest.raises(PermissionDenied):
        f.withdraw(house, late, "clerk")
    f.withdraw(house, late, "head")
    assert {f.reread(early).status, f.reread(late).status} == {"withdrawn"}
    lapsed = Consultation.everything.filter(proposal=late)
    assert {(row.lapse, row.lapsed_on) for row in lapsed} == {(Lapse.WITHDRAWN, f.DAY)}


def test_an_antrag_is_withdrawn_by_its_mover_through_the_sitzungsdienst(house: House) -> None:
    motion = f.make_proposal(house, "in_route", kind=ProposalKind.ANTRAG)
    with pytest.raises(PermissionDenied, match="Einen Antrag zieht der Sitzungsdienst"):
        f.withdraw(house, motion, "head")
    f.withdraw(house, motion, "secretary")


def test_after_the_decision_nobody_withdraws_and_nobody_twice(house: House) -> None:
    route = (("council", DECISION), ("board", NOTE))
    decided, open_still = (f.make_proposal(house, "in_route", route=route) for _ in range(2))
    f.treat(house, f.station(decided, "council"), Outcome.REJECTED)
    with pytest.raises(RuleViolation, match="Nach dem Beschluss"):
        f.withdraw(house, decided)
    answer = WithdrawAnswer("  ")
    with pytest.raises(RuleViolation, match="Bitte einen Grund angeben"):
        withdraw(actor=house.user("head"), proposal=open_still, answer=answer)
    f.withdraw(house, open_still)
    with pytest.raises(RuleViolation, match="bereits zurückgezogen"):
        f.withdraw(house, open_still)
