"""What a proposal costs: items, posts and funding. An unknown amount is not zero."""

from django.db import models
from django.db.models import Q

from ..rules.costs import Qualifier
from ..rules.words import Labelled
from .base import OfProposal, code_field
from .proposal import Proposal


class CostKind(Labelled):
    """Which of the house's boxes a cost item belongs to (domain.md 3.1)."""

    EXPENSE = "expense", "Gesamtkosten"
    FOLLOW_UP = "follow_up", "jährliche Folgekosten"
    INCOME = "income", "objektbezogene Einnahmen"


class CostItem(OfProposal):
    """Kostenposition: one amount in euros, which may be unknown, with budget before and after."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="cost_items", verbose_name="Vorlage"
    )
    position = models.PositiveIntegerField("Nummer")
    kind = code_field(CostKind, "Feld", default=CostKind.EXPENSE)
    text = models.CharField("Bezeichnung", max_length=200)
    amount = models.DecimalField("Betrag", max_digits=14, decimal_places=2, null=True)
    qualifier = code_field(Qualifier, "Zusatz", default=Qualifier.EXACT, blank=True)
    recurring = models.BooleanField("jährlich", default=False)
    year = models.PositiveIntegerField("Haushaltsjahr", null=True)
    before = models.DecimalField("bisher", max_digits=14, decimal_places=2, null=True)
    after = models.DecimalField("künftig", max_digits=14, decimal_places=2, null=True)
    clause = models.PositiveIntegerField("Ziffer des Beschlusses", null=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Kostenposition"
        verbose_name_plural = "Kostenpositionen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_cost_item_a_number"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="cost_is_not_negative"
            ),
        ]


class PositionSource(Labelled):
    """Who pays for a post."""

    ESTABLISHMENT = "establishment", "Stellenplan"
    SECONDED = "seconded", "abgeordnet"
    EXTERNAL = "external", "externer Dienstleister"
    THIRD_PARTY = "third_party", "Drittmittel"


class StaffPosition(OfProposal):
    """Stelle: a post, in shares of a full one."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="positions", verbose_name="Vorlage"
    )
    position = models.PositiveIntegerField("Nummer")
    text = models.CharField("Bezeichnung", max_length=200)
    share = models.DecimalField("Stellenanteil", max_digits=7, decimal_places=3)
    grade = models.CharField("Entgelt- oder Besoldungsgruppe", max_length=40, blank=True)
    source = code_field(PositionSource, "Finanzierung", default=PositionSource.ESTABLISHMENT)
    limited_until = models.DateField("befristet bis", null=True)
    clause = models.PositiveIntegerField("Ziffer des Beschlusses", null=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Stelle"
        verbose_name_plural = "Stellen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_post_a_number"),
            models.CheckConstraint(condition=Q(share__gt=0), name="post_has_a_share"),
        ]


class Funding(OfProposal):
    """Förderung: money from outside, often a number of maxima."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="funding", verbose_name="Vorlage"
    )
    position = models.PositiveIntegerField("Nummer")
    text = models.CharField("Bezeichnung", max_length=200)
    authority = models.CharField("Zuwendungsgeber", max_length=120, blank=True)
    count = models.PositiveIntegerField("Anzahl", default=1)
    amount_each = models.DecimalField("Betrag je Einheit", max_digits=14, decimal_places=2)
    qualifier = code_field(Qualifier, "Zusatz", default=Qualifier.EXACT, blank=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Förderung"
        verbose_name_plural = "Förderungen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_funding_a_number"),
            models.CheckConstraint(
                condition=Q(amount_each__gte=0, count__gt=0), name="funding_is_positive"
            ),
        ]
