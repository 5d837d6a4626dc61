"""The editor can write what may be stored, and nothing else may be stored."""

import re
from pathlib import Path
from typing import Any

from django_prose_editor.config import allowlist_from_extensions

from proposals.rules.cleaning import ATTRIBUTES, TAGS, URL_SCHEMES

EDITOR = Path(__file__).parents[2] / "proposals/static/proposals/editor.js"
OPTIONS: dict[str, Any] = {
    "Heading": {"levels": [3, 4]},
    "OrderedList": {"enableListAttributes": False},
    "Table": {"resizable": False},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
}
# the editor writes them, the one form of a text leaves them out: they say nothing here
SILENT = {"a": {"rel", "title"}, "ol": {"type", "data-type"}}
# what stored text may hold beside it: the head of a table, which reads as its first row
READ_AS_ROWS = {"thead"}


def extensions() -> dict[str, Any]:
    """Return what the editor is made of, as its script names it."""
    source = EDITOR.read_text(encoding="utf-8")
    listed = source[source.index("const extensions = [") : source.index("return { Editor")]
    plain = re.findall(r'"([A-Z]\w+)"', listed)
    with_options = re.findall(r"(?:kit\.)?(\w+)\.configure\(", listed)
    assert set(with_options) == OPTIONS.keys()
    assert "levels: [3, 4]" in listed
    assert 'protocols: ["http", "https", "mailto"]' in listed
    return {**dict.fromkeys(plain, True), **OPTIONS}


def test_the_editor_and_the_list_of_what_is_stored_agree() -> None:
    written = allowlist_from_extensions(extensions())
    assert written["tags"] | READ_AS_ROWS == TAGS
    assert written["url_schemes"] == URL_SCHEMES
    attributes = {
        tag: set(names) - SILENT.get(tag, set()) for tag, names in written["attributes"].items()
    }
    stored = {tag: names - {"scope"} for tag, names in ATTRIBUTES.items()}
    assert {tag: names for tag, names in attributes.items() if names} == stored
