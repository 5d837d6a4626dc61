"""Stimmrecht der Verwaltungsleitung: on which subjects the law takes it away (NRW)."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from .errors import RuleViolation
from .words import CommitteeKind

if TYPE_CHECKING:
    from .law import Law


def has_subjects(law: "Law", body: CommitteeKind) -> bool:
    """Say whether the head votes in that body, and not on everything.

    § 25 Abs. 2 Satz 4 KrO NRW, § 40 Abs. 2 Satz 6 GO NRW; the other Länder know no such list.
    """
    return bool(law.head_excluded) and law.body(body).head_votes


def presets_without_head(law: "Law", body: CommitteeKind, subject: str) -> bool:
    """Say what the law makes of a subject ("" for none): whether the head does not vote on it."""
    if not has_subjects(law, body) or subject not in codes(law):
        return False
    return not law.head_votes_on(body, subject).votes


def codes(law: "Law") -> Collection[str]:
    """Return the subjects on which the head has no vote, as they are stored."""
    return [subject.code for subject in law.head_excluded]


def objection_to_head_subject(
    law: "Law", body: CommitteeKind, subject: str, *, without_head: bool
) -> RuleViolation | None:
    """Refuse a subject that the law does not name, and the switch where no law takes the vote."""
    if not subject and not without_head:
        return None
    if not has_subjects(law, body):
        return RuleViolation(
            "Nach dem Recht dieses Landes entscheidet hier nicht der Gegenstand, ob die "
            "Verwaltungsleitung mitstimmt. Wer befangen ist, wird als Mitwirkungsverbot vermerkt.",
            field="without_head",
        )
    if subject and subject not in codes(law):
        return RuleViolation(
            "Diesen Gegenstand nennt das Recht dieses Landes nicht.", field="head_subject"
        )
    return None
