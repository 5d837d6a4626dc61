"""What an evening brings: too few members, an adjournment, two bodies at one table."""

from datetime import date, timedelta

from proposals.models import AgendaItem, Consultation, Invitation, Meeting, Outbox, Proposal
from proposals.rules.consultation import Outcome
from proposals.rules.quorum import QuorumCause
from proposals.selectors.proposal_page import proposal_page
from proposals.services.drafting import DeadlineDraft
from proposals.services.meeting import MoveAnswer, PostponeRestAnswer
from tests import factories as f
from tests import sittings as s
from tests.census import census, refused
from tests.workflows.playing import assert_agreement
from workflows import gate

NEXT = f.DAY + timedelta(days=21)
OUT = "zurückgestellt (Beschlussunfähigkeit)"


def outcomes(rows: list[AgendaItem]) -> list[str]:
    """Return how items stand: the words of their outcome, "" where they have none."""
    return [str(s.take(row).get_outcome_display()) for row in rows]


def doubted_at_top_9(house: f.House) -> tuple[Meeting, list[AgendaItem]]:
    """Return a council meeting of TOP 1 to 11, whose 24 members are 19 from TOP 6 on."""
    meeting = s.plan(house, "council")
    rows = [s.add_item(house, meeting, "council", f"Punkt {top}") for top in range(1, 8)]
    rows += [s.paper(house, meeting) for _ in range(4)]
    s.invite(house, meeting)
    there = s.call_roll(house, meeting, "council", 24)
    stated = s.count_quorum(house, meeting, "council")
    assert (stated.quorate, stated.present, stated.needed) == (True, 24, 22)
    for row in rows[:5]:
        s.record(house, row, Outcome.DECIDED, (24, 0, 0))
    s.leave(house, rows[5], there[:5])
    for row in rows[5:8]:
        s.record(house, row, Outcome.DECIDED, (19, 0, 0))  # presumed: nobody doubts it
    statement = s.count_quorum(house, meeting, "council", QuorumCause.DOUBTED, rows[8])
    assert (statement.quorate, statement.present, statement.needed) == (False, 19, 22)
    return meeting, rows


def test_scenario_03_a_doubt_puts_the_rest_off_and_leaves_what_was_decided(
    county: f.House,
) -> None:
    meeting, rows = doubted_at_top_9(county)
    assert [s.take(row).number for row in (rows[8], rows[10])] == ["Ö 9", "Ö 11"]
    with refused("als nicht beschlussfähig festgestellt (19 von 22 nötigen Mitgliedern"):
        s.record(county, rows[8], Outcome.DECIDED, (19, 0, 0))

    s.act(county, meeting, PostponeRestAnswer(no_quorum=True))

    assert outcomes(rows) == ["beschlossen"] * 8 + [OUT] * 3
    assert s.status_of(rows[7]) == "adopted", "earlier results stay"
    assert s.stations(s.proposal_of(rows[8])) == [("council", "decision", "open")]


def test_scenario_03_the_second_meeting_is_quorate_for_these_matters_alone(
    county: f.House,
) -> None:
    meeting, rows = doubted_at_top_9(county)
    second = s.plan(county, "council", day=NEXT)
    s.act(county, meeting, PostponeRestAnswer(no_quorum=True, to_meeting_id=second.pk))
    other = s.paper(county, second)
    s.invite(county, second, hint=True)
    s.call_roll(county, second, "council", 6)

    (sent,) = Invitation.everything.filter(meeting=second)
    assert sent.hint, "§ 65 Abs. 2 NKomVG stands on the invitation"
    resumed = AgendaItem.everything.get(meeting=second, resumes=rows[8])
    stated = s.count_quorum(county, second, "council", QuorumCause.DOUBTED, resumed)
    assert (stated.quorate, stated.present, stated.needed) == (True, 6, 1)
    s.record(county, resumed, Outcome.DECIDED, (4, 2, 0))
    assert s.status_of(resumed) == "adopted"

    stated = s.count_quorum(county, second, "council", QuorumCause.DOUBTED, other)
    assert not stated.quorate, "it helps no other matter of the same agenda"
    with refused("als nicht beschlussfähig festgestellt (6 von 22"):
        s.record(county, other, Outcome.DECIDED, (4, 2, 0))


def decided_on(house: f.House, proposal: Proposal) -> list[str]:
    """Return what the page says about the deadlines."""
    page = proposal_page(f.reread(proposal), house.user("clerk"))
    return [row["note"] for row in page.deadlines]


def test_scenario_09_an_adjourned_matter_waits_for_a_meeting_nobody_has_planned(
    county: f.House,
) -> None:
    due = DeadlineDraft("Zuwendungsantrag", f.DAY + timedelta(days=7), authority="Land")
    meeting = s.plan(county, "council")
    item = s.paper(county, meeting, deadlines=[due])
    s.invite(county, meeting)
    proposal = s.proposal_of(item)
    assert decided_on(county, proposal) == [""]
    ordered = Outbox.objects.count()

    s.record(county, item, Outcome.POSTPONED)

    row = f.station(proposal, "council")
    assert (row.is_open, s.take(item).outcome) == (True, Outcome.POSTPONED), "treatment 1"
    assert Outbox.objects.count() > ordered, "its document is made anew"
    end = f"Die Frist „Zuwendungsantrag“ endet am {due.due_on:%d.%m.%Y}"
    assert decided_on(county, proposal) == [f"{end}; eine Sitzung für die Entscheidung fehlt noch."]

    second = s.plan(county, "council", day=NEXT)
    again = s.add_paper(county, second, proposal, "council")
    s.invite(county, second)
    conflict = f"{end}, vor der Sitzung für die Entscheidung am {NEXT:%d.%m.%Y}"
    assert decided_on(county, proposal) == [f"{conflict}; eine Verlängerung ist nicht beantragt."]
    assert f.reread(proposal).number == proposal.number
    sent = Invitation.everything.filter(meeting__in=[meeting, second])
    named = [line["item"] for row in sent.order_by("pk") for line in row.content]
    assert named == [item.pk, again.pk], "each Versand is kept"
    s.record(county, again, Outcome.DECIDED, (43, 0, 0))
    treatments = AgendaItem.everything.filter(consultation=row).order_by("pk")
    assert [row.outcome for row in treatments] == ["postponed", "decided"]


def test_scenario_12_two_committees_at_one_table_vote_each_for_itself(county: f.House) -> None:
    s.make_committee(county, "school", seats=9)
    route = (("social", f.PRELIMINARY), ("school", f.PRELIMINARY), ("council", f.DECISION))
    proposal = f.make_proposal(county, "in_route", route=route)
    meeting = s.plan(county, "social", "school")
    first = s.add_paper(county, meeting, proposal, "social")
    second = s.add_paper(county, meeting, proposal, "school")
    s.invite(county, meeting)
    first, second = s.take(first), s.take(second)
    assert (second.joint_with, first.number) == (first, second.number), "one TOP for both"
    assert [body.committee.short_name for body in meeting.bodies.order_by("pk")] == [
        "social",
        "school",
    ], "the leading one first"

    s.call_roll(county, meeting, "social", 11)
    s.call_roll(county, meeting, "school", 5)
    assert s.count_quorum(county, meeting, "social").needed == 6
    assert s.count_quorum(county, meeting, "school").needed == 5
    first = s.record(county, first, Outcome.RECOMMENDED, (11, 0, 0))
    with refused("6 Stimmen eingetragen, aber nur 5 Stimmberechtigte anwesend"):
        s.record(county, second, Outcome.NOT_RECOMMENDED, (2, 4, 0))
    second = s.record(county, second, Outcome.NOT_RECOMMENDED, (2, 3, 0))

    assert (s.vote_of(first).entitled, s.vote_of(second).entitled) == (11, 5)
    assert s.stations(proposal)[:2] == [
        ("social", "preliminary", "recommended"),
        ("school", "preliminary", "not_recommended"),
    ]
    assert gate.examine(proposal.pk) == []


def test_scenario_21_the_rest_is_adjourned_in_one_act(county: f.House) -> None:
    meeting = s.plan(county, "council")
    done = s.paper(county, meeting)
    due = DeadlineDraft("Antrag", f.DAY + timedelta(days=7))
    papers = [s.paper(county, meeting, deadlines=[due]) for _ in range(4)]
    others = [s.add_item(county, meeting, "council", f"Bericht {n}") for n in range(7)]
    s.record(county, done, Outcome.DECIDED, (43, 0, 0))
    entries = census()["proposals_entry"]

    s.act(county, meeting, PostponeRestAnswer())

    assert census()["proposals_entry"] == entries + 1, "eleven items, one act"
    assert outcomes([*papers, *others]) == ["vertagt"] * 11, "the minutes list them"
    assert outcomes([done]) == ["beschlossen"]
    for row in papers:
        proposal = s.proposal_of(row)
        assert_agreement(proposal)
        assert s.stations(proposal) == [("council", "decision", "open")]
        assert "fehlt noch" in decided_on(county, proposal)[0], "deadlines are computed anew"
    with refused("Es ist nichts mehr offen"):
        s.act(county, meeting, PostponeRestAnswer())


def test_scenario_21_each_matter_goes_to_the_next_meeting_where_there_is_one(
    county: f.House,
) -> None:
    meeting, following = s.plan(county, "council"), s.plan(county, "council", day=NEXT)
    rows = [s.paper(county, meeting) for _ in range(3)]
    s.act(county, meeting, PostponeRestAnswer(to_meeting_id=following.pk))
    resumed = list(AgendaItem.everything.filter(meeting=following).order_by("position"))
    assert [row.resumes for row in resumed] == rows
    for row in resumed:
        assert_agreement(s.proposal_of(row))
    s.act(county, following, MoveAnswer(f.at(NEXT + timedelta(days=1))))
    assert {s.take(row).meeting.starts_at for row in resumed} == {f.at(date(2024, 3, 23))}
    waiting = Consultation.everything.filter(concluded_by__isnull=True)
    assert waiting.count() == 3
