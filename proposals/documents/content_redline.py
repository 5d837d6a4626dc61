"""A paper twice, for its redline: with the wording a committee had before it, and with its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..models import Audience, Wording
from ..models.minuted import chain_to_version, item_of
from ..rules.errors import RuleViolation
from ..rules.words import ProposalKind
from .content import content, sections_of
from .context import ProposalContext


@dataclass(frozen=True)
class RedlineContent:
    """Both contents, and whose changes they are: the body and the day on which it met."""

    before: ProposalContext
    after: ProposalContext
    author: str
    day: date


def redline_content(wording: Wording, *, audience: Audience) -> RedlineContent:
    """Return the data of a redline for an audience.

    Raises RuleViolation for a wording that is no committee's, and for a public copy of what is not
    public: the paper, or this wording.
    """
    if wording.committee is None:
        raise RuleViolation("Dieser Wortlaut ist der eigene der Vorlage; geändert hat ihn niemand.")
    if audience == Audience.PUBLIC and not wording.public:
        raise RuleViolation(
            "Dieser Wortlaut kommt aus nichtöffentlicher Beratung; es gibt keine öffentliche "
            "Ausgabe."
        )
    chain = chain_to_version(wording)
    version = chain[-1].version
    assert version is not None
    paper = content(version, audience=audience)
    readable = [row for row in chain[1:] if row.public or audience == Audience.INTERNAL]
    item = item_of(wording)
    when = item.meeting.starts_at if item is not None else version.made_at
    return RedlineContent(
        before=_with(paper, wording, version.content, readable[0].html if readable else ""),
        after=_with(paper, wording, version.content, wording.html),
        author=wording.committee.name,
        day=timezone.localdate(when),
    )


def _with(
    paper: ProposalContext, wording: Wording, frozen: Mapping[str, Any], html: str
) -> ProposalContext:
    """Return the paper with another wording, and without what came of it later."""
    proposal = wording.proposal
    kind = ProposalKind(frozen["head"]["kind"])
    with_finance = paper["finanzierung"] is not None
    sections = sections_of(
        proposal, kind, {**frozen, "wording": html, "frames": ()}, with_finance=with_finance
    )
    return {
        **paper,
        "beschlussvorschlag": html,
        "abschnitte": sections,
        "empfehlungen": [],
        "beschluss": None,
        "vorbehalt": "",
    }
