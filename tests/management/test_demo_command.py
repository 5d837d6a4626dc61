"""The command that loads the demonstration: what it says, and that a second run is harmless."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from tests.census import census, changes
from workflows.management.commands import demo


def said() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_a_second_run_changes_nothing(db: None) -> None:
    with patch.object(demo, "SLUGS", ("wedel",)):
        first, before = said(), census()
        assert "Stadt Wedel: schon geladen" in said()
    assert changes(before) == {}
    assert "MV/2022/009" in first
    assert "/durchfuehren/" in first.partition("Sitzungen, die bereitliegen")[2]
    assert "wedel.sitzungsdienst" in first.partition("Kennwort für alle")[2]


def test_it_runs_in_demo_mode_only(db: None, settings: object) -> None:
    with patch.multiple(settings, DEMO=False, TEST=False), pytest.raises(CommandError):
        said()
