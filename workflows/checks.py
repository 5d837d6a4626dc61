"""Do the engine's rows and the status agree with the facts? The independent second description."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from proposals.models import (
    CoSignature,
    Exchange,
    Meeting,
    Proposal,
    ResultReview,
    Role,
    StatementRequest,
    Submission,
)
from proposals.models.consultation import Consultation
from proposals.models.facts import current_submission, facts, is_on_agenda, open_consultations
from proposals.models.signing import UNRELEASED, UNSTATED
from proposals.models.standing import permission
from proposals.rules.co_signing import STAGES, Stage, Verdict
from proposals.rules.lifecycle import ProposalStatus, status

from . import engine
from .beside import Owner
from .engine import Turn
from .flows import drafting_permission
from .steps import STEPS

Expected = tuple[Turn, str]


def wrong_status(proposal: Proposal) -> str:
    """Return a sentence where the stored status is not the one the facts demand, else ""."""
    demanded = status(facts(proposal))
    if proposal.status == demanded:
        return ""
    stored = ProposalStatus(proposal.status)
    return f"Status „{stored.label}“, nach den Tatsachen „{demanded.label}“"


def wrong_tasks(owner: Owner) -> list[str]:
    """Return a sentence for each open task that is missing, and for each that must not be.

    Of a meeting they are the tasks on its items without a proposal.
    """
    if isinstance(owner, Meeting):
        return list(_differences(engine.open_tasks_of_meeting(owner), expected_of_meeting(owner)))
    return list(_wrong_tasks(owner))


def _differences(tasks: Any, expected: list[Expected]) -> Iterator[str]:
    turns = engine.turns(tasks)
    have, wanted = Counter((turn, task.owner_permission) for task, turn in turns), Counter(expected)
    for turn, whose in sorted((wanted - have).elements(), key=str):
        yield f"Aufgabe fehlt: {_words(turn)} für {whose}"
    for turn, whose in sorted((have - wanted).elements(), key=str):
        yield f"Aufgabe zu viel: {_words(turn)} für {whose}"


def _wrong_tasks(proposal: Proposal) -> Iterator[str]:
    wanted = expected_turns(proposal)
    yield from _differences(engine.open_tasks_of(proposal), wanted)
    waits = engine.waits_for_stations(proposal)
    if waits != any(turn.step in engine.STATION_STEPS for turn, _ in wanted):
        yield (
            "Vorgang wartet auf Beratungen, offen ist keine"
            if waits
            else "Beratungen sind offen, der Vorgang wartet nicht auf sie"
        )


def _words(turn: Turn) -> str:
    subject = "" if turn.subject_id is None else f" ({turn.subject_id})"
    return f"„{STEPS[turn.step].title}“{subject}"


def expected_turns(proposal: Proposal) -> list[Expected]:
    """Return whose turn it is by the facts alone: (turn, permission string)."""
    if proposal.withdrawn_on is not None:
        return []
    return [
        *_paper_turns(proposal),
        *_review_turns(proposal),
        *_statement_turns(proposal),
        *_exchange_turns(proposal),
    ]


def _paper_turns(proposal: Proposal) -> list[Expected]:
    """Return whose turn it is with the paper itself; a count error waits beside it."""
    house = proposal.municipality_id
    submission = current_submission(proposal)
    if submission is None:
        return [(Turn(proposal.pk, "draft"), drafting_permission(proposal))]
    if submission.form_checked_on is not None:
        return [_station_turn(row) for row in open_consultations(proposal)]
    if submission.released_on is not None:
        return [(Turn(proposal.pk, "check_form"), permission(Role.SECRETARY, house))]
    asked = _signing_turns(proposal, submission)
    return asked or [(Turn(proposal.pk, "release"), permission(Role.HEAD, house))]


def _signing_turns(proposal: Proposal, submission: Submission) -> list[Expected]:
    """Return who signs: of the stages of Mitzeichnung the first in which somebody has not yet."""
    pending = CoSignature.everything.filter(submission=submission, verdict=Verdict.PENDING)
    for stage in STAGES:
        role = Role.CO_SIGNER if stage == Stage.OFFICES else Role.OFFICE_HEAD
        asked = [
            (Turn(proposal.pk, "co_sign", row.pk), permission(role, row.office_id))
            for row in pending
            if row.stage == stage
        ]
        if asked:
            return asked
    return []


def _statement_turns(proposal: Proposal) -> list[Expected]:
    """Return the offices asked for a statement, which holds nobody up."""
    return [
        (Turn(proposal.pk, "state", row.pk), permission(Role.CO_SIGNER, row.office_id))
        for row in StatementRequest.everything.filter(UNSTATED, proposal=proposal)
    ]


def _exchange_turns(proposal: Proposal) -> list[Expected]:
    """Return the head's, where an Austauschfassung waits while the stations go on."""
    head = permission(Role.HEAD, proposal.municipality_id)
    rows = Exchange.everything.filter(UNRELEASED, proposal=proposal)
    return [(Turn(proposal.pk, "decide_exchange", row.pk), head) for row in rows]


def expected_of_meeting(meeting: Meeting) -> list[Expected]:
    """Return whose turn it is with count errors in items of a meeting without a proposal."""
    rows = ResultReview.everything.filter(proposal__isnull=True, agenda_item__meeting=meeting)
    return _turns_of_reviews(rows, meeting.municipality_id)


def _review_turns(proposal: Proposal) -> list[Expected]:
    rows = ResultReview.everything.filter(proposal=proposal)
    return _turns_of_reviews(rows, proposal.municipality_id)


def _turns_of_reviews(rows: Any, house: int) -> list[Expected]:
    turns = []
    for row in rows.filter(decided_on__isnull=True):
        if row.opinion_on is None:
            legal = permission(Role.LEGAL, house)
            turns.append((Turn(row.proposal_id, "advise_review", row.pk), legal))
        head = permission(Role.HEAD, house)
        turns.append((Turn(row.proposal_id, "decide_review", row.pk), head))
    return turns


def _station_turn(row: Consultation) -> Expected:
    step = "treat" if is_on_agenda(row) else "schedule"
    secretary = permission(Role.COMMITTEE_SECRETARY, row.committee_id)
    return Turn(row.proposal_id, step, row.pk), secretary
