"""The app of the flow."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Abläufe: whose turn it is."""

    name = "workflows"
    verbose_name = "Abläufe"

    def ready(self) -> None:
        """Load the flows, so that their permissions and signals exist."""
        from . import flows  # noqa: F401
