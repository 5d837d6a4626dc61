"""The data of a paper issued anew: a committee's wording, what it changed in bold (Kreis Coesfeld).

All else stands in the paper itself, to which a sentence refers; it is not printed a second time.
"""

from html import escape

from django.utils import timezone

from ..models import Audience, ProposalVersion, Reissue, Wording
from ..models.minuted import chain_to_version, recommended_in
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .content import content, sections_of
from .content_route import of_body
from .context import ProposalContext, SectionText
from .marking import changes_in_bold


def reissue_content(reissue: Reissue, *, audience: Audience) -> ProposalContext:
    """Return the data of a re-issue for an audience; its number carries the suffix.

    Raises RuleViolation for a public copy of what is not public: the paper, or this wording.
    """
    wording, proposal = reissue.wording, reissue.proposal
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
    html, marked = changes_in_bold(readable[0].html if readable else "", wording.html)
    reference = f"<p>{escape(_sentence(reissue, marked=marked))}</p>"
    kind = ProposalKind(version.content["head"]["kind"])
    house = proposal.municipality.sections
    sections = sections_of(proposal, kind, {"texts": {}, "wording": html}, with_finance=False)
    is_first = house.of(kind)[0] == Section.WORDING
    reasons: SectionText = {
        "titel": house.reasons_title(kind),
        "text": reference,
        "finanzen": False,
    }
    sections.insert(len(sections) if is_first else 0, reasons)
    return {
        **paper,
        "nummer": reissue.number,
        "datum": reissue.issued_on,
        "sachverhalt": reference,
        "beschlussvorschlag": html,
        "abschnitte": sections,
        "empfehlungen": [],
        "beschluss": None,
        "finanzierung": None,
        "stellen": None,
        "foerderung": None,
        "fristen": [],
        "unterschrift": None,
        "anlagen": [],
        "erstellt_am": reissue.issued_on,
    }


def version_of(wording: Wording) -> ProposalVersion:
    """Return the version from which a committee's wording comes."""
    version = chain_to_version(wording)[-1].version
    assert version is not None
    return version


def _sentence(reissue: Reissue, *, marked: bool) -> str:
    """Return what the body has made of the paper, and where all else is to be found."""
    item = recommended_in(reissue.wording)
    where = ""
    if item is not None:
        day = timezone.localdate(item.meeting.starts_at)
        where = f" in der Sitzung {of_body(item.committee.name)} am {day:%d.%m.%Y}"
    changes = (
        "die im Beschlussvorschlag fett hervorgehobenen Änderungen"
        if marked
        else "im Beschlussvorschlag Streichungen"
    )
    kind, number = ProposalKind(reissue.proposal.kind), reissue.proposal.number
    article = "den" if kind.is_motion else "die"
    name = reissue.proposal.municipality.kind_name(kind)
    return (
        f"Aus den Beratungen{where} haben sich {changes} ergeben. Ansonsten wird auf {article} "
        f"{name} {number} verwiesen."
    )
