"""The app of the facts."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProposalsConfig(AppConfig):
    """Vorlagen: what is true about them."""

    name = "proposals"
    verbose_name = "Vorlagen"

    def ready(self) -> None:
        """Put triggers and the journal's first link back after every migration."""
        from . import checks  # noqa: F401  # registers the system checks

        post_migrate.connect(_protect_record, sender=self)


def _protect_record(**_signal: Any) -> None:
    from .history import journal, triggers

    triggers.install()
    journal.ensure_head()
