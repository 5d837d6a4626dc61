"""The two forms: nothing missing, nothing invented, each line where the house expects it."""

import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from proposals.documents import package
from proposals.documents.checks import findings, text_of
from proposals.documents.context import RICH, ProposalContext
from proposals.documents.filters import datum
from proposals.documents.render import render
from proposals.documents.template import Template
from tests.documents.outline import outline
from tests.documents.samples import GOLDEN, decided, neutral, sample, vote, wittmund

# What the form of the Landkreis Wittmund has no field for.
NOT_IN_WITTMUND = {
    *(
        "abschnitte",
        "aktenzeichen",
        "art",
        "beschluss",
        "datum",
        "federfuehrung",
        "foerderung",
        "fristen",
    ),
    *(
        "stellen",
        "finanzierung.positionen",
        "unterschrift.funktion",
        "abstimmung.satz",
        "abstimmung.datum",
    ),
    *("abstimmung.gremium", "beratungsfolge.zustaendigkeit", "beratungsfolge.ergebnis"),
}
NOT_IN_NEUTRAL = {"art", "sachverhalt", "beschlussvorschlag", "abstimmung.bezeichnung"}
EVERYWHERE = {"fassung", "erstellt_am"}  # printed on drafts only


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the printed words of each value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, path)
    elif isinstance(value, date):
        yield path, datum(value)
    elif isinstance(value, str) and path in RICH:
        for piece in re.split(r"<[^>]+>", value):
            yield path, " ".join(piece.replace("&nbsp;", "\xa0").split(" ")).strip()
    elif isinstance(value, str):
        yield path, value


def missing(document: bytes, context: ProposalContext, left_out: set[str]) -> list[tuple[str, str]]:
    found = squeezed(text_of(document))
    return [
        (path, words)
        for path, words in leaves(context)
        if not any(path == name or path.startswith(name + ".") for name in left_out | EVERYWHERE)
        if squeezed(words) not in found
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    ("name", "template", "context"),
    [
        ("wittmund-versand", wittmund(), sample()),
        ("wittmund-intern", wittmund(), decided()),
        ("neutral-versand", neutral(), sample()),
        ("neutral-intern", neutral(), decided()),
    ],
)
def test_a_form_prints_what_its_golden_outline_says(
    name: str, template: Template, context: ProposalContext
) -> None:
    """Set GOLDEN=write to write the outlines anew; then read the difference."""
    path = GOLDEN / f"{name}.txt"
    printed = outline(render(template, context))
    if os.environ.get("GOLDEN") == "write":
        path.write_text(printed, encoding="utf-8")
    assert printed == path.read_text(encoding="utf-8")


def test_every_string_of_the_data_is_in_the_document() -> None:
    assert missing(render(wittmund(), decided()), decided(), NOT_IN_WITTMUND) == []
    assert missing(render(neutral(), decided()), decided(), NOT_IN_NEUTRAL) == []


def test_the_completeness_check_notices_half_a_document() -> None:
    assert missing(render(wittmund(), sample()), decided(), NOT_IN_WITTMUND) != []


def test_the_forms_use_known_names_only_and_print_nearly_all_of_them() -> None:
    names = set(ProposalContext.__annotations__)
    assert names - wittmund().variables() == {
        *("abschnitte", "aktenzeichen", "art", "beschluss", "datum", "federfuehrung"),
        *("foerderung", "fristen", "stellen"),
    }
    assert names - neutral().variables() == {"art", "sachverhalt", "beschlussvorschlag"}


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
    at = -1
    for heading in order:
        at = printed.find(heading, at + 1)
        assert at >= 0, heading


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
    rows = [line for line in outline(render(wittmund(), context)).splitlines() if "| Ja:" in line]
    assert rows == [
        "| Fraktion | Ja: | Nein: | Enth.: |".replace(": |", ":  |"),
        "| Fachausschuss (Sozialausschuss) | Ja: 11 | Nein: 0 | Enth.: 0 |",
        "| Fachausschuss (Bauausschuss) | Ja: 9 | Nein: 2 | Enth.: 0 |",
        "| Kreisausschuss | Ja: 9 | Nein: 0 | Enth.: 1 |",
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
        printed = text_of(render(template, context))
        assert (
            printed.index("In Vertretung")
            < printed.index("gez. Muster")
            < printed.index("Erster Kreisrat")
        )


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
