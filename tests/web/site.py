"""The site as a person uses it: pages are opened, their forms filled in and sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html as markup

from proposals.models import Proposal, User
from tests import factories as f
from tests.census import census
from workflows import engine

Values = Mapping[str, Any]
UNSENT = ("submit", "button", "image", "reset", "file")


@dataclass
class Page:
    """An answer as a person sees it."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def html(self) -> str:
        """Return the page as text; a file is none."""
        return self.body.decode() if self.headers["Content-Type"].startswith("text/html") else ""

    @property
    def words(self) -> str:
        """Return what can be read on the page, its white space evened out."""
        return _even(" ".join(self._tree().itertext())) if self.html.strip() else ""

    @property
    def complaints(self) -> list[str]:
        """Return the lines of the error summary."""
        lines = self._tree().cssselect(".vl-errors li")
        return [_even(line.text_content()) for line in lines]

    def value(self, name: str) -> str:
        """Return what stands in a field of the page's form."""
        return self.fields[name][0]

    def _tree(self) -> Any:
        return markup.fromstring(self.html or "<html></html>")

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """Return what a browser would send of the page's own form, without its buttons."""
        if not self.html.strip():
            return {}
        found: dict[str, list[str]] = {}
        for control in self._tree().cssselect(
            "main form input[name], main form textarea[name], main form select[name]"
        ):
            for value in _values_of(control):
                found.setdefault(control.get("name"), []).append(value)
        found.pop("csrfmiddlewaretoken", None)
        return found


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _values_of(control: Any) -> list[str]:
    if control.tag == "textarea":
        # the parser of HTML drops the first line break after the tag
        return [(control.text or "").removeprefix("\n")]
    if control.tag == "select":
        chosen = control.cssselect("option[selected]") or control.cssselect("option")[:1]
        return [option.get("value", "") for option in chosen]
    kind = control.get("type", "text")
    if kind in UNSENT or (kind in ("checkbox", "radio") and control.get("checked") is None):
        return []
    return [control.get("value", "on" if kind == "checkbox" else "")]


class Visitor:
    """Somebody at a browser; `None` has not logged in."""

    def __init__(self, user: User | None, **options: Any) -> None:
        self.client = Client(**options)
        if user is not None:
            self.client.force_login(user)

    def get(self, url: str, expect: int = 200, **options: Any) -> Page:
        """Open a page."""
        return _page(self.client.get(url, **options), expect)

    def post(
        self, url: str, values: Values | None = None, expect: int = 302, **options: Any
    ) -> Page:
        """Send values as they are given; None is left out."""
        sent = {name: value for name, value in (values or {}).items() if value is not None}
        return _page(self.client.post(url, sent, **options), expect)

    def send(self, url: str, expect: int = 302, **changes: Any) -> Page:
        """Open the page, fill in its form and send it; a change of None leaves a field out."""
        return self.post(url, filled(self.get(url), **changes), expect)


def filled(page: Page, **changes: Any) -> dict[str, Any]:
    """Return a page's form as it would be sent after `changes`; "_" stands for the "-" of rows."""
    named = {re.sub(r"_(\d+)_", r"-\1-", name): value for name, value in changes.items()}
    return {**page.fields, **named}


def _page(response: Any, expect: int) -> Page:
    assert isinstance(response, HttpResponse) or response.streaming
    page = Page(response.status_code, response.content, response.headers)
    assert page.status == expect, (
        f"{page.status} {page.headers.get('Location')} {page.words[:1500]}"
    )
    return page


class Site:
    """A house with a browser for each of its people."""

    def __init__(self, house: f.House) -> None:
        self.house = house
        self._visitors: dict[str, Visitor] = {}

    def __getitem__(self, name: str) -> Visitor:
        """Return the browser of somebody of the house."""
        if name not in self._visitors:
            self._visitors[name] = Visitor(self.house.user(name))
        return self._visitors[name]


def address(proposal: Proposal, *parts: object) -> str:
    """Return the address of a proposal's page, or of one below it."""
    return "/".join(["", "vorlagen", str(proposal.pk), *map(str, parts), ""])


def rows(name: str, *lines: Values, initial: int = 0) -> dict[str, Any]:
    """Return a list of the draft form with these lines."""
    values: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(lines), f"{name}-INITIAL_FORMS": initial}
    for number, line in enumerate(lines):
        values |= {f"{name}-{number}-{key}": value for key, value in line.items()}
    return values


def count_rows() -> dict[str, int]:
    """Return how many rows each table holds; sessions come and go."""
    return {table: count for table, count in census().items() if table != "django_session"}


def state_of(proposal: Proposal) -> tuple[Any, ...]:
    """Return what a refused act must not change: every row, the status, the open tasks."""
    fresh = f.reread(proposal)
    turns = sorted(turn for _, turn in engine.turns(engine.open_tasks_of(fresh)))
    return count_rows(), fresh.status, fresh.revision, fresh.number, turns
