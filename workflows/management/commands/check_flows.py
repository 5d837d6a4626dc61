"""Do the open tasks and the status of every proposal and meeting agree with the facts?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from proposals.models import Meeting, Proposal, ResultReview

from ... import gate
from ...gate import Finding


class Command(BaseCommand):
    """Name what contradicts its facts; silent where all is well."""

    help = "Nennt Vorlagen und Sitzungen, deren Status oder Aufgaben den Tatsachen widersprechen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --repair."""
        parser.add_argument(
            "--repair",
            action="store_true",
            help="legt falsche Aufgaben aus den Tatsachen neu an; ein Status wird nur genannt",
        )

    def handle(self, *, repair: bool, **_options: Any) -> None:
        """Look at one proposal and meeting after the other; exit code 1 if anything is wrong."""
        unrepaired = 0
        proposals = Proposal.everything.order_by("pk").values_list("pk", "number")
        for pk, number in list(proposals):
            name = f"Vorlage {number or 'ohne Nummer'} ({pk})"
            unrepaired += self._tell(name, gate.examine(pk, repair=repair))
        without_paper = ResultReview.everything.filter(proposal__isnull=True)
        meetings = Meeting.everything.filter(pk__in=without_paper.values("agenda_item__meeting"))
        for pk, starts_at in list(meetings.order_by("pk").values_list("pk", "starts_at")):
            name = f"Sitzung vom {timezone.localdate(starts_at):%d.%m.%Y} ({pk})"
            unrepaired += self._tell(name, gate.examine_meeting(pk, repair=repair))
        if unrepaired:
            raise CommandError(f"Widersprüche zu den Tatsachen: {unrepaired}")

    def _tell(self, name: str, findings: list[Finding]) -> int:
        """Write the findings of one row; return how many are still there."""
        for finding in findings:
            mended = "behoben: " if finding.repaired else ""
            self.stdout.write(f"{name}: {mended}{finding.sentence}")
        return sum(not finding.repaired for finding in findings)
