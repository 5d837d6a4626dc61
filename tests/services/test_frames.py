from proposals.documents.content import content, draft_content
from proposals.models import Audience, Proposal, ProposalText, ProposalVersion
from proposals.models.content import content_of, digests_of, frame_for
from proposals.rules.consultation import Outcome
from proposals.rules.sections import Section
from proposals.selectors.frames import frame_of_item
from tests import factories as f

FRAME = "<p>Der Sozialausschuss empfiehlt:</p>"


def framing_house(house: f.House) -> f.House:
    row = house.municipality
    with f.setting_up(row):
        row.wording_per_committee = True
        row.save()
    return house


def framed(house: f.House, at: str = "draft", html: str = FRAME) -> Proposal:
    return f.make_proposal(house, at, frames={house.committee("social").pk: html})


def test_a_frame_stands_before_the_wording_for_its_committee_alone(house: f.House) -> None:
    proposal = framed(framing_house(house), "in_route")
    version = ProposalVersion.everything.get(proposal=proposal)
    assert version.content["wording"] == "<p>Beschlussvorschlag.</p>"
    assert frame_for(version.content, house.committee("social").pk) == FRAME
    assert frame_for(version.content, house.committee("council").pk) == ""

    social = f.schedule(house, f.station(proposal, "social"))
    council = f.schedule(house, f.station(proposal, "council"))
    assert frame_of_item(social, house.user("minutes")) == FRAME
    assert frame_of_item(council, house.user("secretary")) is None


def test_every_vote_is_on_the_same_wording_whatever_introduces_it(house: f.House) -> None:
    proposal = framed(framing_house(house), "in_route")
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    assert item.result_wording is not None
    assert item.result_wording.html == "<p>Beschlussvorschlag.</p>"
    assert item.result_wording.version is not None


def test_the_paper_prints_its_frames_before_the_wording(house: f.House) -> None:
    proposal = framed(framing_house(house), "in_route")
    paper = content(ProposalVersion.everything.get(proposal=proposal), audience=Audience.INTERNAL)
    assert paper["beschlussvorschlag"] == f"{FRAME}<p>Beschlussvorschlag.</p>"
    sections = {row["titel"]: row["text"] for row in paper["abschnitte"]}
    assert sections["Beschlussvorschlag"] == paper["beschlussvorschlag"]


def test_without_frames_a_content_is_byte_for_byte_what_it_was(house: f.House) -> None:
    plain = content_of(f.make_proposal(house))
    assert "frames" not in plain
    assert "answer_due_on" not in plain["head"]
    with_frame = content_of(framed(framing_house(house)))
    changed = {
        part
        for part, digest in digests_of(with_frame).items()
        if digest != digests_of(plain).get(part)
    }
    assert changed == {"wording"}  # whoever signed the wording is asked again


def test_a_frame_is_cleaned_and_goes_with_its_committee(house: f.House) -> None:
    framing_house(house)
    proposal = framed(house, html="<p>Gut<script>böse()</script></p>")
    rows = ProposalText.everything.filter(proposal=proposal, committee__isnull=False)
    assert rows.get().html == "<p>Gut</p>"
    elsewhere = f.make_proposal(house, frames={house.committee("board").pk: FRAME})
    of_board = ProposalText.everything.filter(proposal=elsewhere, committee__isnull=False)
    assert not of_board.exists()
    own = ProposalText.everything.filter(proposal=proposal, committee__isnull=True)
    assert own.get(section=Section.WORDING).html == "<p>Beschlussvorschlag.</p>"
    assert "Gut" in draft_content(proposal, audience=Audience.INTERNAL)["beschlussvorschlag"]
