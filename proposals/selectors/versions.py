"""The versions of a paper as one user may know them: the list, and what is new since the last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from ..models import Exchange, Proposal, ProposalVersion, ReturnedFrom, Submission, VersionOrigin
from ..models.standing import standing_of
from ..models.version import handed_in, reads_closed_annexes
from ..rules.co_signing import Part

_DIGITS = 12  # of a digest: enough to tell two of them apart by eye
_MARKS = {
    VersionOrigin.LATE_ATTACHMENT: "Anlage nachgereicht am",
    VersionOrigin.EDITORIAL: "Redaktionell korrigiert am",
}


@dataclass
class VersionLine:
    """A version: when and at which hand-over it was made, what became of it, its digests.

    `by` and `why` are for the administration, `waits` says that its release is still to come;
    links are filled in by the layer of the pages.
    """

    number: int
    id: int
    at: date
    origin: str
    by: str
    why: str
    note: str
    waits: bool
    digests: list[tuple[str, str]]
    word_url: str = ""
    pdf_url: str = ""
    compare_url: str = ""


@dataclass
class News:
    """Neue Fassung: a version that replaced another one which the committees had already."""

    day: date
    old: int
    new: int
    origin: VersionOrigin
    note: str = ""
    url: str = field(default="")

    @property
    def mark(self) -> str:
        """Return it in a few words: "Neue Fassung vom 01.03.2024"."""
        return f"{_MARKS.get(self.origin, 'Neue Fassung vom')} {self.day:%d.%m.%Y}"


def visible_versions(proposal: Proposal, user: Any) -> list[ProposalVersion]:
    """Return the versions of a visible proposal that the user may see, the newest first."""
    rows = ProposalVersion.objects.visible_to(user).filter(proposal=proposal)
    rows = rows.annotate(stands=handed_in("pk")).select_related("author__person")
    return list(rows.order_by("-number"))


def shown_version(versions: Sequence[ProposalVersion]) -> ProposalVersion | None:
    """Return the version that stands for the paper: the newest that was ever handed in."""
    return next((row for row in versions if getattr(row, "stands", False)), None)


def version_lines(
    versions: Sequence[ProposalVersion], proposal: Proposal, user: Any, told: set[int]
) -> list[VersionLine]:
    """Return the list of versions; `told` are the treatments that the user may know of."""
    rounds: dict[int, list[Submission]] = {}
    handed_in = Submission.objects.visible_to(user).filter(proposal=proposal)
    began: dict[int, date] = {}
    before: Submission | None = None
    for row in handed_in.order_by("number"):
        rounds.setdefault(row.version_id, []).append(row)
        replaced = before is not None and before.returned_from == ReturnedFrom.SUPERSEDED
        day = before.returned_on if before is not None and replaced else row.submitted_on
        began.setdefault(row.version_id, day or row.submitted_on)
        before = row
    exchanges = {}
    if any(version.origin == VersionOrigin.EXCHANGE for version in versions):
        exchanges = {row.version_id: row for row in _exchanges(proposal, user)}
    is_staff = standing_of(user).is_staff
    return [
        VersionLine(
            number=version.number,
            id=version.pk,
            at=began.get(version.pk) or timezone.localdate(version.made_at),
            origin=VersionOrigin(version.origin).label,
            by=str(getattr(version.author, "person", "")) if is_staff else "",
            why=_became(rounds.get(version.pk, []), exchanges.get(version.pk), told)
            if is_staff
            else "",
            note=exchanges[version.pk].note if version.pk in exchanges else "",
            waits=_waits(exchanges.get(version.pk)),
            digests=[
                (part.label, version.part_digests[part][:_DIGITS])
                for part in Part
                if part in version.part_digests
            ],
        )
        for version in versions
    ]


def _exchanges(proposal: Proposal, user: Any) -> Any:
    return Exchange.objects.visible_to(user).filter(proposal=proposal).order_by("pk")


def _waits(exchange: Exchange | None) -> bool:
    return exchange is not None and not (exchange.released_on or exchange.refused_on)


def _became(rounds: list[Submission], exchange: Exchange | None, told: set[int]) -> str:
    """Return what became of a version, for the administration; `told` are visible treatments."""
    words = []
    if exchange is not None and exchange.refused_on:
        words.append(f"abgelehnt am {exchange.refused_on:%d.%m.%Y}")
    elif exchange is not None and not exchange.released_on:
        words.append(f"zur Freigabe vorgelegt am {exchange.requested_on:%d.%m.%Y}")
    for row in rounds:
        if row.returned_on and row.returned_from == ReturnedFrom.SUPERSEDED:
            words.append(f"ersetzt am {row.returned_on:%d.%m.%Y}")
        elif row.returned_on and (row.returned_item_id is None or row.returned_item_id in told):
            source = row.get_returned_from_display()
            words.append(f"zurückgegeben am {row.returned_on:%d.%m.%Y} ({source})")
        elif row.form_checked_on and row.released_on:
            words.append(f"freigegeben am {row.released_on:%d.%m.%Y}")
        else:
            words.append(f"abgegeben am {row.submitted_on:%d.%m.%Y}")
    return "; ".join(words)


def news_of(proposal: Proposal, user: Any) -> list[News]:
    """Return what replaced a version that the committees had already, the newest first."""
    found = _news([proposal.pk], user).get(proposal.pk, [])
    if not found:
        return []
    versions = ProposalVersion.objects.visible_to(user).filter(proposal=proposal)
    seen = set(versions.values_list("number", flat=True))
    told = _exchanges(proposal, user).values_list("version__number", "note")
    notes: dict[int, str] = dict(told)
    for row in found:
        row.note = notes.get(row.new, "")
    return [row for row in found if {row.old, row.new} <= seen]


def marks_of(proposals: Iterable[int], user: Any) -> dict[int, str]:
    """Return the mark of each visible paper that has come in a new version since it was issued.

    A corrected typing error does not hide the exchange before it.
    """
    marks = {}
    for pk, rows in _news(list(proposals), user).items():
        weighty = [row for row in rows if row.origin != VersionOrigin.EDITORIAL]
        marks[pk] = (weighty or rows)[0].mark
    return marks


def _news(proposals: list[int], user: Any) -> dict[int, list[News]]:
    """Return the issued versions that followed another issued one, the newest first."""
    rounds = (
        Submission.objects.visible_to(user)
        .filter(proposal__in=proposals, form_checked_on__isnull=False)
        .order_by("number")
    )
    columns = ("proposal", "version__number", "version__origin", "returned_from")
    before: dict[int, tuple[int, str, date | None]] = {}
    found: dict[int, list[News]] = {}
    for pk, number, origin, returned, returned_on, checked_on in rounds.values_list(
        *columns, "returned_on", "form_checked_on"
    ):
        if pk in before and before[pk][0] != number:
            old, why, ended = before[pk]
            superseded = why == ReturnedFrom.SUPERSEDED
            day = ended if superseded and ended else checked_on
            found.setdefault(pk, []).insert(0, News(day, old, number, VersionOrigin(origin)))
        before[pk] = (number, returned, returned_on)
    return found


def annexes_known(
    entries: Sequence[Mapping[str, Any]], proposal: Proposal, user: Any
) -> list[dict[str, Any]]:
    """Return the annexes of a version of which the user may know even the titles."""
    rows = [dict(row) for row in entries]
    if all(row.get("public", True) for row in rows) or reads_closed_annexes(user, proposal):
        return rows
    return [row for row in rows if row.get("public", True)]
