"""Our own node types: a human step, one task per row, the wait for all stations, the one lock."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from viewflow import this
from viewflow.workflow import Activation, Node, Token, flow
from viewflow.workflow.base import Edge
from viewflow.workflow.flow import mixins as flow_mixins
from viewflow.workflow.nodes import mixins

from proposals.models import Meeting, Proposal


class ProposalLock:
    """The one lock: gate, timers and the engine's own entries queue on the proposal's row.

    viewflow's default is no lock at all, which doubled every vote on PostgreSQL. SQLite queues by
    BEGIN IMMEDIATE.
    """

    @contextmanager
    def __call__(self, flow_class: Any, process_pk: int) -> Iterator[None]:
        """Hold the row of the proposal that the process belongs to."""
        with transaction.atomic(savepoint=False):
            self.hold(flow_class, process_pk)
            yield

    def hold(self, flow_class: Any, process_pk: int) -> bool:
        """Lock the row of the proposal; False where the process belongs to none."""
        rows = Proposal.everything.select_for_update(no_key=True)
        held = rows.filter(pk=flow_class.proposal_id_of(process_pk))
        return bool(held.values_list("pk"))


class MeetingLock(ProposalLock):
    """The same lock; a matter of an item without a paper queues on its meeting's row."""

    def hold(self, flow_class: Any, process_pk: int) -> bool:
        """Lock the row of the proposal, or else that of the meeting."""
        if super().hold(flow_class, process_pk):
            return True
        rows = Meeting.everything.select_for_update(no_key=True)
        held = rows.filter(pk=flow_class.meeting_id_of(process_pk))
        return bool(held.values_list("pk"))


class Step(flow.View):
    """A human step. Its page is ours; the engine's own pages are not mounted."""

    def __init__(self) -> None:
        super().__init__(self._no_page)

    @staticmethod
    def _no_page(request: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("the pages of steps are workflows.views.steps")


class Ask(flow.If):
    """A gateway without a row of its own: it asks the facts and goes on at once.

    Drawn like an If. It saves three statements a passage; why it went left stands in the journal.
    """

    def _create(self, prev_activation: Any, token: Any, data: Any = None, seed: Any = None) -> Any:
        following = self._on_true if self._condition(prev_activation) else self._on_false
        return following._create(prev_activation, token)


class Stations(flow.Handle):
    """The wait for the stations, drawn as what it is: a multi-instance call of their flow."""

    task_type = "SUBPROCESS"
    bpmn_element = "callActivity"

    def __init__(self, called: str) -> None:
        super().__init__()
        self._called, self._multi_instance = called, True

    def bpmn_attrs(self) -> dict[str, Any]:
        """Name the flow that is called."""
        return {**super().bpmn_attrs(), "calledElement": self._called}


class ForEachActivation(Activation):
    """Activation of `ForEach`: one task per row, or the other branch where there is none."""

    @Activation.status.super()
    def activate(self) -> None:
        """Read the rows once."""
        self.rows = list(self.flow_task.rows(self))

    @Activation.status.super()
    def create_next(self) -> Iterator[Any]:
        """Create a task per row; without rows the token stays as it is, a split one would grow."""
        if not self.rows:
            yield self.flow_task._if_none._create(self, self.task.token)
            return
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for token, row in zip(tokens, self.rows, strict=False):
            yield self.flow_task._next._create(self, token, seed=row)


class ForEach(
    flow_mixins.NodeDetailMixin,
    flow_mixins.NodeExecuteMixin,
    flow_mixins.NodeUndoMixin,
    flow_mixins.NodeReviveMixin,
    mixins.NextNodeMixin,
    Node,
):
    """Parallel split over rows: one task of the next node per row, the row as `task.seed`."""

    task_type = "PARALLEL_GATEWAY"
    bpmn_element = "parallelGateway"
    activation_class = ForEachActivation
    shape = flow.Split.shape

    def __init__(self, rows: Callable[[Any], Iterable[models.Model]], **options: Any) -> None:
        super().__init__(**options)
        self.rows, self._if_none = rows, None

    def IfNone(self, node: Any) -> "ForEach":  # noqa: N802  # viewflow's own style
        """Go there where there is no row."""
        self._if_none = node
        return self

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.rows = this.resolve(instance, self.rows)
        self._if_none = this.resolve(instance, self._if_none)
        if self._next is not None:
            self._next._multi_instance = True

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        if self._if_none is not None:
            yield Edge(src=self, dst=self._if_none, edge_class="cond_false", label="keine")
