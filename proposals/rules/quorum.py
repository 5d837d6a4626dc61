"""Beschlussfähigkeit: whether enough members are present."""

from dataclasses import dataclass

from .errors import RuleViolation


@dataclass(frozen=True)
class QuorumData:
    """When a body is quorate; every Land asks for more than half of the statutory number.

    `presumed`: once stated it lasts until somebody doubts it. `floor_third`: below a third of the
    members it ends ex officio, and so it does below `floor` members, doubted or not; `floor` holds
    for a second meeting too. `at_least_half`: half of the members is enough.
    """

    paragraph: str
    presumed: bool
    floor_third: bool = False
    floor: int = 0
    at_least_half: bool = False
    second_meeting_paragraph: str = ""


def objection_to_quorum(
    present: int,
    members: int,
    data: QuorumData,
    *,
    doubted: bool = True,
    second_meeting: bool = False,
) -> RuleViolation | None:
    """Refuse a vote of a body that is not quorate.

    `members` is the statutory number, `doubted` false as long as the body was found quorate in
    this meeting and nobody has doubted it since (NI § 65 Abs. 1 Satz 3 NKomVG). `second_meeting`:
    the matter was put off for want of a quorum and the second invitation said so (NI § 65 Abs. 2).
    """
    if second_meeting and data.second_meeting_paragraph:
        if present >= max(data.floor, 1):
            return None
        return _lacking(present, members, data.second_meeting_paragraph)
    below_floor = present < data.floor or (data.floor_third and present * 3 < members)
    if data.presumed and not doubted and not below_floor:
        return None
    enough = present * 2 >= members if data.at_least_half else present * 2 > members
    if enough and not below_floor:
        return None
    return _lacking(present, members, data.paragraph)


def _lacking(present: int, members: int, paragraph: str) -> RuleViolation:
    return RuleViolation(
        f"Das Gremium ist nicht beschlussfähig: {present} von {members} Mitgliedern anwesend.",
        paragraph,
    )
