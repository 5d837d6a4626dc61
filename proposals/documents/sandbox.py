"""Where a template's tags are carried out: a sandbox without globals; text is escaped once."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any

import jinja2
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from proposals.documents import filters
from proposals.documents.faults import TemplateFault
from proposals.documents.richtext import RichText
from proposals.documents.tags import CLOSE, OPEN
from proposals.documents.wml import Wml, escaped, legal, with_breaks

PRINTED: ContextVar[list[str] | None] = ContextVar("printed", default=None)
"""What the tags of a part have printed, in their order; the finished part is searched for it."""

# whatever needs escaping, a line break of Word, or leaving out
_ODD = re.compile("[\x00-\x1f\x7f-\x9f&<>\"'\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("[\n\t\x85]")
_OF_LOOP = frozenset({"first", "last", "index"})


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without globals; `%` is for numbers only: on text it is a format of any width."""

    intercepted_binops = frozenset({"%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of the data by its name; only what is none may be an attribute."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if type(obj) is LoopContext and attribute in _OF_LOOP:
            return getattr(obj, attribute)  # asked in every row of long tables
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out a remainder. Raises TemplateFault for anything but whole numbers."""
        if not (type(left) is int and type(right) is int and right):
            raise TemplateFault("Das Zeichen % rechnet in einer Vorlage nur mit ganzen Zahlen.")
        return left % right


def sandbox() -> Sandbox:
    """Return the environment in which all templates are compiled and filled."""
    environment = Sandbox(
        block_start_string=f"{OPEN}%",
        block_end_string=f"%{CLOSE}",
        variable_start_string=f"{OPEN}{{",
        variable_end_string=f"}}{CLOSE}",
        comment_start_string=f"{OPEN}#",
        comment_end_string=f"#{CLOSE}",
        autoescape=False,  # `_printed` escapes whatever a tag prints
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
    )
    environment.globals.clear()
    environment.filters = {
        **{name: environment.filters[name] for name in filters.FROM_JINJA},
        **filters.OWN,
        filters.PARAGRAPHS: _paragraphs,
    }
    return environment


def _printed(value: Any) -> str:
    """Return what a tag prints. What is still text is escaped here, once; None prints nothing."""
    if type(value) is str and _ODD.search(value) is None:
        if (printed := PRINTED.get()) is not None:
            printed.append(value)
        return value  # nothing in it needs escaping
    if isinstance(value, Wml):
        _note(value.words)
        return value.xml
    if isinstance(value, RichText | Mapping | list | tuple):
        raise TemplateFault("Hier steht kein einzelner Wert (formatierter Text braucht {{p … }}).")
    if value is None:
        return ""
    if isinstance(value, bool):
        value = "ja" if value else "nein"
    elif isinstance(value, date):
        value = filters.datum(value)
    elif isinstance(value, Decimal):
        value = filters.zahl(value)
    text = legal(str(escape(str.__str__(str(value)))))
    _note(Markup(_BREAKS.sub("", text)).unescape())  # noqa: S704  # escaped above
    return with_breaks(text)


def _note(words: str) -> None:
    printed = PRINTED.get()
    if printed is not None:
        printed.append(words)


def _paragraphs(value: Any, style: str = "", keep_next: bool = False) -> Wml:
    """Make paragraphs in the style of the paragraph that held the tag."""
    if isinstance(value, RichText):
        return value.paragraphs(style, keep_next=keep_next)
    if not isinstance(value, str):
        raise TemplateFault("{{p … }} braucht einen Text.")
    kept = "<w:keepNext/>" if keep_next else ""
    look = f'<w:pPr><w:pStyle w:val="{escaped(style)}"/>{kept}</w:pPr>' if style else ""
    lines = [line for line in re.split(r"\n+", legal(value).strip()) if line]
    written = (
        f'<w:p>{look}<w:r><w:t xml:space="preserve">{with_breaks(escaped(line))}</w:t></w:r></w:p>'
        for line in lines
    )
    return Wml("".join(written), _BREAKS.sub("", "".join(lines)))
