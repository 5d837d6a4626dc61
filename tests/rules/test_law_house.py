"""What Hauptsatzung and Geschäftsordnung may set, and what the law keeps from them."""

from datetime import date

import pytest

from proposals.rules.law import Law, law, objection_to_house_rule
from proposals.rules.voting import VoteMode
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)
K = CommitteeKind
M = MunicipalityKind
COESFELD = law(Land.NW, M.KREIS, DAY)


def house(land: Land, kind: MunicipalityKind, rules: dict[str, object]) -> Law:
    return law(land, kind, DAY, rules)


def test_a_house_lays_its_own_rules_over_the_law() -> None:
    rules = house(
        Land.NW,
        M.KREIS,
        {
            "bodies.main_committee.public": False,
            "bodies.committee.quorum.presumed": False,
            "minutes_word": "Protokoll",
            "non_public_readers": "all_deputies",
        },
    )
    assert rules.body(K.MAIN_COMMITTEE).public is False
    assert rules.body(K.COMMITTEE).quorum.presumed is False
    assert rules.body(K.COUNCIL).quorum.presumed is True
    assert rules.minutes_word == "Protokoll"
    assert rules.non_public_readers == "all_deputies"
    assert rules.reads_every_body("elected")
    assert COESFELD.body(K.MAIN_COMMITTEE).public is True

    row = next(row for row in rules.rows if row.path == "bodies.main_committee.public")
    assert row.source == "Hausregel"


def test_a_house_may_leave_publicity_open_again() -> None:
    for value in (None, "house"):
        rules = house(Land.NW, M.KREIS, {"bodies.committee.public": value})
        assert rules.body(K.COMMITTEE).public is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("bodies.main_committee.colour", "red"),
        ("bodies.jury.public", True),
        ("verdicts", False),
        ("bodies.council.majority.counts", "shouting"),
        ("bodies.council.majority", {"counts": "cast"}),
        ("bodies.council.public", 1),
        ("bodies.council.quorum.floor", True),
        ("bodies.council.quorum.floor", -1),
        ("bodies.council.notice.days", "zehn"),
        ("bodies.council.vote_mode.roll_call_share", "ein Fünftel"),
        ("member_votes.king", "voting"),
        ("recusal_withdraws_papers", "ja"),
        ("minutes_word", ""),
        ("minutes_word", None),
        ("", True),
    ],
)
def test_a_house_rule_the_law_does_not_know_is_refused(path: str, value: object) -> None:
    assert objection_to_house_rule(Land.NW, M.KREIS, DAY, path, value) is not None


def test_a_house_cannot_open_the_kreisausschuss_in_niedersachsen() -> None:
    """§ 78 Abs. 2 Satz 1 NKomVG knows no exception, and its results would leak."""
    path = "bodies.main_committee.public"
    refused = objection_to_house_rule(Land.NI, M.LANDKREIS, DAY, path, True)
    assert refused is not None
    assert refused.paragraph == "§ 78 Abs. 2 Satz 1 NKomVG"
    assert objection_to_house_rule(Land.NI, M.LANDKREIS, DAY, path, False) is None
    assert objection_to_house_rule(Land.NI, M.LANDKREIS, DAY, path, None) is not None


def test_the_house_says_how_many_days_of_notice_but_not_fewer_than_the_law() -> None:
    wittmund = house(Land.NI, M.LANDKREIS, {"bodies.council.notice.days": 10})
    assert wittmund.body(K.COUNCIL).notice.days == 10
    assert wittmund.body(K.COUNCIL).notice.first_meeting_days == 7
    assert wittmund.body(K.COMMITTEE).notice.days == 10
    assert law(Land.NI, M.LANDKREIS, DAY).body(K.COUNCIL).notice.days is None

    path = "bodies.committee.notice.days"
    assert house(Land.SH, M.STADT, {path: 14}).body(K.COMMITTEE).notice.days == 14
    assert law(Land.SH, M.STADT, DAY).body(K.COMMITTEE).notice.days == 7
    assert objection_to_house_rule(Land.SH, M.STADT, DAY, path, 6) is not None
    lower = objection_to_house_rule(Land.SH, M.STADT, DAY, "bodies.council.notice.least_days", 3)
    assert lower is not None
    assert lower.paragraph == "§ 34 Abs. 3 GO SH"


def test_only_procedure_may_ask_for_another_majority() -> None:
    path = "bodies.council.procedural_majority.counts"
    rules = house(Land.NI, M.LANDKREIS, {path: "two_thirds_members"})
    assert rules.body(K.COUNCIL).procedural.counts == "two_thirds_members"
    assert rules.body(K.COUNCIL).majority.counts == "cast"
    path = "bodies.council.majority.counts"
    assert objection_to_house_rule(Land.NI, M.LANDKREIS, DAY, path, "members") is not None

    # where the Land has no rule of its own, procedure starts from the majority
    wedel = house(Land.SH, M.STADT, {"bodies.council.procedural_majority.counts": "members"})
    assert wedel.body(K.COUNCIL).procedural.counts == "members"
    assert wedel.body(K.COUNCIL).procedural.tie == "lost"


def test_a_house_names_who_may_demand_a_roll_call_and_leaves_the_secret_vote_alone() -> None:
    at = "bodies.council.vote_mode"
    bergkamen = house(Land.NW, M.STADT, {f"{at}.roll_call_share": "1/4"})
    assert bergkamen.body(K.COUNCIL).vote_mode.needed_for(VoteMode.ROLL_CALL, 45) == 12
    refused = objection_to_house_rule(Land.NW, M.STADT, DAY, f"{at}.secret_share", "1/2")
    assert refused is not None
    assert refused.paragraph == "§ 50 Abs. 1 GO NRW"
    whole = {"default": "open", "secret": "house"}
    assert objection_to_house_rule(Land.NW, M.STADT, DAY, at, whole) is not None

    wittmund = house(Land.NI, M.LANDKREIS, {f"{at}.secret_share": "1/3"})
    assert wittmund.body(K.MAIN_COMMITTEE).vote_mode.needed_for(VoteMode.SECRET, 11) == 4


def test_no_house_names_its_own_organs_for_urgent_decisions() -> None:
    head = {"condition": "immer", "then": "note"}
    for path, value in (
        ("urgent.head", head),
        ("head_excluded.parking", "Parkplätze"),
        ("recusal_decisive", False),
        ("bodies.committee.inherits", "council"),
    ):
        refused = objection_to_house_rule(Land.NI, M.LANDKREIS, DAY, path, value)
        assert refused is not None
        assert "keine Hausregel" in refused.message


def test_a_house_opens_papers_to_others_and_takes_them_from_the_excluded() -> None:
    rules = house(
        Land.NI,
        M.LANDKREIS,
        {"non_public_readers.co_opted": "every_body", "recusal_withdraws_papers": True},
    )
    assert rules.reads_every_body("co_opted")
    assert rules.recusal.withdraws_papers
    plain = law(Land.NI, M.LANDKREIS, DAY)
    assert plain.reads_every_body("elected")
    assert not plain.reads_every_body("co_opted")
    assert not plain.recusal.withdraws_papers
