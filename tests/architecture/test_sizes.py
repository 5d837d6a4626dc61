"""What no longer fits on a few screens wants a second name."""

import ast

from .source import files, modules, place, tree

MODULE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 120


def test_modules_stay_small() -> None:
    large = {
        place(path, count): count
        for path in modules(tests=True)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }
    assert large == {}


def test_functions_stay_small() -> None:
    large = [
        f"{place(path, node.lineno)} {node.name}"
        for path in modules(tests=True)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert large == []


def test_templates_stay_small() -> None:
    large = {
        place(path, count): count
        for path in files(".html")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > TEMPLATE_LINES
    }
    assert large == {}
