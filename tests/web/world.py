"""A house whose proposals carry a random word in everything that somebody may not know."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import transaction

from proposals.documents import store
from proposals.models import (
    AgendaItem,
    Attachment,
    Consultation,
    CoSignature,
    MembershipKind,
    Proposal,
    Role,
)
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.sections import Section
from proposals.services.attachments import StoredFile, attach
from proposals.services.comments import CommentAnswer, comment
from proposals.services.consultation import InsertAnswer
from proposals.services.finance_drafts import CostDraft
from tests import factories as f
from tests.web.site import Visitor
from workflows import gate

ROLES = (
    "anonymous",
    "clerk",  # of the lead office, the author
    "elsewhere",  # a clerk of an office that has nothing to do with it
    "asked",  # co-signs
    "unasked",  # could co-sign, was not asked
    "head",
    "secretary",
    "minutes",  # of the social committee
    "auditor",
    "administrator",
    "deputy",  # of the council
    "coopted",  # advisory member of the social committee
    "adviser",  # advisory member of a board that is not on the route
    "stranger",  # Sitzungsdienst of another house
)
STATES = ("draft", "co_signing", "route", "decided", "secret_route", "secret_decided")


@dataclass
class Paper:
    """A proposal in one state, with the random words in it by what they stand for."""

    proposal: Proposal
    words: dict[str, str] = field(default_factory=dict)

    def station(self, committee: str) -> int:
        """Return the key of a committee's consultation."""
        rows = Consultation.everything.filter(proposal=self.proposal)
        return rows.filter(committee__short_name=committee).order_by("position")[0].pk

    def item(self, committee: str) -> int:
        """Return the key of a committee's agenda item, or of none."""
        rows = AgendaItem.everything.filter(consultation__proposal=self.proposal)
        row = rows.filter(committee__short_name=committee).first()
        return row.pk if row else 0

    def request(self) -> int:
        """Return the key of the co-signature, or of none."""
        row = CoSignature.everything.filter(proposal=self.proposal).first()
        return row.pk if row else 0

    def attachment(self) -> int:
        """Return the key of the annex."""
        return Attachment.everything.get(proposal=self.proposal).pk


@dataclass
class World:
    """The house, its proposals by state, and a browser for each role."""

    house: f.House
    papers: dict[str, Paper]
    visitors: dict[str, Visitor]

    def meanings(self) -> dict[str, tuple[str, str]]:
        """Return what each random word stands for: state and kind."""
        return {
            word: (state, kind)
            for state, paper in self.papers.items()
            for kind, word in paper.words.items()
        }


def make_world() -> World:
    """Return a house of Niedersachsen with a proposal in each state."""
    house = f.make_house()
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    f.make_member(house, "coopted", "social", MembershipKind.CO_OPTED, voting=False)
    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
    logins = {"asked": "treasurer", "unasked": "staffer"}
    visitors = {"anonymous": Visitor(None)}
    visitors["stranger"] = Visitor(f.make_house("fremd").user("secretary"))
    for role in ROLES:
        if role not in visitors:
            visitors[role] = Visitor(house.user(logins.get(role, role)))
    return World(house, {state: _paper(house, state) for state in STATES}, visitors)


def _paper(house: f.House, state: str) -> Paper:
    words: dict[str, str] = {}

    def word(kind: str) -> str:
        words[kind] = f"Q{secrets.token_hex(6)}x"
        return words[kind]

    proposal = f.make_proposal(
        house,
        asked=["treasury"],
        public=not state.startswith("secret"),
        subject=f"Sache {word('subject')}",
        texts={
            Section.FACTS: f"<p>{word('facts')}</p>",
            Section.WORDING: f"<p>Beschlossen wird {word('wording')}</p>",
        },
        costs=[CostDraft(text=word("cost"))],
    )
    _annex(house, proposal, word)
    question = CommentAnswer(f"Stimmt das? {word('comment')}")
    comment(actor=house.user("clerk"), proposal=proposal, answer=question)
    if state != "draft":
        f.submit(house, proposal)
    if state not in ("draft", "co_signing"):
        f.co_sign(house, proposal, "treasury", Verdict.WITH_REMARK, word("remark"))
        f.release(house, proposal)
        f.check_form(house, proposal)
        _insert(house, proposal, word("insertion"))
        _treat(house, proposal, state, word)
    return Paper(proposal, words)


def _annex(house: f.House, proposal: Proposal, word: Callable[[str], str]) -> None:
    data = f"%PDF-1.4 {word('annex_content')}".encode()
    attach(
        actor=house.user("clerk"),
        proposal=proposal,
        title=f"Plan {word('annex_title')}",
        file_name=f"{word('annex_name')}.pdf",
        file=StoredFile(store.put(data), "application/pdf", len(data)),
    )


def _insert(house: f.House, proposal: Proposal, reason: str) -> None:
    answer = InsertAnswer(house.committee("council").pk, ConsultationRole.NOTE, reason)
    gate.insert(actor=house.user("secretary"), proposal=proposal, answer=answer)


def _treat(house: f.House, proposal: Proposal, state: str, word: Callable[[str], str]) -> None:
    """Let the committees change the wording, one after the other; the Kreisausschuss in secret."""
    changed = partial(f.treat, house, outcome=Outcome.RECOMMENDED_CHANGED)
    social, main = f.station(proposal, "social"), f.station(proposal, "main")
    changed(social, wording=f"<p>Ausschuss {word('social_wording')}</p>", note=word("note"))
    f.schedule(house, main, date(2024, 3, 4))
    if state.endswith("decided"):
        wording = f"<p>Kreisausschuss {word('main_wording')}</p>"
        changed(main, wording=wording, reason=word("main_reason"), yes=2, no=1)
        wording = f"<p>Kreistag {word('council_wording')}</p>"
        council = f.station(proposal, "council")
        f.schedule(house, council, date(2024, 3, 8))
        f.treat(house, council, Outcome.DECIDED_CHANGED, wording=wording)


class Kept:
    """A transaction around a module's tests, so that all of them share one world."""

    def __enter__(self) -> "Kept":
        self._outer = transaction.atomic()
        self._outer._from_testcase = True  # type: ignore[attr-defined]  # lets durable ones nest
        self._outer.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        transaction.set_rollback(True)
        self._outer.__exit__(None, None, None)
