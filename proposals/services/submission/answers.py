"""What people answer between hand-in and form check; frozen, one class per act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ...models import SignatureMode
from ...rules.co_signing import Verdict


@dataclass(frozen=True)
class SubmitAnswer:
    """Hand in; `on` is the business date (today if None).

    `reason` explains a route without a deciding body, or with more than one; `finance_reasons`
    answer the notes on the money that ask for one, by their code.
    """

    on: date | None = None
    reason: str = ""
    finance_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CoSignAnswer:
    """What an office answers."""

    verdict: Verdict
    remark: str = ""
    on: date | None = None


@dataclass(frozen=True)
class ReleaseAnswer:
    """Release with a signature, or send back with a remark.

    `remark` is also the reason for a release over a refusal or of one's own work;
    `signed_by_word`: the paper carries „gez.“ in place of ink.
    """

    released: bool
    remark: str = ""
    signature_mode: SignatureMode = SignatureMode.OWN
    signature_name: str = ""
    signature_function: str = ""
    signed_by_word: bool = False
    on: date | None = None


@dataclass(frozen=True)
class FormCheckAnswer:
    """Pass the form check, or send back with a remark."""

    passed: bool
    remark: str = ""
    on: date | None = None


@dataclass(frozen=True)
class RecallAnswer:
    """The lead office takes its draft back to change it; `note` says why, for the history."""

    note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class AskMoreAnswer:
    """Ask one more office in the round under way."""

    office_id: int
    on: date | None = None


@dataclass(frozen=True)
class DelegateAnswer:
    """An office hands its request on to another one."""

    co_signature_id: int
    office_id: int
    note: str
    on: date | None = None


@dataclass(frozen=True)
class ExpireAnswer:
    """The lead office goes on without an answer whose deadline is over."""

    co_signature_id: int
    note: str
    on: date | None = None


@dataclass(frozen=True)
class LateAnswer:
    """What an office answers after it went on without it."""

    co_signature_id: int
    verdict: Verdict
    remark: str = ""
    on: date | None = None


@dataclass(frozen=True)
class TakeAnswer:
    """Somebody takes a request of the group inbox on, or gives it back.

    `seen_id` is who had it when they looked (None: nobody).
    """

    co_signature_id: int
    seen_id: int | None = None
    gives_back: bool = False
