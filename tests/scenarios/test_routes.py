"""What becomes of the route: skipped, urgent, withdrawn, early, and behind closed doors."""

from datetime import date

import pytest

from proposals.documents.checks import text_of
from proposals.documents.content import content
from proposals.models import (
    AgendaItem,
    Audience,
    Consultation,
    Meeting,
    MembershipKind,
    Proposal,
    Relation,
    UrgentDecision,
    Vote,
)
from proposals.rules.consultation import Outcome
from proposals.rules.relations import RelationKind
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.words import Land
from proposals.selectors.agenda_lines import agenda_lines
from proposals.selectors.proposal_page import proposal_page
from proposals.selectors.route import Result, Stop
from proposals.services.consultation import SkipAnswer
from proposals.services.relations import RelateAnswer, relate
from proposals.services.urgency import UrgentAnswer
from tests import factories as f
from tests import sittings as s
from tests.census import refused
from tests.documents.copies import document, newest, squeezed
from workflows import gate

SOCIAL_DAY, MAIN_DAY = date(2023, 11, 22), date(2023, 11, 29)


def drop(house: f.House, proposal: Proposal, committee: str, answer: SkipAnswer) -> Consultation:
    row = f.station(proposal, committee)
    return gate.drop(actor=house.user("head"), consultation=row, answer=answer)


def test_scenario_07_a_committee_is_skipped_for_urgency_and_told_afterwards(db: None) -> None:
    house = f.make_house("bergkamen", land=Land.NW)
    route = (("board", f.HEARING), ("council", f.DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    reason = "Frist: der Bescheid ergeht im Dezember, der Beirat tagt im April"
    skipped = drop(house, proposal, "board", SkipAnswer(reason, on=f.DAY, inform=True))
    assert (skipped.get_lapse_display(), skipped.lapse_reason) == ("übersprungen", reason)
    assert skipped.lapse_authority, "who ordered it"

    item = s.add_paper(house, s.plan(house, "council"), proposal, "council")
    s.record(house, item, Outcome.DECIDED, (5, 0, 0))

    assert s.status_of(item) == "adopted", "without a word about the Beirat"
    assert s.stations(proposal) == [
        ("board", "hearing", "skipped"),
        ("council", "decision", "decided"),
        ("board", "note", "open"),
    ]
    later = f.station(proposal, "board")
    assert later.replaces == skipped
    s.record(house, f.schedule(house, later, date(2024, 4, 10)), Outcome.NOTED)
    assert gate.examine(proposal.pk) == []


def test_scenario_07_a_mandatory_committee_needs_a_confirmation(county: f.House) -> None:
    proposal = f.make_proposal(county, "in_route")
    with refused("Vorbereitung durch „Kreisausschuss“ ist vor der Entscheidung von „Kreistag“ "):
        drop(county, proposal, "main", SkipAnswer("Frist"))
    with refused("(§ 76 Abs. 1 Satz 1 NKomVG)"):
        drop(county, proposal, "main", SkipAnswer("Frist"))

    drop(county, proposal, "main", SkipAnswer("Frist", confirmed=True))
    assert ("main", "preliminary", "skipped") in s.stations(proposal)


def urgently(house: f.House, meeting: Meeting) -> AgendaItem:
    """Return the item of a proposal that the main committee has decided in the council's place."""
    route = (("main", f.PRELIMINARY), ("council", f.DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    answer = UrgentAnswer(UrgentOrgan.MAIN_COMMITTEE, "Der Zuwendungsbescheid läuft ab")
    gate.urgent(actor=house.user("head"), proposal=proposal, answer=answer)
    item = s.add_paper(house, meeting, proposal, "main")
    return s.record(house, item, Outcome.DECIDED, (9, 0, 1), entitled=11)


def test_scenario_08_an_urgent_decision_holds_at_once_and_the_council_is_told(
    county: f.House,
) -> None:
    item = urgently(county, s.plan(county, "main"))

    proposal = s.proposal_of(item)
    assert proposal.status == "adopted", "in force at once"
    decision = UrgentDecision.everything.get(proposal=proposal)
    assert decision.paragraph == "§ 89 Satz 1 NKomVG"
    assert decision.get_organ_display() == "Hauptausschuss"
    assert s.stations(proposal) == [
        ("main", "preliminary", "urgent"),
        ("main", "decision", "decided"),
        ("council", "note", "open"),
        ("council", "decision", "urgent"),
    ]
    told = s.add_paper(county, s.plan(county, "council"), proposal, "council")
    s.record(county, told, Outcome.NOTED)
    assert gate.examine(proposal.pk) == []
    assert s.status_of(told) == "adopted"


def test_scenario_08_in_nordrhein_westfalen_the_council_approves_or_refuses(db: None) -> None:
    house = f.make_house("kreis", land=Land.NW, seats=f.COUNTY)
    item = urgently(house, s.plan(house, "main"))
    proposal = s.proposal_of(item)
    assert proposal.status == "adopted"
    assert ("council", "approval", "open") in s.stations(proposal)

    approval = s.add_paper(house, s.plan(house, "council"), proposal, "council")
    s.record(house, approval, Outcome.REJECTED, (20, 23, 0))
    assert s.status_of(approval) == "rejected", "the council refuses"
    s.record(house, approval, Outcome.DECIDED, (23, 20, 0))
    assert s.status_of(approval) == "adopted", "corrected: it approves"


def test_scenario_10_a_proposal_is_withdrawn_in_the_middle(county: f.House) -> None:
    proposal = f.make_proposal(county, "in_route")
    item = f.schedule(county, f.station(proposal, "social"))
    s.record(county, item, Outcome.RECOMMENDED, (11, 0, 0))

    f.withdraw(county, proposal, "head")

    assert s.stations(proposal) == [
        ("social", "preliminary", "recommended"),
        ("main", "preliminary", "withdrawn"),
        ("council", "decision", "withdrawn"),
    ]
    lapsed = Consultation.everything.filter(proposal=proposal, lapse="withdrawn")
    assert {row.get_lapse_display() for row in lapsed} == {"entfallen: zurückgezogen"}
    assert Vote.everything.filter(agenda_item=item).count() == 1, "minutes and votes stay"
    assert proposal_page(f.reread(proposal), county.user("deputy")).status == "withdrawn"

    again = f.make_proposal(county, "in_route")
    assert again.number != proposal.number, "the number is not used again"
    answer = RelateAnswer(RelationKind.RESUBMITS, proposal.pk)
    relate(actor=county.user("clerk"), proposal=again, answer=answer)
    link = Relation.everything.get(proposal=again)
    assert (link.to, link.get_kind_display()) == (f.reread(proposal), "erneute Vorlage von")


def test_scenario_18_the_agenda_does_not_wait_for_the_committee(county: f.House) -> None:
    proposal = f.make_proposal(county, "in_route")
    s.add_paper(county, s.plan(county, "social", day=SOCIAL_DAY), proposal, "social")
    main = s.plan(county, "main", day=MAIN_DAY)
    item = s.add_paper(county, main, proposal, "main")
    s.invite(county, main, on=date(2023, 11, 20))

    (line,) = agenda_lines(s.again(main), county.user("secretary"))
    assert line.notes == ("vorbehaltlich der Beratung im Sozialausschuss",)
    s.record(county, item, Outcome.RECOMMENDED, (11, 0, 0))
    council = s.add_paper(county, s.plan(county, "council"), proposal, "council")
    with refused("Noch nicht beraten: Sozialausschuss. Bitte begründen Sie"):
        s.record(county, council, Outcome.DECIDED, (43, 0, 0))

    council = s.record(county, council, Outcome.DECIDED, (43, 0, 0), reason="Eilbedürftig")

    assert council.early_reason == "Eilbedürftig"
    assert s.status_of(council) == "adopted"
    assert ("social", "preliminary", "open") in s.stations(proposal)


@pytest.fixture
def heard_in_secret(county: f.House) -> Proposal:
    """A public proposal that the Kreisausschuss has recommended 9:0:1."""
    proposal = f.make_proposal(county, "in_route")
    social = f.schedule(county, f.station(proposal, "social"), SOCIAL_DAY)
    s.record(county, social, Outcome.RECOMMENDED, (11, 0, 0))
    main = f.schedule(county, f.station(proposal, "main"), MAIN_DAY)
    s.record(county, main, Outcome.RECOMMENDED, (9, 0, 1))
    return proposal


def of_main(proposal: Proposal, house: f.House, user: str) -> tuple[Stop, Result]:
    page = proposal_page(f.reread(proposal), house.user(user))
    (stop,) = (stop for stop in page.route if stop.label == "Kreisausschuss")
    (result,) = (found for found in page.results if found.committee == "Kreisausschuss")
    return stop, result


def test_scenario_19_the_page_tells_of_the_kreisausschuss_its_day_alone(
    county: f.House, heard_in_secret: Proposal
) -> None:
    f.make_member(county, "adviser", "board", MembershipKind.CO_OPTED, voting=False)

    stop, result = of_main(heard_in_secret, county, "adviser")
    assert (stop.date, stop.badge, stop.sentence, stop.top) == (MAIN_DAY, "", "", "")
    assert result.hidden
    assert (result.sentence, result.outcome_label, result.tally) == ("", "", None)

    for user in ("deputy", "secretary"):
        stop, result = of_main(heard_in_secret, county, user)
        assert (stop.badge, stop.sentence) == ("Empfohlen", "einstimmig bei einer Enthaltung")
        assert result.tally is not None
        assert (result.tally.yes, result.tally.abstained) == (9, 1)


def test_scenario_19_the_public_document_leaves_its_row_empty(heard_in_secret: Proposal) -> None:
    version = newest(heard_in_secret)
    public = content(version, audience=Audience.PUBLIC)
    internal = content(version, audience=Audience.INTERNAL)

    (row,) = (row for row in public["beratungsfolge"] if row["gremium"] == "Kreisausschuss")
    assert (row["termin"], row["top"], row["ergebnis"]) == (MAIN_DAY, "", "")
    (vote,) = (row for row in public["abstimmung"] if row["gremium"] == "Kreisausschuss")
    assert (vote["ja"], vote["nein"], vote["enthaltung"], vote["satz"]) == ("", "", "", "")
    (vote,) = (row for row in internal["abstimmung"] if row["gremium"] == "Kreisausschuss")
    assert (vote["ja"], vote["nein"], vote["enthaltung"]) == ("9", "0", "1")
    text = text_of(document(version, Audience.PUBLIC))
    told = squeezed(text[text.index("Ergebnisse der Beratung") :])
    assert "Sozialausschuss 22.11.2023 empfohlen 11 0 0" in told, "which sat in public"
    assert "Kreisausschuss" not in told
