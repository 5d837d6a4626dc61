"""Every act in every state: it is allowed and changes something, or a sentence refuses it.

The tables say where an act is allowed; everywhere else it is refused. Whoever adds an act adds
its row.
"""

import inspect
import re
from collections.abc import Callable, Mapping

import pytest
from django.db import transaction

from proposals.models import Proposal, Role, StandardItem
from proposals.rules.agenda import ItemKind
from proposals.rules.errors import RuleViolation
from tests import factories as f
from tests.census import census, changes
from tests.workflows import meeting_stands, paper_stands
from tests.workflows.acts import ACTS
from tests.workflows.paper_stands import Act
from workflows import gate
from workflows.meeting_acts import MEETING_ACTS
from workflows.paper_acts import PAPER_ACTS
from workflows.steps import STEPS

JOURNAL = {"proposals_entry", "proposals_entryobject", "proposals_reason", "proposals_head"}
SENTENCE = re.compile(r"[A-ZÄÖÜ0-9„].+[.)]", re.DOTALL)
# functions of the gate that are no acts of anybody
NO_ACTS = {"examine_meeting", "agrees", "examine", "rebuild"}
# acts that begin something, so that there is no state to try them in
BEGINNING = {"start", "take_over", "plan"}

UNCHANGED = "registered on_agenda dispatched advised stating postponed"
ON_THE_ROUTE = f"{UNCHANGED} changed exchanging"
TREATED = "advised stating postponed returned decided rejected settled noted withdrawn"
SIGNING = "co_signing awaiting_release expired"
DRAFTED = f"draft {SIGNING} released"
REVIEWED = "under_review stayed"
ANYWHERE = f"{DRAFTED} {ON_THE_ROUTE} {REVIEWED}"
PROPOSAL_ACTS = {
    "draft": "draft returned",
    "co_sign": "co_signing",
    "release": "awaiting_release expired",
    "check_form": "released",
    "schedule": "registered advised stating postponed changed exchanging",
    "treat": "on_agenda dispatched",
    "advise_review": REVIEWED,
    "decide_review": REVIEWED,
    "state": "stating",
    "decide_exchange": "exchanging",
    "withdraw": f"{DRAFTED} {ON_THE_ROUTE} returned settled noted",
    "insert": f"{ON_THE_ROUTE} decided rejected settled noted {REVIEWED}",
    "drop": "registered advised stating postponed changed exchanging",
    "urgent": ON_THE_ROUTE,
    "record": f"on_agenda dispatched {TREATED} {REVIEWED}",
    "correct": f"{TREATED} {REVIEWED}",
    "ballot": f"on_agenda dispatched {TREATED}",
}
PAPER_ANSWERS = {
    "RecallAnswer": SIGNING,
    "AskMoreAnswer": SIGNING,
    "DelegateAnswer": "co_signing",
    "ExpireAnswer": "co_signing",
    "LateAnswer": "expired",
    "TakeAnswer": "co_signing",
    # what is to be exchanged must say something else than what was issued: see test_exchange.py
    "PresentAnswer": "changed",
    "EditorialAnswer": f"released {UNCHANGED}",
    "LateAnnexAnswer": f"{UNCHANGED} changed",
    "TakeLeadAnswer": f"{ANYWHERE} returned decided rejected settled noted",
    "HandOverAnswer": "draft returned",
}
# where there is no item to act on
WITHOUT_ITEM = f"{DRAFTED} registered changed exchanging"

BEFORE, DURING = "planned invited", "running suspended"
PROVISIONAL = f"{BEFORE} {DURING} closed"
UNAPPROVED = f"{PROVISIONAL} signed"
HELD = f"{UNAPPROVED} approved"
MEETING_ANSWERS = {
    "MoveAnswer": BEFORE,
    "CancelAnswer": BEFORE,
    "InviteAnswer": "planned",
    "SupplementAnswer": "invited",
    "OpenAnswer": BEFORE,
    "SuspendAnswer": "running",
    "ResumeAnswer": "suspended",
    "CloseAnswer": DURING,
    "ReopenAnswer": "closed signed",
    "CorrectSittingAnswer": f"{DURING} closed signed",
    "PostponeRestAnswer": HELD,
    "SignMinutesAnswer": PROVISIONAL,
    "ApproveMinutesAnswer": "signed",
    "KeepMinutesAnswer": "signed",
    "CorrectMinutesAnswer": UNAPPROVED,
    "ExcerptsAnswer": f"{DURING} closed signed approved",
    "SheetAnswer": "",  # in a house that notes recommendations on the paper itself
    "AddItemAnswer": UNAPPROVED,
    "ChangeItemAnswer": UNAPPROVED,
    "OrderAnswer": "planned",
    "HeldAnswer": UNAPPROVED,
    "NumberAnswer": "planned",
    "TakeOffAnswer": "planned",
    "ExtendAnswer": UNAPPROVED,
    "StandardAnswer": UNAPPROVED,
    "NoteAnswer": UNAPPROVED,
    "RollAnswer": UNAPPROVED,
    "ArriveAnswer": UNAPPROVED,
    "LeaveAnswer": UNAPPROVED,
    "RecuseAnswer": UNAPPROVED,
    "QuorumAnswer": UNAPPROVED,
    "ItemResultAnswer": HELD,
    "BlockAnswer": HELD,
    "TakeBackAnswer": f"{DURING} closed",
    "BallotAnswer": UNAPPROVED,
}
ON_A_MEETING = {
    "schedule": f"{BEFORE} {DURING}",
    "record": HELD,
    "correct": HELD,
    "ballot": UNAPPROVED,
}


@pytest.fixture
def house(db: None) -> f.House:
    """Return a house with a Rechtsamt, a colleague, another office that drafts, a standard item."""
    house = f.make_house()
    f.make_user(house, "lawyer", Role.LEGAL)
    f.make_user(house, "colleague", Role.CLERK, office="lead")
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    with f.setting_up(house.municipality):
        StandardItem(
            committee=house.committee("social"), position=1, kind=ItemKind.REPORTS, title="Bericht"
        ).save()
    return house


def test_every_act_of_the_gate_has_its_row() -> None:
    public = {
        name
        for name, function in inspect.getmembers(gate, inspect.isfunction)
        if function.__module__ == gate.__name__ and not name.startswith("_")
    }
    tried = {*PROPOSAL_ACTS} - {*STEPS} | BEGINNING
    tried |= {"complete", "complete_meeting", "act"}
    assert public - NO_ACTS == tried == {*ACTS}
    assert {*STEPS} <= {*PROPOSAL_ACTS}
    assert {answer.__name__ for answer in MEETING_ACTS} == {*MEETING_ANSWERS}
    assert {*paper_stands.PROPOSAL_ACTS} == {*PROPOSAL_ACTS}
    signing = {answer.__name__ for answer in PAPER_ACTS}
    assert signing == {*PAPER_ANSWERS} == {*paper_stands.PAPER_ACTS}
    assert {*meeting_stands.MEETING_ACTS} == {*MEETING_ANSWERS, *ON_A_MEETING}


@pytest.mark.parametrize("state", paper_stands.PROPOSALS)
def test_a_proposal_in_every_state_takes_or_refuses_every_act(house: f.House, state: str) -> None:
    proposal = paper_stands.proposal_at(house, state)

    def prepared(name: str) -> Act | None:
        return acts[name](house, proposal)

    acts = paper_stands.PROPOSAL_ACTS | paper_stands.PAPER_ACTS
    table = PROPOSAL_ACTS | PAPER_ANSWERS
    found = tried(prepared, table)
    nothing = {"record", "correct", "ballot"} if state in WITHOUT_ITEM.split() else set()
    assert {name for name, word in found.items() if word is None} == nothing
    assert allowed(found) == expected(table, state)


@pytest.mark.parametrize("state", meeting_stands.MEETINGS)
def test_a_meeting_in_every_state_takes_or_refuses_every_act(house: f.House, state: str) -> None:
    sitting = meeting_stands.sitting_at(house, state)

    def prepared(name: str) -> Act:
        return meeting_stands.MEETING_ACTS[name](sitting)

    found = tried(prepared, {**MEETING_ANSWERS, **ON_A_MEETING})
    assert allowed(found) == expected({**MEETING_ANSWERS, **ON_A_MEETING}, state)


def expected(table: Mapping[str, str], state: str) -> set[str]:
    return {name for name, states in table.items() if state in states.split()}


def allowed(found: Mapping[str, str | None]) -> set[str]:
    """Return the acts that went through; whatever refused the others said why."""
    silent = {name: word for name, word in found.items() if word and not SENTENCE.fullmatch(word)}
    assert silent == {}
    return {name for name, word in found.items() if word == ""}


def tried(prepared: Callable[[str], Act | None], names: Mapping[str, str]) -> dict[str, str | None]:
    """Try each act from the same place; return why it was refused, "" where it was not.

    None: there is nothing to act on.
    """
    before = census()
    found: dict[str, str | None] = {}
    for name in names:
        act = prepared(name)
        if act is None:
            found[name] = None
            continue
        point = transaction.savepoint()
        try:
            act()
        except RuleViolation as refusal:
            found[name] = str(refusal)
            assert changes(before) == {}, f"{name} was refused and yet changed something"
        else:
            found[name] = ""
            assert_one_act(name, changes(before))
        transaction.savepoint_rollback(point)
    return found


def assert_one_act(name: str, changed: Mapping[str, int]) -> None:
    """An act that was allowed is one entry, changes facts, and leaves the engine right."""
    assert changed["proposals_entry"] == 1, name
    assert changed.keys() - JOURNAL, f"{name} was allowed and changed nothing"
    for proposal in Proposal.everything.all():
        assert gate.examine(proposal.pk) == [], name
