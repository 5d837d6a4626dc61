"""Austauschfassung through the gate: presented, refused, released, while the stations go on."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    CoSignature,
    Exchange,
    Outbox,
    Proposal,
    ProposalVersion,
    StatementRequest,
    Submission,
    VersionOrigin,
    Wording,
)
from proposals.models.facts import current_submission, voting_basis
from proposals.rules.co_signing import Part, Stage, Trigger, Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.costs import Qualifier
from proposals.rules.errors import RuleViolation
from proposals.services.finance_drafts import CostDraft
from tests import factories as f
from tests import signing as s
from tests import versions as v
from tests.factories import House
from tests.workflows.playing import Play

COSTS = (CostDraft("Bau", Decimal(1000), qualifier=Qualifier.EXACT),)
OTHER = (CostDraft("Bau", Decimal(2000), qualifier=Qualifier.EXACT),)
OWN = "<p>Der Ausschuss sagt es anders.</p>"


def in_route(house: House, **draft: Any) -> Play:
    return Play(house, "in_route", **draft)


def numbers(house: House, user: str, proposal: Proposal) -> list[int]:
    rows = ProposalVersion.objects.visible_to(house.user(user)).filter(proposal=proposal)
    return list(rows.order_by("number").values_list("number", flat=True))


def test_a_new_version_is_presented_and_released_while_the_stations_go_on(house: House) -> None:
    play = in_route(house)
    item = play.schedule("social")
    before = play.waiting()
    s.change(house, play.proposal, texts=v.NEW_FACTS)
    play.check()
    assert v.issued(play.proposal).number == 1, "what is saved is not issued"
    with pytest.raises(PermissionDenied):
        v.present(house, play.proposal, actor="treasurer")
    with pytest.raises(RuleViolation, match="was an der Fassung neu ist"):
        v.present(house, play.proposal, " ")
    v.present(house, play.proposal)
    play.check()
    assert play.waiting() == sorted([*before, "decide_exchange"])
    assert numbers(house, "deputy", play.proposal) == [1], "it waits in the administration"
    assert not Exchange.objects.visible_to(house.user("deputy")).exists()
    with pytest.raises(RuleViolation, match="liegt schon zur Freigabe vor"):
        s.change(house, play.proposal, texts=v.TEXTS)

    with pytest.raises(PermissionDenied):
        v.decide(house, play.proposal, actor="clerk")
    v.decide(house, play.proposal)
    play.check()
    version = v.issued(play.proposal)
    assert (version.number, version.origin) == (2, VersionOrigin.EXCHANGE)
    assert version.author == house.user("clerk")
    assert numbers(house, "deputy", play.proposal) == [1, 2], "the old version stays"
    assert Exchange.objects.visible_to(house.user("deputy")).get().note == v.NOTE
    assert play.waiting() == before
    assert play.status() == "registered"
    submission = current_submission(f.reread(play.proposal))
    assert submission is not None
    assert (submission.number, submission.signature_name) == (2, "Landrätin")
    ordered = Outbox.objects.filter(kind="documents").values_list("payload", flat=True)
    assert version.pk in [payload["version"] for payload in ordered]
    f.treat(house, play.station("social"), Outcome.RECOMMENDED)
    play.check()
    assert item.consultation is not None
    with pytest.raises(RuleViolation, match="bereits erledigt"):
        v.decide(house, play.proposal)


def test_a_refusal_needs_a_word_and_leaves_everything_as_it_was(house: House) -> None:
    play = in_route(house)
    s.change(house, play.proposal, texts=v.NEW_WORDING)
    v.present(house, play.proposal)
    with pytest.raises(RuleViolation, match="warum die Fassung nicht ausgetauscht wird"):
        v.decide(house, play.proposal, released=False)
    v.decide(house, play.proposal, released=False, remark="Erst nach dem Fachausschuss")
    play.check()
    assert v.issued(play.proposal).number == 1
    assert numbers(house, "deputy", play.proposal) == [1]
    assert Submission.everything.filter(proposal=play.proposal).count() == 1

    # the same version may be presented again, and the refused one changed nobody's basis
    basis = voting_basis(play.proposal, current_submission(play.proposal))
    assert basis is not None
    assert basis.version == v.issued(play.proposal)
    v.present(house, play.proposal)
    v.decide(house, play.proposal)
    play.check()
    assert v.issued(play.proposal).number == 2


def test_what_waits_is_no_basis_for_a_vote_after_it_was_refused(house: House) -> None:
    play = in_route(house)
    s.change(house, play.proposal, texts=v.NEW_WORDING)
    v.present(house, play.proposal)
    v.decide(house, play.proposal, released=False, remark="Nein")
    s.act(house.user("secretary"), play.proposal, v.late_annex("Gutachten"))
    play.check()
    assert v.issued(play.proposal).number == 3
    basis = voting_basis(play.proposal, current_submission(f.reread(play.proposal)))
    assert basis is not None
    assert basis.html == v.TEXTS[next(iter(k for k in v.TEXTS if k == "wording"))]


def test_only_what_is_with_the_committees_is_exchanged(house: House) -> None:
    draft = f.make_proposal(house)
    with pytest.raises(RuleViolation, match="noch nicht in der Beratung"):
        v.present(house, draft)
    same = f.make_proposal(house, "in_route")
    with pytest.raises(RuleViolation, match="sagt dasselbe"):
        v.present(house, same)
    s.change(house, same, texts=v.NEW_FACTS)
    for name, outcome in (
        ("social", Outcome.RECOMMENDED),
        ("main", Outcome.RECOMMENDED),
        ("council", Outcome.DECIDED),
    ):
        f.treat(house, f.station(same, name), outcome)
    with pytest.raises(RuleViolation, match="ist beschlossen"):
        v.present(house, same)
    with pytest.raises(RuleViolation, match="ist beschlossen"):
        s.change(house, same, texts=v.TEXTS)


def test_what_was_decided_meanwhile_is_not_exchanged_any_more(house: House) -> None:
    play = in_route(house)
    s.change(house, play.proposal, texts=v.NEW_FACTS)
    v.present(house, play.proposal)
    play.treat("social", Outcome.RECOMMENDED)
    play.treat("main", Outcome.RECOMMENDED)
    play.treat("council", Outcome.DECIDED)
    with pytest.raises(RuleViolation, match="inzwischen beschlossen"):
        v.decide(house, play.proposal)
    v.decide(house, play.proposal, released=False, remark="Ist beschlossen")
    play.check()
    assert play.waiting() == []


def test_a_recommendation_outlives_an_exchange_that_leaves_the_wording(house: House) -> None:
    play = in_route(house)
    play.treat("social", Outcome.RECOMMENDED_CHANGED, wording=OWN)
    v.exchange(house, play.proposal, texts=v.NEW_FACTS)
    play.check()
    basis = voting_basis(play.proposal, current_submission(f.reread(play.proposal)))
    assert basis is not None
    assert basis.html == OWN

    v.exchange(house, play.proposal, texts={**v.NEW_WORDING})
    play.check()
    basis = voting_basis(play.proposal, current_submission(f.reread(play.proposal)))
    assert basis is not None
    assert basis.version == v.issued(play.proposal)
    assert Wording.everything.filter(proposal=play.proposal).count() == 3


def test_exactly_the_covering_offices_are_asked_for_a_statement(house: House) -> None:
    s.stages(house, Stage.OFFICES, Stage.OFFICE_HEAD)
    s.rule(house, "treasury", Trigger.COSTS, (Part.COSTS,))
    s.rule(house, "staff", Trigger.ALWAYS, (Part.POSITIONS,))
    play = Play(house, costs=COSTS)
    play.submit()
    play.co_sign("treasury")
    play.co_sign("staff")
    f.co_sign(house, play.proposal, "lead", actor="chief")
    play.release()
    play.check_form()
    v.exchange(house, play.proposal, costs=OTHER)
    play.check()
    assert "state treasury" in play.waiting()
    request = StatementRequest.everything.get(proposal=play.proposal)
    assert (request.office.short_name, request.version) == ("treasury", v.issued(play.proposal))
    rows = CoSignature.everything.filter(submission__number=2).select_related("office")
    said = {row.office.short_name: (row.verdict, row.carried_from_id is None) for row in rows}
    assert said == {"treasury": (Verdict.STATEMENT, True), "staff": (Verdict.SIGNED, False)}

    v.exchange(house, play.proposal, costs=OTHER, texts=v.NEW_FACTS)
    play.check()
    asked = StatementRequest.everything.filter(proposal=play.proposal)
    assert [row.office.short_name for row in asked] == ["treasury"], "not again about the same"
    v.exchange(house, play.proposal, costs=COSTS + OTHER, texts=v.NEW_FACTS)
    play.check()
    first, second = asked.order_by("pk")
    assert (first.lapsed_on, second.lapsed_on) == (f.DAY, None)
    assert play.waiting().count("state treasury") == 1


def test_a_withdrawn_or_returned_paper_is_not_exchanged(house: House) -> None:
    play = in_route(house)
    s.change(house, play.proposal, texts=v.NEW_FACTS)
    v.present(house, play.proposal)
    play.treat("social", Outcome.RETURNED)
    with pytest.raises(RuleViolation, match="ist inzwischen eine andere"):
        v.decide(house, play.proposal)
    play.withdraw()
    assert play.waiting() == []


def test_whether_a_paper_is_public_does_not_change_on_its_way(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    answer = replace(f.draft_answer(house, revision=paper.revision), public=False)
    with pytest.raises(RuleViolation):
        s.change(house, paper, public=answer.public)
