"""Meetings and what stands on their agendas."""

from typing import Any

from django.db import models
from django.db.models import Q

from ..rules.consultation import Outcome
from ..rules.words import CommitteeKind
from .base import Guarded, Tracked, code_field
from .consultation import Consultation
from .municipality import Municipality
from .organization import Committee
from .people import Role
from .proposal import Proposal
from .standing import standing_of
from .version import Wording


class Meeting(Guarded):
    """Sitzung: committees come together at a time and place; several only in a joint meeting."""

    named_in_journal = True

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="meetings", verbose_name="Kommune"
    )
    starts_at = models.DateTimeField("Beginn")
    place = models.CharField("Ort", max_length=200, blank=True)
    invited_on = models.DateField("eingeladen am", null=True)

    class Meta(Guarded.Meta):
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["starts_at"]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Everybody of the house sees that a meeting takes place."""
        return Q(municipality=standing_of(user).municipality_id)


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


class AgendaItem(Guarded):
    """Tagesordnungspunkt (TOP): one point of one committee's agenda, with or without a Beratung.

    `public` is the publicity of this treatment (practice.md 1.5), `basis` the wording that is
    voted on, `result_wording` the one that the committee carried.
    """

    named_in_journal = True
    stricter_than_parent = True

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="items", verbose_name="Sitzung"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, related_name="items", verbose_name="Beratung"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="gehört zu TOP"
    )
    joint_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="joint_items",
        verbose_name="gemeinsam beraten mit",
    )
    position = models.PositiveIntegerField("Reihenfolge")
    number = models.CharField("TOP", max_length=20, blank=True)
    title = models.CharField("Bezeichnung", max_length=500)
    public_title = models.CharField("öffentliche Bezeichnung", max_length=500, blank=True)
    public = models.BooleanField("öffentlich")
    basis = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="+", verbose_name="Abstimmungsgrundlage"
    )
    outcome = code_field(Outcome, "Ergebnis", blank=True)
    result_wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="+", verbose_name="gefasster Wortlaut"
    )
    early_reason = models.CharField(
        "Grund der vorgezogenen Entscheidung", max_length=400, blank=True
    )
    note = models.TextField("Vermerk für das Protokoll", blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=0)

    class Meta(Guarded.Meta):
        verbose_name = "Tagesordnungspunkt"
        verbose_name_plural = "Tagesordnungspunkte"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(outcome=""), name="one_open_item"
            ),
            models.UniqueConstraint(
                fields=["meeting", "committee", "position"], name="one_item_a_position"
            ),
            models.UniqueConstraint(
                fields=["meeting", "committee", "number"],
                condition=~Q(number=""),
                name="one_item_a_number",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Public items with their proposal; what was dealt with behind closed doors: see below."""
        who = standing_of(user)
        if who.municipality_id is None:
            return Q(pk__in=[])
        visible = Proposal.everything.filter(Proposal.visibility(user)).values("pk")
        of_house = Q(committee__municipality=who.municipality_id)
        known = Q(consultation__isnull=True) | Q(consultation__proposal__in=visible)
        return (
            of_house
            & known
            & (Q(public=True) | non_public_treatments(user, "consultation__proposal__"))
        )


def non_public_treatments(user: Any, to_proposal: str) -> Q:
    """Return who sees a non-public treatment, as a condition on a row with a `committee`.

    Lead office, head, Sitzungsdienst and audit; members of that committee; every deputy where the
    Land's rule says so (§ 72 Abs. 2, § 78 Abs. 2 NKomVG). `to_proposal` is the lookup prefix.
    """
    who = standing_of(user)
    house = who.municipality_id
    if any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR)):
        return Q(committee__municipality=house)
    seen = Q(committee__in=who.seats | who.minuted)
    seen |= Q(**{f"{to_proposal}lead_office__in": who.offices})
    if who.is_deputy and who.readers == "all_deputies":
        # hearings in an advisory board are the board's own; deputies listen in committees
        seen |= ~Q(committee__kind=CommitteeKind.ADVISORY_BOARD)
    return seen


class OfAgendaItem(Guarded):
    """A row that hangs on an agenda item and is seen by whoever sees that item."""

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow the agenda item."""
        visible = AgendaItem.everything.filter(AgendaItem.visibility(user)).values("pk")
        return Q(agenda_item__in=visible)
