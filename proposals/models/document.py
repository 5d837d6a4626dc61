"""Word files that were made, and what waits to be made after commit."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..history.guard import visible_keys
from ..rules.words import Labelled
from .base import OfProposal, code_field
from .people import Role
from .proposal import Proposal
from .relations import Reissue
from .standing import standing_of
from .version import ProposalVersion


class Audience(Labelled):
    """For whom a document is rendered (practice.md 1.5)."""

    INTERNAL = "internal", "intern"
    PUBLIC = "public", "öffentlich"


class Document(OfProposal):
    """Dokument: a Word file as it was made, with its digest and its template's.

    `reissue` where it is the paper once more, with a committee's wording under a further number.
    """

    append_only = True
    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="documents", verbose_name="Vorlage"
    )
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, related_name="+", verbose_name="Fassung"
    )
    reissue = models.ForeignKey(
        Reissue, models.PROTECT, null=True, related_name="documents", verbose_name="Neuausgabe"
    )
    audience = code_field(Audience, "Ausgabe")
    digest = models.CharField("SHA-256", max_length=64)
    template_digest = models.CharField("SHA-256 der Vorlage", max_length=64)
    size = models.PositiveIntegerField("Größe in Byte")
    made_at = models.DateTimeField("erzeugt am")

    class Meta(OfProposal.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Public copies with the proposal; internal ones to those who see all its results."""
        who = standing_of(user)
        reissues = visible_keys(Reissue, user)
        readable = Q(reissue__isnull=True) | Q(reissue__in=reissues)
        roles = (Role.HEAD, Role.SECRETARY, Role.AUDITOR)
        if any(who.has(role, who.municipality_id) for role in roles):
            return super().visibility(user) & readable
        internal = Q(audience=Audience.INTERNAL, proposal__lead_office__in=who.offices)
        return super().visibility(user) & readable & (Q(audience=Audience.PUBLIC) | internal)


class Outbox(models.Model):
    """Ausgang: work that an event asked for and that is done after its commit; not tracked."""

    kind = models.CharField("Art", max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    payload = models.JSONField("Angaben")
    created_at = models.DateTimeField("angefordert am", auto_now_add=True)
    done_at = models.DateTimeField("erledigt am", null=True)
    failures = models.PositiveIntegerField("Fehlversuche", default=0)
    last_failure = models.TextField("letzter Fehler", blank=True)

    class Meta:
        verbose_name = "Ausgang"
        verbose_name_plural = "Ausgang"
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(done_at__isnull=True), name="outbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
