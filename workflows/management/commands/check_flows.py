"""Do the open tasks and the status of every proposal agree with its facts?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.models import Proposal

from ... import gate


class Command(BaseCommand):
    """Name every proposal that contradicts its facts; silent where all is well."""

    help = "Nennt Vorlagen, deren Status oder offene Aufgaben den Tatsachen widersprechen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --repair."""
        parser.add_argument(
            "--repair",
            action="store_true",
            help="legt falsche Aufgaben aus den Tatsachen neu an; ein Status wird nur genannt",
        )

    def handle(self, *, repair: bool, **_options: Any) -> None:
        """Look at one proposal after the other; exit code 1 while anything is wrong."""
        unrepaired = 0
        proposals = Proposal.everything.order_by("pk").values_list("pk", "number")
        for pk, number in list(proposals):
            for finding in gate.examine(pk, repair=repair):
                mended = "behoben: " if finding.repaired else ""
                self.stdout.write(
                    f"Vorlage {number or 'ohne Nummer'} ({pk}): {mended}{finding.sentence}"
                )
                unrepaired += not finding.repaired
        if unrepaired:
            raise CommandError(f"Widersprüche zu den Tatsachen: {unrepaired}")
