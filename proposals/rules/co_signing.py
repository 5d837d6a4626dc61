"""Mitzeichnung: what an office may answer to the version it was asked about."""

from dataclasses import dataclass

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
    """Say whether the answer returns the proposal to the office in charge."""
    return verdict in (Verdict.CHANGE_REQUESTED, Verdict.REFUSED)


def objection_to_co_signing(facts: CoSigningFacts) -> RuleViolation | None:
    """Refuse an answer that comes twice, says nothing, or objects without a word why.

    Signing one's own proposal asks for a remark only: in a small house the author stands in for
    the office asked.
    """
    if not facts.open:
        return RuleViolation("Diese Mitzeichnung ist schon beantwortet.")
    if facts.verdict == Verdict.PENDING:
        return RuleViolation("Bitte wählen Sie eine Antwort aus.", field="verdict")
    signs = facts.verdict in (Verdict.SIGNED, Verdict.WITH_REMARK)
    needs_remark = sends_back(facts.verdict) or facts.verdict == Verdict.WITH_REMARK
    if needs_remark and not facts.remark.strip():
        return RuleViolation(
            f"Bitte schreiben Sie eine Anmerkung zu der Antwort „{facts.verdict.label}“.",
            field="remark",
        )
    if facts.own_proposal and signs and not facts.remark.strip():
        return RuleViolation(
            "Sie haben diese Vorlage selbst verfasst. Bitte begründen Sie in einer Anmerkung, "
            "warum Sie sie auch mitzeichnen.",
            field="remark",
            waivable=True,
        )
    return None
