from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.amounts import amounts_in, only_amount, read_box, says_nothing
from proposals.rules.costs import Qualifier, Rhythm, euro

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jährlich 96.000 €", ["jährlich 96.000 €"]),
        ("20.000,00 Euro", ["20.000 €"]),
        ("Es entstehen Kosten von rd. 33.000 €.", ["rd. 33.000 €"]),
        ("rd. 33.000€/Jahr über externen Dienstleister", ["jährlich rd. 33.000 €"]),
        ("von 10.000 € auf 20.000 € erhöht", ["10.000 €", "20.000 €"]),
        ("jährlich bis zu 1.000,50 EUR", ["jährlich bis zu 1.000,50 €"]),
        (
            "bis 170.000.-- € (3 x bis zu 50.000.-- €, 1 x bis zu 20.000.-- €)",
            ["bis zu 170.000 €", "bis zu 50.000 €", "bis zu 20.000 €"],
        ),
        ("monatlich 300 €", ["monatlich 300 €"]),
        ("1,5 Mio. € oder 200 TEUR", ["1.500.000 €", "200.000 €"]),
        ("Im Jahr 2018 werden 7.000 € benötigt.", ["7.000 €"]),
        ("mindestens 5 000 Euro pro Jahr", ["jährlich mindestens 5.000 €"]),
        ("€ 5.000", ["5.000 €"]),
        ("19,5 Stunden im Stellenplan 2019 mit 5,5 Stellen", []),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, words: list[str]) -> None:
    found = [named.words.replace(NBSP, " ") for named in amounts_in(text)]
    assert found == words


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_is_printed_is_read_back(amount: Decimal) -> None:
    (found,) = amounts_in(f"Das kostet {euro(amount)} im Ganzen.")
    assert found.amount == amount


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    assert all(named.amount >= 0 for named in amounts_in(text))
    assert all(line.text or line.amount is not None for line in read_box(text))


@pytest.mark.parametrize("words", ["keine", "Keine.", "0 €", "0,00 Euro", "entfällt", "-"])
def test_a_box_may_say_that_there_is_nothing(words: str) -> None:
    assert says_nothing(words)
    assert not says_nothing(f"{words} Angabe")


def test_a_box_with_an_amount_alone_is_a_figure_and_words_stay_words() -> None:
    typed = only_amount("12.000")
    assert typed is not None
    assert typed.amount == Decimal(12_000)
    yearly = only_amount("rd. 33.000 € jährlich")
    assert yearly is not None
    assert (yearly.qualifier, yearly.rhythm) == (Qualifier.ABOUT, Rhythm.YEARLY)
    assert only_amount("Landesförderung bis zu 170.000 €") is None
    assert only_amount("Personalkosten, nicht beziffert") is None
    assert only_amount("") is None


def test_the_box_of_wittmund_names_two_positions() -> None:
    post, budget = read_box("Personalkosten für eine Stelle + 10.000 €")
    assert (post.text, post.amount) == ("Personalkosten für eine Stelle", None)
    assert budget.amount == Decimal(10_000)
    (monthly,) = read_box("monatlich 300 €")
    assert (monthly.monthly, monthly.yearly) == (True, Decimal(3_600))
