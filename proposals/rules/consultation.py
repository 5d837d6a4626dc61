"""Beratung: what a station of the route may result in and what that does to the route."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .errors import RuleViolation
from .voting import VoteResult
from .words import CommitteeKind, Labelled

if TYPE_CHECKING:
    from .law import Law


class ConsultationRole(Labelled):
    """Zuständigkeit eines Gremiums in der Beratungsfolge."""

    PRELIMINARY = "preliminary", "Vorberatung"
    DECISION = "decision", "Entscheidung"
    NOTE = "note", "Kenntnisnahme"
    HEARING = "hearing", "Anhörung"
    CONSENT = "consent", "Zustimmung"
    APPROVAL = "approval", "Genehmigung"


class Outcome(Labelled):
    """Ergebnis eines Tagesordnungspunktes."""

    RECOMMENDED = "recommended", "empfohlen"
    RECOMMENDED_CHANGED = "recommended_changed", "geändert empfohlen"
    WITHOUT_RECOMMENDATION = "without_recommendation", "ohne Beschlussempfehlung weitergeleitet"
    NOT_RECOMMENDED = "not_recommended", "nicht empfohlen"
    DECIDED = "decided", "beschlossen"
    DECIDED_CHANGED = "decided_changed", "geändert beschlossen"
    REJECTED = "rejected", "abgelehnt"
    NOTED = "noted", "zur Kenntnis genommen"
    POSTPONED = "postponed", "vertagt"
    REFERRED = "referred", "verwiesen"
    REFERRED_BACK = "referred_back", "zurückverwiesen"
    RETURNED = "returned", "an die Verwaltung zurück"
    REMOVED = "removed", "von der Tagesordnung abgesetzt"
    NO_QUORUM = "no_quorum", "zurückgestellt (Beschlussunfähigkeit)"
    SETTLED = "settled", "erledigt"
    WITHDRAWN = "withdrawn", "zurückgezogen"
    ELECTED = "elected", "gewählt"
    APPOINTED = "appointed", "benannt"
    NOT_HELD = "not_held", "nicht beraten (Sitzung abgesagt)"
    TAKEN_OFF = "taken_off", "vor der Sitzung von der Tagesordnung genommen"
    NOT_ADMITTED = "not_admitted", "nicht auf die Tagesordnung genommen"


class Effect(StrEnum):
    """What an outcome does to its station."""

    CONCLUDES = "concludes"
    STAYS_OPEN = "stays_open"
    REFERS = "refers"
    RETURNS = "returns"
    WITHDRAWS = "withdraws"


@dataclass(frozen=True)
class Station:
    """A consultation of the route as the rules see it; `mandatory` where the law prescribes it."""

    pk: int
    position: int
    committee: str
    role: ConsultationRole
    is_open: bool
    mandatory: bool = False


@dataclass(frozen=True)
class PlannedStation:
    """A consultation while the route is being planned."""

    committee_kind: CommitteeKind
    role: ConsultationRole


# The item came to nothing before anybody dealt with it: no result, whatever the minutes say.
UNTREATED = (Outcome.NOT_HELD, Outcome.TAKEN_OFF, Outcome.NOT_ADMITTED)
# Of these everybody may know: the meeting was cancelled, or the item never left the house.
OFF_THE_AGENDA = (Outcome.NOT_HELD, Outcome.TAKEN_OFF)
# Ends of a matter that a person is chosen for; not counted in yes and no (practice.md 1.16).
CHOSEN = (Outcome.ELECTED, Outcome.APPOINTED)
REFERRALS = (Outcome.REFERRED, Outcome.REFERRED_BACK)
_STAYS_OPEN = (Outcome.POSTPONED, Outcome.REMOVED, Outcome.NO_QUORUM, *UNTREATED)
_MEANING = {
    Outcome.RECOMMENDED: VoteResult.CARRIED,
    Outcome.RECOMMENDED_CHANGED: VoteResult.CARRIED,
    Outcome.DECIDED: VoteResult.CARRIED,
    Outcome.DECIDED_CHANGED: VoteResult.CARRIED,
    Outcome.NOT_RECOMMENDED: VoteResult.LOST,
    Outcome.REJECTED: VoteResult.LOST,
}
_ADVICE = (
    Outcome.RECOMMENDED,
    Outcome.RECOMMENDED_CHANGED,
    Outcome.WITHOUT_RECOMMENDATION,
    Outcome.NOT_RECOMMENDED,
    Outcome.NOTED,
)
_RESOLUTION = (Outcome.DECIDED, Outcome.DECIDED_CHANGED, Outcome.REJECTED)
# What the deciding station may end with so that the matter is decided.
DECIDING = (*_RESOLUTION, *CHOSEN)
_CHANGED_TWIN = {
    Outcome.RECOMMENDED: Outcome.RECOMMENDED_CHANGED,
    Outcome.DECIDED: Outcome.DECIDED_CHANGED,
}
_OWN: dict[ConsultationRole, tuple[Outcome, ...]] = {
    ConsultationRole.PRELIMINARY: _ADVICE,
    ConsultationRole.HEARING: _ADVICE,
    ConsultationRole.DECISION: (*_RESOLUTION, Outcome.NOTED, *CHOSEN),
    ConsultationRole.CONSENT: _RESOLUTION,
    ConsultationRole.APPROVAL: _RESOLUTION,
    ConsultationRole.NOTE: (Outcome.NOTED,),
}
_ANY_ROLE = (
    Outcome.POSTPONED,
    Outcome.REFERRED,
    Outcome.RETURNED,
    Outcome.REMOVED,
    Outcome.NO_QUORUM,
    Outcome.SETTLED,
    Outcome.WITHDRAWN,
)
_WITHOUT_PAPER = (
    Outcome.DECIDED,
    Outcome.REJECTED,
    Outcome.NOTED,
    Outcome.POSTPONED,
    Outcome.REMOVED,
    Outcome.NO_QUORUM,
    Outcome.SETTLED,
    *CHOSEN,
)
_ADVISORY_ROLES = (ConsultationRole.PRELIMINARY, ConsultationRole.HEARING)


def effect_of(outcome: Outcome) -> Effect:
    """Say what the outcome does to its station: it closes, or the next meeting takes it up."""
    if outcome in _STAYS_OPEN:
        return Effect.STAYS_OPEN
    if outcome in REFERRALS:
        return Effect.REFERS
    if outcome == Outcome.WITHDRAWN:
        return Effect.WITHDRAWS
    return Effect.RETURNS if outcome == Outcome.RETURNED else Effect.CONCLUDES


def is_treated(outcome: str) -> bool:
    """Say whether the committee has dealt with the item; "" stands for one without a result."""
    return bool(outcome) and outcome not in UNTREATED


def allowed_outcomes(role: ConsultationRole | None) -> tuple[Outcome, ...]:
    """Return the outcomes that can be chosen for a station of this role, its own ones first.

    `role` None: an item without a Vorlage. Whether something is referred or referred back follows
    from the route, see `referral`.
    """
    return _WITHOUT_PAPER if role is None else _OWN[role] + _ANY_ROLE


def referral(outcome: Outcome, *, sat_before: bool) -> Outcome:
    """Return the word for a referral: back, where the body referred to has dealt with it before."""
    if outcome not in REFERRALS:
        return outcome
    return Outcome.REFERRED_BACK if sat_before else Outcome.REFERRED


def needs_vote(outcome: Outcome) -> bool:
    """Say whether the outcome is the result of a vote on the motion itself."""
    return outcome in _MEANING


def meaning_of(outcome: Outcome) -> VoteResult:
    """Return what an announced outcome says of the vote: lost, or carried."""
    return _MEANING.get(outcome, VoteResult.CARRIED)


def as_changed(outcome: Outcome, changed: bool) -> Outcome:
    """Return the outcome with or without "geändert": what is carried may be an amended motion."""
    if changed:
        return _CHANGED_TWIN.get(outcome, outcome)
    plain = {twin: word for word, twin in _CHANGED_TWIN.items()}
    return plain.get(outcome, outcome)


def outcome_if(result: VoteResult, role: ConsultationRole | None, changed: bool) -> Outcome:
    """Translate a counted vote into the outcome it means for this role.

    An advisory body that votes no does not reject: it does not recommend. A Kenntnisnahme needs no
    majority, so any vote on it means noted. `changed`: the wording voted on was amended. `role`
    None: an item without a Vorlage, which has no wording.
    """
    if role == ConsultationRole.NOTE:
        return Outcome.NOTED
    if role in _ADVISORY_ROLES:
        if result == VoteResult.LOST:
            return Outcome.NOT_RECOMMENDED
        return as_changed(Outcome.RECOMMENDED, changed)
    if result == VoteResult.LOST:
        return Outcome.REJECTED
    return as_changed(Outcome.DECIDED, changed and role is not None)


def outcome_in(outcome: Outcome, role: ConsultationRole | None) -> Outcome:
    """Return what the outcome of another station means for this role, in a block of items."""
    if outcome not in _MEANING:
        return outcome
    changed = outcome in _CHANGED_TWIN.values()
    return outcome_if(_MEANING[outcome], role, changed)


def open_predecessors(station: Station, stations: Sequence[Station]) -> list[Station]:
    """Return the open stations that should come first, in order; never a Kenntnisnahme."""
    earlier = [
        other
        for other in stations
        if other.pk != station.pk
        and other.position < station.position
        and other.is_open
        and other.role != ConsultationRole.NOTE
    ]
    return sorted(earlier, key=lambda other: other.position)


def objection_to_outcome(outcome: Outcome, role: ConsultationRole | None) -> RuleViolation | None:
    """Refuse an outcome that a station of this role, or an item without a Vorlage, cannot have."""
    plain = referral(outcome, sat_before=False)
    if plain in allowed_outcomes(role):
        return None
    of = f"einer Beratung zur {role.label}" if role else "eines Punktes ohne Vorlage"
    return RuleViolation(f"„{outcome.label}“ ist kein Ergebnis {of}.", field="outcome")


def objection_to_result_text(outcome: Outcome, text: str, *, counted: bool) -> RuleViolation | None:
    """Ask for the names where somebody was chosen, and refuse to count that in yes and no.

    Elections have candidates, ballots and a lot (§ 67 NKomVG); the minutes say it in words.
    """
    if outcome in CHOSEN and not text.strip():
        return RuleViolation(f"Bitte angeben, wer {outcome.label} ist.", field="text")
    if outcome in CHOSEN and counted:
        return RuleViolation(
            "Wahlen und Benennungen werden nicht mit Ja und Nein gezählt. Bitte geben Sie das "
            "Ergebnis in Worten an.",
            field="yes",
        )
    if text.strip() and outcome not in CHOSEN:
        words = " oder ".join(f"„{word.label}“" for word in CHOSEN)
        return RuleViolation(
            f"Ein Ergebnis in Worten gehört zu {words}, angegeben ist „{outcome.label}“.",
            field="text",
        )
    return None


def objection_to_early_decision(
    station: Station, stations: Sequence[Station]
) -> RuleViolation | None:
    """Ask for a reason where a body decides before the bodies ahead of it have dealt with it.

    Never a wall: the main committee meets in a break of the council meeting. It names the bodies.
    """
    if station.role != ConsultationRole.DECISION:
        return None
    missing = open_predecessors(station, stations)
    if not missing:
        return None
    names = ", ".join(
        f"{other.committee} (vorgeschrieben)" if other.mandatory else other.committee
        for other in missing
    )
    return RuleViolation(
        f"Noch nicht beraten: {names}. Bitte begründen Sie die Entscheidung vor der Beratung.",
        field="reason",
        waivable=True,
    )


def objection_to_announcing(
    outcome: Outcome, computed: VoteResult | None, role: ConsultationRole | None
) -> RuleViolation | None:
    """Ask for a reason where the chair announced something else than the count says.

    `computed` is None where nothing was counted or the Land's law gives no verdict.
    """
    meaning = _MEANING.get(outcome)
    if computed is None or meaning is None or meaning == computed:
        return None
    counted = outcome_if(computed, role, changed=False)
    return RuleViolation(
        f"Vom Vorsitz festgestellt: „{outcome.label}“. Nach den gezählten Stimmen: "
        f"„{counted.label}“. Bitte begründen Sie die Abweichung.",
        field="reason",
        waivable=True,
    )


def lapses_on_rejection(role: ConsultationRole) -> bool:
    """Say whether an open station of this role lapses when the deciding body rejects."""
    return role not in (ConsultationRole.NOTE, ConsultationRole.DECISION)


def route_notes(stations: Sequence[PlannedStation], law: "Law") -> list[str]:
    """Return sentences about a planned route that people should think over; none is a wall.

    NI: the main committee prepares every decision of the council (§ 76 Abs. 1 Satz 1 NKomVG).
    """
    notes = []
    deciding = [s for s in stations if s.role == ConsultationRole.DECISION]
    if not deciding and any(s.role == ConsultationRole.PRELIMINARY for s in stations):
        notes.append("Ein Gremium berät vor, aber in der Beratungsfolge entscheidet keines.")
    if len(deciding) > 1:
        notes.append(
            "In der Beratungsfolge entscheiden mehrere Gremien; über jede Ziffer des Beschlusses "
            "kann nur eines entscheiden."
        )
    for kind in CommitteeKind:
        rule = law.body(kind)
        if rule.mandatory_before and not _comes_before(kind, rule.mandatory_before, stations):
            prepared = law.body(rule.mandatory_before)
            notes.append(
                f"In der Beratungsfolge fehlt vor der Entscheidung ({prepared.name}) die "
                f"vorgeschriebene Vorbereitung ({rule.name}), {rule.mandatory_before_paragraph}."
            )
    return notes


def _comes_before(
    first: CommitteeKind, then: CommitteeKind, stations: Sequence[PlannedStation]
) -> bool:
    for station in stations:
        if station.committee_kind == first and station.role != ConsultationRole.NOTE:
            return True
        if station.committee_kind == then and station.role == ConsultationRole.DECISION:
            return False
    return True
