"""Text blocks: those that a person may put into a draft, and those that they keep."""

from typing import Any

from django.db.models import Q, QuerySet

from ..models import Municipality, Office, Role
from ..models.drafting import TextBlock
from ..models.standing import standing_of


def usable_blocks(
    house: Municipality, user: Any, lead_office_id: int | None = None
) -> QuerySet[TextBlock]:
    """Return the blocks in use: the house's, those of the user's offices and of the lead office."""
    offices = {*standing_of(user).offices, lead_office_id}
    rows = TextBlock.objects.filter(municipality=house, retired_on__isnull=True)
    return rows.filter(Q(office__isnull=True) | Q(office__in=[pk for pk in offices if pk]))


def kept_blocks(house: Municipality, user: Any) -> list[TextBlock]:
    """Return the blocks that the page lists for the user, with those that are retired behind."""
    rows = TextBlock.objects.filter(municipality=house).select_related("office")
    if not standing_of(user).has(Role.ADMINISTRATOR, house.pk):
        rows = rows.filter(Q(office__isnull=True) | Q(office__in=standing_of(user).offices))
    return list(rows.order_by("retired_on", "title", "pk"))


def offices_to_keep_for(house: Municipality, user: Any) -> tuple[list[Office], bool]:
    """Return the offices whose blocks the user keeps, and whether also those of the house."""
    who = standing_of(user)
    offices = Office.objects.filter(municipality=house).order_by("name")
    if who.has(Role.ADMINISTRATOR, house.pk):
        return list(offices), True
    return [office for office in offices if who.has(Role.CLERK, office.pk)], False
