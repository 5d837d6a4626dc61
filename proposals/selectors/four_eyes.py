"""Vier-Augen-Ausnahmen: who signed or released what they had written, for the Rechnungsprüfung."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Exists, F, OuterRef, Value

from ..models import CoSignature, ReturnedFrom, Submission
from .heads import known_heads

PAGE_SIZE = 25
_RELEASE, _SIGNATURE = "release", "signature"


@dataclass(frozen=True)
class OwnWork:
    """One exception: what was signed, by whom, when and why."""

    proposal_id: int
    number: str
    subject: str
    what: str
    who: str
    on: date | None
    reason: str
    url: str = ""


def own_work(user: Any, number: str | None) -> Page[Any]:
    """Return a page of the exceptions on papers that `user` may see, newest first.

    What a later round or version took over is not told again.
    """
    kind, columns = CharField(), ("kind", "key", "day")
    released = _released(user).annotate(
        kind=Value(_RELEASE, kind), key=F("pk"), day=F("released_on")
    )
    signed = CoSignature.objects.visible_to(user).filter(own_work=True, carried_from__isnull=True)
    signed = signed.annotate(kind=Value(_SIGNATURE, kind), key=F("pk"), day=F("answered_on"))
    rows = released.order_by().values(*columns)
    rows = rows.union(signed.order_by().values(*columns), all=True).order_by("-day", "-key")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    shown: Any = _lines(user, list(page.object_list))
    page.object_list = shown
    return page


def _released(user: Any) -> Any:
    replaced = Submission.objects.visible_to(user).filter(
        proposal=OuterRef("proposal"),
        number=OuterRef("number") - 1,
        returned_from=ReturnedFrom.SUPERSEDED,
    )
    rows = Submission.objects.visible_to(user).filter(released_own_work=True)
    return rows.exclude(Exists(replaced))


def _lines(user: Any, keys: list[dict[str, Any]]) -> list[OwnWork]:
    releases = Submission.objects.visible_to(user).filter(pk__in=_of(keys, _RELEASE))
    signatures = CoSignature.objects.visible_to(user).filter(pk__in=_of(keys, _SIGNATURE))
    found: dict[tuple[str, int], OwnWork] = {}
    papers = {}
    for row in releases.select_related("proposal", "released_by__person"):
        papers[row.proposal_id] = row.proposal
        found[_RELEASE, row.pk] = OwnWork(
            row.proposal_id,
            row.proposal.number or "",
            "",
            "Freigabe",
            str(getattr(row.released_by, "person", "")),
            row.released_on,
            row.release_reason,
        )
    for one in signatures.select_related("proposal", "office", "answered_by__person"):
        papers[one.proposal_id] = one.proposal
        found[_SIGNATURE, one.pk] = OwnWork(
            one.proposal_id,
            one.proposal.number or "",
            "",
            f"Mitzeichnung {one.office.name}",
            str(getattr(one.answered_by, "person", "")),
            one.answered_on,
            one.remark,
        )
    heads = known_heads(papers.values(), user)
    wanted = [(row["kind"], row["key"]) for row in keys]
    lines = [found[key] for key in wanted if key in found]
    return [replace(line, subject=heads[line.proposal_id]["subject"]) for line in lines]


def _of(keys: list[dict[str, Any]], kind: str) -> list[int]:
    return [row["key"] for row in keys if row["kind"] == kind]
