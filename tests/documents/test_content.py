"""What a document says of a proposal, and what its reader must not learn from it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from proposals.documents.checks import findings, text_of
from proposals.documents.content import content, draft_content
from proposals.models import AgendaItem, Audience, Proposal, ProposalVersion
from proposals.rules.consultation import Outcome
from proposals.rules.costs import Qualifier
from proposals.rules.deadlines import Extension
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.words import Land
from proposals.services.drafting import DeadlineDraft, save_draft
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from tests import factories as f
from tests.documents.copies import newest, printed

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC
SECRET = "<p>Der Kauf wird für höchstens 1.250.000 € genehmigt.</p>"
LATER = f.DAY + timedelta(days=20)


def hand_in_again(house: f.House, proposal: Proposal) -> None:
    answer = f.draft_answer(
        house, subject="Neu gefasst", revision=proposal.revision, route=f.ROUTE[1:]
    )
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    f.submit(house, proposal)
    f.release(house, proposal)
    f.check_form(house, proposal)


@pytest.mark.parametrize(
    ("outcome", "values"),
    [
        (Outcome.RECOMMENDED, {"yes": 2, "abstained": 1}),
        (Outcome.RECOMMENDED_CHANGED, {"wording": SECRET}),
        (Outcome.NOT_RECOMMENDED, {}),
        (Outcome.WITHOUT_RECOMMENDATION, {}),
        (Outcome.NOTED, {"note": "Herr X widerspricht."}),
        (Outcome.POSTPONED, {}),
        (Outcome.REFERRED, {"refer_to": ("board",)}),
        (Outcome.RETURNED, {}),
        (Outcome.SETTLED, {}),
    ],
)
def test_a_public_copy_is_the_same_whatever_a_body_did_behind_closed_doors(
    house: f.House, outcome: Outcome, values: dict[str, Any]
) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.schedule(house, f.station(proposal, "main"), number="N 3")
    version = newest(proposal)
    before = content(version, audience=PUBLIC)
    if "refer_to" in values:
        values = {"refer_to": tuple(house.committee(name).pk for name in values["refer_to"])}
    f.treat(house, f.station(proposal, "main"), outcome, **values)
    assert content(version, audience=PUBLIC) == before
    assert content(version, audience=INTERNAL)["beratungsfolge"] != before["beratungsfolge"]


def test_a_rejection_behind_closed_doors_does_not_show_in_the_stations_it_lapsed(
    house: f.House,
) -> None:
    proposal = f.make_proposal(
        house, "in_route", route=(("main", f.DECISION), ("board", f.CONSENT))
    )
    f.schedule(house, f.station(proposal, "main"))
    before = content(newest(proposal), audience=PUBLIC)
    f.treat(house, f.station(proposal, "main"), Outcome.REJECTED)
    assert content(newest(proposal), audience=PUBLIC) == before
    rows = content(newest(proposal), audience=INTERNAL)["beratungsfolge"]
    assert [row["ergebnis"] for row in rows] == ["abgelehnt", "entfallen: abgelehnt"]


@pytest.mark.parametrize("behind_closed_doors", [True, False])
def test_a_wording_from_behind_closed_doors_stays_there_until_a_body_decides_it_in_public(
    house: f.House, behind_closed_doors: bool
) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED_CHANGED, wording=SECRET)
    assert "1.250.000" not in str(content(newest(proposal), audience=PUBLIC))
    f.schedule(house, f.station(proposal, "council"), public=not behind_closed_doors)
    f.treat(house, f.station(proposal, "council"), Outcome.DECIDED, reason="Eilbedürftig")
    public = content(newest(proposal), audience=PUBLIC)
    assert public["empfehlungen"] == [], "that it came from the Kreisausschuss is never told"
    assert str(public).count("1.250.000") == (0 if behind_closed_doors else 1)
    internal = content(newest(proposal), audience=INTERNAL)
    assert internal["empfehlungen"][0]["gremium"] == "Kreisausschuss"
    assert internal["beschluss"] is not None
    assert internal["beschluss"]["text"] == SECRET


def test_what_is_not_public_has_no_public_copy(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route", public=False)
    with pytest.raises(RuleViolation, match="es gibt keine öffentliche Ausgabe"):
        content(newest(proposal), audience=PUBLIC)
    with pytest.raises(RuleViolation, match="es gibt keine öffentliche Ausgabe"):
        draft_content(proposal, audience=PUBLIC)
    assert content(newest(proposal), audience=INTERNAL)["oeffentlichkeit"] == "nichtöffentlich"


def test_the_public_copy_has_the_public_subject(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", subject="Klage Y", public_subject="Rechtsstreit")
    assert content(newest(proposal), audience=PUBLIC)["betreff"] == "Rechtsstreit"
    assert content(newest(proposal), audience=INTERNAL)["betreff"] == "Klage Y"


def test_what_costs_nothing_is_unlike_what_nobody_knows(house: f.House) -> None:
    nothing = draft_content(f.make_proposal(house, no_financial_effect=True), audience=INTERNAL)[
        "finanzierung"
    ]
    spent = draft_content(f.make_proposal(house, budget_available=Decimal(0)), audience=INTERNAL)[
        "finanzierung"
    ]
    left = draft_content(
        f.make_proposal(
            house,
            budget_available=Decimal(500),
            costs=[CostDraft("Gutachten", Decimal(800), qualifier=Qualifier.ABOUT, recurring=True)],
        ),
        audience=INTERNAL,
    )["finanzierung"]
    assert nothing is not None
    assert (nothing["keine"], nothing["gesamtkosten"], nothing["positionen"]) == (True, "", [])
    assert spent is not None
    assert (spent["verfuegbar"], spent["nicht_verfuegbar"]) == (None, True)
    assert left is not None
    assert (left["verfuegbar"], left["gesamtkosten"]) == (Decimal("500.00"), "rd. 800\xa0€")
    assert left["positionen"][0]["betrag"] == "rd. 800\xa0€, jährlich"
    assert draft_content(f.make_proposal(house), audience=INTERNAL)["finanzierung"] is None


def test_details_of_posts_grants_and_deadlines_are_kept(house: f.House) -> None:
    proposal = f.make_proposal(
        house,
        positions=[PositionDraft("Planerin", Decimal("0.43"), "E 11", limited_until=f.DAY)],
        funding=[FundingDraft("Zuweisung", Decimal(20_000), authority="Land")],
        deadlines=[
            DeadlineDraft(
                "Antrag",
                f.DAY,
                authority="Land",
                extension=Extension.GRANTED,
                extended_to=LATER,
                note="Zu",
            )
        ],
    )
    context = draft_content(proposal, audience=INTERNAL)
    assert context["stellen"] == {
        "positionen": [
            {"text": "Planerin (E 11; befristet bis 01.03.2024)", "umfang": "0,43"}
            | {"quelle": "Stellenplan"}
        ],
        "summe": "0,43",
    }
    assert context["foerderung"] == {
        "positionen": [{"text": "Zuweisung (Land)", "betrag": "20.000\xa0€"}],
        "summe": "20.000\xa0€",
    }
    (deadline,) = context["fristen"]
    assert (deadline["text"], deadline["datum"]) == ("Antrag (Land)", LATER)
    assert deadline["hinweis"] == "Zu verlängert, ursprünglich 01.03.2024."


def test_a_draft_and_what_is_not_released_are_marked_and_have_no_number(house: f.House) -> None:
    draft = f.make_proposal(house, number="0001/2024")
    context = draft_content(draft, audience=INTERNAL)
    assert (context["entwurf"], context["nummer"], context["fassung"]) == (True, "", 1)
    assert context["unterschrift"] is None
    assert "ENTWURF" in text_of(printed(context, draft))
    assert "0001/2024" not in text_of(printed(context, draft))

    f.submit(house, draft)
    handed_in = content(newest(draft), audience=INTERNAL)
    assert (handed_in["entwurf"], handed_in["nummer"], handed_in["datum"]) == (True, "", None)
    f.release(house, draft)
    released = content(newest(draft), audience=INTERNAL)
    assert (released["entwurf"], released["nummer"]) == (False, "0001/2024")
    assert (released["datum"], released["erstellt_am"]) == (f.DAY, f.DAY)
    assert "ENTWURF" not in text_of(printed(released, draft))

    f.check_form(house, draft, passed=False, remark="Anlage fehlt")
    assert content(newest(draft), audience=INTERNAL)["entwurf"], "it was never issued"
    assert draft_content(f.reread(draft), audience=INTERNAL)["fassung"] == 2


def test_typed_template_signs_and_control_characters_are_only_text(house: f.House) -> None:
    texts = {
        Section.FACTS: "<p>{{ 7*7 }} {% for x in y %} \x0b\x00 &lt;w:p&gt;</p>",
        Section.WORDING: "<p>]]&gt; ${jndi}</p>",
    }
    subject = "{{ 7*7 }} <b>fett</b> & \x0c{#"
    made = printed(
        draft_content(f.make_proposal(house, subject=subject, texts=texts), audience=INTERNAL),
        f.make_proposal(house),
    )
    assert findings(made) == []
    text = text_of(made)
    assert "{{ 7*7 }} <b>fett</b> & {#" in text
    assert "{{ 7*7 }} {% for x in y %}" in text
    assert "<w:p>" in text
    assert "49" not in text


def test_two_specialist_committees_have_two_rows_and_a_body_that_takes_note_has_none(
    house: f.House,
) -> None:
    route = (("social", f.PRELIMINARY), ("board", f.PRELIMINARY), ("main", f.NOTE))
    proposal = f.make_proposal(house, at="in_route", route=(*route, ("council", f.DECISION)))
    rows = content(newest(proposal), audience=INTERNAL)["abstimmung"]
    assert [row["bezeichnung"] for row in rows] == ["Fachausschuss", "Beirat", "Kreistag"]
    assert {row["ja"] + row["nein"] + row["satz"] for row in rows} == {""}


def test_the_corrected_vote_counts(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    f.sign(house, item.meeting, approve=True)
    f.correct(house, item, Outcome.RECOMMENDED, entitled=3, yes=2, no=1, reason="Verzählt")
    row = content(newest(proposal), audience=PUBLIC)["abstimmung"][0]
    assert (row["ja"], row["nein"]) == ("2", "1")
    assert row["satz"] == "mehrheitlich (2 Ja, 1 Nein, 0 Enthaltungen)"


@pytest.mark.parametrize(
    ("land", "words"), [(Land.NI, "des Protokolls"), (Land.NW, "der Niederschrift")]
)
@pytest.mark.django_db
def test_a_result_is_provisional_until_its_minutes_are_approved(land: Land, words: str) -> None:
    house = f.make_house("vorbehalt", land=land)
    proposal = f.make_proposal(house, at="in_route")
    note = f"vorläufig, vorbehaltlich der Genehmigung {words}"
    assert content(newest(proposal), audience=PUBLIC)["vorbehalt"] == "", "no result, no note"

    social = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    assert content(newest(proposal), audience=PUBLIC)["vorbehalt"] == note
    f.sign(house, social.meeting)
    assert content(newest(proposal), audience=PUBLIC)["vorbehalt"] == note

    f.schedule(house, f.station(proposal, "council"), LATER)
    council = f.treat(house, f.station(proposal, "council"), Outcome.DECIDED, reason="Eilig")
    assert content(newest(proposal), audience=PUBLIC)["vorbehalt"] == note
    f.sign(house, council.meeting, approve=True)
    of_one = f"Sozialausschuss ({f.DAY:%d.%m.%Y}): {note}"
    assert content(newest(proposal), audience=PUBLIC)["vorbehalt"] == of_one

    approved = f.make_proposal(house, at="in_route")
    f.schedule(house, f.station(approved, "social"), LATER)
    item = f.treat(house, f.station(approved, "social"), Outcome.RECOMMENDED)
    f.sign(house, item.meeting, approve=True)
    assert content(newest(approved), audience=PUBLIC)["vorbehalt"] == ""


def test_the_heading_of_a_recommendation_names_its_body_in_good_german(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>B</p>")
    (row,) = content(newest(proposal), audience=PUBLIC)["empfehlungen"]
    assert row["titel"] == "Vorschlag nach Beratung im Sozialausschuss"
    committee = house.committee("social")
    committee.name = "Ratskommission für Soziales"
    with f.setting_up(committee):
        committee.save()
    (row,) = content(newest(proposal), audience=PUBLIC)["empfehlungen"]
    assert row["titel"] == "Vorschlag nach Beratung in der Ratskommission für Soziales"


def test_the_finance_block_has_its_place_among_the_sections(house: f.House) -> None:
    proposal = f.make_proposal(house, no_financial_effect=True)
    for order, titles in (
        ([], ["Sachverhalt", "Beschlussvorschlag", "Finanzielle Auswirkungen"]),
        (["finance", "facts"], ["Finanzielle Auswirkungen", "Sachverhalt", "Beschlussvorschlag"]),
        (["wording", "finance"], ["Beschlussvorschlag", "Sachverhalt", "Finanzielle Auswirkungen"]),
    ):
        proposal.municipality.section_order = order
        sections = draft_content(proposal, audience=INTERNAL)["abschnitte"]
        assert [section["titel"] for section in sections] == titles


def test_an_uncounted_yes_stays_empty_and_the_chair_has_the_last_word(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED, yes=None, no=1)
    f.treat(
        *(house, f.station(proposal, "council"), Outcome.DECIDED),
        entitled=5,
        yes=1,
        no=3,
        reason="Landrat hat sich vertan",
    )
    social, _, council = content(newest(proposal), audience=INTERNAL)["abstimmung"]
    assert (social["ja"], social["nein"]) == ("", "1")
    assert social["satz"] == "mehrheitlich bei einer Gegenstimme"
    assert council["satz"] == "angenommen (1 Ja, 3 Nein, 0 Enthaltungen)"


def test_a_decision_as_proposed_says_so_and_another_one_is_printed(house: f.House) -> None:
    first, second = (f.make_proposal(house, at="in_route") for _ in range(2))
    f.treat(house, f.station(first, "council"), Outcome.DECIDED, reason="Eilig")
    f.treat(
        *(house, f.station(second, "council"), Outcome.DECIDED_CHANGED),
        reason="Eilig",
        wording="<p>Anders.</p>",
    )
    for proposal, text in ((first, "<p>Wie Beschlussvorschlag.</p>"), (second, "<p>Anders.</p>")):
        decision = content(newest(proposal), audience=PUBLIC)["beschluss"]
        assert decision == {
            "text": text,
            "gremium": "Kreistag",
            "datum": f.DAY,
            "satz": "Abstimmungsergebnis: einstimmig",
        }


def test_the_route_tells_each_treatment_and_what_became_of_the_rest(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.POSTPONED)
    f.schedule(house, f.station(proposal, "social"), LATER, number="Ö 2")
    refer_to = (house.committee("board").pk,)
    f.treat(house, f.station(proposal, "social"), Outcome.REFERRED, refer_to=refer_to)
    f.drop(house, f.station(proposal, "main"))
    rows = content(newest(proposal), audience=INTERNAL)["beratungsfolge"]
    assert [(row["gremium"], row["termin"], row["ergebnis"]) for row in rows] == [
        ("Sozialausschuss", f.DAY, "vertagt"),
        ("Sozialausschuss", LATER, "verwiesen an Beirat"),
        ("Beirat", None, ""),
        ("Sozialausschuss", None, ""),
        ("Kreisausschuss", None, "übersprungen (Nicht mehr nötig)"),
        ("Kreistag", None, ""),
    ]
    public = content(newest(proposal), audience=PUBLIC)["beratungsfolge"]
    assert public[4]["ergebnis"] == "übersprungen"


def test_each_version_tells_its_own_round(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(
        house, f.station(proposal, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>Neu.</p>"
    )
    f.treat(house, f.station(proposal, "main"), Outcome.RETURNED)
    first = newest(proposal)
    of_first = content(first, audience=INTERNAL)
    assert [row["gremium"] for row in of_first["beratungsfolge"]] == [
        *("Sozialausschuss", "Kreisausschuss", "Kreistag")
    ]
    assert of_first["beratungsfolge"][2]["ergebnis"] == "entfallen: an die Verwaltung zurück"

    hand_in_again(house, f.reread(proposal))
    f.schedule(house, f.station(proposal, "council"), LATER)
    f.treat(house, f.station(proposal, "council"), Outcome.DECIDED, reason="Eilig")
    second = newest(proposal)
    assert second.number == 2
    assert content(first, audience=INTERNAL) == of_first
    context = content(second, audience=INTERNAL)
    assert [row["ergebnis"] for row in context["beratungsfolge"]] == [
        *("geändert empfohlen", "an die Verwaltung zurück", "", "beschlossen")
    ]
    assert context["empfehlungen"] == [], "a recommendation does not outlive the new version"
    assert context["beschluss"] is not None


def test_content_costs_the_same_few_queries_however_long_the_route(
    house: f.House, django_assert_max_num_queries: Any
) -> None:
    proposal = f.make_proposal(house, at="in_route")
    for name in ("social", "main", "council"):
        f.treat(house, f.station(proposal, name), Outcome.NOTED)
    assert AgendaItem.everything.count() == 3
    rows = ProposalVersion.everything.select_related("proposal__municipality")
    version = rows.get(proposal=proposal)
    with django_assert_max_num_queries(8):
        content(version, audience=INTERNAL)
