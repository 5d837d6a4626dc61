"""Meetings: when committees come together, and what becomes of that."""

from typing import Any

from django.db import models
from django.db.models import Q

from ..rules.meeting import MeetingState
from ..rules.words import Labelled
from .base import Guarded, Tracked, code_field
from .municipality import Municipality
from .organization import Committee
from .people import Person, Role
from .standing import standing_of


class Meeting(Guarded):
    """Sitzung: committees come together at a time and place; several only in a joint meeting."""

    named_in_journal = True

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="meetings", verbose_name="Kommune"
    )
    starts_at = models.DateTimeField("Beginn")
    place = models.CharField("Ort", max_length=200, blank=True)
    number = models.PositiveIntegerField("Nummer der Sitzung", null=True)
    constituting = models.BooleanField("erste Sitzung der Wahlperiode", default=False)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="Vorsitz"
    )
    minute_taker = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="Protokollführung"
    )
    invited_on = models.DateField("eingeladen am", null=True)
    opened_at = models.DateTimeField("eröffnet um", null=True)
    closed_at = models.DateTimeField("geschlossen um", null=True)
    cancelled_on = models.DateField("abgesagt am", null=True)

    moved_reviews = False  # whether an act opened a review of an item without a paper

    class Meta(Guarded.Meta):
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(opened_at__isnull=False, closed_at__gte=models.F("opened_at")),
                name="closed_after_it_was_opened",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(opened_at__isnull=True),
                name="cancelled_or_opened",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Everybody of the house sees that a meeting takes place."""
        return Q(municipality=standing_of(user).municipality_id)

    @property
    def state(self) -> MeetingState:
        """Return how far the meeting is; reads the breaks where it runs."""
        if self.cancelled_on is not None:
            return MeetingState.CANCELLED
        if self.closed_at is not None:
            return MeetingState.CLOSED
        if self.opened_at is not None:
            suspended = any(pause.ended_at is None for pause in self.breaks.all())
            return MeetingState.SUSPENDED if suspended else MeetingState.RUNNING
        return MeetingState.PLANNED if self.invited_on is None else MeetingState.INVITED


class MeetingCommittee(Tracked):
    """Sitzungsgremium: which committee sits in a meeting; more than one makes it a joint one."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="bodies", verbose_name="Sitzung"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )

    class Meta:
        verbose_name = "Sitzungsgremium"
        verbose_name_plural = "Sitzungsgremien"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "committee"], name="one_seat_of_a_committee_in_a_meeting"
            )
        ]


class MeetingBreak(Tracked):
    """Unterbrechung: a meeting is suspended and resumed; an open one ends with the meeting."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="breaks", verbose_name="Sitzung"
    )
    began_at = models.DateTimeField("unterbrochen um")
    ended_at = models.DateTimeField("fortgesetzt um", null=True)
    reason = models.CharField("Grund", max_length=400, blank=True)

    class Meta:
        verbose_name = "Unterbrechung"
        verbose_name_plural = "Unterbrechungen"
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(ended_at__isnull=True), name="one_break_at_a_time"
            )
        ]


class InvitationKind(Labelled):
    """What was sent out."""

    INVITATION = "invitation", "Einladung"
    SUPPLEMENT = "supplement", "Nachtrag"


class Invitation(Guarded):
    """Einladung: an agenda as it was sent out, for ever; a Nachtrag is a further one.

    `called_for` is the beginning that it names (None: not known); who moves the meeting invites
    again. `content` lists the items in order as {"number", "title", "public", "item"}, with a
    "note" where one depends on a body ahead ("vorbehaltlich der Beratung im …"). `hint` says that
    the second invitation named what follows from a lack of quorum (§ 65 Abs. 2 NKomVG).
    """

    append_only = True
    stricter_than_parent = True

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="invitations", verbose_name="Sitzung"
    )
    number = models.PositiveIntegerField("laufende Nummer")
    kind = code_field(InvitationKind, "Art")
    sent_on = models.DateField("versandt am")
    called_for = models.DateTimeField("eingeladen zum", null=True)
    recipients = models.CharField("Empfänger", max_length=400, blank=True)
    hint = models.BooleanField("mit Hinweis auf die Beschlussfähigkeit", default=False)
    shortened_reason = models.CharField("Grund der kurzen Ladung", max_length=400, blank=True)
    content = models.JSONField("Tagesordnung")

    class Meta(Guarded.Meta):
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_invitation_a_number")
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """It names non-public items: for those at the table, the Sitzungsdienst, head and audit."""
        who = standing_of(user)
        house = who.municipality_id
        if any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR)):
            return Q(meeting__municipality=house)
        at_the_table = MeetingCommittee.objects.filter(committee__in=who.seats | who.minuted)
        return Q(meeting__municipality=house, meeting__in=at_the_table.values("meeting"))
