"""The settings of an installation, in test mode: for pytest and for the types of Django."""

import os
from pathlib import Path

# config.settings decides by these, so they stand before the import
os.environ["VORLAGENLAUF_TEST"] = "1"
_var = Path(os.environ.get("VORLAGENLAUF_VAR") or Path(__file__).parent.parent / "var")
_place = _var / "test" / os.environ.get("PYTEST_XDIST_WORKER", "")
_place.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("VORLAGENLAUF_FILES", str(_place / "files"))
os.environ.setdefault("VORLAGENLAUF_SIGNING_KEY_FILE", str(_place / "journal-signing.key"))

from config.settings import *  # noqa: E402, F403  # the whole of it, after the mode is set
from config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file as in an installation: one in memory knows neither WAL nor a second process
    DATABASES["default"]["TEST"] = {"NAME": str(_place / "tests.sqlite3")}
