"""Sitzungsdokumente: which papers a meeting leaves behind, and when they may be made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .consultation import Outcome, is_treated
from .errors import RuleViolation
from .results import RecommendationAs
from .words import Labelled


class MeetingDocumentKind(Labelled):
    """Art des Sitzungsdokuments; the minutes carry the word of their Land on the screen."""

    MINUTES_PUBLIC = "minutes_public", "Protokoll, öffentlicher Teil"
    MINUTES_NON_PUBLIC = "minutes_non_public", "Protokoll, nichtöffentlicher Teil"
    EXCERPT = "excerpt", "Beschlussauszug"
    SHEET = "sheet", "Beschlusstext nach Beratung"
    INVITATION = "invitation", "Einladung"
    SUPPLEMENT = "supplement", "Nachtrag zur Einladung"
    NOTICE = "notice", "Öffentliche Bekanntmachung"

    def named(self, minutes_word: str) -> str:
        """Return the words of the house: "Niederschrift, öffentlicher Teil"."""
        return self.label.replace("Protokoll", minutes_word)


MINUTES = (MeetingDocumentKind.MINUTES_PUBLIC, MeetingDocumentKind.MINUTES_NON_PUBLIC)
# what calls a meeting: to its members, and to the public
CALLS = (MeetingDocumentKind.INVITATION, MeetingDocumentKind.SUPPLEMENT, MeetingDocumentKind.NOTICE)


def objection_to_keeping_file(
    *, signed: bool, approved: bool, again: bool, reason: str
) -> RuleViolation | None:
    """Refuse a file of minutes nobody has signed, or that are approved; ask why it is a second one.

    What was approved is a certain file; a mistake in it is corrected by later minutes.
    """
    if not signed:
        return RuleViolation(
            "Das Protokoll ist noch nicht unterschrieben. Bitte vermerken Sie zuerst die "
            "Unterschrift."
        )
    if approved:
        return RuleViolation(
            "Das Protokoll ist genehmigt; seine Datei bleibt, wie sie ist. Was daran falsch ist, "
            "berichtigt das Protokoll einer späteren Sitzung."
        )
    if again and not reason.strip():
        return RuleViolation(
            "Zu diesem Protokoll liegt schon eine Datei. Bitte geben Sie an, warum eine weitere "
            "dazukommt.",
            field="reason",
            waivable=True,
        )
    return None


def objection_to_parts(
    parts: Collection[MeetingDocumentKind], uploaded: Collection[MeetingDocumentKind]
) -> RuleViolation | None:
    """Refuse a file for a part of the minutes that the meeting did not have."""
    for kind in uploaded:
        if kind not in parts:
            part = kind.label.partition(", ")[2]
            return RuleViolation(
                f"Diese Sitzung hatte keinen Punkt im Teil „{part}“; dazu gibt es kein Protokoll.",
                field=str(kind),
            )
    return None


@dataclass(frozen=True)
class ExcerptFacts:
    """An item that an excerpt is wanted of; `top` is how a sentence names it."""

    top: str
    outcome: str
    recipients: int
    decided_on: date
    issued_on: date


def objection_to_excerpt(facts: ExcerptFacts) -> RuleViolation | None:
    """Refuse an excerpt of what has no result, for nobody, or dated before the meeting."""
    if not facts.outcome or not is_treated(Outcome(facts.outcome)):
        return RuleViolation(
            f"{facts.top} hat kein Ergebnis; einen Auszug gibt es erst danach.", field="items"
        )
    if not facts.recipients:
        return RuleViolation(
            f"Bitte geben Sie an, wer den Auszug zu {facts.top} bekommt.", field="items"
        )
    if facts.issued_on < facts.decided_on:
        return RuleViolation(
            f"Die Sitzung war am {facts.decided_on:%d.%m.%Y}; vorher kann es keinen Auszug geben.",
            field="on",
        )
    return None


def objection_to_sheet(
    house: RecommendationAs, outcome: str, *, own_wording: bool
) -> RuleViolation | None:
    """Refuse the sheet in a house that hands recommendations on otherwise, or without a wording."""
    if house != RecommendationAs.SHEET:
        return RuleViolation(
            f"Diese Kommune gibt Empfehlungen {house.label} weiter, nicht als Einzelblatt."
        )
    if outcome != Outcome.RECOMMENDED_CHANGED or not own_wording:
        return RuleViolation(
            "Einen Beschlusstext nach Beratung gibt es nur, wo das Gremium einen eigenen Wortlaut "
            "empfohlen hat."
        )
    return None


@dataclass(frozen=True)
class CorrectionFacts:
    """A correction of minutes that a later meeting accepted.

    `same_body`: one of its committees sat in both; `of_meeting`: the corrected count stands in the
    earlier minutes; `accepted`: it was accepted before, `treated`: the item has not lapsed.
    """

    approved: bool
    later: bool
    same_body: bool
    text: str
    treated: bool = True
    of_meeting: bool = True
    corrects: bool = True
    accepted: bool = False
    minutes_approved: bool = False


def objection_to_accepting(facts: CorrectionFacts) -> RuleViolation | None:
    """Refuse a correction that does not fit: which minutes, which meeting, which count."""
    if facts.minutes_approved:
        return RuleViolation(
            "Das Protokoll dieser Sitzung ist genehmigt. Vermerken Sie die Berichtigung in einer "
            "späteren Sitzung."
        )
    if not facts.approved:
        return RuleViolation(
            "Dieses Protokoll ist noch nicht genehmigt; es wird selbst berichtigt.", field="minutes"
        )
    if not facts.later or not facts.same_body:
        return RuleViolation(
            "Berichtigt wird das Protokoll einer früheren Sitzung desselben Gremiums.",
            field="minutes",
        )
    if not facts.treated:
        return RuleViolation("Dieser Tagesordnungspunkt wurde nicht behandelt.", field="item")
    if not facts.of_meeting or not facts.corrects:
        return RuleViolation(
            "Diese Abstimmung berichtigt nichts aus dem gewählten Protokoll.", field="vote"
        )
    if facts.accepted:
        return RuleViolation("Diese Berichtigung ist schon vermerkt.", field="vote")
    if not facts.text.strip():
        return RuleViolation("Bitte geben Sie den Wortlaut der Berichtigung an.", field="text")
    return None


Counts = tuple[int | None, int | None, int | None]


def correction_words(top: str, *, now: Counts, before: Counts) -> str:
    """Return a corrected count in a sentence, as the later minutes print it."""
    return f"{top}: {_counts(now)} statt {_counts(before)}."


def _counts(counts: Counts) -> str:
    yes, no, abstained = ("nicht gezählt" if n is None else str(n) for n in counts)
    return f"{yes} Ja, {no} Nein, {abstained} Enthaltungen"
