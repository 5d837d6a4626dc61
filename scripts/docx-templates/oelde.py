"""The sheet "Beschlusstext nach Beratung" of the Stadt Oelde: one page, the wording in quotes."""

from layout import (
    LINE,
    TAB,
    Row,
    cell,
    number,
    paragraph,
    reservation,
    running_line,
    table,
    tag,
    text,
    written,
)
from styles import Look

_PAGES = ("Seite ", number("PAGE"), " von ", number("NUMPAGES"))


def sheet() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph("{{ art }}", style="Heading1", look='<w:spacing w:after="240"/>'),
            table(
                (1_800, LINE - 1_800),
                [
                    Row([cell("Betreff:", bold=True), cell(text("{{ betreff }}", bold=True))]),
                    Row([cell("Vorlage:", bold=True), cell("{{ nummer }}")]),
                ],
                caption="Angaben zur Vorlage",
                description="Betreff und Nummer der Vorlage",
                bordered=False,
                flush=True,
            ),
            paragraph("{{ titel }}:", style="Heading2"),
            paragraph("{{p text }}", style="VorlageBeschluss", keep=True),
            paragraph(
                "Beraten am {{ datum|datum }} ({{ gremium }})",
                style="VorlageText",
                look='<w:keepNext/><w:spacing w:before="240" w:after="120"/>',
            ),
            tag("if abstimmung"),
            paragraph(
                text("Abstimmungsergebnis: ", bold=True), "{{ abstimmung }}", style="VorlageText"
            ),
            tag("endif"),
            *reservation(),
        ],
        first_head=[running_line(text("{{ kommune }}", bold=True), style="Header", rule="bottom")],
        head=[running_line("{{ art }}", TAB, TAB, "{{ nummer }}", style="Header")],
        foot=[running_line(TAB, "{{ kommune }}", TAB, *_PAGES, style="Footer")],
        look=Look(justified=True),
    )
