"""Scenario 15, the paper trail: what minutes said stays, later ones say what was wrong."""

import hashlib
from datetime import timedelta

import pytest

from proposals.documents import store
from proposals.documents.checks import findings, text_of
from proposals.models import (
    AgendaItem,
    Excerpt,
    ExcerptRecipient,
    Meeting,
    MeetingDocument,
    Minutes,
    MinutesCorrection,
    ResultReview,
    Role,
    Vote,
)
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.documents import MeetingDocumentKind
from proposals.services.documents import run_outbox
from proposals.services.meeting import (
    ApproveMinutesAnswer,
    CorrectMinutesAnswer,
    ExcerptFor,
    ExcerptsAnswer,
    KeepMinutesAnswer,
    SignMinutesAnswer,
)
from tests import factories as f
from tests import sittings as s
from tests.census import refused

NEXT = f.DAY + timedelta(days=30)
PUBLIC = MeetingDocumentKind.MINUTES_PUBLIC
RESERVATION = "vorbehaltlich der Genehmigung des Protokolls"


@pytest.fixture
def decided(county: f.House) -> AgendaItem:
    """An item decided 21:20, its excerpt issued, its minutes signed and approved."""
    f.make_user(county, "lawyer", Role.LEGAL)
    item = s.paper(county, s.plan(county, "council"))
    s.number(county, item.meeting)
    s.record(county, s.take(item), Outcome.DECIDED, (21, 20, 0))
    return s.take(item)


def excerpt(house: f.House, item: AgendaItem, *offices: str, outside: str = "") -> None:
    """Issue an excerpt of the item to offices and somebody outside."""
    to = ExcerptFor(item.pk, tuple(house.office(name).pk for name in offices), (outside,))
    s.act(house, item.meeting, ExcerptsAnswer((to,), f.DAY))


def made() -> list[MeetingDocument]:
    """Make what was asked for; return every file of a meeting, the newest last."""
    assert [done.failure for done in run_outbox() if done.failure] == []
    return list(MeetingDocument.everything.order_by("pk"))


def words(document: MeetingDocument) -> str:
    """Return the text of a file as it lies in the store, which must be what its row says."""
    data = store.get(document.digest)
    assert (len(data), findings(data)) == (document.size, [])
    return text_of(data)


def sign(house: f.House, meeting: Meeting, *, approve: bool = False) -> None:
    s.act(house, meeting, SignMinutesAnswer(f.DAY))
    if approve:
        s.act(house, meeting, ApproveMinutesAnswer(f.DAY))


def test_scenario_15_the_approved_file_stays_and_later_minutes_carry_the_correction(
    county: f.House, decided: AgendaItem
) -> None:
    sign(county, decided.meeting, approve=True)
    (signed,) = made()
    before = store.get(signed.digest)
    assert hashlib.sha256(before).hexdigest() == signed.digest
    assert "mehrheitlich (21 Ja, 20 Nein" in words(signed)
    assert "§" not in words(signed), "the law's paragraphs stand on the page"

    s.record(county, decided, Outcome.DECIDED, (20, 21, 0), reason="Eine Stimme doppelt")
    later = s.plan(county, "council", day=NEXT)
    point = s.add_item(
        county, later, "council", "", ItemKind.MINUTES, approves_id=decided.meeting_id
    )
    new = Vote.everything.get(agenda_item=decided, corrects__isnull=False)
    answer = CorrectMinutesAnswer(point.pk, decided.meeting_id, vote_id=new.pk)
    s.act(county, later, answer)

    minutes = Minutes.everything.get(meeting=decided.meeting)
    (correction,) = MinutesCorrection.everything.all()
    assert (correction.minutes, correction.agenda_item, correction.vote) == (minutes, point, new)
    assert correction.text == (
        f"TOP {decided.number}: 20 Ja, 21 Nein, 0 Enthaltungen statt 21 Ja, 20 Nein, "
        "0 Enthaltungen."
    )
    s.act(county, later, SignMinutesAnswer(NEXT))
    papers = made()
    assert [row.meeting for row in papers if row.kind == PUBLIC] == [decided.meeting, later]
    assert f"Berichtigung des Protokolls vom 01.03.2024: {correction.text}" in words(papers[-1])
    assert store.get(signed.digest) == before, "the approved file stays as it is"
    assert ResultReview.everything.get(agenda_item=decided).decision == "", "nothing is switched"


def test_scenario_15_approved_minutes_take_no_further_file(
    county: f.House, decided: AgendaItem
) -> None:
    keep = KeepMinutesAnswer(reason="Ergebnis berichtigt")
    with refused("noch nicht unterschrieben"):
        s.act(county, decided.meeting, keep)
    sign(county, decided.meeting)
    with refused("warum eine weitere dazukommt"):
        s.act(county, decided.meeting, KeepMinutesAnswer())
    s.record(county, decided, Outcome.DECIDED, (22, 19, 0), reason="Zähler hat sich verhört")
    s.act(county, decided.meeting, keep)
    first, second = made()
    assert ("21 Ja" in words(first), "22 Ja" in words(second)) == (True, True), "both are kept"

    s.act(county, decided.meeting, ApproveMinutesAnswer(f.DAY))
    with refused("seine Datei bleibt, wie sie ist"):
        s.act(county, decided.meeting, keep)
    assert made() == [first, second]


def test_scenario_15_what_was_signed_is_printed_though_the_file_is_made_later(
    county: f.House, decided: AgendaItem
) -> None:
    sign(county, decided.meeting)
    s.record(county, decided, Outcome.DECIDED, (22, 19, 0), reason="Zähler hat sich verhört")
    (signed,) = made()
    assert "21 Ja, 20 Nein" in words(signed)


def test_scenario_15_every_excerpt_names_its_recipients_and_a_reprint_is_a_new_one(
    county: f.House, decided: AgendaItem
) -> None:
    with refused("wer den Auszug zu TOP Ö 1 bekommt"):
        excerpt(county, decided)
    excerpt(county, decided, "lead", "treasury", outside="Landesamt für Soziales")
    sign(county, decided.meeting, approve=True)
    excerpt(county, decided, "lead")

    first, second = Excerpt.everything.filter(agenda_item=decided).order_by("number")
    assert (first.reserved, second.reserved) == (True, False)
    rows = ExcerptRecipient.everything.order_by("pk")
    assert [(row.excerpt, str(row)) for row in rows] == [
        (first, "Sozialamt"),
        (first, "Kämmerei"),
        (first, "Landesamt für Soziales"),
        (second, "Sozialamt"),
    ]
    papers = {row.excerpt: words(row) for row in made() if row.excerpt}
    assert (RESERVATION in papers[first], RESERVATION in papers[second]) == (True, False)
    assert "Landesamt für Soziales" in papers[first]
    assert "Abstimmungsergebnis: mehrheitlich (21 Ja, 20 Nein" in papers[second]


def test_scenario_15_one_act_issues_the_excerpts_of_a_whole_meeting(county: f.House) -> None:
    meeting = s.plan(county, "council")
    items = [s.paper(county, meeting) for _ in range(3)]
    for item in items[:2]:
        s.record(county, item, Outcome.DECIDED, (40, 2, 0))
    lead = (county.office("lead").pk,)
    with refused("hat kein Ergebnis"):
        s.act(county, meeting, ExcerptsAnswer(tuple(ExcerptFor(i.pk, lead) for i in items)))
    s.act(county, meeting, ExcerptsAnswer(tuple(ExcerptFor(i.pk, lead) for i in items[:2])))
    assert [row.agenda_item for row in made()] == items[:2]
