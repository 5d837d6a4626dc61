"""What a proposal costs: items, posts and funding. An unknown amount is not zero."""

from django.db import models
from django.db.models import Q

from ..rules.costs import Budgeted, BudgetStatus, CostKind, CostNature, Qualifier, Rhythm
from ..rules.funding import FundingKind, FundingState
from ..rules.staffing import PositionSource, PostNote
from .base import OfProposal, Tracked, code_field
from .municipality import Municipality
from .proposal import Proposal


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
    recurring = models.BooleanField("wiederkehrend", default=False)
    monthly = models.BooleanField("monatlich", default=False)
    year = models.PositiveIntegerField("Haushaltsjahr", null=True)
    before = models.DecimalField("bisher", max_digits=14, decimal_places=2, null=True)
    after = models.DecimalField("künftig", max_digits=14, decimal_places=2, null=True)
    nature = code_field(CostNature, "Haushaltsart", default=CostNature.EXPENSE)
    until = models.PositiveIntegerField("bis Haushaltsjahr", null=True)
    product = models.CharField("Produkt", max_length=60, blank=True)
    account = models.CharField("Sachkonto", max_length=60, blank=True)
    budgeted = code_field(Budgeted, "veranschlagt", default=Budgeted.UNKNOWN, blank=True)
    available = models.DecimalField(
        "davon verfügbar (Euro)", max_digits=14, decimal_places=2, null=True
    )
    budget_status = code_field(BudgetStatus, "Haushaltsrecht", default=BudgetStatus.PLANNED)
    coverage = models.CharField("Deckungsvorschlag", max_length=400, blank=True)
    commitment = models.DecimalField(
        "Verpflichtungsermächtigung (Euro)", max_digits=14, decimal_places=2, null=True
    )
    blocked = models.BooleanField("Sperrvermerk", default=False)
    from_positions = models.BooleanField("Betrag aus den Stellen", default=False)
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
            models.CheckConstraint(
                condition=Q(monthly=False) | Q(recurring=True), name="monthly_is_recurring"
            ),
        ]

    @property
    def rhythm(self) -> Rhythm:
        """Return how often the amount falls due."""
        if not self.recurring:
            return Rhythm.ONCE
        return Rhythm.MONTHLY if self.monthly else Rhythm.YEARLY


class PersonnelRate(Tracked):
    """Durchschnittssatz: what a full post of a grade costs in a year on average."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="personnel_rates", verbose_name="Kommune"
    )
    grade = models.CharField("Entgelt- oder Besoldungsgruppe", max_length=40)
    year = models.PositiveIntegerField("Jahr")
    amount = models.DecimalField("Betrag im Jahr (Euro)", max_digits=14, decimal_places=2)
    source = models.CharField("Fundstelle", max_length=200)

    class Meta:
        verbose_name = "Durchschnittssatz"
        verbose_name_plural = "Durchschnittssätze"
        ordering = ["-year", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "grade", "year"], name="one_rate_a_grade_and_year"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.grade} ({self.year})"


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
    hours = models.DecimalField("Stunden je Woche", max_digits=5, decimal_places=2, null=True)
    full_hours = models.DecimalField(
        "Vollzeit in Stunden je Woche", max_digits=5, decimal_places=2, null=True
    )
    filled_from = models.DateField("zu besetzen ab", null=True)
    yearly_cost = models.DecimalField(
        "Kosten im Jahr (Euro)", max_digits=14, decimal_places=2, null=True
    )
    rate = models.ForeignKey(
        PersonnelRate, models.PROTECT, null=True, related_name="+", verbose_name="Durchschnittssatz"
    )
    plan_year = models.PositiveIntegerField("Stellenplan", null=True)
    note = code_field(PostNote, "Vermerk", default=PostNote.NONE, blank=True)
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
    kind = code_field(FundingKind, "Art", default=FundingKind.FIXED)
    state = code_field(FundingState, "Stand", default=FundingState.PLANNED)
    state_on = models.DateField("Stand vom", null=True)
    conditions = models.CharField("Auflagen", max_length=400, blank=True)
    recurring = models.BooleanField("jährlich", default=False)
    year = models.PositiveIntegerField("Haushaltsjahr", null=True)
    until = models.PositiveIntegerField("bis Haushaltsjahr", null=True)

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
