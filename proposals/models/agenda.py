"""What stands on the agenda of a meeting, as invited and as held."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q

from ..history.guard import visible_keys
from ..rules.agenda import Addition, Delivery, ItemKind
from ..rules.consultation import Outcome
from ..rules.law import Law
from ..rules.voting import Counts, Majority, MajorityRule
from ..rules.words import CommitteeKind
from .base import Guarded, Tracked, code_field
from .consultation import Consultation
from .meeting import Meeting
from .organization import Committee
from .people import Role
from .proposal import Proposal
from .standing import standing_of
from .version import Wording


class StandardItem(Tracked):
    """Standardpunkt: an item that every agenda of a committee begins or ends with."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="standard_items", verbose_name="Gremium"
    )
    position = models.PositiveIntegerField("Reihenfolge")
    kind = code_field(ItemKind, "Art")
    title = models.CharField("Bezeichnung", max_length=500)
    public = models.BooleanField("öffentlich", default=True)
    at_end = models.BooleanField("am Schluss", default=False)

    class Meta:
        verbose_name = "Standardpunkt"
        verbose_name_plural = "Standardpunkte"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "position"], name="one_standard_item_a_position"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Guarded):
    """Tagesordnungspunkt (TOP): one point of one committee's agenda, with or without a Beratung.

    `public` is the publicity of this treatment (practice.md 1.5), `basis` the wording that is
    voted on, `result_wording` the one that the committee carried. `position` and `number` are the
    agenda as invited, `taken_up` counts the items in the order in which they were dealt with.
    `approves` is the meeting whose minutes it approves, `resumes` the item that was put off.
    `head_subject` is a code of the Land's `head_excluded`: it presets `without_head`.
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
    debated_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="debated_items",
        verbose_name="in gemeinsamer Aussprache mit",
    )
    resumes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="resumed_by",
        verbose_name="wieder aufgenommen von",
    )
    approves = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        related_name="approved_in",
        verbose_name="genehmigt das Protokoll von",
    )
    kind = code_field(ItemKind, "Art", default=ItemKind.PROPOSAL)
    added = code_field(Addition, "aufgenommen", default=Addition.INVITATION)
    addition_reason = models.CharField("Grund der Erweiterung", max_length=400, blank=True)
    delivery = code_field(Delivery, "Zustellung", default=Delivery.IN_TIME)
    position = models.PositiveIntegerField("Reihenfolge")
    taken_up = models.PositiveIntegerField("behandelt als", null=True)
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
    result_text = models.TextField("Ergebnis im Wortlaut", blank=True)
    head_subject = models.CharField(
        "Gegenstand ohne Stimme der Verwaltungsleitung", max_length=40, blank=True
    )
    without_head = models.BooleanField("Verwaltungsleitung stimmt nicht mit", default=False)
    majority = code_field(Majority, "erforderliche Mehrheit", blank=True)
    majority_paragraph = models.CharField(
        "Rechtsgrundlage der Mehrheit", max_length=120, blank=True
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

    def majority_by(self, law: Law) -> MajorityRule:
        """Return the majority that a resolution on the item needs: the body's, or a qualified one.

        The law of the Land does not say which matters those are; whoever keeps the agenda does,
        with the paragraph (Hauptsatzung, Geschäftsordnung).
        """
        rule = law.body(CommitteeKind(self.committee.kind)).majority
        if not self.majority:
            return rule
        counts: Counts = "members" if self.majority == Majority.MEMBERS else "two_thirds_members"
        return replace(rule, counts=counts, paragraph=self.majority_paragraph, tie_paragraph="")

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Public items with their proposal; what was dealt with behind closed doors: see below.

        The Rechtsamt sees those on whose count it is asked for its opinion.
        """
        who = standing_of(user)
        if who.municipality_id is None:
            return Q(pk__in=[])
        visible = visible_keys(Proposal, user)
        of_house = Q(committee__municipality=who.municipality_id)
        known = Q(consultation__isnull=True) | Q(consultation__proposal__in=visible)
        told = Q(public=True) | non_public_treatments(user, "consultation__proposal__")
        if who.has(Role.LEGAL, who.municipality_id):
            from .review import ResultReview

            told |= Q(pk__in=ResultReview.everything.values("agenda_item"))
        return of_house & known & told


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
    if who.reads_every_body:
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
        visible = visible_keys(AgendaItem, user)
        return Q(agenda_item__in=visible)
