"""Writes the Word file of a proposal to disk, for operators; nothing is recorded."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.documents.faults import TemplateFault
from proposals.models import Audience
from proposals.rules.errors import RuleViolation
from proposals.services.documents import rendered, version_of

_REASONS = {
    FileExistsError: "liegt in keinem Ordner",
    FileNotFoundError: "liegt in einem Ordner, den es nicht gibt",
    IsADirectoryError: "ist ein Ordner",
    NotADirectoryError: "liegt in keinem Ordner",
    PermissionError: "darf hier nicht geschrieben werden",
}


class Command(BaseCommand):
    """manage.py render wittmund 0085/2018 --audience internal --output vorlage.docx"""

    help = "Schreibt die Word-Datei einer Vorlage; ohne --audience die öffentliche Ausgabe."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let --version mean the version of the proposal, not Django's."""
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the proposal as people do."""
        parser.add_argument("municipality", metavar="KOMMUNE", help="Kurzname, z. B. wittmund")
        parser.add_argument("number", metavar="NUMMER", help="z. B. 0085/2018")
        parser.add_argument(
            *("--version", "--fassung"),
            dest="version_number",
            type=int,
            metavar="N",
            help="Fassung; ohne Angabe die neueste",
        )
        parser.add_argument(
            "--audience", choices=[audience.value for audience in Audience], default=Audience.PUBLIC
        )
        parser.add_argument("--output", required=True, type=Path, metavar="DATEI")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; raises CommandError with a German sentence where there is none."""
        output: Path = options["output"]
        try:
            version = version_of(
                options["municipality"], options["number"], options["version_number"]
            )
            file = rendered(version, Audience(options["audience"]))
        except (RuleViolation, TemplateFault) as refusal:
            raise CommandError(refusal.message) from refusal
        try:
            output.write_bytes(file.data)
        except OSError as error:
            raise CommandError(f"„{output}“ {unwritable(error)}.") from error
        self.stdout.write(f"{output}: {version.proposal}, {version}")


def unwritable(error: OSError) -> str:
    """Say why a file cannot be written; the system's own words are English."""
    known = _REASONS.get(type(error))
    return known or f"lässt sich nicht schreiben ({error.strerror or error})"
