"""Each hand-in of a proposal: its version, its co-signatures, its release and its form check."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..rules.co_signing import CoSigningFacts, Stage, Verdict
from ..rules.words import Labelled
from .base import OfProposal, code_field
from .organization import Office
from .people import Person, Role, User
from .proposal import Proposal
from .standing import standing_of
from .version import ProposalVersion


class CoSigningOffice(OfProposal):
    """Mitzeichnungsstelle: an office that each hand-in of the draft will ask."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="co_signing_offices", verbose_name="Vorlage"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name="Organisationseinheit"
    )

    class Meta(OfProposal.Meta):
        verbose_name = "Mitzeichnungsstelle"
        verbose_name_plural = "Mitzeichnungsstellen"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "office"], name="one_request_an_office")
        ]


class ReturnedFrom(Labelled):
    """Where a hand-in was sent back."""

    CO_SIGNING = "co_signing", "Mitzeichnung"
    RELEASE = "release", "Freigabe"
    FORM_CHECK = "form_check", "Formprüfung"
    COMMITTEE = "committee", "Gremium"
    LEAD_OFFICE = "lead_office", "Federführung"
    SUPERSEDED = "superseded", "ersetzt durch eine neue Fassung"


class SignatureMode(Labelled):
    """How somebody signed: for themselves, "i. V." or "i. A."."""

    OWN = "own", "selbst"
    DEPUTY = "deputy", "in Vertretung"
    ORDER = "order", "im Auftrag"


class Submission(OfProposal):
    """Abgabe: one round of the proposal from the hand-in on; a return ends it, nothing erases it.

    The newest one without `returned_on` says where the proposal stands: without `released_on` it
    is being signed, without `form_checked_on` it lies with the Sitzungsdienst.
    """

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="submissions", verbose_name="Vorlage"
    )
    number = models.PositiveIntegerField("Runde")
    version = models.ForeignKey(
        ProposalVersion, models.PROTECT, related_name="submissions", verbose_name="Fassung"
    )
    submitted_on = models.DateField("abgegeben am")
    released_on = models.DateField("freigegeben am", null=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="durch"
    )
    signature_mode = code_field(SignatureMode, "Unterschrift", blank=True)
    signature_name = models.CharField("Name", max_length=160, blank=True)
    signature_function = models.CharField("Funktion", max_length=120, blank=True)
    signed_by_word = models.BooleanField("„gez.“ statt Unterschrift", default=False)
    release_reason = models.TextField("Begründung der Freigabe", blank=True)
    released_own_work = models.BooleanField("eigene Vorlage freigegeben", default=False)
    form_checked_on = models.DateField("Form geprüft am", null=True)
    returned_on = models.DateField("zurückgegeben am", null=True)
    returned_from = code_field(ReturnedFrom, "zurückgegeben von", blank=True)
    returned_item = models.ForeignKey(
        "proposals.AgendaItem",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="zurückgegeben mit TOP",
    )

    class Meta(OfProposal.Meta):
        verbose_name = "Abgabe"
        verbose_name_plural = "Abgaben"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_submission_a_round"),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(returned_on__isnull=True),
                name="one_current_submission",
            ),
            models.CheckConstraint(
                condition=Q(form_checked_on__isnull=True) | Q(released_on__isnull=False),
                name="form_check_follows_release",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | ~Q(returned_from=""),
                name="return_says_from_where",
            ),
        ]

    def is_work_of(self, actor: User) -> bool:
        """Answer whether somebody wrote the paper or handed it in (four eyes)."""
        return actor.pk in (self.proposal.author_id, self.version.author_id)


class CoSignature(OfProposal):
    """Mitzeichnung: what an office answered, and the digests of the parts it answered for.

    `parts` are those it is responsible for, `covered` their digests in `version` once it has
    signed. One that still holds in a later round stands there again with `carried_from`. After
    `expired_on` the paper went on without it; an answer that comes later moves nothing.
    """

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="co_signatures", verbose_name="Vorlage"
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="co_signatures", verbose_name="Abgabe"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name="Organisationseinheit"
    )
    stage = code_field(Stage, "Stufe", default=Stage.OFFICES)
    because = models.JSONField("Anlässe", default=list)
    parts = models.JSONField("Teile", default=list)
    due_on = models.DateField("Frist bis", null=True)
    reminded_on = models.DateField("erinnert am", null=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="übernommen durch"
    )
    verdict = code_field(Verdict, "Antwort", default=Verdict.PENDING)
    remark = models.TextField("Anmerkung", blank=True)
    version = models.ForeignKey(
        ProposalVersion,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="gezeichnete Fassung",
    )
    covered = models.JSONField("gedeckte Teile", default=dict)
    answered_on = models.DateField("beantwortet am", null=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="beantwortet durch"
    )
    on_behalf_of = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="in Vertretung von"
    )
    own_work = models.BooleanField("eigene Vorlage mitgezeichnet", default=False)
    expired_on = models.DateField("ohne Beitrag weiter seit", null=True)
    expiry_note = models.TextField("Vermerk der Federführung", blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="gilt fort aus"
    )
    delegated_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="weitergegeben von"
    )

    class Meta(OfProposal.Meta):
        verbose_name = "Mitzeichnung"
        verbose_name_plural = "Mitzeichnungen"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "office", "stage"],
                name="one_co_signature_an_office_and_round",
            )
        ]

    @property
    def verdict_word(self) -> Verdict:
        """Return the answer as the word of its list."""
        return Verdict(self.verdict)

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Remarks among offices stay in the administration."""
        if not standing_of(user).is_staff:
            return Q(pk__in=[])
        return super().visibility(user)

    @property
    def role(self) -> Role:
        """Return the role in its office that answers: who co-signs, or the office's head."""
        return role_of(self.stage)

    @property
    def is_open(self) -> bool:
        """Answer whether the request still waits for its answer."""
        return self.verdict == Verdict.PENDING and self.submission.returned_on is None

    def facts(self, actor: User, verdict: Verdict, remark: str) -> CoSigningFacts:
        """Return what the rule on co-signing asks of an answer by `actor`."""
        return CoSigningFacts(
            open=self.is_open,
            remark=remark,
            verdict=verdict,
            own_proposal=self.submission.is_work_of(actor),
        )


def role_of(stage: str) -> Role:
    """Return the role that answers in a stage."""
    return Role.CO_SIGNER if stage == Stage.OFFICES else Role.OFFICE_HEAD
