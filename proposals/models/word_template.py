"""Word templates that a house has uploaded, and which of them is in force."""

from django.db import models
from django.db.models import Q

from .base import Tracked
from .municipality import Municipality
from .people import User


class WordTemplate(Tracked):
    """Word-Vorlage: a version of the house's own template for one kind of document, for ever.

    `document` is the name under which services ask for it ("beschlussvorlage", "protokoll");
    `remarks` holds what the check had to say about a file that may be used all the same.
    """

    append_only = True

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="word_templates", verbose_name="Kommune"
    )
    document = models.CharField("Dokument", max_length=40)
    number = models.PositiveIntegerField("Version")
    file_name = models.CharField("Dateiname", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("Größe in Byte")
    note = models.CharField("Was ist neu", max_length=200, blank=True)
    remarks = models.JSONField("Hinweise der Prüfung", default=list)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="hochgeladen durch"
    )
    uploaded_at = models.DateTimeField("hochgeladen am")

    class Meta:
        verbose_name = "Word-Vorlage"
        verbose_name_plural = "Word-Vorlagen"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "document", "number"], name="one_word_template_a_number"
            ),
            models.UniqueConstraint(
                fields=["municipality", "document", "digest"], name="one_word_template_a_file"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="word_template_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class TemplateInForce(Tracked):
    """Geltende Word-Vorlage: which version makes the house's documents of a kind from now on.

    Without a row the supplied template is used. Its history says what was in force when.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="templates_in_force", verbose_name="Kommune"
    )
    document = models.CharField("Dokument", max_length=40)
    template = models.ForeignKey(
        WordTemplate, models.PROTECT, related_name="in_force", verbose_name="Word-Vorlage"
    )
    since = models.DateTimeField("gilt seit")

    class Meta:
        verbose_name = "Geltende Word-Vorlage"
        verbose_name_plural = "Geltende Word-Vorlagen"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "document"], name="one_word_template_in_force"
            )
        ]
