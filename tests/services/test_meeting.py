from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    AgendaItem,
    HouseRule,
    Invitation,
    Meeting,
    MeetingBreak,
    Person,
    Proposal,
    StandardItem,
)
from proposals.rules.agenda import Addition, ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.meeting import MeetingState
from proposals.services.agenda import ChangeItemAnswer
from proposals.services.meeting import (
    CancelAnswer,
    CloseAnswer,
    InviteAnswer,
    MoveAnswer,
    OpenAnswer,
    PlanAnswer,
    PostponeRestAnswer,
    ResumeAnswer,
    SupplementAnswer,
    SuspendAnswer,
)
from tests import factories as f
from tests import sittings as s
from tests.factories import House
from workflows import gate

WEEK = timedelta(days=7)


def outcomes(meeting: Meeting) -> list[str]:
    return [item.outcome for item in s.items(meeting)]


def set_standard(house: House, committee: str, *rows: tuple[ItemKind, str, bool]) -> None:
    """Give a committee its standard items: (kind, title, at the end)."""
    body = house.committee(committee)
    with f.setting_up(body):
        for position, (kind, title, at_end) in enumerate(rows, 1):
            StandardItem(
                committee=body, position=position, kind=kind, title=title, at_end=at_end
            ).save()


def test_a_meeting_is_planned_with_the_next_number_and_the_standing_items_of_its_body(
    house: House,
) -> None:
    set_standard(
        house,
        "social",
        (ItemKind.OPENING, "Eröffnung", False),
        (ItemKind.CLOSING, "Schließung", True),
    )
    answer = PlanAnswer((house.committee("social").pk,), f.at())
    with pytest.raises(PermissionDenied, match="Sitzungsdienst"):
        gate.plan(actor=house.user("minutes"), municipality=house.municipality, answer=answer)
    first = s.plan(house, "social", standard=True)
    paper = s.paper(house, first, "social")
    late = s.add_item(house, first, "social", "Verschiedenes")
    assert [item.title for item in s.items(first)] == [
        "Eröffnung",
        paper.title,
        late.title,
        "Schließung",
    ]
    second = s.plan(house, "social", day=f.DAY + WEEK, standard=False)
    assert (first.number, second.number, s.items(second)) == (1, 2, [])
    assert s.plan(house, "main").number == 1


def test_what_keeps_a_meeting_from_being_planned(house: House) -> None:
    stranger = f.make_house("fremd").committee("social").pk
    s.plan(house, "social", number=4)
    own = (house.committee("social").pk,)
    refused = [
        (PlanAnswer((), f.at(hour=20)), "Gremium dieser Kommune"),
        (PlanAnswer((stranger,), f.at(hour=20)), "Gremium dieser Kommune"),
        (PlanAnswer(own, f.at(hour=17)), "Zu dieser Zeit gibt es schon eine Sitzung"),
        (PlanAnswer(own, f.at(hour=18), number=4), "Die 4. Sitzung von „Sozialausschuss“ gibt es"),
        (PlanAnswer(own, f.at(hour=18), number=0), "beginnt bei 1"),
    ]
    for answer, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            gate.plan(actor=house.user("secretary"), municipality=house.municipality, answer=answer)
    assert s.plan(house, "social", hour=18).number == 5


def test_minutes_to_approve_are_those_of_the_last_meeting_held(house: House) -> None:
    set_standard(house, "social", (ItemKind.MINUTES, "Genehmigung des Protokolls", False))
    before = s.plan(house, "social", day=f.DAY - WEEK, standard=False)
    meeting = s.plan(house, "social", standard=True)
    assert s.items(meeting)[0].approves == before
    s.invite(house, meeting)
    assert Invitation.everything.get().content[0]["title"] == (
        f"Genehmigung des Protokolls vom {f.DAY - WEEK:%d.%m.%Y}"
    )


def test_in_a_joint_meeting_one_paper_has_one_number_for_both_bodies(house: House) -> None:
    meeting = s.plan(house, "social", "board")
    route = (("social", f.PRELIMINARY), ("board", f.PRELIMINARY), ("council", f.DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    leading = s.add_paper(house, meeting, proposal, "social")
    other = s.add_paper(house, meeting, proposal, "board")
    assert other.joint_with == leading
    s.act(house, meeting, ChangeItemAnswer(leading.pk, leading.title, public=True, number="Ö 7"))
    assert {item.number for item in s.items(meeting)} == {"Ö 7"}
    s.act(house, meeting, ChangeItemAnswer(leading.pk, leading.title, public=True, number=""))
    s.invite(house, meeting)
    assert {item.number for item in s.items(meeting)} == {"Ö 1"}


def test_a_called_meeting_is_moved_with_a_reason_and_never_before_its_invitation(
    house: House,
) -> None:
    meeting = s.plan(house, "social")
    s.paper(house, meeting, "social")
    s.act(house, meeting, MoveAnswer(f.at(f.DAY + WEEK), place="Kreishaus"))
    meeting = s.invite(house, s.again(meeting), on=f.DAY - WEEK)
    assert meeting.place == "Kreishaus"
    refused = [
        (MoveAnswer(f.at(f.DAY + 2 * WEEK)), "Bitte begründen Sie die Verlegung"),
        (MoveAnswer(f.at(f.DAY - 2 * WEEK), reason="Sturm"), "wurde am .* eingeladen"),
        (MoveAnswer(meeting.starts_at, reason="Sturm"), "unverändert"),
    ]
    for answer, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            s.act(house, meeting, answer)
    other = s.plan(house, "social", day=f.DAY + 2 * WEEK)
    with pytest.raises(RuleViolation, match="schon eine Sitzung"):
        s.act(house, meeting, MoveAnswer(other.starts_at, reason="Sturm"))
    with pytest.raises(PermissionDenied):
        s.act(house, meeting, MoveAnswer(f.at(f.DAY), reason="Sturm"), actor="minutes")

    moved = s.act(house, meeting, MoveAnswer(f.at(f.DAY), reason="Sturm"))
    assert (moved.starts_at, moved.place) == (f.at(f.DAY), "Kreishaus")
    opened = s.act(house, moved, OpenAnswer())
    with pytest.raises(RuleViolation, match="Die Sitzung läuft"):
        s.act(house, opened, MoveAnswer(f.at(f.DAY + WEEK), reason="Sturm"))


def test_a_cancelled_meeting_leaves_its_papers_waiting_for_another_one(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social")
    s.add_item(house, meeting, "social", "Verpflichtung")
    with pytest.raises(RuleViolation, match="Bitte einen Grund angeben"):
        s.act(house, meeting, CancelAnswer(" "))
    meeting = s.act(house, meeting, CancelAnswer("Sturm", on=f.DAY - WEEK))
    assert meeting.state == MeetingState.CANCELLED
    assert outcomes(meeting) == [Outcome.NOT_HELD, Outcome.NOT_HELD]
    with pytest.raises(RuleViolation, match="schon abgesagt"):
        s.act(house, meeting, CancelAnswer("Sturm"))
    with pytest.raises(RuleViolation, match="abgesagt; auf ihre Tagesordnung kommt nichts"):
        s.add_paper(house, meeting, s.proposal_of(item), "social")
    later = s.plan(house, "social", day=f.DAY + WEEK)
    assert s.add_paper(house, later, s.proposal_of(item), "social").resumes is None


def test_the_matters_of_a_cancelled_meeting_go_to_another_one_in_the_same_act(
    house: House,
) -> None:
    standing = (ItemKind.OPENING, "Eröffnung", False), (ItemKind.REPORTS, "Bericht", False)
    set_standard(house, "social", *standing)
    meeting = s.plan(house, "social", standard=True)
    later = s.plan(house, "social", day=f.DAY + WEEK, standard=True)
    s.invite(house, later, on=f.DAY - WEEK)
    paper = s.paper(house, meeting, "social")
    s.add_item(house, meeting, "social", "Zu der Vorlage", parent_id=None)
    other = s.plan(house, "board", day=f.DAY + WEEK)
    with pytest.raises(RuleViolation, match="keine Sitzung von „Sozialausschuss“"):
        s.act(house, meeting, CancelAnswer("Sturm", to_meeting_id=other.pk))
    with pytest.raises(RuleViolation, match="andere Sitzung"):
        s.act(house, meeting, CancelAnswer("Sturm", to_meeting_id=meeting.pk))

    s.act(house, meeting, CancelAnswer("Sturm", to_meeting_id=later.pk))
    assert set(outcomes(meeting)) == {Outcome.NOT_HELD}
    carried = [item for item in s.items(later) if item.added == Addition.SUPPLEMENT]
    assert [(item.title, item.number) for item in carried] == [
        (paper.title, "Ö 3"),
        ("Zu der Vorlage", "Ö 4"),
    ]
    assert s.status_of(carried[0]) == "dispatched"
    f.treat(house, f.station(s.proposal_of(paper), "social"), Outcome.DECIDED)


def test_an_invitation_is_noted_once_by_the_sitzungsdienst_and_moves_every_proposal(
    house: House,
) -> None:
    meeting = s.plan(house, "social")
    for name in ("A", "B"):
        s.paper(house, meeting, "social", subject=name)
    with pytest.raises(PermissionDenied, match="vermerkt der Sitzungsdienst"):
        gate.complete_meeting(actor=house.user("minutes"), meeting=meeting, answer=InviteAnswer())
    s.invite(house, meeting, on=f.DAY - WEEK * 2)
    assert {proposal.status for proposal in Proposal.everything.all()} == {"dispatched"}
    assert Meeting.everything.get().invited_on == f.DAY - WEEK * 2
    with pytest.raises(RuleViolation, match="schon eingeladen"):
        s.invite(house, meeting)


def test_a_short_notice_asks_why_and_a_late_invitation_is_refused(house: House) -> None:
    with f.setting_up(house.municipality):
        HouseRule(
            municipality=house.municipality,
            path="bodies.council.notice.days",
            value=7,
            source="§ 1 GeschO",
            valid_from=f.TERM_START,
        ).save()
    meeting = s.plan(house, "council")
    with pytest.raises(RuleViolation, match="Auf der Tagesordnung steht noch nichts"):
        s.invite(house, meeting)
    s.paper(house, meeting)
    with pytest.raises(RuleViolation, match="kann nicht erst am"):
        s.invite(house, meeting, on=f.DAY + WEEK)
    day = f.DAY - timedelta(days=2)
    with pytest.raises(RuleViolation, match="begründen Sie die verkürzte Ladung") as refused:
        s.invite(house, meeting, on=day)
    assert refused.value.waivable
    s.invite(house, meeting, on=day, shortened_reason="Hochwasser", recipients="Alle")
    sent = Invitation.everything.get()
    assert (sent.shortened_reason, sent.recipients, sent.sent_on) == ("Hochwasser", "Alle", day)


def test_the_agenda_as_invited_is_kept_and_a_nachtrag_names_what_came_later(house: House) -> None:
    meeting = s.plan(house, "social")
    first = s.paper(house, meeting, "social", subject="A")
    secret = s.paper(house, meeting, "social", subject="B", public=False)
    with pytest.raises(RuleViolation, match="noch nicht eingeladen"):
        s.act(house, meeting, SupplementAnswer(f.DAY))
    s.invite(house, meeting)
    with pytest.raises(RuleViolation, match="nichts auf die Tagesordnung gekommen"):
        s.act(house, meeting, SupplementAnswer(f.DAY))
    late = s.paper(house, meeting, "social", subject="C")
    s.act(house, meeting, SupplementAnswer(f.DAY))
    invited, further = Invitation.everything.order_by("number")
    assert invited.content == [
        {"number": "Ö 1", "title": "A", "public": True, "item": first.pk},
        {"number": "N 1", "title": "B", "public": False, "item": secret.pk},
    ]
    assert further.content == [{"number": "Ö 2", "title": "C", "public": True, "item": late.pk}]
    s.act(house, meeting, OpenAnswer())
    with pytest.raises(RuleViolation, match="ist eine Erweiterung"):
        s.act(house, meeting, SupplementAnswer(f.DAY))


def test_a_meeting_is_opened_suspended_resumed_and_closed(house: House) -> None:
    meeting = s.plan(house, "social", hour=17)
    chair = Person.objects.filter(municipality=house.municipality).first()
    assert chair is not None
    with pytest.raises(PermissionDenied, match="Schriftführung"):
        s.act(house, meeting, OpenAnswer(), actor="head")
    with pytest.raises(RuleViolation, match="angesetzt; bitte verlegen"):
        s.act(house, meeting, OpenAnswer(at=f.at(f.DAY - WEEK)))
    for early in (SuspendAnswer(), ResumeAnswer(), CloseAnswer()):
        with pytest.raises(RuleViolation, match="noch nicht eröffnet"):
            s.act(house, meeting, early)
    meeting = s.act(house, meeting, OpenAnswer(chair_id=chair.pk), actor="minutes")
    assert (meeting.opened_at, meeting.chair) == (f.at(hour=17), chair)
    s.act(house, meeting, SuspendAnswer(f.at(hour=18), "Beratung der Fraktionen"))
    with pytest.raises(RuleViolation, match="wurde um 18:00 Uhr unterbrochen"):
        s.act(house, meeting, ResumeAnswer(f.at(hour=17)))
    s.act(house, meeting, ResumeAnswer(f.at(hour=19)))
    meeting = s.act(house, meeting, SuspendAnswer(f.at(hour=20)))
    assert meeting.state == MeetingState.SUSPENDED
    meeting = s.act(house, meeting, CloseAnswer(f.at(hour=21)))
    assert meeting.state == MeetingState.CLOSED
    assert list(MeetingBreak.objects.values_list("ended_at", flat=True)) == [
        f.at(hour=19),
        f.at(hour=21),
    ]
    with pytest.raises(RuleViolation, match="geschlossen"):
        s.paper(house, meeting, "social")


def test_a_meeting_closes_with_open_items_for_a_reason_that_is_asked_by_name(house: House) -> None:
    meeting = s.plan(house, "social")
    done, left = (s.paper(house, meeting, "social", subject=name) for name in "AB")
    note = s.add_item(house, meeting, "social", "Mitteilungen", ItemKind.REPORTS)
    s.invite(house, meeting)
    s.act(house, meeting, OpenAnswer())
    s.record(house, done, Outcome.NOTED)
    with pytest.raises(RuleViolation, match=r"Noch ohne Ergebnis: TOP Ö 2, TOP Ö 3\.") as asked:
        s.act(house, meeting, CloseAnswer())
    assert asked.value.waivable
    closed = s.act(house, meeting, CloseAnswer(reason="Ergebnisse folgen morgen"))
    assert closed.state == MeetingState.CLOSED
    assert [s.take(item).outcome for item in (done, left, note)] == [Outcome.NOTED, "", ""]


def test_the_rest_is_put_off_in_one_act_and_waits_for_the_next_meeting(house: House) -> None:
    set_standard(
        house,
        "social",
        (ItemKind.OPENING, "Eröffnung", False),
        (ItemKind.REPORTS, "Bericht", False),
        (ItemKind.CLOSING, "Schließung", True),
    )
    meeting = s.plan(house, "social", standard=True)
    done, left = (s.paper(house, meeting, "social", subject=name) for name in "AB")
    other = s.add_item(house, meeting, "social", "Verschiedenes")
    s.invite(house, meeting)
    s.act(house, meeting, OpenAnswer())
    s.record(house, done, Outcome.NOTED)
    closing = s.items(meeting)[-1]
    with pytest.raises(RuleViolation, match="beendet die Sitzung"):
        s.act(house, meeting, PostponeRestAnswer(item_ids=(closing.pk,)))
    with pytest.raises(RuleViolation, match="hat schon ein Ergebnis"):
        s.act(house, meeting, PostponeRestAnswer(item_ids=(done.pk,)))

    meeting = s.act(house, meeting, PostponeRestAnswer(close=True), actor="minutes")
    assert outcomes(meeting) == ["", "", Outcome.NOTED, Outcome.POSTPONED, Outcome.POSTPONED, ""]
    assert meeting.state == MeetingState.CLOSED
    with pytest.raises(RuleViolation, match="nichts mehr offen"):
        s.act(house, meeting, PostponeRestAnswer())
    later = s.plan(house, "social", day=f.DAY + WEEK)
    again = s.add_paper(house, later, s.proposal_of(left), "social")
    assert (again.resumes, s.take(other).outcome) == (left, Outcome.POSTPONED)


def test_the_non_public_part_may_come_first_without_ending_the_public_one(house: House) -> None:
    meeting = s.plan(house, "social")
    passed, left = (s.add_item(house, meeting, "social", name) for name in "AB")
    secret = s.paper(house, meeting, "social", public=False)
    s.act(house, meeting, OpenAnswer())
    s.record(house, secret, Outcome.NOTED)
    s.act(house, meeting, PostponeRestAnswer(item_ids=(left.pk,)))
    assert [s.take(item).outcome for item in (passed, left)] == ["", Outcome.POSTPONED]
    with pytest.raises(RuleViolation, match="nichts mehr offen"):
        s.act(house, meeting, PostponeRestAnswer())
    other = s.add_item(house, meeting, "social", "C", reason="Vergessen")
    s.act(house, meeting, PostponeRestAnswer())
    assert s.take(other).outcome == Outcome.POSTPONED


def test_a_withdrawn_paper_is_carried_nowhere(house: House) -> None:
    meeting, later = s.plan(house, "social"), s.plan(house, "social", day=f.DAY + WEEK)
    item, other = (s.paper(house, meeting, "social") for _ in range(2))
    f.withdraw(house, s.proposal_of(item))
    s.act(house, meeting, CancelAnswer("Sturm", to_meeting_id=later.pk))
    assert [row.consultation for row in s.items(later)] == [other.consultation]


def test_what_was_put_off_goes_straight_onto_the_next_agenda(house: House) -> None:
    meeting, later = s.plan(house, "social"), s.plan(house, "social", day=f.DAY + WEEK)
    earlier = s.plan(house, "social", day=f.DAY - WEEK)
    paper = s.paper(house, meeting, "social")
    part = s.add_item(house, meeting, "social", "Zu A", parent_id=paper.pk)
    with pytest.raises(RuleViolation, match="auf eine spätere Sitzung"):
        s.act(house, meeting, PostponeRestAnswer(to_meeting_id=earlier.pk))
    s.act(house, meeting, PostponeRestAnswer(no_quorum=True, to_meeting_id=later.pk))
    assert outcomes(meeting) == [Outcome.NO_QUORUM, Outcome.NO_QUORUM]
    first, second = s.items(later)
    assert (first.resumes, second.resumes, second.parent) == (paper, part, first)
    assert first.consultation == paper.consultation
    s.record(house, first, Outcome.NOTED)


def test_after_the_signature_the_rest_is_put_off_with_a_reason(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social")
    f.sign(house, meeting)
    with pytest.raises(RuleViolation, match="schon unterschrieben"):
        s.act(house, meeting, PostponeRestAnswer())
    s.act(house, meeting, PostponeRestAnswer(reason="Übersehen"))
    assert AgendaItem.everything.get(pk=item.pk).outcome == Outcome.POSTPONED
