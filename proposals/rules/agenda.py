"""Tagesordnung: kinds of items, and the numbers that a house gives them."""

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from .errors import RuleViolation
from .words import Labelled


class ItemKind(Labelled):
    """Art des Tagesordnungspunktes; most meetings have items without a Vorlage."""

    PROPOSAL = "proposal", "Vorlage"
    OPENING = "opening", "Eröffnung und Feststellung der Beschlussfähigkeit"
    AGENDA = "agenda", "Feststellung der Tagesordnung"
    MINUTES = "minutes", "Genehmigung des Protokolls"
    QUESTIONS = "questions", "Einwohnerfragestunde"
    REPORTS = "reports", "Bericht und Mitteilungen"
    INQUIRIES = "inquiries", "Anfragen"
    CLOSING = "closing", "Schließung der Sitzung"
    OTHER = "other", "Sonstiges"


class Addition(Labelled):
    """How an item came on the agenda."""

    INVITATION = "invitation", "mit der Einladung"
    SUPPLEMENT = "supplement", "Nachtrag"
    EXTENSION = "extension", "Erweiterung in der Sitzung"


class Delivery(Labelled):
    """When the members got the paper of an item."""

    IN_TIME = "in_time", "fristgerecht"
    LATE = "late", "nachgereicht"
    TABLED = "tabled", "Tischvorlage"


class AgendaNumbering(Labelled):
    """How a house numbers the public and the non-public part of its agendas."""

    SEPARATE = "separate", "Ö 1, Ö 2 … N 1, N 2 …"
    PREFIXED = "prefixed", "Ö 1, Ö 2, N 3 …"
    CONTINUOUS = "continuous", "1, 2, 3 …"


@dataclass(frozen=True)
class Numbered:
    """An item in its place on the agenda; `fixed` is the number it was invited with ("": none).

    `parent` is the item it belongs to. `closing`: it ends the meeting, and may stand in public
    behind the non-public part.
    """

    pk: int
    public: bool
    parent: int | None = None
    fixed: str = ""
    closing: bool = False


def number_items(parts: Sequence[Numbered], numbering: AgendaNumbering) -> dict[int, str]:
    """Return the number of every item by the rule of the house; fixed ones stay.

    A late item at the end of its part takes the next free number, one that was put between two
    invited ones a letter ("Ö 5a"); sub-items count behind their item ("Ö 12.1").
    """
    numbers: dict[int, str] = {}
    taken = {part.fixed for part in parts}
    pks = {part.pk for part in parts}
    top = [part for part in parts if part.parent not in pks]
    families = [[(part, _prefix(part, numbering)) for part in top]]
    while families:
        family = families.pop()
        numbers |= _number_family(family, taken, shared=numbering == AgendaNumbering.PREFIXED)
        for parent, _ in family:
            below = [part for part in parts if part.parent == parent.pk]
            families.append([(part, f"{numbers[parent.pk]}.") for part in below])
    return {part.pk: numbers[part.pk] for part in parts if part.pk in numbers}


def objection_to_order(
    parts: Sequence[Numbered], numbering: AgendaNumbering
) -> RuleViolation | None:
    """Refuse public items behind non-public ones, and sub-items away from their item.

    A house that numbers through may mix both parts. The end of the meeting may be public again.
    """
    mixed = numbering == AgendaNumbering.CONTINUOUS
    behind_closed_doors = False
    above: list[Numbered] = []
    for part in parts:
        while above and above[-1].pk != part.parent:
            above.pop()
        if part.parent is not None and not above:
            return RuleViolation("Ein Unterpunkt steht direkt unter seinem Tagesordnungspunkt.")
        if above and above[-1].public != part.public and not mixed:
            return RuleViolation(
                "Ein Unterpunkt steht in demselben Teil wie sein Tagesordnungspunkt, öffentlich "
                "oder nichtöffentlich."
            )
        if part.public and behind_closed_doors and not (mixed or part.closing):
            return RuleViolation(
                "Öffentliche Tagesordnungspunkte stehen vor den nichtöffentlichen."
            )
        behind_closed_doors = behind_closed_doors or not part.public
        above.append(part)
    return None


_NUMBER = re.compile(r"(.*?)([0-9]{1,4})([a-z]*)")


def _prefix(part: Numbered, numbering: AgendaNumbering) -> str:
    if numbering == AgendaNumbering.CONTINUOUS:
        return ""
    return "Ö " if part.public else "N "


def _number_family(
    family: Sequence[tuple[Numbered, str]], taken: set[str], *, shared: bool
) -> dict[int, str]:
    """Number the items of one level behind their prefixes; `shared`: one count for all prefixes.

    Adds what it gives to `taken`.
    """
    highest: dict[str, int] = {}
    fixed = {part.pk: _NUMBER.fullmatch(part.fixed) for part, _ in family}
    for known in filter(None, fixed.values()):
        count = "" if shared else known[1]
        highest[count] = max(highest.get(count, 0), int(known[2]))

    numbers = {}
    newest: dict[str, str] = {}  # the last fixed number in front, without its letter
    for place, (part, prefix) in enumerate(family):
        match = fixed[part.pk]
        if part.fixed:
            number = part.fixed
            if match:
                newest[match[1]] = match[1] + match[2]
        elif prefix in newest and _goes_on(prefix, family[place + 1 :]):
            number = _first_free(newest[prefix], _LETTERS, taken)
        else:
            count = "" if shared else prefix
            number = _first_free(
                prefix, map(str, itertools.count(highest.get(count, 0) + 1)), taken
            )
            highest[count] = int(number.removeprefix(prefix))
        taken.add(number)
        numbers[part.pk] = number
    return numbers


def _goes_on(prefix: str, family: Sequence[tuple[Numbered, str]]) -> bool:
    """Say whether an item with a fixed number of this kind follows."""
    matches = (_NUMBER.fullmatch(part.fixed) for part, _ in family)
    return any(match is not None and match[1] == prefix for match in matches)


_LETTERS = (*ascii_lowercase, *map("".join, itertools.product(ascii_lowercase, repeat=2)))


def _first_free(stem: str, endings: Iterable[str], taken: Collection[str]) -> str:
    return next(stem + ending for ending in endings if stem + ending not in taken)
