"""A pack of papers at every stage, and what filling it asks the database."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from proposals.documents.store import put
from proposals.models import Audience, Meeting, Proposal
from proposals.rules.consultation import Outcome
from proposals.rules.voting import FactionCount
from proposals.services.attachments import StoredFile, attach
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from proposals.services.meeting_pack import filled
from proposals.services.packed_items import packed_items
from tests import factories as f
from tests import sittings as s

from .measuring import Measured, measured

PAPERS = 60
OWN = "<p>1. Anders ({}).</p><p>2. Es wird 2026 berichtet.</p>"
FACTIONS = (FactionCount("Fraktion A", 2, 0, 0), FactionCount("Fraktion B", 1, 0, 0))
# what became of a paper in the committee, the main committee and the council; as far as it came
STAGES: Sequence[Sequence[Outcome]] = (
    (),
    (Outcome.RECOMMENDED,),
    (Outcome.RECOMMENDED, Outcome.RECOMMENDED),
    (Outcome.RECOMMENDED_CHANGED, Outcome.RECOMMENDED),
    (Outcome.NOT_RECOMMENDED, Outcome.RECOMMENDED_CHANGED),
    (Outcome.RECOMMENDED_CHANGED, Outcome.RECOMMENDED, Outcome.DECIDED_CHANGED),
)


def fill_pack() -> Measured:
    """Fill a meeting's papers as its Sitzungsmappe does; return what it took, without printing."""
    house = f.make_house("bench")
    meeting = s.plan(house, "council")
    for number, results in enumerate(islice(cycle(STAGES), PAPERS)):
        _bring(house, meeting, number, results)
    meeting = s.again(meeting)
    with measured() as taken:
        papers = packed_items(meeting, Audience.INTERNAL)
        files = filled(papers, Audience.INTERNAL)
    assert len(files) == PAPERS
    return taken


def _bring(house: f.House, meeting: Meeting, number: int, results: Sequence[Outcome]) -> None:
    """Bring a paper with money, people, grants and an annex to the council, results and all."""
    paper = f.make_proposal(
        house,
        subject=f"Vorlage {number + 1}",
        asked=["treasury", "staff"],
        costs=[CostDraft("Bau", Decimal(90_000)), CostDraft("Betrieb", Decimal(1_000))],
        positions=[PositionDraft("Leitung", Decimal(1))],
        funding=[FundingDraft("Land", Decimal(20_000))],
    )
    _annex(house, paper)
    f.submit(house, paper)
    for office in ("treasury", "staff"):
        f.co_sign(house, paper, office)
    f.release(house, f.reread(paper))
    f.check_form(house, f.reread(paper))
    paper = f.reread(paper)
    s.add_paper(house, meeting, paper, "council")
    for name, outcome in zip(("social", "main", "council"), results, strict=False):
        changed = outcome in (Outcome.RECOMMENDED_CHANGED, Outcome.DECIDED_CHANGED)
        values: dict[str, Any] = {"wording": OWN.format(name) if changed else ""}
        if outcome != Outcome.NOT_RECOMMENDED:
            values["factions"] = FACTIONS
        f.treat(house, f.station(paper, name), outcome, **values)


def _annex(house: f.House, paper: Proposal) -> None:
    data = f"Lageplan zu {paper.pk}".encode()
    attach(
        actor=house.user("clerk"),
        proposal=paper,
        title="Lageplan",
        file_name="lageplan.pdf",
        file=StoredFile(put(data), "application/pdf", len(data)),
    )
