"""Word files that are made after the act: once, in the actor's name, never lost."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from proposals.documents import store
from proposals.documents.render import render
from proposals.history.acts import Act
from proposals.history.context import current
from proposals.history.models import Entry
from proposals.models import Audience, Document, Outbox, Proposal, ProposalVersion, User
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.services import documents, rendering
from proposals.services.documents import make_document, run_outbox, version_of
from tests import factories as f

NEUTRAL = Path("neutral") / "vorlage.docx"


def newest(proposal: Proposal) -> ProposalVersion:
    version: ProposalVersion = ProposalVersion.everything.filter(proposal=proposal).latest("number")
    return version


def made_entries() -> list[Entry]:
    return [e for e in Entry.everything.order_by("seq") if f'"act":"{Act.DOCUMENT_MADE}"' in e.body]


def waiting() -> int:
    return Outbox.objects.filter(done_at__isnull=True).count()


@pytest.fixture
def templates(tmp_path: Path, settings: Any) -> Path:
    """Return a folder of templates of this test's own, with the neutral form in it."""
    original = (Path(settings.DOCX_TEMPLATES_DIR) / NEUTRAL).read_bytes()
    settings.DOCX_TEMPLATES_DIR = tmp_path
    (tmp_path / NEUTRAL).parent.mkdir()
    (tmp_path / NEUTRAL).write_bytes(original)
    return tmp_path


def spoil(templates: Path, house: f.House) -> Path:
    """Give a house a form that nobody can use; return it."""
    path = templates / house.municipality.slug / "beschlussvorlage.docx"
    path.parent.mkdir()
    path.write_bytes(b"no archive")
    return path


def test_a_document_is_one_event_of_its_actor_and_the_same_bytes_make_no_second(
    house: f.House,
) -> None:
    proposal, actor = f.make_proposal(house, at="in_route"), house.user("secretary")
    document, again = (
        make_document(actor=actor, version=newest(proposal), audience=Audience.INTERNAL)
        for _ in range(2)
    )
    assert again == document
    assert Document.everything.count() == 1
    assert len(store.get(document.digest)) == document.size
    form = Path(settings.DOCX_TEMPLATES_DIR) / NEUTRAL
    assert document.template_digest == hashlib.sha256(form.read_bytes()).hexdigest()
    (entry,) = made_entries()
    assert f'"actor":{actor.pk},' in entry.body
    assert f"proposals.proposal:{proposal.pk}" in entry.body
    assert "proposals.historicaldocument" in entry.body


def test_a_new_result_makes_a_new_document_and_so_does_its_correction_back(
    house: f.House,
) -> None:
    proposal, actor = f.make_proposal(house, at="in_route"), house.user("secretary")
    version = newest(proposal)
    digests = []

    def make() -> None:
        document = make_document(actor=actor, version=version, audience=Audience.PUBLIC)
        digests.append(document.digest)

    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    make()
    f.correct(house, item, Outcome.RECOMMENDED, entitled=3, yes=2, no=1)
    make()
    f.correct(house, item, Outcome.RECOMMENDED)
    make()
    assert digests[0] == digests[2] != digests[1]
    newest_document = Document.everything.latest("pk")
    assert newest_document.digest == digests[2], "the newest row is what holds"


def test_what_is_not_public_gets_an_internal_copy_only(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route", public=False)
    with pytest.raises(RuleViolation, match="es gibt keine öffentliche Ausgabe"):
        make_document(actor=house.user("head"), version=newest(proposal), audience=Audience.PUBLIC)
    assert not Document.everything.exists()
    (done,) = run_outbox()
    assert [document.audience for document in done.documents] == [Audience.INTERNAL]


def test_the_outbox_makes_both_copies_once_in_the_order_of_the_acts(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    other = f.make_proposal(house, at="in_route")
    told: list[int] = []
    done = run_outbox(lambda each: told.append(each.order.pk))
    assert told == sorted(told) == [each.order.pk for each in done]
    assert [each.order.payload["proposal"] for each in done] == [proposal.pk] * 2 + [other.pk]
    assert (waiting(), Document.everything.count()) == (0, 4)
    assert run_outbox() == []
    assert len(made_entries()) == 4


def test_a_failure_is_kept_with_its_sentence_and_holds_nobody_up(
    house: f.House, templates: Path
) -> None:
    other = f.make_house("nachbar")
    f.make_proposal(house, at="in_route")
    f.make_proposal(other, at="in_route")
    form = spoil(templates, house)
    for _ in range(2):
        failed = run_outbox()[0]
        assert failed.failure.startswith("muster/beschlussvorlage.docx: ")
    order = Outbox.objects.get(pk=failed.order.pk)
    assert (order.failures, order.last_failure, order.done_at) == (2, failed.failure, None)
    assert {d.proposal.municipality for d in Document.everything.all()} == {other.municipality}

    form.unlink()
    assert [each.failure for each in run_outbox()] == [""]
    assert waiting() == 0
    assert Outbox.objects.get(pk=order.pk).last_failure == failed.failure, "what it was stays"


def test_an_unforeseen_failure_is_kept_too(
    house: f.House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    f.make_proposal(house, at="in_route")
    monkeypatch.setattr(rendering, "render", lambda template, context: 1 / 0)
    (done,) = run_outbox()
    assert done.failure == "Unerwarteter Fehler (ZeroDivisionError: division by zero)"
    assert "Traceback" in caplog.text
    assert waiting() == 1


def test_an_actor_who_has_left_the_house_does_not_keep_the_file_from_being_made(
    house: f.House,
) -> None:
    f.make_proposal(house, at="in_route")
    User.objects.filter(pk=house.user("secretary").pk).update(is_active=False)
    (done,) = run_outbox()
    assert (done.failure, len(done.documents)) == ("", 2)


def during_render(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], times: int = 1
) -> list[None]:
    """Do something while a file is being rendered; return a list that counts."""
    done = list[None]()

    def interrupted(template: Any, context: Any) -> bytes:
        if len(done) < times:
            done.append(None)
            act()
        return render(template, context)

    monkeypatch.setattr(rendering, "render", interrupted)
    return done


def test_two_runs_at_the_same_time_make_a_document_once(
    house: f.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    f.make_proposal(house, at="in_route")
    during_render(monkeypatch, run_outbox)
    assert run_outbox() == [], "the other run was quicker"
    assert (waiting(), Document.everything.count(), len(made_entries())) == (0, 2, 2)


def test_files_are_rendered_outside_of_any_event_and_transaction(
    house: f.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    f.make_proposal(house, at="in_route")
    depth, seen = len(connection.atomic_blocks), list[bool]()

    def look() -> None:
        seen.append(current.get() is None and len(connection.atomic_blocks) == depth)

    during_render(monkeypatch, look, times=2)
    run_outbox()
    assert seen == [True, True]


def test_an_order_is_done_whole_or_not_at_all(
    house: f.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    f.make_proposal(house, at="in_route")
    original, calls = documents._record, list[None]()

    def fail_at_second(*args: Any) -> Document:
        calls.append(None)
        if len(calls) == 2:
            raise OSError("no space")
        return original(*args)

    with monkeypatch.context() as patch:
        patch.setattr(documents, "_record", fail_at_second)
        (done,) = run_outbox()
    assert done.failure.startswith("Unerwarteter Fehler (OSError")
    assert (waiting(), Document.everything.count(), made_entries()) == (1, 0, [])
    run_outbox()
    assert (waiting(), Document.everything.count()) == (0, 2)


def test_other_kinds_of_orders_are_left_to_others(house: f.House) -> None:
    Outbox.objects.create(kind="mail", actor=house.user("head"), payload={})
    assert run_outbox() == []
    assert waiting() == 1


def test_a_version_is_found_by_what_people_call_it(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    number = str(proposal.number)
    assert version_of("muster", number, None) == version_of("muster", number, 1) == newest(proposal)
    f.make_proposal(house, number="7/2024")
    for asked, sentence in (
        (("fremd", number, None), "Eine Kommune „fremd“ mit Vorlagen gibt es hier nicht."),
        (("muster", "9/9", None), "In der Kommune „muster“ gibt es keine Vorlage 9/9."),
        (("muster", number, 2), f"Die Vorlage {number} hat keine Fassung 2."),
        (("muster", "7/2024", None), "Die Vorlage 7/2024 hat keine Fassung."),
    ):
        with pytest.raises(RuleViolation) as refusal:
            version_of(*asked)
        assert refusal.value.message == sentence
