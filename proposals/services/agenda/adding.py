"""Items without a Vorlage, and the standing ones of a committee."""

from collections.abc import Sequence

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Committee, Meeting, Proposal, User
from ...rules.agenda import Addition, AgendaNumbering, ItemKind, Numbered, objection_to_order
from ...rules.errors import RuleViolation
from ..common import refuse_on
from ..deputies import require_keeper
from ..items import (
    NOT_KEEPING,
    RESUMABLE,
    add_standard_items,
    arrival,
    item_of,
    late_number,
    may_be_public,
    next_position,
    refuse_settled,
    seated,
    set_missing_numbers,
    to_approve,
)
from .answers import AddItemAnswer, StandardAnswer


def add_item(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: AddItemAnswer
) -> AgendaItem:
    """Put an item without a Vorlage on the agenda, with a number where the agenda has numbers."""
    committee = seated(meeting, answer.committee_id)
    with event(actor, Act.AGENDA_CHANGED, meeting, reason=answer.reason) as adding:
        require_keeper(actor, committee.pk, NOT_KEEPING.format(committee.name))
        refuse_settled(meeting, answer.reason)
        parent = None
        if answer.parent_id is not None:
            parent = item_of(meeting, answer.parent_id, "parent")
        refuse_on(_objection_to_adding(meeting, answer, parent), reason=answer.reason)
        public = answer.public and may_be_public(committee, meeting)
        if parent is not None:
            refuse_on(objection_to_parent(parent, committee, public))

        item = _new_item(meeting, committee, answer, parent, public=public)
        item.number = late_number(item)
        item.save()
        adding.objects.append(item)
    return item


def _new_item(
    meeting: Meeting,
    committee: Committee,
    answer: AddItemAnswer,
    parent: AgendaItem | None,
    *,
    public: bool,
) -> AgendaItem:
    added, delivery = arrival(meeting, timezone.localdate())
    resumed = _resumed(committee, answer.resumes_id)
    at_end = answer.kind == ItemKind.CLOSING
    return AgendaItem(
        meeting=meeting,
        committee=committee,
        parent=parent,
        kind=answer.kind,
        title=answer.title.strip()[:500] or answer.kind.label,
        public_title=answer.public_title.strip()[:500],
        public=public,
        added=added if parent is None else parent.added,
        addition_reason=answer.reason.strip()[:400] if added == Addition.EXTENSION else "",
        delivery=delivery,
        approves=_approved(meeting, committee, answer),
        resumes=resumed,
        head_subject=resumed.head_subject if resumed else "",
        without_head=resumed is not None and resumed.without_head,
        position=next_position(meeting, committee.pk, public=public, at_end=at_end),
    )


def _objection_to_adding(
    meeting: Meeting, answer: AddItemAnswer, parent: AgendaItem | None
) -> RuleViolation | None:
    """Refuse what is no item; ask why the agenda of an opened meeting grows without a vote."""
    if answer.kind == ItemKind.PROPOSAL:
        return RuleViolation(
            "Eine Vorlage kommt mit ihrer Beratung auf die Tagesordnung.", field="kind"
        )
    if answer.kind == ItemKind.OTHER and not answer.title.strip():
        return RuleViolation("Bitte eine Bezeichnung angeben.", field="title")
    if meeting.opened_at is not None and parent is None:
        return RuleViolation(
            "Die Sitzung ist eröffnet. Neues kommt durch eine Erweiterung der Tagesordnung hinzu; "
            "bitte begründen Sie den Punkt, wenn er ohne Abstimmung aufgenommen wurde.",
            field="reason",
            waivable=True,
        )
    return None


def _approved(meeting: Meeting, committee: Committee, answer: AddItemAnswer) -> Meeting | None:
    """Return the meeting whose minutes the item approves."""
    if answer.kind != ItemKind.MINUTES:
        return None
    if answer.approves_id is None:
        return to_approve(meeting, committee)
    rows = Meeting.everything.filter(bodies__committee=committee, pk=answer.approves_id)
    earlier: Meeting | None = rows.filter(starts_at__lt=meeting.starts_at).first()
    if earlier is None:
        raise RuleViolation(
            f"Genehmigt wird das Protokoll einer früheren Sitzung von „{committee.name}“.",
            field="approves",
        )
    return earlier


def _resumed(committee: Committee, pk: int | None) -> AgendaItem | None:
    """Return the item without a Vorlage that was put off and is taken up again."""
    if pk is None:
        return None
    rows = AgendaItem.everything.filter(committee=committee, consultation__isnull=True, pk=pk)
    item: AgendaItem | None = rows.filter(outcome__in=RESUMABLE, resumed_by__isnull=True).first()
    if item is None:
        raise RuleViolation(
            "Dieser Punkt wurde nicht vertagt oder ist schon wieder aufgenommen.", field="resumes"
        )
    return item


def objection_to_parent(
    parent: AgendaItem, committee: Committee, public: bool
) -> RuleViolation | None:
    """Refuse a sub-item of another committee's item, of a sub-item, or in the other part."""
    if parent.committee_id != committee.pk or parent.parent_id is not None:
        return RuleViolation(
            "Ein Unterpunkt gehört zu einem Tagesordnungspunkt desselben Gremiums, der selbst "
            "keiner ist.",
            field="parent",
        )
    numbering = AgendaNumbering(committee.municipality.agenda_numbering)
    family = [Numbered(parent.pk, parent.public), Numbered(0, public, parent.pk)]
    return objection_to_order(family, numbering)


def add_standing_items(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: StandardAnswer
) -> list[AgendaItem]:
    """Put those standard items of a committee on the agenda that are missing there."""
    committee = seated(meeting, answer.committee_id)
    with event(actor, Act.AGENDA_CHANGED, meeting, reason=answer.reason):
        require_keeper(actor, committee.pk, NOT_KEEPING.format(committee.name))
        refuse_settled(meeting, answer.reason)
        rows = add_standard_items(meeting, [committee])
        if not rows:
            raise RuleViolation("Alle Standardpunkte stehen schon auf der Tagesordnung.")
        set_missing_numbers(meeting, rows)
    return rows
