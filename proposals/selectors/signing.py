"""Mitzeichnung as people see it: who was asked and why, what holds on, and what is different."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from ..models import CoSignature, Proposal, ProposalVersion, StatementRequest, Submission
from ..rules.asking import changed_parts
from ..rules.co_signing import HOLDING, STAGES, Part, Stage, Trigger, Verdict
from ..rules.difference import Piece, word_difference
from ..rules.text import html_to_paragraphs
from .part_values import values_of


@dataclass
class Signature:
    """One line of a Mitzeichnung; `links` are filled in by the layer that knows the acts."""

    pk: int
    office: str
    verdict: Verdict
    verdict_label: str
    why: str
    answered: date | None
    due_on: date | None
    overdue: bool
    remark: str
    by: str
    notes: list[str]
    row: CoSignature
    links: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class SigningStage:
    """A stage of the Mitzeichnung with its lines."""

    label: str
    signatures: list[Signature]


def signing_stages(submission: Submission | None, user: Any) -> list[SigningStage]:
    """Return the Mitzeichnung of a hand-in by stages, as far as the user may see it."""
    if submission is None:
        return []
    rows = CoSignature.objects.visible_to(user).filter(submission=submission.pk)
    rows = rows.select_related(
        "office",
        "answered_by__person",
        "taken_by__person",
        "on_behalf_of",
        "version",
        "delegated_by__office",
    ).order_by("office__number", "office__name")
    lines = [_signature(row) for row in rows]
    return [
        SigningStage(stage.label, found)
        for stage in STAGES
        if (found := [line for line in lines if line.row.stage == stage])
    ]


def _signature(row: CoSignature) -> Signature:
    waits = row.verdict == Verdict.PENDING
    overdue = waits and row.due_on is not None and row.due_on < timezone.localdate()
    return Signature(
        pk=row.pk,
        office=row.office.name,
        verdict=row.verdict_word,
        verdict_label=row.verdict_word.label,
        why=why_asked(row),
        answered=row.answered_on,
        due_on=row.due_on if waits else None,
        overdue=overdue,
        remark=row.remark,
        by=_by(row),
        notes=_notes(row),
        row=row,
    )


def why_asked(row: CoSignature) -> str:
    """Return why an office is asked: "wegen: finanzielle Auswirkungen, Stellen"."""
    words = [Trigger(word).label for word in row.because if word != Trigger.ALWAYS]
    return f"wegen: {', '.join(words)}" if words else ""


def _by(row: CoSignature) -> str:
    person = str(getattr(row.answered_by, "person", ""))
    if row.on_behalf_of is None or not person:
        return person
    return f"{person} i. V. für {row.on_behalf_of}"


def _notes(row: CoSignature) -> list[str]:
    notes = []
    if row.carried_from_id is not None and row.version is not None:
        notes.append(f"gilt fort aus Fassung {row.version.number}")
    if row.delegated_by is not None:
        notes.append(f"weitergegeben von {row.delegated_by.office.name}")
    if row.expired_on is not None:
        late = "" if row.verdict == Verdict.EXPIRED else "; nachgetragen"
        notes.append(f"ohne Beitrag weiter seit {row.expired_on:%d.%m.%Y}{late}")
        if row.expiry_note:
            notes.append(f"Vermerk der Federführung: {row.expiry_note}")
    if row.own_work:
        notes.append("Vier-Augen-Ausnahme: selbst verfasst")
    if row.verdict == Verdict.PENDING:
        taken = str(getattr(row.taken_by, "person", ""))
        notes.append(f"übernommen von {taken}" if taken else "noch niemand übernommen")
        if row.reminded_on:
            notes.append(f"erinnert am {row.reminded_on:%d.%m.%Y}")
    return notes


def release_notes(submission: Submission | None, user: Any) -> list[str]:
    """Return what whoever releases must know: refusals, remarks, what went on without an answer."""
    sentences = []
    for stage in signing_stages(submission, user):
        for line in stage.signatures:
            said = f": {line.remark}" if line.remark else "."
            if line.verdict == Verdict.REFUSED:
                sentences.append(f"{line.office} hat die Mitzeichnung verweigert{said}")
            elif line.verdict in (Verdict.WITH_REMARK, Verdict.CHANGE_REQUESTED):
                sentences.append(f"{line.office}, {line.verdict_label}{said}")
            elif line.verdict == Verdict.EXPIRED:
                note = f": {line.row.expiry_note}" if line.row.expiry_note else "."
                sentences.append(f"{line.office}: Frist abgelaufen, ohne Beitrag weiter{note}")
            elif line.verdict == Verdict.NOBODY:
                sentences.append(f"{line.office}: niemand konnte mitzeichnen.")
    return sentences


@dataclass(frozen=True)
class Change:
    """One place that is different: of which part, which field, word by word."""

    part: str
    field: str
    pieces: list[Piece]


@dataclass(frozen=True)
class SignedBefore:
    """What the office signed in an earlier round, and where this version differs."""

    sentence: str
    changes: list[Change]


def signed_before(row: CoSignature, user: Any) -> SignedBefore | None:
    """Return what the office signed before this request; None where it never did."""
    earlier = _signed_earlier(row, user)
    if earlier is None or earlier.version is None:
        return None
    now = row.submission.version
    parts = changed_parts(row.parts, earlier.covered, now.part_digests)
    changes = list(changes_between(earlier.version, now, parts))
    places = "eine Stelle ist" if len(changes) == 1 else f"{_count(len(changes))} Stellen sind"
    return SignedBefore(
        f"{row.office} hat Fassung {earlier.version.number} gezeichnet, dies ist Fassung "
        f"{now.number}; {places} anders.",
        changes,
    )


def _signed_earlier(row: CoSignature, user: Any) -> CoSignature | None:
    rows = CoSignature.objects.visible_to(user).filter(
        proposal=row.proposal_id,
        office=row.office_id,
        stage=row.stage,
        submission__number__lt=row.submission.number,
        verdict__in=HOLDING,
        version__isnull=False,
    )
    newest: CoSignature | None = (
        rows.select_related("version").order_by("-submission__number").first()
    )
    return newest


def changes_between(
    before: ProposalVersion, after: ProposalVersion, parts: Iterable[Part]
) -> Iterable[Change]:
    """Yield what is different between two versions in some parts, field by field."""
    for part in parts:
        old, new = values_of(before.content, part), values_of(after.content, part)
        for name in [*old, *(name for name in new if name not in old)]:
            if old.get(name, "") != new.get(name, ""):
                pieces = word_difference(old.get(name, ""), new.get(name, ""))
                yield Change(part.label, name, pieces)


def _count(number: int) -> str:
    words = ("keine", "eine", "zwei", "drei", "vier", "fünf", "sechs")
    return words[number] if number < len(words) else str(number)


@dataclass(frozen=True)
class SignedPart:
    """A part of the version in words: its name and what it says, field by field."""

    label: str
    values: Mapping[str, str]


def parts_of(row: CoSignature) -> list[SignedPart]:
    """Return the parts that an office signs for, as the version has them."""
    content = row.submission.version.content
    return [SignedPart(part.label, values_of(content, part)) for part in map(Part, row.parts)]


def statements_of(proposal: Proposal, user: Any) -> list[dict[str, Any]]:
    """Return who was asked for a statement and what they said, where the user may know it."""
    rows = StatementRequest.objects.visible_to(user).filter(proposal=proposal)
    rows = rows.select_related("office", "wording__committee", "version", "answered_by__person")
    return [
        {
            "id": row.pk,
            "office": row.office.name,
            "about": _about(row),
            "text": row.text,
            "state": _state(row),
            "wording_id": row.wording_id,
            "by": str(getattr(row.answered_by, "person", "")),
        }
        for row in rows.order_by("pk")
    ]


def _about(row: StatementRequest) -> str:
    if row.wording is not None and row.wording.committee is not None:
        return f"Wortlaut: {row.wording.committee.name}"
    return f"{row.get_reason_display()}: {row.version}" if row.version is not None else ""


def _state(row: StatementRequest) -> str:
    if row.answered_on is not None:
        return f"abgegeben am {row.answered_on:%d.%m.%Y}"
    if row.lapsed_on is not None:
        return "entfallen"
    told = f", erinnert am {row.reminded_on:%d.%m.%Y}" if row.reminded_on else ""
    return f"erbeten bis {row.due_on:%d.%m.%Y}{told}" if row.due_on else "erbeten"


def statement_subject(row: StatementRequest, user: Any) -> list[Change]:
    """Return what is different in what a statement is asked about."""
    wording = row.wording
    if wording is not None:
        old = html_to_paragraphs(wording.parent.html) if wording.parent else ""
        pieces = word_difference(old, html_to_paragraphs(wording.html))
        return [Change(Part.WORDING.label, _about(row), pieces)]
    version = row.version
    before = _signed_version(row, user) if version is not None else None
    if version is None or before is None:
        return []
    return list(changes_between(before, version, tuple(Part)))


def _signed_version(row: StatementRequest, user: Any) -> ProposalVersion | None:
    rows = CoSignature.objects.visible_to(user).filter(
        proposal=row.proposal_id, office=row.office_id, stage=Stage.OFFICES, version__isnull=False
    )
    newest = rows.select_related("version").order_by("-submission__number").first()
    return newest.version if newest else None
