from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Meeting, Vote
from proposals.models.order import as_held, as_invited
from proposals.rules.agenda import Addition, Delivery, ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.voting import Majority, VoteKind, VoteResult
from proposals.selectors.agenda import waiting_for
from proposals.services.agenda import (
    AddItemAnswer,
    ChangeItemAnswer,
    ExtendAnswer,
    HeldAnswer,
    NoteAnswer,
    NoteConflict,
    NumberAnswer,
    OrderAnswer,
    StandardAnswer,
    TakeOffAnswer,
)
from proposals.services.meeting import (
    CloseAnswer,
    OpenAnswer,
    PostponeRestAnswer,
)
from proposals.services.voting import CountedAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, House

WEEK = timedelta(days=7)


def change(item: AgendaItem, **values: object) -> ChangeItemAnswer:
    """Return the answer of a form that was opened for an item, with some values changed."""
    present = {
        "title": item.title,
        "public": item.public,
        "public_title": item.public_title,
        "number": item.number,
        "delivery": item.delivery,
        "parent_id": item.parent_id,
        "debated_with_id": item.debated_with_id,
    }
    return ChangeItemAnswer(item.pk, **{**present, **values})


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in as_invited(s.items(meeting))]


def tops(meeting: Meeting) -> list[str]:
    return [item.number for item in as_invited(s.items(meeting))]


def test_a_paper_that_comes_after_the_invitation_is_marked_and_renumbers_nothing(
    house: House,
) -> None:
    meeting = s.plan(house, "social")
    s.paper(house, meeting, "social", subject="A")
    s.paper(house, meeting, "social", subject="Geheim", public=False)
    s.invite(house, meeting)
    proposals = [
        f.make_proposal(house, "in_route", route=(("social", f.NOTE),), subject=name)
        for name in ("B", "C")
    ]
    stations = [f.station(proposal, "social") for proposal in proposals]
    late = f.schedule(house, stations[0], meeting_id=meeting.pk, on=f.DAY - WEEK)
    tabled = f.schedule(house, stations[1], meeting_id=meeting.pk, on=f.DAY)
    assert (late.added, late.delivery) == (Addition.SUPPLEMENT, Delivery.LATE)
    assert (tabled.added, tabled.delivery) == (Addition.SUPPLEMENT, Delivery.TABLED)
    assert titles(meeting) == ["A", "B", "C", "Geheim"]
    assert tops(meeting) == ["Ö 1", "Ö 2", "Ö 3", "N 1"]


def test_an_item_without_a_paper_is_put_on_the_agenda_by_whoever_keeps_it(house: House) -> None:
    meeting = s.plan(house, "social", "board")
    social, board = (house.committee(name).pk for name in ("social", "board"))
    s.act(house, meeting, AddItemAnswer(social, "", ItemKind.QUESTIONS), actor="minutes")
    with pytest.raises(PermissionDenied, match="„Beirat“ stellen Sie nicht auf"):
        s.act(house, meeting, AddItemAnswer(board, "Bericht"), actor="minutes")
    refused = [
        (AddItemAnswer(social, " "), "Bitte eine Bezeichnung angeben"),
        (AddItemAnswer(social, "A", ItemKind.PROPOSAL), "kommt mit ihrer Beratung"),
        (AddItemAnswer(house.committee("main").pk, "A"), "tagt in dieser Sitzung nicht"),
        (AddItemAnswer(social, "A", resumes_id=0), "wurde nicht vertagt"),
        (AddItemAnswer(social, "A", ItemKind.MINUTES, approves_id=meeting.pk), "früheren Sitzung"),
        (AddItemAnswer(social, "A", parent_id=0), "gibt es in der Sitzung nicht"),
    ]
    for answer, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            s.act(house, meeting, answer)
    assert titles(meeting) == ["Einwohnerfragestunde"]


def test_the_kreisausschuss_gets_no_public_item(house: House) -> None:
    meeting = s.plan(house, "main")
    item = s.add_item(house, meeting, "main", "Bericht")
    assert not item.public
    with pytest.raises(RuleViolation, match="tagt nichtöffentlich"):
        s.act(house, meeting, change(item, public=True))


def test_sub_items_stand_below_their_item_and_count_behind_it(house: House) -> None:
    meeting = s.plan(house, "social", "board")
    first = s.add_item(house, meeting, "social", "Berichte")
    s.add_item(house, meeting, "social", "Anfragen")
    part = s.add_item(house, meeting, "social", "Bericht A", parent_id=first.pk)
    s.number(house, meeting)
    assert list(zip(tops(meeting), titles(meeting), strict=True)) == [
        ("Ö 1", "Berichte"),
        ("Ö 1.1", "Bericht A"),
        ("Ö 2", "Anfragen"),
    ]
    board = house.committee("board").pk
    social = house.committee("social").pk
    for answer, sentence in [
        (AddItemAnswer(social, "B", parent_id=part.pk), "der selbst keiner ist"),
        (AddItemAnswer(board, "B", parent_id=first.pk), "desselben Gremiums"),
        (AddItemAnswer(social, "B", parent_id=first.pk, public=False), "in demselben Teil"),
        (change(first, parent_id=first.pk), "wird keiner"),
        (change(first, debated_with_id=first.pk), "anderen Punkt"),
    ]:
        with pytest.raises(RuleViolation, match=sentence):
            s.act(house, meeting, answer)


def test_an_opened_meeting_takes_up_more_only_with_a_reason(house: House) -> None:
    meeting = s.plan(house, "social")
    s.act(house, meeting, OpenAnswer())
    with pytest.raises(RuleViolation, match="Die Sitzung ist eröffnet") as asked:
        s.add_item(house, meeting, "social", "Bericht")
    assert asked.value.waivable
    item = s.add_item(house, meeting, "social", "Bericht", reason="Ohne Widerspruch")
    assert (item.added, item.addition_reason) == (Addition.EXTENSION, "Ohne Widerspruch")
    s.add_item(house, meeting, "social", "Dazu", parent_id=item.pk)


def test_what_the_agenda_says_changes_what_was_sent_out_stays(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social", subject="Kauf Müller")
    secret = s.paper(house, meeting, "social", subject="Geheim", public=False)
    with pytest.raises(RuleViolation, match="Die Vorlage ist nichtöffentlich"):
        s.act(house, meeting, change(secret, public=True))
    with pytest.raises(RuleViolation, match="Bitte eine Bezeichnung"):
        s.act(house, meeting, change(item, title=" "))
    s.act(house, meeting, change(item, title="Kauf", public=False, public_title="Grundstück"))
    item = s.take(item)
    assert (item.title, item.public, item.public_title) == ("Kauf", False, "Grundstück")
    assert titles(meeting) == ["Geheim", "Kauf"]
    s.act(house, meeting, change(item, number="N 9"))
    with pytest.raises(RuleViolation, match="TOP N 9 ist in dieser Sitzung schon vergeben"):
        s.act(house, meeting, change(secret, number="N 9"))
    s.invite(house, meeting)
    item = s.take(item)
    with pytest.raises(RuleViolation, match="steht so in der Einladung; die Nummer bleibt"):
        s.act(house, meeting, change(item, number="N 3"))
    s.act(house, meeting, change(item, delivery=Delivery.TABLED, debated_with_id=secret.pk))
    assert (s.take(item).delivery, s.take(item).debated_with) == (Delivery.TABLED, secret)
    s.record(house, s.take(item), Outcome.NOTED)
    with pytest.raises(RuleViolation, match="ist schon behandelt"):
        s.act(house, meeting, change(s.take(item), public=True))


def test_items_are_put_in_order_until_the_invitation_is_out(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b, c = (s.add_item(house, meeting, "social", name) for name in "ABC")
    d = s.add_item(house, meeting, "social", "D", public=False)
    s.act(house, meeting, OrderAnswer((c.pk, a.pk, b.pk)))
    assert titles(meeting) == ["C", "A", "B", "D"]
    s.act(house, meeting, OrderAnswer((a.pk, c.pk)))
    assert titles(meeting) == ["A", "C", "B", "D"]
    with pytest.raises(RuleViolation, match="stehen vor den nichtöffentlichen"):
        s.act(house, meeting, OrderAnswer((d.pk, a.pk, c.pk, b.pk)))
    with pytest.raises(RuleViolation, match="Die Tagesordnung hat sich geändert"):
        s.act(house, meeting, OrderAnswer((a.pk, 0)))
    s.invite(house, meeting)
    late, later = (s.add_item(house, meeting, "social", name) for name in ("E", "F"))
    with pytest.raises(RuleViolation, match="steht so in der Einladung"):
        s.act(house, meeting, OrderAnswer((c.pk, a.pk)))
    s.act(house, meeting, OrderAnswer((later.pk, late.pk)))
    assert titles(meeting) == ["A", "C", "B", "F", "E", "D"]


def test_the_house_numbers_and_numbers_again_until_the_invitation_is_out(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b = (s.add_item(house, meeting, "social", name) for name in "AB")
    s.add_item(house, meeting, "social", "N", public=False)
    s.number(house, meeting)
    assert tops(meeting) == ["Ö 1", "Ö 2", "N 1"]
    s.act(house, meeting, OrderAnswer((b.pk, a.pk)))
    s.act(house, meeting, NumberAnswer())
    assert (tops(meeting), titles(meeting)) == (["Ö 1", "Ö 2", "N 1"], ["B", "A", "N"])
    s.invite(house, meeting)
    s.add_item(house, meeting, "social", "C")
    with pytest.raises(RuleViolation, match="ändert sich nichts"):
        s.act(house, meeting, NumberAnswer())
    assert tops(meeting) == ["Ö 1", "Ö 2", "Ö 3", "N 1"]


def test_what_no_invitation_has_named_is_taken_off_and_waits(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social")
    s.add_item(house, meeting, "social", "Bericht")
    with pytest.raises(RuleViolation, match="Bitte einen Grund angeben"):
        s.act(house, meeting, TakeOffAnswer(item.pk, ""))
    s.act(house, meeting, TakeOffAnswer(item.pk, "Unterlagen fehlen"))
    assert s.take(item).outcome == Outcome.TAKEN_OFF
    assert s.status_of(item) == "registered"
    again = s.add_paper(house, meeting, s.proposal_of(item), "social")
    s.invite(house, meeting)
    with pytest.raises(RuleViolation, match="kann diesen Punkt nur noch das Gremium"):
        s.act(house, meeting, TakeOffAnswer(again.pk, "Unterlagen fehlen"))
    with pytest.raises(RuleViolation, match="schon ein Ergebnis"):
        s.act(house, meeting, TakeOffAnswer(item.pk, "Unterlagen fehlen"))


def test_standing_items_are_added_once(house: House) -> None:
    from tests.services.test_meeting import set_standard

    meeting = s.plan(house, "social")
    body = house.committee("social").pk
    set_standard(house, "social", (ItemKind.OPENING, "Eröffnung", False))
    s.act(house, meeting, StandardAnswer(body), actor="minutes")
    assert titles(meeting) == ["Eröffnung"]
    with pytest.raises(RuleViolation, match="stehen schon auf der Tagesordnung"):
        s.act(house, meeting, StandardAnswer(body))


def extension(house: House, yes: int, no: int, **values: object) -> ExtendAnswer:
    counted = CountedAnswer(entitled=yes + no, yes=yes, no=no, abstained=0)
    present = {"title": "Hochwasser", "reason": "Deichbruch", "counted": counted}
    body = house.committee("council").pk
    return ExtendAnswer(body, request_key=uuid4(), **{**present, **values})  # type: ignore[arg-type]


def test_the_council_extends_its_agenda_by_two_thirds_of_its_members(house: House) -> None:
    meeting = s.plan(house, "council")
    s.act(house, meeting, OpenAnswer())
    with pytest.raises(RuleViolation, match="Dringlichkeit begründen"):
        s.act(house, meeting, extension(house, 4, 1, reason=" "))
    with pytest.raises(RuleViolation, match="Bezeichnung"):
        s.act(house, meeting, extension(house, 4, 1, title=" "))
    s.act(house, meeting, extension(house, 4, 1))
    s.act(house, meeting, extension(house, 3, 2, title="Sport"))
    admitted, refused = s.items(meeting)
    assert (admitted.outcome, refused.outcome) == ("", Outcome.NOT_ADMITTED)
    assert (admitted.added, admitted.delivery) == (Addition.EXTENSION, Delivery.TABLED)
    vote = Vote.everything.get(agenda_item=admitted)
    assert (vote.kind, vote.announced) == (VoteKind.PROCEDURAL, VoteResult.CARRIED)
    with pytest.raises(RuleViolation, match="Bitte begründen Sie die Abweichung"):
        s.act(house, meeting, extension(house, 3, 2, announced=VoteResult.CARRIED))
    s.act(house, meeting, extension(house, 3, 0, counted=None, title="Ohne Widerspruch"))


def test_a_paper_comes_by_extension_or_keeps_waiting(house: House) -> None:
    meeting = s.plan(house, "council")
    s.act(house, meeting, OpenAnswer())
    proposal = f.make_proposal(house, "in_route", route=(("council", f.DECISION),))
    station = f.station(proposal, "council")
    lost = extension(house, 3, 2, consultation_id=station.pk, title="")
    s.act(house, meeting, lost)
    with pytest.raises(RuleViolation, match="schon erfasst"):
        s.act(house, meeting, lost)
    assert f.reread(proposal).status == "registered"
    s.act(house, meeting, extension(house, 5, 0, consultation_id=station.pk, title=""))
    item = s.items(meeting)[-1]
    assert (item.consultation, item.title) == (station, proposal.subject)
    s.record(house, item, Outcome.DECIDED, (3, 2, 0), entitled=5)
    other = f.station(f.make_proposal(house, "in_route"), "social")
    with pytest.raises(RuleViolation, match="gehört nicht zu „Kreistag“"):
        s.act(house, meeting, extension(house, 5, 0, consultation_id=other.pk))


def test_two_people_do_not_overwrite_each_others_notes(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social")
    s.act(house, meeting, NoteAnswer(item.pk, "Zusage\r\nbis Mai ", ""), actor="minutes")
    assert s.take(item).note == "Zusage\nbis Mai"
    with pytest.raises(NoteConflict, match="jemand anders") as conflict:
        s.act(house, meeting, NoteAnswer(item.pk, "Anderes", ""))
    assert conflict.value.stored == "Zusage\nbis Mai"
    before = item.history.count()
    s.act(house, meeting, NoteAnswer(item.pk, "Zusage\nbis Mai", ""))
    assert item.history.count() == before
    f.sign(house, meeting)
    with pytest.raises(RuleViolation, match=r"unterschrieben\. Bitte begründen"):
        s.act(house, meeting, NoteAnswer(item.pk, "Neu", "Zusage\nbis Mai"))
    s.act(house, meeting, NoteAnswer(item.pk, "Neu", "Zusage\nbis Mai", "Hörfehler"))
    with pytest.raises(PermissionDenied):
        s.act(house, meeting, NoteAnswer(item.pk, "A", "Neu"), actor="clerk")


def test_the_order_as_held_follows_the_results_and_can_be_put_right(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b, c = (s.paper(house, meeting, "social", subject=name) for name in "ABC")
    note = s.add_item(house, meeting, "social", "Bericht", ItemKind.REPORTS)
    s.act(house, meeting, OpenAnswer())
    for item in (c, b):
        s.record(house, item, Outcome.NOTED)
    over = as_held(s.items(meeting), over=True)
    assert [item.title for item in over] == ["A", "C", "B", "Bericht"]
    lasting = as_held(s.items(meeting), over=False)
    assert [item.title for item in lasting] == ["C", "B", "A", "Bericht"]
    s.act(house, meeting, HeldAnswer((a.pk, c.pk)))
    assert [s.take(item).taken_up for item in (a, b, c, note)] == [1, 3, 2, None]
    with pytest.raises(RuleViolation, match="gibt es in der Sitzung nicht"):
        s.act(house, meeting, HeldAnswer((0,)))


def test_what_is_recorded_after_the_meeting_keeps_its_place(house: House) -> None:
    meeting = s.plan(house, "social")
    a, b = (s.paper(house, meeting, "social", subject=name) for name in "AB")
    s.act(house, meeting, OpenAnswer())
    s.record(house, b, Outcome.NOTED)
    s.act(house, meeting, CloseAnswer(reason="Rest folgt"))
    s.record(house, a, Outcome.NOTED)
    assert (s.take(b).taken_up, s.take(a).taken_up) == (1, None)
    assert [item.title for item in as_held(s.items(meeting), over=True)] == ["A", "B"]


def test_open_points_are_stations_without_an_agenda_and_items_put_off(house: House) -> None:
    meeting, later = s.plan(house, "social"), s.plan(house, "social", day=f.DAY + WEEK)
    put_off = s.paper(house, meeting, "social", subject="A")
    item = s.add_item(house, meeting, "social", "Bericht")
    s.act(house, meeting, PostponeRestAnswer())
    f.make_proposal(house, "in_route", subject="B")
    f.make_proposal(house, "released", subject="C")
    open_points = waiting_for(later, house.user("secretary"))
    assert [(row.subject, row.put_off_on) for row in open_points.papers] == [
        ("A", f.DAY),
        ("B", None),
    ]
    assert [row.id for row in open_points.items] == [item.pk]
    assert open_points.count == 3
    assert waiting_for(s.plan(house, "board"), house.user("secretary")).count == 0

    s.add_paper(house, later, s.proposal_of(put_off), "social")
    body = house.committee("social").pk
    s.act(house, later, AddItemAnswer(body, "Bericht", resumes_id=item.pk))
    open_points = waiting_for(later, house.user("secretary"))
    assert ([row.subject for row in open_points.papers], list(open_points.items)) == (["B"], [])


def test_a_cancelled_or_approved_meeting_keeps_its_agenda(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.add_item(house, meeting, "social", "Bericht")
    f.sign(house, meeting, approve=True)
    for answer in (change(item, title="A"), OrderAnswer((item.pk,)), NumberAnswer()):
        with pytest.raises(RuleViolation, match="Das Protokoll dieser Sitzung ist genehmigt"):
            s.act(house, meeting, answer)


def test_a_qualified_majority_is_of_the_members_and_names_its_paragraph(house: House) -> None:
    meeting = s.plan(house, "council")  # five members
    item = s.paper(house, meeting, "council", DECISION)
    answer = ChangeItemAnswer(
        item.pk, item.title, item.public, majority=Majority.TWO_THIRDS_MEMBERS
    )
    with pytest.raises(RuleViolation, match="welche Vorschrift die Mehrheit verlangt"):
        s.act(house, meeting, answer)
    s.act(house, meeting, replace(answer, majority_paragraph="§ 12 Abs. 2 NKomVG"))

    with pytest.raises(RuleViolation, match="Bitte begründen Sie die Abweichung"):
        s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    s.record(house, item, Outcome.REJECTED, (3, 1, 0))
    ruling = s.vote_of(item).ruling()
    assert ruling is not None
    assert ruling.sentence == (
        "abgelehnt, Zweidrittelmehrheit der Mitglieder nicht erreicht "
        "(3 Ja, 1 Nein, 0 Enthaltungen; 1 nicht teilgenommen; § 12 Abs. 2 NKomVG)"
    )
