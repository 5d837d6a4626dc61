"""Mails: a number, a link and one sentence; nothing of what a paper says if it is not public."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone

from ..history.context import current
from ..models import (
    Absence,
    CoSignature,
    Office,
    Outbox,
    Person,
    Proposal,
    Role,
    RoleAssignment,
    StatementRequest,
    User,
)
from ..models.organization import valid_on
from ..models.standing import absent_on
from ..rules.co_signing import Verdict
from ..rules.reminding import Reminder, words_on_statement
from .orders import order

log = logging.getLogger(__name__)

MAIL = "mail"


@dataclass(frozen=True)
class Mailed:
    """What became of a mail that was asked for; nobody is left where the request is answered."""

    order: Outbox
    recipients: tuple[str, ...] = ()
    failure: str = ""


def order_mails(actor: User, rows: Iterable[CoSignature], why: Reminder) -> None:
    """Ask for a mail about each request; runs inside the event that causes it."""
    for row in rows:
        order(MAIL, actor, co_signature=row.pk, why=why.value)


def order_statement_mails(rows: Iterable[StatementRequest], why: Reminder) -> None:
    """Ask for a mail about each statement, in the name of whoever's act asks for it."""
    running = current.get()
    for row in rows:
        assert running is not None
        assert isinstance(running.actor, User)
        order(MAIL, running.actor, statement=row.pk, why=why.value)


def send_mails(report: Callable[[Mailed], None] = lambda mailed: None) -> list[Mailed]:
    """Send the mails that were asked for, oldest order first; return what became of each.

    A failure is kept with its sentence and tried again by the next run; the others go on.
    """
    found = []
    for asked in _waiting().order_by("created_at", "pk"):
        mailed = _attempt(asked)
        if mailed is not None:
            found.append(mailed)
            report(mailed)
    return found


def _waiting() -> "models.QuerySet[Outbox]":
    return Outbox.objects.filter(kind=MAIL, done_at__isnull=True)


def _attempt(asked: Outbox) -> Mailed | None:
    try:
        with transaction.atomic():
            rows = _waiting().select_for_update(no_key=True, skip_locked=True)
            if rows.filter(pk=asked.pk).first() is None:
                return None  # another run has done it or is at it
            recipients = _send(asked)
            Outbox.objects.filter(pk=asked.pk).update(done_at=timezone.now())
    except Exception as error:  # one bad address must not hold up all later ones
        log.exception("outbox %s", asked.pk)
        sentence = f"Die E-Mail ging nicht hinaus ({type(error).__name__}: {error})"
        failed = _waiting().filter(pk=asked.pk)
        failed.update(failures=models.F("failures") + 1, last_failure=sentence)
        return Mailed(asked, failure=sentence)
    return Mailed(asked, recipients)


def _send(asked: Outbox) -> tuple[str, ...]:
    """Send one mail; nobody is written to about a request that is answered or fell away."""
    why, key = Reminder(asked.payload["why"]), asked.payload.get("statement")
    letter = _on_signature(asked, why) if key is None else _on_statement(key, why)
    if letter is None or not letter.recipients:
        return ()
    EmailMessage(letter.subject, letter.body, bcc=list(letter.recipients)).send()
    return letter.recipients


@dataclass(frozen=True)
class _Letter:
    subject: str
    body: str
    recipients: tuple[str, ...]


def _on_signature(asked: Outbox, why: Reminder) -> _Letter | None:
    rows = CoSignature.everything.select_related("submission", "office", "proposal__municipality")
    row = rows.get(pk=asked.payload["co_signature"])
    if row.verdict != Verdict.PENDING or row.submission.returned_on is not None:
        return None
    return _Letter(*mail_text(row, why), tuple(_addresses(row, why)))


def _on_statement(key: int, why: Reminder) -> _Letter | None:
    rows = StatementRequest.everything.select_related("office", "proposal")
    row = rows.get(pk=key)
    if row.answered_on is not None or row.lapsed_on is not None:
        return None
    people = _people_in(row.office, Role.CO_SIGNER)
    return _Letter(*statement_text(row, why), tuple(_mailboxes(people)))


def mail_text(row: CoSignature, why: Reminder) -> tuple[str, str]:
    """Return subject and text of a mail, with the Betreff of a public paper alone."""
    page = f"mitzeichnen/{row.pk}"
    name, body = _text(row.proposal, row.office, why.label, row.due_on, page)
    return f"{name}: Mitzeichnung", body


def statement_text(row: StatementRequest, why: Reminder) -> tuple[str, str]:
    """Return subject and text of a mail on a statement; not a word of what it is asked about."""
    words, page = words_on_statement(why), f"stellungnahme/{row.pk}"
    name, body = _text(row.proposal, row.office, words, row.due_on, page)
    return f"{name}: Stellungnahme", body


def _text(
    proposal: Proposal, office: Office, words: str, due_on: date | None, page: str
) -> tuple[str, str]:
    """Return what the paper is called, and the text: who is asked, until when, and where."""
    name = f"Vorlage {proposal.number}" if proposal.number else "Eine Vorlage ohne Nummer"
    lines = [f"{name} {words}.", f"Stelle: {office.name}"]
    if proposal.public:
        lines.append(f"Betreff: {proposal.subject}")
    if due_on is not None:
        lines.append(f"Frist: {due_on:%d.%m.%Y}")
    address = settings.BASE_URL.rstrip("/")
    lines.append(f"{address}/vorlagen/{proposal.pk}/{page}/")
    return name, "\n".join(lines)


def _addresses(row: CoSignature, why: Reminder) -> list[str]:
    """Return who hears of it: who took it on, else the whole office and its substitutes.

    Of an expired deadline also who wrote the paper: the lead office decides how it goes on.
    """
    taken = row.taken_by_id is not None
    who = models.Q(pk=row.taken_by_id) if taken else _people_in(row.office, row.role)
    if why == Reminder.EXPIRED:
        who |= models.Q(pk=row.proposal.author_id)
    return _mailboxes(who)


def _people_in(office: Office, role: Role) -> models.Q:
    """Return the accounts that hold a role in an office today, and of those who stand in."""
    today = timezone.localdate()
    held = RoleAssignment.objects.filter(valid_on(today), role=role, office=office)
    people = Person.objects.filter(pk__in=held.values("person"))
    away = Absence.objects.filter(absent_on(today), person__in=people)
    return models.Q(person__in=people) | models.Q(person__in=away.values("substitute"))


def _mailboxes(who: models.Q) -> list[str]:
    users = User.objects.filter(is_active=True).exclude(email="")
    return sorted(set(users.filter(who).values_list("email", flat=True)))
