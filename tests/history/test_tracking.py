"""Nothing tracked is written outside an event, and history says what the database holds."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import F, Model
from simple_history.utils import bulk_create_with_history

from proposals.history.acts import Act
from proposals.history.context import RecordError
from proposals.history.journal import event, transaction_of_record
from proposals.history.records import Stamped
from proposals.models import Entry, NumberCounter, Office, Proposal, Vote
from proposals.models.base import Tracked
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.factories import House

BULK = ("bulk_create", "bulk_update", "update")
TRACKED = [model for model in apps.get_models() if issubclass(model, Tracked)]


def test_everything_but_accounts_orders_and_what_is_not_saved_is_tracked() -> None:
    ours = set(apps.get_app_config("proposals").get_models())
    histories = {model for model in ours if issubclass(model, Stamped)}
    untracked = ours - set(TRACKED) - histories
    names = {model.__name__ for model in untracked}
    assert names == {"User", "Outbox", "DraftBuffer", "Entry", "EntryObject", "Head", "Reason"}
    assert len(histories) == len(TRACKED)


def rows_of(model: type[Model]) -> Any:
    """Return the manager that use cases write through."""
    return getattr(model, "everything", model._default_manager)


Write = Callable[[type[Model]], Any]
WRITES: dict[str, Write] = {
    "save": lambda model: model().save(),
    "create": lambda model: rows_of(model).create(),
    "get_or_create": lambda model: rows_of(model).get_or_create(pk=1),
    "update_or_create": lambda model: rows_of(model).update_or_create(pk=1),
    "bulk_create": lambda model: rows_of(model).bulk_create([model()]),
    "bulk_update": lambda model: rows_of(model).bulk_update([model(pk=1)], ["id"]),
    "bulk_create_with_history": lambda model: bulk_create_with_history([model()], model),
    "update": lambda model: rows_of(model).filter(pk=1).update(pk=1),
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_no_tracked_row_is_written_outside_an_event(model: type[Model]) -> None:
    for name, write in WRITES.items():
        with pytest.raises(RecordError), transaction.atomic():
            write(model)
        assert not rows_of(model).exists(), name


@pytest.mark.django_db
@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_writes_that_know_no_history_are_refused_inside_an_event_too(model: type[Model]) -> None:
    for name in BULK:
        with pytest.raises(RecordError, match=r"writes no history"), event(None, Act.SET_UP):
            WRITES[name](model)


def test_a_row_is_deleted_inside_an_event_only(house: House) -> None:
    counter = make_counter(house)
    for delete in (counter.delete, NumberCounter.objects.filter(pk=counter.pk).delete):
        with pytest.raises(RecordError, match="outside of an event"), transaction.atomic():
            delete()
    assert NumberCounter.objects.filter(pk=counter.pk).exists()
    pk = counter.pk
    with event(None, Act.SET_UP):
        counter.delete()
    assert NumberCounter.history.filter(id=pk).latest().history_type == "-"


def make_counter(house: House) -> NumberCounter:
    with f.setting_up(house.municipality):
        counter: NumberCounter = NumberCounter.objects.create(
            municipality=house.municipality, series="year:2024", next=5
        )
    return counter


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_a_refused_save_leaves_no_row() -> None:
    """Model.save commits before post_save runs, so a refusal must come earlier."""
    house = f.make_house()
    office = house.office("lead")
    office.name = "Umbenannt"
    with pytest.raises(RecordError):
        office.save()
    with pytest.raises(RecordError):
        Office.objects.create(municipality=house.municipality, name="Neu", short_name="neu")
    assert sorted(Office.objects.values_list("short_name", flat=True)) == [
        "lead",
        "staff",
        "treasury",
    ]
    assert house.office("lead").name == "Sozialamt"


def test_history_records_what_the_database_holds_not_what_the_instance_says(
    house: House,
) -> None:
    counter = make_counter(house)
    stale = NumberCounter.objects.get(pk=counter.pk)
    with event(None, Act.SET_UP):
        counter.next = F("next") + 1
        counter.save()
    assert counter.history.latest().next == 6
    with event(None, Act.SET_UP):
        stale.series, stale.next = "never saved", 9
        stale.save(update_fields=["next"])
    newest = counter.history.latest()
    assert (newest.next, newest.series) == (9, "year:2024")


def test_the_newest_history_row_of_every_live_row_equals_it_after_a_played_story(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    f.treat(house, f.station(proposal, "council"), Outcome.REJECTED, reason="Eilig")
    f.withdraw(house, f.make_proposal(house, "in_route"))
    for model in TRACKED:
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model._base_manager.all():
            newest = row.history.latest()
            live = [getattr(row, name) for name in columns]
            assert live == [getattr(newest, name) for name in columns], model


def test_a_history_row_names_the_actor_and_the_event_and_carries_no_reason(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.withdraw(house, proposal)
    newest = proposal.history.latest()
    entry = Entry.everything.order_by("-seq")[0]
    assert (newest.history_user_id, newest.event) == (house.user("head").pk, entry.event)
    assert newest.history_change_reason is None
    assert len({row.nonce for row in proposal.history.all()}) == proposal.history.count()


def test_events_do_not_nest_and_stand_in_a_transaction_of_their_own(house: House) -> None:
    with event(None, Act.SET_UP):
        refuses(event(None, Act.SET_UP), RecordError, "events do not nest")
    with transaction_of_record():
        refuses(transaction_of_record(), RecordError, "steps do not nest")
    with transaction.atomic():
        refuses(event(None, Act.SET_UP), RuntimeError, "durable")
        refuses(transaction_of_record(), RuntimeError, "durable")


def refuses(block: AbstractContextManager[Any], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence), block:
        pass


def test_a_failed_event_leaves_neither_row_nor_history_nor_entry(house: House) -> None:
    counter = make_counter(house)
    entries, rows = Entry.everything.count(), counter.history.count()

    def fail(block: AbstractContextManager[Any]) -> None:
        with block:
            counter.next = 7
            counter.save()
            raise LookupError

    def fail_behind_the_event() -> None:
        with transaction_of_record():
            with event(None, Act.SET_UP):
                counter.save()
            raise LookupError

    with pytest.raises(LookupError):
        fail(event(None, Act.SET_UP))
    with pytest.raises(LookupError):
        fail_behind_the_event()
    counter.refresh_from_db()
    assert (counter.next, counter.history.count(), Entry.everything.count()) == (5, rows, entries)
    with event(None, Act.SET_UP):  # and the next event is not disturbed
        counter.save()
    assert Entry.everything.count() == entries + 1


def test_two_events_of_one_step_are_two_entries_in_their_order(house: House) -> None:
    before = Entry.everything.count()
    with transaction_of_record():
        with event(None, Act.SET_UP):
            make = NumberCounter(municipality=house.municipality, series="a")
            make.save()
        with event(None, Act.CORRECTED):
            make.save()
        assert Entry.everything.count() == before
    acts = [entry.body for entry in Entry.everything.order_by("seq")][before:]
    assert ['"act":"set_up"' in acts[0], '"act":"corrected"' in acts[1]] == [True, True]


def test_a_vote_deleted_by_a_correction_stays_in_history(house: House) -> None:
    proposal: Proposal = f.make_proposal(house, "in_route")
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    f.correct(house, item, Outcome.POSTPONED)
    assert [row.history_type for row in Vote.history.order_by("history_id")] == ["+", "-"]
