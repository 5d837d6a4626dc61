"""What an agenda depends on when it leaves the house: bodies ahead that have not dealt with it."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from ...documents.content_route import in_body
from ...models import AgendaItem, Consultation
from ...models.facts import station_of
from ...rules.consultation import OFF_THE_AGENDA, Station, open_predecessors


def reservations(items: Iterable[AgendaItem]) -> Mapping[int, str]:
    """Return "vorbehaltlich der Beratung im Sozialausschuss" by item; two queries for an agenda.

    An invitation is read by many: a body that sat behind closed doors counts as done from its day
    on, so that nobody reads off the agenda what came of it (practice.md 1.1, 1.5).
    """
    stations = {item.pk: item.consultation for item in items if item.consultation is not None}
    papers = {row.proposal_id for row in stations.values()}
    rows = Consultation.everything.filter(proposal__in=papers).select_related("committee")
    known = {row.pk: row for row in rows.order_by("position", "pk")}
    hidden = _behind_doors(papers)
    routes: dict[int, list[Station]] = {}
    for row in known.values():
        if row.pk not in hidden:
            routes.setdefault(row.proposal_id, []).append(station_of(row, None))
    found = {}
    for pk, own in stations.items():
        station = station_of(known[own.pk], None)
        ahead = open_predecessors(station, routes.get(own.proposal_id, []))
        names = list(dict.fromkeys(in_body(row.committee) for row in ahead))
        if names:
            listed = " und ".join(filter(None, (", ".join(names[:-1]), names[-1])))
            found[pk] = f"vorbehaltlich der Beratung {listed}"
    return found


def _behind_doors(papers: Iterable[int]) -> set[int]:
    """Return the stations that were dealt with in a closed meeting, whatever came of it."""
    items = AgendaItem.everything.filter(consultation__proposal__in=papers, public=False)
    past = items.exclude(outcome__in=OFF_THE_AGENDA).filter(
        meeting__starts_at__lt=timezone.localtime().replace(hour=0, minute=0, second=0)
    )
    return {pk for pk in past.values_list("consultation", flat=True) if pk is not None}
