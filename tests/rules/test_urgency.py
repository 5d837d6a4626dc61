from dataclasses import replace
from datetime import date

import pytest

from proposals.rules.consultation import ConsultationRole
from proposals.rules.errors import RuleViolation
from proposals.rules.law import UrgentRule, law
from proposals.rules.urgency import (
    UrgencyFacts,
    UrgentOrgan,
    objection_to_deciding_urgently,
    objection_to_head_deciding,
    urgent_rule,
)
from proposals.rules.words import Land, MunicipalityKind

MAIN, HEAD = UrgentOrgan.MAIN_COMMITTEE, UrgentOrgan.HEAD
DAY = date(2024, 3, 1)


def rules(
    land: Land, kind: MunicipalityKind = MunicipalityKind.LANDKREIS
) -> tuple[UrgentRule, ...]:
    return law(land, kind, DAY).urgent


def test_niedersachsen_tells_the_council_and_nordrhein_westfalen_asks_it() -> None:
    assert urgent_rule(MAIN, rules(Land.NI)).then == ConsultationRole.NOTE
    assert urgent_rule(HEAD, rules(Land.NI)).then == ConsultationRole.NOTE
    west = rules(Land.NW)
    assert urgent_rule(HEAD, west).then == ConsultationRole.APPROVAL
    assert urgent_rule(HEAD, west).revocable


def test_an_organ_that_the_law_does_not_name_decides_nothing() -> None:
    with pytest.raises(RuleViolation, match="„Hauptausschuss“ ist im Recht dieses Landes nicht"):
        urgent_rule(MAIN, rules(Land.BY))


def test_there_must_be_something_left_to_decide_for_somebody() -> None:
    good = UrgencyFacts(decided=False, urgent=False, council_decides=True)
    assert objection_to_deciding_urgently(good) is None
    refused = {
        "schon eine Eilentscheidung": replace(good, urgent=True, decided=True),
        "schon entschieden": replace(good, decided=True),
        "keine Entscheidung der Vertretung offen": replace(good, council_decides=False),
        "Ein solches Gremium gibt es hier nicht": replace(good, in_place=False),
    }
    for sentence, facts in refused.items():
        objection = objection_to_deciding_urgently(facts)
        assert objection is not None
        assert sentence in str(objection)


def test_the_head_decides_on_a_day_and_with_whom_the_law_wants() -> None:
    rule = urgent_rule(HEAD, rules(Land.NI))
    assert objection_to_head_deciding(DAY, "Landrat A und B", DAY, rule) is None
    alone = objection_to_head_deciding(DAY, " ", DAY, rule)
    assert alone is not None
    assert alone.field == "signers"
    assert "§ 89" in str(alone)
    for day in (None, date(2024, 3, 2)):
        objection = objection_to_head_deciding(day, "Landrat A", DAY, rule)
        assert objection is not None
        assert objection.field == "decided_on"
