"""What the gate asks of the engine; nobody else touches an activation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from viewflow.workflow import PROCESS, STATUS
from viewflow.workflow.models import Process, Task

from proposals.models import AgendaItem, Consultation, CoSignature, Meeting, Proposal
from proposals.models.facts import current_submission, is_on_agenda, open_consultations
from proposals.rules.errors import RuleViolation

from .beside import BESIDE, OF_STEP, REVIEWS, Beside, Owner, belongs_to
from .flows import ConsultationFlow, ProposalFlow
from .models import ConsultationProcess, ProposalProcess

STATION_STEPS = ("schedule", "treat")
HUMAN = "HUMAN"


@dataclass(frozen=True, order=True)
class Turn:
    """One human step that waits: of which proposal, which step, about which row (None: itself).

    The two steps of a count error in an item without a paper have no proposal either.
    """

    proposal_id: int | None
    step: str
    subject_id: int | None = None


class TaskNotOpen(RuleViolation):
    """The step is no longer open: somebody was faster, or it fell away."""

    def __init__(self, *, withdrawn: bool = False) -> None:
        super().__init__(
            "Die Vorlage ist zurückgezogen. Es wurde nichts geändert."
            if withdrawn
            else "Dieser Schritt ist bereits erledigt oder entfallen. Es wurde nichts geändert."
        )


def open_tasks() -> QuerySet[Any]:
    """Return the tasks that wait for a person."""
    tasks: QuerySet[Any] = Task.objects.filter(flow_task_type=HUMAN, status=STATUS.NEW)
    return tasks.order_by()


def open_tasks_of(proposal: Proposal) -> QuerySet[Any]:
    """Return the open tasks of a proposal and of its stations."""
    mine = Q(process__proposalprocess__proposal=proposal) | Q(
        process__consultationprocess__consultation__proposal=proposal
    )
    for kind in BESIDE:
        mine |= _waits_beside(kind, proposal)
    return open_tasks().filter(mine)


def open_tasks_of_meeting(meeting: Meeting) -> QuerySet[Any]:
    """Return the open tasks on items of a meeting that have no proposal."""
    return open_tasks().filter(_waits_beside(REVIEWS, meeting))


def _waits_beside(kind: Beside, owner: Owner) -> Q:
    process = kind.flow.process_class
    return belongs_to(owner, f"process__{process._meta.model_name}__{process.ABOUT}__")


def turn_of(task: Any, process: Any) -> Turn:
    """Return the turn that an open task stands for; `process` is the task's own process."""
    if isinstance(process, ProposalProcess):
        subject = task.seed_object_id if task.flow_task.name == "co_sign" else None
        return Turn(process.proposal_id, task.flow_task.name, subject)
    row = getattr(process, process.ABOUT)
    return Turn(row.proposal_id, task.flow_task.name, row.pk)


def find(turn: Turn) -> Any:
    """Return the open task of a turn with its process at hand; raises TaskNotOpen."""
    flow, key = _flow_of(turn.step), turn.subject_id
    if flow is ProposalFlow:
        key = turn.proposal_id
    kind = flow.process_class
    process = kind.objects.filter(**{kind.ABOUT: key}).first()
    tasks = open_tasks().filter(process=process, flow_task=getattr(flow, turn.step))
    if turn.step == "co_sign":
        tasks = tasks.filter(seed_object_id=turn.subject_id)
    task = tasks.first() if process is not None else None
    if task is None:
        raise TaskNotOpen
    task.process = process
    return task


def _flow_of(step: str) -> Any:
    if step in STATION_STEPS:
        return ConsultationFlow
    return OF_STEP[step].flow if step in OF_STEP else ProposalFlow


def finish(task: Any, proposal: Proposal | None, subject: Any, actor: Any) -> None:
    """Walk the engine over a step whose facts are written; one instance per row in the chain.

    `actor` is None when the engine is rebuilt from facts.
    """
    activation = task.flow_task.activation_class(task)
    task.owner, task.status = actor, STATUS.ASSIGNED
    activation.start(None)
    bind(activation.process, proposal, subject)
    activation.execute()


def bind(process: Any, proposal: Proposal | None, subject: Any) -> None:
    """Let the gateways read the instances that the use case has just written."""
    row = proposal if isinstance(process, ProposalProcess) else subject
    setattr(process, process.ABOUT, row)


def start(proposal: Proposal) -> None:
    """Start the flow of a new proposal."""
    ProposalFlow.start.run(row=proposal)


def follow_facts(proposal: Proposal) -> None:
    """Let the engine follow the facts: a process for each open station, none for the others.

    Idempotent; covers release, referral, insertion, lapse, withdrawal, return and correction.
    """
    rows = {row.pk: row for row in open_consultations(proposal)}
    of_proposal = ConsultationProcess.objects.filter(consultation__proposal=proposal)
    processes = {process.consultation_id: process for process in of_proposal}
    running = {pk for pk, process in processes.items() if process.status == PROCESS.NEW}
    for pk in sorted(rows.keys() - running):
        if pk in processes:  # reopened by a correction: its old process is over
            _delete(processes[pk])
        _open(rows[pk])
    for pk in sorted(running - rows.keys()):
        _cancel(processes[pk])
    if not rows:
        _release_wait(proposal)
    elif _running_parent(proposal) is None:  # inserted after the last station had closed
        _forget_parent(proposal)
        _walk_parent(proposal)


def follow_agenda(proposal: Proposal) -> None:
    """Let each open station wait for what is next: an agenda, or the result.

    An act on a whole meeting puts stations on agendas and takes them off without their steps.
    """
    rows = {row.pk: row for row in open_consultations(proposal)}
    on_agenda = set(
        AgendaItem.everything.filter(consultation__in=rows, outcome="").values_list(
            "consultation", flat=True
        )
    )
    processes = ConsultationProcess.objects.filter(consultation__in=rows, status=PROCESS.NEW)
    by_pk = {process.pk: process for process in processes}
    for task in open_tasks().filter(process__in=by_pk):
        process = by_pk[task.process_id]
        row = rows[process.consultation_id]
        if (task.flow_task == ConsultationFlow.treat) == (row.pk in on_agenda):
            continue
        task.process = process
        finish(task, proposal, row, None)


def follow_reviews(meeting: Meeting) -> None:
    """Let a flow run for each open count error in an item of the meeting without a proposal."""
    follow_beside(meeting, REVIEWS)


def follow_beside(owner: Owner, *kinds: Beside) -> None:
    """Let a flow run for each row that waits beside the route, and for no other.

    `kinds` are those that an act may have touched; all of them where none is named.
    """
    for kind in kinds or BESIDE:
        about = kind.flow.process_class.ABOUT
        rows = {row.pk: row for row in kind.open_rows(owner)}
        processes = {getattr(row, f"{about}_id"): row for row in _processes(kind, owner)}
        running = {pk for pk, process in processes.items() if process.status == PROCESS.NEW}
        for pk in sorted(rows.keys() - running):
            if pk in processes:  # it had lapsed and waits again: the old process is over
                _delete(processes[pk])
            _open_beside(kind, owner, rows[pk])
        for pk in sorted(running - rows.keys()):
            _cancel(processes[pk])


def _processes(kind: Beside, owner: Owner) -> QuerySet[Any]:
    process = kind.flow.process_class
    rows: QuerySet[Any] = process.objects.filter(belongs_to(owner, f"{process.ABOUT}__"))
    return rows


def _open_beside(kind: Beside, owner: Owner, row: Any) -> None:
    """Start the flow of a row, past the step whose facts are there already."""
    proposal = owner if isinstance(owner, Proposal) else None
    row.proposal = proposal
    process = kind.flow.start.run(row=row)
    if passed := kind.passed(row):
        task = open_tasks().get(process=process, flow_task=getattr(kind.flow, passed))
        task.process = process
        finish(task, proposal, row, None)


def _open(consultation: Consultation) -> None:
    """Start a station's flow; on to the result where it stands on an agenda already."""
    process = ConsultationFlow.start.run(row=consultation)
    if is_on_agenda(consultation):
        task = open_tasks().get(process=process)
        task.process = process
        finish(task, consultation.proposal, consultation, None)


def _release_wait(proposal: Proposal) -> None:
    """Let the parent go on once no station is open."""
    _run_waiting(proposal, ProposalFlow.in_consultation)


def withdraw(proposal: Proposal) -> None:
    """Take the flow to its end "zurückgezogen"; the stations follow by `follow_facts`."""
    _run_waiting(proposal, ProposalFlow.withdraw)
    follow_beside(proposal)


def _running_parent(proposal: Proposal) -> Any:
    return ProposalProcess.objects.filter(proposal=proposal, status=PROCESS.NEW).first()


def _waiting(parent: ProposalProcess, node: Any) -> Any:
    return Task.objects.filter(process=parent, flow_task=node, status=STATUS.NEW).first()


def _run_waiting(proposal: Proposal, node: Any) -> None:
    """Run a node that waits for a word from outside, if it waits."""
    parent = _running_parent(proposal)
    task = _waiting(parent, node) if parent is not None else None
    if task is None:
        return
    task.process = parent
    activation = task.flow_task.activation_class(task)
    bind(activation.process, proposal, None)
    activation.run(None)
    activation.execute()


def _cancel(process: Any) -> None:
    """Cancel the open tasks of a row that fell away, and its process."""
    for task in Task.objects.filter(process=process, status=STATUS.NEW):
        task.status, task.finished = STATUS.CANCELED, timezone.now()
        task.save(update_fields=["status", "finished"])
    process.status, process.finished = PROCESS.CANCELED, timezone.now()
    process.save(update_fields=["status", "finished"])


def _delete(process: Any) -> None:
    Process.objects.filter(pk=process.pk).delete()


def forget(proposal: Proposal) -> None:
    """Delete every engine row of a proposal: they are disposable."""
    for kind in BESIDE:
        for process in _processes(kind, proposal):
            _delete(process)
    for process in ConsultationProcess.objects.filter(consultation__proposal=proposal):
        _delete(process)
    _forget_parent(proposal)


def forget_reviews(meeting: Meeting) -> None:
    """Delete the engine rows of a meeting's items without a proposal."""
    for process in _processes(REVIEWS, meeting):
        _delete(process)


def _forget_parent(proposal: Proposal) -> None:
    for process in ProposalProcess.objects.filter(proposal=proposal):
        _delete(process)


def waits_for_stations(proposal: Proposal) -> bool:
    """Answer whether the parent flow waits in "In Beratung"."""
    parent = _running_parent(proposal)
    return parent is not None and _waiting(parent, ProposalFlow.in_consultation) is not None


def subject_of(turn: Turn, proposal: Proposal | None) -> Any:
    """Return the row that a turn is about, fresh, sharing the gate's proposal instance.

    Without a proposal it is the count error of an item that has none.
    """
    if turn.step in STATION_STEPS:
        rows = Consultation.everything.select_related("committee__municipality")
        row: Any = rows.filter(proposal=proposal, pk=turn.subject_id or 0).first()
    elif turn.step in OF_STEP:
        beside = OF_STEP[turn.step].rows()
        row = beside.filter(proposal=proposal, pk=turn.subject_id or 0).first()
    elif turn.step == "co_sign":
        signatures = CoSignature.everything.select_related(
            "submission__version", "office", "taken_by"
        )
        row = signatures.filter(proposal=proposal, pk=turn.subject_id or 0).first()
    else:
        return proposal
    if row is None:
        raise TaskNotOpen
    row.proposal = proposal
    return row


def turns(tasks: QuerySet[Any]) -> Iterator[tuple[Any, Turn]]:
    """Return each open task with its turn, in a constant number of queries."""
    rows = list(tasks.select_related("process"))
    ids: dict[Any, list[int]] = {}
    for task in rows:
        ids.setdefault(task.flow_task.flow_class.process_class, []).append(task.process_id)
    by_pk: dict[int, Any] = {}
    for process_class, keys in ids.items():
        by_pk |= _with_rows(process_class).in_bulk(keys)
    for task in rows:
        yield task, turn_of(task, by_pk[task.process_id])


def _with_rows(process_class: Any) -> QuerySet[Any]:
    """Return processes with the rows they are about; of a proposal the key is all one needs."""
    processes: QuerySet[Any] = process_class.objects.all()
    if process_class is ProposalProcess:
        return processes
    return processes.select_related(process_class.ABOUT)


def rebuild(proposal: Proposal) -> None:
    """Walk a new flow over the steps whose facts exist; a withdrawn proposal gets none."""
    if proposal.withdrawn_on is not None:
        return
    _walk_parent(proposal)
    follow_facts(proposal)
    follow_beside(proposal)


def _walk_parent(proposal: Proposal) -> None:
    """Start the flow of a proposal and walk it to where the facts are."""
    start(proposal)
    submission = current_submission(proposal)
    if submission is not None:
        # answered co-signatures are not asked for again, a release is passed by its gateway
        finish(find(Turn(proposal.pk, "draft")), proposal, proposal, None)
        if submission.form_checked_on is not None:
            finish(find(Turn(proposal.pk, "check_form")), proposal, proposal, None)
