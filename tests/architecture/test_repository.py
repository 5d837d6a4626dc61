"""What the repository must not hold, and lock files that fit what they lock."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .source import ROOT, files, place

# put together, so that this file does not hold what it looks for
PRIVATE_PLACE = re.compile(
    r"(?:^|[^\w.])/(?:" + "|".join(["home", "root", "Users", "work", "farm"]) + r")/"
    r"|(?:\.\./)+" + "shared" + r"\b|/opt/" + "pypi"
)
REGISTRY = re.compile(
    "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npm"])
)
TEXTS = files(
    *(".cfg", ".css", ".html", ".js", ".json", ".lock", ".md", ".py", ".rst", ".sh", ".svg"),
    *(".toml", ".txt", ".xml", ".yaml", ".yml", ""),
)


@pytest.mark.parametrize(
    "pattern", [PRIVATE_PLACE, REGISTRY], ids=["place on one machine", "package registry"]
)
def test_no_file_names_a_place_that_others_do_not_have(pattern: re.Pattern[str]) -> None:
    found = [
        place(path, number)
        for path in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def locked(name: str) -> dict[str, str]:
    """Return the versions in a lock file by package name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = (line.partition(" ")[0].partition("==") for line in lines if line[:1].isalnum())
    return {canonicalize_name(package): version for package, _, version in pins}


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", []), ("requirements-dev.lock", ["dev"])]
)
def test_the_lock_files_hold_what_pyproject_asks_for(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for group in groups:
        wanted += project["optional-dependencies"][group]
    versions = locked(lock)

    unmet = [
        text
        for text in wanted
        for requirement in [Requirement(text)]
        if versions.get(canonicalize_name(requirement.name), "0") not in requirement.specifier
    ]

    assert unmet == [], "run make lock"


def test_tests_run_with_the_versions_of_an_installation() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_npm_packages_are_known_by_hash_and_not_by_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
