"""simple-history, corrected: each row belongs to an event and records what the database holds."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords

from .context import current, current_id

if TYPE_CHECKING:
    _UUIDField = models.UUIDField[Any, Any]
else:
    _UUIDField = models.UUIDField


class EventField(_UUIDField):
    """The event of a history row; writing it notes the touched history model.

    Django calls `pre_save` in `save` and in `bulk_create`, so no way of writing is missed.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Note the model, then do as Django does."""
        if (running := current.get()) is not None:
            running.touched.add(type(model_instance))
        return super().pre_save(model_instance, add)


class Stamped(models.Model):
    """What every history row carries besides the tracked columns."""

    event = EventField(default=current_id, editable=False, db_index=True)
    nonce = models.CharField(max_length=64, default=secrets.token_hex, editable=False)

    history_type: str
    instance_type: Any

    class Meta:
        abstract = True


class AuditedRecords(HistoricalRecords):
    """HistoricalRecords without its measured defects: stale rows, lost users, silent gaps."""

    def __init__(self, **options: Any) -> None:
        actor_id = models.BigIntegerField(null=True)
        super().__init__(**{"bases": [Stamped], "history_user_id_field": actor_id, **options})

    def finalize(self, sender: Any, **kwargs: Any) -> None:
        """Refuse a save outside of an event before it is written.

        `post_save` is too late: without a transaction the row is committed by then.
        """
        super().finalize(sender, **kwargs)
        if hasattr(sender._meta, "simple_history_manager_attribute"):
            models.signals.pre_save.connect(_require_event, sender=sender, weak=False)

    def post_save(
        self, instance: Any, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        """Re-read the row where the instance may differ from it (update_fields, F())."""
        may_differ = kwargs.get("update_fields") or any(
            hasattr(value, "resolve_expression") for value in vars(instance).values()
        )
        if may_differ and not kwargs.get("raw"):
            instance = type(instance)._base_manager.using(using).get(pk=instance.pk)
        super().post_save(instance, created, using=using, **kwargs)

    def get_history_user(self, instance: Any) -> Any:
        """Take the user from the event, never from a request."""
        running = current.get()
        return running.actor if running else None

    def get_change_reason_for_object(
        self, instance: Any, history_type: str, using: str | None
    ) -> str | None:
        """Leave it empty: a reason stands once, in `Reason`, where it can be erased."""
        return None

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Index by row and time: the default indexes are slow at 10 000 versions."""
        assert model._meta.pk is not None
        key = model._meta.pk.attname
        newest_first = models.Index(fields=[key, "-history_date", "-history_id"])
        return {**super().get_meta_options(model), "indexes": [newest_first]}


def create_all(rows: Sequence[Any]) -> None:
    """Insert rows of one model with their history in two statements; inside an event only.

    For lists that belong together, such as a roll call; nothing that has a history may use
    `bulk_create` itself. Raises RecordError outside of an event.
    """
    current_id()
    if not rows:
        return
    model = type(rows[0])
    models.QuerySet(model).bulk_create(rows)
    model.history.bulk_history_create(rows, default_change_reason=None)


def _require_event(**_signal: Any) -> None:
    current_id()
