"""Who was there, who was excluded, and whether that was enough."""

from typing import Any

from django.db import models
from django.db.models import Q

from ..rules.attendance import AttendanceKind
from ..rules.quorum import QuorumCause
from .agenda import AgendaItem, OfAgendaItem
from .base import Guarded, code_field
from .meeting import Meeting
from .organization import Committee
from .people import Person
from .standing import standing_of


class OfMeeting(Guarded):
    """A row that hangs on a meeting and is seen by the administration and those at the table."""

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Names of who was there: for the house's own people, not for members of other bodies."""
        who = standing_of(user)
        of_house = Q(meeting__municipality=who.municipality_id)
        return of_house if who.is_staff else of_house & Q(committee__in=who.seats)


class Attendance(OfMeeting):
    """Anwesenheit: one person in one committee's meeting, from one item to another.

    Who leaves and comes back has two rows. `since` None: from the beginning; `until` names the
    first item that the person did not attend, None: to the end. `voting` is whether the person
    has a vote in this committee, `substitutes` for whom ("i. V. für").
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendance", verbose_name="Sitzung"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    kind = code_field(AttendanceKind, "Anwesenheit")
    voting = models.BooleanField("stimmberechtigt")
    substitutes = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="in Vertretung für"
    )
    since = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="+", verbose_name="ab TOP"
    )
    since_at = models.TimeField("gekommen um", null=True)
    until = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="+", verbose_name="bis vor TOP"
    )
    until_at = models.TimeField("gegangen um", null=True)

    class Meta(OfMeeting.Meta):
        verbose_name = "Anwesenheit"
        verbose_name_plural = "Anwesenheiten"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "committee", "person"],
                condition=Q(since__isnull=True),
                name="one_beginning_a_person",
            ),
            models.UniqueConstraint(
                fields=["meeting", "committee", "person", "since"], name="one_arrival_an_item"
            ),
        ]


class Recusal(OfAgendaItem):
    """Mitwirkungsverbot: who may not take part in an item; declared, or decided by the body."""

    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="recusals", verbose_name="TOP"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="recusals", verbose_name="Person"
    )
    reason = models.CharField("Grund", max_length=400, blank=True)
    decided_by = models.ForeignKey(
        "proposals.Vote",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="festgestellt durch Abstimmung",
    )
    left_room = models.BooleanField("hat den Raum verlassen", default=True)

    class Meta(OfAgendaItem.Meta):
        verbose_name = "Mitwirkungsverbot"
        verbose_name_plural = "Mitwirkungsverbote"
        constraints = [
            models.UniqueConstraint(fields=["agenda_item", "person"], name="one_recusal_an_item")
        ]


class QuorumStatement(OfMeeting):
    """Feststellung der Beschlussfähigkeit: how many were there when somebody counted."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="quorum_statements", verbose_name="Sitzung"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="+", verbose_name="bei TOP"
    )
    number = models.PositiveIntegerField("laufende Nummer")
    cause = code_field(QuorumCause, "Anlass")
    present = models.PositiveIntegerField("anwesende Mitglieder")
    needed = models.PositiveIntegerField("nötige Mitglieder")
    quorate = models.BooleanField("beschlussfähig")
    at = models.TimeField("Uhrzeit", null=True)

    class Meta(OfMeeting.Meta):
        verbose_name = "Feststellung der Beschlussfähigkeit"
        verbose_name_plural = "Feststellungen der Beschlussfähigkeit"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "committee", "number"], name="one_statement_a_number"
            )
        ]
