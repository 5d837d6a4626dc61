"""From hand-in to form check: submit, co-sign, release, check the form, and every way back."""

from .answers import (
    AskMoreAnswer,
    CoSignAnswer,
    DelegateAnswer,
    ExpireAnswer,
    FormCheckAnswer,
    LateAnswer,
    RecallAnswer,
    ReleaseAnswer,
    SubmitAnswer,
    TakeAnswer,
)
from .changing import answer_late, ask_more, delegate, expire, recall, take_on
from .checking import check_form, order_documents
from .handing_in import draft_facts, objection_to_route, submit
from .releasing import objection_to_release, release
from .signing import co_sign

__all__ = [
    "AskMoreAnswer",
    "CoSignAnswer",
    "DelegateAnswer",
    "ExpireAnswer",
    "FormCheckAnswer",
    "LateAnswer",
    "RecallAnswer",
    "ReleaseAnswer",
    "SubmitAnswer",
    "TakeAnswer",
    "answer_late",
    "ask_more",
    "check_form",
    "co_sign",
    "delegate",
    "draft_facts",
    "expire",
    "objection_to_release",
    "objection_to_route",
    "order_documents",
    "recall",
    "release",
    "submit",
    "take_on",
]
