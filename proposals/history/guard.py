"""Fail closed: an unscoped SELECT of confidential rows does not compile."""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query

from .context import RecordError


class Unscoped(RuntimeError):
    """Somebody forgot to say for whom; use `.visible_to(user)`."""


class GuardedQuery(Query):
    """A query that refuses to become SQL before it has a scope."""

    scope: Any = None

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Compile only with a scope; raises Unscoped otherwise."""
        if self.scope is None:
            name = self.model._meta.object_name if self.model else "?"
            raise Unscoped(f"{name}: use .visible_to(user)")
        return super().get_compiler(*args, **kwargs)

    def combine(self, rhs: Any, connector: str) -> None:
        """Refuse `visible | all`: it would leak what the left side hides."""
        if getattr(rhs, "scope", None) is None:
            raise Unscoped("both sides of | and & need a scope")
        super().combine(rhs, connector)


_M = TypeVar("_M", bound=models.Model, covariant=True)


class TrackedQuerySet(models.QuerySet[_M]):
    """Rows with a history: whatever would bypass it is refused."""

    def update(self, **kwargs: Any) -> int:
        """Refuse; raises RecordError. Save the instance instead."""
        raise RecordError("update() writes no history")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse; raises RecordError. Save the instances instead."""
        raise RecordError("bulk_create() writes no history")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse; raises RecordError. Save the instances instead."""
        raise RecordError("bulk_update() writes no history")


TrackedManager = models.Manager.from_queryset(TrackedQuerySet)


class GuardedQuerySet(TrackedQuerySet[_M]):
    """Rows that not everybody may see."""

    def __init__(
        self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None
    ) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def visible_to(self, user: Any) -> Self:
        """Return the rows that `user` may see: the only door for what a person asked for."""
        rows = self.filter(sight(self.model, user))
        setattr(rows.query, "scope", user)  # noqa: B010  # Query is untyped here
        return rows

    def _add_hints(self, **hints: Any) -> None:
        """Rows reached from a guarded instance in hand share its visibility.

        A child that is stricter than its parent says so (`stricter_than_parent`) and stays shut.
        """
        super()._add_hints(**hints)  # type: ignore[misc]
        stricter = getattr(self.model, "stricter_than_parent", False)
        if isinstance(hints.get("instance"), GuardedModel) and not stricter:
            setattr(self.query, "scope", "parent")  # noqa: B010


GuardedManager = models.Manager.from_queryset(GuardedQuerySet)


class GuardedModel(models.Model):
    """Confidential rows: `objects` asks for whom, `everything` is for use cases and Django."""

    stricter_than_parent: ClassVar[bool] = False
    named_in_journal: ClassVar[bool] = False

    everything: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True

    @classmethod
    def visibility(cls, user: Any) -> Q:
        """Return the condition under which `user` may see a row."""
        raise NotImplementedError


def sight(model: type[Any], user: Any) -> Q:
    """Return `model.visibility(user)`, built once per user object, as the user's standing is."""
    known: dict[type[Any], Q] = _kept(user, "_sights")
    if model not in known:
        known[model] = model.visibility(user)
    return known[model]


def visible_keys(model: type[Any], user: Any) -> Any:
    """Return the keys of the rows that `user` may see, to stand behind `__in`.

    Compiled once per user object: a page asks for them in some thirty queries, whose building
    and compiling would cost ten times what the database takes to answer them.
    """
    known: dict[type[Any], Any] = _kept(user, "_visible_keys")
    if model not in known:
        rows = model.everything.filter(sight(model, user)).order_by().values("pk")
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            known[model] = rows.none()
        else:
            known[model] = RawSQL(sql, params)  # noqa: S611  # Django's own SQL of the line above
    return known[model]


def _kept(user: Any, name: str) -> Any:
    if getattr(user, name, None) is None:
        setattr(user, name, {})
    return getattr(user, name)
