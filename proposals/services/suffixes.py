"""The number behind a number: of a supplement, and of a wording issued anew; one count for both."""

from collections.abc import Iterator

from ..models import Municipality, Proposal, Reissue
from ..models.relations import supplemented


def lock_house(house: Municipality) -> None:
    """Lock the house's row: who draws, types or sets a number queues there."""
    Municipality.objects.select_for_update(no_key=True).get(pk=house.pk)


def number_behind(base: Proposal) -> str:
    """Return the next number behind that of a paper; inside an event, its house is locked.

    What supplements a supplement counts on behind the first paper, or goes down one level where
    the house's pattern has two.
    """
    lock_house(base.municipality)
    above, level = _place(base)
    number = above.number or ""
    return base.municipality.suffix.of(number, _next(above, level), level)


def draw_suffix(proposal: Proposal) -> int:
    """Return the suffix that the next re-issue gets; inside an event, the house is locked."""
    lock_house(proposal.municipality)
    return _next(proposal)


def next_reissue(proposal: Proposal) -> str:
    """Return the number that the next re-issue would get."""
    return proposal.municipality.suffix.of(proposal.number or "", _next(proposal))


def carries_number_of(proposal: Proposal, base: Proposal) -> bool:
    """Say whether the number of a paper is that of another one with a suffix."""
    pattern, number = base.municipality.suffix, proposal.number or ""
    levels = range(1, len(pattern.levels) + 1)
    return bool(base.number) and any(
        pattern.read(number, base.number or "", level) is not None for level in levels
    )


def is_reissue(house: Municipality, number: str) -> bool:
    """Say whether a wording of the house was issued anew under a number."""
    return Reissue.everything.filter(proposal__municipality=house, issued_as=number).exists()


def _next(paper: Proposal, level: int = 1) -> int:
    return max(_used(paper, level), default=0) + 1


def _used(paper: Proposal, level: int) -> Iterator[int]:
    """Yield the suffixes in use behind a paper's number: of papers, and of what was issued anew."""
    pattern, number = paper.municipality.suffix, paper.number or ""
    house = Proposal.everything.filter(municipality=paper.municipality_id)
    for other in house.filter(number__startswith=number).values_list("number", flat=True):
        suffix = pattern.read(other or "", number, level)
        if suffix is not None:
            yield suffix
    yield from Reissue.everything.filter(proposal=paper).values_list("suffix", flat=True)


def _place(base: Proposal) -> tuple[Proposal, int]:
    """Return the paper behind whose number the next one stands, and its level."""
    earlier = _earlier(base)
    chain = [base]
    while above := next((row for row in earlier if carries_number_of(chain[-1], row)), None):
        chain.append(above)
    place = max(0, len(chain) - len(base.municipality.suffix.levels))
    return chain[place], len(chain) - place


def _earlier(paper: Proposal) -> list[Proposal]:
    """Return what a paper supplements, and what that supplements."""
    found = [paper]
    while (above := supplemented(found[-1])) is not None and above not in found:
        found.append(above)
    return found[1:]
