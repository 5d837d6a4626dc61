"""What the data of a document says in words, and which of them a finished file lacks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from proposals.documents.context import rich_paths
from proposals.documents.filters import datum


def missing(
    text: str, data: Mapping[str, Any], left_out: set[str], context_type: Any
) -> list[tuple[str, str]]:
    """Return path and words of what a text lacks; `left_out` names paths with all below them."""
    found = squeezed(text)
    return [
        (path, words)
        for path, words in leaves(data, frozenset(rich_paths(context_type)))
        if not any(path == name or path.startswith(name + ".") for name in left_out)
        if squeezed(words) not in found
    ]


def leaves(value: Any, rich: frozenset[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the printed words of each value."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from leaves(one, rich, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, rich, path)
    elif isinstance(value, date):
        yield path, datum(value)
    elif path in rich:
        yield from ((path, piece) for piece in re.split(r"<[^>]+>", value.replace("&nbsp;", " ")))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path, str(value)


def squeezed(text: str) -> str:
    """Return the text with each run of blanks as one."""
    return re.sub(r"\s+", " ", text).strip()


def in_order(printed: str, words: Sequence[str]) -> bool:
    """Say whether the words stand in the text one after the other."""
    at = -1
    return all((at := printed.find(word, at + 1)) >= 0 for word in words)
