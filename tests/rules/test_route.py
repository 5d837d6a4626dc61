from proposals.rules.consultation import ConsultationRole
from proposals.rules.route import (
    objection_to_planned_route,
    objection_to_second_decision,
    objection_to_skipping,
)

PRELIMINARY, DECISION = ConsultationRole.PRELIMINARY, ConsultationRole.DECISION
NOTE, HEARING = ConsultationRole.NOTE, ConsultationRole.HEARING


def test_a_route_that_is_prepared_and_never_decided_asks_for_a_reason() -> None:
    objection = objection_to_planned_route([PRELIMINARY, NOTE])
    assert objection is not None
    assert objection.waivable
    assert "entscheidet keines" in str(objection)
    for usual in ([PRELIMINARY, DECISION], [NOTE], [HEARING], []):
        assert objection_to_planned_route(usual) is None


def test_one_body_decides_and_a_second_one_asks_for_a_reason() -> None:
    objection = objection_to_planned_route([DECISION, PRELIMINARY, DECISION])
    assert objection is not None
    assert objection.waivable
    assert "über jede Ziffer des Beschlusses kann nur eines entscheiden" in str(objection)


def test_a_further_decision_is_confirmed_and_anything_else_is_not() -> None:
    objection = objection_to_second_decision(DECISION, ["Kreistag"])
    assert objection is not None
    assert (objection.waivable, objection.field) == (True, "confirmed")
    assert "Kreistag" in str(objection)
    assert objection_to_second_decision(DECISION, []) is None
    assert objection_to_second_decision(PRELIMINARY, ["Kreistag"]) is None


def test_a_mandatory_preparation_is_skipped_only_when_that_is_confirmed() -> None:
    objection = objection_to_skipping("Kreisausschuss", "Kreistag", "§ 76 Abs. 1 Satz 1 NKomVG")
    assert objection is not None
    assert (objection.waivable, objection.field) == (True, "confirmed")
    assert str(objection).endswith("(§ 76 Abs. 1 Satz 1 NKomVG)")
    assert objection_to_skipping("Sozialausschuss", None, "") is None
