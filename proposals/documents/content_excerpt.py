"""The data of what one item leaves behind: its Beschlussauszug, and the sheet of its wording."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from ..models import AgendaItem, Meeting
from ..models.minuted import is_approved
from ..models.motion import main_vote
from ..rules.consultation import Outcome
from ..rules.law import Law
from .content_items import (
    ItemReader,
    is_closed,
    minutes_in_genitive,
    paper_of,
    proposal_of,
    sentence,
    title_of,
)
from .content_minutes import minute_taker_row
from .content_route import in_body
from .context_meeting import ExcerptContext, SheetContext
from .marking import quoted


class ItemPapers:
    """Writes the papers of some items of one meeting; reads in a constant number of queries."""

    def __init__(self, meeting: Meeting, items: Sequence[AgendaItem]) -> None:
        self.meeting = meeting
        self.held_on = timezone.localdate(meeting.starts_at)
        self.law = meeting.municipality.law(self.held_on)
        self.reader = ItemReader(meeting, self.law, items)
        self.reserved = not is_approved(meeting)

    @property
    def reservation(self) -> str:
        """Return the note that a result holds only once the minutes are approved."""
        words = f"vorbehaltlich der Genehmigung {minutes_in_genitive(self.law)}"
        return words if self.reserved else ""

    def excerpt(
        self, item: AgendaItem, *, number: int, on: date, recipients: Sequence[str]
    ) -> ExcerptContext:
        """Return the data of an excerpt, issued to somebody on a day."""
        proposal = proposal_of(item)
        heading, html = self.reader.resolution(item)
        main = main_vote(self.reader.votes.get(item.pk, []))
        plain = item.outcome in (Outcome.DECIDED, Outcome.RECOMMENDED) and main is not None
        top = f"TOP {item.number}" if item.number else title_of(item)
        meeting_number = f"{self.meeting.number}. Sitzung" if self.meeting.number else "Sitzung"
        return {
            "art": "Beschlussauszug",
            "art_gross": "BESCHLUSSAUSZUG",
            "quelle": source_of(self.law),
            "kommune": self.meeting.municipality.name,
            "betreff": f"{item.committee.name}, {self.held_on:%d.%m.%Y}, {top}",
            "gremium": item.committee.name,
            "sitzung": meeting_number,
            "datum": self.held_on,
            "ort": self.meeting.place,
            "oeffentlichkeit": "nichtöffentlich" if is_closed(item) else "öffentlich",
            "top": item.number,
            "titel": title_of(item),
            "vorlage": paper_of(item),
            "federfuehrung": proposal.lead_office.name if proposal is not None else "",
            "beschluss_titel": heading,
            "beschluss": html,
            "ergebnis": "" if plain else self.reader.outcome(item),
            "abstimmung": sentence(main) if main else "",
            "mitwirkung": self.reader.exclusions(item),
            "vorbehalt": self.reservation,
            "ausgabe": number,
            "ausgegeben_am": on,
            "empfaenger": list(recipients),
            "unterschrift": minute_taker_row(self.meeting, self.law),
            "erstellt_am": on,
        }

    def sheet(self, item: AgendaItem, *, on: date) -> SheetContext:
        """Return the data of the sheet with the wording that a committee recommends."""
        proposal = proposal_of(item)
        assert proposal is not None
        assert item.result_wording is not None
        main = main_vote(self.reader.votes.get(item.pk, []))
        return {
            "art": "Beschlusstext nach Beratung",
            "kommune": self.meeting.municipality.name,
            "nummer": proposal.number or "",
            "betreff": title_of(item),
            "titel": f"Vorschlag nach Beratung {in_body(item.committee.name)}",
            "text": quoted(item.result_wording.html),
            "gremium": item.committee.name,
            "datum": self.held_on,
            "abstimmung": sentence(main) if main else "",
            "vorbehalt": self.reservation,
            "erstellt_am": on,
        }


def source_of(law: Law) -> str:
    """Return what an excerpt is taken from: "Auszug aus dem Protokoll"."""
    word = law.minutes_word
    return f"Auszug aus {'dem' if word == 'Protokoll' else 'der'} {word}"
