from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    Attachment,
    Consultation,
    CoSigningOffice,
    CostItem,
    Entry,
    Proposal,
    ProposalText,
    User,
)
from proposals.models.content import content_of
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.services.attachments import StoredFile, attach, detach
from proposals.services.drafting import (
    DeadlineDraft,
    DraftAnswer,
    StaleDraft,
    StationDraft,
    create_proposal,
    save_draft,
)
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from tests import factories as f
from tests.factories import House
from workflows import gate

FILE = StoredFile("0" * 64, "application/pdf", 100)


def test_only_the_office_begins_a_paper_and_only_the_sitzungsdienst_an_antrag(
    house: House,
) -> None:
    paper, motion = f.draft_answer(house), f.draft_answer(house, kind=ProposalKind.ANTRAG)
    with pytest.raises(PermissionDenied, match="Sozialamt"):
        create_proposal(actor=house.user("secretary"), answer=paper)
    with pytest.raises(PermissionDenied, match="Antrag"):
        create_proposal(actor=house.user("clerk"), answer=motion)
    assert not Proposal.everything.exists()

    assert create_proposal(actor=house.user("clerk"), answer=paper).status == "draft"
    assert create_proposal(actor=house.user("secretary"), answer=motion).kind == "antrag"


def test_a_draft_keeps_everything_that_was_typed(house: House) -> None:
    answer = f.draft_answer(
        house,
        asked=("treasury",),
        subject="  Neubau  ",
        texts={Section.FACTS: "<p>Lage</p><script>x</script>", Section.WORDING: "<p>Ja</p>"},
        costs=[CostDraft("Bau", Decimal(100000)), CostDraft("Personal", None)],
        positions=[PositionDraft("Bauleitung", Decimal("0.5"))],
        funding=[FundingDraft("Land", Decimal(50000), count=3)],
        deadlines=[DeadlineDraft("Antragsfrist", f.DAY)],
    )
    proposal = create_proposal(actor=house.user("clerk"), answer=answer, on=f.DAY)
    assert (proposal.subject, proposal.drafted_on, proposal.term is None) == (
        "Neubau",
        f.DAY,
        False,
    )
    assert [row.amount for row in proposal.cost_items.all()] == [Decimal(100000), None]
    assert proposal.texts.get(section="facts").html == "<p>Lage</p>"
    counts = (proposal.positions, proposal.funding, proposal.deadlines, proposal.consultations)
    assert [rows.count() for rows in counts] == [1, 1, 1, 3]
    assert proposal.co_signing_offices.get().office == house.office("treasury")


def test_a_saved_draft_says_what_was_typed_last_and_leaves_the_rest_alone(house: House) -> None:
    costs = [CostDraft("Bau", Decimal(1)), CostDraft("Grunderwerb", Decimal(2))]
    proposal = f.make_proposal(house, costs=costs, asked=("treasury", "staff"))
    kept = CostItem.everything.get(proposal=proposal, position=1)
    versions = kept.history.count()

    answer = f.draft_answer(house, costs=costs[:1], asked=("staff",), route=f.ROUTE[:1])
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    assert kept.history.count() == versions
    assert CostItem.everything.get(proposal=proposal) == kept
    assert CoSigningOffice.everything.get(proposal=proposal).office == house.office("staff")
    assert Consultation.everything.get(proposal=proposal).committee == house.committee("social")


def test_of_two_who_edit_the_second_is_told_and_nothing_is_overwritten(house: House) -> None:
    proposal, clerk = f.make_proposal(house), house.user("clerk")
    first, second = (f.draft_answer(house, subject=word) for word in ("Neu A", "Neu B"))
    save_draft(actor=clerk, proposal=proposal, answer=first)
    entries = Entry.everything.count()
    with pytest.raises(StaleDraft, match="jemand anders"):
        save_draft(actor=clerk, proposal=proposal, answer=second)
    saved = f.reread(proposal)
    assert (saved.subject, saved.revision, Entry.everything.count()) == ("Neu A", 1, entries)

    save_draft(actor=clerk, proposal=proposal, answer=replace(second, revision=1))
    assert f.reread(proposal).subject == "Neu B"


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"costs": [CostDraft("", Decimal(1))]}, "bezeichnen Sie die Kostenposition"),
    ({"costs": [CostDraft("Bau", Decimal(-1))]}, "nicht negativ"),
    ({"costs": [CostDraft("Bau", Decimal("0.001"))]}, "höchstens zwei Nachkommastellen"),
    (
        {"costs": [CostDraft("Bau", Decimal(1), recurring=True, year=2021, until=2020)]},
        "liegt vor dem ersten",
    ),
    ({"funding": [FundingDraft("Land", Decimal(-1))]}, "nicht negativ"),
    ({"funding": [FundingDraft("Land", Decimal(1), count=0)]}, "mindestens 1"),
    ({"number": "   000   "}, "Platzhalter"),
]


@pytest.mark.parametrize(("values", "sentence"), IMPOSSIBLE)
def test_what_can_never_be_right_is_refused_at_the_start_and_later(
    house: House, values: dict[str, Any], sentence: str
) -> None:
    proposal, clerk = f.make_proposal(house), house.user("clerk")
    answer = f.draft_answer(house, **values)
    with pytest.raises(RuleViolation, match=sentence):
        create_proposal(actor=clerk, answer=answer)
    with pytest.raises(RuleViolation, match=sentence):
        save_draft(actor=clerk, proposal=proposal, answer=answer)
    assert f.reread(proposal).revision == 0


def test_offices_and_committees_of_another_house_are_refused(house: House) -> None:
    other, clerk = f.make_house("fremd"), house.user("clerk")
    proposal = f.make_proposal(house)
    answer = f.draft_answer(house)
    committee = StationDraft(other.committee("social").pk, f.PRELIMINARY)
    strangers = [
        replace(answer, route=[committee]),
        replace(answer, co_signing_offices=[other.office("staff").pk]),
    ]
    for stranger in strangers:
        with pytest.raises(RuleViolation, match="gibt es in Landkreis Muster nicht"):
            create_proposal(actor=clerk, answer=stranger)
        with pytest.raises(RuleViolation, match="gibt es in Landkreis Muster nicht"):
            save_draft(actor=clerk, proposal=proposal, answer=stranger)


def test_a_draft_stays_with_its_office_an_antrag_may_move(house: House) -> None:
    proposal, motion = f.make_proposal(house), f.make_proposal(house, kind=ProposalKind.ANTRAG)
    answer = f.draft_answer(house, office="staff")
    with pytest.raises(RuleViolation, match="Federführung"):
        save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)

    answer = f.draft_answer(house, kind=ProposalKind.ANTRAG, office="staff")
    save_draft(actor=house.user("secretary"), proposal=motion, answer=answer)
    assert f.reread(motion).lead_office == house.office("staff")
    assert gate.agrees(f.reread(motion))


def save(actor: User, proposal: Proposal, answer: DraftAnswer) -> None:
    save_draft(actor=actor, proposal=proposal, answer=answer)


def add_annex(actor: User, proposal: Proposal, answer: DraftAnswer) -> None:
    attach(actor=actor, proposal=proposal, title="Plan", file_name="plan.pdf", file=FILE)


def remove_annex(actor: User, proposal: Proposal, answer: DraftAnswer) -> None:
    detach(actor=actor, attachment=Attachment.everything.get(proposal=proposal))


EDITS: list[Callable[[User, Proposal, DraftAnswer], None]] = [save, add_annex, remove_annex]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_a_draft_is_changed_by_its_office_until_it_is_handed_in(
    house: House, edit: Callable[[User, Proposal, DraftAnswer], None]
) -> None:
    clerk, answer = house.user("clerk"), f.draft_answer(house)

    def begun() -> Proposal:
        proposal = f.make_proposal(house)
        add_annex(clerk, proposal, answer)
        return proposal

    mine, handed_in, withdrawn = begun(), begun(), begun()
    f.submit(house, handed_in)
    f.withdraw(house, withdrawn, "clerk")
    with pytest.raises(PermissionDenied):
        edit(house.user("treasurer"), mine, answer)
    with pytest.raises(RuleViolation, match="abgegeben"):
        edit(clerk, handed_in, answer)
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        edit(clerk, withdrawn, answer)
    edit(clerk, mine, answer)


def test_annexes_are_numbered_in_their_order_and_take_the_file_name_for_a_title(
    house: House,
) -> None:
    proposal, clerk = f.make_proposal(house), house.user("clerk")
    for title in ("", "Kosten"):
        attach(actor=clerk, proposal=proposal, title=title, file_name="plan.pdf", file=FILE)
    rows = Attachment.everything.filter(proposal=proposal)
    assert [(row.position, row.title) for row in rows] == [(1, "plan"), (2, "Kosten")]


def test_a_version_names_the_ziffer_of_its_money_and_says_nothing_where_there_is_none(
    house: House,
) -> None:
    """Versions from before there were clauses keep their digests."""
    plain, own = CostDraft("Bau", Decimal(5)), CostDraft("Betrieb", Decimal(5), clause=2)
    post = PositionDraft("Fachkraft", Decimal(1), clause=3)
    content = content_of(f.make_proposal(house, costs=[plain, own], positions=[post]))
    items = content["costs"]["items"]
    assert "clause" not in items[0]
    assert set(items[1]) - set(items[0]) == {"clause"}
    assert (items[1]["clause"], content["positions"][0]["clause"]) == (2, 3)


def test_an_unchanged_text_gets_no_new_history_row(house: House) -> None:
    proposal = f.make_proposal(house)
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=f.draft_answer(house))
    for row in ProposalText.everything.filter(proposal=proposal):
        assert row.history.count() == 1
