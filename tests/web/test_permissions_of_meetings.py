"""Every address below a meeting for every role: the codes were written down by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from proposals.models import AgendaItem
from tests.web.world import ROLES, World

Who = frozenset[str]
IN_THE_HOUSE = frozenset(ROLES) - {"anonymous", "stranger"}
PLANS = frozenset({"secretary"})
KEEPS: Mapping[str, Who] = {
    "social": frozenset({"secretary", "minutes"}),
    "main": frozenset({"secretary"}),
}
READS_CLOSED = frozenset({"clerk", "head", "secretary", "auditor", "deputy"})
READS_HISTORY = {body: who | {"head", "auditor"} for body, who in KEEPS.items()}
EVERYBODY = dict.fromkeys(KEEPS, IN_THE_HOUSE)
PLANNERS = dict.fromkeys(KEEPS, PLANS)
NOBODY: Mapping[str, Who] = dict.fromkeys(KEEPS, frozenset())


@dataclass(frozen=True)
class Row:
    """An address below the meeting of a body; `opens` and `sees` name the roles for each body."""

    path: str
    opens: Mapping[str, Who]
    sees: Mapping[str, Who] | None = None
    reads_only: bool = False
    answer: int = 200

    def url(self, item: AgendaItem) -> str:
        """Return the address for an item of the meeting."""
        return f"/sitzungen/{item.meeting_id}/{self.path}".replace("ITEM", str(item.pk))

    def code(self, role: str, body: str) -> int:
        """Return what a GET is answered with."""
        if role == "anonymous":
            return 302
        if role not in (self.sees or EVERYBODY)[body]:
            return 404
        return self.answer if role in self.opens[body] else 403


SEE_ITEM = {"social": IN_THE_HOUSE, "main": READS_CLOSED}
MEETINGS: Mapping[str, Row] = {
    "meeting-show": Row("", EVERYBODY, reads_only=True),
    "meeting-history": Row("verlauf/", READS_HISTORY, reads_only=True),
    "agenda-edit": Row("tagesordnung/", KEEPS),
    "agenda-item": Row("tagesordnung/ITEM/", KEEPS, SEE_ITEM),
    "agenda-item-remove": Row("tagesordnung/ITEM/abnehmen/", KEEPS, SEE_ITEM),
    "agenda-extend": Row("erweitern/", KEEPS),
    "attendance-edit": Row("anwesenheit/", KEEPS),
    "attendance-csv": Row("anwesenheit.csv", KEEPS, reads_only=True),
    "meeting-send": Row("einladung/", PLANNERS),
    "meeting-supplement": Row("nachtrag/", PLANNERS),
    "meeting-move": Row("verlegen/", PLANNERS),
    "meeting-cancel": Row("absagen/", PLANNERS),
    "meeting-open": Row("eroeffnen/", KEEPS),
    "meeting-suspend": Row("unterbrechen/", KEEPS),
    "meeting-resume": Row("fortsetzen/", KEEPS),
    "meeting-close": Row("schliessen/", KEEPS),
    "meeting-reopen": Row("wieder-oeffnen/", KEEPS),
    "meeting-correct": Row("angaben/", KEEPS),
    "agenda-held": Row("reihenfolge/", KEEPS),
    "meeting-postpone-rest": Row("rest-vertagen/", KEEPS),
    "meeting-minutes": Row("protokoll/", PLANNERS),
    # without LibreOffice whoever may have it reads why there is none
    "meeting-pack": Row(
        "mappe/internal/",
        dict.fromkeys(KEEPS, frozenset({"head", "secretary", "auditor"})),
        reads_only=True,
        answer=409,
    ),
    "minutes-keep": Row("protokoll/datei/", PLANNERS),
    "minutes-draft": Row("protokoll/entwurf/nichtoeffentlich/", KEEPS, reads_only=True),
    "call-draft": Row("ladung/entwurf/einladung/", PLANNERS, reads_only=True),
    "meeting-list-download": Row("listen/abstimmungsliste/", KEEPS, reads_only=True),
    "minutes-correct": Row("berichtigung/", KEEPS),
    "excerpts-issue": Row("auszuege/", KEEPS),
    "excerpt-issue": Row("top/ITEM/auszug/", KEEPS, SEE_ITEM),
    "sheet-issue": Row("top/ITEM/beschlusstext/", KEEPS, SEE_ITEM),
    # no count error: who has one to do is in test_item_reviews
    "review-do": Row("top/ITEM/zaehlfehler/0/", NOBODY, NOBODY),
}
# addresses without a meeting: the code of each role, "" for the others
LISTS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "meeting-list": ("/sitzungen/", {"anonymous": 302, "": 200}),
    "meeting-calendar": ("/sitzungen/kalender/", {"anonymous": 302, "": 200}),
    "meeting-create": (
        "/sitzungen/neu/",
        {"anonymous": 302, "secretary": 200, "stranger": 200, "": 403},
    ),
}


def item_of(world: World, body: str) -> AgendaItem:
    """Return the item of a public paper in the meeting of a body."""
    return AgendaItem.everything.get(pk=world.papers["route"].item(body))


@pytest.mark.parametrize("body", KEEPS)
def test_an_address_of_a_meeting_opens_for_those_whom_the_table_names(
    world: World, body: str
) -> None:
    item, wrong = item_of(world, body), []
    for name, row in MEETINGS.items():
        for role, visitor in world.visitors.items():
            code = visitor.client.get(row.url(item)).status_code
            if code != row.code(role, body):
                wrong.append(f"{name} {role}: {code}, not {row.code(role, body)}")
    assert wrong == []


@pytest.mark.parametrize("body", KEEPS)
def test_an_address_of_a_meeting_takes_a_form_from_those_whom_the_table_names(
    world: World, body: str
) -> None:
    """An empty form is bad (422) or too late (409) from those who may, and changes nothing."""
    item, wrong = item_of(world, body), []
    for name, row in MEETINGS.items():
        for role, visitor in world.visitors.items():
            code, expected = visitor.client.post(row.url(item)).status_code, row.code(role, body)
            if row.reads_only:
                allowed: tuple[int, ...] = (302,) if role == "anonymous" else (405,)
            else:
                allowed = (409, 422) if expected == 200 else (expected,)
            if code not in allowed:
                wrong.append(f"{name} {role}: {code}, not {allowed}")
    assert wrong == []


def test_lists_of_meetings_open_for_those_whom_the_table_names(world: World) -> None:
    for url, codes in LISTS.values():
        for role, visitor in world.visitors.items():
            assert visitor.client.get(url).status_code == codes.get(role, codes[""]), (url, role)
