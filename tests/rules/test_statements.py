"""Which change of a wording asks for a statement."""

import pytest

from proposals.rules.statements import objection_to_stating, touches_money

OWN = "<p>Die Anlaufstelle wird eingerichtet.</p>"


@pytest.mark.parametrize(
    "changed",
    [
        "<p>Die Anlaufstelle wird durch einen externen Dienstleister eingerichtet.</p>",
        "<p>Die Anlaufstelle wird mit 10.000 € eingerichtet.</p>",
        "<p>Die Anlaufstelle wird mit 19,5 Wochenstunden eingerichtet.</p>",
        "<p>Die Anlaufstelle wird eingerichtet. Eine Stelle wird geschaffen.</p>",
    ],
)
def test_words_of_money_and_posts_touch_money_in_any_paper(changed: str) -> None:
    assert touches_money(OWN, changed, has_money=False)
    assert touches_money(changed, OWN, has_money=False), "also where they are struck"


def test_in_a_paper_that_costs_money_every_other_wording_does() -> None:
    changed = "<p>Die Anlaufstelle wird im Herbst eingerichtet.</p>"
    assert touches_money(OWN, changed, has_money=True)
    assert not touches_money(OWN, changed, has_money=False)


def test_the_same_words_and_a_sign_touch_nothing() -> None:
    kept = "<p>Die Stelle kostet 10 €.</p>"
    assert not touches_money(kept, kept, has_money=True)
    assert not touches_money(kept, "<p>Die Stelle kostet 10 €!</p>", has_money=True)


def test_a_statement_says_something_once() -> None:
    assert objection_to_stating("Gedeckt.", is_open=True) is None
    silent = objection_to_stating("  ", is_open=True)
    assert silent is not None
    assert silent.field == "text"
    late = objection_to_stating("Gedeckt.", is_open=False)
    assert late is not None
    assert "abgegeben oder entfallen" in late.message
