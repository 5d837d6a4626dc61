"""Whose turn is it: the open tasks of a person, matched by permission strings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, DateField, F, OuterRef, Subquery, When
from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Consultation,
    CoSignature,
    Office,
    Proposal,
    ResultReview,
    Role,
    StatementRequest,
)
from proposals.models.standing import Standing, permission, standing_of

from . import engine
from .engine import Turn
from .flows import ProposalFlow, StatementFlow
from .steps import STEPS, Step

PAGE_SIZE = 25
_OF_OFFICE = (Role.CLERK, Role.CO_SIGNER, Role.OFFICE_HEAD)


@dataclass(frozen=True)
class OpenTask:
    """One line of "Meine Aufgaben".

    It is about a proposal, or about the `item` of an agenda that has none.
    `office` is whose inbox it lies in, `taken` who of it took it on (None: nobody has to),
    `on_behalf` says that the user has it in somebody's place.
    """

    turn: Turn
    step: Step
    proposal: Proposal | None
    consultation: Consultation | None
    since: date
    item: AgendaItem | None = None
    office: str = ""
    due_on: date | None = None
    taken: str | None = None
    on_behalf: bool = False

    @property
    def overdue(self) -> bool:
        """Answer whether its deadline is over."""
        return self.due_on is not None and self.due_on < timezone.localdate()


def count_for(user: Any) -> int:
    """Return how many steps wait for the user."""
    count: int = _mine(user).count()
    return count


def tasks_for(user: Any) -> list[OpenTask]:
    """Return the steps that wait for the user, in a constant number of queries.

    Those with a deadline first, the earliest before all; then the oldest.
    """
    return _lines(user, _in_order(_mine(user)))


def task_page(user: Any, number: str | None) -> Page[Any]:
    """Return one page of `tasks_for`; an unknown number is the nearest page."""
    found = Paginator(_in_order(_mine(user)), PAGE_SIZE).get_page(number)
    shown: Any = _lines(user, found.object_list)
    found.object_list = shown
    return found


def _in_order(tasks: Any) -> Any:
    """Sort tasks by their deadline, which stands in the row they are about."""
    signatures = CoSignature.everything.filter(pk=OuterRef("seed_object_id"))
    statements = StatementRequest.everything.filter(
        pk=OuterRef("process__statementprocess__request")
    )
    due = Case(
        When(flow_task=ProposalFlow.co_sign, then=Subquery(signatures.values("due_on")[:1])),
        When(flow_task=StatementFlow.state, then=Subquery(statements.values("due_on")[:1])),
        output_field=DateField(),
    )
    return tasks.annotate(due_on=due).order_by(F("due_on").asc(nulls_last=True), "created", "pk")


def _lines(user: Any, tasks: Any) -> list[OpenTask]:
    who = standing_of(user)
    pairs = list(engine.turns(tasks))
    turns = [turn for _, turn in pairs]
    proposals = _proposals(user, turns)
    stations = _stations(user, turns)
    requests = _requests(turns)
    items = _items(user, turns)
    offices = _offices(who)
    lines = []
    for task, turn in pairs:
        proposal = proposals.get(turn.proposal_id or 0)
        item = items.get(turn.subject_id or 0) if turn.proposal_id is None else None
        if proposal is None and item is None:
            continue
        at_station = turn.step in engine.STATION_STEPS
        request = requests.get(turn.subject_id or 0) if turn.step == "co_sign" else None
        lines.append(
            OpenTask(
                turn=turn,
                step=STEPS[turn.step],
                proposal=proposal,
                consultation=stations.get(turn.subject_id or 0) if at_station else None,
                since=timezone.localdate(task.created),
                item=item,
                office=offices.get(task.owner_permission, ""),
                due_on=task.due_on,
                taken=_taken(request) if request is not None else None,
                on_behalf=task.owner_permission in _held_for_others(who),
            )
        )
    return lines


def _proposals(user: Any, turns: list[Turn]) -> dict[int, Proposal]:
    keys = {turn.proposal_id for turn in turns if turn.proposal_id is not None}
    rows = Proposal.objects.visible_to(user).filter(pk__in=keys)
    return {row.pk: row for row in rows.select_related("lead_office", "municipality")}


def _stations(user: Any, turns: list[Turn]) -> dict[int, Consultation]:
    keys = {turn.subject_id or 0 for turn in turns if turn.step in engine.STATION_STEPS}
    rows = Consultation.objects.visible_to(user).filter(pk__in=keys)
    return {row.pk: row for row in rows.select_related("committee")}


def _items(user: Any, turns: list[Turn]) -> dict[int, AgendaItem]:
    """Return the visible items without a proposal, by the count error that waits in them."""
    keys = {turn.subject_id or 0 for turn in turns if turn.proposal_id is None}
    if not keys:
        return {}
    rows = ResultReview.objects.visible_to(user).filter(pk__in=keys)
    rows = rows.select_related("agenda_item__committee", "agenda_item__meeting__municipality")
    return {row.pk: row.agenda_item for row in rows}


def _requests(turns: list[Turn]) -> dict[int, CoSignature]:
    keys = {turn.subject_id or 0 for turn in turns if turn.step == "co_sign"}
    rows = CoSignature.everything.filter(pk__in=keys).select_related("taken_by__person")
    return {row.pk: row for row in rows}


def _taken(request: CoSignature) -> str:
    """Return who took it on, "" where nobody has yet."""
    return str(getattr(request.taken_by, "person", ""))


def _offices(who: Standing) -> dict[str, str]:
    """Return the office of each permission string that belongs to one."""
    held = [(role, scope) for role, scope in who.roles if role in _OF_OFFICE]
    names = {row.pk: row.name for row in Office.objects.filter(pk__in={pk for _, pk in held})}
    return {permission(role, scope): names.get(scope, "") for role, scope in held}


def _held_for_others(who: Standing) -> frozenset[str]:
    return frozenset(permission(role, scope) for role, scope in who.acting_for)


def turns_for(user: Any, proposal: Proposal) -> list[Turn]:
    """Return the open steps of one proposal that are the user's."""
    mine = standing_of(user).strings()
    pairs = engine.turns(engine.open_tasks_of(proposal).order_by("created", "pk"))
    return [turn for task, turn in pairs if task.owner_permission in mine]


def _mine(user: Any) -> Any:
    return engine.open_tasks().filter(owner_permission__in=standing_of(user).strings())
