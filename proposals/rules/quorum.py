"""Beschlussfähigkeit: whether enough members are present."""

from dataclasses import dataclass
from typing import Literal

from .attendance import Presence
from .words import Labelled

Base = Literal["members", "seats"]


class QuorumCause(Labelled):
    """Why the members present were counted."""

    STATED = "stated", "zu Beginn festgestellt"
    DOUBTED = "doubted", "angezweifelt und gezählt"


@dataclass(frozen=True)
class QuorumData:
    """When a body is quorate; every Land asks for (more than) half of its members.

    `verdict`: false where the Land's law is unread and members are counted only. `base`: half of
    the statutory number, or of the seats that are filled, where a house says that some stay empty
    (SH § 38 Abs. 2 GO); where those are more than half `empty_third` asks for a third of the
    statutory number. `recused_lower_base` takes those excluded by law off it. `at_least_half`:
    half is enough. `presumed`: once stated it lasts until somebody doubts it. `floor_third`: below
    a third it ends ex officio, and so it does below `floor`, doubted or not.

    The three exceptions hold where they have a paragraph: a second meeting, more than half of the
    members excluded (then `approval` names what the resolution needs), and committees that are
    quorate only while deputies outnumber the sachkundige Bürger with a vote (NW).
    """

    paragraph: str
    presumed: bool
    base: Base = "members"
    at_least_half: bool = False
    floor_third: bool = False
    floor: int = 0
    recused_lower_base: bool = False
    empty_third: bool = False
    second_meeting_paragraph: str = ""
    second_meeting_floor: int = 0
    mass_bias_paragraph: str = ""
    mass_bias_floor: int = 0
    approval: str = ""
    citizens_paragraph: str = ""
    verdict: bool = True

    @property
    def asks_for_seats(self) -> bool:
        """Answer whether it matters how many of the seats are filled."""
        return self.base == "seats" or self.empty_third


@dataclass(frozen=True)
class QuorumCount:
    """Who was counted: `present` are there, have a vote and are not excluded.

    `members` is the statutory number, `seats` how many of them are filled (None: all), `recused`
    how many members the law excludes from the item. In a committee `elected` of those present are
    deputies and `citizens` are sachkundige Bürger with a vote.
    """

    present: int
    members: int
    seats: int | None = None
    recused: int = 0
    citizens: int = 0
    elected: int = 0


def count_of(
    presence: Presence | None,
    members: int,
    *,
    seats: int | None = None,
    present: int | None = None,
) -> QuorumCount:
    """Return who was counted by an attendance; None where nobody noted one.

    `present` is what somebody counted in the room instead. No seat recorded says nothing about how
    many are filled.
    """
    if presence is None:
        presence = Presence(present or 0, present or 0, 0, frozenset(), frozenset())
    return QuorumCount(
        present=presence.entitled if present is None else present,
        members=members,
        seats=seats or None,
        recused=presence.recused,
        citizens=presence.citizens,
        elected=presence.elected,
    )


@dataclass(frozen=True)
class QuorumRuling:
    """Whether a count is enough: `quorate` and `needed` are None where only counting is allowed.

    `presumed`: too few are present, but nobody has doubted it. `words` is the sentence without the
    paragraph, `approval_needed` what a resolution needs on top ("" for nothing).
    """

    quorate: bool | None
    present: int
    needed: int | None
    presumed: bool
    sentence: str
    paragraph: str
    approval_needed: str
    words: str


def ruling_on_quorum(
    count: QuorumCount, data: QuorumData, *, doubted: bool = True, second_meeting: bool = False
) -> QuorumRuling:
    """Say whether a body is quorate, with the numbers and the paragraph it follows from.

    `doubted` is false as long as the body was found quorate in this meeting and nobody has
    doubted it since (NI § 65 Abs. 1 Satz 3 NKomVG). `second_meeting`: this very matter was put
    off for want of a quorum and the second invitation said so (NI § 65 Abs. 2 NKomVG); it helps
    no other item of the same agenda.
    """
    if not data.verdict:
        return _counted(count)
    if second_meeting and data.second_meeting_paragraph and not _mass_bias(count, data):
        needed, paragraph = max(data.second_meeting_floor, 1), data.second_meeting_paragraph
        why = "zum zweiten Mal einberufen, die Zahl der Anwesenden ist gleich"
    elif _mass_bias(count, data):
        needed, paragraph = max(data.mass_bias_floor, 1), data.mass_bias_paragraph
        why = f"{count.recused} von {count.members} Mitgliedern sind ausgeschlossen"
    else:
        needed, paragraph, why = _ordinary(count, data), data.paragraph, ""
    outnumbered = bool(
        data.citizens_paragraph and count.citizens and count.citizens >= count.elected
    )
    enough = count.present >= needed and not outnumbered
    presumed = not enough and data.presumed and not doubted and count.present >= _floor(count, data)
    if outnumbered and count.present >= needed:
        paragraph, why = data.citizens_paragraph, _citizens(count)
    return _ruling(
        count,
        data,
        needed=needed,
        enough=enough,
        presumed=presumed,
        paragraph=paragraph,
        why=why,
    )


def _base(count: QuorumCount, data: QuorumData) -> int:
    recused = count.recused if data.recused_lower_base else 0
    return max(_filled(count, data) - recused, 0)


def _filled(count: QuorumCount, data: QuorumData) -> int:
    """Return the number to start from: a seat not recorded is not for that reason empty."""
    return count.members if data.base == "members" or count.seats is None else count.seats


def _ordinary(count: QuorumCount, data: QuorumData) -> int:
    base = _base(count, data)
    needed = _up(base, 2) if data.at_least_half else base // 2 + 1
    if data.empty_third and _filled(count, data) * 2 < count.members:
        needed = _up(count.members, 3)
    return max(needed, _floor(count, data))


def _floor(count: QuorumCount, data: QuorumData) -> int:
    """Return below how many it ends without anybody's doubt; nobody at all is never enough."""
    third = _up(_base(count, data), 3) if data.floor_third else 0
    return max(data.floor, third, 1)


def _mass_bias(count: QuorumCount, data: QuorumData) -> bool:
    return bool(data.mass_bias_paragraph) and count.recused * 2 > count.members


def _up(number: int, divisor: int) -> int:
    return -(-number // divisor)


def _counted(count: QuorumCount) -> QuorumRuling:
    words = (
        f"{count.present} von {count.members} Mitgliedern anwesend; für dieses Land wird nur "
        "gezählt, die Beschlussfähigkeit stellt der Vorsitz fest"
    )
    return QuorumRuling(None, count.present, None, False, f"{words}.", "", "", f"{words}.")


def _citizens(count: QuorumCount) -> str:
    return (
        f"die Mitglieder der Vertretung ({count.elected}) müssen die stimmberechtigten "
        f"sachkundigen Bürgerinnen und Bürger ({count.citizens}) überwiegen"
    )


def _ruling(
    count: QuorumCount,
    data: QuorumData,
    *,
    needed: int,
    enough: bool,
    presumed: bool,
    paragraph: str,
    why: str,
) -> QuorumRuling:
    approval = data.approval if enough and _mass_bias(count, data) else ""
    base = _base(count, data)
    numbers = f"{count.present} von {base} Mitgliedern anwesend"
    if base != count.members:
        numbers += f" (gesetzliche Zahl {count.members})"
    parts = [numbers, f"erforderlich {needed}", why]
    if presumed:
        begin = "Das Gremium gilt als beschlussfähig, solange es niemand anzweifelt"
    elif enough:
        begin = "Das Gremium ist beschlussfähig"
        parts.append(f"der Beschluss braucht noch: {approval}" if approval else "")
    else:
        begin = "Das Gremium ist nicht beschlussfähig"
    words = f"{begin}: {'; '.join(part for part in parts if part)}"
    return QuorumRuling(
        quorate=enough or presumed,
        present=count.present,
        needed=needed,
        presumed=presumed,
        sentence=f"{words} ({paragraph}).",
        paragraph=paragraph,
        approval_needed=approval,
        words=f"{words}.",
    )
