"""Legal acts on a small pure model of a proposal, for walks that the status has to keep up with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from proposals.rules.consultation import (
    DECIDING,
    ConsultationRole,
    Effect,
    Outcome,
    allowed_outcomes,
    effect_of,
    lapses_on_rejection,
)
from proposals.rules.lifecycle import (
    Facts,
    StationFact,
    objection_to_return,
    objection_to_withdrawal,
)

# Decisions and Kenntnisnahmen end a route, so they come up more often than their share.
ROLES = (*ConsultationRole, ConsultationRole.DECISION, ConsultationRole.NOTE)


@dataclass
class Stop:
    """A station of the model's route."""

    role: ConsultationRole
    is_open: bool = True
    outcome: Outcome | None = None
    invited: bool = False
    lapsed: bool = False


@dataclass
class Model:
    """A proposal as a walk changes it."""

    rnd: Random
    withdrawn: bool = False
    submitted: bool = False
    returned_before: bool = False
    open_co_signatures: int = 0
    released: bool = False
    form_checked: bool = False
    decision: Outcome | None = None
    stayed: bool = False
    route: list[Stop] = field(default_factory=list)

    def facts(self) -> Facts:
        return Facts(
            withdrawn=self.withdrawn,
            submitted=self.submitted,
            returned_before=self.returned_before,
            open_co_signatures=self.open_co_signatures,
            released=self.released,
            form_checked=self.form_checked,
            decision=self.decision,
            stayed=self.stayed,
            stations=tuple(
                StationFact(stop.is_open, stop.outcome, stop.invited, stop.lapsed)
                for stop in self.route
            ),
        )

    @property
    def open(self) -> list[Stop]:
        return [stop for stop in self.route if stop.is_open]

    def send_back(self) -> None:
        self.submitted = self.released = self.form_checked = False
        self.open_co_signatures, self.returned_before = 0, True


def submit(model: Model) -> bool:
    if model.submitted or not model.open:
        return False
    model.submitted = True
    # An Antrag knows neither co-signing nor release.
    if model.rnd.random() < 0.1:
        model.released = True
    else:
        model.open_co_signatures = model.rnd.choice((0, 1, 2))
    return True


def co_sign(model: Model) -> bool:
    if not model.open_co_signatures:
        return False
    model.open_co_signatures -= 1
    return True


def co_signer_sends_back(model: Model) -> bool:
    if not model.open_co_signatures:
        return False
    model.send_back()
    return True


def ask_another_office(model: Model) -> bool:
    if not model.submitted or model.released or model.open_co_signatures > 2:
        return False
    model.open_co_signatures += 1
    return True


def release(model: Model) -> bool:
    if not model.submitted or model.open_co_signatures or model.released:
        return False
    model.released = True
    return True


def refuse_release(model: Model) -> bool:
    if not model.submitted or model.open_co_signatures or model.released:
        return False
    model.send_back()
    return True


def check_form(model: Model) -> bool:
    if not model.released or model.form_checked:
        return False
    model.form_checked = True
    return True


def return_formally(model: Model) -> bool:
    if not model.released or model.form_checked:
        return False
    model.send_back()
    return True


def invite(model: Model) -> bool:
    waiting = [stop for stop in model.open if not stop.invited]
    if not model.form_checked or not waiting:
        return False
    model.rnd.choice(waiting).invited = True
    return True


def cancel_meeting(model: Model) -> bool:
    invited = [stop for stop in model.open if stop.invited]
    if not invited:
        return False
    model.rnd.choice(invited).invited = False
    return True


def record_result(model: Model) -> bool:
    """Any open station, in any order, with any outcome its role may have."""
    if not model.form_checked or not model.open:
        return False
    stop = model.rnd.choice(model.open)
    outcomes = allowed_outcomes(stop.role)
    outcome = model.rnd.choice(outcomes[:3] if model.rnd.random() < 0.4 else outcomes)
    effect = effect_of(outcome)
    if effect == Effect.RETURNS and objection_to_return(model.facts()):
        return False
    if effect == Effect.WITHDRAWS and objection_to_withdrawal(model.facts()):
        return False
    stop.outcome, stop.is_open = outcome, effect == Effect.STAYS_OPEN
    if effect == Effect.REFERS:
        model.route.append(Stop(ConsultationRole.PRELIMINARY))
        model.route.append(Stop(stop.role))
    elif effect == Effect.RETURNS:
        fresh = [Stop(other.role) for other in (stop, *model.open)]
        _lapse(model.open)
        model.route += fresh
        model.send_back()
    elif effect == Effect.WITHDRAWS:
        model.withdrawn = True
        _lapse(model.open)
    else:
        _conclude(model, stop, outcome)
    return True


def _conclude(model: Model, stop: Stop, outcome: Outcome) -> None:
    """Only who decides moves more than its own station; who must approve undoes a decision."""
    if stop.role == ConsultationRole.APPROVAL and outcome == Outcome.REJECTED:
        model.decision = model.decision and outcome
    if stop.role != ConsultationRole.DECISION:
        return
    if outcome in DECIDING:
        model.decision = outcome
    if outcome == Outcome.REJECTED:
        _lapse([other for other in model.open if lapses_on_rejection(other.role)])
    elif outcome == Outcome.SETTLED:
        _lapse(model.open)


def head_decides(model: Model) -> bool:
    """An urgent decision in place of the council, which is told or has to approve."""
    deciding = [stop for stop in model.open if stop.role == ConsultationRole.DECISION]
    if not model.form_checked or model.decision or not deciding or model.rnd.random() < 0.7:
        return False
    _lapse([stop for stop in model.open if stop.role != ConsultationRole.NOTE])
    told = model.rnd.choice((ConsultationRole.NOTE, ConsultationRole.APPROVAL))
    model.route.append(Stop(told))
    model.decision = Outcome.DECIDED
    return True


def stay(model: Model) -> bool:
    """A count error: the head of the administration keeps a decision from being carried out."""
    if model.decision is None or model.stayed:
        return False
    model.stayed = True
    return True


def let_stand(model: Model) -> bool:
    if not model.stayed:
        return False
    model.stayed = False
    return True


def insert_station(model: Model) -> bool:
    if len(model.open) > 3:
        return False
    model.route.append(Stop(model.rnd.choice(ROLES)))
    return True


def drop_station(model: Model) -> bool:
    if not model.open:
        return False
    _lapse([model.rnd.choice(model.open)])
    return True


def withdraw(model: Model) -> bool:
    if objection_to_withdrawal(model.facts()) or model.rnd.random() < 0.7:
        return False
    model.withdrawn = True
    _lapse(model.open)
    return True


def _lapse(stops: list[Stop]) -> None:
    for stop in stops:
        stop.is_open, stop.lapsed = False, True


ACTS: tuple[Callable[[Model], bool], ...] = (
    submit,
    co_sign,
    co_signer_sends_back,
    ask_another_office,
    release,
    refuse_release,
    check_form,
    return_formally,
    invite,
    cancel_meeting,
    record_result,
    insert_station,
    drop_station,
    drop_station,
    head_decides,
    stay,
    let_stand,
    withdraw,
)
ONWARD = (submit, co_sign, release, check_form, record_result)


def start(rnd: Random) -> Model:
    """A fresh draft with one to three stations."""
    return Model(rnd, route=[Stop(rnd.choice(ROLES)) for _ in range(rnd.randint(1, 3))])


def act_of(model: Model) -> Callable[[Model], bool]:
    """The next act: every second one moves the proposal on, or walks would stay in the office."""
    return model.rnd.choice(ONWARD if model.rnd.random() < 0.5 else ACTS)
