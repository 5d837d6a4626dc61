import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import Office
from proposals.models.drafting import DefaultStation, TextBlock
from proposals.rules.consultation import ConsultationRole
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.selectors.default_routes import default_route
from proposals.selectors.text_blocks import usable_blocks
from proposals.services.default_routes import (
    StationAnswer,
    add_station,
    move_station,
    remove_station,
)
from proposals.services.text_blocks import BlockAnswer, change_block, create_block, retire_block
from tests import factories as f

BV = ProposalKind.BESCHLUSSVORLAGE


def add(
    house: f.House,
    committee: str,
    role: ConsultationRole = f.PRELIMINARY,
    kind: ProposalKind = BV,
    office: str = "",
    actor: str = "administrator",
) -> DefaultStation:
    office_id = house.office(office).pk if office else None
    answer = StationAnswer(kind, house.committee(committee).pk, role, office_id)
    user = house.user(actor)
    return add_station(actor=user, municipality=house.municipality, answer=answer)


def route(house: f.House, office: Office) -> list[tuple[str, str]]:
    names = {
        row.pk: row.short_name
        for row in (house.committee(n) for n in ("social", "main", "council"))
    }
    return [
        (names[pk], role.value) for pk, role in default_route(house.municipality, BV, office.pk)
    ]


def test_a_paper_begins_with_the_route_of_its_office_or_of_the_house(house: f.House) -> None:
    lead, child = house.office("lead"), house.office("staff")
    with f.setting_up(house.municipality):
        child.parent = lead
        child.save()
    assert route(house, child) == []
    add(house, "main")
    add(house, "council", f.DECISION)
    add(house, "social", office="lead")
    whole_house = [("main", "preliminary"), ("council", "decision")]
    assert route(house, house.office("treasury")) == whole_house
    assert route(house, lead) == route(house, child) == [("social", "preliminary")]


def test_stations_are_moved_and_removed(house: f.House) -> None:
    office = house.office("lead")
    admin = house.user("administrator")
    add(house, "main")
    second = add(house, "social")
    moved = move_station(actor=admin, station=second, up=True)
    assert [name for name, _ in route(house, office)] == ["social", "main"]
    move_station(actor=admin, station=moved, up=True)  # at the beginning already
    assert [name for name, _ in route(house, office)] == ["social", "main"]
    remove_station(actor=admin, station=moved)
    assert [name for name, _ in route(house, office)] == ["main"]


def test_a_standard_route_is_kept_by_the_master_data_and_asks_for_no_vote_on_a_question(
    house: f.House,
) -> None:
    for who in ("clerk", "secretary"):
        with pytest.raises(PermissionDenied, match="Stammdaten"):
            add(house, "main", actor=who)
    with pytest.raises(RuleViolation, match="wird nicht abgestimmt"):
        add(house, "council", f.DECISION, ProposalKind.ANFRAGE)
    stranger = f.make_house("fremd")
    answer = StationAnswer(BV, stranger.committee("main").pk, f.NOTE)
    with pytest.raises(RuleViolation, match="Dieses Gremium gibt es"):
        add_station(
            actor=house.user("administrator"), municipality=house.municipality, answer=answer
        )


def block(house: f.House, who: str, office: str = "", **values: object) -> TextBlock:
    office_id = house.office(office).pk if office else None
    given = {"title": "Kenntnis", "html": "<p>Zur Kenntnis.</p>", "office_id": office_id, **values}
    answer = BlockAnswer(**given)  # type: ignore[arg-type]
    return create_block(actor=house.user(who), municipality=house.municipality, answer=answer)


def test_an_office_keeps_its_own_blocks_and_the_master_data_those_of_the_house(
    house: f.House,
) -> None:
    own, common = block(house, "clerk", "lead"), block(house, "administrator")
    for who, office in (("clerk", ""), ("clerk", "staff"), ("secretary", "lead")):
        with pytest.raises(PermissionDenied, match="Bausteine eines Amtes"):
            block(house, who, office)
    answer = BlockAnswer("Neu", "<p>Neu</p>", Section.FACTS, house.office("lead").pk)
    change_block(actor=house.user("clerk"), block=own, answer=answer)
    assert TextBlock.objects.get(pk=own.pk).title == "Neu"
    with pytest.raises(PermissionDenied):
        change_block(actor=house.user("clerk"), block=common, answer=answer)


def test_a_block_is_clean_has_words_and_goes_out_of_use(house: f.House) -> None:
    clerk = house.user("clerk")
    own = block(house, "clerk", "lead", html="<p>Gut<script>x</script></p>")
    assert own.html == "<p>Gut</p>"
    for values in ({"title": " "}, {"html": "<p></p>"}):
        with pytest.raises(RuleViolation, match="Bitte einen"):
            block(house, "clerk", "lead", **values)
    assert list(usable_blocks(house.municipality, clerk)) == [own]
    retire_block(actor=clerk, block=own)
    assert list(usable_blocks(house.municipality, clerk)) == []
    retire_block(actor=clerk, block=own)
    assert list(usable_blocks(house.municipality, clerk)) == [own]


def test_the_blocks_of_another_office_are_not_offered(house: f.House) -> None:
    block(house, "administrator", "staff")
    assert list(usable_blocks(house.municipality, house.user("clerk"))) == []
