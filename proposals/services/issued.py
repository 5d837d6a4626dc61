"""Where a paper stands that somebody wants to change after its release."""

from ..history.canonical import digest
from ..models import AgendaItem, Exchange, Proposal
from ..models.content import content_of
from ..models.facts import current_submission, facts, open_consultations
from ..models.signing import UNRELEASED
from ..rules.consultation import UNTREATED
from ..rules.exchange import IssuedFacts


def issued_facts(proposal: Proposal) -> IssuedFacts:
    """Return where a paper stands, as the rules on new versions ask for it."""
    submission = current_submission(proposal)
    if submission is None:
        return IssuedFacts(released=False, in_consultation=False)
    in_consultation = submission.form_checked_on is not None
    items = AgendaItem.everything.filter(consultation__proposal=proposal).exclude(outcome="")
    return IssuedFacts(
        released=submission.released_on is not None,
        in_consultation=in_consultation,
        decided=facts(proposal).decision is not None,
        over=in_consultation and not open_consultations(proposal),
        treated=items.exclude(outcome__in=UNTREATED).exists(),
        exchange_open=Exchange.everything.filter(UNRELEASED, proposal=proposal).exists(),
        draft_differs=digest(content_of(proposal)) != submission.version.digest,
    )
