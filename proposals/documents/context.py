"""What a Word template may name: the data of one Vorlage, as plain values.

The keys are German because administrations read and write them in Word. There are no model
instances here, only strings, numbers, dates, lists and dictionaries.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from typing import is_typeddict as _is_typeddict

_RICH: Final = "rich"

Html = Annotated[str, _RICH]
"""Sanitised HTML. In a template it stands alone in its paragraph: {{p sachverhalt }}."""


class StationRow(TypedDict):
    """A row of the Beratungsfolge; `termin` is None and `top` empty until an agenda is fixed."""

    gremium: str
    zustaendigkeit: str
    termin: date | None
    top: str
    ergebnis: str


class SectionText(TypedDict):
    """A section with its heading, in the order in which the house prints them.

    `finanzen` marks the place of the finance block; there `text` is empty.
    """

    titel: str
    text: Html
    finanzen: bool


class Recommendation(TypedDict):
    """The wording a committee recommends where it differs from the administration's.

    `titel` is its heading: "Vorschlag nach Beratung im Sozialausschuss".
    """

    titel: str
    gremium: str
    datum: date | None
    text: Html


class Decision(TypedDict):
    """The wording that was decided, by whom, and the sentence about the vote."""

    text: Html
    gremium: str
    datum: date | None
    satz: str


class CostRow(TypedDict):
    """One cost item; amounts are words, because they may be "rd.", "bis zu" or not known."""

    text: str
    betrag: str
    jahr: str
    bisher: str
    neu: str


class BoxRow(TypedDict):
    """One box of the house's form: its name there, and what was agreed ("" for nothing)."""

    feld: str
    angabe: str


class YearLine(TypedDict):
    """A line of the table over the years; `danach` is what goes on in each year after them."""

    text: str
    jahr_1: str
    jahr_2: str
    jahr_3: str
    jahr_4: str
    jahr_5: str
    danach: str


class YearPart(TypedDict):
    """What belongs to the Ergebnisplan, or the investment, with income, expenses and balance."""

    titel: str
    zeilen: list[YearLine]


class Years(TypedDict):
    """The budget year and the four years of the plan.

    `kopf` names the years; `hinweis` says what falls due before or after them, "" for nothing.
    """

    kopf: YearLine
    teile: list[YearPart]
    hinweis: str


class Finance(TypedDict):
    """The finance block as agreed, in words.

    `felder` are the boxes in the order of the house and under its names; the three behind it say
    the same for a form with names of its own. `keine` is the explicit "no effect", which is not
    the same as empty; `verfuegbar` is None while nobody has said how much is left. `veranschlagt`
    is "ja", "teilweise" or "nein" where that was said of every cost item, else empty.
    """

    felder: list[BoxRow]
    gesamtkosten: str
    folgekosten: str
    einnahmen: str
    produktkonto: str
    verfuegbar: Decimal | None
    nicht_verfuegbar: bool
    veranschlagt: str
    keine: bool
    positionen: list[CostRow]
    jahre: Years | None


class StaffRow(TypedDict):
    """One post: its share ("0,5") and who pays for it."""

    text: str
    umfang: str
    quelle: str


class Staff(TypedDict):
    """The posts and their total, in words."""

    positionen: list[StaffRow]
    summe: str


class FundingRow(TypedDict):
    """One grant, in words ("3 × bis zu 50.000 €")."""

    text: str
    betrag: str


class Funding(TypedDict):
    """The grants and their total, in words."""

    positionen: list[FundingRow]
    summe: str


class DeadlineRow(TypedDict):
    """A date that binds the house, with a note about it."""

    text: str
    datum: date
    hinweis: str


class Signature(TypedDict):
    """Who signed.

    `zeichen` is "gez.", or empty where there is to be ink; `vertretung` is "In Vertretung", "Im
    Auftrag" or empty; `nachname_zuerst` is the name as "Muster, Martina".
    """

    ort: str
    datum: date | None
    zeichen: str
    name: str
    nachname_zuerst: str
    funktion: str
    vertretung: str


class Signer(TypedDict):
    """Somebody who answers for the paper inside the house; `funktion` as that person's own word."""

    name: str
    nachname: str
    funktion: str


class VoteRow(TypedDict):
    """A row of the vote table.

    Counts and `ergebnis` are empty before the vote, and where the reader of this copy may not see
    them. `bezeichnung` is the word of the printed form ("Fachausschuss"), `gremium` the body's own
    name; `ergebnis` says what became of the item ("geändert empfohlen"), `satz` how the vote went.
    """

    bezeichnung: str
    gremium: str
    datum: date | None
    ergebnis: str
    ja: str
    nein: str
    enthaltung: str
    satz: str


class AttachmentRow(TypedDict):
    """An attachment by its title (never its file name)."""

    nummer: int
    titel: str


class ProposalContext(TypedDict):
    """Everything a template of a Vorlage may print, for one audience (`intern` or the public).

    `vorbehalt` is the note on results whose minutes are not approved yet, empty if all are.
    """

    nummer: str
    art: str
    art_gross: str
    oeffentlichkeit: str
    entwurf: bool
    fassung: int
    intern: bool
    betreff: str
    aktenzeichen: str
    bezug: str
    datum: date | None
    kommune: str
    verwaltungsleitung: str
    federfuehrung: str
    beratungsfolge: list[StationRow]
    sachverhalt: Html
    beschlussvorschlag: Html
    abschnitte: list[SectionText]
    empfehlungen: list[Recommendation]
    beschluss: Decision | None
    finanzierung: Finance | None
    stellen: Staff | None
    foerderung: Funding | None
    fristen: list[DeadlineRow]
    unterschrift: Signature | None
    leitung: Signer | None
    sachbearbeitung: Signer | None
    abstimmung: list[VoteRow]
    vorbehalt: str
    anlagen: list[AttachmentRow]
    erstellt_am: date


def fields(context_type: Any) -> dict[str, Any] | None:
    """Return the keys of a context type and their types, or None for a type without keys."""
    if not _is_typeddict(context_type):
        return None
    return get_type_hints(context_type, include_extras=True)


def bare(hint: Any) -> Any:
    """Return the type behind `X | None`."""
    if get_origin(hint) in (Union, UnionType):
        return next(arg for arg in get_args(hint) if arg is not NoneType)
    return hint


def item_type(hint: Any) -> Any | None:
    """Return what a list holds, or None where `hint` is no list."""
    return get_args(hint)[0] if get_origin(hint) is list else None


def is_rich(hint: Any) -> bool:
    """Say whether a value of this type is HTML that becomes paragraphs."""
    return get_origin(hint) is Annotated and _RICH in get_args(hint)


def rich_paths(context_type: Any, above: str = "") -> Iterator[str]:
    """Yield the dotted path of each HTML value: `sachverhalt`, `abschnitte.text`."""
    for key, hint in (fields(context_type) or {}).items():
        inner = bare(hint)
        if is_rich(inner):
            yield above + key
        else:
            yield from rich_paths(item_type(inner) or inner, f"{above}{key}.")


RICH: Final = frozenset(rich_paths(ProposalContext))
