import re
from datetime import date
from importlib.resources import files
from itertools import product

import pytest

from proposals.rules.errors import RuleViolation
from proposals.rules.law import LawDataError, law, ruling_for
from proposals.rules.law.loader import parse
from proposals.rules.voting import Tally, VoteResult
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)
K = CommitteeKind
M = MunicipalityKind
WITTMUND = law(Land.NI, M.LANDKREIS, DAY)
COESFELD = law(Land.NW, M.KREIS, DAY)
BERGKAMEN = law(Land.NW, M.STADT, DAY)
WEDEL = law(Land.SH, M.STADT, DAY)
COUNTED_ONLY = (Land.BY, Land.BW, Land.HE)
NI_TOML = files("proposals.rules.law").joinpath("ni.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("land", "kind"), list(product(Land, M)))
def test_every_land_has_rules_for_every_body_of_counties_and_towns(
    land: Land, kind: MunicipalityKind
) -> None:
    rules = law(land, kind, DAY)
    assert rules.land == land
    assert rules.minutes_word
    assert rules.recusal_word
    for body in K:
        assert rules.body(body).name
        assert rules.body(body).majority.paragraph
        assert rules.body(body).quorum.paragraph
    for row in rules.rows:
        assert row.paragraph
        assert row.source
        assert row.checked_on >= date(2026, 11, 22)


def test_each_house_is_under_its_statute() -> None:
    assert WITTMUND.statute == "NKomVG"
    assert COESFELD.statute == "KrO NRW"
    assert BERGKAMEN.statute == "GO NRW"
    assert WEDEL.statute == "GO SH"
    assert law(Land.SH, M.KREIS, DAY).statute == "KrO SH"
    assert law("NI", "landkreis", DAY) is WITTMUND  # type: ignore[arg-type]  # codes of a model


def test_the_words_of_the_land_stand_in_its_law() -> None:
    assert (WITTMUND.minutes_word, WITTMUND.recusal_word) == ("Protokoll", "Mitwirkungsverbot")
    for rules in (COESFELD, BERGKAMEN, WEDEL):
        assert rules.minutes_word == "Niederschrift"
        assert rules.recusal_word == "Ausschließungsgründe (Befangenheit)"


def test_bodies_go_by_their_proper_names() -> None:
    assert WITTMUND.body(K.MAIN_COMMITTEE).name == "Kreisausschuss"
    assert law(Land.NI, M.STADT, DAY).body(K.MAIN_COMMITTEE).name == "Verwaltungsausschuss"
    assert COESFELD.body(K.COUNCIL).name == "Kreistag"
    assert WEDEL.body(K.MAIN_COMMITTEE).name == "Hauptausschuss"


def test_the_kreisausschuss_sits_behind_closed_doors_in_niedersachsen_only() -> None:
    main = WITTMUND.body(K.MAIN_COMMITTEE)
    assert main.public is False
    assert WITTMUND.body(K.COUNCIL).public is True
    assert WITTMUND.body(K.COMMITTEE).public is None
    assert COESFELD.body(K.MAIN_COMMITTEE).public is True


def test_who_reads_non_public_papers_differs() -> None:
    assert WITTMUND.non_public_readers == "all_deputies"
    for rules in (COESFELD, BERGKAMEN, WEDEL):
        assert rules.non_public_readers == "members_of_body"


def test_only_niedersachsen_makes_the_main_committee_prepare_the_council() -> None:
    main = WITTMUND.body(K.MAIN_COMMITTEE)
    assert main.mandatory_before == K.COUNCIL
    assert main.mandatory_before_paragraph == "§ 76 Abs. 1 Satz 1 NKomVG"
    for rules in (COESFELD, WEDEL):
        assert all(rules.body(kind).mandatory_before is None for kind in K)


def test_committees_vote_by_the_rules_of_the_council() -> None:
    for rules in (WITTMUND, COESFELD, BERGKAMEN, WEDEL):
        assert rules.body(K.COMMITTEE).majority == rules.body(K.COUNCIL).majority
    assert WITTMUND.body(K.ADVISORY_BOARD).majority.paragraph == "Satzung des Beirats"


def test_a_wording_must_be_typed_before_the_vote_in_schleswig_holstein() -> None:
    refused = WEDEL.objection_to_unwritten_motion("  ")
    assert refused is not None
    assert refused.paragraph == "§ 39 Abs. 3 GO SH"
    assert WEDEL.objection_to_unwritten_motion("Der Rat beschließt …") is None
    assert WITTMUND.objection_to_unwritten_motion("") is None


def test_an_agenda_grows_by_two_thirds_of_the_members_except_in_nordrhein_westfalen() -> None:
    assert WITTMUND.agenda_extension.counts == "two_thirds_members"
    assert law(Land.SH, M.KREIS, DAY).agenda_extension.counts == "two_thirds_members"
    assert COESFELD.agenda_extension.counts == "cast"


def test_a_verdict_is_given_where_the_law_was_read_and_nowhere_else() -> None:
    tally = Tally(20, 20, 3)
    tie = ruling_for(WITTMUND, K.COUNCIL, tally)
    assert tie is not None
    assert tie.result == VoteResult.LOST
    assert tie.paragraph == "§ 66 Abs. 1 Satz 2 NKomVG"
    sh = ruling_for(WEDEL, K.COUNCIL, tally)
    assert sh is not None
    assert sh.paragraph == "§ 39 Abs. 1 Satz 3 GO SH"
    for land in COUNTED_ONLY:
        rules = law(land, M.LANDKREIS, DAY)
        assert not rules.verdicts
        assert ruling_for(rules, K.COUNCIL, tally) is None


def test_nothing_unread_is_passed_off_as_read() -> None:
    """The rules verdicts rest on in Niedersachsen and in towns of SH were looked up."""
    for rules, rested_on in (
        (WITTMUND, ("majority", "quorum", "second_meeting", "mass_bias", "vote_mode", "notice")),
        (BERGKAMEN, ("majority", "quorum", "second_meeting", "vote_mode", "notice")),
        (WEDEL, ("majority", "quorum", "mass_bias", "vote_mode", "notice")),
    ):
        read = {row.path for row in rules.rows if row.read}
        assert {f"bodies.council.{leaf}" for leaf in rested_on} <= read
    for rules in (WITTMUND, COESFELD, BERGKAMEN, WEDEL):
        for row in rules.rows:
            remembered = "aus dem Gedächtnis" in row.source or "zu prüfen" in row.source
            assert remembered is not row.read, row.path


def test_only_what_was_read_binds_a_house() -> None:
    for land, kind in product(Land, M):
        for row in law(land, kind, DAY).rows:
            assert row.read or not (row.fixed or row.fixed_keys), row.path


def test_before_the_statute_there_is_no_law() -> None:
    assert law(Land.NI, M.LANDKREIS, date(2011, 11, 1)) == WITTMUND
    with pytest.raises(RuleViolation, match=re.escape("31.10.2011")):
        law(Land.NI, M.LANDKREIS, date(2011, 10, 31))


def test_the_law_is_read_once() -> None:
    assert law(Land.NI, M.LANDKREIS, DAY) is WITTMUND
    assert law(Land.NI, M.KREIS, DAY, {}) is WITTMUND


def row_without(key: str) -> str:
    return re.sub(rf"(?m)^{key} = .*\n", "", NI_TOML, count=1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (row_without("paragraph"), "paragraph missing"),
        (row_without("source"), "source missing"),
        (row_without("checked_on"), "checked_on missing"),
        (row_without("basis"), "basis missing"),
        (row_without("verdicts"), "verdicts missing"),
        (NI_TOML.replace('paragraph = "§ 68 NKomVG"', 'paragraph = " "'), "must be a text"),
        (NI_TOML.replace('basis = "read"', 'basis = "heard"', 1), "read or from_memory"),
        (NI_TOML.replace("fixed = true", "fixd = true", 1), "fixd unknown"),
        (NI_TOML.replace("fixed = true", "fixed = 1", 1), "true or false"),
        (NI_TOML.replace('["presumed"]', '["colour"]'), "true or false or a list"),
        (NI_TOML.replace('basis = "read"', 'basis = "from_memory"'), "only what was read binds"),
        (NI_TOML.replace("first_meeting_days = 7", "days = 7, least_days = 8", 1), "fewer days"),
        (NI_TOML.replace('"urgent.head"', '"urgent.king"'), "no rule has the path"),
        (NI_TOML.replace('secret = "house"', 'secret = "house", secret_share = "x"'), "1/5"),
        (NI_TOML.replace('secret = "house"', 'secret = "house", secret_share = "6/5"'), "1/5"),
        (NI_TOML.replace("presumed = true", "assumed = true", 1), "presumed missing"),
        (NI_TOML.replace('tie = "lost"', 'tie = "chair"', 1), "none of lost"),
        (NI_TOML.replace("checked_on = 2026-11-22", 'checked_on = "heute"', 1), "must be a date"),
        (NI_TOML.replace("bodies.council.public", "bodies.council.color"), "no rule has the path"),
        (NI_TOML.replace('land = "NI"', 'land = "BY"'), "not 'NI'"),
        (NI_TOML.replace('["county", "town"]', '["county"]'), "one table for each"),
        (NI_TOML.replace("verdicts = true", "verdicts = 1"), "true or false"),
        (NI_TOML.replace("verdicts = true", "verdicts ="), "ni.toml"),
        (NI_TOML.replace('"minutes_word"', '"recusal_word"'), "two rows"),
        (
            NI_TOML.replace("fixed = true", "fixed = true\nvalid_to = 2001-01-01", 1),
            "ends before it begins",
        ),
    ],
)
def test_a_law_file_with_a_mistake_is_refused_with_its_place(text: str, complaint: str) -> None:
    assert text != NI_TOML
    with pytest.raises(LawDataError, match=re.escape(complaint)) as caught:
        parse(text, "ni.toml", Land.NI)
    assert "ni.toml" in str(caught.value)


def test_a_changed_rule_holds_from_its_day() -> None:
    last = 'source = "NKomVG, Überschrift von § 68"\nchecked_on = 2026-11-22\nbasis = "read"\n'
    ended = NI_TOML.replace(
        last + "valid_from = 2011-11-01",
        last
        + "valid_from = 2011-11-01\nvalid_to = 2030-12-31\n\n[[statutes.rules]]\n"
        + 'path = "minutes_word"\nvalue = "Niederschrift"\nparagraph = "§ 68 NKomVG"\n'
        + last
        + "valid_from = 2031-01-01",
    )
    [statute] = parse(ended, "ni.toml", Land.NI).statutes
    rows = [row for row in statute.rows if row.path == "minutes_word"]
    assert [row.value for row in rows if row.holds_on(date(2030, 12, 31))] == ["Protokoll"]
    assert [row.value for row in rows if row.holds_on(date(2031, 1, 1))] == ["Niederschrift"]
