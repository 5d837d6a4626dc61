from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    AgendaItem,
    Consultation,
    CoSignature,
    Entry,
    Origin,
    Proposal,
    Reissue,
    Relation,
    Wording,
)
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.relations import RelationKind
from proposals.rules.results import RecommendationAs
from proposals.rules.words import ProposalKind
from proposals.selectors.proposal_page import proposal_page
from proposals.services.drafting import save_draft
from proposals.services.relations import (
    ReissueAnswer,
    RelateAnswer,
    reissue,
    relate,
    unrelate,
)
from tests import factories as f
from tests.factories import House

AMENDMENT, MOTION = ProposalKind.AENDERUNGSANTRAG, ProposalKind.ANTRAG


def amendment_to(house: House, paper: Proposal, at: str = "draft", **draft: Any) -> Proposal:
    return f.make_proposal(house, at, kind=AMENDMENT, amends_id=paper.pk, **draft)


def test_an_amendment_names_the_paper_it_would_change_and_takes_its_way(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    f.treat(house, f.station(paper, "social"), Outcome.RECOMMENDED)
    motion = amendment_to(house, paper, "in_route", route=())
    relation = Relation.everything.get()
    assert (relation.proposal, relation.to, relation.kind) == (motion, paper, RelationKind.AMENDS)
    stations = Consultation.everything.filter(proposal=motion)
    assert [row.committee.short_name for row in stations] == ["main", "council"]
    assert not CoSignature.everything.filter(proposal=motion).exists()
    assert Wording.everything.get(proposal=motion).origin == Origin.MOVER


def test_an_amendment_is_entered_by_the_sitzungsdienst_alone(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    with pytest.raises(PermissionDenied, match="keine Änderungsantrag anlegen"):
        amendment_to(house, paper, author="clerk")


def test_an_amendment_without_its_paper_is_saved_and_not_handed_in(house: House) -> None:
    motion = f.make_proposal(house, kind=AMENDMENT)
    with pytest.raises(RuleViolation, match="Bitte die Vorlage angeben") as asked:
        f.submit(house, motion)
    assert asked.value.field == "amends"

    paper = f.make_proposal(house, "in_route")
    answer = f.draft_answer(house, kind=AMENDMENT, amends_id=paper.pk, revision=0)
    save_draft(actor=house.user("secretary"), proposal=motion, answer=answer)
    f.submit(house, f.reread(motion))
    assert f.reread(motion).status == "released"


def test_the_paper_of_an_amendment_is_changed_in_its_draft(house: House) -> None:
    first, second = (f.make_proposal(house, "in_route") for _ in range(2))
    motion = amendment_to(house, first)
    secretary = house.user("secretary")
    answer = f.draft_answer(house, kind=AMENDMENT, amends_id=second.pk, revision=0)
    save_draft(actor=secretary, proposal=motion, answer=answer)
    assert Relation.everything.get().to == second
    with pytest.raises(RuleViolation, match="steht in seinem Entwurf"):
        unrelate(actor=secretary, relation=Relation.everything.get())
    other = RelateAnswer(RelationKind.AMENDS, first.pk)
    with pytest.raises(RuleViolation, match="steht in seinem Entwurf"):
        relate(actor=secretary, proposal=motion, answer=other)


def test_what_cannot_be_amended_is_refused_at_the_field(house: House) -> None:
    notice = f.make_proposal(house, "in_route", kind=ProposalKind.MITTEILUNGSVORLAGE)
    gone = f.make_proposal(house, "in_route")
    f.withdraw(house, gone)
    foreign = f.make_proposal(f.make_house("fremd"), "in_route")
    for paper, sentence in (
        (notice, "hat keinen Beschlussvorschlag"),
        (gone, "ist zurückgezogen"),
        (foreign, "gibt es hier nicht"),
    ):
        with pytest.raises(RuleViolation, match=sentence) as refused:
            amendment_to(house, paper)
        assert refused.value.field == "amends"
    assert not Relation.everything.exists()


def test_the_statement_of_the_administration_is_linked_to_the_motion(house: House) -> None:
    motion = f.make_proposal(house, "in_route", kind=MOTION)
    notice = f.make_proposal(house, "in_route", kind=ProposalKind.MITTEILUNGSVORLAGE)
    answer = RelateAnswer(RelationKind.STATEMENT, motion.pk)
    with pytest.raises(PermissionDenied, match="nur die Federführung und der Sitzungsdienst"):
        relate(actor=house.user("head"), proposal=notice, answer=answer)
    relation = relate(actor=house.user("clerk"), proposal=notice, answer=answer)
    with pytest.raises(RuleViolation, match="besteht schon"):
        relate(actor=house.user("secretary"), proposal=notice, answer=answer)
    back = RelateAnswer(RelationKind.STATEMENT, notice.pk)
    with pytest.raises(RuleViolation, match="anderen Richtung"):
        relate(actor=house.user("secretary"), proposal=motion, answer=back)

    unrelate(actor=house.user("clerk"), relation=relation)
    assert not Relation.everything.exists()


def test_a_relation_is_seen_from_both_papers_by_who_sees_both(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    secret = f.make_proposal(house, "in_route", public=False, subject="Geheime Sache")
    adviser = f.make_member(house, "adviser", "board")
    answer = RelateAnswer(RelationKind.SUPPLEMENTS, paper.pk)
    relate(actor=house.user("clerk"), proposal=secret, answer=answer)
    page = proposal_page(paper, house.user("secretary"))
    assert [(row.words, row.number, row.subject) for row in page.relations] == [
        ("ergänzt durch", secret.number, "Geheime Sache")
    ]
    page = proposal_page(secret, house.user("secretary"))
    assert [(row.words, row.number) for row in page.relations] == [("Ergänzung zu", paper.number)]
    assert proposal_page(paper, adviser).relations == []
    # the history of the earlier paper does not tell either
    named = Entry.everything.order_by("-seq")[0].named.filter(label="proposals.proposal")
    assert list(named.values_list("object_id", flat=True)) == [secret.pk]


@pytest.fixture
def reissuing(house: House) -> House:
    house.municipality.recommendation_as = RecommendationAs.REISSUE
    house.municipality.suffix_pattern = "/{n}"
    with f.setting_up(house.municipality):
        house.municipality.save()
    return house


def recommend(house: House, paper: Proposal, committee: str, html: str) -> Wording:
    item = f.treat(house, f.station(paper, committee), Outcome.RECOMMENDED_CHANGED, wording=html)
    wording = AgendaItem.everything.get(pk=item.pk).result_wording
    assert wording is not None
    return wording


def test_a_recommendation_is_issued_anew_with_the_next_suffix(reissuing: House) -> None:
    paper = f.make_proposal(reissuing, "in_route", number="SV-9-0667")
    secretary = reissuing.user("secretary")
    first = recommend(reissuing, paper, "social", "<p>Durch einen Dienstleister.</p>")
    assert proposal_page(paper, secretary).number == "SV-9-0667"  # never by itself

    answer = ReissueAnswer(date(2024, 3, 2))
    assert reissue(actor=secretary, wording=first, answer=answer).suffix == 1
    page = proposal_page(f.reread(paper), secretary)
    assert page.number == "SV-9-0667/1"
    assert page.recommendations[0]["issued"] == "herausgegeben als SV-9-0667/1 am 02.03.2024"
    with pytest.raises(RuleViolation, match="schon als SV-9-0667/1 herausgegeben"):
        reissue(actor=secretary, wording=first, answer=answer)

    second = recommend(reissuing, paper, "main", "<p>Durch zwei Dienstleister.</p>")
    reissue(actor=secretary, wording=second, answer=answer)
    assert proposal_page(f.reread(paper), secretary).number == "SV-9-0667/2"
    assert f.reread(paper).number == "SV-9-0667"


def test_a_suffix_that_is_another_papers_number_is_stepped_over(reissuing: House) -> None:
    paper = f.make_proposal(reissuing, "in_route", number="SV-9-0667")
    f.make_proposal(reissuing, number="SV-9-0667/1")
    wording = recommend(reissuing, paper, "social", "<p>Anders.</p>")
    row = reissue(actor=reissuing.user("secretary"), wording=wording, answer=ReissueAnswer())
    assert row.suffix == 2


def test_who_may_not_know_the_recommendation_reads_no_suffix(reissuing: House) -> None:
    paper = f.make_proposal(reissuing, "in_route", number="SV-9-0667")
    adviser = f.make_member(reissuing, "adviser", "board")
    wording = recommend(reissuing, paper, "main", "<p>Hinter verschlossenen Türen.</p>")
    reissue(actor=reissuing.user("secretary"), wording=wording, answer=ReissueAnswer())
    assert proposal_page(paper, adviser).number == "SV-9-0667"
    assert not Reissue.objects.visible_to(adviser).exists()
    newest = Entry.everything.order_by("-seq")[0]
    assert not Entry.objects.visible_to(adviser).filter(pk=newest.pk).exists()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda house, paper: None, "nur der Wortlaut, den ein Gremium empfiehlt"),
        (
            lambda house, paper: f.treat(
                house, f.station(paper, "council"), Outcome.REJECTED, reason="Eilig"
            ),
            "nur der Wortlaut, den ein Gremium empfiehlt",
        ),
    ],
)
def test_the_wording_of_the_administration_is_not_issued_anew(
    reissuing: House, prepare: Callable[[House, Proposal], object], sentence: str
) -> None:
    paper = f.make_proposal(reissuing, "in_route", number="SV-9-0667")
    prepare(reissuing, paper)
    own = Wording.everything.get(proposal=paper, version__isnull=False)
    with pytest.raises(RuleViolation, match=sentence):
        reissue(actor=reissuing.user("secretary"), wording=own, answer=ReissueAnswer())


def test_other_houses_and_other_people_issue_nothing_anew(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    wording = recommend(house, paper, "social", "<p>Anders.</p>")
    with pytest.raises(RuleViolation, match="als Hinweis weiter, nicht als neue Fassung"):
        reissue(actor=house.user("secretary"), wording=wording, answer=ReissueAnswer())
    with pytest.raises(PermissionDenied, match="nur der Sitzungsdienst"):
        reissue(actor=house.user("clerk"), wording=wording, answer=ReissueAnswer())
    assert not Reissue.everything.exists()
