from datetime import date

import pytest

from proposals.rules.law import law
from proposals.rules.quorum import QuorumData, objection_to_quorum
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2018, 12, 17)


def quorum(land: Land, kind: MunicipalityKind, body: CommitteeKind) -> QuorumData:
    return law(land, kind, DAY).body(body).quorum


NI = quorum(Land.NI, MunicipalityKind.LANDKREIS, CommitteeKind.COUNCIL)
NW_COUNCIL = quorum(Land.NW, MunicipalityKind.KREIS, CommitteeKind.COUNCIL)
NW_MAIN = quorum(Land.NW, MunicipalityKind.KREIS, CommitteeKind.MAIN_COMMITTEE)
SH = quorum(Land.SH, MunicipalityKind.STADT, CommitteeKind.COUNCIL)
BW = quorum(Land.BW, MunicipalityKind.STADT, CommitteeKind.COUNCIL)


@pytest.mark.parametrize("data", [NI, NW_COUNCIL, NW_MAIN, SH])
def test_more_than_half_of_the_members_must_be_present(data: QuorumData) -> None:
    assert objection_to_quorum(22, 43, data) is None
    assert objection_to_quorum(21, 43, data) is not None
    refused = objection_to_quorum(21, 42, data)
    assert refused is not None
    assert "21 von 42" in refused.message
    assert refused.paragraph == data.paragraph


def test_once_stated_it_lasts_until_somebody_doubts_it() -> None:
    for data in (NI, NW_COUNCIL, SH):
        assert objection_to_quorum(19, 43, data, doubted=False) is None
        assert objection_to_quorum(19, 43, data, doubted=True) is not None


def test_the_kreisausschuss_in_nordrhein_westfalen_knows_no_presumption() -> None:
    refused = objection_to_quorum(5, 11, NW_MAIN, doubted=False)
    assert refused is not None
    assert refused.paragraph == "§ 52 Abs. 2 KrO NRW"


def test_schleswig_holstein_ends_it_ex_officio_below_a_third_or_three() -> None:
    assert objection_to_quorum(10, 30, SH, doubted=False) is None
    assert objection_to_quorum(9, 30, SH, doubted=False) is not None
    assert objection_to_quorum(2, 3, SH) is not None
    assert objection_to_quorum(9, 30, NI, doubted=False) is None


def test_a_second_meeting_takes_any_number_and_in_schleswig_holstein_three() -> None:
    assert objection_to_quorum(1, 43, NI, second_meeting=True) is None
    assert objection_to_quorum(1, 11, NW_MAIN, second_meeting=True) is None
    assert objection_to_quorum(0, 43, NI, second_meeting=True) is not None

    assert objection_to_quorum(3, 30, SH, second_meeting=True) is None
    refused = objection_to_quorum(2, 30, SH, second_meeting=True)
    assert refused is not None
    assert refused.paragraph == "§ 38 Abs. 3 GO SH"


def test_half_is_enough_in_baden_wuerttemberg_only() -> None:
    assert objection_to_quorum(21, 42, BW) is None
    assert objection_to_quorum(20, 42, BW) is not None
