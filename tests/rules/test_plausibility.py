"""Each note from the case it came from (domain.md 3.3), and its silence where all is well."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from proposals.rules.costs import CostLine, Qualifier
from proposals.rules.deadlines import DeadlineFact
from proposals.rules.finances import Finances
from proposals.rules.funding import FundingLine
from proposals.rules.plausibility import (
    NoteCode,
    Paper,
    PlausibilityNote,
    fits_mask,
    objection_to_missing_reasons,
    plausibility_notes,
)
from proposals.rules.staffing import PositionSource, PostLine
from tests.rules.test_finances import WITTMUND

NBSP = "\u00a0"
WITTMUND_PAPER = Paper(
    finances=replace(
        WITTMUND,
        lines=(
            WITTMUND.lines[0],
            replace(WITTMUND.lines[1], before=Decimal(10_000), after=Decimal(20_000)),
        ),
    ),
    resolution="Es ist eine Vollzeitstelle im Stellenplan 2019 auszuweisen. Das Budget wird "
    "2019 von 10.000 € auf 20.000 € aufgestockt.",
    account="Aufwendung für Koordinierungsstelle",
)
COESFELD = Paper(
    finances=Finances(
        lines=(CostLine("Personalkosten für 3,5 Stellen", None, recurring=True, year=2016),),
        posts=(
            PostLine("Lehrkräfte", Decimal(2), PositionSource.SECONDED),
            PostLine("Fachkräfte", Decimal(2)),
            PostLine("Verwaltungswirt", Decimal(1)),
            PostLine("Verwaltungsassistenz", Decimal("0.5")),
            PostLine("KommAn-NRW", Decimal("1.5"), PositionSource.THIRD_PARTY),
        ),
        grants=(
            FundingLine(3, Decimal(50_000), Qualifier.UP_TO),
            FundingLine(1, Decimal(20_000), Qualifier.UP_TO),
        ),
        drafted=2016,
    ),
    resolution="Das Integrationskonzept wird beschlossen.",
    texts="Insgesamt 5,5 Stellen, dazu 1,5 befristete Stellen. Das Land fördert mit bis zu "
    "170.000 €, dreimal bis zu 50.000 € und einmal bis zu 20.000 €.",
    deadlines=(DeadlineFact("Vorlage beim Land", date(2016, 8, 31), external=True),),
    decision_on=date(2016, 9, 28),
)
OELDE = Paper(
    finances=Finances(
        lines=(
            CostLine("Anlaufstelle", Decimal(33_000), Qualifier.ABOUT, recurring=True, year=2018),
        ),
        posts=(
            PostLine(
                "Koordination", Decimal("0.5"), PositionSource.EXTERNAL, hours=Decimal("19.5")
            ),
        ),
        follow_up_words="rd. 33.000 € jährlich",
        drafted=2017,
    ),
    resolution="Die Stelle soll ausschließlich von einem externen Dienstleister wahrgenommen "
    "werden. Die Kosten von rd. 33.000 € jährlich sind im Haushalt 2018 zu veranschlagen.",
)


def notes_of(paper: Paper, code: NoteCode) -> list[PlausibilityNote]:
    return [note for note in plausibility_notes(paper) if note.code == code]


def codes(paper: Paper) -> set[NoteCode]:
    return {note.code for note in plausibility_notes(paper)}


def changed(paper: Paper, **values: object) -> Paper:
    return replace(paper, finances=replace(paper.finances, **values))  # type: ignore[arg-type]


def test_wittmund_is_asked_why_a_permanent_post_has_no_follow_up_costs() -> None:
    (note,) = notes_of(WITTMUND_PAPER, NoteCode.FOLLOW_UP)
    assert note.asks_reason
    assert "unbefristete Stelle" in note.sentence
    assert not notes_of(changed(WITTMUND_PAPER, follow_up_words="58.000 €"), NoteCode.FOLLOW_UP)
    # a recurring amount without a post is shown, and asks nothing
    (shown,) = notes_of(changed(OELDE, follow_up_words="keine"), NoteCode.FOLLOW_UP)
    assert not shown.asks_reason


def test_wittmund_is_asked_about_the_amount_left_open_under_a_resolution() -> None:
    (note,) = notes_of(WITTMUND_PAPER, NoteCode.UNQUANTIFIED)
    assert note.asks_reason
    assert f"mindestens 10.000{NBSP}€ (unvollständig)" in note.sentence
    told = replace(WITTMUND_PAPER, resolves=False, resolution="")
    assert not notes_of(told, NoteCode.UNQUANTIFIED)[0].asks_reason


def test_old_and_more_make_new_in_wittmund() -> None:
    assert not notes_of(WITTMUND_PAPER, NoteCode.BEFORE_AFTER)
    wrong = replace(WITTMUND_PAPER.finances.lines[1], after=Decimal(25_000))
    (note,) = notes_of(changed(WITTMUND_PAPER, lines=(wrong,)), NoteCode.BEFORE_AFTER)
    assert f"sind 20.000{NBSP}€, nicht 25.000{NBSP}€" in note.sentence


def test_coesfelds_posts_and_maxima_are_what_the_text_says() -> None:
    assert not notes_of(COESFELD, NoteCode.STATED_TOTAL)
    fewer = changed(COESFELD, posts=COESFELD.finances.posts[:3])
    (note,) = notes_of(fewer, NoteCode.STATED_TOTAL)
    assert note.sentence == "Der Text nennt 5,5 Stellen; eingetragen sind 5."
    less = changed(COESFELD, grants=COESFELD.finances.grants[:1])
    (note,) = notes_of(less, NoteCode.STATED_TOTAL)
    assert note.sentence == (
        f"Der Text nennt bis zu 170.000{NBSP}€; die Förderung ergibt bis zu 150.000{NBSP}€."
    )


def test_wedels_19_and_a_half_hours_are_half_a_post() -> None:
    post = PostLine(
        "Koordinierungsstelle", Decimal("0.5"), hours=Decimal("19.5"), full_hours=Decimal(39)
    )
    wedel = Paper(finances=Finances(posts=(post,), drafted=2022), resolves=False)
    assert not notes_of(wedel, NoteCode.HOURS)
    (note,) = notes_of(changed(wedel, posts=(replace(post, share=Decimal("0.6")),)), NoteCode.HOURS)
    assert "19,5 von 39 Stunden sind 0,5 Stelle, nicht 0,6" in note.sentence


def test_the_year_that_wittmunds_resolution_names_is_entered() -> None:
    assert not notes_of(WITTMUND_PAPER, NoteCode.PLAN_YEAR)
    later = replace(WITTMUND_PAPER, resolution="… im Stellenplan 2021 auszuweisen.")
    (note,) = notes_of(later, NoteCode.PLAN_YEAR)
    assert "Stellenplan 2021" in note.sentence
    assert not notes_of(OELDE, NoteCode.PLAN_YEAR)


def test_oeldes_external_service_is_no_post_of_the_town() -> None:
    assert not notes_of(OELDE, NoteCode.EXTERNAL)
    own = changed(OELDE, posts=(PostLine("Koordination", Decimal("0.5")),))
    (note,) = notes_of(own, NoteCode.EXTERNAL)
    assert "externen Dienstleister" in note.sentence


def test_wittmund_names_no_account_but_a_thing() -> None:
    assert not notes_of(WITTMUND_PAPER, NoteCode.ACCOUNT)
    strict = replace(WITTMUND_PAPER, account_pattern="######.######")
    (note,) = notes_of(strict, NoteCode.ACCOUNT)
    assert "Aufwendung für Koordinierungsstelle" in note.sentence
    assert fits_mask("313101.443100", "######.######")
    assert fits_mask("5-130101-000-02500-300-1", "######.###### | #-######-###-#####-###-#")
    assert not fits_mask("313101.44310", "######.######")


def test_bergkamen_speaks_of_funding_and_says_nothing_of_money() -> None:
    bergkamen = Paper(
        finances=Finances(drafted=2019),
        resolution="Kenntnisnahme",
        texts="Aufgrund erhaltener Fördermittel besteht die Möglichkeit, …",
    )
    assert codes(bergkamen) == {NoteCode.NO_BLOCK}
    assert not codes(changed(bergkamen, no_effect=True))


def test_coesfelds_deadline_ends_before_the_decision() -> None:
    (note,) = notes_of(COESFELD, NoteCode.DEADLINE)
    assert "31.08.2016" in note.sentence
    assert not notes_of(replace(COESFELD, decision_on=date(2016, 8, 30)), NoteCode.DEADLINE)


@pytest.mark.parametrize(
    ("resolution", "named"),
    [
        ("Dafür werden jährlich 96.000 € bereitgestellt.", "jährlich 96.000 €"),
        ("Dafür werden 99.000 Euro bereitgestellt.", "99.000 €"),
    ],
)
def test_a_figure_in_the_resolution_stands_in_the_table(resolution: str, named: str) -> None:
    lines = (
        CostLine("Personal 2019", Decimal(98_400), year=2019),
        CostLine("Personal", Decimal(101_500), recurring=True, year=2020),
    )
    paper = Paper(finances=Finances(lines=lines, drafted=2019), resolution=resolution)
    (note,) = notes_of(paper, NoteCode.AMOUNT)
    assert note.asks_reason
    sentence = note.sentence.replace(NBSP, " ")
    assert f"nennt {named}; eingetragen ist: 2019: 98.400 €, 2020: 101.500 €" in sentence
    fitting = replace(paper, resolution="Es werden ab 2020 jährlich 101.500 € bereitgestellt.")
    assert not notes_of(fitting, NoteCode.AMOUNT)
    for case in (WITTMUND_PAPER, OELDE, COESFELD):
        assert not notes_of(case, NoteCode.AMOUNT)


def test_exactly_three_notes_ask_for_a_reason_and_none_of_a_motion() -> None:
    worst = replace(
        changed(WITTMUND_PAPER, posts=(PostLine("a", Decimal("0.5"), hours=Decimal(30)),)),
        resolution="Externer Dienstleister, jährlich 96.000 €, Stellenplan 2031, 7 Stellen",
        account_pattern="##",
        deadlines=COESFELD.deadlines,
        decision_on=date(2019, 1, 1),
    )
    asking = {note.code for note in plausibility_notes(worst) if note.asks_reason}
    assert asking == {NoteCode.FOLLOW_UP, NoteCode.UNQUANTIFIED, NoteCode.AMOUNT}
    assert len(codes(worst)) > 7
    motion = replace(worst, is_motion=True)
    assert not any(note.asks_reason for note in plausibility_notes(motion))


def test_a_reason_is_asked_for_once_and_overcomes_the_note() -> None:
    notes = plausibility_notes(WITTMUND_PAPER)
    asked = objection_to_missing_reasons(notes, {"follow_up": "Die Stelle ist befristbar."})
    assert asked is not None
    assert (asked.waivable, asked.field) == (True, "reason_unquantified")
    reasons = {"follow_up": "Die Stelle ist befristbar.", "unquantified": "Tarif offen."}
    assert objection_to_missing_reasons(notes, reasons) is None
    assert objection_to_missing_reasons([], {}) is None
