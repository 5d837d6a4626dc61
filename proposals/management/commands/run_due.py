"""Does what events asked for and what waits since their commit: makes the Word files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.services.documents import Done, run_outbox


class Command(BaseCommand):
    """For cron or a systemd timer, every minute; a second run at the same time does no harm."""

    help = "Erzeugt die angeforderten Word-Dateien; endet mit 1, wenn etwas nicht gelang."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each order as soon as it is dealt with, then the sum."""
        done = run_outbox(self._say)
        failed = sum(bool(order.failure) for order in done)
        if failed:
            raise CommandError(
                f"Gescheitert: {failed} von {len(done)} Aufträgen; der nächste Lauf versucht es "
                "wieder."
            )
        self.stdout.write(f"Aufträge erledigt: {len(done)}" if done else "Es war nichts zu tun.")

    def _say(self, done: Done) -> None:
        order = f"Auftrag {done.order.pk}"
        if done.failure:
            self.stderr.write(f"{order}, Versuch {done.order.failures + 1}: {done.failure}")
            return
        version = done.documents[0].version
        copies = ", ".join(document.get_audience_display() for document in done.documents)
        house = version.proposal.municipality
        self.stdout.write(f"{order}: {house}, {version.proposal}, {version} ({copies})")
