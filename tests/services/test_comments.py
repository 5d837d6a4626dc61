import pytest
from django.core.exceptions import PermissionDenied

from proposals.documents.content import draft_content
from proposals.models import Audience, Proposal
from proposals.models.drafting import Comment
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.selectors.comments import comments_of
from proposals.services.comments import CommentAnswer, SettleAnswer, comment, settle_comment
from tests import factories as f


def ask(house: f.House, proposal: Proposal, who: str = "clerk", **values: object) -> Comment:
    answer = CommentAnswer(**{"text": "Stimmt die Zahl?", **values})  # type: ignore[arg-type]
    return comment(actor=house.user(who), proposal=proposal, answer=answer)


def texts(house: f.House, proposal: Proposal, who: str) -> list[str] | None:
    known = comments_of(proposal, house.user(who))
    return None if known is None else [thread.text for thread in known.threads]


def test_a_question_is_asked_answered_and_settled(house: f.House) -> None:
    proposal = f.make_proposal(house)
    first = ask(house, proposal, section=Section.FACTS)
    ask(house, proposal, text="Ja, siehe Anlage.", answers_id=first.pk)

    known = comments_of(proposal, house.user("clerk"))
    assert known is not None
    (thread,) = known.threads
    assert (thread.about, [row.text for row in thread.answers]) == (
        "Sachverhalt",
        ["Ja, siehe Anlage."],
    )
    assert known.open_count == 1

    answer = SettleAnswer(first.pk)
    settle_comment(actor=house.user("clerk"), proposal=proposal, answer=answer)
    known = comments_of(proposal, house.user("clerk"))
    assert known is not None
    assert known.open_count == 0
    with pytest.raises(RuleViolation, match="schon erledigt"):
        settle_comment(actor=house.user("clerk"), proposal=proposal, answer=answer)


def test_a_settled_question_that_is_answered_again_is_open_again(house: f.House) -> None:
    proposal = f.make_proposal(house)
    first = ask(house, proposal)
    settle_comment(
        actor=house.user("clerk"), proposal=proposal, answer=SettleAnswer(first.pk, f.DAY)
    )
    again = ask(house, proposal, text="Doch nicht.", answers_id=first.pk)
    reply = ask(house, proposal, text="Warum?", answers_id=again.pk)
    assert reply.answers_id == first.pk  # an answer to an answer stays in its thread
    assert Comment.everything.get(pk=first.pk).settled_on is None


def test_only_who_works_on_the_paper_reads_and_writes(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", asked=["treasury"])
    ask(house, proposal, "treasurer")
    for who in ("clerk", "treasurer", "head", "secretary"):
        assert texts(house, proposal, who) == ["Stimmt die Zahl?"], who
    for who in ("staffer", "auditor", "administrator", "minutes", "deputy"):
        assert texts(house, proposal, who) is None, who
        assert not Comment.objects.visible_to(house.user(who)).exists(), who
        with pytest.raises(PermissionDenied, match="Rückfragen stellen"):
            ask(house, proposal, who)


def test_nothing_of_it_is_in_a_document(house: f.House) -> None:
    proposal = f.make_proposal(house)
    ask(house, proposal, text="Nur unter uns")
    assert "Nur unter uns" not in repr(draft_content(proposal, audience=Audience.INTERNAL))


def test_an_empty_question_and_one_on_a_withdrawn_paper_are_refused(house: f.House) -> None:
    proposal, other = f.make_proposal(house), f.make_proposal(house)
    with pytest.raises(RuleViolation, match="worum es geht"):
        ask(house, proposal, text=" ")
    with pytest.raises(RuleViolation, match="gibt es hier nicht"):
        ask(house, proposal, answers_id=ask(house, other).pk)
    f.withdraw(house, proposal, "clerk")
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        ask(house, proposal)
