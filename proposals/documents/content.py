"""The data of a document: a version's frozen content, and of its route what the audience may know.

`content` is for what was handed in, `draft_content` for the working rows before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from ..models import (
    Audience,
    Proposal,
    ProposalVersion,
    SignatureMode,
    Submission,
    User,
)
from ..models.content import content_of, framed_wording
from ..models.treatments import KnownStation, known_route
from ..models.version import own_wording
from ..rules.deadlines import Extension, day_that_holds, extension_of, extension_words
from ..rules.errors import RuleViolation
from ..rules.results import RecommendationAs
from ..rules.sections import Section
from ..rules.words import Land, ProposalKind
from . import content_costs, content_route
from .content_signers import Involved, involved
from .context import (
    AttachmentRow,
    DeadlineRow,
    ProposalContext,
    Recommendation,
    SectionText,
    Signature,
)
from .numbers import reference_of
from .template import template_path

_STANDS_IN: Final[Mapping[str, str]] = {
    SignatureMode.DEPUTY: "In Vertretung",
    SignatureMode.ORDER: "Im Auftrag",
}


@dataclass(frozen=True)
class _Edition:
    """Which edition of the proposal is printed.

    `number` counts versions. `issued` is the hand-in with which it was released, None before that;
    `ended` the hand-in with whose return the version ended, None while it holds.
    """

    number: int
    version: ProposalVersion | None
    day: date
    issued: Submission | None = None
    ended: Submission | None = None


def content(version: ProposalVersion, *, audience: Audience) -> ProposalContext:
    """Return the data of a version for an audience; unreleased it is marked ENTWURF.

    Raises RuleViolation for a public copy of what is not public.
    """
    rounds = sorted(version.submissions.all(), key=lambda row: -row.number)  # may be prefetched
    issued = next((row for row in rounds if _is_issued(row)), None)
    made_on = timezone.localdate(version.made_at)
    released_on = issued.released_on if issued else None
    edition = _Edition(
        number=version.number,
        version=version,
        day=released_on or (rounds[0].submitted_on if rounds else made_on),
        issued=issued,
        ended=rounds[0] if rounds and rounds[0].returned_on else None,
    )
    return _context(version.proposal, version.content, edition, audience)


def _worded(version: ProposalVersion | None, stations: list[KnownStation]) -> int | None:
    """Return the version whose wording committees vote on, which may be an earlier one.

    Asked only where a committee has worded something, so that a paper before its meetings is read
    with one query less.
    """
    if version is None or not any(row.wording for one in stations for row in one.treatments):
        return None
    wording = own_wording(version)
    return wording.version_id or version.pk if wording else version.pk


def _is_issued(row: Submission) -> bool:
    """Say whether a hand-in was released and not taken back by the form check."""
    is_kept = row.returned_on is None or row.form_checked_on is not None
    return row.released_on is not None and is_kept


def draft_content(proposal: Proposal, *, audience: Audience) -> ProposalContext:
    """Return the data of the working rows, marked ENTWURF and without a number.

    Raises RuleViolation for a public copy of what is not public.
    """
    edition = _Edition(
        number=len(set(proposal.submissions.values_list("version", flat=True))) + 1,
        version=None,
        day=timezone.localdate(proposal.changed_at),
    )
    return _context(proposal, content_of(proposal), edition, audience)


def template_for(proposal: Proposal) -> Path:
    """Return the Word template: the house's own for this kind of paper, else the neutral one."""
    folder = Path(settings.DOCX_TEMPLATES_DIR)
    return template_path(folder, proposal.municipality.slug, proposal.kind)


def _context(
    proposal: Proposal, frozen: Mapping[str, Any], edition: _Edition, audience: Audience
) -> ProposalContext:
    head, house = frozen["head"], proposal.municipality
    is_internal = audience == Audience.INTERNAL
    if not is_internal and not (proposal.public and head["public"]):
        raise RuleViolation("Die Vorlage ist nichtöffentlich; es gibt keine öffentliche Ausgabe.")
    stations = known_route(proposal, audience, edition.ended)
    worded = _worded(edition.version, stations)
    people = involved(proposal, edition.day, edition.issued)
    kind = ProposalKind(head["kind"])
    finance = content_costs.finance(frozen, house.boxes, proposal.drafted_on.year)
    return {
        "nummer": (proposal.number or "") if edition.issued else "",
        "art": house.kind_name(kind),
        "art_gross": house.kind_name(kind).upper(),
        "oeffentlichkeit": "öffentlich" if head["public"] else "nichtöffentlich",
        "entwurf": edition.issued is None,
        "fassung": edition.number,
        "intern": is_internal,
        "betreff": (head["public_subject"] if not is_internal else "") or head["subject"],
        "aktenzeichen": head["file_reference"],
        "bezug": reference_of(proposal, audience),
        "datum": edition.issued.released_on if edition.issued else None,
        "kommune": house.name,
        "verwaltungsleitung": house.head_title,
        "federfuehrung": head["lead_office"],
        "beratungsfolge": content_route.route_rows(stations),
        "sachverhalt": frozen["texts"].get(Section.FACTS, ""),
        "beschlussvorschlag": framed_wording(frozen),
        "abschnitte": sections_of(proposal, kind, frozen, with_finance=finance is not None),
        "empfehlungen": _recommendations(proposal, stations, worded),
        "beschluss": content_route.decision(
            stations, worded, house.sections.name(Section.WORDING, kind)
        ),
        "finanzierung": finance,
        "stellen": content_costs.staff(frozen["positions"]),
        "foerderung": content_costs.funding(frozen["funding"]),
        "fristen": [_deadline(row) for row in frozen["deadlines"]],
        "unterschrift": _signature(proposal, head["mover"], edition.issued, people),
        **people.signers,
        "abstimmung": content_route.vote_rows(stations),
        "vorbehalt": content_route.reservation(stations, Land(house.land)),
        "anlagen": _annexes(frozen, is_internal=is_internal),
        "erstellt_am": edition.day,
    }


def _annexes(frozen: Mapping[str, Any], *, is_internal: bool) -> list[AttachmentRow]:
    return [
        {"nummer": row["number"], "titel": row["title"]}
        for row in frozen["attachments"]
        if is_internal or row.get("public", True)
    ]


def _recommendations(
    proposal: Proposal, stations: list[KnownStation], version_id: int | None
) -> list[Recommendation]:
    """Return what committees recommend instead, in a house that notes it on the paper itself.

    Others hand it on as a sheet or issue the paper anew (content_excerpt.py, content_reissue.py).
    """
    if proposal.municipality.recommendation_as != RecommendationAs.NOTE:
        return []
    return content_route.recommendations(stations, version_id)


def sections_of(
    proposal: Proposal, kind: ProposalKind, frozen: Mapping[str, Any], *, with_finance: bool
) -> list[SectionText]:
    """Return the sections with a text as the house orders and names them, and the finance block.

    Sections that the house counts under one heading are one section with smaller headings.
    """
    texts = {**frozen["texts"], Section.WORDING.value: framed_wording(frozen)}
    filled = {name for name, text in texts.items() if text}
    blocks = proposal.municipality.sections.blocks(kind, filled, with_finance=with_finance)
    sections: list[SectionText] = []
    for under, group in groupby(blocks, key=lambda block: block.under):
        if under:
            html = "".join(
                f"<h3>{escape(row.title)}</h3>{texts[row.section]}" for row in group if row.section
            )
            sections.append({"titel": under, "text": html, "finanzen": False})
            continue
        for row in group:
            text = texts[row.section] if row.section else ""
            sections.append({"titel": row.title, "text": text, "finanzen": not row.section})
    return sections


def _deadline(row: Mapping[str, Any]) -> DeadlineRow:
    due = date.fromisoformat(row["due_on"])
    holds = day_that_holds(row)
    was = f"verlängert, ursprünglich {due:%d.%m.%Y}." if holds != due else ""
    asked = extension_of(row) in (Extension.REQUESTED, Extension.REFUSED)
    hints = [row["note"], was, extension_words(row) if asked else ""]
    return {
        "text": f"{row['name']} ({row['authority']})" if row["authority"] else row["name"],
        "datum": holds,
        "hinweis": " ".join(filter(None, hints)),
    }


def _name_of(signer: User | None) -> str:
    """Return the name of who released; read along where many papers are made at once."""
    person = getattr(signer, "person", None)
    return str(person) if person else signer.username if signer else ""


def _signature(
    proposal: Proposal, mover: str, issued: Submission | None, people: Involved
) -> Signature | None:
    """Return who signed: the head or a deputy on release; a motion carries its mover's name."""
    if issued is None:
        return None
    if ProposalKind(proposal.kind).is_motion:
        name, function, mode, by_word = mover, "", "", True
    else:
        name = issued.signature_name or _name_of(issued.released_by)
        function, mode = issued.signature_function, issued.signature_mode
        by_word = issued.signed_by_word
    if not name:
        return None
    return {
        "ort": proposal.municipality.place,
        "datum": issued.released_on,
        "zeichen": "gez." if by_word else "",
        "name": name,
        "nachname_zuerst": people.family_name_first(name),
        "funktion": function,
        "vertretung": _STANDS_IN.get(mode, ""),
    }
