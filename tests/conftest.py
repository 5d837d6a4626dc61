"""What every test needs: a migrated database, append-only tables that survive the flush, a key.

Three things keep the suite quick without testing less:

- **The database** is migrated once per state of the migrations. Migrating takes longer than two
  hundred tests, so on SQLite the migrated file is kept in `var/migrated` under the digest of all
  migrations, and each worker begins with a copy. The copy carries no triggers: Django's `migrate`
  runs on it as on any other database, and its `post_migrate` installs them as the code has them
  now. PostgreSQL migrates anew in every run.
- **Templates** are rendered as in an installation. Django's test mode would keep a copy of the
  context of each of some twenty parts of a page; tests here read the page itself.
- **Garbage**: what is imported stays, so the collector need not look through it over and over.
"""

import fcntl
import gc
import hashlib
import shutil
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template import Template
from django.test import TestCase, TransactionTestCase
from django.test.utils import _TestState

from proposals.history import journal, keys, triggers

_cases: Any = TransactionTestCase  # the stubs of Django do not know the hook
_original_teardown = _cases._fixture_teardown


def _teardown(case: TransactionTestCase) -> None:
    """Lift the triggers for the flush, then put the triggers and the journal's head back.

    Replaced on the class itself, since LiveServerTestCase inherits from it and pytest-django
    builds a subclass of its own for `transaction=True`.
    """
    if isinstance(case, TestCase):
        _original_teardown(case)
        return
    triggers.remove()
    try:
        _original_teardown(case)
    finally:
        triggers.install()
        journal.ensure_head()


_cases._fixture_teardown = _teardown


def pytest_collection_finish() -> None:
    """Take what is loaded out of the collector's rounds."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def signing_key() -> None:
    """Make the key that signs the journal of this run."""
    keys.make_key(Path(settings.SIGNING_KEY_FILE))


@pytest.fixture(scope="session", autouse=True)
def plain_templates(django_test_environment: None) -> None:
    """Render templates without Django's record of every context."""
    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> bool:
    """Lay a migrated database ready on SQLite, for pytest-django to keep what it finds."""
    if connection.vendor != "sqlite":
        return False
    place = settings.VAR_DIR / "migrated"
    place.mkdir(parents=True, exist_ok=True)
    kept = place / f"{_digest_of_migrations()}.sqlite3"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other worker waits for the one that migrates
        if not kept.exists():
            for outdated in place.glob("*.sqlite3*"):
                outdated.unlink()
            with django_db_blocker.unblock():
                _migrate_into(kept)
        shutil.copyfile(kept, _empty(Path(connection.settings_dict["TEST"]["NAME"])))
    return True


def _digest_of_migrations() -> str:
    """Return the SHA-256 of the migrations of all apps and of Django's version, in hex."""
    found = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            found.update(f"{app.label} {file.name}\n".encode() + file.read_bytes())
    return found.hexdigest()


def _migrate_into(kept: Path) -> None:
    """Migrate a new file and keep it without its triggers, whole or not at all."""
    ordinary, made = connection.settings_dict["NAME"], _empty(kept.with_suffix(".sqlite3.made"))
    connection.close()
    connection.settings_dict["NAME"] = str(made)
    try:
        call_command("migrate", verbosity=0, run_syncdb=True)
        triggers.remove()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # takes the log into the file
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ordinary
    made.rename(kept)


def _empty(file: Path) -> Path:
    """Remove a database with its log; return its path."""
    for part in ("", "-wal", "-shm", "-journal"):
        file.with_name(f"{file.name}{part}").unlink(missing_ok=True)
    return file
