"""A paper issued anew in Word: its suffix, what changed in bold, and where all else stands."""

import pytest

from proposals.documents import store
from proposals.documents.checks import findings, text_of
from proposals.documents.content_reissue import reissue_content
from proposals.models import AgendaItem, Audience, Document, Proposal, Reissue
from proposals.rules.consultation import Outcome
from proposals.rules.results import RecommendationAs
from proposals.rules.sections import Section
from proposals.services.documents import run_outbox
from proposals.services.relations import ReissueAnswer, reissue
from tests import factories as f
from tests.census import refused

BEFORE, AFTER = "Eine Stelle wird eingerichtet.", "Eine befristete Stelle wird eingerichtet."


def reissued(house: f.House, committee: str = "social") -> Reissue:
    """Issue a paper anew with the wording of a committee, in a house that does so."""
    with f.setting_up(house.municipality):
        house.municipality.recommendation_as = RecommendationAs.REISSUE
        house.municipality.suffix_pattern = "/{n}"
        house.municipality.save()
    texts = {Section.FACTS: "<p>Lage.</p>", Section.WORDING: f"<p>{BEFORE}</p>"}
    proposal = f.make_proposal(house, "in_route", number="SV-9-0667", texts=texts)
    item = f.treat(
        house,
        f.station(proposal, committee),
        Outcome.RECOMMENDED_CHANGED,
        wording=f"<p>{AFTER}</p>",
    )
    wording = AgendaItem.everything.get(pk=item.pk).result_wording
    assert wording is not None
    return reissue(actor=house.user("secretary"), wording=wording, answer=ReissueAnswer(f.DAY))


def files(proposal: Proposal) -> dict[str, str]:
    """Make what was asked for; return the text of each copy of the re-issue."""
    assert [done.failure for done in run_outbox() if done.failure] == []
    rows = Document.everything.filter(proposal=proposal, reissue__isnull=False)
    data = {row.audience: store.get(row.digest) for row in rows}
    assert [found for one in data.values() for found in findings(one)] == []
    return {audience: text_of(one) for audience, one in data.items()}


def test_a_reissue_carries_its_suffix_the_changes_in_bold_and_the_sentence(house: f.House) -> None:
    row = reissued(house)
    context = reissue_content(row, audience=Audience.PUBLIC)
    assert context["nummer"] == "SV-9-0667/1"
    assert "Eine<strong> befristete</strong> Stelle" in context["beschlussvorschlag"]
    copies = files(row.proposal)
    assert copies.keys() == {Audience.INTERNAL, Audience.PUBLIC}
    for text in copies.values():
        assert "SV-9-0667/1" in text
        assert AFTER in text
        assert (
            "Aus den Beratungen in der Sitzung des Sozialausschusses am 01.03.2024 haben sich die "
            "im Beschlussvorschlag fett hervorgehobenen Änderungen ergeben. Ansonsten wird auf die "
            "Beschlussvorlage SV-9-0667 verwiesen."
        ) in text
        assert "Lage." not in text, "all else stands in the paper itself"


def test_a_wording_from_behind_closed_doors_has_no_public_copy(house: f.House) -> None:
    row = reissued(house, "main")
    with refused("kommt aus nichtöffentlicher Beratung"):
        reissue_content(row, audience=Audience.PUBLIC)
    assert files(row.proposal).keys() == {Audience.INTERNAL}


@pytest.mark.parametrize("rule", RecommendationAs)
def test_only_a_house_that_notes_recommendations_prints_them_on_the_paper(
    house: f.House, rule: RecommendationAs
) -> None:
    reissued(house)
    with f.setting_up(house.municipality):
        house.municipality.recommendation_as = rule
        house.municipality.save()
    run_outbox()
    text = text_of(store.get(Document.everything.filter(reissue=None).latest("pk").digest))
    noted = "Vorschlag nach Beratung im Sozialausschuss" in text
    assert noted == (rule == RecommendationAs.NOTE)
