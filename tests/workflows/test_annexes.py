"""Anlagen: late ones are a version of their own, the others are ordered and described."""

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import Attachment, Proposal, StatementRequest, VersionOrigin
from proposals.rules.co_signing import Part, Trigger
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.services.attachments import AnnexWords, describe_attachments, detach
from tests import factories as f
from tests import signing as s
from tests import versions as v
from tests.factories import House
from tests.workflows.playing import Play

MAP = "Lageplan"
PICTURE = "image/png"


def kept(proposal: Proposal) -> list[Attachment]:
    rows = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    return list(rows.order_by("position"))


def order(house: House, proposal: Proposal, *words: AnnexWords) -> None:
    describe_attachments(actor=house.user("clerk"), proposal=f.reread(proposal), answer=words)


def test_a_late_annex_is_a_version_of_its_own_and_holds_nobody_up(house: House) -> None:
    s.rule(house, "treasury", Trigger.ALWAYS, (Part.ATTACHMENTS,))
    s.rule(house, "staff", Trigger.ALWAYS, (Part.TEXTS,))
    play = Play(house)
    v.annexed(house, play.proposal, "Erste")
    play.submit()
    play.co_sign("treasury")
    play.co_sign("staff")
    play.release()
    with pytest.raises(RuleViolation, match="noch nicht in der Beratung"):
        s.act(house.user("secretary"), play.proposal, v.late_annex(MAP))
    play.check_form()
    # somebody prepares an exchange: neither its words nor its annexes come with the late one
    s.change(house, play.proposal, texts=v.NEW_FACTS)
    v.annexed(house, play.proposal, "Nur im Entwurf")
    with pytest.raises(PermissionDenied):
        s.act(house.user("treasurer"), play.proposal, v.late_annex(MAP))
    s.act(house.user("secretary"), play.proposal, v.late_annex(MAP))
    play.check()
    version = v.issued(play.proposal)
    assert (version.number, version.origin) == (2, VersionOrigin.LATE_ATTACHMENT)
    listed = [(row["number"], row["title"]) for row in version.content["attachments"]]
    assert listed == [(1, "Erste"), (2, MAP)]
    assert version.content["attachments"][1]["late"] == "2024-03-01"
    assert "Neuer" not in str(version.content["texts"])
    assert "state treasury" in play.waiting()
    asked = StatementRequest.everything.filter(proposal=play.proposal)
    assert [row.office.short_name for row in asked] == ["treasury"]
    assert [(row.title, row.late) for row in kept(play.proposal)][-1] == (MAP, True)

    play.treat("social", Outcome.RECOMMENDED)
    play.treat("main", Outcome.RECOMMENDED)
    play.treat("council", Outcome.DECIDED)
    with pytest.raises(RuleViolation, match="ist beschlossen"):
        s.act(house.user("secretary"), play.proposal, v.late_annex("Zu spät"))


def test_the_lead_office_hands_in_late_too_and_a_picture_needs_words(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    picture = {"file": v.stored(MAP, PICTURE)}
    plain = v.late_annex(MAP)
    annex = type(plain.annex)(MAP, "plan.png", picture["file"])
    with pytest.raises(RuleViolation, match="was auf dem Bild „Lageplan“ zu sehen"):
        s.act(house.user("clerk"), paper, type(plain)(annex, f.DAY))
    s.act(house.user("clerk"), paper, plain)
    assert v.issued(paper).content["attachments"][0]["title"] == MAP


def test_annexes_are_numbered_from_one_in_the_order_that_is_wanted(house: House) -> None:
    paper = f.make_proposal(house)
    first, second, third = (v.annexed(house, paper, word) for word in ("A", "B", "C"))
    picture = v.annexed(house, paper, "D", file=v.stored("D", PICTURE), alt_text="Ein Plan")
    words = [AnnexWords(row.pk, row.title) for row in (third, first, second)]
    with pytest.raises(RuleViolation, match="gerade geändert"):
        order(house, paper, *words)
    with pytest.raises(RuleViolation, match="was auf dem Bild „D“"):
        order(house, paper, *words, AnnexWords(picture.pk, "D"))
    with pytest.raises(RuleViolation, match="einen Titel"):
        order(house, paper, AnnexWords(picture.pk, " ", alt_text="x"), *words)
    with pytest.raises(PermissionDenied):
        describe_attachments(actor=house.user("treasurer"), proposal=paper, answer=words)

    order(house, paper, AnnexWords(picture.pk, "D", public=False, alt_text="Plan"), *words)
    assert [(row.position, row.title) for row in kept(paper)] == [
        (1, "D"),
        (2, "C"),
        (3, "A"),
        (4, "B"),
    ]
    assert (kept(paper)[0].public, kept(paper)[0].alt_text) == (False, "Plan")
    detach(actor=house.user("clerk"), attachment=third)
    assert [(row.position, row.title) for row in kept(paper)] == [(1, "D"), (2, "A"), (3, "B")]


def test_what_the_committees_have_is_neither_opened_nor_closed_by_a_tick(house: House) -> None:
    play = Play(house)
    annex = v.annexed(house, play.proposal, "A", public=False)
    play.submit()
    play.release()
    play.check_form()
    with pytest.raises(RuleViolation, match="liegt den Gremien schon vor"):
        order(house, play.proposal, AnnexWords(annex.pk, "A", public=True))
    order(house, play.proposal, AnnexWords(annex.pk, "Anders", public=False))
    assert v.issued(play.proposal).content["attachments"][0]["title"] == "A"
