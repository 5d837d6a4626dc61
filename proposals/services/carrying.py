"""What an agenda still holds when a meeting ends or is cancelled, and how it goes on elsewhere.

Private to the use cases on meetings; everything runs inside their event.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from ..models import AgendaItem, Meeting, Proposal, User
from ..models.facts import current_submission
from ..models.order import OF_EVERY_MEETING
from ..rules.agenda import ItemKind
from ..rules.consultation import UNTREATED, Effect, Outcome, effect_of
from ..rules.errors import RuleViolation
from .common import changed, settle_status
from .items import arrival, in_its_place, items_of, late_number, next_position
from .scheduling import open_agenda
from .submission import order_documents


def put_off(item: AgendaItem, outcome: Outcome) -> AgendaItem:
    """Give an item an outcome without treatment or vote; its station stays open."""
    return changed(item, outcome=outcome, revision=item.revision + 1)


def target_of(
    meeting: Meeting, items: Iterable[AgendaItem], to_meeting_id: int | None
) -> Meeting | None:
    """Lock and return the meeting that takes over, None where none was named.

    Raises RuleViolation where not every body of the items sits in it.
    """
    if to_meeting_id is None:
        return None
    field = "to_meeting"
    rows = Meeting.everything.filter(municipality=meeting.municipality_id, pk=to_meeting_id)
    if to_meeting_id == meeting.pk or not rows.exists():
        raise RuleViolation("Bitte eine andere Sitzung dieser Kommune auswählen.", field=field)
    target = open_agenda(to_meeting_id, field=field)
    seated = set(target.bodies.values_list("committee", flat=True))
    for item in items:
        if item.committee_id not in seated:
            raise RuleViolation(
                f"Diese Sitzung ist keine Sitzung von „{item.committee.name}“.", field=field
            )
    return target


def carry_on(
    items: Sequence[AgendaItem], meeting: Meeting, on: date, *, resuming: bool
) -> list[AgendaItem]:
    """Put items that were put off on the agenda of another meeting, tied as they were.

    Papers that have left the route stay behind. `resuming`: the new items take up the old ones
    again, whose outcome the rules ask for; otherwise they take up what those would have.
    """
    added, delivery = arrival(meeting, on)
    there, carried = items_of(meeting), dict[int, AgendaItem]()
    places: dict[tuple[int, bool], int] = {}
    for item in items:
        if item.consultation is not None and not item.consultation.is_open:
            continue
        part = (item.committee_id, item.public)
        if part not in places:
            places[part] = next_position(meeting, item.committee_id, public=item.public)
        new = AgendaItem(
            meeting=meeting,
            committee=item.committee,
            consultation=item.consultation,
            parent=carried.get(item.parent_id or 0),
            joint_with=carried.get(item.joint_with_id or 0),
            debated_with=carried.get(item.debated_with_id or 0),
            resumes=item if resuming else item.resumes,
            approves=item.approves,
            kind=item.kind,
            added=added,
            delivery=delivery,
            position=places[part],
            title=item.title,
            public_title=item.public_title,
            public=item.public,
            head_subject=item.head_subject,
            without_head=item.without_head,
            majority=item.majority,
            majority_paragraph=item.majority_paragraph,
        )
        new.number = late_number(new, there)
        rows = in_its_place(new, there)
        new.save()
        there, carried[item.pk] = rows, new
        places[part] += 1
    return list(carried.values())


def refuse_resumed(item: AgendaItem, outcome: Outcome) -> None:
    """Raise RuleViolation where an item that was put off would get a result, and goes on elsewhere.

    What it was put off as may still be corrected: postponed, or for want of a quorum.
    """
    if effect_of(outcome) == Effect.STAYS_OPEN or item.consultation_id is not None:
        return
    later = AgendaItem.everything.filter(resumes=item).exclude(outcome__in=UNTREATED)
    there = later.select_related("meeting").first()
    if there is not None:
        day = f"{timezone.localdate(there.meeting.starts_at):%d.%m.%Y}"
        raise RuleViolation(
            f"Der Punkt ist in der Sitzung am {day} wieder aufgenommen; sein Ergebnis steht dort.",
            field="outcome",
        )


def is_carried(item: AgendaItem, there: Iterable[AgendaItem]) -> bool:
    """Answer whether an item of a cancelled meeting goes on: papers do, formalities do not.

    What every meeting has of its own stays behind, and so does what stands there already.
    """
    if item.consultation_id is not None or item.kind == ItemKind.OTHER:
        return True
    if item.kind in OF_EVERY_MEETING:
        return False
    same = [
        other
        for other in there
        if (other.kind, other.committee_id) == (item.kind, item.committee_id)
    ]
    if item.kind == ItemKind.MINUTES:
        return all(other.approves_id != item.approves_id for other in same)
    return not same


def follow(actor: User, proposals: Iterable[Proposal], items: Iterable[AgendaItem]) -> None:
    """Let the papers of items that were put off say so: status and documents."""
    papers = {item.consultation.proposal_id for item in items if item.consultation is not None}
    for proposal in proposals:
        if proposal.pk not in papers:
            continue
        settle_status(proposal)
        submission = current_submission(proposal)
        if submission is not None:
            order_documents(actor, proposal, submission)
