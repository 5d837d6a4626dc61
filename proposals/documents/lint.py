"""Looks through a template before it is filled: unknown names, misspelt fields, forbidden acts.

The field names come from the context type (a TypedDict), so that a row that is empty today cannot
hide a spelling error until the evening before a meeting.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

from proposals.documents import context, filters
from proposals.documents.faults import TemplateFault
from proposals.documents.tags import Tag

# No calls, no macros, no imports, no `*`: nothing that runs code or grows without end.
_OUTER: Final = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_VALUES: Final = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Tuple, nodes.List)
_TESTS: Final = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr)
_SUMS: Final = (nodes.Add, nodes.Sub, nodes.Mod, nodes.Neg, nodes.Concat)
_ALLOWED: Final = (*_OUTER, *_VALUES, *_TESTS, *_SUMS, nodes.Filter, nodes.Test, nodes.Keyword)
_SAME_ITEMS: Final = ("selectattr", "rejectattr", "list")
_FILTERS: Final = (*filters.OWN, *filters.FROM_JINJA)
_MOST_LOOPS: Final = 4  # the deepest list of the minutes has three
_UNKNOWN: Final = object()

Scope = Mapping[str, Any]


def look_through(tree: nodes.Template, tags: Sequence[Tag], context_type: Any) -> frozenset[str]:
    """Return the names a part takes from the context. Raises TemplateFault naming the tag."""
    reader = _read(tree, tags, context_type)
    if reader.faults:
        raise TemplateFault(reader.faults[0])
    return frozenset(reader.used)


def all_faults(tree: nodes.Template, tags: Sequence[Tag], context_type: Any) -> list[str]:
    """Return a sentence for everything that `look_through` would refuse."""
    return list(dict.fromkeys(_read(tree, tags, context_type).faults))


def _read(tree: nodes.Template, tags: Sequence[Tag], context_type: Any) -> "_Reader":
    names = context.fields(context_type) or {}
    reader = _Reader(tags, names)
    reader.visit(tree, names)
    return reader


def written_at(tags: Sequence[Tag], line: int | None) -> str:
    """Return the tag on a line of the Jinja source, as its author wrote it."""
    return tags[min(max((line or 1) - 2, 0), len(tags) - 1)].written if tags else "die Vorlage"


class _Reader(NodeVisitor):
    def __init__(self, tags: Sequence[Tag], names: Scope) -> None:
        self.tags = tags
        self.names = names
        self.used: set[str] = set()
        self.faults: list[str] = []
        self.loops = 0

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(node, _ALLOWED):
            return self._refuse(node, "so etwas ist in einer Word-Vorlage nicht erlaubt")
        if isinstance(node, nodes.Expr):
            return self._type(node, args[0])
        return super().visit(node, *args, **kwargs)

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        for child in node.iter_child_nodes():
            self.visit(child, *args, **kwargs)

    def visit_Output(self, node: nodes.Output, scope: Scope) -> None:
        for child in node.nodes:
            hint = context.bare(self.visit(child, scope))
            if context.is_rich(hint):
                self._refuse(
                    child, "das ist formatierter Text; er braucht {{p … }} in eigenem Absatz"
                )
            elif context.item_type(hint) is not None or context.fields(hint) is not None:
                self._refuse(child, "das ist kein einzelner Wert, sondern eine Liste oder Gruppe")

    def visit_For(self, node: nodes.For, scope: Scope) -> None:
        listed = context.bare(self.visit(node.iter, scope))
        item = context.item_type(listed)
        if item is None and listed is not _UNKNOWN:
            self._refuse(node.iter, "das ist keine Liste")
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self._refuse(node, "so eine Schleife ist in einer Word-Vorlage nicht erlaubt")
            return
        if self.loops >= _MOST_LOOPS:
            self._refuse(node, f"mehr als {_MOST_LOOPS} Schleifen sind zu tief verschachtelt")
            return
        inner = {**scope, node.target.name: item or _UNKNOWN, "loop": _UNKNOWN}
        self.loops += 1
        for child in (*node.body, *([node.test] if node.test else [])):
            self.visit(child, inner)
        self.loops -= 1
        for child in node.else_:
            self.visit(child, scope)

    def _type(self, node: nodes.Expr, scope: Scope) -> Any:
        """Return the type of an expression, or _UNKNOWN; look into everything below it."""
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._field(node, node.attr, scope)
        if isinstance(node, nodes.Getitem):
            if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                return self._field(node, node.arg.value, scope)
            self.visit(node.arg, scope)
            return context.item_type(context.bare(self.visit(node.node, scope))) or _UNKNOWN
        if isinstance(node, nodes.Filter) and node.name not in (*_FILTERS, filters.PARAGRAPHS):
            self._refuse(node, f"Diesen Filter gibt es nicht{_near(node.name, _FILTERS)}")
        found = [self.visit(child, scope) for child in node.iter_child_nodes()]
        same = isinstance(node, nodes.Filter) and node.name in _SAME_ITEMS
        return found[0] if same and found else _UNKNOWN

    def _name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.name not in scope:
            return self._unknown(node, node.name, list(scope))
        if scope[node.name] is self.names.get(node.name):
            self.used.add(node.name)
        return scope[node.name]

    def _field(self, node: nodes.Getattr | nodes.Getitem, name: str, scope: Scope) -> Any:
        above = context.bare(self.visit(node.node, scope))
        if name.startswith("_"):
            return self._refuse(node, "Namen mit Unterstrich am Anfang sind nicht erlaubt")
        if above is _UNKNOWN:
            return _UNKNOWN
        known = context.fields(above) or {}
        if name not in known:
            return self._unknown(node, name, list(known))
        return known[name]

    def _unknown(self, node: nodes.Node, name: str, known: list[str]) -> Any:
        return self._refuse(node, f"„{name}“ gibt es nicht{_near(name, known)}")

    def _refuse(self, node: nodes.Node, why: str) -> Any:
        """Note what is wrong with a tag; what it stands for is unknown from here on."""
        self.faults.append(f"{written_at(self.tags, node.lineno)}: {why}.")
        return _UNKNOWN


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; gemeint ist wohl „{near[0]}“" if near else ""
