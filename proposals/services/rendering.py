"""Fills a Word template: the one place where data and template meet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from ..documents import store
from ..documents.complete import refuse_losses
from ..documents.faults import TemplateFault
from ..documents.render import render
from ..documents.template import Template, compile_template, template_path
from ..models import TemplateInForce


@dataclass(frozen=True)
class Rendered:
    """A finished Word file, the SHA-256 of its template, and the number printed in it."""

    data: bytes
    template_digest: str
    number: str = ""


@dataclass(frozen=True)
class Source:
    """The bytes of a Word template, and the name under which people know it."""

    name: str
    data: bytes


def source_of(house: str, document: str) -> Source:
    """Return what makes a house's documents of a kind: its own upload, its folder, the neutral one.

    Raises TemplateFault where the file cannot be read; another one never takes its place silently.
    """
    rows = TemplateInForce.objects.filter(municipality__slug=house, document=document)
    uploaded = rows.values_list("template__digest", "template__number").first()
    path = template_path(Path(settings.DOCX_TEMPLATES_DIR), house, document)
    name = (
        f"{document}.docx, Version {uploaded[1]}" if uploaded else f"{path.parent.name}/{path.name}"
    )
    try:
        return Source(name, store.get(uploaded[0]) if uploaded else path.read_bytes())
    except (OSError, ValueError) as error:
        raise TemplateFault(f"{name}: Die Word-Vorlage lässt sich nicht lesen.") from error


Sources = Callable[[str, str], Source]
"""What finds the template of a house for a document: `source_of`, or one that remembers."""


def fill(
    house: str,
    document: str,
    context: Mapping[str, object],
    context_type: Any,
    sources: Sources = source_of,
) -> Rendered:
    """Fill the house's template of a document; raises TemplateFault where that cannot be used."""
    return _filled(sources(house, document), context, context_type)[0]


def fill_whole(
    house: str, document: str, context: Mapping[str, object], context_type: Any
) -> Rendered:
    """Fill a template as `fill` does, and refuse a document in which a text of the data is missing.

    Raises TemplateFault with the place of the data and the text that was lost.
    """
    made, template = _filled(source_of(house, document), context, context_type)
    refuse_losses(made.data, template, context, context_type)
    return made


def _filled(
    source: Source, context: Mapping[str, object], context_type: Any
) -> tuple[Rendered, Template]:
    try:
        template = compile_template(source.data, context_type)
        data = render(template, context)
    except TemplateFault as fault:
        raise TemplateFault(f"{source.name}: {fault.message}") from fault
    return Rendered(data, template.digest, str(context.get("nummer", ""))), template
