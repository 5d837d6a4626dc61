"""What an operator types, and the German sentences it is answered with."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from proposals.documents.checks import text_of
from proposals.models import Outbox
from proposals.rules.consultation import Outcome
from tests import factories as f


@pytest.fixture
def house(db: None) -> f.House:
    return f.make_house()


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_run_due_says_what_it_made_and_then_has_nothing_to_do(house: f.House) -> None:
    proposal = f.make_proposal(house, at="in_route")
    lines = said("run_due").splitlines()
    assert lines[0].endswith(f": Landkreis Muster, {proposal}, Fassung 1 (intern, öffentlich)")
    assert lines[1:] == ["Aufträge erledigt: 1"]
    assert said("run_due") == "Es war nichts zu tun.\n"


def test_run_due_ends_with_an_error_where_something_failed(
    house: f.House, tmp_path: Path, settings: Any
) -> None:
    f.make_proposal(house, at="in_route")
    settings.DOCX_TEMPLATES_DIR = tmp_path
    out = StringIO()
    with pytest.raises(CommandError, match="Gescheitert: 1 von 1 Aufträgen") as failed:
        call_command("run_due", stdout=out, stderr=out)
    assert failed.value.returncode == 1
    sentence = "neutral/vorlage.docx: Die Word-Vorlage lässt sich nicht lesen."
    assert f"Versuch 1: {sentence}" in out.getvalue()
    assert Outbox.objects.get().failures == 1


def test_render_writes_the_public_copy_unless_told_otherwise(
    house: f.House, tmp_path: Path
) -> None:
    proposal = f.make_proposal(house, at="in_route")
    f.treat(house, f.station(proposal, "main"), Outcome.NOT_RECOMMENDED)
    path, number = tmp_path / "a.docx", str(proposal.number)
    assert number in said("render", "muster", number, "--output", str(path))
    assert "nicht empfohlen" not in text_of(path.read_bytes())
    said("render", "muster", number, "--version", "1", "--audience", "internal", f"--output={path}")
    assert "nicht empfohlen" in text_of(path.read_bytes())


def test_render_refuses_in_german(house: f.House, tmp_path: Path) -> None:
    number = str(f.make_proposal(house, at="in_route").number)
    secret = str(f.make_proposal(house, at="in_route", public=False).number)
    (tmp_path / "file").touch()
    for arguments, sentence in (
        (("fremd", number, "--output=x"), "Eine Kommune „fremd“ mit Vorlagen"),
        (("muster", "1/1", "--output=x"), "keine Vorlage 1/1"),
        (("muster", number, "--version=3", "--output=x"), "keine Fassung 3"),
        (("muster", secret, "--output=x"), "nichtöffentlich; es gibt keine öffentliche Ausgabe"),
        (("muster", number, f"--output={tmp_path}/no/a"), "Ordner, den es nicht gibt"),
        (("muster", number, f"--output={tmp_path}"), "ist ein Ordner"),
        (("muster", number, f"--output={tmp_path}/file/a"), "liegt in keinem Ordner"),
    ):
        with pytest.raises(CommandError, match=sentence):
            said("render", *arguments)


def test_a_signing_key_is_made_once(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "new" / "signing.key"
    settings.SIGNING_KEY_FILE = path
    assert said("make_signing_key").startswith(f"Schlüssel angelegt: {path}")
    made = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o400
    assert "nichts geändert" in said("make_signing_key")
    assert path.read_bytes() == made
    settings.SIGNING_KEY_FILE = path / "below-a-file"
    with pytest.raises(CommandError, match="liegt in keinem Ordner"):
        said("make_signing_key")
