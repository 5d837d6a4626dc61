"""The route: which committee deals with the proposal, as what, and how that ended."""

from django.db import models
from django.db.models import Q

from ..rules.consultation import ConsultationRole
from ..rules.words import Labelled
from .base import OfProposal, code_field
from .organization import Committee
from .proposal import Proposal


class Lapse(Labelled):
    """Why a consultation will not take place."""

    REJECTED = "rejected", "entfallen: abgelehnt"
    WITHDRAWN = "withdrawn", "entfallen: zurückgezogen"
    RETURNED = "returned", "entfallen: an die Verwaltung zurück"
    SKIPPED = "skipped", "übersprungen"
    CORRECTED = "corrected", "entfallen: Ergebnis berichtigt"
    URGENT = "urgent", "entfallen: Eilentscheidung"
    SETTLED = "settled", "entfallen: erledigt"


class Consultation(OfProposal):
    """Beratung: one committee's part in the route. The same committee may come twice.

    It is open until an agenda item concludes it or it lapses; `position` is the usual order, which
    gates nothing (practice.md 1.1).
    """

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="consultations", verbose_name="Vorlage"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )
    position = models.PositiveIntegerField("Reihenfolge")
    role = code_field(ConsultationRole, "Zuständigkeit")
    concluded_by = models.ForeignKey(
        "proposals.AgendaItem",
        models.PROTECT,
        null=True,
        related_name="concluded",
        verbose_name="abgeschlossen mit TOP",
    )
    lapse = code_field(Lapse, "entfallen", blank=True)
    lapsed_on = models.DateField("entfallen am", null=True)
    lapsed_by = models.ForeignKey(
        "proposals.AgendaItem",
        models.PROTECT,
        null=True,
        related_name="lapsed",
        verbose_name="entfallen durch TOP",
    )
    lapse_reason = models.CharField("Grund", max_length=400, blank=True)
    lapse_authority = models.CharField("verfügt von", max_length=120, blank=True)
    inserted_by = models.ForeignKey(
        "proposals.AgendaItem",
        models.PROTECT,
        null=True,
        related_name="inserted",
        verbose_name="eingefügt durch TOP",
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="ersetzt"
    )

    class Meta(OfProposal.Meta):
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(concluded_by__isnull=True) | Q(lapse=""), name="concluded_or_lapsed"
            ),
            models.CheckConstraint(
                condition=Q(lapse="") | Q(lapsed_on__isnull=False), name="lapse_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} ({self.get_role_display()})"

    @property
    def is_open(self) -> bool:
        """Answer whether the committee still has to deal with it."""
        return self.concluded_by_id is None and not self.lapse


OPEN = Q(concluded_by__isnull=True, lapse="")
