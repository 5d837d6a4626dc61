from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    CoSignature,
    Origin,
    Outbox,
    Person,
    ProposalVersion,
    Reason,
    ReturnedFrom,
    Role,
    RoleAssignment,
    Submission,
    Wording,
)
from proposals.rules.asking import CONTENT
from proposals.rules.co_signing import Verdict
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.services.drafting import save_draft
from proposals.services.finance_drafts import CostDraft, PositionDraft
from proposals.services.submission import (
    CoSignAnswer,
    FormCheckAnswer,
    ReleaseAnswer,
    SubmitAnswer,
    check_form,
    co_sign,
    release,
    submit,
)
from tests import factories as f
from tests.factories import House

FACTS_ONLY = {Section.FACTS: "<p>Lage.</p>", Section.WORDING: ""}
INCOMPLETE = [
    ({"texts": FACTS_ONLY}, "Es fehlt noch: Beschlussvorschlag"),
    ({"texts": {}}, "Es fehlt noch: Sachverhalt, Beschlussvorschlag"),
    ({"route": ()}, "mindestens ein Gremium"),
    ({"subject": " "}, "Bitte einen Betreff angeben"),
    (
        {"no_financial_effect": True, "costs": [CostDraft("Bau", Decimal(1))]},
        "Keine finanziellen Auswirkungen",
    ),
]


@pytest.mark.parametrize(("values", "sentence"), INCOMPLETE)
def test_an_incomplete_draft_is_not_handed_in(
    house: House, values: dict[str, Any], sentence: str
) -> None:
    proposal = f.make_proposal(house, **values)
    with pytest.raises(RuleViolation, match=sentence):
        f.submit(house, proposal)
    assert not Submission.everything.exists()

    save_draft(actor=house.user("clerk"), proposal=proposal, answer=f.draft_answer(house))
    f.submit(house, proposal)
    assert f.reread(proposal).status == "awaiting_release"


def test_only_the_lead_office_hands_in_and_once(house: House) -> None:
    proposal = f.make_proposal(house)
    with pytest.raises(PermissionDenied):
        submit(actor=house.user("treasurer"), proposal=proposal, answer=SubmitAnswer())
    f.submit(house, proposal)
    with pytest.raises(RuleViolation, match="schon abgegeben"):
        submit(actor=house.user("clerk"), proposal=f.reread(proposal), answer=SubmitAnswer())


def test_the_hand_in_freezes_a_version_and_its_wording(house: House) -> None:
    proposal = f.make_proposal(house, "submitted", positions=[PositionDraft("Leitung", Decimal(1))])
    version = ProposalVersion.everything.get(proposal=proposal)
    assert version.content["head"]["subject"] == proposal.subject
    assert version.content["positions"][0]["share"] == "1.000"
    assert set(version.part_digests) == set(version.content) - {"v"}
    wording = Wording.everything.get(version=version)
    assert (wording.origin, wording.html) == (Origin.ADMINISTRATION, version.content["wording"])
    assert wording.parent is None


def test_an_unchanged_round_is_the_same_version_a_changed_one_a_new_link_of_the_chain(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "submitted")
    f.release(house, proposal, released=False, remark="Bitte prüfen")
    f.submit(house, proposal)
    assert ProposalVersion.everything.count() == 1
    assert Submission.everything.count() == 2

    f.release(house, proposal, released=False, remark="Bitte kürzen")
    texts = {Section.FACTS: "<p>Kurz.</p>", Section.WORDING: "<p>Ja.</p>"}
    answer = f.draft_answer(house, texts=texts)
    save_draft(actor=house.user("clerk"), proposal=f.reread(proposal), answer=answer)
    f.submit(house, proposal)
    first, second = Wording.everything.order_by("pk")
    assert (second.parent, second.html) == (first, "<p>Ja.</p>")
    assert Submission.everything.get(number=3).version == second.version


def test_the_wording_of_an_antrag_is_its_movers(house: House) -> None:
    f.make_proposal(house, "submitted", kind=ProposalKind.ANTRAG)
    assert Wording.everything.get().origin == Origin.MOVER


def test_an_antrag_needs_neither_co_signing_nor_release(house: House) -> None:
    proposal = f.make_proposal(house, "submitted", kind=ProposalKind.ANTRAG, asked=("treasury",))
    submission = Submission.everything.get(proposal=proposal)
    assert (submission.released_on, submission.released_by) == (f.DAY, None)
    assert not CoSignature.everything.exists()
    with pytest.raises(RuleViolation, match="schon freigegeben"):
        release(actor=house.user("head"), proposal=proposal, answer=ReleaseAnswer(released=True))
    f.check_form(house, proposal)
    assert f.reread(proposal).status == "registered"


@pytest.mark.parametrize(
    "verdict", [Verdict.WITH_REMARK, Verdict.CHANGE_REQUESTED, Verdict.REFUSED]
)
def test_an_answer_that_says_something_needs_a_remark(house: House, verdict: Verdict) -> None:
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    with pytest.raises(RuleViolation, match="Anmerkung"):
        f.co_sign(house, proposal, "treasury", verdict, "  ")
    assert CoSignature.everything.get().verdict == Verdict.PENDING

    f.co_sign(house, proposal, "treasury", verdict, " Deckung fehlt ")
    signature = CoSignature.everything.get()
    assert (signature.verdict, signature.remark) == (verdict, "Deckung fehlt")
    assert Reason.objects.get(text="Deckung fehlt").salt


def test_an_office_answers_for_itself_and_once(house: House) -> None:
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    request = CoSignature.everything.get(proposal=proposal)
    signed = CoSignAnswer(Verdict.SIGNED)
    with pytest.raises(PermissionDenied, match="nicht um Mitzeichnung gebeten"):
        co_sign(actor=house.user("staffer"), co_signature=request, answer=signed)
    answer = CoSignAnswer(Verdict.PENDING)
    with pytest.raises(RuleViolation, match="wählen Sie eine Antwort"):
        co_sign(actor=house.user("treasurer"), co_signature=request, answer=answer)

    co_sign(actor=house.user("treasurer"), co_signature=request, answer=signed)
    request = CoSignature.everything.get(pk=request.pk)
    digests = request.submission.version.part_digests
    assert request.covered == {part: digests[part] for part in CONTENT}, "its parts alone"
    assert (request.version, request.on_behalf_of) == (request.submission.version, None)
    assert request.answered_by == house.user("treasurer")
    with pytest.raises(RuleViolation, match="schon beantwortet"):
        co_sign(actor=house.user("treasurer"), co_signature=request, answer=signed)


def test_who_wrote_it_co_signs_with_a_reason_only(house: House) -> None:
    with f.setting_up(house.municipality):
        RoleAssignment(
            person=Person.objects.get(user=house.user("clerk")),
            role=Role.CO_SIGNER,
            office=house.office("treasury"),
            valid_from=f.TERM_START,
        ).save()
    f.make_proposal(house, "submitted", asked=("treasury",))
    request, clerk = CoSignature.everything.get(), house.user("clerk")
    with pytest.raises(RuleViolation, match="selbst verfasst"):
        co_sign(actor=clerk, co_signature=request, answer=CoSignAnswer(Verdict.SIGNED))
    answer = CoSignAnswer(Verdict.SIGNED, "Vertretung der Kämmerei")
    assert co_sign(actor=clerk, co_signature=request, answer=answer).verdict == Verdict.SIGNED


def test_one_wish_for_a_change_ends_the_round_and_the_next_asks_whoever_has_not_signed(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "submitted", asked=("treasury", "staff"))
    f.co_sign(house, proposal, "staff", Verdict.CHANGE_REQUESTED, "Keine Stelle frei")
    first = Submission.everything.get()
    assert (first.returned_from, first.returned_on) == (ReturnedFrom.CO_SIGNING, f.DAY)
    lapsed = first.co_signatures.model.everything.get(verdict=Verdict.PENDING)
    answer = CoSignAnswer(Verdict.SIGNED)
    with pytest.raises(RuleViolation, match="schon beantwortet"):
        co_sign(actor=house.user("treasurer"), co_signature=lapsed, answer=answer)

    f.submit(house, proposal)
    second = CoSignature.everything.filter(submission__number=2)
    assert {row.office.short_name for row in second} == {"treasury", "staff"}
    assert {row.verdict for row in second} == {Verdict.PENDING}


def test_release_waits_for_every_answer_and_is_signed_once(house: House) -> None:
    proposal, head = f.make_proposal(house, asked=("treasury",)), house.user("head")
    yes = ReleaseAnswer(released=True, signature_name=" Onno Muster ", on=f.DAY)
    with pytest.raises(RuleViolation, match="liegt noch bei der Federführung"):
        release(actor=head, proposal=f.reread(proposal), answer=yes)
    f.submit(house, proposal)
    with pytest.raises(RuleViolation, match="Es fehlen noch Mitzeichnungen: 1"):
        release(actor=head, proposal=f.reread(proposal), answer=yes)
    f.co_sign(house, proposal, "treasury", Verdict.NOT_RESPONSIBLE)
    with pytest.raises(PermissionDenied, match="nur die Verwaltungsleitung"):
        release(actor=house.user("secretary"), proposal=f.reread(proposal), answer=yes)

    release(actor=head, proposal=f.reread(proposal), answer=yes)
    submission = Submission.everything.get()
    assert (submission.released_by, submission.signature_name) == (head, "Onno Muster")
    with pytest.raises(RuleViolation, match="schon freigegeben"):
        release(actor=head, proposal=f.reread(proposal), answer=yes)


def test_a_return_before_release_and_a_formal_return_say_why(house: House) -> None:
    proposal = f.make_proposal(house, "submitted")
    with pytest.raises(RuleViolation, match="was zu ändern ist"):
        f.release(house, proposal, released=False)
    f.release(house, proposal, released=False, remark="Bitte kürzen")
    f.submit(house, proposal)
    f.release(house, proposal)
    with pytest.raises(RuleViolation, match="was zu ändern ist"):
        f.check_form(house, proposal, passed=False)
    f.check_form(house, proposal, passed=False, remark="Anlage fehlt")

    rows = Submission.everything.order_by("number")
    assert [row.returned_from for row in rows] == [ReturnedFrom.RELEASE, ReturnedFrom.FORM_CHECK]
    assert f.reread(proposal).status == "returned"


def test_the_form_is_checked_after_the_release_by_the_sitzungsdienst_and_once(
    house: House,
) -> None:
    proposal, secretary = f.make_proposal(house, "submitted"), house.user("secretary")
    passed = FormCheckAnswer(passed=True, on=f.DAY)
    with pytest.raises(RuleViolation, match="noch nicht freigegeben"):
        check_form(actor=secretary, proposal=proposal, answer=passed)
    f.release(house, proposal)
    with pytest.raises(PermissionDenied, match="nur der Sitzungsdienst"):
        check_form(actor=house.user("head"), proposal=f.reread(proposal), answer=passed)

    check_form(actor=secretary, proposal=f.reread(proposal), answer=passed)
    assert f.reread(proposal).status == "registered"
    order = Outbox.objects.get()
    assert (order.kind, order.payload["proposal"]) == ("documents", proposal.pk)
    for answer in (passed, FormCheckAnswer(passed=False, remark="Anlage fehlt")):
        with pytest.raises(RuleViolation, match="schon geprüft"):
            check_form(actor=secretary, proposal=f.reread(proposal), answer=answer)
