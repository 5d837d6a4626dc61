"""Makes the key that signs the journal, once for an installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from proposals.history.keys import key_id, make_key

from .render import unwritable


class Command(BaseCommand):
    """Without the key no act can be recorded; a key that is there is never replaced."""

    help = "Legt den Schlüssel an, der das Journal unterschreibt (nur lesbar für den Dienst)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the key where the settings say; say what its public name is."""
        path = Path(settings.SIGNING_KEY_FILE)
        try:
            is_new = make_key(path)
        except OSError as error:
            raise CommandError(f"„{path}“ {unwritable(error)}.") from error
        said = "Schlüssel angelegt" if is_new else "Schlüssel ist schon da, nichts geändert"
        self.stdout.write(f"{said}: {path} (Kennung {key_id()})")
