"""Append-only in the database itself, on both databases; put back after every migration."""

from typing import Any

from django.apps import apps
from django.db import connection, models

from .models import Reason
from .records import Stamped

_PG_FUNCTIONS = """
CREATE OR REPLACE FUNCTION record_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION record_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.event = OLD.event AND NEW.salt IS NULL AND NEW.text IS NULL THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'erase-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
_SQLITE_KINDS = ("update", "delete", "replace")


def append_only_models() -> list[type[models.Model]]:
    """Return the models whose rows are never changed or deleted: history, journal, issued texts."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Stamped) or getattr(model, "append_only", False)
    ]


def _protected_models() -> list[type[models.Model]]:
    return [*append_only_models(), Reason]


def install(**_signal: Any) -> None:
    """Create the missing triggers; also the handler of `post_migrate`.

    A SQLite migration that remakes a table drops its triggers without a word, hence every time.
    """
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTIONS)
        for model in append_only_models():
            if model._meta.db_table in present:
                _protect(cursor, model, erasable=False)
        if Reason._meta.db_table in present:
            _protect(cursor, Reason, erasable=True)


def _protect(cursor: Any, model: type[models.Model], *, erasable: bool) -> None:
    """Create the triggers of one table; `erasable` lets a reason become NULL and nothing else."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        function = "record_erase_only" if erasable else "record_append_only"
        cursor.execute(
            f'DROP TRIGGER IF EXISTS ao_row ON "{table}";'
            f'DROP TRIGGER IF EXISTS ao_truncate ON "{table}";'
            f'CREATE TRIGGER ao_row BEFORE UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION {function}();"
            f'CREATE TRIGGER ao_truncate BEFORE TRUNCATE ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION record_append_only();"
        )
        return
    assert model._meta.pk is not None
    key = model._meta.pk.column
    update_when = (
        "WHEN NOT (NEW.event = OLD.event AND NEW.salt IS NULL AND NEW.text IS NULL)"
        if erasable
        else ""
    )
    # INSERT OR REPLACE bypasses a DELETE trigger on SQLite, hence the third
    exists = f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}")'  # noqa: S608
    for kind, timing in zip(
        _SQLITE_KINDS, (f"UPDATE|{update_when}", "DELETE|", f"INSERT|{exists}"), strict=True
    ):
        operation, when = timing.split("|", 1)
        cursor.execute(
            f'CREATE TRIGGER IF NOT EXISTS "ao_{kind}_{table}" BEFORE {operation} ON "{table}" '
            f"{when} BEGIN SELECT RAISE(ABORT, 'append-only: {operation} on {table}'); END"
        )


def remove() -> None:
    """Lift all triggers: for the flush of a test database, never in an installation."""
    with connection.cursor() as cursor:
        for model in _protected_models():
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.execute(
                    f'DROP TRIGGER IF EXISTS ao_row ON "{table}";'
                    f'DROP TRIGGER IF EXISTS ao_truncate ON "{table}"'
                )
            else:
                for kind in _SQLITE_KINDS:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "ao_{kind}_{table}"')


def missing() -> list[str]:
    """Return the tables that lack a trigger; empty is the only good answer.

    A table that the next migration will make is none: otherwise that migration could not run.
    """
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE t.tgname IN ('ao_row', 'ao_truncate') AND t.tgenabled IN ('O', 'A')"
            )
            wanted = 2
        else:
            cursor.execute(
                "SELECT tbl_name FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'ao\\_%%' ESCAPE '\\'"
            )
            wanted = len(_SQLITE_KINDS)
        found = [row[0] for row in cursor.fetchall()]
    tables = present.intersection(model._meta.db_table for model in _protected_models())
    return sorted(table for table in tables if found.count(table) < wanted)
