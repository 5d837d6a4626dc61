"""Vorlagenarten im Haus: a kind's name and the layout of its sections, as the house sets them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .errors import RuleViolation
from .sections import COUNTED, FINANCE, HouseSections, Section, objection_to_sections
from .words import ProposalKind


@dataclass(frozen=True)
class KindLayout:
    """The sections of a kind of paper: codes in their order, headings by code.

    `counted` are those counted I., II., …, `joined` is the heading once above them ("" for none).
    A section without a heading here has the one of the other kinds.
    """

    order: Sequence[str]
    headings: Mapping[str, str] = field(default_factory=dict)
    counted: Sequence[str] = ()
    joined: str = ""


def layout_of(house: HouseSections, kind: ProposalKind) -> KindLayout:
    """Return what holds for a kind now, with a heading for everything that may be printed."""
    headings = {section.value: house.name(section, kind) for section in Section}
    return KindLayout(
        house.order_of(kind),
        headings | {FINANCE: house.finance_title(kind)},
        house.counted_in(kind),
        house.joined_title(kind),
    )


def titles_of(house: HouseSections, kind: ProposalKind) -> list[str]:
    """Return the headings of a paper in which everything is filled in, in their order."""
    return [
        house.finance_title(kind) if name == FINANCE else house.title(Section(name), kind)
        for name in house.order_of(kind)
    ]


def with_layout(house: HouseSections, kind: ProposalKind, layout: KindLayout) -> HouseSections:
    """Return the sections of the house with this layout of a kind.

    What a kind has in common with the others is not kept a second time.
    """
    common = without_layout(house, kind)
    usual = layout_of(common, kind)
    headings = {
        name: heading
        for name, heading in layout.headings.items()
        if heading and heading != usual.headings[name]
    }
    if layout.joined != usual.joined:
        headings[COUNTED] = layout.joined
    changed = common
    if list(layout.order) != list(usual.order):
        changed = replace(changed, of_kind={**common.of_kind, kind.value: list(layout.order)})
    if headings:
        changed = replace(changed, names={**common.names, kind.value: headings})
    if list(layout.counted) != changed.counted_in(kind):
        counted = {**common.counted_of, kind.value: list(layout.counted)}
        changed = replace(changed, counted_of=counted)
    return changed


def without_layout(house: HouseSections, kind: ProposalKind) -> HouseSections:
    """Return the sections of the house as they were if the kind had nothing of its own."""
    return replace(
        house,
        of_kind={key: rows for key, rows in house.of_kind.items() if key != kind.value},
        names={key: name for key, name in house.names.items() if key != kind.value},
        counted_of={key: rows for key, rows in house.counted_of.items() if key != kind.value},
    )


def objection_to_layout(kind: ProposalKind, layout: KindLayout) -> RuleViolation | None:
    """Refuse a layout without what the kind is made of, or whose counting cannot be printed."""
    if objection := objection_to_sections(kind, layout.order):
        return objection
    counted = set(layout.counted)
    if strange := [name for name in layout.counted if name not in layout.order]:
        return RuleViolation(
            f"„{_called(strange[0])}“ kommt in dieser Art nicht vor und lässt sich nicht zählen.",
            field=strange[0],
        )
    if FINANCE in counted:
        return RuleViolation("Der Finanzblock wird nicht gezählt.", field=FINANCE)
    places = [at for at, name in enumerate(layout.order) if name in counted]
    inside = layout.order[min(places) : max(places)] if places else []
    if between := [name for name in inside if name not in counted and name != FINANCE]:
        return RuleViolation(
            f"Gezählte Abschnitte stehen hintereinander; „{_called(between[0])}“ steht dazwischen.",
            field=between[0],
        )
    return None


def objection_to_kind_name(
    kind: ProposalKind, name: str, names: Mapping[ProposalKind, str]
) -> RuleViolation | None:
    """Refuse a name that another kind of the house has: lists could not tell them apart."""
    for other, taken in names.items():
        if other != kind and taken.casefold() == name.casefold():
            return RuleViolation(f"Eine andere Art heißt hier schon „{taken}“.", field="name")
    return None


def _called(name: str) -> str:
    """Return what the page calls a row, whatever heading it has been given."""
    return "Finanzielle Auswirkungen" if name == FINANCE else Section(name).label
