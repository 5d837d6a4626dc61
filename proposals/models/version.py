"""What was handed in, for ever: versions of the proposal and the two chains of its wording."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from ..history.guard import visible_keys
from ..rules.words import Labelled, ProposalKind
from .base import OfProposal, code_field
from .organization import Committee
from .people import Role, User
from .proposal import Proposal
from .standing import standing_of


class VersionOrigin(Labelled):
    """At which hand-over a version was frozen."""

    HAND_IN = "hand_in", "Abgabe zur Mitzeichnung"
    RELEASE = "release", "Freigabe"
    EDITORIAL = "editorial", "redaktionelle Korrektur"
    EXCHANGE = "exchange", "Austauschfassung"
    LATE_ATTACHMENT = "late_attachment", "nachgereichte Anlage"
    TAKE_OVER = "take_over", "Übernahme"


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
    origin = code_field(VersionOrigin, "Anlass", default=VersionOrigin.HAND_IN)
    author = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="abgegeben durch"
    )

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


def annexes_in_sight(user: Any) -> Q:
    """Who sees an annex: whoever sees a version it stands in, or may see the draft.

    The draft is for all who see a paper without a version; later for those who may edit it
    (`policies.can_edit` says the same of one paper). One that is not public is for the
    administration and for who sits on its route: `reads_closed_annexes`.
    """
    from .consultation import Consultation

    frozen = ProposalVersion.everything.filter(proposal=OuterRef("proposal"))
    shown = frozen.filter(ProposalVersion.visibility(user))
    shown = shown.annotate(text=Cast("content", TextField()))
    clerk = [scope for role, scope in standing_of(user).roles if role == Role.CLERK]
    secretary = [scope for role, scope in standing_of(user).roles if role == Role.SECRETARY]
    motion = Q(proposal__kind__in=[kind for kind in ProposalKind if kind.is_motion])
    editable = Q(motion, proposal__municipality__in=secretary) | Q(
        ~motion, proposal__lead_office__in=clerk
    )
    draft = Q(removed_on__isnull=True) & (~Exists(frozen) | editable)
    seen = Q(Exists(shown.filter(text__contains=OuterRef("digest")))) | draft
    who = standing_of(user)
    if who.is_staff or who.reads_every_body:
        return seen
    mine = Consultation.everything.filter(committee__in=who.seats, proposal=OuterRef("proposal"))
    return seen & (Q(public=True) | Q(Exists(mine)))


def reads_closed_annexes(user: Any, proposal: Proposal) -> bool:
    """Answer whether somebody who sees a paper may know of its annexes that are not public."""
    from .consultation import Consultation

    who = standing_of(user)
    if who.is_staff or who.reads_every_body:
        return True
    mine = Consultation.everything.filter(committee__in=who.seats, proposal=proposal)
    return mine.exists()


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

        versions = visible_keys(ProposalVersion, user)
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


def own_wording(version: ProposalVersion) -> Wording | None:
    """Return the administration's (or the mover's) wording in a version; None where it has none.

    A version that came while the paper was on its way and left the wording as it was has no row of
    its own: committees go on voting on the earlier one.
    """
    rows = Wording.everything.filter(
        Q(version=version) | handed_in(),
        proposal=version.proposal_id,
        version__number__lte=version.number,
    )
    wording: Wording | None = rows.order_by("-version__number").first()
    return wording if wording is not None and version.content["wording"] else None


def handed_in(version: str = "version") -> Q:
    """Return the condition on rows whose version came further than a refused Austauschfassung.

    One that waits for its release, or was refused, stands for nothing and is no basis of a vote.
    """
    from .submission import Submission

    return Q(Exists(Submission.everything.filter(version=OuterRef(version))))
