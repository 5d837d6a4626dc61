"""The item that approves the minutes of an earlier meeting: its result is their approval.

Private to the use cases on results; everything runs inside their event.
"""

from django.utils import timezone

from ...models import AgendaItem, Minutes, ResultReview, Vote
from ...rules.agenda import ItemKind
from ...rules.consultation import Outcome
from ...rules.errors import RuleViolation
from ...rules.minutes import objection_to_approval
from ..common import changed, refuse_on
from ..effects import day_of


def approve_with(item: AgendaItem) -> None:
    """Approve the minutes that the item is about, where it was carried.

    Raises RuleViolation where they are not signed yet: the committee cannot have had them.
    """
    if not _approves(item, item.outcome):
        return
    minutes = _minutes(item)
    if minutes is None or minutes.signed_on is None:
        raise RuleViolation(
            f"{_words(item)} ist noch nicht unterschrieben. Bitte vermerken Sie zuerst die "
            "Unterschrift; genehmigt wird nur ein unterschriebenes Protokoll.",
            field="outcome",
        )
    if minutes.approved_on is None:
        refuse_on(objection_to_approval(minutes.signed_on, day_of(item)))
        changed(minutes, approved_on=day_of(item))


def take_back_approval(item: AgendaItem, outcome: Outcome) -> None:
    """Take the approval back that the item gave, before it gets `outcome`.

    Raises RuleViolation once something rests on it: a correction that only approved minutes have.
    """
    if not _approves(item, item.outcome) or _approves(item, outcome):
        return
    minutes = _minutes(item)
    if minutes is None or minutes.approved_on != day_of(item):
        return
    meeting = item.approves_id
    corrected = Vote.everything.filter(agenda_item__meeting=meeting, corrects__isnull=False)
    reviewed = ResultReview.everything.filter(agenda_item__meeting=meeting)
    if corrected.exists() or reviewed.exists():
        raise RuleViolation(
            f"{_words(item)} wurde seit der Genehmigung berichtigt; sie kann nicht mehr "
            "zurückgenommen werden.",
            field="outcome",
        )
    changed(minutes, approved_on=None)


def _approves(item: AgendaItem, outcome: str) -> bool:
    about_minutes = item.kind == ItemKind.MINUTES and item.approves_id is not None
    return about_minutes and outcome == Outcome.DECIDED


def _minutes(item: AgendaItem) -> Minutes | None:
    found: Minutes | None = Minutes.everything.filter(meeting=item.approves_id).first()
    return found


def _words(item: AgendaItem) -> str:
    """Return the house's word for the minutes, with the day of their meeting."""
    assert item.approves is not None
    day = timezone.localdate(item.approves.starts_at)
    word = item.committee.municipality.law(day).minutes_word
    article = "Das" if word == "Protokoll" else "Die"
    return f"{article} {word} vom {day:%d.%m.%Y}"
