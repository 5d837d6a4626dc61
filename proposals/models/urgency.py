"""Decisions that could not wait for the body that should take them."""

from django.db import models
from django.db.models import Q

from ..rules.urgency import UrgentOrgan
from .base import OfProposal, code_field
from .consultation import Consultation
from .proposal import Proposal


class UrgentDecision(OfProposal):
    """Eilentscheidung: another organ decides in place of the council, which is told or approves.

    The Hauptausschuss decides in its meeting: `consultation` is its station. The head decides on
    `decided_on`, together with whoever the law of the Land names (`signers`).
    """

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="urgent_decision", verbose_name="Vorlage"
    )
    organ = code_field(UrgentOrgan, "Organ")
    consultation = models.OneToOneField(
        Consultation,
        models.PROTECT,
        null=True,
        related_name="urgent_decision",
        verbose_name="Beratung",
    )
    instead_of = models.ForeignKey(
        Consultation,
        models.PROTECT,
        related_name="+",
        verbose_name="anstelle der Beratung",
    )
    decided_on = models.DateField("entschieden am", null=True)
    signers = models.CharField("entschieden durch", max_length=400, blank=True)
    paragraph = models.CharField("Rechtsgrundlage", max_length=120)

    class Meta(OfProposal.Meta):
        verbose_name = "Eilentscheidung"
        verbose_name_plural = "Eilentscheidungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    organ=UrgentOrgan.MAIN_COMMITTEE,
                    consultation__isnull=False,
                    decided_on__isnull=True,
                )
                | Q(organ=UrgentOrgan.HEAD, consultation__isnull=True, decided_on__isnull=False)
                & ~Q(signers=""),
                name="urgent_decision_has_its_organ",
            )
        ]
