"""Votes, and the minutes that make them final."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..rules.errors import RuleViolation
from ..rules.law import ruling_for
from ..rules.voting import Ruling, Tally, VoteKind, VoteMode, VoteResult
from ..rules.words import CommitteeKind
from .base import Guarded, code_field
from .meeting import Meeting, OfAgendaItem
from .version import Wording


class Vote(OfAgendaItem):
    """Abstimmung: one count in an agenda item; announced by the chair, computed beside it.

    Several per item (amendments, clauses, repeats). After the minutes are approved a correction
    is a new row that names the one it corrects. `yes` is None where only the counter-votes were
    counted; `entitled` is frozen with the vote.
    """

    named_in_journal = False

    agenda_item = models.ForeignKey(
        "proposals.AgendaItem", models.PROTECT, related_name="votes", verbose_name="TOP"
    )
    position = models.PositiveIntegerField("Nummer")
    kind = code_field(VoteKind, "Gegenstand", default=VoteKind.MAIN)
    subject = models.CharField("abgestimmt über", max_length=400, blank=True)
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="+", verbose_name="Wortlaut"
    )
    mode = code_field(VoteMode, "Art der Abstimmung", default=VoteMode.OPEN)
    entitled = models.PositiveIntegerField("anwesende Stimmberechtigte")
    yes = models.PositiveIntegerField("Ja", null=True)
    no = models.PositiveIntegerField("Nein")
    abstained = models.PositiveIntegerField("Enthaltungen")
    not_voted = models.PositiveIntegerField("nicht teilgenommen", default=0)
    computed = code_field(VoteResult, "errechnet", blank=True)
    announced = code_field(VoteResult, "vom Vorsitz festgestellt")
    difference_reason = models.CharField("Grund der Abweichung", max_length=400, blank=True)
    repeated = models.BooleanField("ungültig, wiederholt", default=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name="berichtigt"
    )
    request_key = models.UUIDField("Kennung des Absendens", unique=True)

    class Meta(OfAgendaItem.Meta):
        verbose_name = "Abstimmung"
        verbose_name_plural = "Abstimmungen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agenda_item", "position"], name="one_vote_a_position"),
            models.UniqueConstraint(
                fields=["agenda_item"],
                condition=Q(kind=VoteKind.MAIN, repeated=False, corrects__isnull=True),
                name="one_main_vote",
            ),
            models.CheckConstraint(
                condition=Q(
                    entitled__gte=Coalesce(F("yes"), 0) + F("no") + F("abstained") + F("not_voted")
                ),
                name="not_more_votes_than_entitled",
            ),
            models.CheckConstraint(
                condition=Q(computed="") | Q(computed=F("announced")) | ~Q(difference_reason=""),
                name="difference_has_a_reason",
            ),
        ]

    @property
    def tally(self) -> Tally:
        """Return the counts."""
        return Tally(self.yes, self.no, self.abstained, self.not_voted)

    def ruling(self) -> Ruling | None:
        """Return what the law of the Land makes of the counts; None where it gives no verdict.

        Never raises: law data that changed since must not hide a result that stands.
        """
        item = self.agenda_item
        kind = CommitteeKind(item.committee.kind)
        try:
            law = item.committee.municipality.law(timezone.localdate(item.meeting.starts_at))
            return ruling_for(law, kind, self.tally, members=item.committee.statutory_members)
        except RuleViolation:
            return None


class Minutes(Guarded):
    """Protokoll (Niederschrift): what makes the results of a meeting signed, then approved."""

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="minutes", verbose_name="Sitzung"
    )
    signed_on = models.DateField("unterschrieben am", null=True)
    approved_on = models.DateField("genehmigt am", null=True)

    class Meta(Guarded.Meta):
        verbose_name = "Protokoll"
        verbose_name_plural = "Protokolle"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(signed_on__isnull=False),
                name="approval_follows_signature",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=F("signed_on")),
                name="approved_after_it_was_signed",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Everybody of the house sees how far the minutes are."""
        return Q(meeting__in=Meeting.everything.filter(Meeting.visibility(user)).values("pk"))
