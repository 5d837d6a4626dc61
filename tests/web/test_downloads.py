"""Who gets which Word file and which annex, and how it is sent."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from proposals.documents import store
from proposals.documents.checks import findings, text_of
from proposals.documents.uploads import DOCX
from proposals.models import Attachment, Document, Proposal
from proposals.rules.consultation import Outcome
from proposals.rules.words import ProposalKind
from proposals.services.attachments import StoredFile, attach
from tests import factories as f

OK, FORBIDDEN, MISSING = HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND


@pytest.fixture
def house(db: None) -> f.House:
    return f.make_house()


def get(house: f.House, user: str, address: str) -> Any:
    client = Client()
    client.force_login(house.user(user))
    return client.get(address)


def word(proposal: Proposal, audience: str = "public", query: str = "") -> str:
    return reverse("document-download", args=[proposal.pk, audience]) + query


def annex(
    house: f.House,
    proposal: Proposal,
    file_name: str = "Plan.pdf",
    data: bytes = b"%PDF-1.4 annex",
) -> Attachment:
    return attach(
        actor=house.user("clerk"),
        proposal=proposal,
        title="Plan",
        file_name=file_name,
        file=StoredFile(store.put(data), "application/pdf", len(data)),
    )


def test_a_word_file_is_saved_under_a_safe_name_and_kept_by_nobody(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", number="BV 1/Ä:2024")
    response = get(house, "secretary", word(proposal, "internal"))
    name = 'attachment; filename="Vorlage_BV-1-2024_Fassung-1_intern.docx"'
    assert (response.status_code, response["Content-Disposition"]) == (OK, name)
    assert response["Content-Type"] == DOCX
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert findings(response.content) == []
    assert not Document.everything.exists(), "looking is no event"


def test_the_internal_copy_goes_to_those_who_may_read_every_result(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    f.treat(house, f.station(proposal, "main"), Outcome.NOT_RECOMMENDED)
    for user in ("clerk", "head", "secretary", "auditor"):
        response = get(house, user, word(proposal, "internal"))
        assert (user, response.status_code) == (user, OK)
        assert "nicht empfohlen" in text_of(response.content)
    for user in ("treasurer", "minutes", "administrator", "deputy"):
        assert get(house, user, word(proposal, "internal")).status_code == FORBIDDEN, user
        response = get(house, user, word(proposal))
        assert (user, response.status_code) == (user, OK)
        assert "nicht empfohlen" not in text_of(response.content)
    assert get(house, "clerk", word(proposal, "secret")).status_code == MISSING


def test_nobody_gets_what_is_invisible(house: f.House) -> None:
    neighbour = f.make_house("nachbar")
    proposal = f.make_proposal(house, "in_route")
    draft = f.make_proposal(house, "submitted")
    for audience in ("internal", "public"):
        assert get(neighbour, "head", word(proposal, audience)).status_code == MISSING
        assert get(house, "deputy", word(draft, audience)).status_code == MISSING
    response = Client().get(word(proposal))
    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"].startswith(reverse("account_login"))
    client = Client()
    client.force_login(house.user("head"))
    assert client.post(word(proposal)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_draft_goes_to_those_who_write_it_marked_entwurf(house: f.House) -> None:
    draft = f.make_proposal(house, asked=("treasury",))
    response = get(house, "clerk", word(draft, "internal"))
    assert 'filename="Vorlage_Entwurf_intern.docx"' in response["Content-Disposition"]
    assert "ENTWURF" in text_of(response.content)
    assert get(house, "head", word(draft)).status_code == MISSING

    motion = f.make_proposal(house, author="secretary", kind=ProposalKind.ANTRAG)
    assert get(house, "secretary", word(motion)).status_code == OK
    assert get(house, "clerk", word(motion)).status_code == MISSING, "the Sitzungsdienst enters it"

    f.submit(house, draft)
    handed_in = get(house, "treasurer", word(draft))
    name = 'filename="Vorlage_Entwurf_Fassung-1_oeffentlich.docx"'
    assert name in handed_in["Content-Disposition"]


def test_an_older_version_is_asked_for_by_its_number(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route")
    assert get(house, "deputy", word(proposal, query="?fassung=1")).status_code == OK
    for wrong in ("2", "0", "x", "-1", "9" * 30, "١"):
        response = get(house, "clerk", word(proposal, query=f"?fassung={wrong}"))
        assert (wrong, response.status_code) == (wrong, MISSING)


def test_members_of_committees_get_issued_versions_only(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)
    f.submit(house, f.reread(proposal))
    assert get(house, "deputy", word(proposal)).status_code == OK
    newest = get(house, "deputy", word(proposal))
    assert "Fassung-1_" in newest["Content-Disposition"]


def test_of_what_is_not_public_there_is_no_public_copy(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", public=False)
    response = get(house, "head", word(proposal))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "es gibt keine öffentliche Ausgabe" in response.content.decode()
    assert get(house, "head", word(proposal, "internal")).status_code == OK
    assert get(house, "treasurer", word(proposal)).status_code == MISSING


def test_an_annex_is_sent_to_whoever_sees_the_proposal(house: f.House) -> None:
    draft = f.make_proposal(house)
    attachment = annex(house, draft, 'Plan "Süd"\r\n.pdf')
    address = reverse("attachment-download", args=[attachment.pk])
    response = get(house, "clerk", address)
    assert (response.status_code, response.content) == (OK, b"%PDF-1.4 annex")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Plan%20%22S")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    for user in ("treasurer", "deputy", "head"):
        assert get(house, user, address).status_code == MISSING, user
    assert get(house, "clerk", reverse("attachment-download", args=[0])).status_code == MISSING


def test_an_annex_of_the_next_version_stays_in_the_house_until_that_is_issued(
    house: f.House,
) -> None:
    draft = f.make_proposal(house)
    old = annex(house, draft)
    f.submit(house, draft)
    f.release(house, draft)
    f.check_form(house, draft)
    f.treat(house, f.station(draft, "social"), Outcome.RETURNED)
    new = annex(house, f.reread(draft), data=b"%PDF-1.4 new")

    def codes(user: str) -> list[int]:
        addresses = [reverse("attachment-download", args=[row.pk]) for row in (old, new)]
        return [get(house, user, address).status_code for address in addresses]

    assert (codes("clerk"), codes("deputy")) == ([OK, OK], [OK, MISSING])
    f.submit(house, f.reread(draft))
    assert (codes("head"), codes("deputy")) == ([OK, OK], [OK, MISSING])
    f.release(house, draft)
    f.check_form(house, draft)
    assert codes("deputy") == [OK, OK]


def test_a_form_that_cannot_be_used_is_said_in_words(
    house: f.House, settings: Any, tmp_path: Path
) -> None:
    proposal = f.make_proposal(house, "in_route")
    settings.DOCX_TEMPLATES_DIR = tmp_path
    response = get(house, "head", word(proposal))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Die Word-Vorlage lässt sich nicht lesen." in response.content.decode()
