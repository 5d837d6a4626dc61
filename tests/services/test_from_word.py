"""What was chosen of a Word file is written in one event, and nothing else of the draft changes."""

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import ProposalText
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.services.drafting import StaleDraft
from proposals.services.from_word import FromWordAnswer, take_from_word, texts_of_draft
from tests import factories as f


def test_only_the_chosen_texts_change(house: f.House) -> None:
    draft = f.make_proposal(house)
    before = texts_of_draft(draft)
    answer = FromWordAnswer("a.docx", draft.revision, {"facts": "<p>Neu<script>x</script></p>"})
    saved = take_from_word(actor=house.user("clerk"), proposal=draft, answer=answer)
    assert saved.revision == draft.revision + 1
    assert texts_of_draft(saved) == before | {"facts": "<p>Neu</p>"}
    history = ProposalText.history.filter(section=Section.WORDING)
    assert history.count() == 1, "an untouched text gets no new history"


def test_a_stale_or_foreign_draft_and_an_empty_choice_are_refused(house: f.House) -> None:
    draft = f.make_proposal(house)
    before = texts_of_draft(draft)
    clerk, now = house.user("clerk"), draft.revision
    chosen = {"facts": "<p>Neu</p>"}
    with pytest.raises(PermissionDenied):
        take_from_word(
            actor=house.user("secretary"),
            proposal=draft,
            answer=FromWordAnswer("a.docx", now, chosen),
        )
    with pytest.raises(StaleDraft):
        take_from_word(
            actor=clerk, proposal=draft, answer=FromWordAnswer("a.docx", now - 1, chosen)
        )
    for texts in ({}, {"subject": " "}, {"subject": "x" * 501}):
        with pytest.raises(RuleViolation):
            take_from_word(actor=clerk, proposal=draft, answer=FromWordAnswer("a.docx", now, texts))
    sent = f.make_proposal(house, "submitted")
    with pytest.raises(RuleViolation, match="abgegeben"):
        take_from_word(
            actor=clerk, proposal=sent, answer=FromWordAnswer("a.docx", sent.revision, chosen)
        )
    assert texts_of_draft(f.reread(draft)) == before
