"""What changes in an agenda or a count once the minutes are signed needs its reason."""

from collections.abc import Callable
from typing import Any

import pytest

from proposals.models import AgendaItem, Meeting, QuorumStatement, Reason, StandardItem
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.quorum import QuorumCause
from proposals.services.agenda import (
    AddItemAnswer,
    NumberAnswer,
    OrderAnswer,
    StandardAnswer,
)
from proposals.services.attendance import QuorumAnswer
from proposals.services.meeting import PostponeRestAnswer, SignMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House

REASON = "Beim Abschreiben übersehen"
Acts = Callable[[int, list[AgendaItem], str], Any]


@pytest.fixture
def signed(house: House) -> Meeting:
    """Return a meeting of an old case: no invitation, three items, minutes signed."""
    meeting = s.plan(house, "social")
    for title in "ABC":
        s.add_item(house, meeting, "social", title)
    s.call_roll(house, meeting, "social", 2)
    body = house.committee("social")
    with f.setting_up(body):
        StandardItem(committee=body, position=1, kind=ItemKind.OPENING, title="Eröffnung").save()
    return s.act(house, meeting, SignMinutesAnswer(f.DAY))


@pytest.mark.parametrize(
    "answer",
    [
        lambda body, items, why: OrderAnswer(tuple(row.pk for row in reversed(items)), why),
        lambda body, items, why: NumberAnswer(why),
        lambda body, items, why: StandardAnswer(body, why),
        lambda body, items, why: QuorumAnswer(body, QuorumCause.STATED, reason=why),
    ],
    ids=["order", "number", "standard", "quorum"],
)
def test_a_signed_agenda_changes_with_a_reason(house: House, signed: Meeting, answer: Acts) -> None:
    body, items = house.committee("social").pk, s.items(signed)
    with pytest.raises(RuleViolation, match="Bitte begründen Sie die Änderung") as asked:
        s.act(house, signed, answer(body, items, ""))
    assert (asked.value.field, asked.value.waivable) == ("reason", True)
    before = [(row.position, row.number) for row in items]
    s.act(house, signed, answer(body, items, REASON))
    after = [(s.take(row).position, s.take(row).number) for row in items]
    changed = after != before or len(s.items(signed)) > len(items)
    assert changed or QuorumStatement.everything.filter(meeting=signed).exists()
    assert Reason.objects.latest("pk").text == REASON


def test_what_was_put_off_and_resumed_elsewhere_keeps_its_outcome(house: House) -> None:
    meeting, later = s.plan(house, "social"), s.plan(house, "social", hour=20)
    item = s.add_item(house, meeting, "social", "Ortstermin")
    s.act(house, meeting, PostponeRestAnswer())
    s.record(house, item, Outcome.NOTED)  # nothing resumes it yet
    s.record(house, item, Outcome.POSTPONED)
    resuming = AddItemAnswer(item.committee_id, item.title, resumes_id=item.pk)
    s.act(house, later, resuming)
    with pytest.raises(RuleViolation, match=r"am 01\.03\.2024 wieder aufgenommen") as refused:
        s.record(house, item, Outcome.NOTED)
    assert refused.value.field == "outcome"
    assert s.record(house, item, Outcome.NO_QUORUM).outcome == Outcome.NO_QUORUM
