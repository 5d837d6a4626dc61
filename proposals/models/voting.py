"""Votes, and the minutes that make them final."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..history.guard import visible_keys
from ..rules.agenda import Addition
from ..rules.errors import RuleViolation
from ..rules.law import Law
from ..rules.voting import (
    Choice,
    MajorityRule,
    Ruling,
    Tally,
    VoteKind,
    VoteMode,
    VoteResult,
    VoteWord,
    counts_in_words,
    ruling,
)
from ..rules.words import CommitteeKind
from .agenda import OfAgendaItem
from .base import Guarded, code_field
from .meeting import Meeting
from .people import Person
from .version import Wording


class Vote(OfAgendaItem):
    """Abstimmung: one count in an agenda item; announced by the chair, computed beside it.

    Several per item (amendments, clauses, repeats). After the minutes are approved a correction
    is a new row that names the one it corrects. `yes` is None where only the counter-votes were
    counted, all counts are where the house keeps the `word` alone; `entitled` is frozen with the
    vote. `cast` and `invalid` belong to a secret ballot, `clause` to a vote on one number of the
    wording.
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
    mover = models.CharField("Antragsteller", max_length=200, blank=True)
    clause = models.PositiveIntegerField("Ziffer", null=True)
    entitled = models.PositiveIntegerField("anwesende Stimmberechtigte", null=True)
    yes = models.PositiveIntegerField("Ja", null=True)
    no = models.PositiveIntegerField("Nein", null=True)
    abstained = models.PositiveIntegerField("Enthaltungen", null=True)
    cast = models.PositiveIntegerField("abgegebene Stimmen", null=True)
    invalid = models.PositiveIntegerField("ungültige Stimmen", null=True)
    word = code_field(VoteWord, "Ergebnis in Worten", blank=True)
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
                    entitled__gte=Coalesce(F("yes"), 0)
                    + Coalesce(F("no"), 0)
                    + Coalesce(F("abstained"), 0)
                    + Coalesce(F("invalid"), 0)
                    + F("not_voted")
                ),
                name="not_more_votes_than_entitled",
            ),
            models.CheckConstraint(
                condition=Q(no__isnull=False, abstained__isnull=False) | ~Q(word=""),
                name="counted_or_in_a_word",
            ),
            models.CheckConstraint(
                condition=Q(computed="") | Q(computed=F("announced")) | ~Q(difference_reason=""),
                name="difference_has_a_reason",
            ),
        ]

    @property
    def tally(self) -> Tally | None:
        """Return the counts; None where the house keeps the word alone."""
        if self.no is None or self.abstained is None:
            return None
        return Tally(self.yes, self.no, self.abstained, self.not_voted, self.invalid or 0)

    @property
    def label(self) -> str:
        """Return what was voted on: "Änderungsantrag (Fraktion A): Kosten deckeln"."""
        kind = VoteKind(self.kind)
        if kind == VoteKind.CLAUSE and self.clause is not None:
            return f"{kind.label} zu Ziffer {self.clause}"
        words = f"{kind.label} ({self.mover})" if self.mover else kind.label
        return f"{words}: {self.subject}" if self.subject else words

    @property
    def words(self) -> str:
        """Return the count in the words of the house: "einstimmig bei einer Enthaltung"."""
        ruling = self.ruling()
        if ruling is not None:
            return ruling.words
        word = VoteWord(self.word).label if self.word else ""
        counts = counts_in_words(self.tally) if self.tally else ""
        return f"{word} ({counts})" if word and counts else word or counts

    def ruling(self) -> Ruling | None:
        """Return what the law of the Land makes of the counts; None where it gives no verdict.

        Never raises: law data that changed since must not hide a result that stands.
        """
        tally, item = self.tally, self.agenda_item
        if tally is None or (tally.yes is None and not self.computed):
            return None  # in words alone, whatever counter-votes stand beside them
        try:
            law = item.committee.municipality.law(timezone.localdate(item.meeting.starts_at))
            if not law.verdicts:
                return None
            return ruling(tally, self._majority(law), members=item.committee.statutory_members)
        except RuleViolation:
            return None

    def _majority(self, law: Law) -> MajorityRule:
        """Return the majority that this vote needed; the vote on an extension comes first."""
        if self.kind in (VoteKind.MAIN, VoteKind.CLAUSE):
            return self.agenda_item.majority_by(law)
        body = law.body(CommitteeKind(self.agenda_item.committee.kind))
        if self.kind != VoteKind.PROCEDURAL:
            return body.majority
        extends = self.agenda_item.added == Addition.EXTENSION and self.position == 1
        return law.agenda_extension if extends else body.procedural


class OfVote(Guarded):
    """A row that hangs on a vote and is seen by whoever sees its agenda item."""

    class Meta(Guarded.Meta):
        abstract = True

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow the vote."""
        visible = visible_keys(Vote, user)
        return Q(vote__in=visible)


class RollCallVote(OfVote):
    """Namentliche Stimme: how one member voted in a roll call; never of a secret ballot."""

    vote = models.ForeignKey(
        Vote, models.PROTECT, related_name="roll_call", verbose_name="Abstimmung"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    choice = code_field(Choice, "Stimme")

    class Meta(OfVote.Meta):
        verbose_name = "Namentliche Stimme"
        verbose_name_plural = "Namentliche Stimmen"
        constraints = [models.UniqueConstraint(fields=["vote", "person"], name="one_vote_a_member")]


class FactionVote(OfVote):
    """Stimmen einer Fraktion: how a faction voted, where the house counts by faction."""

    vote = models.ForeignKey(
        Vote, models.PROTECT, related_name="by_faction", verbose_name="Abstimmung"
    )
    faction = models.CharField("Fraktion/Gruppe", max_length=80)
    yes = models.PositiveIntegerField("Ja")
    no = models.PositiveIntegerField("Nein")
    abstained = models.PositiveIntegerField("Enthaltungen")

    class Meta(OfVote.Meta):
        verbose_name = "Stimmen einer Fraktion"
        verbose_name_plural = "Stimmen der Fraktionen"
        constraints = [
            models.UniqueConstraint(fields=["vote", "faction"], name="one_row_a_faction")
        ]


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
        return Q(meeting__in=visible_keys(Meeting, user))

    @property
    def is_approved(self) -> bool:
        """Answer whether the body has approved them."""
        return self.approved_on is not None


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting, None until they are signed; read once per instance."""
    found: Minutes | None = getattr(meeting, "minutes", None)
    return found


def has_approved_minutes(meeting: Meeting) -> bool:
    """Answer whether the minutes of a meeting are signed and approved."""
    minutes = minutes_of(meeting)
    return minutes is not None and minutes.is_approved
