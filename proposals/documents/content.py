"""The data of a document: a version's frozen content, and of its route what the audience may know.

`content` is for what was handed in, `draft_content` for the working rows before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from ..models import Audience, Proposal, ProposalVersion, SignatureMode, Submission
from ..models.content import content_of
from ..models.treatments import known_route
from ..rules.errors import RuleViolation
from ..rules.sections import SECTIONS_OF, Section
from ..rules.words import Land, ProposalKind
from . import content_costs, content_route
from .context import DeadlineRow, ProposalContext, SectionText, Signature
from .template import template_path

_FINANCE: Final = "finance"


@dataclass(frozen=True)
class _Edition:
    """Which edition of the proposal is printed.

    `number` counts versions. `issued` is the hand-in with which it was released, None before that;
    `ended` the hand-in with whose return the version ended, None while it holds.
    """

    number: int
    version_id: int | None
    day: date
    issued: Submission | None = None
    ended: Submission | None = None


def content(version: ProposalVersion, *, audience: Audience) -> ProposalContext:
    """Return the data of a version for an audience; unreleased it is marked ENTWURF.

    Raises RuleViolation for a public copy of what is not public.
    """
    rounds = list(version.submissions.order_by("-number"))
    issued = next((row for row in rounds if _is_issued(row)), None)
    made_on = timezone.localdate(version.made_at)
    released_on = issued.released_on if issued else None
    edition = _Edition(
        number=version.number,
        version_id=version.pk,
        day=released_on or (rounds[0].submitted_on if rounds else made_on),
        issued=issued,
        ended=rounds[0] if rounds and rounds[0].returned_on else None,
    )
    return _context(version.proposal, version.content, edition, audience)


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
        version_id=None,
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
    kind = ProposalKind(head["kind"])
    finance = content_costs.finance(frozen["costs"])
    return {
        "nummer": (proposal.number or "") if edition.issued else "",
        "art": kind.label,
        "art_gross": kind.label.upper(),
        "oeffentlichkeit": "öffentlich" if head["public"] else "nichtöffentlich",
        "entwurf": edition.issued is None,
        "fassung": edition.number,
        "intern": is_internal,
        "betreff": (head["public_subject"] if not is_internal else "") or head["subject"],
        "aktenzeichen": head["file_reference"],
        "datum": edition.issued.released_on if edition.issued else None,
        "kommune": house.name,
        "verwaltungsleitung": house.head_title,
        "federfuehrung": head["lead_office"],
        "beratungsfolge": content_route.route_rows(stations),
        "sachverhalt": frozen["texts"].get(Section.FACTS, ""),
        "beschlussvorschlag": frozen["wording"],
        "abschnitte": _sections(proposal, kind, frozen, with_finance=finance is not None),
        "empfehlungen": content_route.recommendations(stations, edition.version_id),
        "beschluss": content_route.decision(
            stations, edition.version_id, _heading(proposal, Section.WORDING)
        ),
        "finanzierung": finance,
        "stellen": content_costs.staff(frozen["positions"]),
        "foerderung": content_costs.funding(frozen["funding"]),
        "fristen": [_deadline(row) for row in frozen["deadlines"]],
        "unterschrift": _signature(proposal, head["mover"], edition.issued),
        "abstimmung": content_route.vote_rows(stations),
        "vorbehalt": content_route.reservation(stations, Land(house.land)),
        "anlagen": [
            {"nummer": row["number"], "titel": row["title"]} for row in frozen["attachments"]
        ],
        "erstellt_am": edition.day,
    }


def _heading(proposal: Proposal, section: Section) -> str:
    return str(proposal.municipality.section_names.get(section.value, section.label))


def _sections(
    proposal: Proposal, kind: ProposalKind, frozen: Mapping[str, Any], *, with_finance: bool
) -> list[SectionText]:
    """Return the sections with a text, and the place of the finance block.

    As the house orders them; a section that it does not name follows the last one that it does.
    """
    texts = {**frozen["texts"], Section.WORDING.value: frozen["wording"]}
    of_kind = [section.value for section in SECTIONS_OF[kind]]
    order = [name for name in proposal.municipality.section_order if name in [*of_kind, _FINANCE]]
    end = max((at for at, name in enumerate(order, 1) if name in of_kind), default=0)
    order[end:end] = [name for name in of_kind if name not in order]
    if _FINANCE not in order:
        order.append(_FINANCE)
    return [
        _finance_place(proposal)
        if name == _FINANCE
        else {"titel": _heading(proposal, Section(name)), "text": texts[name], "finanzen": False}
        for name in order
        if (with_finance if name == _FINANCE else texts.get(name))
    ]


def _finance_place(proposal: Proposal) -> SectionText:
    title = proposal.municipality.section_names.get(_FINANCE, "Finanzielle Auswirkungen")
    return {"titel": str(title), "text": "", "finanzen": True}


def _deadline(row: Mapping[str, Any]) -> DeadlineRow:
    due = date.fromisoformat(row["due_on"])
    extended = row["extended_to"]
    was = f"verlängert, ursprünglich {due:%d.%m.%Y}." if extended else ""
    return {
        "text": f"{row['name']} ({row['authority']})" if row["authority"] else row["name"],
        "datum": date.fromisoformat(extended) if extended else due,
        "hinweis": " ".join(filter(None, [row["note"], was])),
    }


def _signature(proposal: Proposal, mover: str, issued: Submission | None) -> Signature | None:
    """Return who signed: the head or a deputy on release; a motion carries its mover's name."""
    if issued is None:
        return None
    if ProposalKind(proposal.kind).is_motion:
        name, function, mode = mover, "", ""
    else:
        signer = issued.released_by
        name = issued.signature_name or (signer.get_full_name() if signer else "")
        function, mode = issued.signature_function, issued.signature_mode
    if not name:
        return None
    return {
        "ort": proposal.municipality.place,
        "datum": issued.released_on,
        "zeichen": "gez.",
        "name": name,
        "funktion": function,
        "vertretung": "In Vertretung" if mode == SignatureMode.DEPUTY else "",
    }
