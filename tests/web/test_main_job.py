"""The whole job in the browser: from an empty form to three results and their history."""

from typing import Any

from proposals.models import AgendaItem, Consultation, CoSignature, Meeting, Proposal
from proposals.rules.lifecycle import ProposalStatus
from tests import factories as f
from tests.web.site import Site, address, rows

VOTES = {"entitled": "3", "yes": "3", "no": "0", "abstained": "0"}


def draft_values(house: f.House) -> dict[str, Any]:
    """Return a draft with a line in each of its lists, as it is typed."""
    route = [("social", "preliminary"), ("main", "preliminary"), ("council", "decision")]
    return {
        "subject": "Sprachförderung in Kindertagesstätten",
        "facts": "Der Bedarf wächst.\n- in Esens\n- in Wittmund",
        "wording": "1. Die Förderung wird verlängert.\n2. Die Mittel werden bereitgestellt.",
        "co_sign": [house.office("treasury").pk],
        **rows(
            "route",
            *({"committee": house.committee(name).pk, "role": role} for name, role in route),
        ),
        **rows(
            "cost",
            {
                "kind": "expense",
                "text": "Honorare",
                "qualifier": "exact",
                "amount": "12.500,50",
                "year": "2025",
            },
        ),
        **rows(
            "position",
            {
                "text": "Fachkraft",
                "share": "0,5",
                "source": "establishment",
                "yearly_cost": "30.000",
            },
        ),
        **rows(
            "funding",
            {"text": "Landesmittel", "count": "2", "qualifier": "exact", "amount_each": "1.000"},
        ),
        **rows("deadline", {"name": "Antragsfrist", "due_on": "2030-03-31"}),
    }


def test_a_proposal_goes_from_the_empty_form_to_the_decision(site: Site) -> None:
    house = site.house
    site["clerk"].send("/vorlagen/neu/", then="stay", **draft_values(house))
    proposal = Proposal.everything.get()
    _draft_is_saved_and_handed_in(site, proposal)
    _offices_and_head_agree(site, proposal)
    _committees_take_it_up(site, proposal)
    _committees_vote(site, proposal)

    fresh = f.reread(proposal)
    assert fresh.status == ProposalStatus.ADOPTED_CHANGED
    _everybody_can_read_it(site, fresh)


def _draft_is_saved_and_handed_in(site: Site, proposal: Proposal) -> None:
    page = site["clerk"].get(address(proposal, "entwurf"))
    assert page.value("cost-0-amount") == "12.500,50"
    assert page.value("position-0-share") == "0,5"
    assert page.value("facts") == (
        "<p>Der Bedarf wächst.</p><ul><li>in Esens</li><li>in Wittmund</li></ul>"
    )
    site["clerk"].send(address(proposal, "entwurf"), then="submit")
    assert f.reread(proposal).status == ProposalStatus.IN_CO_SIGNING


def _offices_and_head_agree(site: Site, proposal: Proposal) -> None:
    request = CoSignature.everything.get(proposal=proposal)
    here = address(proposal, "mitzeichnen", request.pk)
    assert here in site["treasurer"].get("/").html
    site["treasurer"].send(here, verdict="with_remark", remark="Deckung ist gesichert.")
    assert address(proposal, "freigeben") in site["head"].get("/").html
    site["head"].send(address(proposal, "freigeben"), decision="yes")
    assert address(proposal, "formpruefung") in site["secretary"].get("/").html
    site["secretary"].send(address(proposal, "formpruefung"), decision="yes")
    assert f.reread(proposal).number


def _route(proposal: Proposal) -> list[Consultation]:
    return list(Consultation.everything.filter(proposal=proposal).order_by("position"))


def _committees_take_it_up(site: Site, proposal: Proposal) -> None:
    for day, row in enumerate(_route(proposal), 10):
        here = address(proposal, "tagesordnung", row.pk)
        assert here in site["secretary"].get("/").html
        site["secretary"].send(
            here, meeting="", date=f"2030-04-{day}", time="17:00", place="Saal", top="Ö 5"
        )
    assert Meeting.everything.count() == 3


def _committees_vote(site: Site, proposal: Proposal) -> None:
    social, main, council = _route(proposal)
    results: list[tuple[Consultation, dict[str, Any]]] = [
        (social, {"outcome": "recommended", **VOTES}),
        (main, {"outcome": "recommended_changed", "wording": "Nur für ein Jahr.", **VOTES}),
        (
            council,
            {
                "outcome": "decided_changed",
                "wording": "Für zwei Jahre.",
                **VOTES,
                "entitled": "5",
                "yes": "3",
                "no": "1",
                "abstained": "1",
            },
        ),
    ]
    for row, values in results:
        preview = address(proposal, "beratung", row.pk, "vorschau")
        assert "von" in site["secretary"].post(preview, values, 200).words
        site["secretary"].send(address(proposal, "ergebnis", row.pk), **values)


def _everybody_can_read_it(site: Site, proposal: Proposal) -> None:
    for name in ("clerk", "treasurer", "head", "secretary", "auditor", "deputy"):
        page = site[name].get(address(proposal))
        assert str(proposal.number) in page.words
        assert "Geändert beschlossen" in page.words
        assert "Für zwei Jahre." in page.words
        assert "mehrheitlich (3 Ja, 1 Nein, 1 Enthaltung)" in page.words
        assert str(proposal.number) in site[name].get("/vorlagen/").words
    history = site["clerk"].get(address(proposal, "verlauf")).words
    for words in ("Ja 3, Nein 1, Enthaltungen 1 von 5", "Deckung ist gesichert.", "Kreistag"):
        assert words in history
    item = AgendaItem.everything.latest("pk")
    correction = address(proposal, "ergebnis", item.pk, "berichtigen")
    site["secretary"].send(
        correction, yes="2", no="2", abstained="1", outcome="rejected", wording=""
    )
    assert f.reread(proposal).status == ProposalStatus.REJECTED
