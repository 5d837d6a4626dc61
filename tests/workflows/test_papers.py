"""The kinds of paper and the rounds they can go through."""

from viewflow.workflow.models import Task

from proposals.models import CoSignature
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.lifecycle import ProposalStatus as Status
from proposals.rules.words import ProposalKind
from tests import factories as f
from tests.factories import NOTE, House
from tests.workflows.playing import Play

ROUNDS = 30


def test_an_antrag_goes_from_hand_in_to_the_form_check(house: House) -> None:
    play = Play(house, kind=ProposalKind.ANTRAG)
    assert play.waiting() == ["draft"]
    play.submit()
    assert (play.waiting(), play.status()) == (["check_form"], Status.RELEASED)
    play.check_form()
    assert play.waiting() == ["schedule council", "schedule main", "schedule social"]


def test_an_antrag_asks_no_office_even_where_one_was_chosen(house: House) -> None:
    play = Play(house, kind=ProposalKind.ANTRAG, asked=("treasury",))
    play.submit()
    assert play.waiting() == ["check_form"]
    assert not CoSignature.everything.filter(proposal=play.proposal).exists()


def test_a_mitteilungsvorlage_is_noted(house: House) -> None:
    kind, route = ProposalKind.MITTEILUNGSVORLAGE, (("social", NOTE), ("board", NOTE))
    play = Play(house, at="in_route", kind=kind, route=route)
    play.treat("board", Outcome.NOTED)
    play.treat("social", Outcome.NOTED)
    play.assert_over(Status.NOTED)


def test_a_proposal_without_co_signing_goes_straight_to_release(house: House) -> None:
    play = Play(house)
    play.submit()
    assert (play.waiting(), play.status()) == (["release"], Status.AWAITING_RELEASE)


def test_thirty_rounds_do_not_let_the_token_grow(house: House) -> None:
    proposal = f.make_proposal(house, asked=("treasury", "staff"))
    lengths = []
    for _ in range(ROUNDS):
        f.submit(house, proposal)
        f.co_sign(house, proposal, "staff", Verdict.CHANGE_REQUESTED, "Keine Stelle frei")
        lengths.append(longest_token(proposal.pk))
    assert lengths[-1] <= lengths[0] + 2 * len(str(Task.objects.order_by("-pk")[0].pk))
    assert max(lengths) < 30  # of 150


def test_thirty_referrals_to_and_fro_end_like_one(house: House) -> None:
    play = Play(house, at="in_route", route=(("board", f.PRELIMINARY),))
    for _ in range(ROUNDS // 2):
        for here, there in (("board", "main"), ("main", "board")):
            target = (house.committee(there).pk,)
            row = play.station(here)
            f.treat(house, row, Outcome.REFERRED, refer_to=target, refer_back=False)
    play.check()
    assert play.waiting() == ["schedule board"]
    assert longest_token(play.proposal.pk) < 30
    play.treat("board", Outcome.RECOMMENDED)
    play.assert_over(Status.SETTLED)


def longest_token(proposal_id: int) -> int:
    of_draft = Task.objects.filter(process__proposalprocess__proposal=proposal_id)
    of_stations = Task.objects.filter(
        process__consultationprocess__consultation__proposal=proposal_id
    )
    return max(len(str(task.token)) for task in of_draft | of_stations)
