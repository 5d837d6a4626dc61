from datetime import date

from proposals.rules.deadlines import deadline_notes

LAND = ("Vorlage beim Land", date(2016, 8, 31), True, False)
KREISTAG = date(2016, 9, 28)


def test_a_deadline_of_others_before_the_decision_is_shown() -> None:
    [note] = deadline_notes([LAND], KREISTAG)
    assert note == (
        "Die Frist „Vorlage beim Land“ endet am 31.08.2016, vor der Sitzung für die Entscheidung "
        "am 28.09.2016; eine Verlängerung ist nicht bewilligt."
    )


def test_an_extension_is_to_be_checked_and_solves_it_when_it_is_long_enough() -> None:
    name, due_on, external, _ = LAND
    [note] = deadline_notes([(name, due_on, external, True)], KREISTAG)
    assert "bewilligte Verlängerung" in note
    assert deadline_notes([(name, date(2016, 12, 31), external, True)], KREISTAG) == []


def test_a_deadline_on_the_day_of_the_decision_is_kept() -> None:
    assert deadline_notes([("Frist", KREISTAG, True, False)], KREISTAG) == []


def test_without_a_planned_decision_only_deadlines_of_others_are_named() -> None:
    own = ("Mitzeichnung", date(2016, 8, 1), False, False)
    [note] = deadline_notes([own, LAND], None)
    assert "31.08.2016" in note
    assert "fehlt noch" in note


def test_notes_come_in_the_order_of_the_days() -> None:
    own = ("Mitzeichnung", date(2016, 8, 1), False, False)
    first, second = deadline_notes([LAND, own], KREISTAG)
    assert "Mitzeichnung" in first
    assert first.endswith("28.09.2016.")
    assert "Land" in second
