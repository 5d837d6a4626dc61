"""The house: municipality, its own rules, legislative terms and number counters."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q

from ..rules.agenda import AgendaNumbering
from ..rules.boxes import HouseBoxes
from ..rules.law import Law, law
from ..rules.numbering import NumberPattern
from ..rules.results import RecommendationAs
from ..rules.sections import HouseSections
from ..rules.suffixes import SuffixPattern
from ..rules.words import Labelled, Land, MunicipalityKind, ProposalKind
from .base import Tracked, code_field


class NumberAt(Labelled):
    """When a house gives a proposal its number (practice.md 1.14)."""

    CREATION = "creation", "bei der Anlage"
    SUBMISSION = "submission", "bei der Abgabe zur Mitzeichnung"
    RELEASE = "release", "bei der Freigabe"


class Municipality(Tracked):
    """Kommune: a Landkreis, Kreis or town; blind to every other one in the installation."""

    slug = models.SlugField("Kurzname", unique=True)
    name = models.CharField("Name", max_length=200)
    land = code_field(Land, "Land")
    kind = code_field(MunicipalityKind, "Art")
    place = models.CharField("Ort", max_length=100)
    office_word = models.CharField("Wort für Organisationseinheit", max_length=40, default="Amt")
    head_title = models.CharField("Verwaltungsleitung", max_length=80)
    number_pattern = models.CharField("Nummernmuster", max_length=80)
    number_scope = models.CharField("Nummernkreis", max_length=20)
    number_at = code_field(NumberAt, "Nummer wird vergeben")
    kind_prefixes = models.JSONField("Kürzel der Vorlagenarten", default=dict)
    agenda_numbering = code_field(
        AgendaNumbering, "Zählung der Tagesordnung", default=AgendaNumbering.SEPARATE
    )
    recommendation_as = code_field(
        RecommendationAs, "Empfehlung eines Gremiums", default=RecommendationAs.NOTE
    )
    kind_names = models.JSONField("Namen der Vorlagenarten", default=dict)
    section_order = models.JSONField("Reihenfolge der Abschnitte", default=list)
    section_names = models.JSONField("Namen der Abschnitte", default=dict)
    sections_of_kind = models.JSONField("Abschnitte je Vorlagenart", default=dict)
    counted_sections = models.JSONField("gezählte Abschnitte", default=list)
    counted_of_kind = models.JSONField("gezählte Abschnitte je Vorlagenart", default=dict)
    finance_boxes = models.JSONField("Finanzfelder", default=list)
    wording_per_committee = models.BooleanField("Wortlaut je Gremium", default=False)
    suffix_pattern = models.CharField("Muster des Zusatzes", max_length=40, blank=True)
    account_pattern = models.CharField("Muster der Produktkonten", max_length=120, blank=True)
    co_signing_stages = models.JSONField("Stufen der Mitzeichnung", default=list)
    co_signing_days = models.PositiveIntegerField("Mitzeichnungsfrist in Arbeitstagen", default=5)
    release_days = models.PositiveIntegerField("Freigabefrist in Arbeitstagen", default=2)
    closing_days = models.PositiveIntegerField(
        "Vorlagenschluss in Tagen vor der Sitzung", default=14
    )

    class Meta:
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"

    def __str__(self) -> str:
        return self.name

    @property
    def pattern(self) -> NumberPattern:
        """Return the pattern of proposal numbers; raises RuleViolation where it cannot be one."""
        return NumberPattern.parse(self.number_pattern, self.number_scope)

    @property
    def suffix(self) -> SuffixPattern:
        """Return the pattern of what is put behind the number of an earlier paper."""
        return SuffixPattern.parse(self.suffix_pattern)

    def prefix(self, kind: str) -> str:
        """Return the house's short form of a kind of proposal, e.g. "BV"."""
        return str(self.kind_prefixes.get(kind, ProposalKind(kind).prefix))

    def kind_name(self, kind: str) -> str:
        """Return the house's own name of a kind of paper, e.g. "Informationsvorlage"."""
        return str(self.kind_names.get(kind, ProposalKind(kind).label))

    @property
    def sections(self) -> HouseSections:
        """Return which sections the house has, in which order and under which headings."""
        return HouseSections(
            self.sections_of_kind,
            self.section_order,
            self.section_names,
            self.counted_sections,
            self.counted_of_kind,
        )

    @property
    def boxes(self) -> HouseBoxes:
        """Return the boxes about money on the house's form, in its order and with its names."""
        return HouseBoxes.of(self.finance_boxes)

    @cached_property
    def own_rules(self) -> list[tuple[date, str, Any]]:
        """Return the house's rules as (valid from, path, value), oldest first; read once."""
        rows = self.house_rules.order_by("valid_from")
        return list(rows.values_list("valid_from", "path", "value"))

    def term_number(self, on: date) -> int:
        """Return the number of the Wahlperiode on a day; 0 before the first."""
        terms = self.terms.filter(starts_on__lte=on).order_by("-starts_on")
        return terms.values_list("number", flat=True).first() or 0

    def law(self, on: date) -> Law:
        """Return the law of the Land as it stood on a date, with the house's rules of that day."""
        overrides = {path: value for since, path, value in self.own_rules if since <= on}
        return law(self.land, self.kind, on, overrides)


class HouseRule(Tracked):
    """Hausregel: a value of the law data that the Hauptsatzung or Geschäftsordnung overrides."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="house_rules", verbose_name="Kommune"
    )
    path = models.CharField("Regel", max_length=120)
    value = models.JSONField("Wert")
    source = models.CharField("Fundstelle", max_length=200)
    valid_from = models.DateField("gültig ab")

    class Meta:
        verbose_name = "Hausregel"
        verbose_name_plural = "Hausregeln"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "path", "valid_from"], name="one_house_rule_per_day"
            )
        ]


class LegislativeTerm(Tracked):
    """Wahlperiode: the term of the elected body."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="terms", verbose_name="Kommune"
    )
    number = models.PositiveIntegerField("Nummer")
    name = models.CharField("Name", max_length=100)
    starts_on = models.DateField("Beginn")
    ends_on = models.DateField("Ende", null=True)

    class Meta:
        verbose_name = "Wahlperiode"
        verbose_name_plural = "Wahlperioden"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="one_term_per_number"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="term_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NumberCounter(Tracked):
    """Nummernkreis: the next running number of one series; numbers are never reused."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="counters", verbose_name="Kommune"
    )
    series = models.CharField("Reihe", max_length=80)
    next = models.PositiveIntegerField("nächste Nummer", default=1)

    class Meta:
        verbose_name = "Nummernkreis"
        verbose_name_plural = "Nummernkreise"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "series"], name="one_counter_a_series")
        ]
