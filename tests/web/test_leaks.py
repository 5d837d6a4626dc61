"""A random word in everything confidential, and a walk of every role through every page."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q

from proposals.models import AgendaItem, CoSignature, Proposal, Wording
from proposals.rules.difference import Piece, word_difference
from proposals.selectors import proposal_page
from tests.web import test_permissions as table
from tests.web.addresses import MEMBERS
from tests.web.site import address
from tests.web.world import ROLES, Paper, World

Reading = dict[str, set[tuple[str, str]]]
STATES = ("draft", "co_signing", "decided", "secret_route", "secret_decided")


def readers(state: str, kind: str) -> frozenset[str]:
    """Return who may read a word: the oracle, written by hand (practice.md 1.5, 1.6)."""
    sees = table.SEES[state]
    social = table.KNOW_THE_MAIN_COMMITTEE | {"minutes", "coopted"}
    secret = state in table.SECRET_STATES
    allowed = {
        "remark": sees - MEMBERS,  # among offices
        "comment": table.WORK_ON_IT,
        "insertion": sees - MEMBERS,  # a reason stands in the history only
        "note": frozenset({"secretary", "minutes"}),  # who write the minutes of that committee
        "main_reason": table.READ_EVERY_RESULT,
        "main_wording": table.KNOW_THE_MAIN_COMMITTEE,
        "social_wording": social if secret else sees,
        "council_wording": table.KNOW_THE_MAIN_COMMITTEE if secret else sees,
    }
    return sees & allowed.get(kind, sees)


def expected(world: World, roles: tuple[str, ...] = ROLES) -> Reading:
    known: Reading = {role: set() for role in roles}
    for state in STATES:
        for kind in world.papers[state].words:
            for role in readers(state, kind) & known.keys():
                known[role].add((state, kind))
    return known


def walk(world: World, roles: tuple[str, ...] = ROLES, states: tuple[str, ...] = STATES) -> Reading:
    """Open every page, send every form empty where most is secret; return the words read."""
    meanings = world.meanings()
    found: Reading = {}
    for role in roles:
        texts = answers(world, role, states)
        words = {word for text in texts for word in re.findall("Q[0-9a-f]{12}x", text)}
        read = {meanings[word] for word in words & meanings.keys()}
        found[role] = {(state, kind) for state, kind in read if state in states}
    return found


def answers(world: World, role: str, states: tuple[str, ...]) -> Iterator[str]:
    """Yield what every address answers, files unpacked; headers too: a name may tell.

    Of a proposal that is not there for the role only what can be read is opened: the table of
    permissions holds that each of its forms is 404.
    """
    client = world.visitors[role].client
    for url in ("/", "/vorlagen/", "/vorlagen/?status=draft", "/vorlagen/neu/", "/anmelden/"):
        yield readable(client.get(url, follow=True))
    for state in states:
        for url, method in addresses(world.papers[state]):
            if method != "get" and role not in table.SEES[state]:
                continue
            if method != "post":
                yield readable(client.get(url))
            if method != "get" and state in table.DECIDED:
                yield readable(client.post(url))


def addresses(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield every address of a proposal with its method: "get" where there is no form."""
    for row in (row for rows in table.TABLE.values() for row in rows):
        yield row.path(paper), row.method
    yield address(paper.proposal, "word", "public") + "?fassung=1", "get"


def readable(answer: Any) -> str:
    """Return the text of an answer with and without markup: of a Word file that of all parts."""
    parts = [answer.content]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            parts = [package.read(name) for name in package.namelist()]
    whole = "\n".join(part.decode(errors="replace") for part in parts)
    return f"{re.sub('<[^>]*>', '', whole)}\n{whole}\n{answer.headers}"


def test_everybody_reads_what_they_may_and_nothing_else(world: World) -> None:
    found, oracle = walk(world), expected(world)
    nothing: Reading = {role: set() for role in ROLES}
    assert {role: words - oracle[role] for role, words in found.items()} == nothing
    assert {role: words - found[role] for role, words in oracle.items()} == nothing


@pytest.mark.parametrize(
    ("model", "role", "leak"),
    [
        (AgendaItem, "elsewhere", ("decided", "main_reason")),
        (CoSignature, "deputy", ("decided", "remark")),
        (Proposal, "stranger", ("secret_decided", "subject")),
        (Proposal, "adviser", ("draft", "annex_title")),
    ],
)
def test_the_walk_finds_a_leak_that_was_planted_in_a_door(
    world: World, monkeypatch: pytest.MonkeyPatch, model: Any, role: str, leak: tuple[str, str]
) -> None:
    monkeypatch.setattr(model, "visibility", classmethod(lambda cls, user: Q()))
    found = walk(world, (role,), (leak[0],))[role]
    assert leak in found - expected(world, (role,))[role]


def test_the_walk_finds_a_leak_that_was_planted_in_a_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def difference(own: Wording, visible: object) -> list[Piece]:
        return word_difference(own.parent.html if own.parent else "", own.html)

    monkeypatch.setattr(proposal_page, "_difference", difference)
    found = walk(world, ("adviser",), ("decided",))["adviser"]
    assert found - expected(world, ("adviser",))["adviser"] == {("decided", "main_wording")}


def test_a_search_finds_only_what_may_be_seen(world: World) -> None:
    for state, paper in world.papers.items():
        for role in table.EVERYBODY | {"stranger"}:
            page = world.visitors[role].get(f"/vorlagen/?q={paper.words['subject']}")
            count = 1 if role in table.SEES[state] else 0
            assert f"{count} Vorlage" in page.words, (state, role)


def test_a_body_behind_closed_doors_tells_its_date_and_not_its_result(world: World) -> None:
    paper = world.papers["decided"]
    for role in table.EVERYBODY:
        words = world.visitors[role].get(address(paper.proposal)).words
        knows = role in table.KNOW_THE_MAIN_COMMITTEE
        assert ("2 Ja, 1 Nein" in words) == knows, role
        assert ("nichtöffentlich beraten; Ergebnis nicht einsehbar" in words) != knows, role
        assert "Kreisausschuss 04.03.2024" in words
    assert "2 Ja, 1 Nein" in world.visitors["clerk"].get(address(paper.proposal)).words
