"""One line of the run sheet: an item, the wording it votes on, its votes and its result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString

from ..models import AgendaItem, Proposal, Submission, Vote, Wording
from ..models.motion import is_carried, main_vote, motion_of
from ..models.order import printed_title
from ..models.version import Origin, handed_in
from ..rules.agenda import ItemKind
from ..rules.attendance import Presence
from ..rules.consultation import ConsultationRole, Outcome
from ..rules.law import Law
from ..rules.recusal import RecusalRuling, ruling_on_recusal
from ..rules.results import LATER
from ..rules.text import html_to_paragraphs
from ..rules.voting import MajorityRule, VoteResult
from .proposal_page import shown
from .route import badge_kind, sentence_case
from .run_presence import present_words

# what a meeting passes through without a result that anybody records
WITHOUT_RESULT = (
    ItemKind.OPENING,
    ItemKind.AGENDA,
    ItemKind.QUESTIONS,
    ItemKind.REPORTS,
    ItemKind.INQUIRIES,
    ItemKind.CLOSING,
)


@dataclass(frozen=True)
class MotionText:
    """The wording that an item votes on: whose it is, and who changed it here.

    `clauses` are the numbers that nobody has voted on by itself.
    """

    html: SafeString
    text: str
    source: str
    changed_by: str = ""
    clauses: tuple[int, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a result means, in a sentence; `difference` is why the chair announced otherwise.

    `asks` is a rule that a reason overcomes, `error` what can never be right.
    """

    outcome: str = ""
    kind: str = ""
    sentence: str = ""
    paragraph: str = ""
    error: str = ""
    asks: str = ""
    difference: str = ""

    @property
    def told(self) -> str:
        """Return it without colours, to be read out."""
        return self.error or self.asks or ": ".join(filter(None, (self.outcome, self.sentence)))


@dataclass(frozen=True)
class VoteLine:
    """A vote beside the one that holds on the matter itself, in a sentence.

    `void` says why it no longer holds ("" where it does), `difference` why the chair announced
    otherwise than the count.
    """

    vote: Vote
    label: str
    sentence: str
    carried: bool
    void: str
    difference: str


@dataclass
class Row:
    """One item of the agenda as its secretary has it before her."""

    item: AgendaItem
    role: ConsultationRole | None
    proposal: Proposal | None
    law: Law
    majority: MajorityRule
    presence: Presence | None
    motion: MotionText | None
    votes: list[VoteLine]
    main: Vote | None
    said: Said
    recused: list[str]
    hints: list[str]
    may_keep: bool
    abbreviation: str = ""
    news: str = ""
    forms: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return the title as the agenda prints it."""
        return printed_title(self.item)

    @property
    def name(self) -> str:
        """Return how a sentence names the item."""
        return f"TOP {self.item.number}" if self.item.number else f"„{self.title}“"

    @property
    def entitled(self) -> int | None:
        """Return how many may vote, None as long as nobody noted who is there."""
        return self.presence.entitled if self.presence else None

    @property
    def changed(self) -> bool:
        """Answer whether a vote at this item changed the wording."""
        return bool(self.motion and self.motion.changed_by)

    @property
    def present_words(self) -> str:
        """Return how many are there at this item, and how many may vote."""
        return present_words(self.presence, self.item.committee.statutory_members)

    @property
    def needs_result(self) -> bool:
        """Answer whether a meeting leaves something open that has no result here."""
        return self.item.consultation_id is not None or self.item.kind not in WITHOUT_RESULT

    @property
    def moved(self) -> bool:
        """Answer whether the count no longer fits who was there (practice.md 1.2)."""
        counted = self.main.entitled if self.main else None
        return None not in (counted, self.entitled) and counted != self.entitled

    @property
    def bias(self) -> RecusalRuling | None:
        """Judge votes that were counted before somebody was excluded; nobody knows how they fell.

        None where there are none, and where no law judges them.
        """
        tally = self.main.tally if self.main and self.main.ruling() else None
        counted = self.main.entitled if self.main else None
        if tally is None or counted is None or self.entitled is None:
            return None
        excluded = min(len(self.recused), counted - self.entitled)
        if excluded <= 0:
            return None
        rules = self.law.recusal
        return ruling_on_recusal(
            tally,
            self.majority,
            unknown=excluded,
            members=self.item.committee.statutory_members,
            paragraph=rules.decisive_paragraph or rules.paragraph,
        )

    @property
    def judged_otherwise(self) -> str:
        """Return what the count comes to by a majority that was named after the vote."""
        ruling = self.main.ruling() if self.main else None
        if self.main is None or ruling is None or self.main.computed in ("", ruling.result):
            return ""
        noted = VoteResult(self.main.computed).label
        return (
            f"Erforderliche Mehrheit geändert: nach den Stimmen jetzt {ruling.result.label}, "
            f"eingetragen {noted}"
        )

    @property
    def lacks_reason(self) -> bool:
        """Answer whether the reason of the result is still to be added."""
        return LATER in (self.item.early_reason, self.main.difference_reason if self.main else "")

    @property
    def faults(self) -> list[str]:
        """Return what a closing list says of the item."""
        found = []
        if self.needs_result and not self.item.outcome:
            found.append("noch kein Ergebnis")
        if self.moved and self.main is not None:
            found.append(
                f"Anwesenheit geändert: gezählt bei {self.main.entitled} Stimmberechtigten, "
                f"jetzt {self.entitled}"
            )
        if self.bias is not None:
            found.append(self.bias.sentence)
        if self.judged_otherwise:
            found.append(self.judged_otherwise)
        if self.lacks_reason:
            found.append("Begründung fehlt noch")
        return found


class Motions:
    """The wordings that the items of a meeting vote on, in a constant number of queries."""

    def __init__(
        self, user: Any, items: Sequence[AgendaItem], proposals: Mapping[int, Proposal]
    ) -> None:
        rounds = Submission.objects.visible_to(user).filter(
            proposal__in=list(proposals), returned_on__isnull=True
        )
        current = dict(rounds.values_list("proposal", "version__number"))
        rows = Wording.objects.visible_to(user).filter(
            handed_in() | Q(version__isnull=True), proposal__in=list(proposals)
        )
        self.wordings = {row.pk: row for row in rows.select_related("committee", "version")}
        # a version that left the wording as it was has none of its own: the latest up to it holds
        self.own = {
            row.proposal_id: row
            for row in sorted(self.wordings.values(), key=lambda row: row.pk)
            if row.version is not None and row.version.number <= current.get(row.proposal_id, 0)
        }
        self.recommended = self._recommended(user, list(proposals))

    def _recommended(self, user: Any, proposals: list[int]) -> dict[int, Wording]:
        """Return the newest recommendation on the version under way, by proposal."""
        rows = AgendaItem.objects.visible_to(user).filter(
            consultation__proposal__in=proposals,
            concluded__isnull=False,
            result_wording__origin=Origin.COMMITTEE,
        )
        newest = {}
        pairs = rows.order_by("meeting__starts_at", "pk").values_list(
            "consultation__proposal", "result_wording"
        )
        for proposal, pk in pairs:
            wording, own = self.wordings.get(pk or 0), self.own.get(proposal or 0)
            if wording is not None and wording.pk > (own.pk if own else 0):
                newest[proposal or 0] = wording
        return newest

    def of(self, item: AgendaItem, votes: Sequence[Vote]) -> MotionText | None:
        """Return what an item votes on, None for one without a wording."""
        proposal = item.consultation.proposal_id if item.consultation else 0
        basis = self.wordings.get(item.basis_id or 0)
        basis = basis or self.recommended.get(proposal) or self.own.get(proposal)
        motion = motion_of(basis, votes)
        if basis is None or motion.wording is None:
            return None
        changed = [vote.label for vote in motion.changed_by]
        changed += [f"ohne Ziffer {number}" for number in sorted(motion.lost)]
        return MotionText(
            html=shown(motion.html),
            text=html_to_paragraphs(motion.html),
            source=_source(basis),
            changed_by=", ".join(changed),
            clauses=tuple(motion.open_clauses),
        )


def _source(row: Wording) -> str:
    if row.committee is not None:
        return f"Empfehlung: {row.committee.name}"
    return "Beantragter Beschluss" if row.origin == Origin.MOVER else "Beschlussvorschlag"


def vote_lines(votes: Iterable[Vote]) -> list[VoteLine]:
    """Return every vote but the one that holds, in the order in which they were taken."""
    rows = list(votes)
    main, corrected = main_vote(rows), {vote.corrects_id for vote in rows}
    return [
        VoteLine(
            vote=vote,
            label=sentence_case(vote.label),
            sentence=vote.words,
            carried=is_carried(vote),
            void=_void(vote, corrected=vote.pk in corrected),
            difference=vote.difference_reason,
        )
        for vote in rows
        if vote is not main
    ]


def _void(vote: Vote, *, corrected: bool) -> str:
    """Say why a vote no longer holds; it stays in the record."""
    return "ungültig, wiederholt" if vote.repeated else "berichtigt" if corrected else ""


def said_of(item: AgendaItem, main: Vote | None) -> Said:
    """Return the result of an item as its line says it; empty where there is none."""
    if not item.outcome:
        return Said()
    outcome = Outcome(item.outcome)
    ruling = main.ruling() if main else None
    return Said(
        outcome=sentence_case(outcome.label),
        kind=badge_kind(outcome),
        sentence=(main.words if main else "") or item.result_text,
        paragraph=ruling.paragraph if ruling else "",
        difference=main.difference_reason if main else "",
    )
