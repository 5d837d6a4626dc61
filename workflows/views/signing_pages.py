"""The two steps of an office: to co-sign a version, and to state on a change after it."""

from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.forms.signing import StatementForm, TakeForm
from proposals.forms.submission import CoSignForm
from proposals.models import CoSignature, Proposal, StatementRequest
from proposals.models.standing import standing_of
from proposals.rules.co_signing import Stage
from proposals.selectors.signing import (
    parts_of,
    signed_before,
    signing_stages,
    statement_subject,
    why_asked,
)

from .step_pages import StepPage


class CoSignPage(StepPage):
    """An office answers: its parts first, and what is new since it signed."""

    template = "workflows/step_co_sign.html"
    aliases: dict[str, str] = {}
    subject: CoSignature

    def __init__(self, user: Any, proposal: Proposal, subject: CoSignature) -> None:
        super().__init__(user, proposal, subject)
        submission = subject.submission
        submission.proposal = proposal
        self.title = f"Mitzeichnen: {subject.office}"
        self.intro = f"{submission.version}, abgegeben am {submission.submitted_on:%d.%m.%Y}"

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_co_sign(user, subject)

    def form(self, data: Any) -> CoSignForm:
        """Return the office's answer."""
        return CoSignForm(data)

    def wording(self) -> dict[str, Any] | None:
        """Return none: it stands among the parts where the office signs for it."""
        return None

    def aside(self) -> dict[str, Any]:
        """Add the parts, the difference to what was signed, the round, and who took it on."""
        row = self.subject
        before = signed_before(row, self.user)
        own = row.submission.is_work_of(self.user)
        return {
            **super().aside(),
            "parts": parts_of(row),
            "before": before,
            "confirms": before is not None and not own and row.is_open,
            "stages": signing_stages(row.submission, self.user),
            "request_facts": self._facts(),
            "take": self._take(),
            "delegate_url": self._address("signing-delegate")
            if row.is_open and row.stage == Stage.OFFICES
            else "",
        }

    def _facts(self) -> list[tuple[str, str]]:
        """Return why the office is asked, by when, and in whose place the user answers."""
        row, who = self.subject, standing_of(self.user)
        facts = [("Anlass", why_asked(row).removeprefix("wegen: "))]
        if row.due_on is not None:
            facts.append(("Frist", f"{row.due_on:%d.%m.%Y}"))
        if who.stands_in_for(row.role, row.office_id) is not None:
            facts.append(("Sie zeichnen", "in Vertretung (i. V.)"))
        return [(label, words) for label, words in facts if words]

    def _take(self) -> dict[str, Any] | None:
        """Return the button that takes the request on, or gives it back."""
        row = self.subject
        if not row.is_open:
            return None
        mine = row.taken_by_id == self.user.pk
        holder = row.taken_by.get_full_name() if row.taken_by else ""
        return {
            "url": self._address("signing-take"),
            "form": TakeForm(initial={"seen": row.taken_by_id or 0, "gives_back": mine}),
            "words": f"Übernommen von {holder}." if holder else "Noch niemand übernommen.",
            "label": "Zurückgeben" if mine else "Übernehmen",
        }

    def _address(self, name: str) -> str:
        return reverse(name, args=[self.proposal.pk, self.subject.pk])

    def done(self) -> str:
        """Return what the user reads after the step."""
        return f"Die Antwort von „{self.subject.office}“ ist gespeichert."


class StatementPage(StepPage):
    """An office says something on a change; nobody waits for it."""

    template = "workflows/step_statement.html"
    subject: StatementRequest

    def __init__(self, user: Any, proposal: Proposal, subject: StatementRequest) -> None:
        super().__init__(user, proposal, subject)
        self.title = f"Stellung nehmen: {subject.office}"
        until = f", bis zum {subject.due_on:%d.%m.%Y}" if subject.due_on else ""
        self.intro = f"{subject.get_reason_display()}{until}. Die Beratung wartet nicht darauf."

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_state(user, subject)

    def form(self, data: Any) -> StatementForm:
        """Return the statement."""
        return StatementForm(data)

    def wording(self) -> dict[str, Any] | None:
        """Return none: the page shows what changed."""
        return None

    def aside(self) -> dict[str, Any]:
        """Add what is different."""
        return {**super().aside(), "changes": statement_subject(self.subject, self.user)}

    def done(self) -> str:
        """Return what the user reads after the step."""
        return f"Die Stellungnahme von „{self.subject.office}“ ist gespeichert."


SIGNING_PAGES: dict[str, type[StepPage]] = {"co_sign": CoSignPage, "state": StatementPage}
