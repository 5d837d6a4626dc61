"""Redaktionelle Korrektur through the gate: no signature re-opens, no station moves."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import CoSignature, Submission, VersionOrigin, Wording
from proposals.models.facts import current_submission, voting_basis
from proposals.rules.co_signing import Part, Trigger, Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.costs import Qualifier
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.services.finance_drafts import CostDraft
from proposals.services.submission import DelegateAnswer
from tests import factories as f
from tests import signing as s
from tests import versions as v
from tests.factories import House
from tests.workflows.playing import Play

COSTS = (CostDraft("Bau", Decimal(1000), qualifier=Qualifier.EXACT),)
MENDED = {Section.FACTS: "<p>Sachverhalt, berichtigt.</p>"}
WORDS = {Section.WORDING: "<p>Beschlussvorschlag, berichtigt.</p>"}


def signed(house: House, at: str) -> Play:
    """Return a paper that Kämmerei and Personal signed, both for what is going to be mended."""
    s.rule(house, "treasury", Trigger.COSTS, (Part.COSTS, Part.TEXTS, Part.WORDING))
    s.rule(house, "staff", Trigger.ALWAYS, (Part.TEXTS, Part.ATTACHMENTS))
    return Play(house, at, costs=COSTS)


def verdicts(play: Play) -> dict[str, tuple[str, bool]]:
    newest = Submission.everything.filter(proposal=play.proposal).order_by("-number")[0]
    rows = CoSignature.everything.filter(submission=newest).select_related("office")
    return {row.office.short_name: (row.verdict, bool(row.carried_from_id)) for row in rows}


@pytest.mark.parametrize("at", ["released", "in_route"])
def test_a_typing_error_re_opens_nobody_now_and_nobody_in_a_later_round(
    house: House, at: str
) -> None:
    play = signed(house, at)
    waiting = play.waiting()
    answer = v.correction(play.proposal, texts=MENDED, subject="Neubau der Kreisstraße 7")
    with pytest.raises(PermissionDenied):
        s.act(house.user("clerk"), play.proposal, answer)
    s.act(house.user("secretary"), play.proposal, answer)
    play.check()
    assert play.waiting() == waiting
    version = v.issued(play.proposal)
    assert (version.number, version.origin) == (2, VersionOrigin.EDITORIAL)
    assert version.content["head"]["subject"] == "Neubau der Kreisstraße 7"
    assert verdicts(play) == {"treasury": ("signed", True), "staff": ("signed", True)}
    assert Wording.everything.filter(proposal=play.proposal).count() == 1

    if at == "released":
        play.check_form()
    play.treat("social", Outcome.RETURNED)
    play.submit()
    assert play.waiting() == ["release"], "who signed before the typing error was mended is bound"


def test_who_answered_in_the_place_of_another_office_still_does(house: House) -> None:
    s.rule(house, "treasury", Trigger.ALWAYS, (Part.TEXTS,))
    play = Play(house)
    play.submit()
    asked = CoSignature.everything.get(proposal=play.proposal)
    answer = DelegateAnswer(asked.pk, house.office("staff").pk, "Zuständig ist Personal", f.DAY)
    s.act(house.user("treasurer"), play.proposal, answer)
    play.co_sign("staff")
    play.release()
    s.act(house.user("secretary"), play.proposal, v.correction(play.proposal, texts=MENDED))
    play.check_form()
    play.treat("social", Outcome.RETURNED)
    play.submit()
    assert play.waiting() == ["release"]
    assert verdicts(play)["treasury"][0] == Verdict.DELEGATED


def test_the_wording_is_mended_until_a_committee_dealt_with_it(house: House) -> None:
    play = signed(house, "in_route")
    s.act(house.user("secretary"), play.proposal, v.correction(play.proposal, texts=WORDS))
    play.check()
    basis = voting_basis(play.proposal, current_submission(f.reread(play.proposal)))
    assert basis is not None
    assert basis.html == WORDS[Section.WORDING]

    play.treat("social", Outcome.RECOMMENDED)
    again = {Section.WORDING: "<p>Noch einmal.</p>"}
    with pytest.raises(RuleViolation, match="hat schon ein Gremium beraten") as refusal:
        s.act(house.user("secretary"), play.proposal, v.correction(play.proposal, texts=again))
    assert refusal.value.field == "wording"
    s.act(house.user("secretary"), play.proposal, v.correction(play.proposal, texts=MENDED))
    play.check()
    assert v.issued(play.proposal).number == 3


def test_a_correction_says_what_and_why_and_is_nothing_else(house: House) -> None:
    play = signed(house, "in_route")
    secretary = house.user("secretary")

    def refused(match: str, **values: object) -> None:
        with pytest.raises(RuleViolation, match=match):
            s.act(secretary, play.proposal, v.correction(play.proposal, **values))

    refused("nichts geändert")
    refused("was Sie korrigiert haben", texts=MENDED, reason=" ")
    refused("Betreff angeben", subject=" ")
    refused("nicht geleert oder angefügt", texts={Section.FACTS: ""})
    refused("nicht geleert oder angefügt", texts={Section.ALTERNATIVES: "<p>Keine.</p>"})
    refused("jemand anders diese Vorlage geändert", texts=MENDED, revision=99)
    s.change(house, play.proposal, costs=COSTS, texts=v.NEW_FACTS)
    refused("bereitet gerade eine Austauschfassung vor", subject="Anders")
    draft = f.make_proposal(house)
    with pytest.raises(RuleViolation, match="erst nach der Freigabe"):
        s.act(secretary, draft, v.correction(draft, texts=MENDED))


def test_the_title_of_an_annex_is_mended(house: House) -> None:
    play = Play(house)
    annex = v.annexed(house, play.proposal, "Kostenberechung")
    play.submit()
    play.release()
    with pytest.raises(RuleViolation, match="jeder Anlage einen Titel"):
        s.act(
            house.user("secretary"),
            play.proposal,
            v.correction(play.proposal, titles={annex.pk: " "}),
        )
    titles = {annex.pk: "Kostenberechnung"}
    s.act(house.user("secretary"), play.proposal, v.correction(play.proposal, titles=titles))
    play.check()
    assert [row["title"] for row in v.issued(play.proposal).content["attachments"]] == [
        "Kostenberechnung"
    ]
