"""What formatted text needs of a template, and what it adds to the package."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class House:
    """What a template offers for formatted text: style ids, numberings, a line's width in twips.

    `indents`: how far each style sets its text in, in twips, where it does.
    """

    text: str
    bullet: str
    ordered: str
    headings: tuple[str, str]
    cell: str
    table: str | None
    link: str | None
    bullet_number: int
    ordered_abstract: int
    last_number: int
    text_width: int
    indents: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class Resources:
    """What one rendering adds to the package: numberings of lists and targets of links."""

    house: House
    numberings: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    def numbering(self, level: int, start: int) -> int:
        """Begin a list of its own on a level and return its number."""
        number = self.house.last_number + len(self.numberings) + 1
        self.numberings.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self.house.ordered_abstract}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            "</w:num>"
        )
        return number

    def link(self, address: str) -> str:
        """Return the relation id of an address."""
        return self.links.setdefault(address, link_id(len(self.links)))


def link_id(number: int) -> str:
    """Return the relation id of a link, counted from 0."""
    return f"rIdLink{number + 1}"
