"""How a paper is signed: by whom, for whom, by hand or with "gez."."""

import pytest

from proposals.documents.content import content
from proposals.models import Audience, CoSignature, SignatureMode
from proposals.rules.words import ProposalKind
from proposals.services.submission import ReleaseAnswer
from tests import factories as f
from tests.documents.copies import newest
from workflows import gate
from workflows.engine import Turn

PUBLIC = Audience.PUBLIC


def test_a_motion_carries_the_name_of_its_mover(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route", kind=ProposalKind.ANTRAG, mover="Gruppe A/B")
    signature = content(newest(proposal), audience=PUBLIC)["unterschrift"]
    assert signature is not None
    assert (signature["name"], signature["vertretung"]) == ("Gruppe A/B", "")
    assert signature["zeichen"] == "gez."


@pytest.mark.parametrize(
    ("mode", "by_word", "printed_as"),
    [
        (SignatureMode.OWN, True, ("gez.", "")),
        (SignatureMode.DEPUTY, False, ("", "In Vertretung")),
        (SignatureMode.ORDER, True, ("gez.", "Im Auftrag")),
    ],
)
def test_it_is_signed_as_was_said_at_the_release(
    house: f.House, mode: SignatureMode, by_word: bool, printed_as: tuple[str, str]
) -> None:
    proposal = f.make_proposal(house, at="submitted")
    for request in CoSignature.everything.filter(proposal=proposal):
        f.co_sign(house, proposal, request.office.short_name)
    head = house.user("head").person
    answer = ReleaseAnswer(
        True, signature_mode=mode, signature_name=str(head), signed_by_word=by_word, on=f.DAY
    )
    gate.complete(actor=house.user("head"), turn=Turn(proposal.pk, "release"), answer=answer)
    signature = content(newest(f.reread(proposal)), audience=PUBLIC)["unterschrift"]
    assert signature is not None
    assert (signature["zeichen"], signature["vertretung"]) == printed_as
    as_listed = f"{head.family_name}, {head.given_name}" if head.given_name else str(head)
    assert signature["nachname_zuerst"] == as_listed
