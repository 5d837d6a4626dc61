"""What the Word templates of papers before and around a meeting may name, as plain values."""

from datetime import date
from typing import TypedDict

from .context import Html
from .context_meeting import FactionRow, SignatureRow


class CalledRow(TypedDict):
    """An item as it is announced; `hinweis` is "vorbehaltlich der Beratung im …".

    In a public notice a closed item has its public title alone.
    """

    top: str
    titel: str
    gremium: str
    vorlage: str
    hinweis: str


class CallContext(TypedDict):
    """Everything a template of Einladung, Nachtrag or Bekanntmachung may print.

    `art` names the paper: "Einladung", "Erneute Einladung", "Nachtrag zur Einladung", "Öffentliche
    Bekanntmachung". `einladung_vom` is the day of the invitation that a Nachtrag adds to;
    `geschlossen` says that there is a non-public part, whether or not its items are named.
    `nachtrag` marks the notice of a Nachtrag. `hinweise` are sentences that the law asks for.
    """

    art: str
    art_gross: str
    entwurf: bool
    nachtrag: bool
    kommune: str
    ort_der_verwaltung: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    wochentag: str
    beginn: str
    ort: str
    versandt_am: date
    empfaenger: str
    einladung_vom: date | None
    oeffentlich: list[CalledRow]
    geschlossen: bool
    nichtoeffentlich: list[CalledRow]
    hinweise: list[str]
    unterschrift: SignatureRow
    erstellt_am: date


class SigningBodyRow(TypedDict):
    """The members of one body who sign, by Fraktion; those without a vote say so."""

    gremium: str
    fraktionen: list[FactionRow]


class SigningListContext(TypedDict):
    """Everything a template of the Anwesenheitsliste may print; the ink is not ours."""

    art: str
    kommune: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    wochentag: str
    beginn: str
    ort: str
    gremien: list[SigningBodyRow]
    vorsitz: str
    protokollfuehrung: str
    protokollwort: str
    erstellt_am: date


class BallotRow(TypedDict):
    """An item of the Abstimmungsliste: what the chair calls up and counts."""

    top: str
    titel: str
    vorlage: str
    zustaendigkeit: str
    hinweis: str


class BallotPartRow(TypedDict):
    """One part of one body's agenda, with how many of its members have a vote.

    `gremium` is empty but in a joint meeting.
    """

    gremium: str
    teil: str
    stimmberechtigte: int
    punkte: list[BallotRow]


class BallotListContext(TypedDict):
    """Everything a template of the Abstimmungsliste may print."""

    art: str
    kommune: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    wochentag: str
    beginn: str
    ort: str
    vorsitz: str
    teile: list[BallotPartRow]
    erstellt_am: date


class ExcerptItemRow(TypedDict):
    """One excerpt of a collection; the keys are those of a single Beschlussauszug."""

    top: str
    titel: str
    gremium: str
    vorlage: str
    federfuehrung: str
    beschluss_titel: str
    beschluss: Html
    ergebnis: str
    abstimmung: str
    mitwirkung: list[str]


class ExcerptsContext(TypedDict):
    """Everything a template of the excerpts of a whole meeting may print: one part of it."""

    art: str
    quelle: str
    teil: str
    vorbehalt: str
    kommune: str
    betreff: str
    gremium: str
    sitzung: str
    datum: date
    ort: str
    auszuege: list[ExcerptItemRow]
    unterschrift: SignatureRow
    erstellt_am: date
