"""How papers relate to each other."""

from typing import Any, Final

from django.db import models
from django.db.models import F, Q

from ..history.guard import visible_keys
from ..rules.relations import RelationKind
from .base import OfProposal, code_field
from .proposal import Proposal
from .version import Wording

_SUPPLEMENTING: Final = "supplementing"


class Relation(OfProposal):
    """Bezug: a later paper names an earlier one; seen by whoever sees both."""

    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="relations", verbose_name="Vorlage"
    )
    to = models.ForeignKey(
        Proposal, models.PROTECT, related_name="related_from", verbose_name="bezieht sich auf"
    )
    kind = code_field(RelationKind, "Art des Bezuges")

    class Meta(OfProposal.Meta):
        verbose_name = "Bezug"
        verbose_name_plural = "Bezüge"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "to", "kind"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(proposal=F("to")), name="relation_has_two_papers"),
        ]

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Both ends must be visible: a relation must not tell of a paper that is not."""
        visible = visible_keys(Proposal, user)
        return Q(proposal__in=visible, to__in=visible)


class Reissue(OfProposal):
    """Neuausgabe: the paper once more with a committee's wording, under a number with a suffix."""

    append_only = True
    stricter_than_parent = True

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="reissues", verbose_name="Vorlage"
    )
    wording = models.OneToOneField(
        Wording, models.PROTECT, related_name="reissue", verbose_name="Wortlaut"
    )
    suffix = models.PositiveIntegerField("Zusatz")
    # empty where it was issued before the number was kept; it followed the house's pattern then
    issued_as = models.CharField("herausgegeben als", max_length=80, default="")
    issued_on = models.DateField("herausgegeben am")

    class Meta(OfProposal.Meta):
        verbose_name = "Neuausgabe"
        verbose_name_plural = "Neuausgaben"
        ordering = ["suffix"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "suffix"], name="one_reissue_a_suffix")
        ]

    @property
    def number(self) -> str:
        """Return the number it went out under, e.g. "SV-9-0667/1"."""
        paper = self.proposal
        return self.issued_as or paper.municipality.suffix.of(paper.number or "", self.suffix)

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Follow its wording: one from behind closed doors not everybody may read."""
        visible = visible_keys(Wording, user)
        return Q(wording__in=visible)


def supplemented(proposal: Proposal) -> Proposal | None:
    """Return the paper that this one supplements; it may have been read along."""
    rows = proposal.__dict__.get(_SUPPLEMENTING)
    if rows is None:
        rows = _supplements().filter(proposal=proposal)[:1]
    row = next(iter(rows), None)
    return row.to if row else None


def _supplements() -> "models.QuerySet[Relation]":
    rows = Relation.everything.filter(kind=RelationKind.SUPPLEMENTS)
    return rows.select_related("to").order_by("pk")


def with_supplemented(lookup: str) -> "models.Prefetch[Any]":
    """Return what reads along for many papers, found by `lookup`, what `supplemented` asks for."""
    return models.Prefetch(f"{lookup}__relations", _supplements(), to_attr=_SUPPLEMENTING)
