"""Who does an act "i. V.": kept with the event, for the history and the signature."""

from .. import policies
from ..history.context import current_id
from ..models import ActedFor, Committee, Meeting, Role, User
from ..models.standing import standing_of
from .common import require


def note_deputy(actor: User, role: Role, scope: int | None) -> bool:
    """Keep for whom the actor does this, where the role is held for somebody else; answer whether.

    Runs inside the event of the act, which has one such note at most.
    """
    return _note(standing_of(actor).stands_in_for(role, scope))


def note_keeper(actor: User, committee: Committee) -> None:
    """Keep for whom somebody keeps a committee's meeting; that they may was asked before."""
    note_deputy(actor, Role.COMMITTEE_SECRETARY, committee.pk)


def require_keeper(actor: User, committee_id: int, sentence: str) -> None:
    """Let in who keeps a committee's agenda and results; note for whom."""
    require(policies.can_keep(actor, committee_id), sentence)
    note_deputy(actor, Role.COMMITTEE_SECRETARY, committee_id)


def require_runner(actor: User, meeting: Meeting, sentence: str) -> None:
    """Let in who keeps one of the committees of a meeting; note for whom, if for none of one's own.

    In a joint meeting a committee of one's own beats the one held for somebody.
    """
    require(policies.can_keep_meeting(actor, meeting), sentence)
    bodies = [row.committee_id for row in meeting.bodies.all()]
    who = standing_of(actor)
    kept = [pk for pk in bodies if who.has(Role.COMMITTEE_SECRETARY, pk)]
    absent = [who.stands_in_for(Role.COMMITTEE_SECRETARY, pk) for pk in kept]
    if None not in absent:
        _note(absent[0])


def _note(person_id: int | None) -> bool:
    if person_id is None:
        return False
    if not ActedFor.objects.filter(act_event=current_id()).exists():
        ActedFor(act_event=current_id(), person_id=person_id).save()
    return True
