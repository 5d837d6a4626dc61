"""What is set right about a meeting: closed by mistake, another hour or chair, another day."""

from datetime import date, timedelta

import pytest

from proposals.models import HouseRule, Invitation, Meeting, MeetingBreak, Person
from proposals.models.calling import notice_of
from proposals.models.order import as_held
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.meeting import MeetingState
from proposals.rules.words import Land
from proposals.services.agenda import HeldAnswer
from proposals.services.attendance import ArriveAnswer, LeaveAnswer, RollAnswer, RollEntry
from proposals.services.meeting import (
    ApproveMinutesAnswer,
    CloseAnswer,
    CorrectSittingAnswer,
    InviteAnswer,
    MoveAnswer,
    OpenAnswer,
    ReopenAnswer,
    SignMinutesAnswer,
    SupplementAnswer,
    SuspendAnswer,
)
from tests import factories as f
from tests import sittings as s
from tests.factories import House

WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
OPENED, CLOSED = f.at(f.DAY, 17), f.at(f.DAY, 20)


def set_notice(house: House, days: int) -> None:
    """Give the council of a house its Ladungsfrist."""
    with f.setting_up(house.municipality):
        HouseRule(
            municipality=house.municipality,
            path="bodies.council.notice.days",
            value=days,
            source="§ 1 GeschO",
            valid_from=f.TERM_START,
        ).save()


def closed_meeting(house: House) -> Meeting:
    """Return a meeting of the social committee that opened at 17 and closed at 20 o'clock."""
    meeting = s.plan(house, "social")
    s.act(house, meeting, OpenAnswer(at=OPENED))
    return s.act(house, meeting, CloseAnswer(at=CLOSED))


def sign(house: House, meeting: Meeting, *, approve: bool = False) -> Meeting:
    signed = s.act(house, meeting, SignMinutesAnswer(f.DAY))
    return s.act(house, signed, ApproveMinutesAnswer(f.DAY)) if approve else signed


def test_a_meeting_that_was_closed_by_mistake_goes_on(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b, c = (s.paper(house, meeting, "social", subject=name) for name in "ABC")
    with pytest.raises(RuleViolation, match="noch nicht eröffnet"):
        s.act(house, meeting, ReopenAnswer())
    s.act(house, meeting, OpenAnswer(at=OPENED))
    s.record(house, c, Outcome.NOTED)
    s.act(house, meeting, CloseAnswer(at=CLOSED, reason="Versehen"))
    s.record(house, a, Outcome.NOTED)

    meeting = s.act(house, meeting, ReopenAnswer("Versehen"))
    assert (meeting.state, meeting.closed_at) == (MeetingState.RUNNING, None)
    held = as_held(s.items(meeting), over=False)
    assert [item.title for item in held] == ["A", "C", "B"]  # what was entered after it stays
    s.record(house, b, Outcome.NOTED)
    assert s.take(b).taken_up == 3
    with pytest.raises(RuleViolation, match="läuft schon"):
        s.act(house, meeting, ReopenAnswer())


def test_the_minutes_say_whether_a_meeting_may_still_be_set_right(house: House) -> None:
    acts = (
        ReopenAnswer(),
        CorrectSittingAnswer(OPENED + MINUTE, CLOSED),
    )
    meeting = sign(house, closed_meeting(house))
    for answer in acts:
        with pytest.raises(RuleViolation, match="Bitte begründen Sie die Änderung") as asked:
            s.act(house, meeting, answer)
        assert asked.value.waivable
    later = CorrectSittingAnswer(OPENED + MINUTE, CLOSED, reason="Uhr ging vor")
    assert s.act(house, meeting, later).opened_at == OPENED + MINUTE
    assert s.act(house, meeting, ReopenAnswer("Versehen")).state == MeetingState.RUNNING

    approved = s.plan(house, "main")
    s.act(house, approved, OpenAnswer(at=OPENED))
    s.act(house, approved, CloseAnswer(at=CLOSED))
    sign(house, approved, approve=True)
    for answer in (ReopenAnswer("Versehen"), later):
        with pytest.raises(RuleViolation, match="berichtigt das Protokoll einer späteren"):
            s.act(house, approved, answer)


def test_chair_minute_taker_and_hours_are_set_right_afterwards(house: House) -> None:
    meeting = closed_meeting(house)
    chair, keeper = s.members(house, "social")[:2]
    right = CorrectSittingAnswer(OPENED + MINUTE, CLOSED - MINUTE, chair.pk, keeper.pk)
    meeting = s.act(house, meeting, right, "minutes")
    assert (meeting.opened_at, meeting.closed_at) == (OPENED + MINUTE, CLOSED - MINUTE)
    assert (meeting.chair, meeting.minute_taker) == (chair, keeper)
    with pytest.raises(RuleViolation, match="ändert sich nichts"):
        s.act(house, meeting, right)


def test_hours_that_cannot_be_are_refused(house: House) -> None:
    running = s.plan(house, "social")
    with pytest.raises(RuleViolation, match="noch nicht eröffnet"):
        s.act(house, running, CorrectSittingAnswer(OPENED))
    s.act(house, running, OpenAnswer(at=OPENED))
    with pytest.raises(RuleViolation, match="noch nicht geschlossen"):
        s.act(house, running, CorrectSittingAnswer(OPENED, CLOSED))
    s.act(house, running, SuspendAnswer(at=f.at(f.DAY, 18)))
    s.act(house, running, CloseAnswer(at=CLOSED))
    assert MeetingBreak.objects.get().ended_at == CLOSED
    for opened, closed, sentence in (
        (OPENED, None, "wann die Sitzung geschlossen"),
        (CLOSED, OPENED, "nicht geschlossen worden sein, bevor"),
        (f.at(f.DAY, 19), CLOSED, "schon unterbrochen, bevor"),
        (OPENED, CLOSED - MINUTE, "noch unterbrochen, als"),
        (OPENED - timedelta(days=1), CLOSED, "früher kann sie nicht eröffnet"),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            s.act(house, running, CorrectSittingAnswer(opened, closed))
    stranger = f.make_house("other").user("secretary").person
    with pytest.raises(RuleViolation, match="gibt es hier nicht"):
        s.act(house, running, CorrectSittingAnswer(OPENED, CLOSED, stranger.pk))


def test_after_a_move_the_meeting_is_called_again(house: House) -> None:
    meeting = s.plan(house, "social")
    first = s.add_item(house, meeting, "social", "Bericht")
    meeting = s.invite(house, meeting, on=f.DAY - 2 * WEEK)
    s.add_item(house, meeting, "social", "Nachgereicht")
    s.act(house, meeting, SupplementAnswer(on=f.DAY - WEEK))
    with pytest.raises(RuleViolation, match="schon eingeladen"):
        s.act(house, meeting, InviteAnswer(on=f.DAY - WEEK, shortened_reason="Eile"))

    moved = s.act(house, meeting, MoveAnswer(f.at(f.DAY + WEEK, 17), reason="Saal belegt"))
    with pytest.raises(RuleViolation, match="die neue kann nicht früher versandt sein"):
        s.act(house, moved, InviteAnswer(on=f.DAY - 3 * WEEK))
    moved = s.act(house, moved, InviteAnswer(on=f.DAY - timedelta(days=3)))
    assert moved.invited_on == f.DAY - timedelta(days=3)
    sent = list(Invitation.everything.filter(meeting=meeting))
    assert [row.kind for row in sent] == ["invitation", "supplement", "invitation"]
    assert [len(row.content) for row in sent] == [1, 1, 2]
    assert [row.called_for for row in sent] == [OPENED, OPENED, f.at(f.DAY + WEEK, 17)]
    assert s.take(first).number == sent[0].content[0]["number"] == sent[2].content[0]["number"]
    with pytest.raises(RuleViolation, match="schon eingeladen"):
        s.act(house, moved, InviteAnswer(on=f.DAY))


def test_the_notice_period_counts_from_the_newest_invitation(house: House) -> None:
    meeting = s.plan(house, "council")
    s.add_item(house, meeting, "council", "Bericht")
    set_notice(house, 10)
    meeting = s.invite(house, meeting, on=f.DAY - 2 * WEEK)
    moved = s.act(house, meeting, MoveAnswer(f.at(f.DAY + WEEK, 17), reason="Saal belegt"))
    with pytest.raises(RuleViolation, match="die Ladungsfrist beträgt 10 Tage"):
        s.act(house, moved, InviteAnswer(on=f.DAY))
    s.act(house, moved, InviteAnswer(on=f.DAY, shortened_reason="Mit allen abgestimmt"))


TERM = date(2021, 11, 1)


def test_the_first_meeting_of_a_term_has_its_own_notice(house: House) -> None:
    later = s.plan(house, "council", day=TERM + timedelta(days=90))
    assert (later.constituting, notice_of(later).days) == (False, None)
    set_notice(house, 10)
    first = s.plan(house, "council", day=TERM + WEEK)
    notice = notice_of(first)
    assert (first.constituting, notice.days) == (True, 7)
    assert "§ 59" in notice.paragraph
    s.add_item(house, first, "council", "Verpflichtung")
    with pytest.raises(RuleViolation, match="die Ladungsfrist beträgt 7 Tage"):
        s.invite(house, first, on=TERM)
    s.invite(house, first, on=TERM - timedelta(days=1))

    second = s.plan(house, "council", day=TERM + 2 * WEEK)
    assert (second.constituting, notice_of(second).days) == (False, 10)
    assert not s.plan(house, "social", day=TERM + WEEK).constituting
    said = s.plan(house, "council", day=TERM + 3 * WEEK, constituting=True)
    assert notice_of(said).days == 7
    denied = s.plan(house, "council", day=TERM, constituting=False)
    assert not denied.constituting


def roll(house: House, person: Person, kind: AttendanceKind) -> RollAnswer:
    return RollAnswer(house.committee("council").pk, (RollEntry(person.pk, kind),))


def test_the_chair_is_in_the_room(house: House) -> None:
    """§ 64 Abs. 3 NKomVG."""
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council", "Bericht")
    chair, deputy = s.members(house, "council")[:2]
    s.act(house, meeting, roll(house, chair, AttendanceKind.REMOTE))
    with pytest.raises(RuleViolation, match="hat den Vorsitz und ist nur zugeschaltet") as refused:
        s.act(house, meeting, OpenAnswer(at=OPENED, chair_id=chair.pk))
    assert (refused.value.field, refused.value.paragraph) == ("chair", "§ 64 Abs. 3 NKomVG")
    s.act(house, meeting, OpenAnswer(at=OPENED, chair_id=deputy.pk))
    with pytest.raises(RuleViolation, match="nur zugeschaltet"):
        s.act(house, meeting, CorrectSittingAnswer(OPENED, chair_id=chair.pk))
    with pytest.raises(RuleViolation, match="nur zugeschaltet"):
        s.act(house, meeting, roll(house, deputy, AttendanceKind.REMOTE))
    remote = ArriveAnswer(item.committee_id, deputy.pk, item.pk, kind=AttendanceKind.REMOTE)
    with pytest.raises(RuleViolation, match="nur zugeschaltet"):
        s.act(house, meeting, remote)
    s.act(house, meeting, roll(house, deputy, AttendanceKind.PRESENT))


@pytest.mark.django_db
def test_where_the_law_says_nothing_the_chair_may_be_connected() -> None:
    house = f.make_house(land=Land.SH)
    meeting = s.plan(house, "council")
    chair = s.members(house, "council")[0]
    s.act(house, meeting, roll(house, chair, AttendanceKind.REMOTE))
    meeting = s.act(house, meeting, OpenAnswer(at=OPENED, chair_id=chair.pk))
    assert meeting.chair == chair


def test_an_order_in_which_somebody_leaves_before_coming_is_refused(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b, c = (s.add_item(house, meeting, "social", name) for name in "ABC")
    person = s.members(house, "social")[0]
    s.act(house, meeting, OpenAnswer(at=OPENED))
    s.act(house, meeting, ArriveAnswer(a.committee_id, person.pk, b.pk))
    s.act(house, meeting, LeaveAnswer(a.committee_id, person.pk, c.pk))
    with pytest.raises(RuleViolation, match="nicht hinter „gekommen“"):
        s.act(house, meeting, HeldAnswer((c.pk, b.pk)))
    s.act(house, meeting, HeldAnswer((a.pk, b.pk, c.pk)))
    assert [s.take(item).taken_up for item in (a, b, c)] == [1, 2, 3]
    with pytest.raises(RuleViolation, match="An der Reihenfolge ändert sich nichts"):
        s.act(house, meeting, HeldAnswer((a.pk, b.pk)))
