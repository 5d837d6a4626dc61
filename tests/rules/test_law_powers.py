"""Who may vote on what, who decides when time is short, how a body is asked to vote."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.models import MembershipKind
from proposals.rules.consultation import ConsultationRole
from proposals.rules.law import Law, law, objection_to_house_rule
from proposals.rules.law.procedure import NEVER, VoteModeRules, members_of_share
from proposals.rules.law.values import MEMBER_KINDS
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.voting import VoteMode
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)
K = CommitteeKind
M = MunicipalityKind
WITTMUND = law(Land.NI, M.LANDKREIS, DAY)
COESFELD = law(Land.NW, M.KREIS, DAY)
BERGKAMEN = law(Land.NW, M.STADT, DAY)
WEDEL = law(Land.SH, M.STADT, DAY)
VERDICTS = tuple(
    law(land, kind, DAY) for land, kind in product((Land.NI, Land.NW, Land.SH), (M.KREIS, M.STADT))
)


def test_the_law_names_members_as_memberships_do() -> None:
    assert tuple(kind.value for kind in MembershipKind) == MEMBER_KINDS


def test_the_landrat_votes_in_niedersachsen_except_in_the_committees() -> None:
    assert WITTMUND.head_votes_on(K.COUNCIL).votes
    assert WITTMUND.head_votes_on(K.MAIN_COMMITTEE).votes
    assert not WITTMUND.head_votes_on(K.COMMITTEE).votes
    assert WITTMUND.head_excluded == ()


def test_the_landrat_in_nordrhein_westfalen_votes_by_subject() -> None:
    """§ 25 Abs. 2 Satz 3 and 4 KrO NRW."""
    votes = COESFELD.head_votes_on(K.COUNCIL, head="Der Landrat")
    assert votes.sentence == "Kreistag: Der Landrat stimmt mit (§ 25 Abs. 2 Satz 3 KrO NRW)."
    claims = COESFELD.head_votes_on(K.COUNCIL, "claims", head="Der Landrat")
    assert not claims.votes
    assert claims.paragraph == "§ 25 Abs. 2 Satz 4, § 38 Abs. 2 KrO NRW"
    assert claims.sentence.startswith("Kreistag: Der Landrat stimmt nicht mit bei: Ansprüche")
    cited = " ".join(subject.paragraph for subject in COESFELD.head_excluded)
    for paragraph in ("26", "32", "33", "35", "38", "41", "45", "48", "49"):
        assert f"§ {paragraph} " in cited
    with pytest.raises(KeyError):
        COESFELD.head_votes_on(K.COUNCIL, "parking")


def test_the_head_has_no_vote_in_schleswig_holstein() -> None:
    for kind in K:
        assert not WEDEL.head_votes_on(kind).votes
    main = WEDEL.head_votes_on(K.MAIN_COMMITTEE)
    assert "keine Stimme (§ 45a Abs. 2 GO SH)" in main.sentence


def test_who_calls_a_meeting_and_whether_the_head_signs_its_minutes() -> None:
    assert {kind: WITTMUND.body(kind).called_by for kind in K} == dict.fromkeys(K, "head")
    assert {kind for kind in K if WITTMUND.body(kind).head_signs_minutes} == {
        K.COUNCIL,
        K.MAIN_COMMITTEE,
    }
    for house in (COESFELD, BERGKAMEN):
        led = {kind for kind in K if house.body(kind).called_by == "head"}
        assert led == {K.COUNCIL, K.MAIN_COMMITTEE}
    for house in (COESFELD, BERGKAMEN, WEDEL):
        assert not any(house.body(kind).head_signs_minutes for kind in K)
    assert {WEDEL.body(kind).called_by for kind in K} == {"chair"}


def test_a_house_may_have_its_minutes_signed_by_the_head_but_not_called_by_another() -> None:
    signed = law(Land.SH, M.STADT, DAY, {"bodies.council.head_signs_minutes": True})
    assert signed.body(K.COUNCIL).head_signs_minutes
    refused = objection_to_house_rule(Land.NI, M.KREIS, DAY, "bodies.council.called_by", "chair")
    assert refused is not None
    assert "§ 59 Abs. 1 NKomVG" in str(refused)


def test_sachkundige_vote_by_land() -> None:
    assert WITTMUND.member_votes["co_opted"] == "advisory"
    assert WITTMUND.member_votes["basic_mandate"] == "advisory"
    assert COESFELD.member_votes["co_opted"] == "by_appointment"
    assert WEDEL.member_votes["co_opted"] == "voting"


def test_an_urgent_decision_is_reported_in_niedersachsen_and_approved_in_nrw() -> None:
    main, head = WITTMUND.urgent
    assert (main.organ, head.organ) == (UrgentOrgan.MAIN_COMMITTEE, UrgentOrgan.HEAD)
    assert main.organ_name == "Kreisausschuss"
    assert main.paragraph == "§ 89 Satz 1 NKomVG"
    assert "Stellvertretung" in head.with_words
    assert {rule.then for rule in WITTMUND.urgent} == {ConsultationRole.NOTE}
    assert "Kreistag: Unterrichtung (§ 89 Satz 2 und 3 NKomVG)" in head.sentence
    for rules in (COESFELD, BERGKAMEN):
        assert {rule.then for rule in rules.urgent} == {ConsultationRole.APPROVAL}
        assert all(rule.revocable for rule in rules.urgent)
        assert "Genehmigung in der nächsten Sitzung, kann aufheben" in rules.urgent[0].sentence
    assert [rule.organ for rule in WEDEL.urgent] == [UrgentOrgan.HEAD]


@pytest.mark.parametrize("rules", VERDICTS, ids=lambda rules: rules.statute)
def test_every_paragraph_of_an_urgent_decision_fits_its_column(rules: Law) -> None:
    assert rules.urgent
    assert all(len(rule.paragraph) <= 120 for rule in rules.urgent)


def test_a_fifth_of_the_members_may_ask_for_a_secret_vote_in_nordrhein_westfalen() -> None:
    mode = BERGKAMEN.body(K.COUNCIL).vote_mode
    assert mode.default == VoteMode.OPEN
    assert mode.needed_for(VoteMode.SECRET, 43) == 9
    assert mode.needed_for(VoteMode.ROLL_CALL, 43) is None
    assert mode.condition(VoteMode.SECRET, 43) == (
        "auf Verlangen von einem Fünftel der Mitglieder, hier mindestens 9 (§ 50 Abs. 1 GO NRW)"
    )
    assert mode.sentence == (
        "Abgestimmt wird offen, geheim auf Verlangen von einem Fünftel der Mitglieder, "
        "namentlich nach der Geschäftsordnung, geheim geht vor namentlich (§ 50 Abs. 1 GO NRW)."
    )
    assert "geheim nach der Geschäftsordnung" in WITTMUND.body(K.COMMITTEE).vote_mode.sentence


def test_a_forbidden_secret_vote_asks_for_a_reason() -> None:
    mode = VoteModeRules(VoteMode.OPEN, NEVER, paragraph="§ 54 Abs. 2 HGO")
    doubt = mode.doubt_about(VoteMode.SECRET)
    assert doubt is not None
    assert doubt.waivable
    assert (doubt.field, doubt.paragraph) == ("reason", "§ 54 Abs. 2 HGO")
    assert mode.doubt_about(VoteMode.OPEN) is None
    assert mode.condition(VoteMode.SECRET, 43) == "nicht zulässig (§ 54 Abs. 2 HGO)"
    assert "nie geheim" in mode.sentence
    assert BERGKAMEN.body(K.COUNCIL).vote_mode.doubt_about(VoteMode.SECRET) is None


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 200))
def test_a_share_is_the_smallest_number_that_reaches_it(
    part: int, whole: int, members: int
) -> None:
    number = members_of_share(f"{part}/{whole}", members)
    assert number is not None
    assert number * whole >= members * part
    assert (number - 1) * whole < members * part


def test_a_week_of_notice_in_schleswig_holstein_and_the_house_s_own_elsewhere() -> None:
    notice = law(Land.SH, M.KREIS, DAY).body(K.COUNCIL).notice
    assert (notice.days, notice.paragraph) == (7, "§ 29 Abs. 3 KrO SH")
    assert "Drittel" in notice.shortened
    assert WITTMUND.body(K.COUNCIL).notice.first_meeting_days == 7
    for rules in (WITTMUND, COESFELD, BERGKAMEN):
        assert rules.body(K.COUNCIL).notice.days is None
        assert rules.body(K.COUNCIL).notice.paragraph


def test_an_excluded_member_leaves_the_room() -> None:
    assert WITTMUND.recusal.leave_room == "closed_part"
    assert "bei den Zuhörenden (§ 41 Abs. 5 NKomVG)" in WITTMUND.recusal.sentence
    assert WEDEL.recusal.leave_room == "always"
    assert WEDEL.recusal.sentence == (
        "Wer ausgeschlossen ist, verlässt den Raum (§ 22 Abs. 4 GO SH)."
    )
    assert WITTMUND.recusal.decisive_paragraph == "§ 41 Abs. 6 NKomVG"
    assert WITTMUND.recusal.word == WITTMUND.recusal_word


def test_what_may_be_added_to_an_agenda_must_be_urgent() -> None:
    for rules in VERDICTS:
        assert rules.agenda_extension_condition
    assert law(Land.BY, M.KREIS, DAY).agenda_extension_condition == ""
