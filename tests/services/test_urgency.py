from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.models import AgendaItem, Consultation, Lapse, Proposal, UrgentDecision
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.words import Land
from proposals.selectors.proposal_page import proposal_page
from proposals.services.urgency import UrgentAnswer
from tests import factories as f
from tests.factories import APPROVAL, DECISION, NOTE, PRELIMINARY, House
from workflows import gate

MAIN, HEAD = UrgentOrgan.MAIN_COMMITTEE, UrgentOrgan.HEAD
BY_HEAD = UrgentAnswer(HEAD, "Der Bescheid verfällt", f.DAY, "Landrat A und Stellvertreterin B")
BY_MAIN = UrgentAnswer(MAIN, "Der Bescheid verfällt")


def decide(house: House, paper: Proposal, answer: UrgentAnswer, actor: str = "head") -> None:
    gate.urgent(actor=house.user(actor), proposal=paper, answer=answer)
    assert gate.agrees(f.reread(paper))


def stations(paper: Proposal) -> list[tuple[str, str, str]]:
    """Return committee, role and lapse of each station, in order."""
    rows = Consultation.everything.filter(proposal=paper).order_by("position", "pk")
    return [(row.committee.short_name, row.role, row.lapse) for row in rows]


def test_the_main_committee_decides_where_it_would_have_advised(house: House) -> None:
    """Scenario 8, Niedersachsen: § 89 Satz 1 NKomVG."""
    paper = f.make_proposal(house, "in_route")
    main, council = f.station(paper, "main"), f.station(paper, "council")
    item = f.schedule(house, main, number="7")
    decide(house, paper, BY_MAIN)

    decision = UrgentDecision.everything.get()
    assert (decision.organ, decision.instead_of_id) == (MAIN, council.pk)
    assert "§ 89" in decision.paragraph
    assert decision.consultation is not None
    assert decision.consultation.replaces_id == main.pk
    assert stations(paper) == [
        ("social", PRELIMINARY, ""),
        ("main", PRELIMINARY, Lapse.URGENT),
        ("main", DECISION, ""),
        ("council", DECISION, Lapse.URGENT),
    ]
    item = AgendaItem.everything.get(pk=item.pk)  # its place on the agenda stays
    assert (item.consultation_id, item.number) == (decision.consultation.pk, "7")

    f.treat(house, f.station(paper, "main"), Outcome.DECIDED, reason="Eilig")
    assert f.reread(paper).status == "adopted"
    told = f.station(paper, "council")
    assert (told.role, told.replaces_id) == (NOTE, council.pk)
    f.treat(house, told, Outcome.NOTED)
    assert gate.agrees(f.reread(paper))


def test_what_the_main_committee_refuses_to_decide_urgently_goes_to_the_council(
    house: House,
) -> None:
    paper = f.make_proposal(house, "in_route")
    decide(house, paper, BY_MAIN)
    item = f.treat(house, f.station(paper, "main"), Outcome.REJECTED, reason="Eilig")
    assert f.reread(paper).status == "in_consultation"
    assert stations(paper)[1:] == [
        ("main", PRELIMINARY, Lapse.URGENT),
        ("main", DECISION, ""),
        ("main", PRELIMINARY, ""),
        ("council", DECISION, Lapse.URGENT),
        ("council", DECISION, ""),
    ]
    page = proposal_page(f.reread(paper), house.user("secretary"))
    assert dict(page.facts)["Eilentscheidung"].endswith("NKomVG): nicht getroffen")

    f.correct(house, item, Outcome.DECIDED, reason="Verzählt")
    assert f.reread(paper).status == "adopted"
    assert stations(paper)[3][2] == Lapse.CORRECTED
    assert f.station(paper, "council").role == NOTE
    f.correct(house, item, Outcome.REJECTED, reason="Doch nicht verzählt")
    f.treat(house, f.station(paper, "council"), Outcome.DECIDED, reason="Eilig")
    assert f.reread(paper).status == "adopted"
    assert gate.agrees(f.reread(paper))


@pytest.mark.django_db
def test_in_nordrhein_westfalen_the_council_approves_and_may_refuse() -> None:
    house = f.make_house(land=Land.NW)
    paper, other = (f.make_proposal(house, "in_route") for _ in range(2))
    for one in (paper, other):
        decide(house, one, BY_HEAD)
        assert f.reread(one).status == "adopted"
        assert stations(one)[-1] == ("council", APPROVAL, "")
    f.treat(house, f.station(paper, "council"), Outcome.DECIDED)
    assert f.reread(paper).status == "adopted"
    f.treat(house, f.station(other, "council"), Outcome.REJECTED)
    assert f.reread(other).status == "rejected"


def test_the_head_decides_at_once_and_the_council_is_told(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    item = f.schedule(house, f.station(paper, "council"), number="12")
    advice = f.schedule(house, f.station(paper, "social"))
    decide(house, paper, BY_HEAD, "secretary")

    assert f.reread(paper).status == "adopted"
    assert stations(paper) == [
        ("social", PRELIMINARY, Lapse.URGENT),
        ("main", PRELIMINARY, Lapse.URGENT),
        ("council", DECISION, Lapse.URGENT),
        ("council", NOTE, ""),
    ]
    told = f.station(paper, "council")
    assert AgendaItem.everything.get(pk=item.pk).consultation_id == told.pk
    assert AgendaItem.everything.get(pk=advice.pk).outcome == Outcome.TAKEN_OFF
    page = proposal_page(f.reread(paper), house.user("clerk"))
    words = dict(page.facts)["Eilentscheidung"]
    assert words.startswith("Landrat A und Stellvertreterin B am 01.03.2024 anstelle von Kreistag")
    assert "§ 89" in words
    assert page.wording["heading"] == "Beschluss (Eilentscheidung)"


def test_a_council_item_falls_away_where_the_main_committee_decides(house: House) -> None:
    paper = f.make_proposal(house, "in_route", route=f.ROUTE[-1:])
    item = f.schedule(house, f.station(paper, "council"))
    decide(house, paper, BY_MAIN)
    assert AgendaItem.everything.get(pk=item.pk).outcome == Outcome.TAKEN_OFF
    assert stations(paper)[-1] == ("main", DECISION, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": timezone.localdate() + timedelta(days=1)}, "decided_on"),
        ({"signers": " "}, "signers"),
    ],
)
def test_a_decision_of_the_head_says_when_why_and_with_whom(
    house: House, changes: dict[str, Any], field: str
) -> None:
    paper = f.make_proposal(house, "in_route")
    with pytest.raises(RuleViolation) as refused:
        decide(house, paper, replace(BY_HEAD, **changes))
    assert refused.value.field == field
    assert f.reread(paper).status == "registered"
    assert not UrgentDecision.everything.exists()


def test_nothing_is_decided_urgently_twice_late_or_by_the_wrong_people(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    with pytest.raises(PermissionDenied, match="nur Verwaltungsleitung und Sitzungsdienst"):
        decide(house, paper, BY_MAIN, "clerk")
    decide(house, paper, BY_MAIN)
    with pytest.raises(RuleViolation, match="schon eine Eilentscheidung"):
        decide(house, paper, BY_HEAD)

    decided = f.make_proposal(house, "in_route", route=f.ROUTE[-1:])
    f.treat(house, f.station(decided, "council"), Outcome.DECIDED)
    with pytest.raises(RuleViolation, match="schon entschieden"):
        decide(house, decided, BY_HEAD)
    noted = f.make_proposal(house, "in_route", route=(("council", NOTE),))
    with pytest.raises(RuleViolation, match="keine Entscheidung der Vertretung offen"):
        decide(house, noted, BY_HEAD)
    draft = f.make_proposal(house)
    with pytest.raises(RuleViolation, match="steht noch im Entwurf"):
        decide(house, draft, BY_HEAD)
    f.withdraw(house, noted)
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        decide(house, noted, BY_HEAD)


@pytest.mark.django_db
@pytest.mark.parametrize("land", [Land.BY, Land.BW, Land.HE])
def test_where_nobody_has_read_the_law_no_organ_is_named(land: Land) -> None:
    house = f.make_house(land=land)
    paper = f.make_proposal(house, "in_route")
    with pytest.raises(RuleViolation, match="nicht hinterlegt"):
        decide(house, paper, BY_MAIN)
