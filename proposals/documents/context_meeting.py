"""What the Word templates of a meeting may name: minutes, excerpt and sheet, as plain values."""

from datetime import date
from typing import TypedDict

from .context import Html


class BreakRow(TypedDict):
    """An interruption: from, to ("" while it lasts), and why."""

    von: str
    bis: str
    grund: str


class PersonRow(TypedDict):
    """Somebody who was there; `zusatz` says how: "i. V. für …", "ab TOP Ö 5 (16:10 Uhr)"."""

    name: str
    zusatz: str


class FactionRow(TypedDict):
    """Who was there of a Fraktion or Gruppe."""

    name: str
    personen: list[PersonRow]


class BodyRow(TypedDict):
    """The attendance of one body; the lists of names are empty where nobody was missing.

    `verwaltung` and `gaeste` are who was there without a seat, parted by semicolons.
    `beschlussfaehigkeit` holds what was stated about the quorum, a sentence each.
    """

    gremium: str
    fraktionen: list[FactionRow]
    verwaltung: str
    gaeste: str
    entschuldigt: str
    unentschuldigt: str
    beschlussfaehigkeit: list[str]


class AgendaRow(TypedDict):
    """An item of the agenda as it was held."""

    top: str
    titel: str


class OtherVoteRow(TypedDict):
    """A vote beside the one on the matter itself: on what, its wording, what came of it."""

    titel: str
    wortlaut: Html
    satz: str


class ChoiceRow(TypedDict):
    """Who gave which voice in a roll call."""

    stimme: str
    namen: str


class FactionVoteRow(TypedDict):
    """How a Fraktion or Gruppe voted."""

    fraktion: str
    ja: int
    nein: int
    enthaltung: int


class CorrectionRow(TypedDict):
    """A correction of earlier minutes that was accepted with the item."""

    titel: str
    text: str


class ItemRow(TypedDict):
    """What became of one item.

    `beschluss_titel` is "Beschluss" or, of what was lost, "Beschlussvorschlag"; `beschluss` is
    empty for an item without a wording. `ergebnis` is empty where the vote says it all,
    `abstimmung` where nobody voted on the matter itself. `mitwirkung` names who was excluded,
    `vermerk` is the note of whoever keeps the minutes, line by line.
    """

    top: str
    titel: str
    gremium: str
    vorlage: str
    abstimmungen: list[OtherVoteRow]
    beschluss_titel: str
    beschluss: Html
    ergebnis: str
    abstimmung: str
    namentlich: list[ChoiceRow]
    nach_fraktionen: list[FactionVoteRow]
    mitwirkung: list[str]
    vermerk: list[str]
    berichtigungen: list[CorrectionRow]


class SignatureRow(TypedDict):
    """A line to sign on; `name` is empty where the house signs by office alone."""

    name: str
    funktion: str


class MinutesContext(TypedDict):
    """Everything a template of minutes may print: one part of one meeting.

    `art` is the word of the Land (Protokoll, Niederschrift), `teil` "öffentlicher Teil" or
    "nichtöffentlicher Teil"; `entwurf` until they are signed.
    """

    art: str
    art_gross: str
    teil: str
    entwurf: bool
    kommune: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    wochentag: str
    ort: str
    beginn: str
    ende: str
    unterbrechungen: list[BreakRow]
    vorsitz: str
    protokollfuehrung: str
    eingeladen_am: date | None
    anwesenheit: list[BodyRow]
    tagesordnung: list[AgendaRow]
    punkte: list[ItemRow]
    unterschriften: list[SignatureRow]
    erstellt_am: date


class ExcerptContext(TypedDict):
    """Everything a template of a Beschlussauszug may print.

    `quelle` is "Auszug aus dem Protokoll" (or "der Niederschrift"); `vorbehalt` is empty once the
    minutes are approved. `empfaenger` lists who got it.
    """

    art: str
    art_gross: str
    quelle: str
    kommune: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    ort: str
    oeffentlichkeit: str
    top: str
    titel: str
    vorlage: str
    federfuehrung: str
    beschluss_titel: str
    beschluss: Html
    ergebnis: str
    abstimmung: str
    mitwirkung: list[str]
    vorbehalt: str
    ausgabe: int
    ausgegeben_am: date
    empfaenger: list[str]
    unterschrift: SignatureRow
    erstellt_am: date


class SheetContext(TypedDict):
    """Everything a template of the sheet "Beschlusstext nach Beratung" may print.

    `titel` is its heading: "Vorschlag nach Beratung im Sozialausschuss"; `text` is quoted.
    """

    art: str
    kommune: str
    nummer: str
    betreff: str
    titel: str
    text: Html
    gremium: str
    datum: date
    abstimmung: str
    vorbehalt: str
    erstellt_am: date
