"""The glossary says what the code says: models by their verbose name, closed lists by member."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from django.apps import apps
from django.db import models

from proposals import rules
from proposals.history.records import Stamped
from proposals.rules.words import Labelled

from .source import ROOT

ROW = re.compile(r"^\| (?P<german>[^|]+) \| `(?P<code>\w+)` \| (?P<note>[^|]+) \|$", re.MULTILINE)


def table(heading: str) -> dict[str, tuple[str, str]]:
    """Return (German term, note) by code of the table under a heading."""
    text = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = [(row["code"], (row["german"], row["note"])) for row in ROW.finditer(part)]
    assert found
    assert len(found) == len(dict(found)), "a code has two rows"
    return dict(found)


def own_models() -> list[type[models.Model]]:
    """Return our models without the history that simple-history makes of them."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in ("proposals", "workflows") and not issubclass(model, Stamped)
    ]


def closed_lists(base: type[Labelled] = Labelled) -> Iterator[type[Labelled]]:
    """Yield every closed list of German words."""
    for listed in base.__subclasses__():
        if listed.__module__.startswith(("proposals.", "workflows.")):
            yield listed
        yield from closed_lists(listed)


def test_every_model_stands_in_the_glossary_under_its_verbose_name() -> None:
    terms = {model.__name__: str(model._meta.verbose_name) for model in own_models()}
    assert {code: german for code, (german, _) in table("Facts and engine").items()} == terms


def test_docstrings_of_models_begin_with_the_german_term() -> None:
    begins = {
        model.__name__: (inspect.getdoc(model) or "").partition(":")[0].partition(" (")[0]
        for model in own_models()
    }
    assert begins == {model.__name__: model._meta.verbose_name for model in own_models()}


def test_every_member_of_every_closed_list_stands_in_the_glossary() -> None:
    for module in walk_packages(rules.__path__, f"{rules.__name__}."):
        import_module(module.name)  # a list that no model uses counts as well
    members = {
        listed.__name__: ", ".join(f"`{word.value}` {word.label}".strip() for word in listed)
        for listed in closed_lists()
    }
    assert {code: note for code, (_, note) in table("Closed lists").items()} == members
