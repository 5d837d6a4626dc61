"""Acts that bring a new version of a paper on its way: plain functions for tests."""

from datetime import date
from typing import Any

from proposals.models import Attachment, Exchange, Proposal, ProposalVersion, User
from proposals.models.facts import current_submission
from proposals.rules.sections import Section
from proposals.services.attachments import LateAnnexAnswer, NewAnnex, StoredFile, attach
from proposals.services.editorial import EditorialAnswer
from proposals.services.exchange import ExchangeAnswer, PresentAnswer
from tests import factories as f
from tests import signing as s
from tests.factories import House
from workflows import gate
from workflows.engine import Turn

NOTE = "Kosten auf Stand der Ausschreibung"
TEXTS = {Section.FACTS: "<p>Sachverhalt.</p>", Section.WORDING: "<p>Beschlussvorschlag.</p>"}
NEW_FACTS = {**TEXTS, Section.FACTS: "<p>Neuer Sachverhalt.</p>"}
NEW_WORDING = {**TEXTS, Section.WORDING: "<p>Ein anderer Beschlussvorschlag.</p>"}


def present(house: House, proposal: Proposal, note: str = NOTE, actor: str = "clerk") -> Exchange:
    """Present the changed draft as an Austauschfassung."""
    shown: Exchange = s.act(house.user(actor), proposal, PresentAnswer(note, f.DAY))
    return shown


def decide(
    house: House,
    proposal: Proposal,
    *,
    released: bool = True,
    remark: str = "",
    actor: str = "head",
    on: date = f.DAY,
) -> None:
    """Let the head decide on the Austauschfassung that waits."""
    row = Exchange.everything.filter(proposal=proposal).order_by("-pk")[0]
    turn = Turn(proposal.pk, "decide_exchange", row.pk)
    answer = ExchangeAnswer(released, remark, signature_name="Landrätin", on=on)
    gate.complete(actor=house.user(actor), turn=turn, answer=answer)


def exchange(house: House, proposal: Proposal, **draft: Any) -> ProposalVersion:
    """Change the draft, present it and release it; return the version that is issued now."""
    s.change(house, proposal, **draft)
    present(house, proposal)
    decide(house, proposal)
    return issued(proposal)


def issued(proposal: Proposal) -> ProposalVersion:
    """Return the version of the round under way."""
    submission = current_submission(f.reread(proposal))
    assert submission is not None
    return submission.version


def correction(proposal: Proposal, **values: Any) -> EditorialAnswer:
    """Return a correction that changes the given values alone."""
    fresh = f.reread(proposal)
    usual = {
        "subject": fresh.subject,
        "public_subject": fresh.public_subject,
        "reason": "Tippfehler",
        "revision": fresh.revision,
        "on": f.DAY,
    }
    return EditorialAnswer(**{**usual, **values})


def annexed(house: House, proposal: Proposal, title: str, **values: Any) -> Attachment:
    """Add an annex to a draft."""
    given = {"file_name": f"{title}.pdf", "file": stored(title), **values}
    actor: User = house.user("clerk")
    return attach(actor=actor, proposal=f.reread(proposal), title=title, **given)


def late_annex(title: str, **values: Any) -> LateAnnexAnswer:
    """Return the act of handing an annex in late."""
    annex = NewAnnex(title, f"{title}.pdf", stored(title), **values)
    return LateAnnexAnswer(annex, f.DAY)


def stored(word: str, media_type: str = "application/pdf") -> StoredFile:
    """Return a file that differs from every other one; nothing reads it."""
    return StoredFile(f"{word.encode().hex():0<64}"[:64], media_type, 1)
