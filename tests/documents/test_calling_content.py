"""What an Einladung says of its own accord: to whom it goes, and who invites."""

from typing import Any

import pytest

from proposals.documents.content_calling import Call, call_content
from proposals.documents.content_route import in_body, of_body
from proposals.documents.context_calling import CallContext
from proposals.rules.documents import MeetingDocumentKind
from proposals.rules.words import Land
from proposals.services.meeting import PlanAnswer
from tests import factories as f
from workflows import gate

KIND = MeetingDocumentKind.INVITATION


def call(house: f.House, *bodies: str, **said: Any) -> CallContext:
    """Return the invitation to a meeting of these bodies."""
    answer = PlanAnswer(tuple(house.committee(body).pk for body in bodies), f.at())
    actor = house.user("secretary")
    meeting = gate.plan(actor=actor, municipality=house.municipality, answer=answer)
    return call_content(meeting, KIND, [], Call(on=f.DAY, **said))


@pytest.mark.parametrize(
    ("land", "body", "signs"),
    [
        (Land.NI, "social", "Der Landrat"),
        (Land.NW, "council", "Der Landrat"),
        (Land.NW, "main", "Der Landrat"),
        (Land.NW, "social", "Vorsitz des Sozialausschusses"),
        (Land.SH, "council", "Vorsitz des Kreistages"),
    ],
)
@pytest.mark.django_db
def test_who_invites_is_named_as_the_law_of_the_land_has_it(
    land: Land, body: str, signs: str
) -> None:
    house = f.make_house("laden", land=land)
    assert call(house, body)["unterschrift"] == {"name": "", "funktion": signs}


def test_an_invitation_goes_to_the_members_unless_somebody_wrote_to_whom(house: f.House) -> None:
    both = call(house, "council", "social")
    assert both["empfaenger"] == "alle Mitglieder des Kreistages und des Sozialausschusses"
    assert call(house, "main", recipients=" Verteiler B ")["empfaenger"] == "Verteiler B"


@pytest.mark.parametrize(
    ("name", "genitive", "within"),
    [
        ("Kreistag", "des Kreistages", "im Kreistag"),
        ("Rat der Stadt Wedel", "des Rates der Stadt Wedel", "im Rat der Stadt Wedel"),
        (
            "Haupt- und Finanzausschuss",
            "des Haupt- und Finanzausschusses",
            "im Haupt- und Finanzausschuss",
        ),
        (
            "Bau-, Umwelt- und Planungskommission",
            "der Bau-, Umwelt- und Planungskommission",
            "in der Bau-, Umwelt- und Planungskommission",
        ),
        ("Forum", "des Gremiums „Forum“", "im Forum"),
    ],
)
def test_the_name_of_a_body_is_declined_at_its_noun(name: str, genitive: str, within: str) -> None:
    assert (of_body(name), in_body(name)) == (genitive, within)
