"""The Word output against docxtpl: same template, same data, same run, in turns.

docxtpl is given our own filters and our own paragraphs for formatted text, which it has none for;
so the ratio is that of the two renderers. It neither parses its result nor looks for lost text.
"""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from typing import Any

import docxtpl
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from proposals.documents import filters, package
from proposals.documents.context import ProposalContext
from proposals.documents.render import forget, render
from proposals.documents.resources import Resources
from proposals.documents.richtext import RichText
from proposals.documents.template import Template, compile_template
from tests.documents.samples import TEMPLATES, sample

from .measuring import at_least, at_most, heading, rows
from .word_memory import MANY, NEUTRAL, with_costs
from .word_pack import PAPERS, fill_pack

ROUNDS = 40
FEW = 10
WITTMUND = TEMPLATES / "wittmund" / "beschlussvorlage.docx"


def run() -> None:
    """Print the ratio to docxtpl, growth, memory, and what a pack of papers asks the database."""
    _against_docxtpl()
    _growth()
    _memory()
    _pack()


def _against_docxtpl() -> None:
    source = WITTMUND.read_bytes()
    template, data = compile_template(source), sample()
    file = render(template, data)
    changed = {name: part for name, part in package.read(file).items() if name in template.filled}
    found = _in_turns(
        {
            "docxtpl": partial(_peer, source, template, data),
            "Vorlagenlauf": partial(render, template, data),
            "ohne gemerkte Texte": partial(_forgetful, template, data, parts=False),
            "ohne alles Gemerkte": partial(_forgetful, template, data, parts=True),
            "Grenze: geänderte Teile packen": lambda: [
                package.packed(name, [part], 3) for name, part in changed.items()
            ],
        }
    )
    peer = found["docxtpl"]
    heading(f"Dreiseitige Vorlage aus Wittmund ({len(file) / 1024:.0f} KB), CPU-Zeit")
    rows(
        ("", "ms", "mal docxtpl"),
        *((words, f"{ms:.2f}", f"{peer / ms:.1f}") for words, ms in found.items()),
    )
    at_least("word_vs_docxtpl", peer / found["Vorlagenlauf"], 30)
    at_least("word_vs_docxtpl_without_cache", peer / found["ohne gemerkte Texte"], 18)


def _forgetful(template: Template, data: ProposalContext, *, parts: bool) -> bytes:
    """Fill the template as if nothing had been made before."""
    forget(parts=parts)
    return render(template, data)


def _in_turns(acts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median milliseconds of each act; they take turns, so all see the same machine."""
    taken: dict[str, list[float]] = {words: [] for words in acts}
    for number in range(ROUNDS + 1):
        for words, act in acts.items():
            act()  # what ran before has emptied the processor's caches, or ours
            started = time.process_time()
            act()
            if number:
                taken[words].append((time.process_time() - started) * 1000)
    return {words: median(times) for words, times in taken.items()}


def _peer(source: bytes, template: Template, data: ProposalContext) -> bytes:
    """Fill the template with docxtpl, with everything that makes its result the same."""
    document = docxtpl.DocxTemplate(io.BytesIO(source))
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.filters.update(filters.OWN)
    resources = Resources(template.house)
    values = {key: _ready(item, key, template, resources) for key, item in data.items()}
    document.render(values, environment, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ready(value: Any, path: str, template: Template, resources: Resources) -> Any:
    if isinstance(value, str) and path in template.rich:
        # made by our own package
        return Markup(RichText(value, resources).paragraphs().xml)  # noqa: S704
    if isinstance(value, Mapping):
        return {k: _ready(v, f"{path}.{k}", template, resources) for k, v in value.items()}
    if isinstance(value, list):
        return [_ready(item, path, template, resources) for item in value]
    return value


def _growth() -> None:
    template = compile_template(NEUTRAL.read_bytes())
    few, many = with_costs(FEW), with_costs(MANY)
    found = _in_turns(
        {
            f"{FEW}": partial(render, template, few),
            f"{MANY}": partial(render, template, many),
            f"{FEW}, ohne alles Gemerkte": partial(_forgetful, template, few, parts=True),
            f"{MANY}, ohne alles Gemerkte": partial(_forgetful, template, many, parts=True),
        }
    )
    heading("Kostenpositionen, CPU-Zeit")
    rows(("", "ms"), *((words, f"{ms:.1f}") for words, ms in found.items()))
    quick, large, slow, largest = found.values()
    at_most("word_rows_1000_vs_10", large / quick, 15)
    at_most("word_rows_1000_vs_10_without_cache", largest / slow, 15)


def _memory() -> None:
    """Measure in a process of its own, which has done nothing else."""
    found = subprocess.run(
        [sys.executable, "-m", "bench.word_memory"], check=True, capture_output=True, text=True
    )
    heading(f"Speicher über dem Grundbedarf, {MANY} Kostenpositionen, 50 Dokumente")
    at_most("word_memory_mb", float(found.stdout), 12)


def _pack() -> None:
    taken = fill_pack()
    heading(f"Sitzungsmappe mit {PAPERS} Vorlagen, ohne Druck ({taken.ms:.0f} ms)")
    at_most("word_queries_a_paper", taken.statements / PAPERS, 6)
