"""The papers of a meeting: what calls it, its minutes, their corrections, its excerpts."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ..history.guard import visible_keys
from ..rules.documents import CALLS, MeetingDocumentKind
from ..rules.words import CommitteeKind
from .agenda import AgendaItem, OfAgendaItem
from .base import Guarded, code_field
from .meeting import Invitation, Meeting, MeetingCommittee
from .organization import Office
from .people import Role
from .standing import standing_of
from .version import Wording
from .voting import Minutes, Vote


class Excerpt(OfAgendaItem):
    """Beschlussauszug: one item handed to those who carry it out; a reprint is a further one.

    `reserved`: the minutes were not approved when it was issued. `number` counts those of an item.
    """

    append_only = True
    stricter_than_parent = True

    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="excerpts", verbose_name="TOP"
    )
    number = models.PositiveIntegerField("Ausgabe")
    issued_on = models.DateField("ausgegeben am")
    reserved = models.BooleanField("vorbehaltlich der Genehmigung")

    class Meta(OfAgendaItem.Meta):
        verbose_name = "Beschlussauszug"
        verbose_name_plural = "Beschlussauszüge"
        ordering = ["agenda_item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agenda_item", "number"], name="one_excerpt_a_number")
        ]


class ExcerptRecipient(Guarded):
    """Auszugsempfänger: who got an excerpt, an office of the house or somebody outside."""

    append_only = True
    stricter_than_parent = True

    excerpt = models.ForeignKey(
        Excerpt, models.PROTECT, related_name="recipients", verbose_name="Beschlussauszug"
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="Organisationseinheit",
    )
    outside = models.CharField("außerhalb des Hauses", max_length=200, blank=True)

    class Meta(Guarded.Meta):
        verbose_name = "Auszugsempfänger"
        verbose_name_plural = "Auszugsempfänger"
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, outside="")
                | Q(office__isnull=True) & ~Q(outside=""),
                name="recipient_is_an_office_or_outside",
            ),
            models.UniqueConstraint(fields=["excerpt", "office"], name="one_excerpt_an_office"),
        ]

    def __str__(self) -> str:
        return self.office.name if self.office is not None else self.outside

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow the excerpt, and so its agenda item."""
        return Q(excerpt__in=visible_keys(Excerpt, user))


def _of_the_meeting() -> Q:
    """Return which documents are of a meeting as a whole, not of one of its items."""
    return Q(kind__startswith="minutes") | Q(kind__in=CALLS)


class MeetingDocument(Guarded):
    """Sitzungsdokument: a file of a meeting as it was made or signed, with its digest, for ever.

    `template_digest` is empty for what was uploaded: a scan of the signed minutes, an invitation
    as somebody edited it before it left. Of several minutes of one kind the newest holds; once they
    are approved none follows any more. What calls the meeting belongs to its `invitation`.
    """

    append_only = True
    stricter_than_parent = True

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="documents", verbose_name="Sitzung"
    )
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="documents", verbose_name="TOP"
    )
    excerpt = models.OneToOneField(
        Excerpt,
        models.PROTECT,
        null=True,
        related_name="document",
        verbose_name="Beschlussauszug",
    )
    invitation = models.ForeignKey(
        Invitation,
        models.PROTECT,
        null=True,
        related_name="documents",
        verbose_name="Einladung",
    )
    kind = code_field(MeetingDocumentKind, "Art")
    digest = models.CharField("SHA-256", max_length=64)
    template_digest = models.CharField("SHA-256 der Vorlage", max_length=64, blank=True)
    media_type = models.CharField("Dateityp", max_length=100)
    size = models.PositiveIntegerField("Größe in Byte")
    made_at = models.DateTimeField("entstanden am")

    class Meta(Guarded.Meta):
        verbose_name = "Sitzungsdokument"
        verbose_name_plural = "Sitzungsdokumente"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_of_the_meeting() & Q(agenda_item__isnull=True)
                | ~_of_the_meeting() & Q(agenda_item__isnull=False),
                name="document_of_the_meeting_or_of_an_item",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeetingDocumentKind.EXCERPT, excerpt__isnull=False)
                | ~Q(kind=MeetingDocumentKind.EXCERPT) & Q(excerpt__isnull=True),
                name="document_names_its_excerpt",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CALLS, invitation__isnull=False)
                | ~Q(kind__in=CALLS) & Q(invitation__isnull=True),
                name="document_names_its_invitation",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """What is public with the meeting; what tells of an item with that item.

        An invitation with its row, and only where none of its items is hidden.
        """
        house = visible_keys(Meeting, user)
        items = AgendaItem.everything.filter(AgendaItem.visibility(user)).filter(
            Q(result_wording__isnull=True) | Q(result_wording__in=visible_keys(Wording, user))
        )
        told = (
            Q(kind__in=(MeetingDocumentKind.MINUTES_PUBLIC, MeetingDocumentKind.NOTICE))
            | Q(kind__in=(MeetingDocumentKind.INVITATION, MeetingDocumentKind.SUPPLEMENT))
            & Q(invitation__in=visible_keys(Invitation, user))
            & knows_closed_items(user)
            | Q(kind=MeetingDocumentKind.MINUTES_NON_PUBLIC) & reads_closed_part(user)
            | Q(agenda_item__in=items.values("pk"))
        )
        return Q(meeting__in=house) & told


def reads_closed_part(user: Any) -> Q:
    """Return who reads the whole non-public part of a meeting, as a condition on a document of it.

    Who may read every body's papers, or sits in or minutes each body of that meeting; and nobody
    from whom one item of that part is hidden (models/agenda.py: non_public_treatments).
    """
    who = standing_of(user)
    house = who.municipality_id
    if house is None:
        return Q(pk__in=[])
    meeting = OuterRef("meeting")
    unhidden = knows_closed_items(user)
    if any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR)):
        return unhidden
    foreign = MeetingCommittee.objects.filter(meeting=meeting).exclude(
        committee__in=who.seats | who.minuted
    )
    if who.reads_every_body:
        foreign = foreign.filter(committee__kind=CommitteeKind.ADVISORY_BOARD)
    return unhidden & ~Q(Exists(foreign))


def knows_closed_items(user: Any) -> Q:
    """Return to whom no item of the non-public part is hidden, as a condition on a document."""
    hidden = AgendaItem.everything.filter(in_closed_part(), meeting=OuterRef("meeting"))
    return ~Q(Exists(hidden.exclude(pk__in=visible_keys(AgendaItem, user))))


def in_closed_part(to_item: str = "") -> Q:
    """Return which items stand in the non-public part: the treatment or its paper is not public.

    `to_item` is the lookup prefix.
    """
    of_paper = f"{to_item}consultation__proposal__public"
    return Q(**{f"{to_item}public": False}) | Q(**{of_paper: False})


class MinutesCorrection(Guarded):
    """Berichtigung: a body accepted in a later meeting that approved minutes were wrong.

    The approved file stays as it is. `agenda_item` is the item of the later meeting, in whose
    minutes the correction stands; `vote` the count that corrects the one of the earlier minutes.
    """

    append_only = True
    stricter_than_parent = True

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="corrections", verbose_name="Protokoll"
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        related_name="minutes_corrections",
        verbose_name="angenommen mit TOP",
    )
    vote = models.OneToOneField(
        Vote,
        models.PROTECT,
        null=True,
        related_name="acceptance",
        verbose_name="berichtigte Abstimmung",
    )
    text = models.TextField("Berichtigung im Wortlaut")

    class Meta(Guarded.Meta):
        verbose_name = "Berichtigung"
        verbose_name_plural = "Berichtigungen"
        ordering = ["pk"]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Both ends must be visible: the item that accepted it and the count that it is about."""
        items = visible_keys(AgendaItem, user)
        votes = visible_keys(Vote, user)
        return Q(agenda_item__in=items) & (Q(vote__isnull=True) | Q(vote__in=votes))
