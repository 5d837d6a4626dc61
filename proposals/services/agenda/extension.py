"""What a body takes up in the meeting for its urgency, or refuses to (practice.md 2, no. 11)."""

from collections.abc import Sequence

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Committee, Consultation, Meeting, Proposal, User, Vote
from ...rules.agenda import Addition, Delivery, ItemKind
from ...rules.consultation import Outcome
from ...rules.errors import RuleViolation
from ...rules.voting import VoteKind, VoteResult
from ..common import changed, refuse_on, settle_status
from ..deputies import require_keeper
from ..items import NOT_KEEPING, late_number, may_be_public, next_position, refuse_settled, seated
from ..scheduling import issued_head, list_paper
from ..voting.counts import Reading, read_at
from ..voting.rows import save_vote
from .answers import ExtendAnswer


def extend_agenda(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ExtendAnswer
) -> AgendaItem:
    """Record that the body extends its agenda by an item, with the vote on that.

    The majority is the one the Land asks for (NI: two thirds of the members, § 59 Abs. 3 Satz 5
    NKomVG). Where it is not reached the item is not admitted; the station of a paper stays open.
    """
    committee = seated(meeting, answer.committee_id)
    with event(actor, Act.AGENDA_EXTENDED, *proposals, meeting, reason=answer.reason) as extending:
        require_keeper(actor, committee.pk, NOT_KEEPING.format(committee.name))
        refuse_settled(meeting, answer.reason)
        if not answer.reason.strip():
            raise RuleViolation("Bitte die Dringlichkeit begründen.", field="reason")
        if Vote.everything.filter(request_key=answer.request_key).exists():
            raise RuleViolation("Diese Erweiterung ist schon erfasst.")

        item = (
            _new_item(meeting, committee, answer)
            if answer.consultation_id is None
            else _new_paper(meeting, committee, proposals, answer)
        )
        if answer.counted is not None:
            _vote(item, answer)
        extending.objects.append(item)
        for proposal in proposals:
            settle_status(proposal)
    return item


def _new_item(meeting: Meeting, committee: Committee, answer: ExtendAnswer) -> AgendaItem:
    if not answer.title.strip():
        raise RuleViolation("Bitte eine Bezeichnung angeben.", field="title")
    public = answer.public and may_be_public(committee, meeting)
    item = AgendaItem(
        meeting=meeting,
        committee=committee,
        kind=ItemKind.OTHER,
        title=answer.title.strip()[:500],
        public_title=answer.public_title.strip()[:500],
        public=public,
        added=Addition.EXTENSION,
        addition_reason=answer.reason.strip()[:400],
        delivery=Delivery.TABLED,
        position=next_position(meeting, committee.pk, public=public),
    )
    item.number = late_number(item)
    item.save()
    return item


def _new_paper(
    meeting: Meeting, committee: Committee, proposals: Sequence[Proposal], answer: ExtendAnswer
) -> AgendaItem:
    rows = Consultation.everything.filter(
        committee=committee, pk=answer.consultation_id or 0, proposal__in=proposals
    )
    consultation = rows.first()
    if consultation is None:
        raise RuleViolation(
            f"Diese Beratung gehört nicht zu „{committee.name}“.", field="consultation"
        )
    consultation.committee = committee
    consultation.proposal = next(row for row in proposals if row.pk == consultation.proposal_id)
    return list_paper(
        consultation,
        meeting,
        issued_head(consultation),
        on=timezone.localdate(),
        public=answer.public,
        extends=answer.reason.strip(),
    )


def _vote(item: AgendaItem, answer: ExtendAnswer) -> None:
    """Store the vote on the extension; the item that was voted down is not admitted."""
    assert answer.counted is not None
    law = item.committee.municipality.law(timezone.localdate(item.meeting.starts_at))
    majority = law.agenda_extension
    reading = read_at(item, answer.counted, kind=VoteKind.PROCEDURAL, majority=majority)
    refuse_on(reading.objection)
    for doubt in reading.doubts:
        refuse_on(doubt, reason=answer.difference)
    announced = answer.announced or reading.result
    if announced is None:
        raise RuleViolation("Bitte angeben, ob die Erweiterung angenommen ist.", field="announced")
    refuse_on(_objection_to_announcing(reading, announced), reason=answer.difference)
    vote = Vote(
        agenda_item=item,
        kind=VoteKind.PROCEDURAL,
        position=1,
        subject="Erweiterung der Tagesordnung",
        request_key=answer.request_key,
    )
    save_vote(vote, reading, announced, answer.difference)
    if announced == VoteResult.LOST:
        changed(item, outcome=Outcome.NOT_ADMITTED, number="", revision=item.revision + 1)


def _objection_to_announcing(reading: Reading, announced: VoteResult) -> RuleViolation | None:
    """Ask for a reason where the chair announced something else than the count says."""
    if reading.computed in (None, announced):
        return None
    return RuleViolation(
        f"Vom Vorsitz festgestellt: „{announced.label}“. Nach den gezählten Stimmen: "
        f"„{reading.words}“. Bitte begründen Sie die Abweichung.",
        field="difference",
        waivable=True,
    )
