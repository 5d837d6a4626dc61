"""The project's own files, for tests that read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "proposals", "workflows")
MADE = {".git", ".venv", "node_modules", "var", "__pycache__"}


def files(*suffixes: str, below: str = ".") -> list[Path]:
    """Return the project's files with one of the suffixes (all without), in a stable order."""
    return sorted(path for path in _walk(ROOT / below) if not suffixes or path.suffix in suffixes)


def _walk(place: Path) -> Iterator[Path]:
    for path in place.iterdir():
        if path.name in MADE or path.name.endswith("_cache") or path.name == ".hypothesis":
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def modules(*, tests: bool = False) -> list[Path]:
    """Return our own modules without migrations; with the tests when asked."""
    packages = (*PACKAGES, "tests") if tests else PACKAGES
    return [
        path
        for package in packages
        for path in files(".py", below=package)
        if "migrations" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int) -> str:
    """Name a line of a file from the root on."""
    return f"{path.relative_to(ROOT)}:{line}"
