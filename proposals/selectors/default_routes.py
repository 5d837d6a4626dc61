"""The route that a new paper begins with."""

from collections.abc import Iterable

from ..models import Municipality, Office
from ..models.drafting import DefaultStation
from ..rules.consultation import ConsultationRole
from ..rules.words import ProposalKind


def default_route(
    house: Municipality, kind: ProposalKind, office_id: int | None
) -> list[tuple[int, ConsultationRole]]:
    """Return where a new paper of an office goes: (committee, role) in order.

    The office's own route, else that of the nearest office above it, else that of the house.
    """
    rows = DefaultStation.objects.filter(municipality=house, kind=kind)
    by_office: dict[int | None, list[DefaultStation]] = {}
    for row in rows.order_by("position", "pk"):
        by_office.setdefault(row.office_id, []).append(row)
    if not by_office:
        return []
    for pk in (*_upwards(house, office_id), None):
        if pk in by_office:
            return [(row.committee_id, ConsultationRole(row.role)) for row in by_office[pk]]
    return []


def _upwards(house: Municipality, office_id: int | None) -> Iterable[int]:
    parents = dict(Office.objects.filter(municipality=house).values_list("pk", "parent_id"))
    while office_id is not None:
        yield office_id
        office_id = parents.get(office_id)


def stations_of(house: Municipality) -> list[DefaultStation]:
    """Return every standard station of the house by kind, office and order."""
    rows = DefaultStation.objects.filter(municipality=house).select_related("office", "committee")
    kinds = list(ProposalKind)
    return sorted(
        rows,
        key=lambda row: (
            kinds.index(ProposalKind(row.kind)),
            row.office.name if row.office else "",
            row.position,
        ),
    )
