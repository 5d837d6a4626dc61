"""The packages of two Word files: text that moves from the old one takes lists and links along."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from . import package
from .wml import DECLARATION, R, W

_HYPERLINK: Final = "hyperlink"


class Parts:
    """The main parts of an old and a new file of one template; the new one is written."""

    def __init__(self, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
        self.old, self.new = old, dict(new)
        self.main = package.related(new, "", "officeDocument")[0]
        self.old_root, self.new_root = (package.parse(files[self.main]) for files in (old, new))
        name = package.related(new, self.main, "numbering")[0]
        self.numbering_name = name
        self.old_numbering, self.numbering = (package.parse(files[name]) for files in (old, new))
        self.adopted: dict[str, str] = {}
        self.relations_name = package.relations_name(self.main)
        self.relations = package.parse(new[self.relations_name])
        self.old_targets = {row.id: row.target for row in package.relations(old, self.main)}

    def adopt(self, block: etree._Element) -> None:
        """Make the numbers of lists and links in old text mean in the new file what they meant."""
        for number in block.iter(W + "numId"):
            number.set(W + "val", self._number(number.get(W + "val", "0")))
        for link in block.iter(W + _HYPERLINK):
            if (key := link.get(R + "id")) is not None:
                link.set(R + "id", self._relation(key))

    def _number(self, key: str) -> str:
        was, is_now = (_numbering(root, key) for root in (self.old_numbering, self.numbering))
        if was is None or (is_now is not None and _alike(was, is_now)):
            return key
        if key not in self.adopted:
            rows = list(self.numbering.iter(W + "num"))
            self.adopted[key] = str(max(int(row.get(W + "numId", "0")) for row in rows) + 1)
            copy = deepcopy(was)
            copy.set(W + "numId", self.adopted[key])
            rows[-1].addnext(copy)
        return self.adopted[key]

    def _relation(self, key: str) -> str:
        target = self.old_targets[key]
        for row in self.relations:
            if row.get("Target") == target:
                return str(row.get("Id"))
        row = etree.SubElement(self.relations, f"{package.RELATIONS}Relationship")
        name = f"rIdGone{len(self.relations)}"
        row.attrib.update(
            {
                "Id": name,
                "Type": f"{R[1:-1]}/{_HYPERLINK}",
                "Target": target,
                "TargetMode": "External",
            }
        )
        return name

    def assembled(self) -> bytes:
        """Return the new file with everything that was taken over."""
        for name, root in (
            (self.main, self.new_root),
            (self.numbering_name, self.numbering),
            (self.relations_name, self.relations),
        ):
            text = DECLARATION + etree.tostring(root, encoding="unicode")
            self.new[name] = text.encode()
        return package.assemble(package.packed(name, [data]) for name, data in self.new.items())


def _numbering(root: etree._Element, key: str) -> etree._Element | None:
    return next((row for row in root.iter(W + "num") if row.get(W + "numId") == key), None)


def _alike(one: etree._Element, other: etree._Element) -> bool:
    return bool(etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n"))
