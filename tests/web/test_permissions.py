"""Every address for every role in every state: the codes were written down by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import get_resolver

from proposals.models import AgendaItem, Wording
from tests.web.addresses import ELSEWHERE, MEMBERS
from tests.web.site import address
from tests.web.world import ROLES, STATES, Paper, World

Who = frozenset[str]
EVERYBODY = frozenset(ROLES) - {"anonymous", "stranger"}
INVOLVED = frozenset({"clerk", "asked", "head", "secretary", "auditor"})
READ_EVERY_RESULT = frozenset({"clerk", "head", "secretary", "auditor"})
KNOW_THE_MAIN_COMMITTEE = READ_EVERY_RESULT | {"deputy"}

# who sees the proposal at all: it is not there for anybody else
SEES: dict[str, Who] = {
    "draft": frozenset({"clerk"}),
    "co_signing": INVOLVED,
    "route": EVERYBODY,
    "decided": EVERYBODY,
    "secret_route": INVOLVED | {"minutes", "deputy", "coopted"},
    "secret_decided": INVOLVED | {"minutes", "deputy", "coopted"},
}
SEES_SOCIAL_RESULT = SEES | {
    "secret_route": KNOW_THE_MAIN_COMMITTEE | {"minutes", "coopted"},
    "secret_decided": KNOW_THE_MAIN_COMMITTEE | {"minutes", "coopted"},
}
IN_ROUTE = ("route", "secret_route")
DECIDED = ("decided", "secret_decided")
OPEN_STATES = ("draft", "co_signing", "route", "decided")
SECRET_STATES = ("secret_route", "secret_decided")  # there is no public copy of them
TREATED = (*IN_ROUTE, *DECIDED)
SUBMITTED = ("co_signing", *TREATED)


@dataclass(frozen=True)
class Row:
    """One address below a proposal: 200 and 409 (too late) by state, 403 for who else sees it."""

    path: Callable[[Paper], str]
    opens: Mapping[str, Who]
    late: Mapping[str, Who] | None = None
    sees: Mapping[str, Who] | None = None
    states: tuple[str, ...] = STATES
    method: str = "both"

    def code(self, role: str, state: str) -> int:
        """Return what a GET is answered with."""
        if role == "anonymous":
            return 302
        if role not in (self.sees or SEES)[state]:
            return 404
        if role in self.opens.get(state, ()):
            return 200
        return 409 if role in (self.late or {}).get(state, ()) else 403


def only_in(states: tuple[str, ...]) -> dict[str, Who]:
    return {state: SEES[state] for state in states}


def below(*parts: Any) -> Callable[[Paper], str]:
    """Return an address below a proposal; a part that is a function asks the paper for a key."""
    return lambda paper: address(
        paper.proposal, *(part(paper) if callable(part) else part for part in parts)
    )


def item(committee: str) -> Callable[[Paper], int]:
    return lambda paper: paper.item(committee)


def station(committee: str) -> Callable[[Paper], int]:
    return lambda paper: paper.station(committee)


def on(states: tuple[str, ...], *who: str) -> dict[str, Who]:
    return dict.fromkeys(states, frozenset(who))


def only(sees: Mapping[str, Who], who: Who) -> dict[str, Who]:
    return {state: seen & who for state, seen in sees.items()}


def own_wording(paper: Paper) -> int:
    rows = Wording.everything.filter(proposal=paper.proposal, committee__short_name="social")
    row = rows.order_by("pk").first()
    return row.pk if row else 0


def while_drafting(*parts: str) -> Row:
    writing, closed = ("draft", *IN_ROUTE), ("co_signing", *DECIDED)
    return Row(below(*parts), on(writing, "clerk"), on(closed, "clerk"))


TABLE: Mapping[str, list[Row]] = {
    "proposal-show": [Row(below(), SEES, method="get")],
    "proposal-history": [Row(below("verlauf"), only(SEES, EVERYBODY - MEMBERS), method="get")],
    "document-download": [
        Row(below("word", "public"), only_in(OPEN_STATES), only_in(SECRET_STATES), method="get"),
        Row(below("word", "internal"), only(SEES, READ_EVERY_RESULT), method="get"),
    ],
    # conftest.py takes LibreOffice away: whoever may have it reads why there is none
    "document-print": [
        Row(below("pdf", "public"), {}, SEES, method="get"),
        Row(below("pdf", "internal"), {}, only(SEES, READ_EVERY_RESULT), method="get"),
    ],
    "reissue-download": [
        Row(
            below("neuausgabe", 1, "word", "public"),
            {},
            sees=dict.fromkeys(STATES, frozenset()),
            method="get",
        )
    ],
    "redline-download": [
        Row(
            below("aenderungen", own_wording, "word", "public"),
            only_in(("route", "decided")),
            states=("route", "decided"),
            method="get",
        ),
        Row(
            below("aenderungen", own_wording, "word", "internal"),
            only(only_in(("route", "decided")), READ_EVERY_RESULT),
            states=("route", "decided"),
            method="get",
        ),
    ],
    "attachment-download": [
        Row(lambda paper: f"/anlagen/{paper.attachment()}/", SEES, method="get")
    ],
    "draft-keep": [Row(below("entwurf", "zwischenstand"), on(STATES, "clerk"), method="post")],
    # with the committees the draft is open again, for an Austauschfassung, until they decide
    "draft-edit": [while_drafting("entwurf")],
    "draft-from-word": [while_drafting("aus-word")],
    "version-compare": [
        Row(
            below("fassungen"),
            only_in(SUBMITTED),
            sees={**SEES, "draft": frozenset()},
            method="get",
        )
    ],
    "editorial-correct": [Row(below("korrektur"), on(SUBMITTED, "secretary"))],
    "annex-late": [
        Row(
            below("anlage-nachreichen"),
            on(("draft",), "clerk") | on(SUBMITTED, "clerk", "secretary"),
        )
    ],
    "proposal-withdraw": [
        Row(below("zurueckziehen"), on(("draft", "co_signing"), "clerk") | on(TREATED, "head"))
    ],
    "consultation-insert": [Row(below("beratung-einfuegen"), on(SUBMITTED, "head", "secretary"))],
    "consultation-skip": [
        Row(
            below("beratung", station("council"), "ueberspringen"),
            on(SUBMITTED, "head", "secretary"),
        )
    ],
    "urgent-decide": [Row(below("eilentscheidung"), on(SUBMITTED, "head", "secretary"))],
    "relation-create": [
        Row(below("bezug"), on(("draft",), "clerk") | on(SUBMITTED, "clerk", "secretary"))
    ],
    "relation-delete": [
        Row(
            below("bezug", 0, "loesen"),
            {},
            sees={state: who - {"clerk", "secretary"} for state, who in SEES.items()},
        )
    ],
    "wording-reissue": [
        Row(below("wortlaut", own_wording, "herausgeben"), on(TREATED, "secretary"), states=TREATED)
    ],
    "result-preview": [
        Row(
            below("beratung", station("social"), "vorschau"),
            on(TREATED, "secretary", "minutes"),
            states=TREATED,
            method="post",
        ),
        Row(
            below("beratung", station("main"), "vorschau"),
            on(TREATED, "secretary"),
            states=TREATED,
            method="post",
        ),
    ],
    "result-correct": [
        Row(
            below("ergebnis", item("social"), "berichtigen"),
            on(TREATED, "secretary", "minutes"),
            sees=SEES_SOCIAL_RESULT,
            states=TREATED,
        ),
        Row(
            below("ergebnis", item("main"), "berichtigen"),
            on(DECIDED, "secretary"),
            sees=only(SEES, KNOW_THE_MAIN_COMMITTEE),
            states=DECIDED,
        ),
    ],
    "step-do": [
        Row(
            below("mitzeichnen", Paper.request),
            on(("co_signing",), "asked"),
            on(TREATED, "asked") | on(("draft",), "clerk"),
        ),
        Row(below("freigeben"), {}, on(SUBMITTED, "head")),
        Row(below("formpruefung"), {}, on(SUBMITTED, "secretary")),
        Row(
            below("tagesordnung", station("council")),
            on(IN_ROUTE, "secretary"),
            on(("co_signing", *DECIDED), "secretary"),
        ),
        Row(
            below("ergebnis", station("main")),
            on(IN_ROUTE, "secretary"),
            on(("co_signing", *DECIDED), "secretary"),
        ),
        Row(
            below("ergebnis", station("social")),
            {},
            on(("co_signing",), "secretary") | on(TREATED, "secretary", "minutes"),
        ),
    ],
}

# a co-signature is there for the administration alone, from the first hand-in
SEES_SIGNATURES: dict[str, Who] = {
    state: who - MEMBERS if state != "draft" else frozenset() for state, who in SEES.items()
}


def signature_row(path: str, opens: str, method: str = "both") -> Row:
    """Return the row of an act on a co-signature, which opens for one role."""
    address_of = below("mitzeichnung", Paper.request, path)
    if method == "post":  # an empty form is too late for everybody
        return Row(address_of, {}, on(SUBMITTED, opens), SEES_SIGNATURES, method=method)
    return Row(address_of, on(SUBMITTED, opens), sees=SEES_SIGNATURES)


SIGNING: Mapping[str, list[Row]] = {
    "signing-recall": [Row(below("mitzeichnung", "zurueckholen"), on(STATES, "clerk"))],
    "signing-ask-more": [
        Row(
            below("mitzeichnung", "weitere-stelle"),
            on(("draft",), "clerk") | on(SUBMITTED, "clerk", "head"),
        )
    ],
    "signing-delegate": [signature_row("weitergeben", "asked")],
    "signing-late": [signature_row("nachtragen", "asked")],
    "signing-expire": [signature_row("ohne-beitrag", "clerk")],
    "signing-take": [signature_row("uebernehmen", "asked", "post")],
}
TABLE = {**TABLE, **SIGNING}

# who works on a paper asks and answers on it; reading it alone is not enough
WORK_ON_IT = frozenset({"clerk", "asked", "head", "secretary"})
DRAFTING: Mapping[str, list[Row]] = {
    "comment-list": [Row(below("rueckfragen"), only(SEES, WORK_ON_IT))],
    "comment-settle": [
        Row(below("rueckfragen", 0, "erledigen"), {}, only(SEES, WORK_ON_IT), method="post")
    ],
    "lead-take": [Row(below("uebernehmen"), {}, on(STATES, "clerk"))],
    "lead-hand-over": [Row(below("abgeben"), on(("draft",), "clerk"), on(SUBMITTED, "clerk"))],
}
TABLE = {**TABLE, **DRAFTING}

# addresses below a meeting of the social committee that only those open who keep it
RUNNING: Mapping[str, tuple[str, str]] = {
    "meeting-run": ("durchfuehren/", "get"),
    "meeting-act": ("durchfuehren/block/", "post"),
    "item-show": ("top/{item}/", "get"),
    "item-record": ("top/{item}/ergebnis/", "post"),
    "item-count": ("top/{item}/ergebnis/geheim/", "post"),
    "item-preview": ("top/{item}/vorschau/", "post"),
    "item-vote": ("top/{item}/abstimmung/", "post"),
    "item-note": ("top/{item}/vermerk/", "post"),
    "item-exclude": ("top/{item}/mitwirkung/", "post"),
    "item-head": ("top/{item}/leitung/", "post"),
}
KEEPERS = frozenset({"secretary", "minutes"})
ADMIN = "verwaltung/"  # closed to every role but an account of the administration itself


def routes(patterns: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every route of the site with its name."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.name


ROUTES = list(routes(get_resolver().url_patterns))


def test_every_address_stands_in_the_table() -> None:
    from tests.web.test_permissions_of_meetings import LISTS, MEETINGS

    names = {name for route, name in ROUTES if not route.startswith(ADMIN)}
    tables: tuple[Mapping[str, Any], ...] = (TABLE, ELSEWHERE, RUNNING, MEETINGS, LISTS)
    assert names == {name for table in tables for name in table}


@pytest.mark.parametrize("state", STATES)
def test_an_address_opens_for_those_whom_the_table_names(world: World, state: str) -> None:
    paper, wrong = world.papers[state], []
    for name, rows in TABLE.items():
        for number, row in enumerate(rows):
            if state not in row.states or row.method == "post":
                continue
            for role, visitor in world.visitors.items():
                code = visitor.client.get(row.path(paper)).status_code
                if code != row.code(role, state):
                    wrong.append(f"{name}[{number}] {role}: {code}, not {row.code(role, state)}")
    assert wrong == []


@pytest.mark.parametrize("state", ["draft", "co_signing", "route", "secret_decided"])
def test_an_address_takes_a_form_from_those_whom_the_table_names(world: World, state: str) -> None:
    """An empty form is bad (422) or too late (409) from those who may, and changes nothing."""
    paper, wrong = world.papers[state], []
    for name, rows in TABLE.items():
        for number, row in enumerate(rows):
            if state not in row.states:
                continue
            for role, visitor in world.visitors.items():
                code = visitor.client.post(row.path(paper)).status_code
                if code not in posted(row, role, state):
                    wrong.append(f"{name}[{number}] {role}: {code}")
                elif row.method == "post" and role == "secretary":
                    assert visitor.client.get(row.path(paper)).status_code == 405
    assert wrong == []


def posted(row: Row, role: str, state: str) -> tuple[int, ...]:
    """Return the codes that an empty form may be answered with."""
    code = row.code(role, state)
    if row.method == "get":
        return (302,) if role == "anonymous" else (405,)
    if row.method == "post" or code in (302, 403, 404):
        return (code,)
    return (409, 422)


def test_a_meeting_is_run_by_those_who_keep_its_committee(world: World) -> None:
    row = AgendaItem.everything.get(pk=world.papers["route"].item("social"))
    wrong = []
    for name, (path, method) in RUNNING.items():
        url = f"/sitzungen/{row.meeting_id}/{path.format(item=row.pk)}"
        for role, visitor in world.visitors.items():
            send = visitor.client.get if method == "get" else visitor.client.post
            code = send(url).status_code
            refused: dict[str, tuple[int, ...]] = {"anonymous": (302,), "stranger": (404,)}
            expected = refused.get(role, (403,))
            if role in KEEPERS:
                expected = (200, 302, 409, 422)
            if code not in expected:
                wrong.append(f"{name} {role}: {code}")
    assert wrong == []


def test_addresses_of_no_proposal_open_for_those_whom_the_table_names(world: World) -> None:
    for url, codes in ELSEWHERE.values():
        for role, visitor in world.visitors.items():
            expected = codes.get(role, codes[""])
            assert visitor.client.get(url).status_code == expected, (url, role)
    for role, code in {"secretary": 200, "stranger": 200, "clerk": 403, "deputy": 403}.items():
        assert world.visitors[role].client.get("/vorlagen/neu/?art=antrag").status_code == code


def test_whoever_is_not_logged_in_is_sent_to_the_log_in_and_back(world: World) -> None:
    url = address(world.papers["route"].proposal)
    target = world.visitors["anonymous"].get(url, 302).headers["Location"]
    assert target == f"/anmelden/?next={url}"


@pytest.mark.parametrize("role", ["anonymous", "secretary", "administrator"])
def test_the_administration_of_the_site_is_closed(world: World, role: str) -> None:
    login = "/anmelden/" if role == "anonymous" else "/verwaltung/login/"
    for route, name in ROUTES:
        if not route.startswith(ADMIN) or name == "login":
            continue
        url = "/" + route.replace("<path:content_type_id>", "1").replace("<path:object_id>", "1")
        url = url.replace("<id>", "1").replace("(?P<url>.*)$", "irgendwo/")
        url = url.replace("^(?P<app_label>", "").partition("|")[0] + ("/" if "|" in url else "")
        for method in ("get", "post"):
            answer = getattr(world.visitors[role].client, method)(url)
            assert answer.status_code == 302, (url, answer.status_code)
            assert answer.headers["Location"].startswith((login, "/verwaltung/", "/anmelden/")), url
