"""What became of the items of a meeting, as minutes and excerpts print it.

A document of the public part is for everybody: what only a closed treatment may tell is not in it.
No paragraph of the law stands here; that is for the page (practice.md).
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils import timezone

from ..models import AgendaItem, Meeting, MinutesCorrection, Proposal, Vote
from ..models.minuted import facts_of_items, frames_of
from ..models.motion import Motion, main_vote, motion_of, that_hold
from ..models.order import printed_title
from ..models.treatments import KnownTreatment
from ..rules.agenda import ItemKind
from ..rules.consultation import Outcome, meaning_of, needs_vote
from ..rules.law import Law
from ..rules.voting import Choice, VoteKind, VoteMode, VoteResult
from .content_route import outcome_words, vote_words
from .context_meeting import (
    ChoiceRow,
    CorrectionRow,
    FactionVoteRow,
    ItemRow,
    OtherVoteRow,
)

_MODES = {
    VoteMode.SECRET: "in geheimer Abstimmung: ",
    VoteMode.ROLL_CALL: "in namentlicher Abstimmung: ",
}
_PLAIN = (Outcome.DECIDED, Outcome.RECOMMENDED)  # what the vote says is all there is to say
_HIDDEN = "<p>Der Wortlaut, über den abgestimmt wurde, ist nichtöffentlich.</p>"


def proposal_of(item: AgendaItem) -> Proposal | None:
    """Return the paper of an item, None for an item without a Vorlage."""
    return item.consultation.proposal if item.consultation is not None else None


def is_closed(item: AgendaItem) -> bool:
    """Say whether an item belongs in the non-public part: its treatment or its paper does."""
    proposal = proposal_of(item)
    return not item.public or (proposal is not None and not proposal.public)


def title_of(item: AgendaItem) -> str:
    """Return the title for the part in which the item stands; the public one has its own."""
    public = item.public_title if not is_closed(item) else ""
    return public or printed_title(item)


def paper_of(item: AgendaItem) -> str:
    """Return the paper by kind and number: "Beschlussvorlage 0085/2018"; "" without one."""
    proposal = proposal_of(item)
    if proposal is None:
        return ""
    name = item.meeting.municipality.kind_name(proposal.kind)
    return f"{name} {proposal.number or ''}".strip()


def minutes_in_genitive(law: Law) -> str:
    """Return the word of the Land with its article: "des Protokolls", "der Niederschrift"."""
    return f"des {law.minutes_word}s" if law.minutes_word == "Protokoll" else "der Niederschrift"


class ItemReader:
    """Reads everything that hangs on the items of one meeting, in six queries.

    One more in a house that introduces its resolution to each committee in other words.
    """

    def __init__(self, meeting: Meeting, law: Law, items: Sequence[AgendaItem]) -> None:
        self.meeting, self.law = meeting, law
        self.items = items
        for item in items:  # one instance of each, so that house rules are read once
            item.meeting = meeting
            item.committee.municipality = meeting.municipality
        facts = facts_of_items(items)
        self.votes, self.roll, self.factions = facts.votes, facts.roll, facts.factions
        self.recusals, self.referred = facts.recusals, facts.referred
        self.corrections = facts.corrections
        self.frames = frames_of(meeting, items)

    def row(self, item: AgendaItem, *, joint: bool) -> ItemRow:
        """Return everything that is printed of an item in the part where it stands."""
        votes = self.votes.get(item.pk, [])
        motion, main = motion_of(item.basis, votes), main_vote(votes)
        outcome = Outcome(item.outcome) if item.outcome else None
        title, html = self.resolution(item, motion)
        return {
            "top": item.number,
            "titel": title_of(item),
            "gremium": item.committee.name if joint else "",
            "vorlage": paper_of(item),
            "abstimmungen": [
                self._other(vote, item) for vote in that_hold(votes) if vote.kind != VoteKind.MAIN
            ],
            "beschluss_titel": title,
            "beschluss": html,
            "ergebnis": "" if outcome in _PLAIN and main else self.outcome(item),
            "abstimmung": sentence(main) if main and item.outcome else "",
            "namentlich": self._choices(main),
            "nach_fraktionen": self._by_faction(main),
            "mitwirkung": self.exclusions(item),
            "vermerk": [line.strip() for line in item.note.splitlines() if line.strip()],
            "berichtigungen": self.corrections_of(item, closed=is_closed(item)),
        }

    def outcome(self, item: AgendaItem) -> str:
        """Return what became of an item in words."""
        names = tuple(row.committee.name for row in self.referred.get(item.pk, []))
        outcome = Outcome(item.outcome) if item.outcome else None
        day = timezone.localdate(self.meeting.starts_at)
        return outcome_words(
            KnownTreatment(day, outcome=outcome, referred_to=names, text=item.result_text)
        )

    def resolution(self, item: AgendaItem, motion: Motion | None = None) -> tuple[str, str]:
        """Return the wording that was carried, or the one that was lost, with its heading."""
        if not item.outcome or not needs_vote(Outcome(item.outcome)):
            return "", ""
        if item.result_wording is not None:
            return "Beschluss", self._framed(item, self._readable(item, item.result_wording))
        if meaning_of(Outcome(item.outcome)) != VoteResult.LOST:
            approval = _approval(item, self.law)
            return ("Beschluss", approval) if approval else ("", "")
        motion = motion or motion_of(item.basis, self.votes.get(item.pk, []))
        if motion.wording is None:
            return "", ""
        hidden = not motion.wording.public and not is_closed(item)
        return "Beschlussvorschlag", self._framed(item, _HIDDEN if hidden else motion.html)

    def _framed(self, item: AgendaItem, html: str) -> str:
        """Return a wording behind the words that introduce it to this committee."""
        return html if html == _HIDDEN else self.frames.get(item.pk, "") + html

    def _readable(self, item: AgendaItem, wording: Any) -> str:
        return wording.html if wording.public or is_closed(item) else _HIDDEN

    def exclusions(self, item: AgendaItem) -> list[str]:
        """Return who was excluded from an item, and whether they left; the reason is theirs."""
        return [
            f"{self.law.recusal_word}: {row.person}"
            f"{', hat den Raum verlassen' if row.left_room else ''}"
            for row in self.recusals.get(item.pk, [])
        ]

    def corrections_of(self, item: AgendaItem, *, closed: bool) -> list[CorrectionRow]:
        """Return the corrections accepted with an item that belong in a part of the minutes."""
        words = minutes_in_genitive(self.law)
        return [
            {
                "titel": f"Berichtigung {words} vom "
                f"{timezone.localdate(row.minutes.meeting.starts_at):%d.%m.%Y}",
                "text": row.text,
            }
            for row in self.corrections.get(item.pk, [])
            if _is_secret(row, item) == closed
        ]

    def has_secret_corrections(self, item: AgendaItem) -> bool:
        """Say whether an item accepted a correction of a count from behind closed doors."""
        return any(_is_secret(row, item) for row in self.corrections.get(item.pk, []))

    def _other(self, vote: Vote, item: AgendaItem) -> OtherVoteRow:
        wording = vote.wording if vote.kind in (VoteKind.AMENDMENT, VoteKind.VARIANT) else None
        html = self._readable(item, wording) if wording is not None else ""
        return {"titel": vote.label, "wortlaut": html, "satz": sentence(vote)}

    def _choices(self, vote: Vote | None) -> list[ChoiceRow]:
        rows = self.roll.get(vote.pk, []) if vote else []
        found: list[ChoiceRow] = []
        for choice in Choice:
            names = ", ".join(str(row.person) for row in rows if row.choice == choice)
            if names:
                found.append({"stimme": choice.label, "namen": names})
        return found

    def _by_faction(self, vote: Vote | None) -> list[FactionVoteRow]:
        return [
            {"fraktion": row.faction, "ja": row.yes, "nein": row.no, "enthaltung": row.abstained}
            for row in (self.factions.get(vote.pk, []) if vote else [])
        ]


def sentence(vote: Vote) -> str:
    """Return a vote in one line, with the way it was taken where that was not by hand."""
    return _MODES.get(VoteMode(vote.mode), "") + vote_words(vote)


def _approval(item: AgendaItem, law: Law) -> str:
    """Return the resolution on earlier minutes, which nobody has to type."""
    if item.kind != ItemKind.MINUTES or item.approves is None:
        return ""
    article = "Das" if law.minutes_word == "Protokoll" else "Die"
    day = timezone.localdate(item.approves.starts_at)
    return f"<p>{article} {escape(law.minutes_word)} vom {day:%d.%m.%Y} wird genehmigt.</p>"


def _is_secret(row: MinutesCorrection, item: AgendaItem) -> bool:
    return is_closed(item) or (row.vote is not None and is_closed(row.vote.agenda_item))
