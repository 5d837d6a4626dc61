"""Anwesenheit: who was there at which item, and who of them had a vote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .errors import RuleViolation
from .words import Labelled


class AttendanceKind(Labelled):
    """Anwesenheit eines Mitglieds."""

    PRESENT = "present", "anwesend"
    REMOTE = "remote", "zugeschaltet"
    WITHOUT_VOTE = "without_vote", "anwesend, ohne Stimmrecht"
    EXCUSED = "excused", "entschuldigt"
    ABSENT = "absent", "unentschuldigt"


_AT_THE_TABLE = (AttendanceKind.PRESENT, AttendanceKind.REMOTE)
_THERE = (*_AT_THE_TABLE, AttendanceKind.WITHOUT_VOTE)


@dataclass(frozen=True)
class Stay:
    """One person in a meeting, from item `since` (None: the beginning) to before item `until`.

    `voting`: has a vote in this body. `substitutes`: for whom. `elected`: of the council itself,
    not a sachkundiger Bürger. `head`: the head of administration, whose vote the subject decides.
    """

    person: int
    kind: AttendanceKind
    voting: bool
    since: int | None = None
    until: int | None = None
    substitutes: int | None = None
    elected: bool = True
    head: bool = False


@dataclass(frozen=True)
class Presence:
    """Who is there at one item: `persons` with everybody in the room, `voters` who may vote.

    `elected` and `citizens` part the voters (NW: § 58 Abs. 3 GO); `recused` counts those who would
    have a vote if they were not excluded, `remote` those who are connected from elsewhere.
    """

    present: int
    entitled: int
    remote: int
    persons: frozenset[int]
    voters: frozenset[int]
    elected: int = 0
    citizens: int = 0
    recused: int = 0


def present_at(
    stays: Sequence[Stay],
    order: Sequence[int],
    item: int | None,
    recused: Collection[int] = (),
    without_head: bool = False,
) -> Presence:
    """Return who is there at `item`, None being the beginning of the meeting.

    `order` lists the items in the order in which they were held: whoever came at an item that was
    brought forward was there for it. `recused` may not take part in this item (they may sit with
    the public), `without_head`: the head of administration has no vote on its subject.
    """
    place = _BEGINNING if item is None else _place(item, order)
    there = {
        stay.person: stay
        for stay in stays
        if stay.kind in _THERE and _begin(stay, order) <= place < _end(stay, order)
    }
    eligible = [
        stay
        for stay in there.values()
        if stay.voting and stay.kind in _AT_THE_TABLE and not (stay.head and without_head)
    ]
    voters = [stay for stay in eligible if stay.person not in recused]
    elected = sum(stay.elected for stay in voters)
    return Presence(
        present=len(there),
        entitled=len(voters),
        remote=sum(stay.kind == AttendanceKind.REMOTE for stay in there.values()),
        persons=frozenset(there),
        voters=frozenset(stay.person for stay in voters),
        elected=elected,
        citizens=len(voters) - elected,
        recused=len(eligible) - len(voters),
    )


def objection_to_stays(
    stays: Sequence[Stay], order: Sequence[int], names: Mapping[int, str] | None = None
) -> RuleViolation | None:
    """Refuse a person who is there twice, and a substitute for somebody who is there.

    `order` is that of `present_at`; `names` lets the sentence name the persons. Who is excused and
    comes all the same is late, not twice there.
    """
    called = names or {}
    there = [stay for stay in stays if stay.kind in _THERE]
    for stay in there:
        name = called.get(stay.person, "Eine Person")
        if _begin(stay, order) >= _end(stay, order):
            return RuleViolation(f"Bei {name} liegt „gegangen“ nicht hinter „gekommen“.")
        if stay.substitutes == stay.person:
            return RuleViolation(f"{name} kann sich nicht selbst vertreten.")
    for first, second in combinations(there, 2):
        if _overlap(first, second, order):
            objection = _objection_to_pair(first, second, called)
            if objection:
                return objection
    return None


def _objection_to_pair(first: Stay, second: Stay, names: Mapping[int, str]) -> RuleViolation | None:
    """Refuse two stays at the same time that exclude each other."""
    if first.person == second.person:
        name = names.get(first.person, "Eine Person")
        return RuleViolation(f"{name} ist für dieselbe Zeit zweimal eingetragen.")
    for one, other in ((first, second), (second, first)):
        name = names.get(one.person, "Eine Person")
        if one.substitutes == other.person and other.kind in _AT_THE_TABLE:
            member = names.get(other.person, "das Mitglied")
            return RuleViolation(
                f"{name} vertritt {member}; {member} ist aber zur selben Zeit anwesend."
            )
    if first.substitutes is not None and first.substitutes == second.substitutes:
        member = names.get(first.substitutes, "Ein Mitglied")
        return RuleViolation(f"{member} wird zur selben Zeit zweimal vertreten.")
    return None


def _overlap(first: Stay, second: Stay, order: Sequence[int]) -> bool:
    begin = max(_begin(first, order), _begin(second, order))
    return begin < min(_end(first, order), _end(second, order))


_BEGINNING = -1  # before the first item, where its number would be 0


def _begin(stay: Stay, order: Sequence[int]) -> int:
    return _BEGINNING if stay.since is None else _place(stay.since, order)


def _end(stay: Stay, order: Sequence[int]) -> int:
    """Return the place of the first item without this person, behind all where there is none."""
    return len(order) + 1 if stay.until is None else _place(stay.until, order)


def _place(item: int, order: Sequence[int]) -> int:
    """Return the item's place; one that is not on the list comes behind all others."""
    return order.index(item) if item in order else len(order)
