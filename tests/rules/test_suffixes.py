import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.errors import RuleViolation
from proposals.rules.suffixes import DEFAULT, SuffixPattern, objection_to_suffix_pattern

# the supplements seen in domain.md 4.6
REAL = [
    ("/{n}", "SV-9-1504", 1, "SV-9-1504/1"),
    ("-{n}", "2015/0288", 1, "2015/0288-1"),
    ("-{n}", "FB 20/0042/WP16", 2, "FB 20/0042/WP16-2"),
    ("-{n}", "MV/2022/009", 1, "MV/2022/009-1"),
    ("-E{n}", "03753-11", 1, "03753-11-E1"),
    (" {n}. Ergänzung", "WP8158/2013", 1, "WP8158/2013 1. Ergänzung"),
    ("/{n}", "XVII-0490/2014", 4, "XVII-0490/2014/4"),
    ("-{n:2}|-{n:2}", "2023/12437", 2, "2023/12437-02"),
    ("/{n}", "IX/416", 1, "IX/416/1"),
]


@pytest.mark.parametrize(("text", "base", "suffix", "number"), REAL)
def test_every_supplement_that_was_seen_is_printed_and_read_by_a_pattern(
    text: str, base: str, suffix: int, number: str
) -> None:
    pattern = SuffixPattern.parse(text)
    assert pattern.of(base, suffix) == number
    assert pattern.read(number, base) == suffix
    assert pattern.read(base, base) is None
    assert pattern.read(number, f"9{base}") is None


def test_a_second_level_supplements_the_supplement() -> None:
    luebeck = SuffixPattern.parse("-{n:2}|-{n:2}")
    assert luebeck.of("2023/12437-02", 1, level=2) == "2023/12437-02-01"
    assert luebeck.read("2023/12437-02-01", "2023/12437-02", level=2) == 1
    assert luebeck.read("2023/12437-02-01", "2023/12437") is None
    words = SuffixPattern.parse(" {n}. Ergänzung|/{n}")
    assert words.of("1/2024", 3) == "1/2024 3. Ergänzung"
    assert words.of("1/2024 3. Ergänzung", 1, level=2) == "1/2024 3. Ergänzung/1"


def test_a_house_that_says_nothing_has_the_usual_suffix() -> None:
    assert SuffixPattern.parse("").text == DEFAULT
    assert SuffixPattern.parse("").of("0085/2018", 12) == "0085/2018-12"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("-1", "{n} genau einmal"),
        ("-{n}-{n}", "zwei Ebenen"),
        ("-{n}|", "zwei Ebenen"),
        ("-{n}|-{n}|-{n}", "zwei Ebenen"),
        ("-{LFD}", "nur {n}"),
        ("-{n:0}", "nur {n}"),
        ("{n}", "Trennzeichen"),
        ("1-{n}", "Trennzeichen"),
        ("-{n}|{n}", "Trennzeichen"),
    ],
)
def test_a_suffix_that_would_run_into_the_number_is_refused(text: str, word: str) -> None:
    refused = objection_to_suffix_pattern(text)
    assert refused is not None
    assert word in refused.message
    with pytest.raises(RuleViolation):
        SuffixPattern.parse(text)


@given(
    st.sampled_from([text for text, *_ in REAL]),
    st.sampled_from([base for _, base, *_ in REAL]),
    st.integers(1, 300),
    st.integers(1, 300),
)
def test_no_two_suffixes_of_a_paper_are_the_same(text: str, base: str, one: int, two: int) -> None:
    pattern = SuffixPattern.parse(text)
    assert (pattern.of(base, one) == pattern.of(base, two)) == (one == two)
    assert pattern.of(base, one) != base
