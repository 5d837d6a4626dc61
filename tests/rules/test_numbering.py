import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.errors import RuleViolation
from proposals.rules.numbering import (
    NumberParts,
    NumberPattern,
    Scope,
    is_placeholder,
    objection_to_number,
    objection_to_pattern,
    series_parts,
    series_words,
)
from proposals.rules.roman import from_roman, to_roman

OELDE = NumberPattern.parse("{ART} {JJJJ}/{ORG}/{LFD:4}", "all")
BERGKAMEN = NumberPattern.parse("{WP}/{LFD:4}", "term")
COESFELD = NumberPattern.parse("SV-{WP}-{LFD:4}", "term")
WEDEL = NumberPattern.parse("{ART}/{JJJJ}/{LFD:3}", "kind_year")
WITTMUND = NumberPattern.parse("{LFD:4}/{JJJJ}", "year")
HOUSES = [OELDE, BERGKAMEN, COESFELD, WEDEL, WITTMUND]

# the numbers seen in domain.md 4.6, whose scope is read from them or assumed
AACHEN = NumberPattern.parse("{ORG}/{LFD:4}/WP{WP}", "org_term")
BEDBURG = NumberPattern.parse("WP{WP}{LFD:3}/{JJJJ}", "term")
DORTMUND = NumberPattern.parse("{LFD:5}-{JJ}", "year")
WOLFENBUETTEL = NumberPattern.parse("{WPR}-{LFD:4}/{JJJJ}", "year")
BAMBERG = NumberPattern.parse("{ART}/{JJJJ}/{LFD:4}-{ORG}", "year")
NIENBURG = NumberPattern.parse("{JJJJ}/{LFD:3}", "year")
LUEBECK = NumberPattern.parse("{JJJJ}/{LFD:5}", "year")
ROSENDAHL = NumberPattern.parse("{WPR}/{LFD}", "term")
SEHNDE = NumberPattern.parse("{JJJJ}/{LFD:4}", "year")
BY_KIND = NumberPattern.parse("{ART}-{LFD:3}", "kind")
BY_KIND_AND_TERM = NumberPattern.parse("{ART} {WP}/{LFD:3}", "kind_term")
EVERY = [
    *(*HOUSES, AACHEN, BEDBURG, DORTMUND, WOLFENBUETTEL, BAMBERG, NIENBURG, LUEBECK, ROSENDAHL),
    *(SEHNDE, BY_KIND, BY_KIND_AND_TERM),
]
REAL = [
    (OELDE, "B 2017/500/3708", NumberParts(3708, 2017, None, "B", "500")),
    (BERGKAMEN, "11/1481", NumberParts(1481, None, 11, "")),
    (BERGKAMEN, "10/0295", NumberParts(295, None, 10, "")),
    (BERGKAMEN, "12/0767", NumberParts(767, None, 12, "")),
    (WEDEL, "MV/2022/009", NumberParts(9, 2022, None, "MV")),
    (WEDEL, "BV/2024/094", NumberParts(94, 2024, None, "BV")),
    (WITTMUND, "0040/2024", NumberParts(40, 2024, None, "")),
    (NIENBURG, "2023/232", NumberParts(232, 2023, None, "")),
    (COESFELD, "SV-9-0667", NumberParts(667, None, 9, "")),
    (COESFELD, "SV-9-1504", NumberParts(1504, None, 9, "")),
    (SEHNDE, "2015/0288", NumberParts(288, 2015, None, "")),
    (BAMBERG, "VO/2014/0718-20", NumberParts(718, 2014, None, "VO", "20")),
    (BAMBERG, "VO/2014/0718-R5", NumberParts(718, 2014, None, "VO", "R5")),
    (AACHEN, "FB 20/0042/WP16", NumberParts(42, None, 16, "", "FB 20")),
    (DORTMUND, "03753-11", NumberParts(3753, 2011, None, "")),
    (BEDBURG, "WP8158/2013", NumberParts(158, 2013, 8, "")),
    (WOLFENBUETTEL, "XVII-0490/2014", NumberParts(490, 2014, 17, "")),
    (LUEBECK, "2023/12437", NumberParts(12437, 2023, None, "")),
    (ROSENDAHL, "IX/416", NumberParts(416, None, 9, "")),
]


@pytest.mark.parametrize(("pattern", "number", "parts"), REAL, ids=lambda value: str(value)[:40])
def test_every_number_that_was_seen_is_printed_and_read_by_a_pattern(
    pattern: NumberPattern, number: str, parts: NumberParts
) -> None:
    assert pattern.read(number) == parts
    printed = pattern.format(
        year=parts.year or 2000,
        running=parts.running,
        art=parts.art,
        org=parts.org,
        term=parts.term or "",
    )
    assert printed == number
    assert objection_to_number(number, taken=False) is None


def test_the_running_number_counts_in_the_series_of_its_scope() -> None:
    assert OELDE.series(year=2017, term=9, kind="antrag") == "all"
    assert BERGKAMEN.series(year=2019, term=11, kind="antrag") == "term:11"
    assert WEDEL.series(year=2022, term=1, kind="antrag") == "kind_year:antrag:2022"
    assert WITTMUND.series(year=2018, term=1, kind="antrag") == "year:2018"
    assert BY_KIND.series(year=2018, term=1, kind="antrag") == "kind:antrag"
    assert BY_KIND_AND_TERM.series(year=2018, term=9, kind="antrag") == "kind_term:antrag:9"
    assert AACHEN.series(year=2018, term=16, org="FB 20") == "org_term:FB 20:16"


def test_a_series_says_in_words_what_it_counts() -> None:
    words = {
        "all": "fortlaufend",
        "year:2018": "Jahr 2018",
        "term:11": "11. Wahlperiode",
        "kind:antrag": "Antrag",
        "kind_year:antrag:2022": "Antrag 2022",
        "kind_term:antrag:9": "Antrag 9. Wahlperiode",
        "org_year:I:2:2022": "I:2 2022",
        "org_term:FB 20:16": "FB 20 16. Wahlperiode",
        "what:ever": "what:ever",
        "kind_year:antrag": "kind_year:antrag",
    }
    assert {series: series_words(series) for series in words} == words
    assert series_parts("org_year:I:2:2022") == {"org": "I:2", "year": "2022"}


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


@given(pattern=st.sampled_from(EVERY), running=st.integers(1, 999))
def test_whatever_was_printed_is_read_as_the_same_running_number(
    pattern: NumberPattern, running: int
) -> None:
    parts = pattern.read(pattern.format(art="BV", org="50", term=9, year=2024, running=running))
    assert parts is not None
    assert parts.running == running


def test_a_number_wider_than_its_pattern_grows() -> None:
    assert WEDEL.format(art="MV", year=2022, running=1000) == "MV/2022/1000"


def test_a_glued_number_has_a_fixed_width_and_says_so_when_it_is_used_up() -> None:
    assert (BEDBURG.last, WEDEL.last) == (999, None)
    assert BEDBURG.format(term=8, year=2013, running=999) == "WP8999/2013"
    with pytest.raises(RuleViolation, match=r"Der Nummernkreis ist voll.*reicht nur bis 999"):
        BEDBURG.format(term=8, year=2013, running=1000)
    parts = BEDBURG.read("WP81158/2013")
    assert parts is not None
    assert (parts.term, parts.running) == (81, 158)  # never term 8 with 1158


def test_a_year_of_two_figures_is_one_of_this_century() -> None:
    assert DORTMUND.format(year=2104, running=1) == "00001-04"
    assert DORTMUND.read("00001-4") is None


def test_letters_that_are_no_roman_number_are_no_number_of_the_house() -> None:
    assert ROSENDAHL.read("IIX/416") is None
    assert [to_roman(n) for n in (4, 9, 16, 19, 40, 1994)] == [
        *("IV", "IX", "XVI", "XIX", "XL", "MCMXCIV")
    ]
    assert all(from_roman(to_roman(n)) == n for n in range(1, 200))
    assert [from_roman(text) for text in ("", "IIX", "ABC", "VIV")] == [None] * 4


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
        ("{LFD:4}/{JJJJ}", "kind_term", "{ART} und {WP}"),
        ("{LFD:4}/{JJJJ}", "org_year", "{ORG}"),
        ("{WP}{LFD}", "term", "Trennzeichen"),
        ("{WP}1{LFD}", "term", "Trennzeichen"),
        ("{JJJJ}/{LFD}{ORG}", "year", "Trennzeichen"),
        ("{ART}{JJJJ}{LFD}", "kind_year", "feste Stellenzahl"),
        ("{WP}{ORG}{LFD:4}", "term", "Trennzeichen"),
        ("0/{LFD:4}/{JJJJ}", "year", "Entwurf"),
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


@pytest.mark.parametrize("pattern", EVERY, ids=lambda pattern: pattern.text)
@given(drawn, drawn)
def test_no_two_draws_from_the_counters_give_the_same_number(
    pattern: NumberPattern, one: tuple[str, str, int, int, int], two: tuple[str, str, int, int, int]
) -> None:
    def draw(values: tuple[str, str, int, int, int]) -> tuple[tuple[str, int], str]:
        art, org, year, term, number = values
        number = min(number, pattern.last or number)
        year = year if "{JJJJ}" in pattern.text else 2001 + year % 99  # {JJ} lasts a century
        key = pattern.series(year=year, term=term, kind=art, org=org), number
        return key, pattern.format(art=art, org=org, year=year, term=term, running=number)

    (key_one, text_one), (key_two, text_two) = draw(one), draw(two)
    if key_one != key_two:
        assert text_one != text_two
    assert objection_to_number(text_one, taken=False) is None


@given(st.text("{}ABLFDJWPR:/- 0123456789", max_size=30), st.sampled_from(Scope))
def test_a_pattern_is_either_refused_or_gives_a_number(text: str, scope: str) -> None:
    if objection_to_pattern(text, scope) is None:
        pattern = NumberPattern.parse(text, scope)
        assert "7" in pattern.format(art="B", org="500", term=9, year=2017, running=7)


def test_a_draft_shows_the_place_of_its_number_and_a_text_is_searched_for_numbers() -> None:
    assert WEDEL.placeholder(year=2022, art="MV") == "MV/2022/000"
    assert OELDE.placeholder(year=2017, art="B", org="500") == "B 2017/500/0000"
    assert WEDEL.placeholder(year=2022) == ""
    assert is_placeholder("MV/2022/000")
    assert not is_placeholder("MV/2022/009")
    text = "Fortsetzung der Vorlage Nr. MV/2022/009 (MV/2022/000), siehe BV/2021/4711."
    assert WEDEL.found_in(text) == ["MV/2022/009", "MV/2022/000", "BV/2021/4711"]
    assert WEDEL.found_in("MV/2022/009-1 ist eine andere") == []
    assert BERGKAMEN.found_in("Tel. 02307/965-0, 0251/4921, zu 11/1481") == ["11/1481"]
    assert NIENBURG.found_in("im Haushalt 2018/2019, Vorlage 2018/232") == ["2018/232"]
    assert WITTMUND.found_in("am 29.11.2018, 0085/2018.") == ["0085/2018"]
    assert NumberPattern.parse("{LFD:4}", "all").found_in("2018") == []
