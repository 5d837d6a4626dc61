"""Fills a Word template: the one place where data and template meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from ..documents.faults import TemplateFault
from ..documents.render import render
from ..documents.template import compile_template, template_path


@dataclass(frozen=True)
class Rendered:
    """A finished Word file, the SHA-256 of its template, and the number printed in it."""

    data: bytes
    template_digest: str
    number: str = ""


def fill(house: str, document: str, context: Mapping[str, object], context_type: Any) -> Rendered:
    """Fill the house's template of a document; raises TemplateFault where that cannot be used."""
    path = template_path(Path(settings.DOCX_TEMPLATES_DIR), house, document)
    try:
        template = compile_template(path.read_bytes(), context_type)
        data = render(template, context)
    except TemplateFault as fault:
        raise TemplateFault(f"{path.parent.name}/{path.name}: {fault.message}") from fault
    except OSError as error:
        name = f"{path.parent.name}/{path.name}"
        raise TemplateFault(f"{name}: Die Word-Vorlage lässt sich nicht lesen.") from error
    return Rendered(data, template.digest, str(context.get("nummer", "")))
