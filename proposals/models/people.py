"""Who logs in, who that is, and in which role."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from ..rules.words import Labelled
from .base import Tracked, code_field
from .municipality import Municipality


class User(AbstractUser):
    """Benutzer: an account to log in with; who it is stands in `Person`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    class Meta:
        verbose_name = "Benutzer"
        verbose_name_plural = "Benutzer"

    def get_full_name(self) -> str:
        """Return the person's name, or the log-in name where there is no person."""
        person = Person.objects.filter(user=self).first()
        return str(person) if person else self.username

    def get_short_name(self) -> str:
        """Return the log-in name."""
        return self.username

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the record names users for ever; deactivate instead. Raises ProtectedError."""
        raise models.ProtectedError("Benutzer werden deaktiviert, nie gelöscht.", {self})


class Person(Tracked):
    """Person: somebody of the administration or of a committee, with or without an account."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="people", verbose_name="Kommune"
    )
    user = models.OneToOneField(
        User, models.PROTECT, null=True, related_name="person", verbose_name="Benutzer"
    )
    given_name = models.CharField("Vorname", max_length=80, blank=True)
    family_name = models.CharField("Nachname", max_length=80)
    function = models.CharField("Funktion", max_length=120, blank=True)

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Role(Labelled):
    """Rolle: what somebody may do, in a house, an office or a committee."""

    CLERK = "clerk", "Sachbearbeitung"
    CO_SIGNER = "co_signer", "Mitzeichnung"
    OFFICE_HEAD = "office_head", "Leitung einer Organisationseinheit"
    HEAD = "head", "Verwaltungsleitung"
    SECRETARY = "secretary", "Sitzungsdienst"
    COMMITTEE_SECRETARY = "committee_secretary", "Schriftführung"
    LEGAL = "legal", "Rechtsamt"
    AUDITOR = "auditor", "Rechnungsprüfung"
    ADMINISTRATOR = "administrator", "Verwaltung der Stammdaten"


class RoleAssignment(Tracked):
    """Rollenzuweisung: a role of a person, with its scope and its validity."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="role_assignments", verbose_name="Person"
    )
    role = code_field(Role, "Rolle")
    office = models.ForeignKey(
        "proposals.Office",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="Organisationseinheit",
    )
    committee = models.ForeignKey(
        "proposals.Committee", models.PROTECT, null=True, related_name="+", verbose_name="Gremium"
    )
    deputy_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="deputies", verbose_name="in Vertretung von"
    )
    valid_from = models.DateField("gültig ab")
    valid_to = models.DateField("gültig bis", null=True)

    class Meta:
        verbose_name = "Rollenzuweisung"
        verbose_name_plural = "Rollenzuweisungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    role__in=[Role.CLERK, Role.CO_SIGNER, Role.OFFICE_HEAD],
                    office__isnull=False,
                    committee__isnull=True,
                )
                | Q(role=Role.COMMITTEE_SECRETARY, committee__isnull=False, office__isnull=True)
                | Q(
                    ~Q(
                        role__in=[
                            Role.CLERK,
                            Role.CO_SIGNER,
                            Role.OFFICE_HEAD,
                            Role.COMMITTEE_SECRETARY,
                        ]
                    ),
                    office__isnull=True,
                    committee__isnull=True,
                ),
                name="role_has_its_scope",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="role_ends_after_it_starts",
            ),
        ]

    @property
    def scope(self) -> Any:
        """Return the office or committee the role is held in; None for the whole house."""
        return self.office or self.committee


class Absence(Tracked):
    """Abwesenheit: from when to when somebody is away, and who acts "i. V." meanwhile."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="absences", verbose_name="Person"
    )
    substitute = models.ForeignKey(
        Person, models.PROTECT, related_name="substitutions", verbose_name="vertreten durch"
    )
    starts_on = models.DateField("abwesend ab")
    ends_on = models.DateField("abwesend bis")
    cancelled_on = models.DateField("aufgehoben am", null=True)

    class Meta:
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="absence_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("substitute")), name="absence_has_somebody_else"
            ),
        ]


class ActedFor(Tracked):
    """Vertretungsvermerk: for whom somebody did one act "i. V."; it belongs to the act's event."""

    append_only = True

    act_event = models.UUIDField("Ereignis", unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="in Vertretung von"
    )

    class Meta:
        verbose_name = "Vertretungsvermerk"
        verbose_name_plural = "Vertretungsvermerke"
