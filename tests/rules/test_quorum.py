from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.attendance import Presence
from proposals.rules.law import law, quorum_for
from proposals.rules.quorum import (
    QuorumCount,
    QuorumData,
    QuorumRuling,
    count_of,
    ruling_on_quorum,
)
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)


def lacking_at(present: int, members: int, data: QuorumData, **values: bool) -> QuorumRuling | None:
    """Return the ruling on a body that is found not to be quorate, None for any other."""
    ruling = ruling_on_quorum(QuorumCount(present, members), data, **values)
    return ruling if ruling.quorate is False else None


def quorum(land: Land, kind: MunicipalityKind, body: CommitteeKind) -> QuorumData:
    return quorum_for(law(land, kind, DAY), body)


NI = quorum(Land.NI, MunicipalityKind.LANDKREIS, CommitteeKind.COUNCIL)
NW_COUNCIL = quorum(Land.NW, MunicipalityKind.KREIS, CommitteeKind.COUNCIL)
NW_MAIN = quorum(Land.NW, MunicipalityKind.KREIS, CommitteeKind.MAIN_COMMITTEE)
NW_COMMITTEE = quorum(Land.NW, MunicipalityKind.KREIS, CommitteeKind.COMMITTEE)
SH = quorum(Land.SH, MunicipalityKind.STADT, CommitteeKind.COUNCIL)
BW = quorum(Land.BW, MunicipalityKind.STADT, CommitteeKind.COUNCIL)


@pytest.mark.parametrize("data", [NI, NW_COUNCIL, NW_MAIN, SH])
def test_more_than_half_of_the_members_must_be_present(data: QuorumData) -> None:
    assert lacking_at(22, 43, data) is None
    assert lacking_at(21, 43, data) is not None
    refused = lacking_at(21, 42, data)
    assert refused is not None
    assert "21 von 42" in refused.sentence
    assert refused.paragraph == data.paragraph


def test_a_ruling_prints_as_one_german_sentence_with_its_numbers() -> None:
    enough = ruling_on_quorum(QuorumCount(24, 43), NI)
    assert enough.quorate
    assert enough.sentence == (
        "Das Gremium ist beschlussfähig: 24 von 43 Mitgliedern anwesend; erforderlich 22 "
        "(§ 65 Abs. 1 NKomVG)."
    )
    lacking = ruling_on_quorum(QuorumCount(19, 43), NI)
    assert lacking.quorate is False
    assert (lacking.present, lacking.needed) == (19, 22)
    assert lacking.sentence == (
        "Das Gremium ist nicht beschlussfähig: 19 von 43 Mitgliedern anwesend; erforderlich 22 "
        "(§ 65 Abs. 1 NKomVG)."
    )


def test_once_stated_it_lasts_until_somebody_doubts_it() -> None:
    for data in (NI, NW_COUNCIL, SH):
        assert lacking_at(19, 43, data, doubted=False) is None
        assert lacking_at(19, 43, data, doubted=True) is not None
    presumed = ruling_on_quorum(QuorumCount(19, 43), NI, doubted=False)
    assert presumed.presumed
    assert presumed.sentence.startswith("Das Gremium gilt als beschlussfähig, solange es niemand")
    assert not ruling_on_quorum(QuorumCount(22, 43), NI, doubted=False).presumed
    assert lacking_at(0, 43, NI, doubted=False) is not None


def test_the_kreisausschuss_in_nordrhein_westfalen_knows_no_presumption() -> None:
    refused = lacking_at(5, 11, NW_MAIN, doubted=False)
    assert refused is not None
    assert refused.paragraph == "§ 52 Abs. 2 KrO NRW"


def test_schleswig_holstein_ends_it_ex_officio_below_a_third_or_three() -> None:
    assert lacking_at(10, 30, SH, doubted=False) is None
    assert lacking_at(9, 30, SH, doubted=False) is not None
    assert lacking_at(2, 3, SH) is not None
    assert lacking_at(9, 30, NI, doubted=False) is None


def test_a_second_meeting_takes_any_number_and_in_schleswig_holstein_three() -> None:
    assert lacking_at(1, 43, NI, second_meeting=True) is None
    assert lacking_at(1, 11, NW_MAIN, second_meeting=True) is None
    assert lacking_at(0, 43, NI, second_meeting=True) is not None

    assert lacking_at(3, 30, SH, second_meeting=True) is None
    refused = lacking_at(2, 30, SH, second_meeting=True)
    assert refused is not None
    assert refused.paragraph == "§ 38 Abs. 3 GO SH"


def test_without_a_rule_on_second_meetings_the_number_counts_as_ever() -> None:
    board = quorum(Land.NI, MunicipalityKind.LANDKREIS, CommitteeKind.ADVISORY_BOARD)
    assert lacking_at(1, 11, board, second_meeting=True) is not None


def test_more_than_half_excluded_leaves_any_number_but_the_authority_must_approve() -> None:
    """§ 65 Abs. 3 NKomVG."""
    ruling = ruling_on_quorum(QuorumCount(5, 11, recused=6), NI)
    assert ruling.quorate
    assert ruling.approval_needed == "Genehmigung der Kommunalaufsichtsbehörde"
    assert ruling.paragraph == "§ 65 Abs. 3 NKomVG"
    assert "der Beschluss braucht noch: Genehmigung" in ruling.sentence
    half = ruling_on_quorum(QuorumCount(5, 10, recused=5), NI)
    assert half.quorate is False
    assert half.approval_needed == ""


def test_the_excluded_come_off_the_number_in_schleswig_holstein() -> None:
    """§ 38 Abs. 2 GO SH."""
    assert ruling_on_quorum(QuorumCount(7, 15, recused=2), SH).quorate
    assert ruling_on_quorum(QuorumCount(7, 15), SH).quorate is False
    sentence = ruling_on_quorum(QuorumCount(7, 15, recused=2), SH).sentence
    assert "7 von 13 Mitgliedern anwesend (gesetzliche Zahl 15); erforderlich 7" in sentence

    many = ruling_on_quorum(QuorumCount(3, 15, recused=8), SH)
    assert (many.quorate, many.approval_needed) == (True, "")
    assert ruling_on_quorum(QuorumCount(2, 15, recused=8), SH).quorate is False


def test_empty_seats_come_off_the_number_in_schleswig_holstein_down_to_a_third() -> None:
    """The house has to say so: a member who is not recorded leaves no seat empty."""
    house = {"bodies.council.quorum.base": "seats"}
    seats = quorum_for(law(Land.SH, MunicipalityKind.STADT, DAY, house), CommitteeKind.COUNCIL)
    assert ruling_on_quorum(QuorumCount(8, 19, seats=15), seats).quorate
    for data in (SH, NI):
        assert ruling_on_quorum(QuorumCount(8, 19, seats=15), data).quorate is False
    assert ruling_on_quorum(QuorumCount(7, 19, seats=9), seats).quorate
    assert ruling_on_quorum(QuorumCount(6, 19, seats=9), seats).quorate is False
    assert (seats.asks_for_seats, NI.asks_for_seats) == (True, False)


def test_a_count_takes_the_attendance_unless_somebody_counted_in_the_room() -> None:
    there = Presence(9, 8, 0, frozenset(), frozenset(), elected=6, citizens=2, recused=1)
    assert count_of(there, 11) == QuorumCount(8, 11, recused=1, citizens=2, elected=6)
    assert count_of(there, 11, present=7).present == 7
    assert count_of(None, 11, present=7) == QuorumCount(7, 11)
    assert count_of(there, 11, seats=0).seats is None, "nobody recorded is not: all seats empty"
    assert count_of(there, 11, seats=10).seats == 10


def test_sachkundige_must_be_outnumbered_in_committees_of_nordrhein_westfalen() -> None:
    refused = ruling_on_quorum(QuorumCount(8, 11, citizens=4, elected=4), NW_COMMITTEE)
    assert refused.quorate is False
    assert refused.paragraph == "§ 41 Abs. 5 KrO NRW"
    assert "(4) müssen die stimmberechtigten sachkundigen" in refused.sentence
    assert ruling_on_quorum(QuorumCount(8, 11, citizens=3, elected=5), NW_COMMITTEE).quorate
    counted = QuorumCount(8, 11, citizens=4, elected=4)
    assert ruling_on_quorum(counted, NW_COMMITTEE, doubted=False).presumed
    assert ruling_on_quorum(counted, NI).quorate


def test_where_the_law_is_unread_members_are_counted_and_nothing_is_ruled() -> None:
    ruling = ruling_on_quorum(QuorumCount(3, 42), BW)
    assert ruling.quorate is None
    assert ruling.needed is None
    assert ruling.paragraph == ""
    assert ruling.sentence.startswith("3 von 42 Mitgliedern anwesend; für dieses Land wird nur")
    assert lacking_at(3, 42, BW) is None


def test_half_is_enough_in_baden_wuerttemberg_only() -> None:
    read = replace(BW, verdict=True)
    assert lacking_at(21, 42, read) is None
    assert lacking_at(20, 42, read) is not None
    assert lacking_at(21, 42, NI) is not None


BODIES = st.sampled_from([NI, NW_COUNCIL, NW_MAIN, NW_COMMITTEE, SH])
MEMBERS = st.integers(1, 90)


@given(BODIES, MEMBERS, st.data(), st.booleans(), st.booleans())
def test_one_more_present_never_loses_the_quorum(
    data: QuorumData, members: int, draw: st.DataObject, doubted: bool, second: bool
) -> None:
    recused = draw.draw(st.integers(0, members))
    quorate = [
        ruling_on_quorum(
            QuorumCount(present, members, recused=recused),
            data,
            doubted=doubted,
            second_meeting=second,
        ).quorate
        for present in range(members + 1)
    ]
    assert quorate == sorted(quorate, key=bool)
    assert quorate[0] is False


@given(BODIES, MEMBERS, st.data())
def test_a_second_meeting_and_an_undoubted_one_never_ask_for_more(
    data: QuorumData, members: int, draw: st.DataObject
) -> None:
    count = QuorumCount(draw.draw(st.integers(0, members)), members)
    if ruling_on_quorum(count, data).quorate:
        assert ruling_on_quorum(count, data, doubted=False).quorate
        assert ruling_on_quorum(count, data, second_meeting=True).quorate


@given(BODIES, MEMBERS, st.data())
def test_a_ruling_says_what_its_numbers_say(
    data: QuorumData, members: int, draw: st.DataObject
) -> None:
    count = QuorumCount(draw.draw(st.integers(0, members)), members)
    ruling = ruling_on_quorum(count, data)
    assert ruling.needed is not None
    assert ruling.quorate is (ruling.present >= ruling.needed)
    assert ruling.paragraph in ruling.sentence
    assert ruling.words.count(".") == 1
    assert f"{count.present} von {members}" in ruling.sentence
