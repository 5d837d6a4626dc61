"""Redline: what a committee changed in a wording, as tracked changes in the Word file."""

from ..documents.content_redline import redline_content
from ..documents.context import ProposalContext
from ..documents.numbers import refuse_other_numbers
from ..documents.redline import redlined
from ..models import Audience, Wording
from .rendering import Rendered, fill


def rendered_redline(wording: Wording, audience: Audience) -> Rendered:
    """Return the paper with a committee's changes as changes of that body; records nothing.

    Accepting them all gives its wording, rejecting them all the one that it voted on. Raises
    RuleViolation for a public copy of what is not public, TemplateFault where the template cannot
    be used.
    """
    proposal = wording.proposal
    content = redline_content(wording, audience=audience)
    before, after = (
        fill(proposal.municipality.slug, proposal.kind, context, ProposalContext)
        for context in (content.before, content.after)
    )
    refuse_other_numbers(after.data, content.after, proposal.municipality.pattern)
    data = redlined(before.data, after.data, author=content.author, day=content.day)
    return Rendered(data, after.template_digest, after.number)
