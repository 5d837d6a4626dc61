"""Who is asked to co-sign by the house's data, and what is asked for once a paper is on its way."""

from typing import Any

from django.db import models
from django.db.models import Q

from ..history.guard import visible_keys
from ..rules.co_signing import Trigger
from ..rules.words import Labelled
from .base import OfProposal, Tracked, code_field
from .municipality import Municipality
from .organization import Office
from .people import User
from .proposal import Proposal
from .standing import standing_of
from .version import ProposalVersion, Wording


class CoSigningRule(Tracked):
    """Mitzeichnungsregel: what in a proposal asks which office, and for which parts it signs."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="co_signing_rules", verbose_name="Kommune"
    )
    trigger = code_field(Trigger, "Anlass")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name="Organisationseinheit"
    )
    parts = models.JSONField("Teile", default=list)
    days = models.PositiveIntegerField("Frist in Arbeitstagen", null=True)
    retired_on = models.DateField("außer Kraft seit", null=True)

    class Meta:
        verbose_name = "Mitzeichnungsregel"
        verbose_name_plural = "Mitzeichnungsregeln"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "trigger", "office"], name="one_rule_a_trigger_and_office"
            ),
            models.CheckConstraint(
                condition=~Q(trigger=Trigger.BY_HAND), name="rule_has_a_trigger_in_the_proposal"
            ),
        ]


class ClosedDay(Tracked):
    """Schließtag: a day on which the house does not work besides the Land's public holidays."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="closed_days", verbose_name="Kommune"
    )
    day = models.DateField("Tag")
    name = models.CharField("Bezeichnung", max_length=120)

    class Meta:
        verbose_name = "Schließtag"
        verbose_name_plural = "Schließtage"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "day"], name="one_closed_day_a_day")
        ]


class StatementReason(Labelled):
    """Why an office is asked for a statement while the paper goes on."""

    COMMITTEE_WORDING = "committee_wording", "anderer Wortlaut eines Gremiums"
    EXCHANGE = "exchange", "Austauschfassung"


# a statement that is asked for and neither given nor fallen away
UNSTATED = Q(answered_on__isnull=True, lapsed_on__isnull=True)


class StatementRequest(OfProposal):
    """Stellungnahme: what an office says on a change after its signature; it holds nobody up.

    `wording` is the committee's (practice.md 1.13), `version` the one that replaced what the
    office had signed; one of the two.
    """

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="statement_requests", verbose_name="Vorlage"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name="Organisationseinheit"
    )
    reason = code_field(StatementReason, "Anlass")
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, related_name="+", verbose_name="Wortlaut"
    )
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, null=True, related_name="+", verbose_name="Fassung"
    )
    asked_on = models.DateField("erbeten am")
    due_on = models.DateField("Frist bis", null=True)
    reminded_on = models.DateField("erinnert am", null=True)
    text = models.TextField("Stellungnahme", blank=True)
    answered_on = models.DateField("abgegeben am", null=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="abgegeben durch"
    )
    lapsed_on = models.DateField("entfallen am", null=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wording__isnull=True) ^ Q(version__isnull=True),
                name="statement_has_one_subject",
            ),
            models.UniqueConstraint(
                fields=["office", "wording"],
                condition=Q(wording__isnull=False),
                name="one_statement_an_office_and_wording",
            ),
            models.UniqueConstraint(
                fields=["office", "version"],
                condition=Q(version__isnull=False),
                name="one_statement_an_office_and_version",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Statements stay in the administration, and those on a closed wording with its readers."""
        if not standing_of(user).is_staff:
            return Q(pk__in=[])
        readable = visible_keys(Wording, user)
        asked = Q(office__in=standing_of(user).offices)
        return super().visibility(user) & (
            Q(wording__isnull=True) | Q(wording__in=readable) | asked
        )


# an Austauschfassung that waits for the head of the administration
UNRELEASED = Q(released_on__isnull=True, refused_on__isnull=True)


class Exchange(OfProposal):
    """Austauschfassung: a new version of a paper that is with the committees already.

    The lead office prepares it, the head of the administration releases it; from then on it stands
    in the place of `replaced`, and everybody sees that it does (practice.md 2, no. 21).
    """

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="exchanges", verbose_name="Vorlage"
    )
    replaced = models.ForeignKey(
        ProposalVersion, models.PROTECT, related_name="+", verbose_name="ersetzt Fassung"
    )
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, related_name="+", verbose_name="Fassung"
    )
    note = models.CharField("Was ist neu", max_length=400)
    requested_on = models.DateField("vorgelegt am")
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="vorgelegt durch"
    )
    released_on = models.DateField("freigegeben am", null=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="freigegeben durch"
    )
    refused_on = models.DateField("abgelehnt am", null=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Austauschfassung"
        verbose_name_plural = "Austauschfassungen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(released_on__isnull=True, refused_on__isnull=True),
                name="one_exchange_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True) | Q(refused_on__isnull=True),
                name="exchange_is_released_or_refused",
            ),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """The administration sees what waits, everybody else what is released."""
        seen = super().visibility(user)
        return seen if standing_of(user).is_staff else seen & Q(released_on__isnull=False)
