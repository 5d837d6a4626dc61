"""manage.py word_reference: the reference page of all placeholders, from the code."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from proposals.documents.reference import COMMAND, reference
from proposals.services.word_templates import reference_groups


class Command(BaseCommand):
    """Write the page to a file, or to the terminal."""

    help = "Schreibt die Seite mit allen Platzhaltern der Word-Vorlagen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write."""
        parser.add_argument("--output", type=Path, help="Datei; sonst auf den Bildschirm")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the page."""
        page = reference(reference_groups())
        if options["output"] is None:
            self.stdout.write(page)
        else:
            options["output"].write_text(page, encoding="utf-8")
            self.stdout.write(f"{COMMAND}: {options['output']}")
