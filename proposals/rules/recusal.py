"""Mitwirkungsverbot (Befangenheit): whether a vote cast in spite of it decided the result."""

from dataclasses import replace

from .voting import MajorityRule, Tally, ruling


def decides_the_result(
    tally: Tally, majority: MajorityRule, *, yes: int = 0, no: int = 0, members: int | None = None
) -> bool:
    """Say whether the result is another one without the excluded votes that were counted.

    `yes` and `no` are the votes of excluded members within `tally`. A resolution is void only
    where they were decisive (NI § 41 Abs. 6 Satz 1 NKomVG); who excludes is the body, not this.
    Raises ValueError where more votes are taken out than were counted.
    """
    if yes > (tally.yes or 0) or no > tally.no:
        raise ValueError("more excluded votes than votes")
    without = replace(tally, yes=None if tally.yes is None else tally.yes - yes, no=tally.no - no)
    before = ruling(tally, majority, members=members)
    return before.result is not ruling(without, majority, members=members).result
