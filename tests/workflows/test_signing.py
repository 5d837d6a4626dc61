"""Mitzeichnung through the gate: stages, rounds, and the acts beside the tasks."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import CoSignature, ProposalVersion, ReturnedFrom, Role, Submission
from proposals.rules.co_signing import Part, Stage, Trigger, Verdict
from proposals.rules.costs import Qualifier
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.services.finance_drafts import CostDraft
from proposals.services.submission import (
    AskMoreAnswer,
    DelegateAnswer,
    ExpireAnswer,
    LateAnswer,
    RecallAnswer,
    ReleaseAnswer,
    TakeAnswer,
)
from tests import factories as f
from tests import signing as s
from tests.factories import House
from tests.workflows.playing import Play
from workflows import gate
from workflows.engine import Turn

COSTS = (CostDraft("Bau", Decimal(1000), qualifier=Qualifier.EXACT),)
OTHER = (CostDraft("Bau", Decimal(2000), qualifier=Qualifier.EXACT),)
TYPO = {Section.FACTS: "<p>Sachverhalt!</p>", Section.WORDING: "<p>Beschlussvorschlag.</p>"}
AFTER = f.DAY + timedelta(days=30)


def act(play: Play, user: str, answer: Any) -> Any:
    done = s.act(play.house.user(user), play.proposal, answer)
    play.check()
    return done


def rows(play: Play) -> dict[str, CoSignature]:
    """Return the rows of the newest round by their office."""
    newest = Submission.everything.filter(proposal=play.proposal).order_by("-number")[0]
    found = CoSignature.everything.filter(submission=newest).select_related("office")
    return {row.office.short_name: row for row in found}


def verdicts(play: Play) -> dict[str, str]:
    return {name: row.verdict for name, row in rows(play).items()}


def test_the_stages_follow_each_other_and_each_deadline_begins_with_its_stage(
    house: House,
) -> None:
    s.stages(house, *Stage)
    play = Play(house, asked=("treasury", "staff"))
    play.submit()
    assert play.waiting() == ["co_sign staff", "co_sign treasury"]
    play.co_sign("treasury")
    assert play.waiting() == ["co_sign staff"]
    assert [row.due_on for row in rows(play).values() if row.stage != Stage.OFFICES] == [None, None]
    play.co_sign("staff", Verdict.NOT_RESPONSIBLE)

    assert play.waiting() == ["co_sign lead"]
    lead = rows(play)["lead"]
    assert (lead.stage, lead.due_on is not None) == (Stage.OFFICE_HEAD, True)
    with pytest.raises(PermissionDenied):
        f.co_sign(house, play.proposal, "lead", actor="treasurer")
    f.co_sign(house, play.proposal, "lead", actor="chief")
    play.check()
    assert play.waiting() == ["co_sign top"]
    f.co_sign(house, play.proposal, "top", actor="director")
    play.check()
    assert play.waiting() == ["release"]


def test_a_change_requested_ends_the_round_in_any_stage_a_refusal_goes_up(house: House) -> None:
    s.stages(house, Stage.OFFICES, Stage.OFFICE_HEAD)
    play = Play(house, asked=("treasury",))
    play.submit()
    play.co_sign("treasury", Verdict.REFUSED, "Keine Deckung")
    assert play.waiting() == ["co_sign lead"]
    f.co_sign(house, play.proposal, "lead", Verdict.CHANGE_REQUESTED, "Kürzer", "chief")
    play.check()
    assert play.waiting() == ["draft"]

    play.submit()
    assert play.waiting() == ["co_sign treasury"], "who refused is asked again"


def test_the_rules_of_the_house_ask_and_say_why(house: House) -> None:
    s.rule(house, "treasury", Trigger.COSTS, days=3)
    s.rule(house, "staff", Trigger.POSITIONS, (Part.POSITIONS,))
    s.rule(house, "lead", Trigger.ALWAYS)
    with f.setting_up(house.municipality):
        empty = house.office("lead")
        empty.pk, empty.short_name, empty.name = None, "nobody", "Bauamt"
        empty._state.adding = True
        empty.save()
    s.rule(house, "nobody", Trigger.ALWAYS)
    play = Play(house, costs=COSTS)
    play.submit()
    assert verdicts(play) == {
        "treasury": Verdict.PENDING,
        "lead": Verdict.LEADING,
        "nobody": Verdict.NOBODY,
    }
    treasury = rows(play)["treasury"]
    assert treasury.because == [Trigger.COSTS]
    # 1 March 2024 is a Friday: three working days end on Wednesday
    assert treasury.due_on == f.DAY + timedelta(days=5)


def test_a_cost_item_re_opens_the_treasury_alone_and_a_typo_nobody(house: House) -> None:
    s.rule(house, "treasury", Trigger.COSTS)
    s.rule(house, "staff", Trigger.ALWAYS, (Part.POSITIONS,))
    play = Play(house, costs=COSTS)
    play.submit()
    play.co_sign("treasury")
    play.co_sign("staff", Verdict.WITH_REMARK, "Bitte ausschreiben")
    play.release(released=False, remark="Bitte den Text glätten")

    s.change(house, play.proposal, costs=COSTS, texts=TYPO)
    play.submit()
    assert play.waiting() == ["release"], "nobody is asked again"
    staff = rows(play)["staff"]
    assert (staff.verdict, staff.remark) == (Verdict.WITH_REMARK, "Bitte ausschreiben")
    assert staff.version == ProposalVersion.everything.get(proposal=play.proposal, number=1)
    assert staff.carried_from is not None

    act(play, "clerk", RecallAnswer("Neues Angebot"))
    s.change(house, play.proposal, costs=OTHER, texts=TYPO)
    play.submit()
    assert play.waiting() == ["co_sign treasury"]
    assert rows(play)["staff"].carried_from == staff.carried_from, "the answer itself"
    play.co_sign("treasury")
    assert play.waiting() == ["release"]


def test_the_lead_office_recalls_its_draft_before_the_release(house: House) -> None:
    play = Play(house, "submitted", asked=("treasury",))
    with pytest.raises(PermissionDenied):
        act(play, "treasurer", RecallAnswer())
    act(play, "clerk", RecallAnswer("Zahlen fehlen", on=f.DAY))
    assert play.waiting() == ["draft"]
    assert Submission.everything.get().returned_from == ReturnedFrom.LEAD_OFFICE
    with pytest.raises(RuleViolation, match="schon bei der Federführung"):
        act(play, "clerk", RecallAnswer())
    play.submit()
    play.co_sign("treasury")
    play.release()
    with pytest.raises(RuleViolation, match="ist freigegeben"):
        act(play, "clerk", RecallAnswer())


def test_one_more_office_is_asked_in_the_running_round_and_in_the_next(house: House) -> None:
    play = Play(house, "submitted")
    assert play.waiting() == ["release"]
    staff = house.office("staff").pk
    with pytest.raises(PermissionDenied):
        act(play, "secretary", AskMoreAnswer(staff))
    act(play, "head", AskMoreAnswer(staff, f.DAY))
    assert play.waiting() == ["co_sign staff"]
    for office, sentence in (("staff", "schon gebeten"), ("lead", "federführend")):
        with pytest.raises(RuleViolation, match=sentence):
            act(play, "clerk", AskMoreAnswer(house.office(office).pk))
    play.co_sign("staff", Verdict.CHANGE_REQUESTED, "Bitte ändern")
    play.submit()
    assert play.waiting() == ["co_sign staff"]


def test_an_office_hands_its_request_on_for_the_same_parts_and_day(house: House) -> None:
    play = Play(house, "submitted", asked=("treasury",))
    request, staff = rows(play)["treasury"], house.office("staff").pk
    with pytest.raises(PermissionDenied):
        act(play, "staffer", DelegateAnswer(request.pk, staff, "Stellen"))
    with pytest.raises(RuleViolation, match="warum Sie"):
        act(play, "treasurer", DelegateAnswer(request.pk, staff, " "))
    act(play, "treasurer", DelegateAnswer(request.pk, staff, "Es geht um Stellen"))
    assert play.waiting() == ["co_sign staff"]
    other = rows(play)["staff"]
    assert (other.parts, other.due_on) == (request.parts, request.due_on)
    assert other.delegated_by == request
    with pytest.raises(RuleViolation, match="schon beantwortet"):
        act(play, "treasurer", DelegateAnswer(request.pk, staff, "Noch einmal"))
    play.co_sign("staff")
    play.release(released=False, remark="Bitte kürzen")
    play.submit()
    assert verdicts(play) == {"treasury": Verdict.DELEGATED, "staff": Verdict.SIGNED}
    assert play.waiting() == ["release"]


def test_after_the_deadline_it_goes_on_without_and_a_late_answer_moves_nothing(
    house: House,
) -> None:
    play = Play(house, "submitted", asked=("treasury",))
    request = rows(play)["treasury"]
    with pytest.raises(RuleViolation, match=r"Die Frist läuft noch bis zum 08\.03\.2024"):
        act(play, "clerk", ExpireAnswer(request.pk, "Keine Antwort", f.DAY))
    with pytest.raises(PermissionDenied):
        act(play, "treasurer", ExpireAnswer(request.pk, "Keine Antwort", AFTER))
    with pytest.raises(RuleViolation, match="vermerken Sie"):
        act(play, "clerk", ExpireAnswer(request.pk, "", AFTER))
    late = LateAnswer(request.pk, Verdict.CHANGE_REQUESTED, "Doch zu teuer", AFTER)
    with pytest.raises(RuleViolation, match="nichts mehr nachgetragen"):
        act(play, "treasurer", late)

    act(play, "clerk", ExpireAnswer(request.pk, "Keine Antwort trotz Erinnerung", AFTER))
    assert play.waiting() == ["release"]
    act(play, "treasurer", late)
    assert play.waiting() == ["release"], "it moves nothing"
    row = rows(play)["treasury"]
    assert (row.verdict, row.expired_on) == (Verdict.CHANGE_REQUESTED, AFTER)
    assert row.expiry_note == "Keine Antwort trotz Erinnerung"


def test_one_of_the_office_takes_it_on_and_the_next_is_told_so(house: House) -> None:
    f.make_user(house, "colleague", Role.CO_SIGNER, office="treasury")
    play = Play(house, "submitted", asked=("treasury",))
    request = rows(play)["treasury"]
    act(play, "treasurer", TakeAnswer(request.pk))
    taken = rows(play)["treasury"].taken_by
    assert taken == house.user("treasurer")
    with pytest.raises(RuleViolation, match="Treasurer hat diese Mitzeichnung inzwischen"):
        act(play, "colleague", TakeAnswer(request.pk))
    with pytest.raises(RuleViolation, match="schon übernommen"):
        act(play, "treasurer", TakeAnswer(request.pk, taken.pk))
    act(play, "colleague", TakeAnswer(request.pk, taken.pk))
    with pytest.raises(RuleViolation, match="nicht übernommen"):
        act(play, "treasurer", TakeAnswer(request.pk, house.user("colleague").pk, gives_back=True))
    act(play, "colleague", TakeAnswer(request.pk, house.user("colleague").pk, gives_back=True))
    assert rows(play)["treasury"].taken_by is None
    play.co_sign("treasury")
    with pytest.raises(RuleViolation, match="schon beantwortet"):
        act(play, "treasurer", TakeAnswer(request.pk))


def test_a_release_over_a_refusal_says_why_and_keeps_it(house: House) -> None:
    play = Play(house, "submitted", asked=("treasury",))
    play.co_sign("treasury", Verdict.REFUSED, "Keine Deckung")
    assert play.waiting() == ["release"]
    with pytest.raises(RuleViolation, match="Kämmerei hat die Mitzeichnung verweigert"):
        play.release()
    play.release(remark="Deckung aus dem Nachtrag")
    assert Submission.everything.get().release_reason == "Deckung aus dem Nachtrag"


def test_whoever_releases_their_own_work_says_why(house: House) -> None:
    s.absent(house, "head", "clerk")
    play = Play(house, "submitted")
    release = ReleaseAnswer(released=True, signature_name="Clerk", on=f.DAY)
    turn = Turn(play.proposal.pk, "release")
    with pytest.raises(RuleViolation, match="selbst verfasst"):
        gate.complete(actor=house.user("clerk"), turn=turn, answer=release)
    answer = ReleaseAnswer(released=True, remark="Eilig", signature_name="Clerk", on=f.DAY)
    gate.complete(actor=house.user("clerk"), turn=turn, answer=answer)
    play.check()
    submission = Submission.everything.get()
    assert (submission.released_own_work, submission.release_reason) == (True, "Eilig")


def test_nothing_is_done_about_a_withdrawn_paper(house: House) -> None:
    play = Play(house, "submitted", asked=("treasury",))
    request = rows(play)["treasury"]
    play.withdraw("clerk")
    for answer in (RecallAnswer(), TakeAnswer(request.pk)):
        with pytest.raises(RuleViolation, match="zurückgezogen"):
            act(play, "clerk", answer)
