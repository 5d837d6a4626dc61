"""The Vorlage itself and the working rows that hang on it."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..rules.deadlines import Extension
from ..rules.lifecycle import ProposalStatus
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .base import Guarded, OfProposal, code_field
from .municipality import LegislativeTerm, Municipality
from .organization import Committee, Office
from .people import Role
from .standing import standing_of

if TYPE_CHECKING:
    from .facts import Situation


class Proposal(Guarded):
    """Vorlage: one matter on its way through offices and committees (OParl: Paper).

    `status` is a word for lists, written by `settle_status` alone; `revision` counts the saves of
    the draft, so that two people do not overwrite each other.
    """

    named_in_journal = True

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="proposals", verbose_name="Kommune"
    )
    term = models.ForeignKey(
        LegislativeTerm, models.PROTECT, null=True, related_name="+", verbose_name="Wahlperiode"
    )
    kind = code_field(ProposalKind, "Art")
    # NULL, since two proposals without a number are not two with the same one
    number = models.CharField("Nummer", max_length=60, null=True)  # noqa: DJ001
    subject = models.CharField("Betreff", max_length=500)
    public = models.BooleanField("öffentlich", default=True)
    public_subject = models.CharField("öffentlicher Betreff", max_length=500, blank=True)
    file_reference = models.CharField("Aktenzeichen", max_length=80, blank=True)
    lead_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name="Federführung"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Verfasser"
    )
    mover = models.CharField("Antragsteller", max_length=200, blank=True)
    answer_due_on = models.DateField("Antwort erbeten bis", null=True)
    matters = models.JSONField("Besonderheiten", default=list)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="entstanden aus"
    )
    drafted_on = models.DateField("angelegt am")
    no_financial_effect = models.BooleanField("keine finanziellen Auswirkungen", default=False)
    follow_up_words = models.CharField("jährliche Folgekosten", max_length=200, blank=True)
    income_words = models.CharField("objektbezogene Einnahmen", max_length=200, blank=True)
    finance_reasons = models.JSONField("Begründungen zu den Kosten", default=dict)
    budget_account = models.CharField("Produktkonto", max_length=120, blank=True)
    budget_available = models.DecimalField(
        "noch zur Verfügung (Euro)", max_digits=14, decimal_places=2, null=True
    )
    status = code_field(ProposalStatus, "Status", default=ProposalStatus.DRAFT, db_index=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=0)
    withdrawn_on = models.DateField("zurückgezogen am", null=True)
    changed_at = models.DateTimeField("zuletzt geändert", auto_now=True)

    situation: "Situation | None" = None  # what `settle_status` read, for the rest of its act
    moved_statements = False  # whether an act asked for a statement, or let one lapse

    class Meta(Guarded.Meta):
        verbose_name = "Vorlage"
        verbose_name_plural = "Vorlagen"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], name="number_once_a_municipality"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | ~Q(number=""), name="number_is_null_or_text"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-changed_at"], name="proposal_list"),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'Entwurf'} {self.subject}"

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Who sees a proposal (practice.md 1.6; § 72 Abs. 2, § 78 Abs. 2 NKomVG).

        Those who write it, co-sign it or state on it always; head, Sitzungsdienst and audit from
        the first hand-in; the rest of the administration and the members of committees once it is
        in the route, and what is not public only as the Land's rule lets them, or where it comes
        to a committee that they sit in or take the minutes of.
        """
        from .consultation import Consultation
        from .signing import StatementRequest
        from .submission import CoSignature, Submission

        who = standing_of(user)
        if who.municipality_id is None:
            return Q(pk__in=[])
        asked = CoSignature.everything.filter(office__in=who.offices).values("submission__proposal")
        handed_in = Submission.everything.values("proposal")
        in_route = Submission.everything.filter(form_checked_on__isnull=False).values("proposal")
        stating = StatementRequest.everything.filter(office__in=who.offices).values("proposal")
        seen = Q(author=user.pk) | Q(lead_office__in=who.offices)
        seen |= Q(pk__in=asked) | Q(pk__in=stating)
        house = who.municipality_id
        if any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR)):
            seen |= Q(pk__in=handed_in)
        if who.is_staff or who.seats:
            seen |= Q(pk__in=in_route, public=True)
        if who.reads_every_body:
            seen |= Q(pk__in=in_route)
        if who.has(Role.LEGAL, house):
            from .review import ResultReview

            reviewed = ResultReview.everything.filter(proposal__isnull=False)
            seen |= Q(pk__in=reviewed.values("proposal"))
        if who.has(Role.SECRETARY, house):
            motions = [kind for kind in ProposalKind if kind.is_motion]
            seen |= Q(kind__in=motions)  # which the Sitzungsdienst drafts
        if tables := who.seats | who.minuted:
            at_my_table = Consultation.everything.filter(committee__in=tables)
            seen |= Q(pk__in=in_route) & Q(pk__in=at_my_table.values("proposal"))
        return Q(municipality=house) & seen & ~_withdrawn_from(who.excluded_person)


def _withdrawn_from(person_id: int | None) -> Q:
    """Return the non-public papers that a member excluded for bias may not read any more."""
    if person_id is None:
        return Q(pk__in=[])
    from .attendance import Recusal

    excluded = Recusal.everything.filter(person=person_id, agenda_item__consultation__isnull=False)
    return Q(public=False, pk__in=excluded.values("agenda_item__consultation__proposal"))


class ProposalText(OfProposal):
    """Abschnitt: one section of the draft, as cleaned HTML.

    `committee` stands where the house words its resolution for each body apart.
    """

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="texts", verbose_name="Vorlage"
    )
    section = code_field(Section, "Abschnitt")
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, related_name="+", verbose_name="für das Gremium"
    )
    html = models.TextField("Text", blank=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Abschnitt"
        verbose_name_plural = "Abschnitte"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "section"],
                condition=Q(committee__isnull=True),
                name="one_text_a_section",
            ),
            models.UniqueConstraint(
                fields=["proposal", "section", "committee"],
                condition=Q(committee__isnull=False),
                name="one_text_a_section_and_committee",
            ),
            models.CheckConstraint(
                condition=Q(committee__isnull=True) | Q(section=Section.WORDING),
                name="committees_have_a_wording",
            ),
        ]


class Attachment(OfProposal):
    """Anlage: a file that belongs to the proposal, kept under its SHA-256."""

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="attachments", verbose_name="Vorlage"
    )
    position = models.PositiveIntegerField("Nummer")
    title = models.CharField("Titel", max_length=200)
    file_name = models.CharField("Dateiname", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField("Dateityp", max_length=120)
    size = models.PositiveIntegerField("Größe in Byte")
    public = models.BooleanField("öffentlich", default=True)
    alt_text = models.CharField("Alternativtext", max_length=400, blank=True)
    added_on = models.DateField("hinzugefügt am", null=True)
    late = models.BooleanField("nachgereicht", default=False)
    removed_on = models.DateField("aus dem Entwurf entfernt am", null=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"],
                condition=Q(removed_on__isnull=True),
                name="one_attachment_a_number",
            )
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow the versions: what is new in the draft stays with those who write it.

        An annex that is not public goes to the administration and to the bodies on the route.
        """
        from .version import annexes_in_sight

        return super().visibility(user) & annexes_in_sight(user)


class Deadline(OfProposal):
    """Frist: a date that somebody set, ourselves or an outside authority."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="deadlines", verbose_name="Vorlage"
    )
    name = models.CharField("Bezeichnung", max_length=200)
    due_on = models.DateField("fällig am")
    external = models.BooleanField("von außen gesetzt", default=True)
    authority = models.CharField("gesetzt von", max_length=120, blank=True)
    extension = code_field(Extension, "Verlängerung", default=Extension.NONE, blank=True)
    extended_to = models.DateField("verlängert bis", null=True)
    evidence = models.CharField("Nachweis", max_length=400, blank=True)
    note = models.CharField("Vermerk", max_length=400, blank=True)

    class Meta(OfProposal.Meta):
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        ordering = ["due_on"]
