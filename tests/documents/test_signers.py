"""Who stands on a paper beside the head: the leader of the lead office on that day, the author."""

from datetime import timedelta

from proposals.documents.content_signers import involved
from proposals.models import Role, RoleAssignment
from proposals.rules.words import ProposalKind
from tests import factories as f


def test_the_leader_is_the_one_of_the_lead_office_on_the_day_of_the_paper(house: f.House) -> None:
    paper = f.make_proposal(house)
    assert involved(paper, f.DAY).signers["leitung"] is None
    f.make_user(house, "chief", Role.OFFICE_HEAD, office="lead")
    found = involved(paper, f.DAY).signers
    assert found["leitung"] is not None
    assert found["leitung"]["nachname"]
    assert found["leitung"] != found["sachbearbeitung"]

    row = RoleAssignment.objects.get(role=Role.OFFICE_HEAD)
    with f.setting_up(house.municipality):
        row.valid_to = f.DAY
        row.save()
    assert involved(paper, f.DAY).signers["leitung"] is not None
    assert involved(paper, f.DAY + timedelta(days=1)).signers["leitung"] is None


def test_nobody_of_the_administration_signs_a_motion(house: f.House) -> None:
    f.make_user(house, "chief", Role.OFFICE_HEAD, office="lead")
    motion = f.make_proposal(house, kind=ProposalKind.ANTRAG)
    assert involved(motion, f.DAY).signers == {"leitung": None, "sachbearbeitung": None}


def test_somebody_who_leads_the_office_and_wrote_the_paper_stands_in_both_places(
    house: f.House,
) -> None:
    paper = f.make_proposal(house)
    office, author = paper.lead_office, paper.author
    with f.setting_up(house.municipality):
        RoleAssignment.objects.create(
            person=author.person, role=Role.OFFICE_HEAD, office=office, valid_from=f.DAY
        )
    found = involved(paper, f.DAY).signers
    assert found["leitung"] == found["sachbearbeitung"]
    assert found["leitung"] is not None
