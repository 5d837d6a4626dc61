"""A count error that would change the result: people decide what follows, not the software."""

from django.db import models
from django.db.models import Q

from ..rules.review import ReviewDecision
from .agenda import OfAgendaItem
from .base import code_field


class ResultReview(OfAgendaItem):
    """Ergebnisprüfung: approved minutes were corrected, and the count now says something else.

    The Rechtsamt advises, the head of the administration decides (practice.md 1.15). A stay is
    no end: the review stays open until the decision stands or the body votes again.
    """

    agenda_item = models.ForeignKey(
        "proposals.AgendaItem", models.PROTECT, related_name="reviews", verbose_name="TOP"
    )
    proposal = models.ForeignKey(
        "proposals.Proposal",
        models.PROTECT,
        null=True,
        related_name="reviews",
        verbose_name="Vorlage",
    )
    vote = models.OneToOneField(
        "proposals.Vote", models.PROTECT, related_name="review", verbose_name="Abstimmung"
    )
    opened_on = models.DateField("eröffnet am")
    opinion = models.TextField("Stellungnahme des Rechtsamtes", blank=True)
    opinion_on = models.DateField("Stellungnahme vom", null=True)
    stayed_on = models.DateField("Ausführung ausgesetzt am", null=True)
    decision = code_field(ReviewDecision, "Entscheidung", blank=True)
    decided_on = models.DateField("entschieden am", null=True)

    class Meta(OfAgendaItem.Meta):
        verbose_name = "Ergebnisprüfung"
        verbose_name_plural = "Ergebnisprüfungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(decision__in=[ReviewDecision.STANDS, ReviewDecision.VOTE_AGAIN]),
                name="review_ends_with_a_decision",
            )
        ]
