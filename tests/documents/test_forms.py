"""The two forms: nothing missing, nothing invented, each line where the house expects it."""

import re
from decimal import Decimal
from pathlib import Path

from proposals.documents import package
from proposals.documents.checks import findings, paragraph_text, text_of
from proposals.documents.context import CostRow, ProposalContext
from proposals.documents.render import render
from proposals.documents.wml import W
from tests.documents.outline import outline
from tests.documents.samples import GOLDEN, RESERVATION, decided, neutral, sample, vote, wittmund
from tests.documents.words import in_order


def test_the_forms_use_known_names_only_and_print_nearly_all_of_them() -> None:
    names = set(ProposalContext.__annotations__)
    assert names - wittmund().variables() == {
        *("abschnitte", "aktenzeichen", "art", "beschluss", "datum", "federfuehrung"),
        *("foerderung", "fristen", "leitung", "sachbearbeitung", "stellen"),
    }
    assert names - neutral().variables() == {
        *("art", "sachverhalt", "beschlussvorschlag", "leitung", "sachbearbeitung"),
    }


def test_the_headings_of_wittmund_stand_letter_by_letter_and_in_order() -> None:
    printed = text_of(render(wittmund(), sample()))
    order = [
        *("BESCHLUSSVORLAGE", "öffentlich", "Beratungsfolge", "Sitzungstermin", "TOP", "Betreff:"),
        *("Sachverhalt:", "Finanzierung:", "1. Gesamtkosten", "2. jährliche Folgekosten"),
        *(
            "3. objektbezogene Einnahmen",
            "Haushaltsmittel",
            "Produktkonto: ",
            "Noch zur Verfügung:",
        ),
        *("stehen nicht zur Verfügung", "Beschlussvorschlag:", "Wittmund, den 09.11.2018"),
        *(
            "gez. Muster, Martina",
            "Abstimmungsergebnis:",
            "Fraktion",
            "Fachausschuss",
            "Kreisausschuss",
        ),
        *("Kreistag", "Anlagenverzeichnis:"),
    ]
    assert in_order(printed, order)


def test_boxes_stay_empty_until_somebody_knows() -> None:
    context = sample()
    assert "☒" not in text_of(render(wittmund(), context))
    assert text_of(render(wittmund(), context)).count("☐") == 5
    finance = context["finanzierung"]
    assert finance is not None

    finance["verfuegbar"] = Decimal("12000.00")
    assert "☒\xa0Noch zur Verfügung: 12.000\xa0€" in text_of(render(wittmund(), context))
    finance.update({"verfuegbar": None, "nicht_verfuegbar": True})
    assert "☒\xa0stehen nicht zur Verfügung" in text_of(render(wittmund(), context))


def test_no_amount_prints_as_keine_without_a_euro_sign() -> None:
    context = sample()
    finance = context["finanzierung"]
    assert finance is not None
    finance.update({"gesamtkosten": "", "folgekosten": "", "einnahmen": "", "keine": True})
    assert text_of(render(wittmund(), context)).count("keine\t☐") == 3
    assert "keine €" not in text_of(render(wittmund(), context)).replace("\xa0", " ")


def test_the_row_of_the_fraktion_is_never_filled_and_two_committees_have_two_rows() -> None:
    context = decided()
    context["abstimmung"].insert(1, vote("Fachausschuss", "Bauausschuss", None, ("9", "2", "0")))
    assert vote_table(context) == [
        "| Fraktion | Ja:  | Nein:  | Enth.:  |",
        "| Fachausschuss (Sozialausschuss) | Ja: 11 | Nein: 0 | Enth.: 0 |",
        "| Fachausschuss (Bauausschuss) | Ja: 9 | Nein: 2 | Enth.: 0 |",
        "| Kreisausschuss | Ja: 9 | Nein: 0 | Enth.: 1 |",
        "| Kreistag | Ja: 30 | Nein: 8 | Enth.: 4 |",
    ]


def vote_table(context: ProposalContext) -> list[str]:
    return [line for line in outline(render(wittmund(), context)).splitlines() if "| Ja:" in line]


def test_every_row_of_the_printed_form_is_there_though_the_route_has_no_such_body() -> None:
    context = decided()
    context["abstimmung"] = [
        vote("Beirat", "Beirat", None, ("5", "0", "0")),
        vote("Kreistag", "Kreistag", None, ("30", "8", "4")),
    ]
    assert vote_table(context) == [
        "| Fraktion | Ja:  | Nein:  | Enth.:  |",
        "| Fachausschuss | Ja:  | Nein:  | Enth.:  |",
        "| Beirat | Ja: 5 | Nein: 0 | Enth.: 0 |",
        "| Kreisausschuss | Ja:  | Nein:  | Enth.:  |",
        "| Kreistag | Ja: 30 | Nein: 8 | Enth.: 4 |",
    ]


def test_a_public_copy_shows_what_the_data_shows_and_is_not_marked_internal() -> None:
    context = decided()
    context.update({"intern": False, "empfehlungen": []})
    context["abstimmung"][1] = vote("Kreisausschuss", "Kreisausschuss")
    printed = outline(render(wittmund(), context))
    assert "| Kreisausschuss | Ja:  | Nein:  | Enth.:  |" in printed
    assert "Interne Ausfertigung" not in printed
    assert "Interne Ausfertigung" in outline(render(wittmund(), decided()))


def test_a_draft_is_marked_on_every_page() -> None:
    context = sample()
    context["entwurf"] = True
    for template in (wittmund(), neutral()):
        printed = outline(render(template, context))
        assert printed.count("ENTWURF, Fassung 2 vom 09.11.2018") == 2, "first page and the others"
        assert "ENTWURF" not in outline(render(template, sample()))


def test_the_running_line_of_a_draft_says_entwurf_instead_of_a_number() -> None:
    context = sample()
    for template in (wittmund(), neutral()):
        assert outline(render(template, context)).count("[Footer] Vorlage~0085/2018→") == 2
    context.update({"entwurf": True, "nummer": ""})
    for template in (wittmund(), neutral()):
        printed = outline(render(template, context))
        assert printed.count("[Footer] Entwurf→") == 2
        assert "[Footer] Vorlage" not in printed


def test_what_became_of_a_vorlage_follows_signature_and_annexes() -> None:
    printed = text_of(render(neutral(), decided()))
    assert in_order(
        printed,
        [
            *("Beratung neu zugezogener", "Beratungsfolge", "Beschlussvorschlag", "Sachverhalt"),
            *("Finanzielle Auswirkungen", "Stellen", "Förderung", "Fristen", "gez. Muster"),
            *("Anlagen", "Übersicht der Beratungsangebote", "Ergebnisse der Beratung"),
            *("Vorschlag nach Beratung im Sozialausschuss:", "Wie Vorschlag, jedoch befristet"),
            *("Beschluss (Kreistag, 17.12.2018):", "Abstimmungsergebnisse:", "Enth."),
            RESERVATION,
        ],
    )
    printed = text_of(render(wittmund(), decided()))
    assert in_order(
        printed,
        [
            *("Beschlussvorschlag:", "gez. Muster", "Abstimmungsergebnis:", "Kreistag"),
            *(RESERVATION, "Vorschlag nach Beratung im Sozialausschuss:", "Anlagenverzeichnis:"),
        ],
    )


def test_the_finance_block_stands_where_the_house_puts_it() -> None:
    context = sample()
    sections = context["abschnitte"]
    sections.insert(0, sections.pop())
    printed = text_of(render(neutral(), context))
    assert in_order(printed, ["Gesamtkosten", "künftig", "Beschlussvorschlag", "Sachverhalt"])


def test_only_bodies_with_a_result_are_in_the_neutral_vote_table_and_counts_are_said_once() -> None:
    context = decided()
    context["abstimmung"][1] = vote("Kreisausschuss", "Kreisausschuss")
    lines = outline(render(neutral(), context)).partition("Ergebnisse der Beratung")[2].splitlines()
    assert [line for line in lines if line.startswith("|")] == [
        "| Gremium | Datum | Ergebnis | Ja | Nein | Enth. |",
        "| Sozialausschuss | 22.11.2018 | geändert empfohlen | 11 | 0 | 0 |",
        "| Kreistag | 17.12.2018 | beschlossen | 30 | 8 | 4 |",
    ]
    assert "30 Ja" not in text_of(render(neutral(), context))
    assert "Ergebnisse der Beratung" not in text_of(render(neutral(), sample()))


def test_a_result_without_a_vote_table_has_its_reservation_below_the_route() -> None:
    context = sample()
    context.update({"vorbehalt": RESERVATION, "abstimmung": []})
    printed = text_of(render(neutral(), context))
    assert in_order(printed, ["Beratungsfolge", RESERVATION, "Beschlussvorschlag"])
    assert RESERVATION not in text_of(render(wittmund(), context)), "no count is printed there"
    for template in (wittmund(), neutral()):
        assert text_of(render(template, decided())).count(RESERVATION) == 1
        assert "vorläufig" not in text_of(render(template, sample()))


def test_the_columns_of_the_budget_are_printed_only_where_a_row_has_them() -> None:
    context = sample()
    finance = context["finanzierung"]
    assert finance is not None
    row = finance["positionen"][0]
    bare: CostRow = {**row, "bisher": "", "neu": ""}
    finance["positionen"] = [bare, row]
    wide = outline(render(neutral(), context))
    assert "| Position | Jahr | Betrag | bisher | künftig |" in wide
    assert "| Aufstockung des Budgets | 2019 | 10.000~€ |  |  |" in wide
    finance["positionen"] = [bare]
    narrow = outline(render(neutral(), context))
    assert "| Position | Jahr | Betrag |\n| Aufstockung des Budgets | 2019 | 10.000~€ |" in narrow


def test_the_total_of_the_posts_has_room_for_its_words() -> None:
    cells = package.parse(package.read(render(neutral(), sample()))["word/document.xml"])
    total = next(cell for cell in cells.iter(W + "tc") if "1,0" in paragraph_text(cell[-1])
                 and cell.find(f"{W}tcPr/{W}gridSpan") is not None)  # fmt: skip
    width = total.find(f"{W}tcPr/{W}tcW")
    assert width is not None
    assert int(width.get(W + "w", "")) >= 4_500


def test_empty_blocks_vanish_from_the_neutral_form_but_fields_of_a_house_stay() -> None:
    context = sample()
    context.update({"finanzierung": None, "stellen": None, "foerderung": None})
    context.update({"unterschrift": None, "fristen": [], "abstimmung": [], "anlagen": []})
    context.update({"abschnitte": [], "beratungsfolge": []})
    plain = render(neutral(), context)
    assert findings(plain) == []
    for heading in (
        "Finanz",
        "Stelle",
        "Förder",
        "Frist",
        "gez.",
        "Anlagen",
        "Abstimmung",
        "Beratungsfolge",
    ):
        assert heading not in text_of(plain)

    form = render(wittmund(), context)
    assert findings(form) == []
    for heading in (
        "Finanzierung:",
        "Fachausschuss",
        "Kreisausschuss",
        "Kreistag",
        "Anlagenverzeichnis:",
    ):
        assert heading in text_of(form)


def test_somebody_who_signs_for_another_says_so() -> None:
    context = sample()
    signature = context["unterschrift"]
    assert signature is not None
    signature.update({"vertretung": "In Vertretung", "funktion": "Erster Kreisrat"})
    for template in (wittmund(), neutral()):
        signed = text_of(render(template, context)).partition("Wittmund, den")[2]
        assert in_order(signed, ["Der Landrat", "In Vertretung", "gez. Muster", "Erster Kreisrat"])
        own = text_of(render(template, sample())).partition("Wittmund, den")[2]
        assert "Der Landrat" not in own


def test_every_number_in_the_document_is_the_same() -> None:
    for template in (wittmund(), neutral()):
        numbers = re.findall(r"\d{4}/\d{4}", text_of(render(template, sample())))
        assert set(numbers) == {"0085/2018"}


def test_the_forms_are_sound_german_and_accessible() -> None:
    for template in (wittmund(), neutral()):
        assert findings(render(template, decided())) == []
    for path in sorted(Path(GOLDEN).parents[2].glob("templates/docx/*/*.docx")):
        styles = style_sheet(path)
        assert 'w:lang w:val="de-DE"' in styles
        assert 'w:ascii="Arial"' in styles


def style_sheet(path: Path) -> str:
    parts = package.read(path.read_bytes())
    document = parts["word/document.xml"].decode()
    assert (
        document.count("<w:tblCaption")
        == document.count("<w:tblDescription")
        == document.count("<w:tbl>")
    )
    return parts["word/styles.xml"].decode()
