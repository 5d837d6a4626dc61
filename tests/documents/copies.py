"""The finished copies of a version."""

import re

from proposals.documents.content import content, template_for
from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.template import compile_template
from proposals.models import Audience, Proposal, ProposalVersion


def newest(proposal: Proposal) -> ProposalVersion:
    """Return the version handed in last."""
    version: ProposalVersion = ProposalVersion.everything.filter(proposal=proposal).latest("number")
    return version


def printed(context: ProposalContext, proposal: Proposal) -> bytes:
    """Return the data in the form that the proposal's house uses."""
    return render(compile_template(template_for(proposal).read_bytes()), context)


def document(version: ProposalVersion, audience: Audience) -> bytes:
    """Return the Word file of a version for an audience."""
    return printed(content(version, audience=audience), version.proposal)


def squeezed(text: str) -> str:
    """Return the text with each run of blanks as one."""
    return re.sub(r"\s+", " ", text)
