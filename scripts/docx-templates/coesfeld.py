"""The Sitzungsvorlage of the Kreis Coesfeld: Beschlussvorschlag, then a Begründung from I. to V.

The same form serves for a paper issued anew with the suffix /1: its data marks the changes.
"""

import neutral
import outcomes
from layout import (
    LINE,
    TAB,
    Row,
    cell,
    draft_mark,
    foot,
    paragraph,
    running_line,
    table,
    text,
    written,
)
from styles import Look

_NUMBER = "{% if entwurf %}Entwurf{% else %}{{ nummer }}{% endif %}"


def build() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph("{{ art }} " + _NUMBER, style="Heading1"),
            paragraph("{{ oeffentlichkeit }}", style="VorlageText"),
            _identity(),
            _references(),
            *neutral.route(),
            *neutral.sections(":"),
            *neutral.staff(),
            *neutral.funding(),
            *neutral.deadlines(),
            *neutral.signature(),
            *neutral.attachments(),
            *outcomes.results(),
        ],
        first_head=[
            running_line(text("{{ kommune }}", bold=True), style="Header"),
            running_line("{{ verwaltungsleitung }}", style="Header", rule="bottom"),
            *draft_mark(),
        ],
        head=[
            running_line("{{ kommune }}", TAB, TAB, "{{ art }} " + _NUMBER, style="Header"),
            *draft_mark(),
        ],
        foot=foot(),
        look=Look(justified=True),
    )


def _identity() -> str:
    plain = (
        ("Abteilung", "{{ federfuehrung }}"),
        ("Datum", "{{ datum|datum }}"),
    )
    rows = [Row([cell("Betreff", bold=True), _value(text("{{ betreff }}", bold=True))])]
    rows += [Row([cell(name, bold=True), _value(value)]) for name, value in plain]
    return table(
        (2_200, LINE - 2_200),
        rows,
        caption="Angaben zur Vorlage",
        description="Betreff, Abteilung und Datum",
    )


def _references() -> str:
    return paragraph(
        "{% if aktenzeichen %}Aktenzeichen: {{ aktenzeichen }}{% endif %}"
        "{% if aktenzeichen and bezug %}; {% endif %}{{ bezug }}",
        style="VorlageVermerk",
        look='<w:spacing w:before="60" w:after="120"/>',
    )


def _value(words: str) -> str:
    return paragraph(words, style="VorlageFeldwert", look='<w:spacing w:before="50" w:after="50"/>')
