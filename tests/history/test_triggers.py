"""Append-only in the database itself: through the ORM and by raw SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, QuerySet

from proposals.history import triggers
from proposals.history.models import Entry, Reason
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.factories import House

PROTECTED = triggers.append_only_models()


@pytest.fixture
def story(house: House) -> None:
    """Play a story that leaves a row in nearly every protected table."""
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    row = f.station(proposal, "social")
    item = f.treat(house, row, Outcome.RECOMMENDED_CHANGED, wording="<p>Neu.</p>")
    f.sign(house, item.meeting)
    f.withdraw(house, proposal)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match=r"append-only|erase-only"), transaction.atomic():
        yield


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def rows(model: type[Model]) -> "QuerySet[Model]":
    """Return the rows of a table, past the managers that refuse by themselves."""
    return QuerySet(model)


def test_history_journal_versions_and_wordings_are_protected() -> None:
    names = {model.__name__ for model in PROTECTED}
    assert {"Entry", "EntryObject", "ProposalVersion", "Wording", "Document"} <= names
    assert {"HistoricalVote", "HistoricalProposal", "HistoricalRoleAssignment"} <= names


def test_no_row_of_the_record_is_changed_or_deleted_by_any_means(story: None) -> None:
    filled = [model for model in PROTECTED if rows(model).exists()]
    assert len(filled) >= 20
    for model in filled:
        row = rows(model)[0]
        table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk
        assert key is not None
        assert key.column is not None
        column = connection.ops.quote_name(key.column)
        with refused():
            QuerySet.update(rows(model), **{key.attname: row.pk})
        with refused():
            rows(model).filter(pk=row.pk)._raw_delete("default")
        with refused():
            run(f"UPDATE {table} SET {column} = {column}")  # noqa: S608  # a table of ours
        with refused():
            run(f"DELETE FROM {table}")  # noqa: S608  # a table of ours


def test_the_past_is_not_replaced_or_truncated(story: None) -> None:
    connection.check_constraints()  # PostgreSQL truncates nothing with checks outstanding
    protected: list[type[Model]] = [*PROTECTED, Reason]
    for model in protected:
        table = connection.ops.quote_name(model._meta.db_table)
        if connection.vendor == "postgresql":
            with refused():
                run(f"TRUNCATE {table} CASCADE")
        elif rows(model).exists():
            with refused():
                run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608  # as above


def test_a_reason_may_be_erased_and_nothing_else(story: None) -> None:
    reason = Reason.objects.get(text="Neue Lage")
    event = reason.event
    changes: list[dict[str, Any]] = [
        {"text": "Andere Lage"},
        {"text": None},
        {"salt": None},
        {"salt": None, "text": None, "event": Entry.everything.exclude(event=event)[0].event},
    ]
    for change in changes:
        with refused():
            Reason.objects.filter(pk=event).update(**change)
    with refused():
        reason.delete()
    Reason.objects.filter(pk=event).update(salt=None, text=None)
    erased = Reason.objects.get(pk=event)
    assert (erased.salt, erased.text) == (None, None)


@pytest.mark.django_db
def test_the_system_check_names_a_table_without_its_trigger() -> None:
    assert triggers.missing() == []
    on_vote = ' ON "proposals_historicalvote"' if connection.vendor == "postgresql" else ""
    names = {"postgresql": "ao_truncate", "sqlite": '"ao_replace_proposals_historicalvote"'}
    run(f"DROP TRIGGER {names[connection.vendor]}{on_vote}")
    found = [
        check.msg
        for check in run_checks(tags=["database"], databases=["default"])
        if check.id == "proposals.E001"
    ]
    assert found == ["append-only trigger missing on proposals_historicalvote"]
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.django_db
def test_a_table_that_a_migration_will_make_lacks_nothing_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coming = SimpleNamespace(_meta=SimpleNamespace(db_table="proposals_yet_to_come"))
    present = triggers.append_only_models()
    monkeypatch.setattr(triggers, "append_only_models", lambda: [*present, coming])
    assert triggers.missing() == []
