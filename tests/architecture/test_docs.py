"""What the documents claim about the code, as far as a machine can tell."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import get_commands

from proposals.documents import context, filters, sandbox
from proposals.history.journal import GENESIS, link, signed_bytes
from proposals.rules.shorthand import HELP

from .source import ROOT, files, modules, place

DOCUMENTS = files(".md")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
CITED = re.compile(r"\b(practice|domain|labels|workflow|record)\.md (\d+(?:\.\d+)?)")
README_LINES, ADR_LINES = 150, 40


def text(path: str) -> str:
    """Return a file of the project, named from its root."""
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_link_leads_to_a_file() -> None:
    dead = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert dead == []


def test_what_must_stay_short_is_short() -> None:
    assert len(text("README.md").splitlines()) <= README_LINES
    decisions = files(".md", below="docs/explanation/adr")
    long = [path.name for path in decisions if len(path.read_text().splitlines()) > ADR_LINES]
    assert long == []
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_section_that_the_code_cites_exists() -> None:
    missing = [
        f"{place(path, number)}: {name}.md {section}"
        for path in [*modules(tests=True), *files(".toml", below="proposals")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for name, section in CITED.findall(line)
        if not re.search(rf"^## {re.escape(section)} ", _explained(name), re.MULTILINE)
    ]
    assert missing == []


def _explained(name: str) -> str:
    path = ROOT / "docs" / "explanation" / f"{name}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("document", ["README.md", "docs/how-to/install-production.md"])
def test_the_settings_are_those_that_are_read(document: str) -> None:
    variable = re.compile(r"\b(VORLAGENLAUF_[A-Z_]+|DATABASE_URL)\b")
    read = set(variable.findall(text("config/settings.py"))) | {"DATABASE_URL"}
    rows = [line for line in text(document).splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in variable.findall(row)} == read


def test_commands_and_targets_are_those_that_exist() -> None:
    document = text("docs/reference/commands.md")
    ours = {name for name, app in get_commands().items() if app in ("proposals", "workflows")}
    commands, _, make = document.partition("\n## make\n")
    assert set(re.findall(r"^\| `(\w+)(?: [^`]*)?` \|", commands, re.MULTILINE)) == ours
    targets = set(re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", make, re.MULTILINE)) == targets


def _fields(context_type: Any) -> Iterator[str]:
    for name, hint in (context.fields(context_type) or {}).items():
        yield name
        inner = context.bare(hint)
        yield from _fields(context.item_type(inner) or inner)


def test_fields_and_filters_of_word_templates_are_those_that_exist() -> None:
    document = text("docs/how-to/edit-word-template.md")
    table = document.partition("## Felder")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(_fields(context.ProposalContext))
    table = document.partition("## Filter")[2].partition("\n## ")[0]
    own = {"euro", "datum", "zahl", "kreuz"}
    assert all(hasattr(filters, name) for name in own)
    known = sandbox.sandbox().filters.keys() - {"absaetze"}  # written by the compiler alone
    assert set(re.findall(r"`([a-z]+)`", table)) == known


def test_the_journal_example_is_what_the_code_computes() -> None:
    block = text("docs/reference/journal-format.md").partition("```text\n")[2].partition("```")[0]
    given = dict(re.split(r" {2,}", line, maxsplit=1) for line in block.splitlines())
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(given["private key"]))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signed = signed_bytes(1, given["chain 1"])
    assert given == {
        **given,
        "public key": public.hex(),
        "kid": _sha256(public)[:16],
        "chain 0": GENESIS,
        "row digest": _sha256(given["row"].encode()),
        "reason digest": _sha256((given["salt"] + given["reason"]).encode()),
        "leaf": _sha256(b"\x00" + given["body"].encode()),
        "chain 1": link(GENESIS, given["body"]),
        "signed": signed.hex(),
        "signature": key.sign(signed).hex(),
    }
    for part in ("kid", "row digest", "reason digest"):
        assert f'"{given[part]}"' in given["body"]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_abbreviations_of_the_run_sheet_are_those_that_are_read() -> None:
    document = text("docs/handbuch/sitzung-durchfuehren.md")
    table = document.partition("## Kürzel")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `(.+?)` \| (.+) \|$", table, re.MULTILINE)) == HELP
