"""Offices that write, committees that decide."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ..history.guard import TrackedQuerySet
from ..rules.words import CommitteeKind, Labelled
from .base import Tracked, code_field
from .municipality import Municipality
from .people import Absence, Person, Role, RoleAssignment


class OfficeQuerySet(TrackedQuerySet["Office"]):
    """Offices, as drafts ask for them."""

    def that_can_sign(self, role: Role = Role.CO_SIGNER) -> Self:
        """Return the offices in which somebody holds `role` today and can log in.

        Who is away has a substitute for it. In no other office could anybody answer.
        """
        today = timezone.localdate()
        away = Absence.objects.filter(
            Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=today),
            person=OuterRef("person"),
            starts_on__lte=today,
            ends_on__gte=today,
            substitute__user__is_active=True,
        )
        signing = RoleAssignment.objects.filter(valid_on(today), role=role)
        able = signing.filter(Q(person__user__is_active=True) | Exists(away))
        return self.filter(pk__in=able.values("office"))


class Office(Tracked):
    """Organisationseinheit: an Amt, Fachdienst or Dezernat; the house has its own word for it."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="offices", verbose_name="Kommune"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="übergeordnet"
    )
    name = models.CharField("Name", max_length=120)
    short_name = models.CharField("Kurzname", max_length=40)
    number = models.CharField("Ordnungsnummer", max_length=20, blank=True)

    objects: ClassVar[Any] = models.Manager.from_queryset(OfficeQuerySet)()

    class Meta:
        verbose_name = "Organisationseinheit"
        verbose_name_plural = "Organisationseinheiten"
        ordering = ["number", "name"]

    def __str__(self) -> str:
        return self.name


class Committee(Tracked):
    """Gremium: council, main committee, committee or advisory board, under its proper name."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="committees", verbose_name="Kommune"
    )
    name = models.CharField("Name", max_length=120)
    short_name = models.CharField("Kurzname", max_length=40)
    kind = code_field(CommitteeKind, "Art")
    statutory_members = models.PositiveIntegerField("gesetzliche Mitgliederzahl")

    class Meta:
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="one_committee_per_name")
        ]

    def __str__(self) -> str:
        return self.name

    def voting_members(self, on: date) -> int:
        """Return how many members have a vote on a date."""
        return self.memberships.filter(valid_on(on), voting=True).count()


class MembershipKind(Labelled):
    """How somebody came to sit in a committee (practice.md 1.8)."""

    ELECTED = "elected", "Abgeordnete oder Abgeordneter"
    CO_OPTED = "co_opted", "hinzugewählt oder sachkundig"
    EX_OFFICIO = "ex_officio", "kraft Amtes"
    BASIC_MANDATE = "basic_mandate", "Grundmandat"
    SUBSTITUTE = "substitute", "Vertretung"


class Membership(Tracked):
    """Mitgliedschaft: a person's seat in a committee, with or without a vote, for a time."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="memberships", verbose_name="Gremium"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name="Person"
    )
    kind = code_field(MembershipKind, "Art")
    voting = models.BooleanField("stimmberechtigt")
    faction = models.CharField("Fraktion/Gruppe", max_length=80, blank=True)
    valid_from = models.DateField("gültig ab")
    valid_to = models.DateField("gültig bis", null=True)

    class Meta:
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person", "valid_from"], name="one_seat_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_after_it_starts",
            ),
        ]


def valid_on(day: date) -> Q:
    """Return the condition that a row with validity holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
