"""Austauschfassung: a new version of a paper that is with the committees already."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Exchange, Proposal, Role, SignatureMode, User, VersionOrigin
from ..models.facts import current_submission
from ..rules.errors import RuleViolation
from ..rules.exchange import objection_to_exchange
from .common import changed, refuse_on, require, settle_status
from .deputies import note_deputy
from .issued import issued_facts
from .submission.checking import order_documents
from .superseding import ask_for_statements, supersede
from .versions import freeze


@dataclass(frozen=True)
class PresentAnswer:
    """The lead office presents its changed draft; `note` tells the members what is new."""

    note: str
    on: date | None = None


@dataclass(frozen=True)
class ExchangeAnswer:
    """The head releases the new version with a signature, or refuses it with a remark."""

    released: bool
    remark: str = ""
    signature_mode: SignatureMode = SignatureMode.OWN
    signature_name: str = ""
    signature_function: str = ""
    signed_by_word: bool = False
    on: date | None = None


def present_exchange(*, actor: User, proposal: Proposal, answer: PresentAnswer) -> Exchange:
    """Freeze the changed draft as a version that waits for its release.

    Raises PermissionDenied, and RuleViolation where the paper is not with the committees, is
    decided, or the draft says what was issued.
    """
    on = answer.on or timezone.localdate()
    with event(actor, Act.EXCHANGE_REQUESTED, proposal):
        require(policies.can_edit(actor, proposal), "Nur die Federführung ändert ihre Vorlage.")
        refuse_on(objection_to_exchange(issued_facts(proposal), answer.note))
        submission = current_submission(proposal)
        assert submission is not None

        exchange = Exchange(
            proposal=proposal,
            replaced=submission.version,
            version=freeze(
                proposal,
                origin=VersionOrigin.EXCHANGE,
                author=actor,
                replaces=submission.version,
            ),
            note=answer.note.strip(),
            requested_on=on,
            requested_by=actor,
        )
        exchange.save()
    return exchange


def decide_exchange(*, actor: User, exchange: Exchange, answer: ExchangeAnswer) -> Exchange:
    """Put the new version in the place of the issued one, or refuse it.

    Offices whose parts it changes are asked for a statement, which holds nobody up.
    """
    proposal, on = exchange.proposal, answer.on or timezone.localdate()
    act = Act.EXCHANGED if answer.released else Act.EXCHANGE_REFUSED
    with event(actor, act, proposal, reason=answer.remark):
        require(policies.can_release(actor, proposal), "Freigeben darf nur die Verwaltungsleitung.")
        note_deputy(actor, Role.HEAD, proposal.municipality_id)
        if exchange.released_on is not None or exchange.refused_on is not None:
            raise RuleViolation("Über diese Austauschfassung ist schon entschieden.")
        if not answer.released:
            _refuse_silence(answer.remark)
            changed(exchange, refused_on=on)
            return exchange
        refuse_on(_objection_to_release(proposal, exchange))
        submission = current_submission(proposal)
        assert submission is not None

        following = supersede(
            proposal,
            submission,
            exchange.version,
            on,
            released_on=on,
            released_by_id=actor.pk,
            signature_mode=answer.signature_mode,
            signature_name=answer.signature_name.strip(),
            signature_function=answer.signature_function.strip(),
            signed_by_word=answer.signed_by_word,
        )
        changed(exchange, released_on=on, released_by=actor)
        ask_for_statements(following, submission, on)
        order_documents(actor, proposal, following)
        settle_status(proposal)
    return exchange


def _objection_to_release(proposal: Proposal, exchange: Exchange) -> RuleViolation | None:
    """Refuse to exchange what has been decided or replaced since the version was presented."""
    submission = current_submission(proposal)
    if submission is None or submission.version_id != exchange.replaced_id:
        return RuleViolation(
            "Die ausgegebene Fassung ist inzwischen eine andere. Bitte geben Sie die "
            "Austauschfassung zurück."
        )
    if issued_facts(proposal).decided:
        return RuleViolation(
            "Über die Vorlage ist inzwischen beschlossen; sie wird nicht mehr ausgetauscht."
        )
    return None


def _refuse_silence(remark: str) -> None:
    if not remark.strip():
        raise RuleViolation(
            "Bitte schreiben Sie der Federführung, warum die Fassung nicht ausgetauscht wird.",
            field="reason",
        )
