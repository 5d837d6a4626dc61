"""The five real cases as a clerk types them into an empty draft, in the houses of the demo.

Figures, bodies and days are those of the papers; every text is written anew.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Municipality, Proposal
from proposals.services.organization import set_up_house
from tests import factories as f
from tests.snapshots import once
from tests.web.site import Page, Site, Visitor, address, filled, rows
from workflows.demo.houses import house_of, load

Values = Mapping[str, Any]
PRELIMINARY, DECISION, NOTE = "preliminary", "decision", "note"
COST = {"kind": "expense", "qualifier": "exact", "rhythm": "once"}
OWN_POST, GRANT = {"source": "establishment"}, {"count": "1", "qualifier": "up_to"}


def site_of(slug: str) -> Site:
    """Return a house of the demo with its offices, bodies, people and rules, and no paper."""
    draft = house_of(load(slug))
    make = partial(set_up_house, house=draft, password=None)
    return Site(f.House(once(repr(draft), Municipality, make)))


def words(page: Page) -> str:
    """Return what can be read, with plain spaces before units."""
    return page.words.replace("\xa0", " ")


def route(site: Site, *stations: tuple[str, str]) -> dict[str, Any]:
    """Return the planned route: the short name of each body, and what it gets the paper for."""
    bodies = [(site.house.committee(name).pk, role) for name, role in stations]
    return rows("route", *({"committee": pk, "role": role} for pk, role in bodies))


def plan_meetings(site: Site, desk: str, *days: tuple[str, str]) -> None:
    """Let the Sitzungsdienst plan a meeting of each body."""
    for body, day in days:
        committee = site.house.committee(body).pk
        values = {"committees": committee, "date": day, "time": "16:30", "place": "Saal"}
        site[desk].post("/sitzungen/neu/", values)


def begin(clerk: Visitor, values: Values, kind: str = "") -> Proposal:
    """Fill in an empty draft of a kind and save it."""
    url = f"/vorlagen/neu/?art={kind}" if kind else "/vorlagen/neu/"
    clerk.post(url, {**filled(clerk.get(url)), "then": "stay", **values})
    found: Proposal = Proposal.everything.latest("pk")
    return found


def save(clerk: Visitor, proposal: Proposal, **values: Any) -> None:
    """Open the draft, change something and save it."""
    clerk.send(address(proposal, "entwurf"), then="stay", **values)


def hand_in(clerk: Visitor, proposal: Proposal, **reasons: Any) -> None:
    """Give the saved draft to the Mitzeichnung, with the reasons that it asks for."""
    clerk.send(address(proposal, "entwurf"), then="submit", **reasons)


def attach(
    clerk: Visitor, proposal: Proposal, name: str, data: bytes, title: str, alt: str = ""
) -> None:
    """Add an annex in the draft form."""
    typed = {
        "attachment": SimpleUploadedFile(name, data),
        "attachment_title": title,
        "attachment_alt": alt,
    }
    save(clerk, proposal, **typed)


def costs(*lines: Values) -> dict[str, Any]:
    """Return the list of cost positions; a line says what is not usual."""
    return rows("cost", *({**COST, **line} for line in lines))


def posts(*lines: Values) -> dict[str, Any]:
    """Return the list of posts."""
    return rows("position", *({**OWN_POST, **line} for line in lines))


def funding(*lines: Values) -> dict[str, Any]:
    """Return the list of funding."""
    return rows("funding", *({**GRANT, **line} for line in lines))


def wittmund(site: Site) -> dict[str, Any]:
    """Return the paper of Wittmund: a full-time post without a figure, a budget doubled."""
    return {
        "subject": "Integrationskonzept für den Landkreis; Sachstand",
        "facts": "Das Konzept ist fast fertig.\n- Anlaufstelle\n- Sprachkoordinierung",
        "wording": "1. Der Landkreis richtet beide Stellen ein.\n"
        "2. Für beide wird eine Vollzeitstelle in den Stellenplan 2019 aufgenommen.\n"
        "3. Das Budget 2019 steigt von 10.000 € auf 20.000 €.",
        "follow_up": "keine",
        "income": "keine",
        "account": "Aufwendung für Koordinierungsstelle",
        **route(site, ("SozA", PRELIMINARY), ("KA", PRELIMINARY), ("KT", DECISION)),
        **costs(
            {"text": "Personalkosten für eine Stelle", "year": "2019"},
            {
                "text": "Aufstockung des Budgets",
                "amount": "10.000",
                "year": "2019",
                "before": "10.000",
                "after": "20.000",
            },
        ),
        **posts({"text": "Anlaufstelle und Sprache", "share": "1", "plan_year": "2019"}),
    }


def oelde(site: Site) -> dict[str, Any]:
    """Return the paper of Oelde: an external service of 19,5 hours for about 33.000 € a year."""
    return {
        "subject": "Fortschreibung des Integrationskonzeptes",
        "facts": "Seit 2009 hat sich die Lage verändert; eine Anlaufstelle bündelt die Arbeit.",
        "wording": "1. Ab 2018 wird eine Anlaufstelle mit 19,5 Wochenstunden eingerichtet.\n"
        "2. Die Mittel sind ab der Haushaltsaufstellung 2018 zu berücksichtigen.",
        "follow_up": "rd. 33.000 € jährlich",
        **route(site, ("SozA", PRELIMINARY), ("Rat", DECISION)),
        **costs(
            {
                "text": "Anlaufstelle durch einen Dienstleister",
                "qualifier": "about",
                "amount": "33.000",
                "rhythm": "yearly",
                "year": "2018",
                "budgeted": "no",
            }
        ),
        **posts(
            {
                "text": "Koordination der Anlaufstelle",
                "hours": "19,5",
                "full_hours": "39",
                "source": "external",
            }
        ),
    }


def bergkamen(site: Site) -> dict[str, Any]:
    """Return the paper of Bergkamen: a Beschlussvorlage that only asks to take note."""
    return {
        "subject": "Einführung eines Kommunalen Integrationsmanagements",
        "file_reference": "51-",
        "facts": "Die Bezirksregierung hat im Dezember 2018 Fördermittel zugesagt. Der Rat hat "
        "am 21.02.2019 zugestimmt; der Integrationsrat wird nachträglich unterrichtet.",
        "wording": "Kenntnisnahme",
        **route(site, ("IR", NOTE)),
    }


def coesfeld(site: Site) -> dict[str, Any]:
    """Return the paper of Coesfeld: 5,5 posts, up to 170.000 € from the Land, and its deadline."""
    return {
        "subject": "Kommunales Integrationszentrum: Integrationskonzept",
        "problem": "Das Land fördert nur, wenn ein Konzept des Kreistages vorliegt.",
        "solution": "Eine Vorbereitungsgruppe hat den Entwurf erarbeitet.",
        "alternatives": "Keine.",
        "effects": "Insgesamt 5,5 Stellen; das Land zahlt pauschal bis zu 170.000 €.",
        "competence": "Kreistag (§ 26 KrO NRW)",
        "wording": "Das Integrationskonzept für den Kreis wird beschlossen.",
        "income": "Landesförderung bis zu 170.000 €",
        **route(site, ("IntA", PRELIMINARY), ("KA", PRELIMINARY), ("KT", DECISION)),
        **costs({"text": "Personalkosten für 3,5 Stellen", "rhythm": "yearly", "year": "2016"}),
        **posts(*_POSTS_OF_COESFELD),
        **funding(*_GRANTS_OF_COESFELD),
        **rows(
            "deadline",
            {
                "name": "Abgabe des Konzeptes",
                "due_on": "2016-08-31",
                "external": "on",
                "authority": "Land Nordrhein-Westfalen",
                "extension": "requested",
                "evidence": "Schreiben des Kreises vom 01.08.2016",
            },
        ),
    }


_POSTS_OF_COESFELD: Sequence[Values] = (
    {"text": "Lehrkräfte", "share": "2", "source": "seconded"},
    {"text": "Sozialpädagogische Fachkräfte", "share": "2"},
    {"text": "Verwaltungswirtin oder Verwaltungswirt", "share": "1", "grade": "geh. Dienst"},
    {"text": "Verwaltungsassistenz", "share": "0,5"},
    {
        "text": "KommAn-NRW",
        "share": "1,5",
        "source": "third_party",
        "limited_until": "2016-12-31",
    },
)
_BY_LAND = {"authority": "Land NRW", "kind": "maximum", "state": "requested"}
_GRANTS_OF_COESFELD: Sequence[Values] = (
    {**_BY_LAND, "text": "Fachkräfte", "count": "3", "amount_each": "50.000"},
    {
        **_BY_LAND,
        "text": "Assistenz",
        "amount_each": "20.000",
        "conditions": "monatlicher Bericht",
    },
)


def wedel(site: Site) -> dict[str, Any]:
    """Return the paper of Wedel: a Mitteilungsvorlage that points to its annexes."""
    return {
        "subject": "Aufgaben der Koordinierungsstelle Integration",
        "facts": "Die Aufgaben der Koordinierungsstelle stehen in den Anlagen.",
        "co_sign": [site.house.office("FD VHS").pk],
        **route(site, ("SozA", NOTE)),
    }
