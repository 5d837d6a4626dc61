"""Standard-Beratungsfolge: where a new paper of a kind and office begins."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Committee, Municipality, Office, User
from ..models.drafting import DefaultStation
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.route import objection_to_role
from ..rules.words import ProposalKind
from .common import changed, refuse_on, require

NOT_YOURS = "Die Standard-Beratungsfolge ändert die Verwaltung der Stammdaten."


@dataclass(frozen=True)
class StationAnswer:
    """One more station behind the others; without an office it is for the whole house."""

    kind: ProposalKind
    committee_id: int
    role: ConsultationRole
    office_id: int | None = None


def add_station(
    *, actor: User, municipality: Municipality, answer: StationAnswer
) -> DefaultStation:
    """Put a station behind the last one of this kind and office."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_routes(actor, municipality.pk), NOT_YOURS)
        _refuse_strangers(municipality, answer)
        refuse_on(objection_to_role(answer.kind, answer.role))
        rows = _line(municipality, answer.kind, answer.office_id)
        last: int = rows.aggregate(last=Max("position"))["last"] or 0
        station = DefaultStation(
            municipality=municipality,
            kind=answer.kind,
            office_id=answer.office_id,
            position=last + 1,
            committee_id=answer.committee_id,
            role=answer.role,
        )
        station.save()
    return station


def move_station(*, actor: User, station: DefaultStation, up: bool) -> DefaultStation:
    """Let a station change places with its neighbour; at the end of the line nothing happens.

    Body and role are what moves: two rows cannot have one number, not even for a moment.
    """
    with event(actor, Act.MASTER_DATA_CHANGED, station.municipality):
        require(policies.can_set_routes(actor, station.municipality_id), NOT_YOURS)
        rows = _line(station.municipality, station.kind, station.office_id)
        if up:
            other = rows.filter(position__lt=station.position).order_by("-position").first()
        else:
            other = rows.filter(position__gt=station.position).order_by("position").first()
        if other is None:
            return station
        mine, theirs = (
            {"committee_id": row.committee_id, "role": row.role} for row in (station, other)
        )
        changed(station, **theirs)
        changed(other, **mine)
    return other


def remove_station(*, actor: User, station: DefaultStation) -> None:
    """Take a station out; papers that began with it keep theirs."""
    with event(actor, Act.MASTER_DATA_CHANGED, station.municipality):
        require(policies.can_set_routes(actor, station.municipality_id), NOT_YOURS)
        station.delete()


def _line(house: Municipality, kind: str, office_id: int | None) -> QuerySet[DefaultStation]:
    return DefaultStation.objects.filter(municipality=house, kind=kind, office=office_id)


def _refuse_strangers(house: Municipality, answer: StationAnswer) -> None:
    bodies = Committee.objects.filter(municipality=house, pk=answer.committee_id)
    if not bodies.exists():
        raise RuleViolation(f"Dieses Gremium gibt es in {house.name} nicht.", field="committee")
    if answer.office_id is None:
        return
    if not Office.objects.filter(municipality=house, pk=answer.office_id).exists():
        raise RuleViolation(f"Dieses Amt gibt es in {house.name} nicht.", field="office")
