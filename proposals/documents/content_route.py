"""Route and results of a document: rows of what its audience may know (models/treatments.py)."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from ..models.consultation import Lapse
from ..models.treatments import KnownStation, KnownTreatment
from ..models.voting import Vote
from ..rules.consultation import REFERRALS, ConsultationRole, Outcome
from ..rules.voting import VoteResult, VoteWord
from ..rules.words import CommitteeKind, Land
from .context import Decision, Recommendation, StationRow, VoteRow

_PRINTED = {CommitteeKind.COMMITTEE: "Fachausschuss"}  # the word of the form in Wittmund
_DECIDED = (Outcome.DECIDED, Outcome.DECIDED_CHANGED)
_FEMININE: Final = ("ung", "ion", "schaft", "gruppe", "konferenz")  # Kommission, Ratsversammlung
_MASCULINE: Final = ("ausschuss", "tag", "rat")
_NOUN: Final = re.compile(r"((?:\S+-,? )*(?:und )?)(\S+)(.*)")
_OF_THE_MINUTES: Final = {Land.NI: "des Protokolls"}  # the other Länder write a Niederschrift


def route_rows(stations: Sequence[KnownStation]) -> list[StationRow]:
    """Return the Beratungsfolge: a row for each treatment, one for a station without any."""
    return [row for station in stations for row in _rows(station)]


def _rows(station: KnownStation) -> list[StationRow]:
    if station.lapse is None:
        rows = [_row(station, treatment) for treatment in station.treatments]
        return rows or [_row(station)]
    treated = [t for t in station.treatments if t.hidden or t.outcome]
    lapsed: StationRow = {**_row(station), "ergebnis": _lapse_words(station.lapse, station)}
    return [*(_row(station, treatment) for treatment in treated), lapsed]


def _row(station: KnownStation, treatment: KnownTreatment | None = None) -> StationRow:
    return {
        "gremium": station.committee,
        "zustaendigkeit": station.role.label,
        "termin": treatment.day if treatment else None,
        "top": treatment.top if treatment else "",
        "ergebnis": outcome_words(treatment),
    }


def _lapse_words(lapse: Lapse, station: KnownStation) -> str:
    return f"{lapse.label} ({station.lapse_reason})" if station.lapse_reason else lapse.label


def outcome_words(treatment: KnownTreatment | None) -> str:
    """Return what became of an item in words: "verwiesen an Bauausschuss"; "" while unknown."""
    if treatment is None or treatment.outcome is None:
        return ""
    if treatment.outcome in REFERRALS and treatment.referred_to:
        return f"{treatment.outcome.label} an {', '.join(treatment.referred_to)}"
    return (
        f"{treatment.outcome.label}: {treatment.text}"
        if treatment.text
        else (treatment.outcome.label)
    )


def vote_rows(stations: Sequence[KnownStation]) -> list[VoteRow]:
    """Return the vote table: a row for each station that votes, empty where nothing may be told.

    A station that ended without a vote gives way to a later one of the same committee.
    """
    voting = [s for s in stations if s.role != ConsultationRole.NOTE and s.lapse is None]
    return [
        _vote_row(station)
        for index, station in enumerate(voting)
        if ((told := _told(station)) and told.vote)
        or station.committee not in {later.committee for later in voting[index + 1 :]}
    ]


def _vote_row(station: KnownStation) -> VoteRow:
    told = _told(station)
    vote = told.vote if told else None
    return {
        "bezeichnung": _PRINTED.get(station.kind, station.committee),
        "gremium": station.committee,
        "datum": told.day if told else None,
        "ergebnis": outcome_words(told),
        "ja": _number(vote.yes if vote else None),
        "nein": _number(vote.no if vote else None),
        "enthaltung": _number(vote.abstained if vote else None),
        "satz": vote_words(vote) if vote else outcome_words(told),
    }


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _told(station: KnownStation) -> KnownTreatment | None:
    """Return the newest treatment with a result that the audience may know."""
    with_result = [treatment for treatment in station.treatments if treatment.outcome]
    return with_result[-1] if with_result else None


def vote_words(vote: Vote) -> str:
    """Return a count in words; where the chair announced something else, what was announced."""
    ruling = vote.ruling()
    if ruling is not None and vote.announced in ("", ruling.result):
        return ruling.words
    announced = VoteResult(vote.announced).label
    if vote.word and not vote.computed:
        return VoteWord(vote.word).label
    if vote.yes is None:
        return announced
    abstained = "Enthaltung" if vote.abstained == 1 else "Enthaltungen"
    return f"{announced} ({vote.yes} Ja, {vote.no} Nein, {vote.abstained} {abstained})"


def recommendations(
    stations: Sequence[KnownStation], version_id: int | None
) -> list[Recommendation]:
    """Return the committees' own wordings of this version, in the order of the meetings."""
    found: list[Recommendation] = [
        {
            "titel": f"Vorschlag nach Beratung {in_body(station.committee)}",
            "gremium": station.committee,
            "datum": treatment.day,
            "text": treatment.wording.html,
        }
        for station in stations
        for treatment in station.treatments
        if treatment.outcome == Outcome.RECOMMENDED_CHANGED
        and treatment.wording
        and treatment.wording.own
        and treatment.wording.html
        and treatment.wording.version_id == version_id
    ]
    return found


def of_body(name: str) -> str:
    """Return the name in the genitive: des Kreisausschusses, der Ratsversammlung."""
    before, noun, after = _noun_in(name)
    if noun.endswith(_FEMININE):
        return f"der {name}"
    if noun.lower().endswith(_MASCULINE):
        return f"des {before}{noun}es{after}"
    return f"des Gremiums „{name}“"


def in_body(name: str) -> str:
    """Return the name with its preposition: im Sozialausschuss, in der Ratsversammlung."""
    _, noun, _ = _noun_in(name)
    return f"in der {name}" if noun.endswith(_FEMININE) else f"im {name}"


def _noun_in(name: str) -> tuple[str, str, str]:
    """Part a name at its noun: Haupt- und | Finanzausschuss |, | Ausschuss | für Bau und Umwelt."""
    found = _NOUN.match(name)
    return (found[1] or "", found[2], found[3]) if found else ("", name, "")


def reservation(stations: Sequence[KnownStation], land: Land) -> str:
    """Return the note that results hold only once the minutes are approved; "" where they are.

    Where some are approved it names the meetings whose minutes are not.
    """
    treated = [(s, t) for s in stations for t in s.treatments if t.outcome]
    open_ones = [(s, t) for s, t in treated if t.provisional]
    if not open_ones:
        return ""
    note = (
        f"vorläufig, vorbehaltlich der Genehmigung {_OF_THE_MINUTES.get(land, 'der Niederschrift')}"
    )
    if len(open_ones) == len(treated):
        return note
    return f"{', '.join(f'{s.committee} ({t.day:%d.%m.%Y})' for s, t in open_ones)}: {note}"


def decision(
    stations: Sequence[KnownStation], version_id: int | None, heading: str
) -> Decision | None:
    """Return what was decided; as proposed it is said so, under the proposal's own `heading`."""
    decided = [
        (station, treatment)
        for station in stations
        for treatment in station.treatments
        if station.role == ConsultationRole.DECISION and treatment.outcome in _DECIDED
    ]
    if not decided:
        return None
    station, treatment = decided[-1]
    wording = treatment.wording
    text = wording.html if wording else ""
    if wording and wording.as_proposed and wording.version_id == version_id:
        text = f"<p>Wie {escape(heading)}.</p>"
    return {
        "text": text,
        "gremium": station.committee,
        "datum": treatment.day,
        "satz": f"Abstimmungsergebnis: {vote_words(treatment.vote)}" if treatment.vote else "",
    }
