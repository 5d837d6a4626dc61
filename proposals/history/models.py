"""The journal's own tables; none of them is tracked, all of them are append-only."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .guard import GuardedManager, GuardedModel, visible_keys


class Head(models.Model):
    """Kettenkopf: the last link of the journal's chain; one row, locked by every append."""

    seq = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64)

    class Meta:
        verbose_name = "Kettenkopf"
        verbose_name_plural = "Kettenkopf"

    def __str__(self) -> str:
        return f"{self.seq}"


class Entry(GuardedModel):
    """Journaleintrag: one business action; `body` is signed as the text it is."""

    append_only = True

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    event = models.UUIDField(unique=True)
    body = models.TextField()
    prev = models.CharField(max_length=64, unique=True)
    chain = models.CharField(max_length=64, unique=True)
    sig = models.CharField(max_length=128)

    objects = GuardedManager()
    everything: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        base_manager_name = "everything"
        verbose_name = "Journaleintrag"
        verbose_name_plural = "Journaleinträge"

    @classmethod
    def visibility(cls, user: object) -> Q:
        """An entry shows to those who may see what it names.

        Of the proposals on an agenda one is enough: the entry of an invitation names them all.
        """
        shown = Q()
        for label, model in guarded_labels().items():
            visible = visible_keys(model, user)
            named = EntryObject.objects.filter(label=label)
            hidden = named.exclude(object_id__in=visible).values("entry")
            if label == "proposals.proposal":
                seen = named.filter(object_id__in=visible).values("entry")
                shown &= Q(pk__in=seen) | ~Q(pk__in=hidden)
            else:
                shown &= ~Q(pk__in=hidden)
        return shown


class EntryObject(models.Model):
    """Journalbezug: which rows an entry is about; an index over `Entry.body`, not evidence."""

    append_only = True

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="named")
    label = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = "Journalbezug"
        verbose_name_plural = "Journalbezüge"
        indexes = [models.Index(fields=["label", "object_id"], name="entry_object_lookup")]

    def __str__(self) -> str:
        return f"{self.label}:{self.object_id}"


class Reason(models.Model):
    """Begründung: why an act was done; the journal signs a salted digest of it.

    The only row of the record whose content may be erased (both fields to NULL), for data
    protection; the digest in the journal stays and says that there was one.
    """

    event = models.UUIDField(primary_key=True)
    # NULL is the erased state, different from an empty text
    salt = models.CharField(max_length=64, null=True)  # noqa: DJ001
    text = models.TextField(null=True)  # noqa: DJ001

    class Meta:
        verbose_name = "Begründung"
        verbose_name_plural = "Begründungen"

    def __str__(self) -> str:
        return f"{self.event}"


def guarded_labels() -> dict[str, type[GuardedModel]]:
    """Return the guarded models that journal entries name, by label."""
    from django.apps import apps

    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if issubclass(model, GuardedModel) and getattr(model, "named_in_journal", False)
    }
