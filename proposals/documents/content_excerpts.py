"""The data of all excerpts of a meeting as one document: the public part and the closed one."""

from datetime import date

from ..models import AgendaItem, Meeting
from ..models.minuted import items_held
from ..models.motion import main_vote
from ..rules.consultation import Outcome, is_treated
from .content_excerpt import ItemPapers, source_of
from .content_head import MeetingHead, head_of
from .content_items import is_closed, paper_of, proposal_of, sentence, title_of
from .content_minutes import minute_taker_row
from .context_calling import ExcerptItemRow, ExcerptsContext

_PLAIN = (Outcome.DECIDED, Outcome.RECOMMENDED)


def excerpted_items(meeting: Meeting, *, closed: bool) -> list[AgendaItem]:
    """Return what one part of the meeting resolved on, as it was dealt with; one query.

    The opening, what was told, and the end of a meeting have no excerpt in the collection.
    """
    return [
        item
        for item in items_held(meeting)
        if is_closed(item) == closed
        and item.outcome
        and is_treated(item.outcome)
        and (item.consultation_id or item.result_wording_id or item.approves_id)
    ]


def excerpts_content(
    meeting: Meeting, items: list[AgendaItem], *, closed: bool, made_on: date
) -> ExcerptsContext:
    """Return the data of the excerpts of these items, all of one part of the meeting."""
    head = head_of(meeting)
    papers = ItemPapers(meeting, items)
    part = "nichtöffentlicher Teil" if closed else "öffentlicher Teil"
    return {
        "art": "Beschlussauszüge",
        "quelle": source_of(papers.law),
        "teil": part,
        "vorbehalt": papers.reservation,
        "kommune": meeting.municipality.name,
        "betreff": f"{head.name}, {head.day:%d.%m.%Y}, {part}",
        "gremium": head.name,
        "sitzung": head.number,
        "datum": head.day,
        "ort": meeting.place,
        "auszuege": [_row(papers, item, head) for item in items],
        "unterschrift": minute_taker_row(meeting, papers.law),
        "erstellt_am": made_on,
    }


def _row(papers: ItemPapers, item: AgendaItem, head: MeetingHead) -> ExcerptItemRow:
    proposal = proposal_of(item)
    heading, html = papers.reader.resolution(item)
    main = main_vote(papers.reader.votes.get(item.pk, []))
    plain = item.outcome in _PLAIN and main is not None
    return {
        "top": item.number,
        "titel": title_of(item),
        "gremium": item.committee.name if head.is_joint else "",
        "vorlage": paper_of(item),
        "federfuehrung": proposal.lead_office.name if proposal is not None else "",
        "beschluss_titel": heading,
        "beschluss": html,
        "ergebnis": "" if plain else papers.reader.outcome(item),
        "abstimmung": sentence(main) if main else "",
        "mitwirkung": papers.reader.exclusions(item),
    }
