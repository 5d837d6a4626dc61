"""Scenario 16: a cost that nobody has put a figure on."""

from decimal import Decimal

from django.test import Client

from proposals.documents.content import content
from proposals.models import Audience, ProposalVersion
from proposals.services.finance_drafts import CostDraft, PositionDraft
from tests import factories as f
from tests.factories import House


def test_16_unquantified_cost(county: House) -> None:
    proposal = f.make_proposal(
        county,
        "in_route",
        follow_up_words="keine",
        costs=[
            CostDraft("Personalkosten für eine Stelle", year=2019),
            CostDraft("Budget der Koordinierungsstelle", Decimal(10_000), year=2019),
        ],
        positions=[PositionDraft("Anlaufstelle", Decimal(1), plan_year=2019)],
    )
    client = Client()
    client.force_login(county.user("clerk"))
    page = client.get(f"/vorlagen/{proposal.pk}/").content.decode().replace("\xa0", " ")
    assert "mindestens 10.000 € (unvollständig)" in page
    assert "Die Vorlage nennt keine Folgekosten, enthält aber eine unbefristete Stelle." in page

    version = ProposalVersion.everything.get(proposal=proposal)
    printed = content(version, audience=Audience.INTERNAL)["finanzierung"]
    assert printed is not None
    words = printed["gesamtkosten"].replace("\xa0", " ")
    assert words == "Personalkosten für eine Stelle + 10.000 €"
    assert printed["folgekosten"] == "keine"
