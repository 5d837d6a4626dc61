"""Measure on a temporary SQLite database; `make bench` runs it, BENCH=word a part of it.

Absolute times belong to the machine. Figures worth quoting are counts of statements and ratios to
a peer of the same run.
"""

import os
import platform
import sqlite3
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Prepare an empty installation, run each benchmark, leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="vorlagenlauf-bench-") as place:
        prepare(Path(place))
        from django.db import connection

        from . import evening, measuring, pages, rendering, steps, word

        print(
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
            f"{os.cpu_count()} Kerne; Zeiten sind Mediane und gelten nur für diesen Rechner."
        )
        parts = {
            "steps": steps.run,
            "evening": evening.run,
            "rendering": rendering.run,
            "word": word.run,
            "pages": pages.run,
        }
        for name in sys.argv[1:] or parts:
            parts[name]()
        connection.close()
        if measuring.missed:
            sys.exit(f"Verfehlt: {', '.join(measuring.missed)}")


def prepare(place: Path) -> None:
    """Set up Django in test mode (quick password hashes) with everything below `place`."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VORLAGENLAUF_TEST": "1",
        "VORLAGENLAUF_VAR": str(place),
        "VORLAGENLAUF_FILES": str(place / "files"),
        "VORLAGENLAUF_SIGNING_KEY_FILE": str(place / "journal-signing.key"),
        "DATABASE_URL": f"sqlite:///{place / 'bench.sqlite3'}",
    }
    (place / "static").mkdir()

    import django

    django.setup()
    from django.core.management import call_command

    from proposals.history.keys import make_key

    make_key(place / "journal-signing.key")
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
