"""Never a silent loss: every word that went into a document is found in it again.

A template may leave a name out; what it prints it has to print whole. Compared are letters and
figures alone: a font, a hyphen or a line break is the business of Word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from .checks import text_of
from .context import rich_paths
from .faults import TemplateFault
from .tags import Tag
from .template import Template

_MARKUP = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d]\w*")
_SHOWN = 60


def refuse_losses(
    document: bytes, template: Template, context: Mapping[str, Any], context_type: Any
) -> None:
    """Raise TemplateFault where a text of the data is not in the finished document."""
    rich = frozenset(rich_paths(context_type))
    found = _bare(text_of(document))
    printed = _names(template)
    for path, words in _leaves(context, rich):
        if path.rpartition(".")[2] in printed and _bare(words) not in found:
            short = " ".join(words.split())[:_SHOWN]
            raise TemplateFault(f"{path}: Der Text „{short}“ fehlt im fertigen Dokument.")


def _names(template: Template) -> frozenset[str]:
    """Return every word that a template is sure to print; what it never names it leaves out."""
    return frozenset[str]().union(*(_sure(part.tags) for part in template.filled.values()))


# a word that is printed, and the words that its tag and the loops around it go through
_Printed = dict[str, frozenset[str]]


@dataclass(slots=True)
class _Block:
    """What stands between {% if … %} or {% for … %} and its end; the whole part is one as well."""

    condition: frozenset[str] = frozenset()
    branches: list[_Printed] = field(default_factory=lambda: [{}])
    closed: bool = False
    """Whether one of the branches is printed in any case."""

    def add(self, printed: _Printed) -> None:
        here = self.branches[-1]
        for name, words in printed.items():
            here[name] = here.get(name, frozenset()) | words

    def sure(self) -> _Printed:
        """Return what is printed in every branch, or hangs on nothing but itself being there."""
        first, *others = self.branches
        return {
            name: words
            for name, words in first.items()
            if words & self.condition or (self.closed and all(name in other for other in others))
        }


def _sure(tags: Iterable[Tag]) -> Iterable[str]:
    """Return the words that no condition on something else can keep from printing.

    `{% if titel %}{{ titel }}{% endif %}` prints every title there is; under `{% if entwurf %}` the
    house decides what is printed.
    """
    blocks = [_Block(closed=True)]
    source_of: dict[str, frozenset[str]] = {}
    for tag in tags:
        own = frozenset(_WORD.findall(tag.code))
        words = own.union(*(source_of.get(word, ()) for word in own))
        if tag.sign == "{":
            blocks[-1].add(dict.fromkeys(own, words))
        elif tag.keyword == "for":
            blocks[-1].add(dict.fromkeys(own, words))
            name, _, source = tag.code.removeprefix("for ").partition(" in ")
            source_of[name.strip()] = words.union(_WORD.findall(source))
            blocks.append(_Block(closed=True))
        elif tag.keyword == "if":
            blocks.append(_Block(words, closed=tag.code == "if true"))
        elif tag.keyword in ("elif", "else"):
            blocks[-1].branches.append({})
            blocks[-1].closed |= tag.keyword == "else"
        else:
            printed = blocks.pop().sure()
            blocks[-1].add(printed)
    return blocks[0].sure()


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _leaves(value: Any, rich: frozenset[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of the data with its path; days and figures print in a way of their own."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, rich, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one, rich, path)
    elif isinstance(value, str) and path in rich:
        yield from ((path, unescape(piece)) for piece in _MARKUP.split(value))
    elif isinstance(value, str):
        yield path, value
