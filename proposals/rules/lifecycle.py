"""Status einer Vorlage: one coarse word, a function of the facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from .consultation import Outcome
from .errors import RuleViolation
from .words import Labelled


class ProposalStatus(Labelled):
    """Status einer Vorlage, a word for lists and search; never an input to routing."""

    DRAFT = "draft", "Entwurf"
    RETURNED = "returned", "Zurück an Federführung"
    IN_CO_SIGNING = "in_co_signing", "In Mitzeichnung"
    AWAITING_RELEASE = "awaiting_release", "Liegt zur Freigabe vor"
    RELEASED = "released", "Freigegeben"
    REGISTERED = "registered", "Im Kreistagsbüro"
    DISPATCHED = "dispatched", "Versandt"
    IN_CONSULTATION = "in_consultation", "In der Beratung"
    ADOPTED = "adopted", "Beschlossen"
    ADOPTED_CHANGED = "adopted_changed", "Geändert beschlossen"
    REJECTED = "rejected", "Abgelehnt"
    NOTED = "noted", "Zur Kenntnis genommen"
    SETTLED = "settled", "Erledigt"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    EXECUTION_STAYED = "execution_stayed", "Ausführung ausgesetzt (Einspruch/Beanstandung)"


@dataclass(frozen=True)
class StationFact:
    """A station of the route: its last outcome, whether an invitation is out, whether it lapsed.

    A lapsed station has no result: what a body left unfinished there no longer counts. Nor does
    what came to nothing before the body dealt with it (`consultation.UNTREATED`): `outcome` is
    None, `invited` false.
    """

    is_open: bool
    outcome: Outcome | None = None
    invited: bool = False
    lapsed: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything the status asks.

    `submitted`, `open_co_signatures`, `released` and `form_checked` are those of the current round;
    `returned_before` is true where an earlier submission came back. `decision` is the outcome of
    the station that decided last, None while none has. `stayed`: the head of the administration
    keeps it from being carried out, see rules/review.py.
    """

    withdrawn: bool = False
    submitted: bool = False
    returned_before: bool = False
    open_co_signatures: int = 0
    released: bool = False
    form_checked: bool = False
    decision: Outcome | None = None
    stayed: bool = False
    stations: tuple[StationFact, ...] = ()


S = ProposalStatus
_DECISION = {
    Outcome.DECIDED: S.ADOPTED,
    Outcome.DECIDED_CHANGED: S.ADOPTED_CHANGED,
    Outcome.REJECTED: S.REJECTED,
    Outcome.ELECTED: S.ADOPTED,
    Outcome.APPOINTED: S.ADOPTED,
}
_DECIDED = frozenset(_DECISION.values())
# What a meeting can make of a proposal in one act, whatever the status before.
_RESULTS = _DECIDED | {S.IN_CONSULTATION, S.NOTED, S.SETTLED, S.RETURNED}

ALLOWED: Mapping[ProposalStatus, frozenset[ProposalStatus]] = {
    S.DRAFT: frozenset({S.IN_CO_SIGNING, S.AWAITING_RELEASE, S.RELEASED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.IN_CO_SIGNING, S.AWAITING_RELEASE, S.RELEASED, S.WITHDRAWN}),
    S.IN_CO_SIGNING: frozenset({S.AWAITING_RELEASE, S.RETURNED, S.WITHDRAWN}),
    S.AWAITING_RELEASE: frozenset({S.IN_CO_SIGNING, S.RELEASED, S.RETURNED, S.WITHDRAWN}),
    # The form check opens the route; in a second round results of the first may stand already.
    S.RELEASED: frozenset(
        {S.REGISTERED, S.IN_CONSULTATION, S.NOTED, S.SETTLED, S.RETURNED, S.WITHDRAWN}
    ),
    S.REGISTERED: frozenset({S.DISPATCHED, S.WITHDRAWN}) | _RESULTS,
    # Back to registered: the meeting is cancelled or the station dropped.
    S.DISPATCHED: frozenset({S.REGISTERED, S.WITHDRAWN}) | _RESULTS,
    # Back on the way: the only station treated so far, a postponed one, is dropped.
    S.IN_CONSULTATION: frozenset({S.REGISTERED, S.DISPATCHED, S.WITHDRAWN})
    | (_RESULTS - {S.IN_CONSULTATION}),
    # A rejection leaves other deciding stations open (clauses, several deciding bodies).
    S.ADOPTED: _DECIDED - {S.ADOPTED} | {S.EXECUTION_STAYED},
    S.ADOPTED_CHANGED: _DECIDED - {S.ADOPTED_CHANGED} | {S.EXECUTION_STAYED},
    S.REJECTED: _DECIDED - {S.REJECTED} | {S.EXECUTION_STAYED},
    S.EXECUTION_STAYED: _DECIDED,
    # A station may be inserted after the last one has closed.
    S.NOTED: frozenset({S.IN_CONSULTATION, S.WITHDRAWN}),
    S.SETTLED: frozenset({S.REGISTERED, S.IN_CONSULTATION, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}


def status(facts: Facts) -> ProposalStatus:
    """Return the word the facts demand, the first that holds; the oracle of every stored status."""
    if facts.withdrawn:
        return S.WITHDRAWN
    if not facts.submitted:
        return S.RETURNED if facts.returned_before else S.DRAFT
    if facts.open_co_signatures:
        return S.IN_CO_SIGNING
    if not facts.released:
        return S.AWAITING_RELEASE
    if not facts.form_checked:
        return S.RELEASED
    if facts.decision in _DECISION:
        return S.EXECUTION_STAYED if facts.stayed else _DECISION[facts.decision]
    return _status_on_the_route(facts.stations)


def _status_on_the_route(stations: tuple[StationFact, ...]) -> ProposalStatus:
    outcomes = {station.outcome for station in stations if not station.lapsed} - {None}
    open_stations = [station for station in stations if station.is_open]
    if not open_stations:
        return S.NOTED if Outcome.NOTED in outcomes else S.SETTLED
    if outcomes:
        return S.IN_CONSULTATION
    invited = any(station.invited for station in open_stations)
    return S.DISPATCHED if invited else S.REGISTERED


def objection_to_status(old: ProposalStatus, new: ProposalStatus) -> RuleViolation | None:
    """Refuse a successor that no act of the route leads to; corrections do not ask."""
    if old == new or new in ALLOWED[old]:
        return None
    return RuleViolation(f"Auf den Status „{old.label}“ kann nicht „{new.label}“ folgen.")


def objection_to_withdrawal(facts: Facts) -> RuleViolation | None:
    """Refuse to withdraw what is withdrawn or decided; what a body has decided is its own."""
    if facts.withdrawn:
        return RuleViolation("Die Vorlage ist bereits zurückgezogen.")
    if facts.decision in _DECISION:
        return RuleViolation("Nach dem Beschluss kann die Vorlage nicht mehr zurückgezogen werden.")
    return None


def objection_to_return(facts: Facts) -> RuleViolation | None:
    """Refuse to send back to the administration what a body has already decided."""
    if facts.decision in _DECISION:
        return RuleViolation(
            "Nach dem Beschluss kann die Vorlage nicht mehr an die Verwaltung zurückgehen.",
            field="outcome",
        )
    return None
