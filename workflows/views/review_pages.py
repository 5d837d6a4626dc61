"""The two steps of a count error: the Rechtsamt advises, the head of the administration decides."""

from typing import Any

from django.utils import timezone

from proposals import policies
from proposals.forms.review import DecisionForm, OpinionForm
from proposals.models import Proposal, ResultReview
from proposals.selectors.meeting_documents import recipients_in_words

from .step_pages import StepPage


class ReviewPage(StepPage):
    """What both steps show: the item, the count as it was and as it is now."""

    subject: ResultReview

    def __init__(self, user: Any, proposal: Proposal | None, subject: ResultReview) -> None:
        super().__init__(user, proposal, subject)
        item = subject.agenda_item
        day = timezone.localdate(item.meeting.starts_at)
        top = f", TOP {item.number}" if item.number else ""
        self.intro = f"{item.committee}, Sitzung vom {day:%d.%m.%Y}{top}"

    def aside(self) -> dict[str, Any]:
        """Return the side column; an item without a paper has no route and no wording of one."""
        return {"notes": self.notes()} if self.proposal is None else super().aside()

    def notes(self) -> list[str]:
        """Say what was counted, what is counted now, and that nothing has been switched."""
        corrected = self.subject.vote
        before, now = corrected.corrects, corrected
        sentences = [
            f"{words}: {vote.get_computed_display()} ({_counts(vote)})."
            for words, vote in (("Bisher gezählt", before), ("Berichtigt", now))
            if vote is not None
        ]
        if self.subject.opinion:
            sentences.append(f"Stellungnahme des Rechtsamtes: {self.subject.opinion}")
        recipients = recipients_in_words(corrected.agenda_item, self.user)
        sentences += [recipients] if recipients else []
        sentences.append(
            "Der verkündete Beschluss gilt weiter, bis hier entschieden oder neu abgestimmt ist."
        )
        if self.proposal is None:
            sentences.append(
                "Der Punkt hat keine Vorlage: Zu einer neuen Abstimmung setzt ihn der "
                "Sitzungsdienst auf die Tagesordnung einer nächsten Sitzung."
            )
        return sentences


class OpinionPage(ReviewPage):
    """The Rechtsamt advises."""

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_advise_review(user, subject.agenda_item.committee.municipality_id)

    def form(self, data: Any) -> OpinionForm:
        """Return the opinion."""
        return OpinionForm(data)

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Ihre Stellungnahme ist gespeichert."


class DecisionPage(ReviewPage):
    """The head of the administration decides."""

    @staticmethod
    def is_for(user: Any, subject: Any) -> bool:
        """Answer whether the step is the user's to do."""
        return policies.can_decide_review(user, subject.agenda_item.committee.municipality_id)

    def form(self, data: Any) -> DecisionForm:
        """Return the choice."""
        return DecisionForm(data)

    def done(self) -> str:
        """Return what the user reads after the step."""
        return "Ihre Entscheidung ist gespeichert."


def _counts(vote: Any) -> str:
    return f"{vote.yes} Ja, {vote.no} Nein, {vote.abstained} Enthaltungen"


REVIEW_PAGES: dict[str, type[StepPage]] = {
    "advise_review": OpinionPage,
    "decide_review": DecisionPage,
}
