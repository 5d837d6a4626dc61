"""What was handed in, for ever: versions of the proposal and the two chains of its wording."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from ..rules.words import Labelled
from .base import OfProposal, code_field
from .organization import Committee
from .proposal import Proposal
from .standing import standing_of


class ProposalVersion(OfProposal):
    """Fassung: the proposal as handed in; canonical content with a digest per part."""

    append_only = True
    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="versions", verbose_name="Vorlage"
    )
    number = models.PositiveIntegerField("Fassung")
    content = models.JSONField("Inhalt")
    part_digests = models.JSONField("Prüfsummen der Teile")
    digest = models.CharField("Prüfsumme", max_length=64)
    made_at = models.DateTimeField("entstanden am")

    class Meta(OfProposal.Meta):
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_version_a_number")
        ]

    def __str__(self) -> str:
        return f"Fassung {self.number}"

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """The administration sees every version, members of committees only issued ones."""
        from .submission import Submission

        if standing_of(user).is_staff:
            return super().visibility(user)
        issued = Submission.everything.filter(form_checked_on__isnull=False).values("version")
        return super().visibility(user) & Q(pk__in=issued)


class Origin(Labelled):
    """Whose words they are."""

    ADMINISTRATION = "administration", "Verwaltung"
    COMMITTEE = "committee", "Gremium"
    MOVER = "mover", "Antragsteller"


class Wording(OfProposal):
    """Wortlaut: the text to be resolved; two chains, the administration's and the committees'.

    A version freezes the administration's wording; a committee's recommendation names the wording
    it changed as its parent.
    """

    append_only = True
    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="wordings", verbose_name="Vorlage"
    )
    origin = code_field(Origin, "Herkunft")
    version = models.OneToOneField(
        ProposalVersion, models.PROTECT, null=True, related_name="wording", verbose_name="Fassung"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, related_name="+", verbose_name="Gremium"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="geht aus von"
    )
    html = models.TextField("Wortlaut")
    public = models.BooleanField("öffentlich", default=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Wortlaut"
        verbose_name_plural = "Wortlaute"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(origin=Origin.COMMITTEE, committee__isnull=False, version__isnull=True)
                    | (~Q(origin=Origin.COMMITTEE) & Q(version__isnull=False))
                ),
                name="wording_has_one_origin",
            )
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """A version's wording with the version; one from behind closed doors as its treatment.

        Who minutes a later committee of the route may read what that has to vote on.
        """
        from .agenda import non_public_treatments

        versions = ProposalVersion.everything.filter(ProposalVersion.visibility(user)).values("pk")
        of_committee = (
            Q(public=True)
            | non_public_treatments(user, "proposal__")
            | Q(Exists(_later_stations_minuted_by(user)))
        )
        return super().visibility(user) & (
            Q(version__in=versions) | Q(version__isnull=True) & of_committee
        )


def _later_stations_minuted_by(user: Any) -> Any:
    """Return the open stations behind the one that a wording comes from, whose votes user keeps."""
    from .consultation import OPEN, Consultation

    own = Consultation.everything.filter(
        proposal=OuterRef(OuterRef("proposal")), committee=OuterRef(OuterRef("committee"))
    )
    return Consultation.everything.filter(
        OPEN,
        proposal=OuterRef("proposal"),
        committee__in=standing_of(user).minuted,
        position__gt=Subquery(own.order_by("position").values("position")[:1]),
    )
