"""Abstimmung über Änderungsanträge, Ziffern, Varianten und zur Geschäftsordnung."""

from dataclasses import dataclass

from .errors import RuleViolation
from .voting import VoteKind, VoteResult

WRITTEN = (VoteKind.AMENDMENT, VoteKind.VARIANT)


@dataclass(frozen=True)
class BallotFacts:
    """What is to be voted on beside the matter itself.

    `wording` is the whole text as it would be then ("" for none), `motion` the one as it stands.
    `on_paper`: the item has a Vorlage. `clauses` are the numbers in the motion, `voted` those that
    were voted on already.
    """

    kind: VoteKind
    subject: str = ""
    wording: str = ""
    motion: str = ""
    on_paper: bool = True
    clause: int | None = None
    clauses: tuple[int, ...] = ()
    voted: frozenset[int] = frozenset()


def objection_to_ballot(facts: BallotFacts) -> RuleViolation | None:
    """Refuse a vote on nothing, on an unchanged wording, or on a clause that there is not."""
    if facts.kind == VoteKind.MAIN:
        return RuleViolation(
            "Über die Sache selbst wird mit dem Ergebnis des Tagesordnungspunktes abgestimmt.",
            field="kind",
        )
    if facts.kind == VoteKind.CLAUSE:
        return _objection_to_clause(facts)
    if facts.clause is not None:
        return RuleViolation("Eine Ziffer gehört nur zur getrennten Abstimmung.", field="clause")
    if not facts.subject and not facts.wording:
        return RuleViolation("Bitte angeben, worüber abgestimmt wurde.", field="subject")
    return _objection_to_wording(facts)


def _objection_to_clause(facts: BallotFacts) -> RuleViolation | None:
    if facts.wording:
        return RuleViolation(
            "Bei getrennter Abstimmung bleibt der Wortlaut der Ziffer, wie er ist.", field="wording"
        )
    if facts.clause is None:
        return RuleViolation("Bitte die Ziffer angeben.", field="clause")
    if facts.on_paper and facts.clause not in facts.clauses:
        return RuleViolation(f"Der Wortlaut hat keine Ziffer {facts.clause}.", field="clause")
    if facts.clause in facts.voted:
        return RuleViolation(
            f"Über Ziffer {facts.clause} ist schon abgestimmt. Wurde die Abstimmung wiederholt, "
            "geben Sie das bitte an.",
            field="clause",
        )
    return None


def _objection_to_wording(facts: BallotFacts) -> RuleViolation | None:
    if not facts.wording:
        return None
    if facts.kind not in WRITTEN:
        return RuleViolation(
            "Ein Wortlaut gehört zu einem Änderungsantrag oder einer Variante.", field="wording"
        )
    if not facts.on_paper:
        return RuleViolation(
            "Ein Wortlaut gehört zu einer Vorlage. Bitte sagen Sie mit dem Gegenstand, worüber "
            "abgestimmt wurde.",
            field="wording",
        )
    if facts.wording == facts.motion:
        return RuleViolation(
            "Der angegebene Wortlaut ist derselbe, über den ohnehin abgestimmt wird.",
            field="wording",
        )
    return None


def objection_to_announced_vote(
    announced: VoteResult, known: VoteResult | None, *, by_word: bool
) -> RuleViolation | None:
    """Ask why the chair announced something else than the count says; a word cannot be both.

    `known` is what the count or the word came to, None where no law judges it.
    """
    if known is None or announced == known:
        return None
    if by_word:
        return RuleViolation(
            f"Das Ergebnis in Worten heißt „{known.label}“, festgestellt wäre „{announced.label}“.",
            field="word",
        )
    return RuleViolation(
        f"Vom Vorsitz festgestellt: „{announced.label}“. Nach den gezählten Stimmen: "
        f"„{known.label}“. Bitte begründen Sie die Abweichung.",
        field="reason",
        waivable=True,
    )


def objection_to_late_ballot(*, corrects: bool) -> RuleViolation | None:
    """Refuse a new vote once the minutes are approved: what they do not name did not happen."""
    if corrects:
        return None
    return RuleViolation(
        "Das Protokoll ist genehmigt. Nachgetragen werden kann keine Abstimmung mehr, berichtigt "
        "werden können nur noch Stimmen."
    )
