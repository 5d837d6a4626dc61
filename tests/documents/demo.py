"""The five demo cases, played once, and the sentences that went into them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from proposals.models import ProposalVersion
from proposals.services.organization import set_up_house
from workflows.demo import houses
from workflows.demo.story import Story

_MARK = re.compile(r"^(?:[-*]|\d+\.)\s+")
_WORDS = ("text", "name", "note", "title", "subject", "file_reference")


@contextmanager
def played() -> Iterator[dict[str, ProposalVersion]]:
    """Yield each house's version; the database is as before afterwards, as in a TestCase."""
    outer: Any = transaction.atomic()
    outer._from_testcase = True  # Django's own way to let durable blocks be inside
    with outer:
        yield {slug: _play(slug) for slug in houses.SLUGS}
        transaction.set_rollback(True)


def _play(slug: str) -> ProposalVersion:
    data = houses.load(slug)
    house = set_up_house(house=houses.house_of(data), password=None)
    proposal = Story(house, data).play()
    version: ProposalVersion = ProposalVersion.everything.get(proposal=proposal)
    return version


def sentences(slug: str) -> list[str]:
    """Return what somebody typed that a form of any house has to print, line by line."""
    case = houses.load(slug)["case"]
    typed = [case["subject"], *case["texts"].values()]
    typed += [row["title"] for row in case.get("attachments", [])]
    return _lines(typed)


def details(slug: str) -> list[str]:
    """Return what the neutral form prints besides: costs, posts, funding, deadlines, wordings."""
    case = houses.load(slug)["case"]
    rows = [
        r for name in ("costs", "positions", "funding", "deadlines") for r in case.get(name, [])
    ]
    typed = [row[word] for row in rows for word in _WORDS if word in row]
    if houses.load(slug)["municipality"]["recommendation_as"] != "sheet":
        typed += [step["wording"] for step in case["steps"] if "wording" in step]
    return _lines([*typed, case["file_reference"]])


def _lines(texts: list[str]) -> list[str]:
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [_MARK.sub("", line) for line in lines if line]
