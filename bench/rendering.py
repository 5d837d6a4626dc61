"""What a Word document costs, beside python-docx opening and saving the same file."""

import io
from pathlib import Path

import docx

from proposals.documents.content import content, template_for
from proposals.documents.render import render
from proposals.documents.template import compile_template
from proposals.models import Audience, ProposalVersion
from proposals.services.documents import rendered

from .measuring import heading, measured, rows, times

ROUNDS = 50


def run() -> None:
    """Fill Wittmund's template with the played proposal, again and again."""
    versions = ProposalVersion.everything.select_related("proposal__municipality")
    version = versions.order_by("pk")[0]
    path = template_for(version.proposal)
    # a house that was made for the bench has no folder of templates
    own = path.parent.parent / "wittmund" / f"{version.proposal.kind}.docx"
    for words, source in (("neutral", path), ("Wittmund", own)):
        _measure(version, words, source)
    with measured() as whole:
        rendered(version, Audience.INTERNAL)
    print(f"  Anweisungen für Inhalt und Datei: {whole.statements}")


def _measure(version: ProposalVersion, words: str, source: Path) -> None:
    template = compile_template(source.read_bytes())
    data = content(version, audience=Audience.INTERNAL)
    file = render(template, data)
    content_ms = times(lambda: content(version, audience=Audience.INTERNAL), ROUNDS)
    render_ms = times(lambda: render(template, data), ROUNDS)
    peer_ms = times(lambda: docx.Document(io.BytesIO(file)).save(io.BytesIO()), ROUNDS)
    heading(f"Word-Datei, Vorlage {words} ({len(file) / 1024:.0f} KB)")
    rows(
        ("", "ms"),
        ("Inhalt lesen", f"{content_ms:.1f}"),
        ("Datei füllen", f"{render_ms:.1f}"),
        ("python-docx: öffnen und speichern", f"{peer_ms:.1f}"),
    )
    print(f"  ratio Füllen zu python-docx: {render_ms / peer_ms:.2f}")
