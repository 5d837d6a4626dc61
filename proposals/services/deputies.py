"""Who does an act "i. V.": kept with the event, for the history and the signature."""

from collections.abc import Sequence

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


def note_deputy_in_any(actor: User, *roles: tuple[Role, int]) -> None:
    """Keep for whom the actor does what each of these roles may do; a role of one's own beats all.

    A role is given with its scope: a municipality or an office.
    """
    who = standing_of(actor)
    held = [(role, scope) for role, scope in roles if who.has(role, scope)]
    _note_unless_own([who.stands_in_for(role, scope) for role, scope in held])


def note_route_deputy(actor: User, municipality_id: int) -> None:
    """Keep for whom somebody changes a route, which head and Sitzungsdienst may both do."""
    note_deputy_in_any(actor, (Role.HEAD, municipality_id), (Role.SECRETARY, municipality_id))


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
    _note_unless_own([who.stands_in_for(Role.COMMITTEE_SECRETARY, pk) for pk in kept])


def _note_unless_own(persons: Sequence[int | None]) -> None:
    """Note the first of those for whom a role is held, where none is held as one's own."""
    if persons and None not in persons:
        _note(persons[0])


def _note(person_id: int | None) -> bool:
    if person_id is None:
        return False
    if not ActedFor.objects.filter(act_event=current_id()).exists():
        ActedFor(act_event=current_id(), person_id=person_id).save()
    return True
