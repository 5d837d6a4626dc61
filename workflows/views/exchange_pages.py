"""The page on which the head decides on an Austauschfassung, and what differs from the issued."""

from typing import Any

from proposals import policies
from proposals.forms.exchange import ExchangeForm
from proposals.models import Exchange, Proposal
from proposals.models.content import content_of
from proposals.models.facts import current_submission
from proposals.selectors.comparison import comparison
from proposals.selectors.signing import signing_stages

from .step_pages import ReleasePage, StepPage


class ExchangePage(StepPage):
    """The head looks at what is different, and releases or refuses it."""

    template = "workflows/step_exchange.html"
    subject: Exchange

    def __init__(self, user: Any, proposal: Proposal, subject: Exchange) -> None:
        super().__init__(user, proposal, subject)
        self.intro = (
            f"{subject.version} soll an die Stelle von {subject.replaced} treten. "
            f"Was ist neu: {subject.note}"
        )

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_release(user, subject.proposal)

    def form(self, data: Any) -> ExchangeForm:
        """Return the decision, signed with the user's own name."""
        signed = ReleasePage(self.user, self.proposal, self.proposal).form(None)
        return ExchangeForm(data, initial=signed.initial)

    def wording(self) -> dict[str, Any] | None:
        """Return none: the page shows what is different."""
        return None

    def aside(self) -> dict[str, Any]:
        """Add what is different, and who signed what is replaced."""
        old, new = self.subject.replaced.content, self.subject.version.content
        return {
            **super().aside(),
            "difference": comparison(old, new, self.proposal, self.user),
            "stages": signing_stages(current_submission(self.proposal), self.user),
        }

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Ihre Entscheidung über die Austauschfassung ist gespeichert."


EXCHANGE_PAGES: dict[str, type[StepPage]] = {"decide_exchange": ExchangePage}


def exchange_of(proposal: Proposal | None, user: Any) -> dict[str, Any] | None:
    """Return what the draft of a paper on its way says else than what was issued; None before."""
    submission = current_submission(proposal) if proposal is not None else None
    if proposal is None or submission is None or submission.form_checked_on is None:
        return None
    version = submission.version
    return {
        "number": version.number,
        "difference": comparison(version.content, content_of(proposal), proposal, user),
    }
