"""Two clerks in one draft: nobody writes over anybody, and each field is chosen by a person."""

from functools import partial

import pytest

from proposals.models import Proposal, ProposalText, Role
from proposals.rules.sections import Section
from tests import factories as f
from tests.houses import make_user
from tests.web.site import Site, Visitor, address, filled
from tests.workflows.crowd import at_once


@pytest.fixture
def colleague(site: Site) -> Visitor:
    return Visitor(make_user(site.house, "colleague", Role.CLERK, office="lead"))


def facts(proposal: Proposal) -> str:
    return ProposalText.everything.get(proposal=proposal, section=Section.FACTS).html


def test_each_field_is_shown_and_chosen(site: Site, draft: Proposal, colleague: Visitor) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    mine = clerk.get(url)
    colleague.send(
        url,
        then="stay",
        subject="Vom Kollegen",
        file_reference="K 1",
        facts="<p>Der alte Satz bleibt.</p>",
        cost_0_text="Büromaterial",
        cost_0_amount="500",
    )
    page = clerk.post(
        url,
        filled(
            mine,
            then="stay",
            subject="Von mir",
            facts="<p>Der <strong>neue</strong> Satz bleibt.</p>",
            cost_0_text="Fahrzeug",
            cost_0_amount="20.000",
        ),
        409,
    )
    assert "inzwischen gespeichert" in page.words
    for words in ("Vom Kollegen", "Von mir", "K 1", "Büromaterial", "Fahrzeug"):
        assert words in page.words, words
    assert "gestrichen: alte" in page.words
    assert "eingefügt: neue" in page.words
    assert page.value("subject") == "Von mir"

    choice = {"keep-subject": "mine", "keep-file_reference": "saved", "keep-cost": "saved"}
    merged = clerk.post(url, filled(page, then="merge", **choice), 200)
    assert merged.value("file_reference") == "K 1"
    assert merged.value("cost-0-text") == "Büromaterial"
    assert f.reread(draft).subject == "Vom Kollegen", "nothing is saved yet"

    clerk.post(url, filled(page, then="stay", **choice))
    saved = f.reread(draft)
    assert (saved.subject, saved.file_reference) == ("Von mir", "K 1")
    assert facts(draft) == "<p>Der <strong>neue</strong> Satz bleibt.</p>"
    assert [row.text for row in saved.cost_items.all()] == ["Büromaterial"]


def test_a_third_save_in_between_is_shown_as_well(
    site: Site, draft: Proposal, colleague: Visitor
) -> None:
    url, clerk = address(draft, "entwurf"), site["clerk"]
    mine = clerk.get(url)
    colleague.send(url, then="stay", subject="Zwei")
    page = clerk.post(url, filled(mine, then="stay", subject="Eins"), 409)
    colleague.send(url, then="stay", subject="Drei")
    again = clerk.post(url, filled(page, then="stay"), 409)
    assert "Drei" in again.words
    assert again.value("subject") == "Eins"
    clerk.post(url, filled(again, then="stay"))
    assert f.reread(draft).subject == "Eins"


@pytest.mark.load
@pytest.mark.django_db(transaction=True)
def test_of_eight_clerks_one_saves_and_the_others_keep_their_text() -> None:
    house = f.make_house()
    proposal = f.make_proposal(house)
    url = address(proposal, "entwurf")
    clerks = [
        Visitor(make_user(house, f"clerk-{number}", Role.CLERK, office="lead"))
        for number in range(8)
    ]
    sent = [
        filled(
            clerk.get(url), then="stay", facts=f"<p>Text von {number}</p>", subject=f"S {number}"
        )
        for number, clerk in enumerate(clerks)
    ]

    def save(number: int) -> None:
        answer = clerks[number].client.post(url, sent[number])
        if answer.status_code == 302:
            raise LookupError("saved")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert f"&lt;p&gt;Text von {number}&lt;/p&gt;" in page
        assert f"S {number}" in page

    answers = at_once([partial(save, number) for number in range(8)])
    winners = [number for number, said in enumerate(answers) if said == "LookupError: saved"]
    assert len(winners) == 1, answers
    assert answers.count("done") == 7, answers
    assert facts(proposal) == f"<p>Text von {winners[0]}</p>"
    assert f.reread(proposal).subject == f"S {winners[0]}"
