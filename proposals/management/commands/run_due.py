"""Does what the clock and events ask for; forgets what nobody went on with."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.models import StatementRequest
from proposals.rules.reminding import Reminder, words_on_statement
from proposals.services.buffers import drop_expired
from proposals.services.documents import Done, run_outbox
from proposals.services.mails import Mailed, send_mails
from proposals.services.reminding import Request, remind


class Command(BaseCommand):
    """For cron or a systemd timer, every minute; a second run at the same time does no harm."""

    help = (
        "Erinnert an Mitzeichnungen und Stellungnahmen, verschickt E-Mails und erzeugt die "
        "angeforderten Word-Dateien; endet mit 1, wenn etwas nicht gelang."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each order as soon as it is dealt with, then the sum."""
        remind(report=self._say_reminder)
        mails = send_mails(self._say_mail)
        done: list[Done | Mailed] = [*mails, *run_outbox(self._say)]
        drop_expired()
        failed = sum(bool(order.failure) for order in done)
        if failed:
            raise CommandError(
                f"Gescheitert: {failed} von {len(done)} Aufträgen; der nächste Lauf versucht es "
                "wieder."
            )
        self.stdout.write(f"Aufträge erledigt: {len(done)}" if done else "Es war nichts zu tun.")

    def _say_reminder(self, row: Request, why: Reminder) -> None:
        words = words_on_statement(why) if isinstance(row, StatementRequest) else why.label
        self.stdout.write(f"Erinnert: {row.proposal.municipality}, {row.proposal} ({words})")

    def _say_mail(self, mailed: Mailed) -> None:
        order = f"Auftrag {mailed.order.pk}"
        if mailed.failure:
            self.stderr.write(f"{order}, Versuch {mailed.order.failures + 1}: {mailed.failure}")
            return
        reached = len(mailed.recipients)
        self.stdout.write(f"{order}: E-Mail an {reached}" if reached else f"{order}: entfällt")

    def _say(self, done: Done) -> None:
        order = f"Auftrag {done.order.pk}"
        if done.failure:
            self.stderr.write(f"{order}, Versuch {done.order.failures + 1}: {done.failure}")
            return
        self.stdout.write(f"{order}: {done.words}")
