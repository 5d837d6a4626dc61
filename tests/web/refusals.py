"""Sending what cannot be: it is refused in a sentence, nothing changes, nothing typed is lost."""

from collections.abc import Iterable

from proposals.models import Proposal
from tests import factories as f
from tests.web.site import Page, Site, Values, Visitor, address, filled, state_of

VOTES = {"outcome": "recommended", "entitled": "3", "yes": "3", "no": "0", "abstained": "0"}


def refused(
    visitor: Visitor, url: str, values: Values, status: int, sentence: str, proposal: Proposal
) -> Page:
    """Send the values: they come back with the sentence, and nothing has changed."""
    before = state_of(proposal)
    page = visitor.post(url, values, status)
    assert sentence in page.words, page.complaints
    assert state_of(proposal) == before
    assert_kept(page, values)
    return page


def assert_kept(page: Page, values: Values, but: Iterable[str] = ()) -> None:
    """Everything that was typed stands in the returned form."""
    silent = {"then", "add", "revision", *but}
    for name, value in values.items():
        if name in silent or value in (None, ""):
            continue
        typed = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        assert [text.replace("\r\n", "\n") for text in page.fields.get(name, [])] == typed, name


def treat_form(site: Site, proposal: Proposal, committee: str = "social") -> tuple[str, Values]:
    """Put a station on an agenda, open the page of its result; return address and filled form."""
    row = f.station(proposal, committee)
    f.schedule(site.house, row)
    url = address(proposal, "ergebnis", row.pk)
    return url, filled(site["secretary"].get(url), note="Frau A. fragt nach.", **VOTES)
