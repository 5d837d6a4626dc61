"""The acts on a paper besides its steps: which use case each answer belongs to."""

from collections.abc import Callable
from typing import Any

from proposals.services import attachments, editorial, exchange, leading, submission

PAPER_ACTS: dict[type, Callable[..., Any]] = {
    submission.RecallAnswer: submission.recall,
    submission.AskMoreAnswer: submission.ask_more,
    submission.DelegateAnswer: submission.delegate,
    submission.ExpireAnswer: submission.expire,
    submission.LateAnswer: submission.answer_late,
    submission.TakeAnswer: submission.take_on,
    exchange.PresentAnswer: exchange.present_exchange,
    editorial.EditorialAnswer: editorial.correct_editorially,
    attachments.LateAnnexAnswer: attachments.attach_late,
    leading.TakeLeadAnswer: leading.take_lead,
    leading.HandOverAnswer: leading.hand_over,
}
