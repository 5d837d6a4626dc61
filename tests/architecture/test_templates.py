"""What the Content-Security-Policy would refuse in a page."""

import re

import pytest

from .source import files, place

REFUSED = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    # a script with a type of data is not run
    "inline script": re.compile(
        r"<script(?![^>]*\ssrc\s*=)(?![^>]*\stype\s*=\s*[\"']application/)[^>]*>", re.IGNORECASE
    ),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address of a script": re.compile(r"javascript:", re.IGNORECASE),
    "address outside": re.compile(
        r"<(?:link|script|img)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//"
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_no_template_has_what_the_browser_would_refuse(kind: str) -> None:
    found = [
        place(path, text.count("\n", 0, match.start()) + 1)
        for path in files(".html", ".svg", ".txt", below="proposals")
        + files(".html", ".svg", ".txt", below="workflows")
        if "templates" in path.parts
        for text in [path.read_text(encoding="utf-8")]
        for match in REFUSED[kind].finditer(text)
    ]
    assert found == []
