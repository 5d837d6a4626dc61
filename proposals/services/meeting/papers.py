"""What an item hands on: its Beschlussauszug to who carries it out, the sheet of its wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from ...documents.content_excerpt import ItemPapers
from ...history.acts import Act
from ...history.journal import event
from ...history.records import create_all
from ...models import (
    AgendaItem,
    Excerpt,
    ExcerptRecipient,
    Meeting,
    Office,
    Origin,
    Proposal,
    User,
)
from ...rules.documents import (
    ExcerptFacts,
    MeetingDocumentKind,
    objection_to_excerpt,
    objection_to_sheet,
)
from ...rules.errors import RuleViolation
from ...rules.results import RecommendationAs
from ..common import refuse_on
from ..deputies import require_keeper
from ..meeting_documents import order_document


@dataclass(frozen=True)
class ExcerptFor:
    """Who gets the excerpt of one item: offices of the house, and others by their name."""

    item_id: int
    office_ids: tuple[int, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExcerptsAnswer:
    """The excerpts of one item or of a whole meeting, issued on a day (today if None)."""

    items: tuple[ExcerptFor, ...]
    on: date | None = None

    @property
    def item_ids(self) -> tuple[int, ...]:
        """Return the items, as the lock of their papers asks for them."""
        return tuple(row.item_id for row in self.items)


@dataclass(frozen=True)
class SheetAnswer:
    """The sheet with the wording that an item recommends, issued on a day (today if None)."""

    item_id: int
    on: date | None = None


def issue_excerpts(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ExcerptsAnswer
) -> list[Excerpt]:
    """Issue an excerpt of each item to its recipients; what was issued before stays.

    Until the minutes are approved it says so; a reprint afterwards is a further excerpt.
    """
    on = answer.on or timezone.localdate()
    items = _items(meeting, answer.item_ids)
    with event(actor, Act.EXCERPTED, *proposals, *items):
        if not answer.items:
            raise RuleViolation("Bitte wählen Sie mindestens einen Punkt.", field="items")
        papers = ItemPapers(meeting, items)
        by_pk = {item.pk: item for item in items}
        return [_issue(actor, papers, by_pk[wanted.item_id], wanted, on) for wanted in answer.items]


def _issue(
    actor: User, papers: ItemPapers, item: AgendaItem, wanted: ExcerptFor, on: date
) -> Excerpt:
    require_keeper(actor, item.committee_id, f"Auszüge von „{item.committee}“ geben Sie nicht aus.")
    house = Office.objects.filter(municipality=papers.meeting.municipality_id)
    known = house.in_bulk(list(wanted.office_ids))
    offices = [known[pk] for pk in dict.fromkeys(wanted.office_ids) if pk in known]
    outside = [name for name in dict.fromkeys(map(str.strip, wanted.outside)) if name]
    refuse_on(
        objection_to_excerpt(
            ExcerptFacts(
                top=f"TOP {item.number}" if item.number else f"„{item.title}“",
                outcome=item.outcome,
                recipients=len(offices) + len(outside),
                decided_on=papers.held_on,
                issued_on=on,
            )
        )
    )
    before = Excerpt.everything.filter(agenda_item=item).aggregate(last=Max("number"))["last"]
    excerpt = Excerpt(
        agenda_item=item, number=(before or 0) + 1, issued_on=on, reserved=papers.reserved
    )
    excerpt.save()
    recipients = [
        *(ExcerptRecipient(excerpt=excerpt, office=office) for office in offices),
        *(ExcerptRecipient(excerpt=excerpt, outside=name[:200]) for name in outside),
    ]
    create_all(recipients)
    content = papers.excerpt(
        item, number=excerpt.number, on=on, recipients=[str(row) for row in recipients]
    )
    order_document(
        actor, papers.meeting, MeetingDocumentKind.EXCERPT, content, item=item, excerpt=excerpt
    )
    return excerpt


def issue_sheet(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: SheetAnswer
) -> None:
    """Issue the sheet "Beschlusstext nach Beratung", in a house that does so (practice.md 1.7)."""
    (item,) = _items(meeting, (answer.item_id,))
    with event(actor, Act.SHEET_ISSUED, *proposals, item):
        require_keeper(
            actor, item.committee_id, f"Ergebnisse von „{item.committee}“ geben Sie nicht weiter."
        )
        refuse_on(objection_to_sheet_of(item, meeting))

        content = ItemPapers(meeting, [item]).sheet(item, on=answer.on or timezone.localdate())
        order_document(actor, meeting, MeetingDocumentKind.SHEET, content, item=item)


def objection_to_sheet_of(item: AgendaItem, meeting: Meeting) -> RuleViolation | None:
    """Say what keeps an item from having a sheet; the page asks the same."""
    own = item.result_wording is not None and item.result_wording.origin == Origin.COMMITTEE
    house = RecommendationAs(meeting.municipality.recommendation_as)
    return objection_to_sheet(house, item.outcome, own_wording=own)


def _items(meeting: Meeting, pks: Sequence[int]) -> list[AgendaItem]:
    """Return the items in the order asked for; refuses one of another meeting."""
    rows = AgendaItem.everything.select_related(
        *("committee", "approves", "basis", "result_wording"),
        "consultation__proposal__lead_office",
    )
    found = {item.pk: item for item in rows.filter(meeting=meeting, pk__in=pks)}
    if len(found) != len(set(pks)) or len(set(pks)) != len(pks):
        raise RuleViolation("Diesen Punkt gibt es in dieser Sitzung nicht.", field="items")
    return [found[pk] for pk in pks]
