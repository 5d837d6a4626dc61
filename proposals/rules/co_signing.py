"""Mitzeichnung: what an office may answer to the version it was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .errors import RuleViolation
from .words import Labelled


class Verdict(Labelled):
    """Antwort eines mitzeichnenden Amtes."""

    PENDING = "pending", "offen"
    SIGNED = "signed", "mitgezeichnet"
    WITH_REMARK = "with_remark", "mitgezeichnet mit Anmerkung"
    CHANGE_REQUESTED = "change_requested", "Änderung erbeten"
    REFUSED = "refused", "Mitzeichnung verweigert"
    NOT_RESPONSIBLE = "not_responsible", "nicht zuständig"
    DELEGATED = "delegated", "weitergegeben"
    EXPIRED = "expired", "Frist abgelaufen, ohne Beitrag weiter"
    LEADING = "leading", "entfällt (federführend)"
    NOBODY = "nobody", "entfällt (niemand zuständig)"
    STATEMENT = "statement", "um Stellungnahme gebeten"


class Stage(Labelled):
    """Stufe der Mitzeichnung: within one all answer side by side, the next begins after it."""

    OFFICES = "offices", "beteiligte Stellen"
    OFFICE_HEAD = "office_head", "Amtsleitung"
    DEPARTMENT = "department", "Dezernat"


class Trigger(Labelled):
    """Anlass: what in a proposal asks for an office's co-signature (domain.md 4.2)."""

    ALWAYS = "always", "immer"
    COSTS = "costs", "finanzielle Auswirkungen"
    POSITIONS = "positions", "Stellen"
    CONTRACT = "contract", "Vertrag oder Satzung"
    AWARD = "award", "Vergabe"
    PERSONAL_DATA = "personal_data", "personenbezogene Daten"
    GRANT_CONDITIONS = "grant_conditions", "Förderung mit Auflagen"
    NON_PUBLIC = "non_public", "nichtöffentlich"
    BY_HAND = "by_hand", "von Hand gewählt"


class Part(Labelled):
    """Teil einer Fassung, with its own digest; what a co-signature covers is a set of them."""

    HEAD = "head", "Kopf"
    TEXTS = "texts", "Sachverhalt und Begründung"
    WORDING = "wording", "Beschlussvorschlag"
    COSTS = "costs", "Kosten"
    POSITIONS = "positions", "Stellen"
    FUNDING = "funding", "Förderung"
    DEADLINES = "deadlines", "Fristen"
    ATTACHMENTS = "attachments", "Anlagen"


STAGES = tuple(Stage)
# Besonderheiten: the Anlässe that a draft cannot tell by itself, ticked by who writes it
MATTERS = (Trigger.CONTRACT, Trigger.AWARD, Trigger.PERSONAL_DATA)
ANSWERS = (
    Verdict.SIGNED,
    Verdict.WITH_REMARK,
    Verdict.CHANGE_REQUESTED,
    Verdict.REFUSED,
    Verdict.NOT_RESPONSIBLE,
)
# what holds on in a later round as long as the parts stay as they were
HOLDING = (Verdict.SIGNED, Verdict.WITH_REMARK, Verdict.NOT_RESPONSIBLE)
_TO_EXPLAIN = (Verdict.WITH_REMARK, Verdict.CHANGE_REQUESTED, Verdict.REFUSED)


@dataclass(frozen=True)
class CoSigningFacts:
    """What the rule asks: is the request still open, and what is the answer.

    `own_proposal` is true where the person answering wrote the proposal.
    """

    open: bool
    remark: str
    verdict: Verdict
    own_proposal: bool


def sends_back(verdict: Verdict) -> bool:
    """Say whether the answer returns the proposal to the office in charge; a refusal goes up."""
    return verdict == Verdict.CHANGE_REQUESTED


def signs(verdict: Verdict) -> bool:
    """Say whether the answer is a signature."""
    return verdict in (Verdict.SIGNED, Verdict.WITH_REMARK)


def objection_to_co_signing(facts: CoSigningFacts) -> RuleViolation | None:
    """Refuse an answer that comes twice, says nothing, or objects without a word why.

    Signing one's own proposal asks for a remark only: in a small house the author stands in for
    the office asked.
    """
    if not facts.open:
        return RuleViolation("Diese Mitzeichnung ist schon beantwortet oder entfallen.")
    if facts.verdict not in ANSWERS:
        return RuleViolation("Bitte wählen Sie eine Antwort aus.", field="verdict")
    if facts.verdict in _TO_EXPLAIN and not facts.remark.strip():
        return RuleViolation(
            f"Bitte schreiben Sie eine Anmerkung zu der Antwort „{facts.verdict.label}“.",
            field="remark",
        )
    if facts.own_proposal and signs(facts.verdict) and not facts.remark.strip():
        return RuleViolation(
            "Sie haben diese Vorlage selbst verfasst. Bitte begründen Sie in einer Anmerkung, "
            "warum Sie sie auch mitzeichnen.",
            field="remark",
            waivable=True,
        )
    return None


def objection_to_recall(*, submitted: bool, released: bool) -> RuleViolation | None:
    """Let the lead office take its draft back while it is being signed, not after the release."""
    if not submitted:
        return RuleViolation("Die Vorlage liegt schon bei der Federführung.")
    if released:
        return RuleViolation(
            "Die Vorlage ist freigegeben und kann nicht mehr zurückgeholt werden. Das "
            "Kreistagsbüro kann sie formal zurückgeben; danach hilft eine Austauschfassung."
        )
    return None


@dataclass(frozen=True)
class AskedOffice:
    """What the rule asks of an office that is to be asked besides the others."""

    name: str
    leads: bool
    asked: bool
    somebody: bool


def objection_to_asking(
    office: AskedOffice, *, submitted: bool, released: bool
) -> RuleViolation | None:
    """Refuse to ask an office twice, the lead office, or one in which nobody could answer."""
    if not submitted:
        return RuleViolation(
            "Die Vorlage liegt noch bei der Federführung. Wählen Sie die Stelle im Entwurf aus."
        )
    if released:
        return RuleViolation("Die Vorlage ist schon freigegeben.")
    if office.leads:
        return RuleViolation(f"„{office.name}“ ist federführend.", field="office")
    if office.asked:
        return RuleViolation(f"„{office.name}“ ist in dieser Runde schon gebeten.", field="office")
    if not office.somebody:
        return RuleViolation(
            f"In „{office.name}“ kann zurzeit niemand mitzeichnen.", field="office"
        )
    return None


def objection_to_delegating(*, is_open: bool, note: str) -> RuleViolation | None:
    """Refuse to hand on what is answered already, or without a word for the other office."""
    if not is_open:
        return RuleViolation("Diese Mitzeichnung ist schon beantwortet oder entfallen.")
    if not note.strip():
        return RuleViolation(
            "Bitte schreiben Sie, warum Sie die Mitzeichnung weitergeben.", field="note"
        )
    return None


def objection_to_expiry(
    *,
    is_open: bool,
    due_on: date | None,
    on: date,
    note: str,
) -> RuleViolation | None:
    """Let the lead office go on without an answer, but only after its deadline and with a note.

    Silence never stops a paper (practice.md 1.13).
    """
    if not is_open:
        return RuleViolation("Diese Mitzeichnung ist schon beantwortet oder entfallen.")
    if due_on is None:
        return RuleViolation("Diese Stufe der Mitzeichnung hat noch nicht begonnen.")
    if on <= due_on:
        return RuleViolation(
            f"Die Frist läuft noch bis zum {due_on:%d.%m.%Y}. Erst danach geht es ohne Beitrag "
            "weiter."
        )
    if not note.strip():
        return RuleViolation(
            "Bitte vermerken Sie, warum es ohne diesen Beitrag weitergeht.", field="note"
        )
    return None


def objection_to_late_answer(
    facts: CoSigningFacts, *, expired: bool, current: bool
) -> RuleViolation | None:
    """Record what comes after "ohne Beitrag weiter" while the round lasts; it moves nothing."""
    if not expired or not current:
        return RuleViolation("Zu dieser Mitzeichnung kann nichts mehr nachgetragen werden.")
    return objection_to_co_signing(facts)


def objection_to_taking(*, is_open: bool, seen: bool, holder: str) -> RuleViolation | None:
    """Let somebody of the group inbox take it on, unless somebody else did since they looked."""
    if not is_open:
        return RuleViolation("Diese Mitzeichnung ist schon beantwortet oder entfallen.")
    if not seen:
        return RuleViolation(
            f"{holder} hat diese Mitzeichnung inzwischen übernommen. Es wurde nichts geändert."
            if holder
            else "Die Mitzeichnung wurde inzwischen zurückgegeben. Es wurde nichts geändert."
        )
    return None


def objection_to_overriding(refused_by: Sequence[str], *, own: bool) -> RuleViolation | None:
    """Ask whoever releases for a reason over a refusal, or over their own work (four eyes)."""
    reasons = []
    if refused_by:
        offices = enumerated(refused_by)
        verb = "hat" if len(refused_by) == 1 else "haben"
        reasons.append(f"{offices} {verb} die Mitzeichnung verweigert.")
    if own:
        reasons.append("Sie haben diese Vorlage selbst verfasst.")
    if not reasons:
        return None
    return RuleViolation(
        f"{' '.join(reasons)} Bitte begründen Sie die Freigabe.", field="remark", waivable=True
    )


def objection_to_signing_rule(trigger: Trigger, parts: Sequence[Part]) -> RuleViolation | None:
    """Refuse a rule that nothing in a draft could trigger, or that covers nothing."""
    if trigger == Trigger.BY_HAND:
        return RuleViolation(
            "Von Hand gewählt wird im Entwurf; dafür gibt es keine Regel.", field="trigger"
        )
    if not parts:
        return RuleViolation(
            "Bitte mindestens einen Teil wählen, für den die Stelle zeichnet.", field="parts"
        )
    return None


def enumerated(names: Sequence[str]) -> str:
    """Return names as in a sentence: "A, B und C"."""
    return " und ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
