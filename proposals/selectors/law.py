"""Rechtsstand: every rule that holds for a house on a day, with its proof and what is unchecked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..models import HouseRule, Municipality
from ..rules.law import Law, LawRow, label_of, law, rule_path, topics, value_words
from ..rules.law.phrases import Names, belongs
from ..rules.law.rows import row_at
from ..rules.words import CommitteeKind, Land, MunicipalityKind


@dataclass(frozen=True)
class HouseLine:
    """What the house has set: the whole rule as it then reads, and where since when it says so."""

    words: str
    sources: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class RuleLine:
    """A rule of the Land with its proof, and the house's own laid over it.

    `inherited` where the body has no rule of its own and the house changed that of another.
    """

    label: str
    words: str
    paragraph: str
    source: str
    checked_on: date
    valid_from: date
    valid_to: date | None
    read: bool
    inherited: bool
    house: HouseLine | None

    @property
    def url(self) -> str:
        """Return the source's address, "" where it has none."""
        first = self.source.partition(" ")[0]
        return first if first.startswith(("https://", "http://")) else ""

    @property
    def source_words(self) -> str:
        """Return what the source says beside its address."""
        return self.source.removeprefix(self.url).strip()


@dataclass(frozen=True)
class Topic:
    """The rules on one body or one subject."""

    heading: str
    rules: tuple[RuleLine, ...]

    @property
    def unchecked(self) -> int:
        """Return how many of them still have to be looked up."""
        return sum(not rule.read for rule in self.rules)


@dataclass(frozen=True)
class LawPage:
    """The state of the law of a house on a day."""

    land: str
    title: str
    verdicts: bool
    on: date
    topics: tuple[Topic, ...]

    @property
    def total(self) -> int:
        """Return how many rules there are."""
        return sum(len(topic.rules) for topic in self.topics)

    @property
    def unchecked(self) -> int:
        """Return how many of them still have to be looked up."""
        return sum(topic.unchecked for topic in self.topics)


def law_page(municipality_id: int, on: date) -> LawPage:
    """Return the rules that hold for a house on a day; raises RuleViolation where none are stored.

    Two queries: the house and its own rules.
    """
    house = Municipality.objects.get(pk=municipality_id)
    statutory = law(Land(house.land), MunicipalityKind(house.kind), on)
    own = _own_rules(house, on)
    overlaid = law(
        Land(house.land),
        MunicipalityKind(house.kind),
        on,
        {rule.path: rule.value for rule in own},
    )
    names = {kind: statutory.body(kind).name for kind in CommitteeKind}
    lines = _HouseLines(own, overlaid, names)
    return LawPage(
        land=statutory.land.label,
        title=f"{statutory.title} ({statutory.statute})",
        verdicts=statutory.verdicts,
        on=on,
        topics=tuple(_topics(statutory, names, lines)),
    )


def _own_rules(house: Municipality, on: date) -> list[HouseRule]:
    """Return the house's rules in force on a day, the oldest first: the newest of a path counts."""
    rows = HouseRule.objects.filter(municipality=house, valid_from__lte=on)
    return list(rows.order_by("valid_from"))


class _HouseLines:
    """The house's rules by the rule they change."""

    def __init__(self, own: Iterable[HouseRule], overlaid: Law, names: Names) -> None:
        newest = {rule.path: rule for rule in own}
        self._own: dict[str, list[HouseRule]] = {}
        for rule in newest.values():
            self._own.setdefault(rule_path(rule.path), []).append(rule)
        self._values = {row.path: row.value for row in overlaid.rows}
        self._names = names

    def paths(self) -> Iterable[str]:
        """Return the rules that the house has changed."""
        return self._own.keys()

    def at(self, path: str) -> HouseLine | None:
        """Return what the house has set at a rule, None for nothing."""
        if path not in self._own:
            return None
        words = value_words(path, self._values[path], self._names)
        return HouseLine(words, tuple((rule.source, rule.valid_from) for rule in self._own[path]))


def _topics(statutory: Law, names: Names, lines: _HouseLines) -> Iterator[Topic]:
    rows = {row.path: row for row in statutory.rows}
    paths = list(dict.fromkeys([*rows, *lines.paths()]))
    for heading, beginnings in topics(names):
        below = [path for path in paths if belongs(path, beginnings)]
        below.sort(key=lambda path: (_order(path, beginnings), path))
        rules = [_line(path, rows, names, lines.at(path)) for path in below]
        if rules:
            yield Topic(heading, tuple(rules))


def _order(path: str, beginnings: tuple[str, ...]) -> int:
    return next(
        number for number, beginning in enumerate(beginnings) if belongs(path, (beginning,))
    )


def _line(path: str, rows: Mapping[str, LawRow], names: Names, house: HouseLine | None) -> RuleLine:
    row = row_at(rows, path)
    if row is None:
        assert house is not None  # a path is that of a row or of a house rule
        since = min(day for _, day in house.sources)
        return RuleLine(
            label=label_of(path),
            words="keine Regel im Gesetz",
            paragraph="",
            source="",
            checked_on=since,
            valid_from=since,
            valid_to=None,
            read=True,
            inherited=False,
            house=house,
        )
    return RuleLine(
        label=label_of(path),
        words=value_words(row.path, row.value, names),
        paragraph=row.paragraph,
        source=row.source,
        checked_on=row.checked_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        read=row.read,
        inherited=path not in rows,
        house=house,
    )
