import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.errors import RuleViolation
from proposals.rules.numbering import (
    SCOPES,
    NumberPattern,
    objection_to_number,
    objection_to_pattern,
)

OELDE = NumberPattern.parse("{ART} {JJJJ}/{ORG}/{LFD:4}", "all")
BERGKAMEN = NumberPattern.parse("{WP}/{LFD:4}", "term")
COESFELD = NumberPattern.parse("SV-{WP}-{LFD:4}", "term")
WEDEL = NumberPattern.parse("{ART}/{JJJJ}/{LFD:3}", "kind_year")
WITTMUND = NumberPattern.parse("{LFD:4}/{JJJJ}", "year")
HOUSES = [OELDE, BERGKAMEN, COESFELD, WEDEL, WITTMUND]


def test_the_five_houses_get_the_numbers_they_know() -> None:
    assert OELDE.format(art="B", org="500", year=2017, running=3708) == "B 2017/500/3708"
    assert BERGKAMEN.format(term=11, year=2019, running=1481) == "11/1481"
    assert COESFELD.format(term=9, year=2016, running=667) == "SV-9-0667"
    assert WEDEL.format(art="MV", year=2022, running=9) == "MV/2022/009"
    assert WITTMUND.format(year=2018, running=85) == "0085/2018"


def test_the_running_number_counts_in_the_series_of_its_scope() -> None:
    assert OELDE.series(year=2017, term=9, kind="antrag") == "all"
    assert BERGKAMEN.series(year=2019, term=11, kind="antrag") == "term:11"
    assert WEDEL.series(year=2022, term=1, kind="antrag") == "kind_year:antrag:2022"
    assert WITTMUND.series(year=2018, term=1, kind="antrag") == "year:2018"


def test_a_number_is_read_by_the_pattern_that_printed_it() -> None:
    parts = OELDE.read("B 2017/500/3708")
    assert parts is not None
    assert (parts.running, parts.year, parts.term, parts.art) == (3708, 2017, None, "B")
    parts = BERGKAMEN.read("11/1481")
    assert parts is not None
    assert (parts.running, parts.term) == (1481, 11)
    parts = WEDEL.read("MV/2022/1000")
    assert parts is not None
    assert parts.running == 1000
    twice = NumberPattern.parse("{JJJJ}.{LFD:3}.{JJJJ}", "year")
    assert twice.read("2022.004.2022") is not None
    for foreign in ("2022.004.2021", "2022x004.2022", "B 2017/500/3708", "", "85/2018"):
        assert twice.read(foreign) is None
        assert WITTMUND.read(foreign) is None


@given(pattern=st.sampled_from(HOUSES), running=st.integers(1, 99_999))
def test_whatever_was_printed_is_read_as_the_same_running_number(
    pattern: NumberPattern, running: int
) -> None:
    parts = pattern.read(pattern.format(art="BV", org="50", term=9, year=2024, running=running))
    assert parts is not None
    assert parts.running == running


def test_a_number_wider_than_its_pattern_grows() -> None:
    assert WEDEL.format(art="MV", year=2022, running=1000) == "MV/2022/1000"


def test_a_draft_gets_no_number_and_nothing_may_be_missing() -> None:
    with pytest.raises(RuleViolation, match="beginnt bei 1"):
        WITTMUND.format(year=2018, running=0)
    with pytest.raises(RuleViolation, match="Wahlperiode"):
        BERGKAMEN.format(year=2019, running=1)
    with pytest.raises(RuleViolation, match="Wahlperiode"):
        BERGKAMEN.format(term=0, year=2019, running=1)
    with pytest.raises(RuleViolation, match="Vorlagenart"):
        WEDEL.format(year=2022, running=1)
    with pytest.raises(RuleViolation, match="Organisationseinheit"):
        OELDE.format(art="B", year=2017, running=1)


@pytest.mark.parametrize(
    ("text", "scope", "word"),
    [
        ("{LFD:4}/{JJJJ}", "month", "Zählkreis"),
        ("{JJJJ}", "year", "genau einmal"),
        ("{LFD:3}/{JJJJ}/{LFD:3}", "year", "genau einmal"),
        ("{NR}/{JJJJ}/{LFD:3}", "year", "Erlaubt sind nur"),
        ("{LFD:3/{JJJJ}", "year", "Erlaubt sind nur"),
        ("{LFD:0}/{JJJJ}", "year", "Erlaubt sind nur"),
        ("{JJJJ:2}/{LFD:3}", "year", "Stellenzahl"),
        ("V {LFD:4}", "year", "{JJJJ}"),
        ("{LFD:4}/{JJJJ}", "term", "{WP}"),
        ("{LFD:4}/{JJJJ}", "kind_year", "{ART}"),
        ("{WP}{LFD:4}", "term", "Trennzeichen"),
        ("{JJJJ}/{LFD:4}{ORG}", "year", "Trennzeichen"),
    ],
)
def test_a_pattern_that_could_give_a_number_twice_is_refused(
    text: str, scope: str, word: str
) -> None:
    refused = objection_to_pattern(text, scope)
    assert refused is not None
    assert word in refused.message
    with pytest.raises(RuleViolation):
        NumberPattern.parse(text, scope)


def test_a_number_is_refused_when_empty_taken_or_a_placeholder() -> None:
    assert objection_to_number("MV/2022/009", taken=False) is None
    assert objection_to_number("10/0100", taken=False) is None
    taken = objection_to_number("MV/2022/009", taken=True)
    assert taken is not None
    assert "schon vergeben" in taken.message
    for text in ("", "  ", "MV/2022/000", "{LFD:4}/2018"):
        assert objection_to_number(text, taken=False) is not None


arts = st.sampled_from(["B", "BV", "MV", "SV", "A"])
orgs = st.sampled_from(["50", "500", "5"])
years = st.integers(min_value=1990, max_value=2100)
terms = st.integers(min_value=1, max_value=30)
running = st.integers(min_value=1, max_value=99_999)
drawn = st.tuples(arts, orgs, years, terms, running)


@pytest.mark.parametrize("pattern", HOUSES, ids=lambda pattern: pattern.text)
@given(drawn, drawn)
def test_no_two_draws_from_the_counters_give_the_same_number(
    pattern: NumberPattern, one: tuple[str, str, int, int, int], two: tuple[str, str, int, int, int]
) -> None:
    def draw(values: tuple[str, str, int, int, int]) -> tuple[tuple[str, int], str]:
        art, org, year, term, number = values
        key = pattern.series(year=year, term=term, kind=art), number
        return key, pattern.format(art=art, org=org, year=year, term=term, running=number)

    (key_one, text_one), (key_two, text_two) = draw(one), draw(two)
    if key_one != key_two:
        assert text_one != text_two
    assert objection_to_number(text_one, taken=False) is None


@given(st.text("{}ABLFDJWP:/- 0123456789", max_size=30), st.sampled_from(SCOPES))
def test_a_pattern_is_either_refused_or_gives_a_number(text: str, scope: str) -> None:
    if objection_to_pattern(text, scope) is None:
        pattern = NumberPattern.parse(text, scope)
        assert "7" in pattern.format(art="B", org="500", term=9, year=2017, running=7)
