"""How papers relate, and a committee's wording issued anew under a number with a suffix."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import AgendaItem, Origin, Proposal, Reissue, Relation, User, Wording
from ..models.facts import open_consultations
from ..rules.consultation import Outcome
from ..rules.errors import RuleViolation
from ..rules.relations import (
    ReissueFacts,
    RelationFacts,
    RelationKind,
    objection_to_reissue,
    objection_to_relating,
    with_suffix,
)
from ..rules.results import RecommendationAs
from ..rules.words import ProposalKind
from .common import lock, refuse_on, require


@dataclass(frozen=True)
class RelateAnswer:
    """The later paper relates to an earlier one."""

    kind: RelationKind
    to_id: int


@dataclass(frozen=True)
class ReissueAnswer:
    """The wording is issued anew on a day (today if None)."""

    on: date | None = None


def relate(*, actor: User, proposal: Proposal, answer: RelateAnswer) -> Relation:
    """Relate a paper to an earlier one of the house that the actor may see.

    The journal names the later paper alone: the earlier one's readers need not see both.
    """
    with event(actor, Act.RELATED, proposal):
        proposal = lock(proposal.pk)
        require(
            policies.can_relate(actor, proposal),
            "Bezüge stellen nur die Federführung und der Sitzungsdienst her.",
        )
        if answer.kind == RelationKind.AMENDS:
            raise RuleViolation(
                "Welche Vorlage ein Änderungsantrag ändert, steht in seinem Entwurf.", field="kind"
            )
        return _write(actor, proposal, answer.kind, answer.to_id)


def unrelate(*, actor: User, relation: Relation) -> None:
    """Take back a relation that was made by mistake."""
    with event(actor, Act.UNRELATED, relation.proposal):
        proposal = lock(relation.proposal_id)
        require(
            policies.can_relate(actor, proposal),
            "Bezüge lösen nur die Federführung und der Sitzungsdienst.",
        )
        row = Relation.everything.filter(pk=relation.pk).first()
        if row is None:
            raise RuleViolation("Dieser Bezug ist schon gelöst.")
        if row.kind == RelationKind.AMENDS:
            raise RuleViolation(
                "Welche Vorlage ein Änderungsantrag ändert, steht in seinem Entwurf."
            )

        row.delete()


def amend(actor: User, proposal: Proposal, to_id: int | None) -> None:
    """Let an Änderungsantrag name the paper it would change; inside the event of its caller."""
    present = Relation.everything.filter(proposal=proposal, kind=RelationKind.AMENDS).first()
    if present is not None and present.to_id == to_id:
        return
    if present is not None:
        present.delete()
    if to_id is not None:
        try:
            _write(actor, proposal, RelationKind.AMENDS, to_id)
        except RuleViolation as violation:
            violation.field = "amends"
            raise


def amended(proposal: Proposal) -> Proposal | None:
    """Return the paper that an Änderungsantrag would change."""
    rows = Relation.everything.filter(proposal=proposal, kind=RelationKind.AMENDS)
    row = rows.select_related("to").first()
    return row.to if row else None


def _write(actor: User, proposal: Proposal, kind: RelationKind, to_id: int) -> Relation:
    house = Proposal.objects.visible_to(actor).filter(municipality=proposal.municipality_id)
    earlier = house.filter(pk=to_id).first()
    if earlier is None:
        raise RuleViolation("Diese Vorlage gibt es hier nicht.", field="to")
    of_kind = Relation.everything.filter(kind=kind)
    refuse_on(
        objection_to_relating(
            RelationFacts(
                kind=kind,
                later=ProposalKind(proposal.kind),
                earlier=ProposalKind(earlier.kind),
                same=earlier.pk == proposal.pk,
                known=of_kind.filter(proposal=proposal, to=earlier).exists(),
                reversed_=of_kind.filter(proposal=earlier, to=proposal).exists(),
                withdrawn=earlier.withdrawn_on is not None,
            )
        )
    )
    relation = Relation(proposal=proposal, to=earlier, kind=kind)
    relation.save()
    return relation


def reissue(*, actor: User, wording: Wording, answer: ReissueAnswer) -> Reissue:
    """Issue the paper anew with a committee's wording, under the next suffix (practice.md 1.7).

    A deliberate act of the Sitzungsdienst; raises RuleViolation in a house that does not do so.
    """
    # whose treatment the reader may not know must not read of it in the history either
    with event(actor, Act.REISSUED, wording.proposal, *_recommended_in(wording)):
        proposal = lock(wording.proposal_id)
        require(
            policies.can_reissue(actor, proposal),
            "Eine neue Fassung mit Zusatz gibt nur der Sitzungsdienst heraus.",
        )
        refuse_on(objection_to_reissuing(wording, proposal))

        reissued = Reissue(
            proposal=proposal,
            wording=wording,
            suffix=next_suffix(proposal),
            issued_on=answer.on or timezone.localdate(),
        )
        reissued.save()
    return reissued


def next_suffix(proposal: Proposal) -> int:
    """Return the suffix that the next re-issue gets; steps over numbers of other papers."""
    last = Reissue.everything.filter(proposal=proposal).order_by("-suffix").first()
    suffix = last.suffix + 1 if last else 1
    papers = Proposal.everything.filter(municipality=proposal.municipality_id)
    while papers.filter(number=with_suffix(proposal.number or "", suffix)).exists():
        suffix += 1
    return suffix


def objection_to_reissuing(wording: Wording, proposal: Proposal) -> RuleViolation | None:
    """Say what keeps a wording from being issued anew; facts are read here."""
    present = Reissue.everything.filter(wording=wording).first()
    number = proposal.number or ""
    return objection_to_reissue(
        ReissueFacts(
            house=RecommendationAs(proposal.municipality.recommendation_as),
            recommended=bool(_recommended_in(wording)),
            number=number,
            issued_as=with_suffix(number, present.suffix) if present else "",
            under_way=bool(open_consultations(proposal)),
        )
    )


def _recommended_in(wording: Wording) -> list[AgendaItem]:
    """Return the treatments in which a committee recommended this wording of its own."""
    changed = AgendaItem.everything.filter(outcome=Outcome.RECOMMENDED_CHANGED)
    return list(changed.filter(result_wording=wording, result_wording__origin=Origin.COMMITTEE))
