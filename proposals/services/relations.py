"""How papers relate, and a committee's wording issued anew under a number with a suffix."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..documents.content_reissue import version_of
from ..history.acts import Act
from ..history.journal import event
from ..models import AgendaItem, Origin, Proposal, Reissue, Relation, Role, User, Wording
from ..models.facts import open_consultations, was_released
from ..rules.consultation import Outcome
from ..rules.errors import RuleViolation
from ..rules.relations import (
    ReissueFacts,
    RelationFacts,
    RelationKind,
    SupplementFacts,
    objection_to_reissue,
    objection_to_relating,
    objection_to_supplementing,
)
from ..rules.results import RecommendationAs
from ..rules.words import ProposalKind
from .common import lock, refuse_on, require
from .deputies import note_deputy, note_deputy_in_any
from .orders import order
from .suffixes import carries_number_of, draw_suffix

# relations that a paper has by its kind: they are set where it is drafted
IN_DRAFT = {
    RelationKind.AMENDS: "Welche Vorlage ein Änderungsantrag ändert, steht in seinem Entwurf.",
    RelationKind.ANSWERS: "Welche Anfrage beantwortet wird, steht im Entwurf der Antwort.",
}


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
        _note_deputy(actor, proposal)
        if answer.kind in IN_DRAFT:
            raise RuleViolation(IN_DRAFT[answer.kind], field="kind")
        return _write(actor, proposal, answer.kind, answer.to_id)


def _note_deputy(actor: User, proposal: Proposal) -> None:
    note_deputy_in_any(
        actor, (Role.SECRETARY, proposal.municipality_id), (Role.CLERK, proposal.lead_office_id)
    )


def unrelate(*, actor: User, relation: Relation) -> None:
    """Take back a relation that was made by mistake."""
    with event(actor, Act.UNRELATED, relation.proposal):
        proposal = lock(relation.proposal_id)
        require(
            policies.can_relate(actor, proposal),
            "Bezüge lösen nur die Federführung und der Sitzungsdienst.",
        )
        _note_deputy(actor, proposal)
        row = Relation.everything.filter(pk=relation.pk).first()
        if row is None:
            raise RuleViolation("Dieser Bezug ist schon gelöst.")
        if row.kind in IN_DRAFT:
            raise RuleViolation(IN_DRAFT[RelationKind(row.kind)])
        if row.kind == RelationKind.SUPPLEMENTS and carries_number_of(proposal, row.to):
            raise RuleViolation(
                f"Die Nummer {proposal.number} sagt schon, dass die Vorlage {row.to.number} "
                "ergänzt wird."
            )

        row.delete()


def amend(actor: User, proposal: Proposal, to_id: int | None) -> None:
    """Let an Änderungsantrag name the paper it would change; inside the event of its caller."""
    _name_earlier(actor, proposal, RelationKind.AMENDS, to_id, "amends")


def answer_inquiry(actor: User, proposal: Proposal, to_id: int | None) -> None:
    """Let a Beantwortung name its Anfrage; inside the event of its caller."""
    _name_earlier(actor, proposal, RelationKind.ANSWERS, to_id, "answers")


def _name_earlier(
    actor: User, proposal: Proposal, kind: RelationKind, to_id: int | None, field: str
) -> None:
    present = Relation.everything.filter(proposal=proposal, kind=kind).first()
    if present is not None and present.to_id == to_id:
        return
    if present is not None:
        present.delete()
    if to_id is not None:
        try:
            _write(actor, proposal, kind, to_id)
        except RuleViolation as violation:
            violation.field = field
            raise


def amended(proposal: Proposal) -> Proposal | None:
    """Return the paper that an Änderungsantrag would change."""
    return _earlier(proposal, RelationKind.AMENDS)


def answered(proposal: Proposal) -> Proposal | None:
    """Return the Anfrage that a Beantwortung answers."""
    return _earlier(proposal, RelationKind.ANSWERS)


def _earlier(proposal: Proposal, kind: RelationKind) -> Proposal | None:
    rows = Relation.everything.filter(proposal=proposal, kind=kind)
    row = rows.select_related("to").first()
    return row.to if row else None


def supplement(actor: User, proposal: Proposal, base_id: int) -> None:
    """Let a new paper supplement one that is released; inside the event of its caller."""
    base = _write(actor, proposal, RelationKind.SUPPLEMENTS, base_id).to
    require(
        policies.can_supplement(actor, base),
        "Eine Ergänzung entwirft nur, wer auch die Vorlage entwerfen darf.",
    )
    refuse_on(objection_to_supplementing_of(base))


def objection_to_supplementing_of(base: Proposal) -> RuleViolation | None:
    """Say what keeps a paper from being supplemented; facts are read here."""
    return objection_to_supplementing(
        SupplementFacts(
            number=base.number or "",
            released=was_released(base),
            withdrawn=base.withdrawn_on is not None,
        )
    )


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
        note_deputy(actor, Role.SECRETARY, proposal.municipality_id)
        refuse_on(objection_to_reissuing(wording, proposal))

        suffix = draw_suffix(proposal)
        reissued = Reissue(
            proposal=proposal,
            wording=wording,
            suffix=suffix,
            issued_as=proposal.municipality.suffix.of(proposal.number or "", suffix),
            issued_on=answer.on or timezone.localdate(),
        )
        reissued.save()
        version = version_of(wording)
        order("documents", actor, proposal=proposal.pk, version=version.pk, reissue=reissued.pk)
    return reissued


def objection_to_reissuing(wording: Wording, proposal: Proposal) -> RuleViolation | None:
    """Say what keeps a wording from being issued anew; facts are read here."""
    present = Reissue.everything.filter(wording=wording).first()
    return objection_to_reissue(
        ReissueFacts(
            house=RecommendationAs(proposal.municipality.recommendation_as),
            recommended=bool(_recommended_in(wording)),
            number=proposal.number or "",
            issued_as=present.number if present else "",
            under_way=bool(open_consultations(proposal)),
        )
    )


def _recommended_in(wording: Wording) -> list[AgendaItem]:
    """Return the treatments in which a committee recommended this wording of its own."""
    changed = AgendaItem.everything.filter(outcome=Outcome.RECOMMENDED_CHANGED)
    return list(changed.filter(result_wording=wording, result_wording__origin=Origin.COMMITTEE))
