"""Format v1 of the journal: fixed bytes, and a verifier that shares no code with the project."""

import hashlib
import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.history import journal, triggers
from proposals.history.canonical import canonical, digest, plain, row_digest
from proposals.history.context import RecordError
from proposals.history.keys import signing_key
from proposals.history.models import Entry, EntryObject, Head, Reason
from proposals.models import NumberCounter
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.factories import House
from tests.history.verifier import verify

# made with sha256sum from the bytes that docs and tests spell out
DIGEST = "4c74ab27e80a52abd4010657b8175ebadff985eda2e6936d4baa9296c9214010"
GENESIS_HEX = "e3a6c88dc09e25e1cd2a0eaa9c0ce641c2f019784b6996cdbe73df12cf524302"
LINK = "987ac8aa982c082dcfdac9441aca96db761f0ff5978c04a8085cea3e2ad3a25f"
ROW = "cc7d439d8432cfc92372006b71da508d30765894941b99d95094e7346f694fa2"


def test_every_value_has_one_canonical_form() -> None:
    value = {
        "ü": "Größe\n",
        "a": [True, None, 1],
        "amount": Decimal("1.5"),
        "at": datetime(2024, 3, 1, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
        "day": date(2024, 3, 1),
        "id": UUID(int=1),
    }
    text = canonical(plain(value))
    assert text == (
        '{"a":[true,null,1],"amount":"1.50","at":"2024-03-01T12:00:00.000005+00:00",'
        '"day":"2024-03-01","id":"00000000-0000-0000-0000-000000000001","ü":"Größe\\n"}'
    )
    assert digest(value) == DIGEST
    with pytest.raises(RecordError, match="no canonical form"):
        plain(1.5)


def test_a_time_of_day_has_one_canonical_form_as_well() -> None:
    assert plain(time(17, 30)) == "17:30:00.000000"


def test_leaf_chain_and_signed_bytes_are_fixed() -> None:
    assert journal.GENESIS == hashlib.sha256(b"vorlagen-audit-v1").hexdigest() == GENESIS_HEX
    assert journal.link(GENESIS_HEX, '{"v":1}') == LINK
    assert journal.signed_bytes(258, "00" * 31 + "ff").hex() == (
        "766f726c6167656e2d68656164" + "0000000000000102" + "00" * 31 + "ff"
    )


def test_a_row_digest_is_fixed_and_survives_further_columns() -> None:
    row = NumberCounter(pk=7, municipality_id=3, series="year:2024", next=85)
    assert row_digest(row, ["id", "next", "series"]) == ROW
    pairs = '[["id",7],["next",85],["series","year:2024"]]'
    assert hashlib.sha256(pairs.encode()).hexdigest() == ROW


def play(house: House) -> None:
    """Play a story with votes, remarks, a correction and a withdrawal."""
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    f.co_sign(house, proposal, "treasury", Verdict.WITH_REMARK, "Geheime Anmerkung")
    f.release(house, proposal)
    f.check_form(house, proposal)
    row = f.station(proposal, "social")
    item = f.treat(house, row, Outcome.RECOMMENDED_CHANGED, wording="<p>Neuer Wortlaut.</p>")
    f.sign(house, item.meeting)
    f.correct(house, item, Outcome.NOT_RECOMMENDED, reason="Geheim verzählt")
    f.withdraw(house, proposal)


def public_key() -> bytes:
    return signing_key().public_key().public_bytes_raw()


def test_a_played_story_verifies_by_the_published_format_alone(house: House) -> None:
    play(house)
    assert Entry.everything.count() >= 9
    assert verify(public_key()) == []
    newest = Entry.everything.order_by("-seq")[0]
    head = Head.objects.get()
    assert (head.seq, head.chain) == (newest.seq, newest.chain)


def test_the_verifier_sees_a_changed_history_row(house: House) -> None:
    play(house)
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_historicalvote SET yes = 2")
    triggers.install()
    assert any("historicalvote" in problem for problem in verify(public_key()))


def test_no_title_and_no_personal_text_stands_in_the_journal(house: House) -> None:
    play(house)
    words = ["Neubau", "Kreisstraße", "Geheim", "Wortlaut", "Neue Lage", "muster", "Sozial"]
    for entry in Entry.everything.all():
        assert [word for word in words if word in entry.body] == []
        parts = json.loads(entry.body)
        assert set(parts) == {
            "v", "kid", "event", "actor", "act", "objects", "reason_digest", "columns", "rows",
            "nonce", "seq", "at",
        }  # fmt: skip


def test_the_digest_of_a_reason_binds_what_may_be_erased_later(house: House) -> None:
    play(house)
    reason = Reason.objects.get(text="Neue Lage")
    assert reason.salt is not None
    entry = Entry.everything.get(event=reason.event)
    bound = hashlib.sha256(f"{reason.salt}Neue Lage".encode()).hexdigest()
    assert json.loads(entry.body)["reason_digest"] == bound

    Reason.objects.filter(pk=reason.pk).update(salt=None, text=None)
    assert verify(public_key()) == []
    silent = Entry.everything.order_by("seq")[0]
    assert json.loads(silent.body)["reason_digest"] == ""


def test_the_index_names_the_objects_of_each_entry(house: House) -> None:
    play(house)
    for entry in Entry.everything.all():
        named = [f"{row.label}:{row.object_id}" for row in EntryObject.objects.filter(entry=entry)]
        assert sorted(named) == sorted(set(json.loads(entry.body)["objects"]))


def test_the_chain_cannot_fork_and_has_no_gap(house: House) -> None:
    newest = Entry.everything.order_by("-seq")[0]
    for column in ("prev", "chain", "event"):
        twin = Entry(
            seq=newest.seq + 1,
            at=newest.at,
            event=UUID(int=9),
            body="{}",
            prev="p",
            chain="c",
            sig="s",
        )
        setattr(twin, column, getattr(newest, column))
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)
    sequence = Entry.everything.order_by("seq").values_list("seq", flat=True)
    assert list(sequence) == list(range(1, len(sequence) + 1))
