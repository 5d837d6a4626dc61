"""A statement is due at the next meeting, wherever that moves; it goes and comes as its result."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail

from proposals.models import AgendaItem, Entry, Meeting, Proposal, StatementRequest, Wording
from proposals.rules.co_signing import Trigger
from proposals.rules.consultation import Outcome
from proposals.rules.reminding import Reminder
from proposals.selectors.journal import history_of
from proposals.services.agenda import TakeOffAnswer
from proposals.services.finance_drafts import CostDraft
from proposals.services.mails import send_mails, statement_text
from proposals.services.meeting import CancelAnswer, MoveAnswer
from proposals.services.reminding import remind
from proposals.services.results import TakeBackAnswer
from proposals.services.statements import StateAnswer
from tests import factories as f
from tests import signing
from tests import sittings as s
from tests.factories import House
from tests.workflows.playing import assert_agreement
from workflows import gate
from workflows.engine import Turn

ROUTE = (("social", f.PRELIMINARY), ("main", f.PRELIMINARY), ("council", f.DECISION))
OWN = "<p>Ausschließlich durch einen externen Dienstleister für die Familie Muster.</p>"
LATER, LAST = f.DAY.replace(day=11), f.DAY.replace(day=25)
ONE = timedelta(days=1)


@pytest.fixture
def paper(county: House) -> Proposal:
    """A paper that costs money; only the Kämmerei has a rule."""
    signing.rule(county, "treasury", Trigger.COSTS)
    return f.make_proposal(
        county, "in_route", route=ROUTE, costs=[CostDraft("Anlaufstelle", Decimal(33000))]
    )


def recommend(house: House, proposal: Proposal) -> AgendaItem:
    outcome = Outcome.RECOMMENDED_CHANGED
    return f.treat(house, f.station(proposal, "social"), outcome, wording=OWN)


def request() -> StatementRequest:
    return StatementRequest.everything.select_related("office", "proposal").get()


def due() -> date | None:
    return request().due_on


def state(house: House) -> None:
    turn = Turn(request().proposal_id, "state", request().pk)
    gate.complete(actor=house.user("treasurer"), turn=turn, answer=StateAnswer("Gedeckt.", f.DAY))


def move(house: House, meeting: Meeting, day: date) -> None:
    s.act(house, meeting, MoveAnswer(f.at(day), None, "Raum belegt"))


def test_the_day_follows_the_next_meeting(county: House, paper: Proposal) -> None:
    recommend(county, paper)
    assert due() is None, "no meeting is known yet"
    last = f.schedule(county, f.station(paper, "council"), LAST)
    assert due() == LAST
    item = f.schedule(county, f.station(paper, "main"), LATER)
    assert due() == LATER
    move(county, item.meeting, LATER + ONE)
    assert due() == LATER + ONE
    move(county, item.meeting, LAST + ONE)
    assert due() == LAST, "the council comes first now"
    move(county, item.meeting, LATER)
    s.act(county, s.again(item.meeting), CancelAnswer("Keine Themen"))
    assert due() == LAST
    s.act(county, last.meeting, TakeOffAnswer(last.pk, "Noch nicht reif"))
    assert due() is None
    assert_agreement(paper)


def test_a_day_that_is_over_stays_and_an_answer_is_not_touched(
    county: House, paper: Proposal
) -> None:
    f.schedule(county, f.station(paper, "main"), LATER)
    recommend(county, paper)
    f.treat(county, f.station(paper, "main"), Outcome.RECOMMENDED)
    council = f.schedule(county, f.station(paper, "council"), LAST)
    assert due() == LATER, "the meeting has dealt with it without the statement"
    state(county)
    move(county, council.meeting, LAST + ONE)
    assert due() == LATER


def test_a_request_goes_with_the_result_that_asked_and_returns_with_it(
    county: House, paper: Proposal
) -> None:
    f.schedule(county, f.station(paper, "main"), LATER)
    item = recommend(county, paper)
    first = request()

    f.correct(county, item, Outcome.RECOMMENDED)
    assert request().lapsed_on is not None
    assert_agreement(paper)
    f.correct(county, s.take(item), Outcome.RECOMMENDED_CHANGED, wording=OWN)
    assert (request().pk, request().lapsed_on, due()) == (first.pk, None, LATER)
    assert_agreement(paper)

    s.act(county, item.meeting, TakeBackAnswer(item.pk, s.take(item).revision))
    assert request().lapsed_on is not None, "no result, no wording"
    assert_agreement(paper)
    s.record(county, item, Outcome.RECOMMENDED_CHANGED, (3, 0, 0), wording=OWN)
    assert (request().pk, request().lapsed_on) == (first.pk, None)
    assert request().wording == s.take(item).result_wording
    assert_agreement(paper)

    state(county)
    f.correct(county, s.take(item), Outcome.RECOMMENDED)
    f.correct(county, s.take(item), Outcome.RECOMMENDED_CHANGED, wording=OWN)
    assert Wording.everything.filter(html=OWN).count() > 1
    assert request().text == "Gedeckt.", "who has answered these words is not asked again"


def test_what_lapsed_with_the_route_returns_when_a_correction_opens_it(
    county: House, paper: Proposal
) -> None:
    recommend(county, paper)
    f.treat(county, f.station(paper, "main"), Outcome.RECOMMENDED)
    item = f.treat(county, f.station(paper, "council"), Outcome.DECIDED)
    assert request().lapsed_on is not None
    f.correct(county, item, Outcome.POSTPONED)
    assert request().lapsed_on is None
    assert_agreement(paper)


def sent() -> list[tuple[list[str], str]]:
    mail.outbox.clear()
    assert [mailed.failure for mailed in send_mails() if mailed.failure] == []
    return [(message.bcc, f"{message.subject} {message.body}") for message in mail.outbox]


def test_the_office_hears_of_it_by_mail_before_and_after_the_day(
    county: House, paper: Proposal
) -> None:
    user = county.user("treasurer")
    user.email = "treasurer@muster.example"
    user.save()
    f.schedule(county, f.station(paper, "main"), LATER)
    recommend(county, paper)
    ((who, text),) = sent()
    assert who == ["treasurer@muster.example"]
    assert f"Vorlage {paper.number} liegt zur Stellungnahme vor." in text
    assert "Frist: 11.03.2024" in text
    assert f"/vorlagen/{paper.pk}/stellungnahme/{request().pk}/" in text

    friday = LATER - 3 * ONE
    assert remind(friday - ONE) == 0
    entries = Entry.everything.count()
    assert (remind(friday), remind(friday)) == (1, 0)
    assert Entry.everything.count() == entries + 1
    assert "braucht bis morgen Ihre Stellungnahme" in sent()[0][1]
    assert (remind(LATER + ONE), remind(LATER + 2 * ONE)) == (1, 0)
    assert "die Frist ist abgelaufen" in sent()[0][1]
    told = [line.sentence for line in history_of(paper, county.user("secretary"))]
    assert told[:2] == ["An die Stellungnahme erinnert"] * 2

    state(county)
    assert remind(LAST) == 0


def test_a_new_day_is_reminded_of_again_and_what_fell_away_of_nothing(
    county: House, paper: Proposal
) -> None:
    meeting = f.schedule(county, f.station(paper, "main"), LATER).meeting
    item = recommend(county, paper)
    assert remind(LATER - 3 * ONE) == 1
    move(county, meeting, LATER + 7 * ONE)
    assert remind(LATER) == 0
    assert remind(LATER + 4 * ONE) == 1
    f.correct(county, item, Outcome.RECOMMENDED)
    assert remind(LAST) == 0
    assert sent() == []


def test_a_mail_says_nothing_of_the_wording_and_of_a_closed_paper_its_number_alone(
    county: House, paper: Proposal
) -> None:
    recommend(county, paper)
    for why in Reminder:
        subject, body = statement_text(request(), why)
        assert "Muster" not in subject + body
        assert f"Betreff: {paper.subject}" in body
        closed = request()
        closed.proposal.public = False
        assert paper.subject not in " ".join(statement_text(closed, why))
