"""Fail closed: no way of reading a guarded model works before somebody said for whom."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from proposals.history.acts import Act
from proposals.history.context import RecordError
from proposals.history.guard import GuardedModel, GuardedQuerySet, Unscoped
from proposals.history.journal import event
from proposals.models import (
    AgendaItem,
    CoSignature,
    Entry,
    Office,
    Proposal,
    ProposalText,
    User,
    Vote,
    Wording,
)
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.factories import House

GUARDED = [m for m in apps.get_models() if issubclass(m, GuardedModel) and not m._meta.abstract]


class ChoiceForm(forms.Form):
    proposal = forms.ModelChoiceField(queryset=Proposal.objects.all())


def all_rows() -> GuardedQuerySet[Proposal]:
    """Return the queryset that somebody forgot to scope."""
    rows: GuardedQuerySet[Proposal] = Proposal.objects.all()
    return rows


PATHS: dict[str, Callable[[], Any]] = {
    "iterate": lambda: list(all_rows()),
    "get": lambda: all_rows().get(pk=1),
    "first": lambda: all_rows().first(),
    "last": lambda: all_rows().last(),
    "latest": lambda: all_rows().latest("pk"),
    "count": lambda: all_rows().count(),
    "exists": lambda: all_rows().exists(),
    "truth": lambda: bool(all_rows()),
    "slice": lambda: list(all_rows()[:1]),
    "iterator": lambda: list(all_rows().iterator()),
    "values": lambda: list(all_rows().values("subject")),
    "values_list": lambda: list(all_rows().values_list("subject", flat=True)),
    "dates": lambda: list(all_rows().dates("drafted_on", "year")),
    "only": lambda: list(all_rows().only("subject")),
    "aggregate": lambda: all_rows().aggregate(many=Count("pk")),
    "annotate": lambda: list(all_rows().annotate(many=Count("texts"))),
    "in_bulk": lambda: all_rows().in_bulk([1]),
    "explain": lambda: all_rows().explain(),
    "union": lambda: list(all_rows().union(all_rows())),
    "subquery": lambda: list(Office.objects.filter(pk__in=all_rows().values("lead_office"))),
    "exists subquery": lambda: list(
        Office.objects.filter(Exists(all_rows().filter(lead_office=OuterRef("pk"))))
    ),
    "for update": lambda: list(all_rows().select_for_update(no_key=True)),
    "reverse": lambda: list(all_rows().reverse()),
    "get_or_create": lambda: all_rows().get_or_create(pk=1),
    "delete": lambda: all_rows().delete(),
    "paginate": lambda: list(Paginator(all_rows(), 5).page(1)),
    "serialize": lambda: serializers.serialize("json", all_rows()),
    "model choice": lambda: list(ChoiceForm().fields["proposal"].choices),  # type: ignore[attr-defined]
    "model choice clean": lambda: ChoiceForm({"proposal": "1"}).is_valid(),
    "contains": lambda: all_rows().contains(Proposal(pk=1)),
    "filter chain": lambda: list(all_rows().filter(public=True).exclude(pk=2).distinct()),
    "default manager": lambda: list(Proposal._default_manager.all()),
}


@pytest.mark.parametrize("read", PATHS.values(), ids=PATHS)
def test_no_way_of_reading_works_without_a_scope(house: House, read: Callable[[], Any]) -> None:
    f.make_proposal(house)
    with pytest.raises(Unscoped):
        read()
    assert len(PATHS) >= 18


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_every_guarded_model_asks_for_whom(model: Any) -> None:
    with pytest.raises(Unscoped, match=model.__name__):
        list(model.objects.all())
    assert list(model.objects.visible_to(User())) == []


def test_a_scoped_queryset_is_not_widened_by_an_unscoped_one(house: House) -> None:
    f.make_proposal(house)
    mine = Proposal.objects.visible_to(house.user("deputy"))
    mixtures: list[Callable[[], Iterable[Any]]] = [
        lambda: mine | all_rows(),
        lambda: all_rows() | mine,
        lambda: mine & all_rows(),
    ]
    for widen in mixtures:
        with pytest.raises(Unscoped):
            list(widen())
    assert list(mine | Proposal.objects.visible_to(house.user("deputy"))) == []
    assert mine.filter(Q(pk__gt=0) | Q(public=True)).count() == 0


def test_rows_reached_from_a_row_in_hand_share_its_scope_unless_they_are_stricter(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "in_route", asked=("treasury",))
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    seen = Proposal.objects.visible_to(house.user("deputy")).get(pk=proposal.pk)
    assert seen.texts.count() == 2
    assert seen.consultations.count() == 3
    strict: Iterable[Any] = (seen.co_signatures, seen.versions, seen.wordings, seen.documents)
    for manager in strict:
        with pytest.raises(Unscoped):
            list(manager.all())
    with pytest.raises(Unscoped):
        list(seen.consultations.all()[0].items.all())


def test_a_prefetch_of_guarded_rows_needs_a_scope_of_its_own_from_outside(house: House) -> None:
    f.make_proposal(house)
    with pytest.raises(Unscoped):
        list(User.objects.prefetch_related(Prefetch("person__municipality__proposals")))
    with pytest.raises(Unscoped):
        list(house.municipality.proposals.all())
    with pytest.raises(Unscoped):
        list(house.municipality.meetings.all())


def test_history_and_bulk_writes_are_no_way_around(house: House) -> None:
    f.make_proposal(house)
    for model in (Proposal, ProposalText, Vote, AgendaItem, Wording, CoSignature):
        with pytest.raises(RecordError), event(None, Act.SET_UP):
            model.objects.all().update(id=1)
    with pytest.raises(Unscoped):
        list(Entry.objects.filter(seq=1))
