"""What all facts share: a history that tells the truth, and a guard where secrecy is due."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from ..history.guard import GuardedManager, GuardedModel, TrackedManager, visible_keys
from ..history.records import AuditedRecords
from ..rules.words import Labelled


def code_field(
    words: type[Labelled], verbose_name: str, **options: Any
) -> "models.CharField[Any, Any]":
    """Return a field for one word of a closed list; its choices are the list's labels."""
    return models.CharField(verbose_name, max_length=30, choices=words.choices(), **options)


class Tracked(models.Model):
    """A fact with a history; written inside an event only."""

    history = AuditedRecords(inherit=True)
    objects = TrackedManager()

    class Meta:
        abstract = True


class Guarded(Tracked, GuardedModel):
    """A fact that not everybody may see."""

    objects = GuardedManager()  # type: ignore[misc]  # guarded on purpose
    everything: ClassVar[models.Manager[Any]] = TrackedManager()

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"


class OfProposal(Guarded):
    """A row that hangs on a proposal and is seen by whoever sees the proposal."""

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow the proposal."""
        from .proposal import Proposal

        visible = visible_keys(Proposal, user)
        return Q(proposal__in=visible)
