"""What helps to write: default routes, text blocks, questions, and what is not saved yet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..rules.consultation import ConsultationRole
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .base import OfProposal, Tracked, code_field
from .municipality import Municipality
from .organization import Committee, Office
from .people import Role, User
from .proposal import Proposal
from .standing import standing_of


class DefaultStation(Tracked):
    """Standard-Beratung: where a new paper of a kind goes unless somebody says otherwise.

    `office` narrows it to one office and its children; None is for all of the house.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="default_stations", verbose_name="Kommune"
    )
    kind = code_field(ProposalKind, "Art")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", verbose_name="Organisationseinheit"
    )
    position = models.PositiveIntegerField("Nummer")
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name="Gremium"
    )
    role = code_field(ConsultationRole, "Zuständigkeit")

    class Meta:
        verbose_name = "Standard-Beratung"
        verbose_name_plural = "Standard-Beratungsfolge"
        ordering = ["kind", "office", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "office", "position"],
                name="one_default_station_of_an_office",
            ),
            models.UniqueConstraint(
                fields=["municipality", "kind", "position"],
                condition=Q(office__isnull=True),
                name="one_default_station_of_a_house",
            ),
        ]


class TextBlock(Tracked):
    """Textbaustein: words the house uses again and again; None as office: for everybody."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="text_blocks", verbose_name="Kommune"
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", verbose_name="Organisationseinheit"
    )
    section = code_field(Section, "Abschnitt", blank=True)
    title = models.CharField("Titel", max_length=120)
    html = models.TextField("Text")
    retired_on = models.DateField("außer Gebrauch seit", null=True)

    class Meta:
        verbose_name = "Textbaustein"
        verbose_name_plural = "Textbausteine"
        ordering = ["title"]


class Comment(OfProposal):
    """Rückfrage: a question or a remark on a draft, without a formal step."""

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="comments", verbose_name="Vorlage"
    )
    section = code_field(Section, "Abschnitt", blank=True)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies", verbose_name="Antwort auf"
    )
    author = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="geschrieben von"
    )
    made_at = models.DateTimeField("geschrieben am")
    text = models.TextField("Text")
    settled_on = models.DateField("erledigt am", null=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="erledigt durch"
    )

    class Meta(OfProposal.Meta):
        verbose_name = "Rückfrage"
        verbose_name_plural = "Rückfragen"
        ordering = ["pk"]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Those who work on the paper; what the administration asks itself stays there."""
        mine = Proposal.everything.filter(working_on(user))
        return super().visibility(user) & Q(proposal__in=mine)


def working_on(user: Any) -> Q:
    """Return the condition on a paper that `user` works on.

    The author, the lead office, the offices asked to co-sign or for a statement, the head and the
    Sitzungsdienst; nobody without a role in the administration.
    """
    from .signing import StatementRequest
    from .submission import CoSignature

    who = standing_of(user)
    if not who.is_staff:
        return Q(pk__in=[])
    asked = CoSignature.everything.filter(office__in=who.offices).values("proposal")
    stating = StatementRequest.everything.filter(office__in=who.offices).values("proposal")
    mine = Q(author=user.pk) | Q(lead_office__in=who.offices)
    house = who.municipality_id
    if who.has(Role.HEAD, house) or who.has(Role.SECRETARY, house):
        mine |= Q(municipality=house)
    return mine | Q(pk__in=asked) | Q(pk__in=stating)


class DraftBuffer(models.Model):
    """Zwischenstand: what somebody typed and has not saved yet; theirs alone, not tracked.

    `proposal` is None for a paper that is not begun; `revision` is the one the form was opened
    with. Saving for real deletes it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    kind = code_field(ProposalKind, "Art")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=0)
    data = models.JSONField("Eingaben")
    saved_at = models.DateTimeField("gesichert am", auto_now=True)

    class Meta:
        verbose_name = "Zwischenstand"
        verbose_name_plural = "Zwischenstände"
        constraints = [
            models.UniqueConstraint(fields=["user", "proposal"], name="one_buffer_of_a_draft"),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(proposal__isnull=True),
                name="one_buffer_of_a_new_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.proposal_id or 'neu'}"
