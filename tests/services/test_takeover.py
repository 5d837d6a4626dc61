from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Attachment,
    Consultation,
    CoSignature,
    Lapse,
    Meeting,
    NumberCounter,
    Proposal,
    Submission,
    Vote,
    Wording,
)
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.voting import VoteMode, VoteResult, VoteWord
from proposals.rules.words import Land, ProposalKind
from proposals.services.attachments import NewAnnex, StoredFile
from proposals.services.drafting import StationDraft
from proposals.services.earlier import EarlierResult
from proposals.services.numbering import CounterAnswer, set_counter
from proposals.services.takeover import TakeOverAnswer
from proposals.services.voting import CountedAnswer
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate

RELEASED, CHECKED = date(2024, 1, 8), date(2024, 1, 10)
SOCIAL_DAY, MAIN_DAY = date(2024, 1, 22), date(2024, 1, 29)


def earlier(house: House, committee: str = "social", **values: Any) -> EarlierResult:
    """Return what a committee made of it: three votes for it, nobody against."""
    given: dict[str, Any] = {"role": PRELIMINARY, "held_on": SOCIAL_DAY, "top": "5"}
    given |= {"counted": votes(3, 0), **values}
    return EarlierResult(house.committee(committee).pk, **given)


def votes(yes: int, no: int, abstained: int = 0) -> CountedAnswer:
    return CountedAnswer(yes=yes, no=no, abstained=abstained)


def still_open(house: House, committee: str, role: Any = PRELIMINARY) -> StationDraft:
    return StationDraft(house.committee(committee).pk, role)


def answer(house: House, *stations: EarlierResult | StationDraft, **values: Any) -> TakeOverAnswer:
    """Return a paper that the social committee has dealt with, unless stations are given."""
    usual = (
        earlier(house),
        still_open(house, "main"),
        still_open(house, "council", DECISION),
    )
    draft = f.draft_answer(house, route=(), asked=("treasury",))
    taken = TakeOverAnswer(draft, "0085/2024", RELEASED, CHECKED, stations or usual)
    return replace(taken, **{"reason": "So gewollt", **values})


def take_over(house: House, given: TakeOverAnswer, actor: str = "secretary") -> Proposal:
    proposal = gate.take_over(actor=house.user(actor), answer=given)
    assert gate.agrees(f.reread(proposal))
    return f.reread(proposal)


def test_a_running_paper_enters_with_its_number_dates_and_results(house: House) -> None:
    proposal = take_over(house, answer(house, signature_name="Landrat Muster"))
    assert (proposal.number, proposal.status) == ("0085/2024", "in_consultation")
    submission = Submission.everything.get()
    assert (submission.released_on, submission.form_checked_on) == (RELEASED, CHECKED)
    assert (submission.signature_name, submission.released_by) == ("Landrat Muster", None)
    assert not CoSignature.everything.exists()  # nobody's answer is invented

    item, vote = AgendaItem.everything.get(), Vote.everything.get()
    assert (item.outcome, item.number) == (Outcome.RECOMMENDED, "5")
    assert timezone.localdate(item.meeting.starts_at) == SOCIAL_DAY
    assert item.result_wording == Wording.everything.get(proposal=proposal)
    assert (vote.yes, vote.no, vote.entitled) == (3, 0, None)
    assert (vote.computed, vote.announced) == (VoteResult.CARRIED, VoteResult.CARRIED)
    rows = Consultation.everything.filter(proposal=proposal).order_by("position")
    assert [(row.committee.short_name, row.is_open) for row in rows] == [
        ("social", False),
        ("main", True),
        ("council", True),
    ]


def test_the_remaining_stations_go_on_as_in_any_other_paper(house: House) -> None:
    proposal = take_over(house, answer(house))
    f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED)
    f.treat(house, f.station(proposal, "council"), Outcome.DECIDED)
    assert f.reread(proposal).status == "adopted"
    assert gate.agrees(f.reread(proposal))


def test_the_outcome_follows_from_the_count_the_word_or_stands_alone(house: House) -> None:
    main, counted = {"role": PRELIMINARY, "held_on": MAIN_DAY}, CountedAnswer
    cases: list[tuple[dict[str, Any], Outcome, int]] = [
        ({"counted": votes(1, 2)}, Outcome.NOT_RECOMMENDED, 1),
        ({"counted": counted(word=VoteWord.MAJORITY)}, Outcome.RECOMMENDED, 1),
        ({"counted": counted(no=1, abstained=0)}, Outcome.RECOMMENDED, 1),
        ({"counted": None, "outcome": Outcome.NOTED}, Outcome.NOTED, 0),
        ({"counted": None, "outcome": Outcome.RECOMMENDED}, Outcome.RECOMMENDED, 0),
        (
            {"wording": "<p>Durch einen Dienstleister.</p>"},
            Outcome.RECOMMENDED_CHANGED,
            1,
        ),
        (
            {"counted": votes(1, 1, 1), "contrary": True, "remark": "Stichwahl"},
            Outcome.RECOMMENDED,
            1,
        ),
    ]
    for number, (values, outcome, counts) in enumerate(cases):
        one = earlier(house, "main", **{**main, "top": "", **values})
        proposal = take_over(house, answer(house, one, number=f"A {number + 1}"))
        item = AgendaItem.everything.get(consultation__proposal=proposal)
        stored = Vote.everything.filter(agenda_item=item).count()
        assert (item.outcome, stored) == (outcome, counts)


def test_an_earlier_wording_is_what_the_next_body_votes_on(house: House) -> None:
    changed = earlier(house, wording="<p>Durch einen Dienstleister.</p>")
    proposal = take_over(house, answer(house, changed, still_open(house, "council", DECISION)))
    item = f.treat(house, f.station(proposal, "council"), Outcome.DECIDED)
    assert item.basis is not None
    assert item.basis.html == "<p>Durch einen Dienstleister.</p>"


def test_what_was_put_off_and_taken_up_again_is_one_station(house: House) -> None:
    postponed = earlier(house, counted=None, outcome=Outcome.POSTPONED)
    again = earlier(house, held_on=MAIN_DAY)
    proposal = take_over(house, answer(house, postponed, again))
    row = Consultation.everything.get(proposal=proposal)
    outcomes = AgendaItem.everything.filter(consultation=row).order_by("pk")
    assert list(outcomes.values_list("outcome", flat=True)) == ["postponed", "recommended"]

    later = answer(house, replace(postponed, top="6"), number="0086/2024")
    waits = take_over(house, later)
    assert f.station(waits, "social").is_open


def test_a_rejection_ends_the_rest_and_the_same_body_may_come_twice(house: House) -> None:
    first = earlier(house, "council", counted=votes(5, 0))
    rejected = earlier(house, "council", role=DECISION, held_on=MAIN_DAY, counted=votes(1, 4))
    rest = still_open(house, "main"), still_open(house, "board", NOTE)
    proposal = take_over(house, answer(house, first, rejected, *rest))
    assert proposal.status == "rejected"
    rows = Consultation.everything.filter(proposal=proposal).order_by("position")
    assert [row.lapse for row in rows] == ["", "", Lapse.REJECTED, ""]


def test_what_the_deciding_body_settled_ends_the_rest(house: House) -> None:
    settled = earlier(house, "council", role=DECISION, counted=None, outcome=Outcome.SETTLED)
    proposal = take_over(house, answer(house, settled, still_open(house, "main")))
    row = Consultation.everything.get(proposal=proposal, committee=house.committee("main"))
    assert row.lapse == Lapse.SETTLED
    assert gate.agrees(proposal)


def test_an_earlier_count_is_read_like_any_other(house: House) -> None:
    ballots = CountedAnswer(yes=2, no=0, abstained=0, mode=VoteMode.SECRET, cast=2)
    proposal = take_over(house, answer(house, earlier(house, counted=ballots)))
    vote = Vote.everything.get(agenda_item__consultation__proposal=proposal)
    assert (vote.mode, vote.cast, vote.entitled, vote.not_voted) == (VoteMode.SECRET, 2, None, 0)
    for wrong, sentence in (
        (replace(ballots, cast=3), "Sozialausschuss: 3 Stimmen abgegeben"),
        (replace(ballots, mode=VoteMode.OPEN), "nur bei geheimer Abstimmung"),
        (CountedAnswer(yes=1, no=2, abstained=0, word=VoteWord.UNANIMOUS), "passt nicht zu den"),
    ):
        with pytest.raises(RuleViolation, match=sentence):
            take_over(house, answer(house, earlier(house, top="", counted=wrong), number="A 1"))


def test_the_meeting_of_that_day_is_found_or_entered_by_its_day(house: House) -> None:
    known = f.schedule(
        house, f.station(f.make_proposal(house, "in_route"), "social"), SOCIAL_DAY
    ).meeting
    proposal = take_over(house, answer(house))
    item = AgendaItem.everything.get(consultation__proposal=proposal)
    assert item.meeting_id == known.pk
    with pytest.raises(RuleViolation, match="Sozialausschuss: TOP 5 ist in dieser Sitzung"):
        take_over(house, answer(house, number="0086/2024"))
    f.sign(house, known)
    late = answer(house, earlier(house, top="6"), number="0086/2024")
    with pytest.raises(RuleViolation, match="schon unterschrieben"):
        take_over(house, late)
    assert Meeting.everything.count() == 1


def test_the_numbers_of_the_house_go_on_behind_the_one_that_came(house: House) -> None:
    take_over(house, answer(house))
    assert f.make_proposal(house, "in_route").number == "0086/2024"
    take_over(house, answer(house, earlier(house, top="9"), number="0012/2024"))
    take_over(house, answer(house, earlier(house, top="8"), number="Altfall 7"))
    assert f.make_proposal(house, "in_route").number == "0087/2024"
    with pytest.raises(RuleViolation, match="„0085/2024“ ist schon vergeben"):
        take_over(house, answer(house))


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"number": " "}, "Bitte geben Sie eine Nummer an"),
    ({"number": "0000/2024"}, "noch ein Platzhalter"),
    ({"released_on": CHECKED, "form_checked_on": RELEASED}, "nicht vor der Freigabe"),
    (
        {"form_checked_on": timezone.localdate() + timedelta(days=1)},
        "liegt noch in der Zukunft",
    ),
]


def test_what_cannot_be_is_refused_and_leaves_nothing_behind(house: House) -> None:
    soon = timezone.localdate() + timedelta(days=1)
    stranger = replace(earlier(house), committee_id=f.make_house("fremd").committee("board").pk)
    results: list[tuple[Any, str]] = [
        (earlier(house, held_on=soon), "liegt noch in der Zukunft"),
        (earlier(house, held_on=date(2023, 12, 1)), "liegt vor der Freigabe"),
        (earlier(house, outcome=Outcome.RETURNED), "hat den Beratungsgang beendet"),
        (earlier(house, outcome=Outcome.NOT_HELD), "kein Ergebnis, das übernommen"),
        (earlier(house, outcome=Outcome.DECIDED), "kein Ergebnis einer Beratung zur Vorberatung"),
        (earlier(house, counted=votes(4, 0)), "nur 3 Stimmberechtigte"),
        (earlier(house, counted=CountedAnswer(yes=3)), "vollständig angeben"),
        (earlier(house, counted=None), "Bitte das Ergebnis angeben"),
        (earlier(house, outcome=Outcome.NOT_RECOMMENDED), "Bitte begründen Sie die Abweichung"),
        (stranger, "Dieses Gremium gibt es in Landkreis Muster nicht"),
    ]
    given = [(replace(answer(house), **values), sentence) for values, sentence in REFUSED]
    given += [(answer(house, one), sentence) for one, sentence in results]
    given.append((replace(answer(house), stations=()), "mindestens ein Gremium"))
    two = still_open(house, "council", DECISION)
    given.append((answer(house, two, two, reason=""), "entscheiden mehrere Gremien"))
    empty = replace(answer(house).draft, texts={})
    given.append((replace(answer(house), draft=empty), "Es fehlt noch: Sachverhalt"))
    for wrong, sentence in given:
        with pytest.raises(RuleViolation, match=sentence):
            take_over(house, wrong)
    assert not Proposal.everything.exists()
    assert not Meeting.everything.exists()


def test_only_the_sitzungsdienst_takes_a_paper_over(house: House) -> None:
    for name in ("clerk", "head", "administrator"):
        with pytest.raises(PermissionDenied, match="übernimmt der Sitzungsdienst"):
            take_over(house, answer(house), name)


def test_annexes_come_with_the_paper_and_belong_to_its_version(house: House) -> None:
    file = StoredFile("0" * 64, "application/pdf", 12)
    given = answer(house, attachments=(NewAnnex("Lageplan", "plan.pdf", file),))
    proposal = take_over(house, given)
    assert Attachment.everything.get().title == "Lageplan"
    content = Submission.everything.get(proposal=proposal).version.content
    assert content["attachments"] == [{"digest": "0" * 64, "number": 1, "title": "Lageplan"}]


def test_a_motion_is_taken_over_with_its_mover(house: House) -> None:
    draft = f.draft_answer(house, kind=ProposalKind.ANTRAG, route=())
    proposal = take_over(house, replace(answer(house), draft=draft))
    assert (proposal.kind, proposal.mover) == ("antrag", "Fraktion A")
    silent = replace(answer(house), draft=replace(draft, mover=""), number="0086/2024")
    with pytest.raises(RuleViolation, match="Antragsteller"):
        take_over(house, silent)


@pytest.mark.django_db
def test_where_the_law_gives_no_verdict_the_larger_number_is_taken() -> None:
    house = f.make_house(land=Land.BY)
    take_over(house, answer(house, earlier(house, counted=votes(1, 2))))
    assert AgendaItem.everything.get().outcome == Outcome.NOT_RECOMMENDED
    assert Vote.everything.get().computed == ""


# --- counters


def set_to(
    house: House, following: int, series: str = "year:2024", actor: str = "secretary"
) -> int:
    given = CounterAnswer(series, following)
    set_counter(actor=house.user(actor), municipality=house.municipality, answer=given)
    counter: NumberCounter = NumberCounter.objects.get(series=series)
    return counter.next


def test_a_counter_begins_where_the_other_program_ended(house: House) -> None:
    year = timezone.localdate().year
    assert set_to(house, 412, f"year:{year}") == 412
    assert set_to(house, 86, f"year:{year}", "administrator") == 86  # a slip is taken back
    with pytest.raises(PermissionDenied, match="Nummernkreise setzen"):
        set_to(house, 500, f"year:{year}", "clerk")
    for series in ("year:1999", "term:19", "all", ""):
        with pytest.raises(RuleViolation, match="Diesen Nummernkreis gibt es hier nicht"):
            set_to(house, 500, series)


def test_a_counter_never_goes_back_to_a_number_in_use(house: House) -> None:
    take_over(house, answer(house))
    assert set_to(house, 200) == 200
    assert set_to(house, 86) == 86
    for following in (85, 1):
        with pytest.raises(RuleViolation, match=r"0085/2024 ist schon vergeben.*mindestens 86"):
            set_to(house, following)
    with pytest.raises(RuleViolation, match="beginnt bei 1"):
        set_to(house, 0)


@pytest.mark.django_db
def test_a_counter_of_one_kind_minds_the_numbers_of_that_kind_alone() -> None:
    house = f.make_house(pattern="{ART}/{JJJJ}/{LFD:3}", scope="kind_year")
    take_over(house, answer(house, number="BV/2024/120"))
    assert NumberCounter.objects.get().series == "kind_year:beschlussvorlage:2024"
    assert NumberCounter.objects.get().next == 121
    assert f.make_proposal(house, "in_route").number == "BV/2024/121"
    notice = f.make_proposal(house, "in_route", kind=ProposalKind.MITTEILUNGSVORLAGE)
    assert notice.number == "MV/2024/001"
