"""Input that cannot be right, or that is asked about: each with a sentence that names the rule."""

from datetime import timedelta
from typing import Any

import pytest

from proposals.models import AgendaItem, RollCallVote
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.shorthand import read
from proposals.rules.voting import Choice, VoteMode
from proposals.services.consultation import InsertAnswer
from proposals.services.meeting import InviteAnswer, MoveAnswer
from proposals.services.submission import SubmitAnswer
from tests import factories as f
from tests import sittings as s
from tests.census import refused
from workflows import gate
from workflows.engine import Turn

TWO_DECISIONS = (("main", f.DECISION), ("council", f.DECISION))


@pytest.fixture
def item(house: f.House) -> AgendaItem:
    """A matter of the council, four of whose five members are there."""
    meeting = s.plan(house, "council")
    s.call_roll(house, meeting, "council", 4)
    return s.paper(house, meeting)


def roll(house: f.House, *seats: int) -> tuple[tuple[int, Choice], ...]:
    members = s.members(house, "council")
    return tuple((members[seat].pk, Choice.YES) for seat in seats)


def test_more_votes_than_entitled_are_refused(house: f.House, item: AgendaItem) -> None:
    with refused("5 Stimmen eingetragen, aber nur 4 Stimmberechtigte anwesend"):
        s.record(house, item, Outcome.DECIDED, (3, 1, 1))
    with refused("Das Gremium hat nur 5 stimmberechtigte Mitglieder, angegeben sind 6"):
        s.record(house, item, Outcome.DECIDED, (3, 1, 1), entitled=6)
    s.record(house, item, Outcome.DECIDED, (3, 0, 0))  # somebody stands in the corridor
    assert s.vote_of(item).not_voted == 1


def test_who_is_absent_or_excluded_has_no_vote_in_a_roll_call(
    house: f.House, item: AgendaItem
) -> None:
    members = s.members(house, "council")
    with refused(f"{members[4]} ist bei diesem TOP nicht anwesend."):
        s.record(house, item, Outcome.DECIDED, roll=roll(house, 0, 1, 4))
    s.recuse(house, item, members[1])
    with refused(f"{members[1]} ist von der Mitwirkung ausgeschlossen. (§ 41 NKomVG)"):
        s.record(house, item, Outcome.DECIDED, roll=roll(house, 0, 1, 2))
    with refused(f"{members[2]} steht zweimal in der Liste."):
        s.record(house, item, Outcome.DECIDED, roll=roll(house, 0, 2, 2))
    item = s.record(house, item, Outcome.DECIDED, roll=roll(house, 0, 2, 3))
    assert RollCallVote.everything.filter(vote=s.vote_of(item)).count() == 3


def test_a_secret_vote_has_no_names(house: f.House, item: AgendaItem) -> None:
    with refused("Bei geheimer Abstimmung werden keine Namen festgehalten."):
        s.record(house, item, Outcome.DECIDED, mode=VoteMode.SECRET, roll=roll(house, 0, 1, 2))
    with refused("3 Stimmen abgegeben, gezählt sind aber 3 gültige und 1 ungültige"):
        s.record(house, item, Outcome.DECIDED, (2, 1, 0), mode=VoteMode.SECRET, cast=3, invalid=1)
    secret: dict[str, Any] = {"mode": VoteMode.SECRET, "cast": 4, "invalid": 1}
    vote = s.vote_of(s.record(house, item, Outcome.DECIDED, (2, 1, 0), **secret))
    assert (vote.cast, vote.invalid, vote.not_voted) == (4, 1, 0)


def test_a_second_deciding_station_is_asked_about(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route")
    insert = InsertAnswer(house.committee("main").pk, f.DECISION, "Auf Wunsch")
    secretary = house.user("secretary")
    with refused("Über jede Ziffer des Beschlusses entscheidet nur ein Gremium."):
        gate.insert(actor=secretary, proposal=proposal, answer=insert)

    draft = f.make_proposal(house, route=TWO_DECISIONS)
    turn, clerk = Turn(draft.pk, "draft"), house.user("clerk")
    with refused("In der Beratungsfolge entscheiden mehrere Gremien"):
        gate.complete(actor=clerk, turn=turn, answer=SubmitAnswer(on=f.DAY))
    answer = SubmitAnswer(on=f.DAY, reason="Ziffer 1 entscheidet der Kreisausschuss")
    gate.complete(actor=clerk, turn=turn, answer=answer)


def test_a_route_without_a_deciding_station_is_asked_about(house: f.House) -> None:
    draft = f.make_proposal(house, route=(("social", f.PRELIMINARY),))
    turn, clerk = Turn(draft.pk, "draft"), house.user("clerk")
    with refused("berät vor, aber in der Beratungsfolge entscheidet keines"):
        gate.complete(actor=clerk, turn=turn, answer=SubmitAnswer(on=f.DAY))
    answer = SubmitAnswer(on=f.DAY, reason="Entschieden hat der Kreistag schon 2023")
    gate.complete(actor=clerk, turn=turn, answer=answer)


def test_an_unknown_abbreviation_names_those_there_are() -> None:
    with pytest.raises(RuleViolation) as refusal:
        read("xy 3", entitled=5, role=f.DECISION)
    assert refusal.value.field == "result"
    sentence = str(refusal.value)
    assert sentence.startswith("„xy“ kenne ich nicht. Möglich sind: 30 8 4, e, n8, m, ea, ma, ew")
    with pytest.raises(RuleViolation, match="Das Gremium „ZZ“ kenne ich nicht"):
        read("> ZZ", entitled=5, role=f.DECISION, bodies={"ka": 1})


def test_a_meeting_is_not_dated_before_its_invitation(house: f.House, item: AgendaItem) -> None:
    late = f.DAY + timedelta(days=1)
    with refused("Die Sitzung ist am 01.03.2024; die Einladung kann nicht erst am 02.03.2024"):
        s.act(house, item.meeting, InviteAnswer(on=late))
    s.invite(house, item.meeting, on=f.DAY)
    with refused("am 01.03.2024 eingeladen; sie kann nicht schon am 29.02.2024 stattfinden"):
        answer = MoveAnswer(f.at(f.DAY - timedelta(days=1)), reason="Saal belegt")
        s.act(house, item.meeting, answer)
    with refused("Zu dieser Sitzung ist schon eingeladen. Bitte begründen Sie die Verlegung."):
        s.act(house, item.meeting, MoveAnswer(f.at(late)))
    moved = s.act(house, item.meeting, MoveAnswer(f.at(late), reason="Saal belegt"))
    assert moved.starts_at == f.at(late)
