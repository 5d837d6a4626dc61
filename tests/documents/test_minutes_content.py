"""What the minutes of a meeting say of its people and of its wordings."""

from proposals.documents.content_excerpt import ItemPapers
from proposals.documents.content_minutes import minutes_content
from proposals.models import Person
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import Outcome
from proposals.rules.documents import MeetingDocumentKind
from proposals.services.attendance import ArriveAnswer, RollAnswer, RollEntry
from tests import factories as f
from tests import sittings as s

PUBLIC = MeetingDocumentKind.MINUTES_PUBLIC


def test_who_has_no_seat_is_of_the_administration_or_a_guest(house: f.House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social", f.PRELIMINARY)
    body = house.committee("social")
    head = house.user("head").person
    with f.setting_up(house.municipality):
        head.function = "Landrätin"
        head.save()
        guest = Person(municipality=house.municipality, family_name="Gast <& Co.>")
        guest.save()
    seated = s.members(house, "social")
    entries = [RollEntry(person.pk, AttendanceKind.PRESENT) for person in seated]
    entries.append(RollEntry(head.pk, AttendanceKind.WITHOUT_VOTE))
    s.act(house, meeting, RollAnswer(body.pk, tuple(entries)))
    s.act(
        house, meeting, ArriveAnswer(body.pk, guest.pk, item.pk, kind=AttendanceKind.WITHOUT_VOTE)
    )
    content = minutes_content(s.again(meeting), PUBLIC, made_on=f.DAY, signed=False)
    (row,) = content["anwesenheit"]
    assert row["verwaltung"] == f"{head} (Landrätin)"
    assert row["gaeste"].startswith("Gast <& Co.> (ab ")
    names = [person["name"] for faction in row["fraktionen"] for person in faction["personen"]]
    assert sorted(names) == sorted(str(person) for person in seated)


def test_a_resolution_is_introduced_to_its_body_as_the_house_does(house: f.House) -> None:
    with f.setting_up(house.municipality):
        house.municipality.wording_per_committee = True
        house.municipality.save()
    social, council = house.committee("social"), house.committee("council")
    proposal = f.make_proposal(
        house,
        "in_route",
        frames={
            social.pk: "<p>Der Ausschuss empfiehlt dem Kreistag:</p>",
            council.pk: "<p>Der Kreistag beschließt:</p>",
        },
    )
    meeting = s.plan(house, "social")
    item = s.add_paper(house, meeting, proposal, "social")
    s.record(house, item, Outcome.RECOMMENDED, (3, 0, 0))
    content = minutes_content(s.again(meeting), PUBLIC, made_on=f.DAY, signed=False)
    (row,) = content["punkte"]
    assert row["beschluss"].startswith("<p>Der Ausschuss empfiehlt dem Kreistag:</p><p>")
    assert "Der Kreistag beschließt" not in row["beschluss"]
    papers = ItemPapers(meeting, [s.take(item)])
    excerpt = papers.excerpt(s.take(item), number=1, on=f.DAY, recipients=["Amt"])
    assert excerpt["beschluss"] == row["beschluss"]

    lost = s.record(house, item, Outcome.NOT_RECOMMENDED, (0, 3, 0))
    content = minutes_content(s.again(meeting), PUBLIC, made_on=f.DAY, signed=False)
    (row,) = content["punkte"]
    assert lost.outcome
    assert row["beschluss_titel"] == "Beschlussvorschlag"
    assert row["beschluss"].startswith("<p>Der Ausschuss empfiehlt dem Kreistag:</p><p>")
