"""Ways to the database that go past the locks, the history or the guard."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .source import ROOT, modules, place, tree

# the unguarded manager belongs to what acts for the house, not for a person who asks
UNGUARDED = (
    "proposals/history",
    "proposals/models",
    "proposals/record",
    "proposals/services",
    "workflows",
)
PAST_THE_HISTORY = {"raw", "_raw_delete", "skip_history_when_saving"}


def names_used(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each attribute's and keyword's name with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.value.lineno


def test_locks_leave_foreign_keys_to_others() -> None:
    """A plain FOR UPDATE deadlocks with the journal's head at COMMIT on PostgreSQL."""
    plain = [
        place(path, node.lineno)
        for path in modules(tests=True)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and not any(
            keyword.arg == "no_key"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is True
            for keyword in node.keywords
        )
    ]
    assert plain == [], "select_for_update() without no_key=True"


def test_only_use_cases_and_what_lies_below_read_unguarded() -> None:
    strays = [
        place(path, line)
        for path in modules()
        if not path.relative_to(ROOT).as_posix().startswith(UNGUARDED)
        for name, line in names_used(path)
        if name == "everything"
    ]
    assert strays == [], "`everything` where `objects.visible_to(user)` belongs"


def test_nothing_writes_past_the_history() -> None:
    strays = [
        place(path, line)
        for path in modules()
        for name, line in names_used(path)
        if name in PAST_THE_HISTORY
    ]
    assert strays == []
