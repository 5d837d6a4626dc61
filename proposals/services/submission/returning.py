"""Every way back to the lead office; private to the use cases, inside their event."""

from datetime import date

from ...models import ReturnedFrom, Submission
from ...rules.errors import RuleViolation
from ..common import changed


def send_back(submission: Submission, source: ReturnedFrom, on: date) -> None:
    """End the round: the draft is open again, what was answered stays for the next one."""
    changed(submission, returned_on=on, returned_from=source)


def refuse_silent_return(remark: str) -> None:
    """Refuse to send a paper back without a word what is to be changed."""
    if not remark.strip():
        raise RuleViolation(
            "Bitte schreiben Sie der Federführung, was zu ändern ist.", field="remark"
        )
