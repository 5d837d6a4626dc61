"""Invented data for any kind of document: to try a template, and as examples on the reference page.

The values are made from the type of context, so that a new field has one from its first day.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, Final, get_args

from proposals.documents.context import bare, fields, is_rich, item_type

DAY: Final = date(2026, 3, 12)
_AMOUNT: Final = Decimal(10_000)
_ROWS: Final = 2
_RICH: Final = (
    "<p>Das Konzept liegt nun vor. Es nennt drei Handlungsfelder und soll <strong>alle zwei"
    " Jahre</strong> fortgeschrieben werden.</p><ul><li>eine Anlaufstelle mit festen"
    " Ansprechpersonen und</li><li>eine Stelle für die Koordination.</li></ul>"
)
TEXTS: Final[Mapping[str, str]] = {
    "nummer": "0085/2026",
    "art": "Beschlussvorlage",
    "art_gross": "BESCHLUSSVORLAGE",
    "oeffentlichkeit": "öffentlich",
    "betreff": "Beratung neu zugezogener Familien; Konzept und erste Maßnahmen",
    "aktenzeichen": "50-11/7",
    "bezug": "Ergänzung zur Vorlage 0041/2026",
    "kommune": "Landkreis Musterland",
    "verwaltungsleitung": "Der Landrat",
    "federfuehrung": "Amt für Jugend und Soziales",
    "gremium": "Sozialausschuss",
    "zustaendigkeit": "Vorberatung",
    "top": "Ö 5",
    "ergebnis": "empfohlen",
    "bezeichnung": "Fachausschuss",
    "titel": "Beratung neu zugezogener Familien",
    "satz": "einstimmig bei einer Enthaltung",
    "abstimmung": "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)",
    "ja": "30",
    "nein": "8",
    "enthaltung": "4",
    "betrag": "10.000\xa0€",
    "feld": "Gesamtkosten",
    "angabe": "10.000\xa0€",
    "gesamtkosten": "10.000\xa0€",
    "folgekosten": "keine",
    "einnahmen": "keine",
    "produktkonto": "Aufwendungen für die Koordinierungsstelle",
    "jahr": "2026",
    **{f"jahr_{number}": "10.000\xa0€" for number in range(1, 6)},
    "danach": "10.000\xa0€",
    "veranschlagt": "ja",
    "nachname_zuerst": "Muster, Martina",
    "bisher": "10.000\xa0€",
    "neu": "20.000\xa0€",
    "umfang": "0,5",
    "quelle": "Kreishaushalt",
    "summe": "10.000\xa0€",
    "hinweis": "Verlängerung ist angefragt",
    "ort": "Kreishaus, großer Sitzungssaal",
    "zeichen": "gez.",
    "name": "Muster, Martina",
    "funktion": "Landrätin",
    "nachname": "Muster",
    "vertretung": "In Vertretung",
    "vorbehalt": "vorbehaltlich der Genehmigung des Protokolls",
    "sitzung": "12. Sitzung",
    "teil": "öffentlicher Teil",
    "wochentag": "Donnerstag",
    "beginn": "15:00 Uhr",
    "ende": "18:20 Uhr",
    "von": "16:05 Uhr",
    "bis": "16:20 Uhr",
    "vorlage": "Beschlussvorlage 0085/2026",
    "text": "Aufstockung des Budgets",
}


class Extent(Enum):
    """How much of what a template may print is there."""

    FULL = "alle Angaben vorhanden"
    SPARSE = "Listen und Gruppen vorhanden, ihre Angaben leer"
    EMPTY = "Listen, Gruppen und Texte leer"


def sample(context_type: Any, extent: Extent = Extent.FULL) -> dict[str, object]:
    """Return data for a type of context."""
    named = fields(context_type) or {}
    return {key: value_of(key, hint, extent) for key, hint in named.items()}


def value_of(key: str, hint: Any, extent: Extent = Extent.FULL) -> object:
    """Return an invented value of this type; `key` says which words fit."""
    inner = bare(hint)
    full = extent == Extent.FULL
    is_group = fields(inner) is not None
    if NoneType in get_args(hint) and not full and not (is_group and extent == Extent.SPARSE):
        return None
    if (row := item_type(inner)) is not None:
        count = {Extent.FULL: _ROWS, Extent.SPARSE: 1, Extent.EMPTY: 0}[extent]
        return [value_of(key, row, extent) for _ in range(count)]
    if is_group:
        return sample(inner, extent)
    if is_rich(inner):
        return _RICH if full else ""
    if inner is str:
        return TEXTS.get(key, key.replace("_", " ").capitalize()) if full else ""
    plain: Mapping[Any, object] = {bool: full, int: 1, date: DAY, Decimal: _AMOUNT}
    return plain[inner]
