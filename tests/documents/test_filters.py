"""The words behind a value."""

from datetime import date
from decimal import Decimal

import pytest

from proposals.documents.faults import TemplateFault
from proposals.documents.filters import datum, euro, kreuz, zahl
from tests.documents.building import filled, lines


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal(10000), "10.000\xa0€"),
        (Decimal("10000.00"), "10.000\xa0€"),
        (Decimal("10000.5"), "10.000,50\xa0€"),
        (Decimal("-1234567.89"), "-1.234.567,89\xa0€"),
        (0, "0\xa0€"),
        (None, ""),
    ],
)
def test_an_amount_is_written_as_the_house_does(value: Decimal | int | None, words: str) -> None:
    assert euro(value) == words


def test_numbers_days_and_boxes() -> None:
    assert [zahl(n) for n in (1250, Decimal("5.5"), Decimal("1250.50"), None)] == [
        "1.250",
        "5,5",
        "1.250,50",
        "",
    ]
    assert [datum(d) for d in (date(2018, 11, 9), None)] == ["09.11.2018", ""]
    assert [kreuz(v) for v in (True, False, None)] == ["☒", "☐", "☐"]


def test_a_filter_on_the_wrong_value_says_so_with_its_tag() -> None:
    for tag in ("{{ betreff|euro }}", "{{ betreff|zahl }}", "{{ betreff|datum }}"):
        with pytest.raises(TemplateFault) as fault:
            filled(tag, betreff="abc")
        assert fault.value.message.startswith(tag)
        assert "„abc“" in fault.value.message


def test_values_without_a_filter_print_in_german_too() -> None:
    assert lines(filled("{{ entwurf }} {{ datum }} {{ fassung }} {{ beschluss is none }}")) == [
        "nein 09.11.2018 2 ja"
    ]
