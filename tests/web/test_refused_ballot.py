"""A vote on the run sheet that is refused: its form stays where it was typed."""

from uuid import uuid4

from django.test import Client

from tests import factories as f
from tests import sittings as s


def test_a_refused_vote_takes_the_place_of_its_form_and_not_of_its_item(house: f.House) -> None:
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council", "Bericht")
    browser = Client()
    browser.force_login(house.user("secretary"))
    answer = browser.post(
        f"/sitzungen/{meeting.pk}/top/{item.pk}/abstimmung/",
        {"kind": "procedural", "subject": "Ende", "count": "9 9", "request_key": str(uuid4())},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code in (409, 422)
    assert "9 9" in answer.content.decode()
    assert answer.headers["HX-Retarget"] == f"#ballot-{item.pk}"
    assert answer.headers["HX-Reswap"] == "innerHTML"
