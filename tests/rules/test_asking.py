"""Whom a hand-in asks, and which signatures hold on."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.rules.asking import (
    CONTENT,
    PARTS,
    Asking,
    Given,
    Request,
    Round,
    changed_parts,
    requests_of,
    triggers_of,
)
from proposals.rules.co_signing import HOLDING, Part, Stage, Trigger, Verdict

LEAD, TREASURY, STAFF, LEGAL, TOP = range(1, 6)
MONEY = (Part.COSTS, Part.POSITIONS, Part.FUNDING, Part.WORDING)
RULES = (
    Asking(Trigger.COSTS, TREASURY, MONEY, 3),
    Asking(Trigger.POSITIONS, TREASURY, (Part.POSITIONS,), 2),
    Asking(Trigger.POSITIONS, STAFF, (Part.POSITIONS,)),
    Asking(Trigger.CONTRACT, LEGAL, (Part.WORDING, Part.TEXTS)),
    Asking(Trigger.ALWAYS, LEAD, CONTENT),
)
ABLE = dict.fromkeys(Stage, (LEAD, TREASURY, STAFF, LEGAL, TOP))
DIGESTS: dict[str, str] = {part: f"{part} 1" for part in PARTS}
OFFICES = Round((Stage.OFFICES,), LEAD, TOP, ABLE)
EVERY_STAGE = Round(tuple(Stage), LEAD, TOP, ABLE)
EMPTY: dict[str, Any] = {
    "head": {"public": True},
    "costs": {"items": [], "follow_up_words": "", "income_words": ""},
    "positions": [],
    "funding": [],
}


def asked(
    house: Round = OFFICES,
    triggers: set[Trigger] | None = None,
    by_hand: tuple[int, ...] = (),
    answers: tuple[Given, ...] = (),
    digests: dict[str, str] = DIGESTS,
) -> dict[tuple[Stage, int], Request]:
    found = triggers if triggers is not None else {Trigger.COSTS}
    rows = requests_of(house, found, RULES, by_hand, answers, digests)
    assert len({(row.stage, row.office) for row in rows}) == len(rows), "one row an office"
    return {(row.stage, row.office): row for row in rows}


def signed(
    office: int,
    parts: tuple[Part, ...],
    verdict: Verdict = Verdict.SIGNED,
    stage: Stage = Stage.OFFICES,
    **values: Any,
) -> Given:
    covered = {part.value: DIGESTS[part] for part in parts}
    return Given(office * 10, stage, office, verdict, covered, **values)


@pytest.mark.parametrize(
    ("content", "matters", "expected"),
    [
        ({}, (), set()),
        ({"costs": {"items": [{}]}}, (), {Trigger.COSTS}),
        ({"costs": {"items": [], "income_words": "12 €"}}, (), {Trigger.COSTS}),
        ({"positions": [{}]}, (), {Trigger.COSTS, Trigger.POSITIONS}),
        ({"funding": [{}]}, (), {Trigger.COSTS}),
        (
            {"funding": [{"conditions": "Eigenanteil"}]},
            (),
            {Trigger.COSTS, Trigger.GRANT_CONDITIONS},
        ),
        ({"head": {"public": False}}, (), {Trigger.NON_PUBLIC}),
        ({}, ("contract", "award"), {Trigger.CONTRACT, Trigger.AWARD}),
        ({}, ("always", "costs"), set()),
    ],
)
def test_what_a_version_says_names_its_triggers(
    content: dict[str, Any], matters: tuple[str, ...], expected: set[Trigger]
) -> None:
    assert triggers_of({**EMPTY, **content}, matters) == expected | {Trigger.ALWAYS}


def test_an_office_is_asked_once_with_every_reason_and_the_shortest_deadline() -> None:
    triggers = {Trigger.COSTS, Trigger.POSITIONS}
    rows = asked(triggers=triggers, by_hand=(TREASURY,))
    treasury = rows[Stage.OFFICES, TREASURY]
    assert treasury.because == (Trigger.COSTS, Trigger.POSITIONS, Trigger.BY_HAND)
    assert treasury.parts == CONTENT
    assert (treasury.days, treasury.verdict) == (2, Verdict.PENDING)
    assert rows[Stage.OFFICES, STAFF].parts == (Part.POSITIONS,)
    assert (Stage.OFFICES, LEGAL) not in rows


def test_the_lead_office_and_one_without_anybody_have_rows_without_a_task() -> None:
    house = Round((Stage.OFFICES,), LEAD, None, {Stage.OFFICES: (TREASURY,)})
    rows = asked(house, {Trigger.ALWAYS, Trigger.CONTRACT, Trigger.COSTS})
    verdicts = {office: row.verdict for (_, office), row in rows.items()}
    assert verdicts == {
        LEAD: Verdict.LEADING,
        LEGAL: Verdict.NOBODY,
        TREASURY: Verdict.PENDING,
    }


def test_the_stages_follow_each_other_and_a_house_without_any_has_the_offices() -> None:
    stages = [stage for stage, _ in asked(EVERY_STAGE)]
    assert stages == [Stage.OFFICES, Stage.OFFICE_HEAD, Stage.DEPARTMENT]
    assert (Stage.OFFICE_HEAD, LEAD) in asked(EVERY_STAGE)
    assert (Stage.DEPARTMENT, TOP) in asked(EVERY_STAGE)
    without = Round(tuple(Stage), LEAD, None, ABLE)
    assert [stage for stage, _ in asked(without)] == [Stage.OFFICES, Stage.OFFICE_HEAD]
    assert [stage for stage, _ in asked(Round((), LEAD, TOP, ABLE))] == [Stage.OFFICES]


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_signature_and_not_being_responsible_hold_on(verdict: Verdict) -> None:
    row = asked(answers=(signed(TREASURY, MONEY, verdict),))[Stage.OFFICES, TREASURY]
    if verdict in HOLDING:
        assert (row.verdict, row.carried_from) == (verdict, TREASURY * 10)
    else:
        assert (row.verdict, row.carried_from) == (Verdict.PENDING, None)


def test_a_signature_holds_on_in_an_office_that_nobody_sits_in_any_more() -> None:
    house = Round((Stage.OFFICES,), LEAD, None, {})
    row = asked(house, answers=(signed(TREASURY, MONEY),))[Stage.OFFICES, TREASURY]
    assert row.verdict == Verdict.SIGNED


def test_one_that_is_asked_for_more_than_it_signed_is_asked_again() -> None:
    row = asked(answers=(signed(TREASURY, (Part.COSTS,)),))[Stage.OFFICES, TREASURY]
    assert row.verdict == Verdict.PENDING


def test_what_was_handed_on_holds_on_with_the_answer_of_the_other_office() -> None:
    handed = Given(20, Stage.OFFICES, TREASURY, Verdict.DELEGATED, {}, LEGAL)
    answers = (handed, signed(LEGAL, MONEY))
    rows = asked(answers=answers)
    assert rows[Stage.OFFICES, TREASURY].verdict == Verdict.DELEGATED
    other = rows[Stage.OFFICES, LEGAL]
    assert (other.verdict, other.carried_from) == (Verdict.SIGNED, LEGAL * 10)
    assert other.delegated_by == TREASURY

    changed = asked(answers=answers, digests={**DIGESTS, Part.COSTS: "neu"})
    assert changed[Stage.OFFICES, TREASURY].verdict == Verdict.PENDING
    assert (Stage.OFFICES, LEGAL) not in changed


def test_a_typo_in_the_reasons_re_opens_nobody_and_a_cost_item_the_treasury_alone() -> None:
    triggers = {Trigger.COSTS, Trigger.POSITIONS}
    answers = (signed(TREASURY, MONEY), signed(STAFF, (Part.POSITIONS,)))

    def reopened(part: Part) -> set[int]:
        rows = asked(triggers=triggers, answers=answers, digests={**DIGESTS, part: "neu"})
        return {office for (_, office), row in rows.items() if row.verdict == Verdict.PENDING}

    assert reopened(Part.TEXTS) == set()
    assert reopened(Part.ATTACHMENTS) == set()
    assert reopened(Part.COSTS) == {TREASURY}
    assert reopened(Part.POSITIONS) == {TREASURY, STAFF}


some_parts = st.sets(st.sampled_from(PARTS), min_size=1).map(
    lambda chosen: tuple(part for part in PARTS if part in chosen)
)


@settings(max_examples=300)
@given(
    parts=st.dictionaries(st.integers(2, 9), some_parts, min_size=1),
    changed=st.sets(st.sampled_from(PARTS)),
    stages=st.sets(st.sampled_from(list(Stage))),
)
def test_a_change_re_opens_exactly_the_signatures_that_cover_it(
    parts: dict[int, tuple[Part, ...]], changed: set[Part], stages: set[Stage]
) -> None:
    rules = [Asking(Trigger.ALWAYS, office, own) for office, own in parts.items()]
    able = {stage: set(range(1, 10)) for stage in Stage}
    house = Round(tuple(stages), LEAD, TOP, able)
    first = requests_of(house, {Trigger.ALWAYS}, rules, (), (), DIGESTS)
    answers = [
        Given(number, row.stage, row.office, Verdict.SIGNED, {p: DIGESTS[p] for p in row.parts})
        for number, row in enumerate(first, start=1)
    ]
    digests = {part.value: "neu" if part in changed else DIGESTS[part] for part in PARTS}

    second = requests_of(house, {Trigger.ALWAYS}, rules, (), answers, digests)

    assert [(row.stage, row.office) for row in second] == [(r.stage, r.office) for r in first]
    for row in second:
        covers = bool(changed & set(row.parts))
        assert (row.verdict == Verdict.PENDING) == covers
        assert (row.carried_from is None) == covers


@given(st.sets(st.sampled_from(PARTS)), some_parts)
def test_changed_parts_are_those_that_were_signed_and_differ(
    changed: set[Part], parts: tuple[Part, ...]
) -> None:
    covered = {part.value: DIGESTS[part] for part in parts}
    digests = {part.value: "neu" if part in changed else DIGESTS[part] for part in PARTS}
    assert set(changed_parts(parts, covered, digests)) == changed & set(parts)
