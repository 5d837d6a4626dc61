"""The neutral first pages of a Sitzungsmappe: which meeting, which items, which papers."""

from layout import (
    LINE,
    TAB,
    Row,
    cell,
    number,
    paragraph,
    running_line,
    steer,
    table,
    text,
    written,
)

_WIDTHS = (1_300, LINE - 1_300 - 2_600, 2_600)


def build() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph("{{ art }}", style="Heading1"),
            paragraph(text("{{ gremium }}", bold=True), style="VorlageBetreff"),
            paragraph(
                "{{ sitzung }} am {{ datum|datum }}{% if ort %}, {{ ort }}{% endif %}",
                style="VorlageText",
            ),
            paragraph("Inhalt", style="Heading2"),
            _contents(),
            paragraph(),
        ],
        first_head=[running_line(text("{{ kommune }}", bold=True), style="Header", rule="bottom")],
        head=[running_line("{{ art }}", TAB, TAB, "{{ betreff }}", style="Header")],
        foot=[
            running_line(
                *("{{ art }}", TAB, "{% if intern %}Interne Ausfertigung{% endif %}", TAB),
                *("Seite ", number("PAGE"), " von ", number("NUMPAGES")),
                style="Footer",
            )
        ],
    )


def _contents() -> str:
    return table(
        _WIDTHS,
        [
            Row([cell(words, bold=True) for words in ("TOP", "Gegenstand", "Vorlage")], head=True),
            steer("for punkt in punkte", 3),
            Row([cell("{{ punkt.top }}"), cell("{{ punkt.titel }}"), cell("{{ punkt.vorlage }}")]),
            steer("for anlage in punkt.anlagen", 3),
            Row(
                [
                    cell(""),
                    cell(
                        "Anlage {{ anlage.nummer }}: {{ anlage.titel }}"
                        "{% if anlage.hinweis %} ({{ anlage.hinweis }}){% endif %}"
                    ),
                    cell(""),
                ]
            ),
            steer("endfor", 3),
            steer("endfor", 3),
        ],
        caption="Inhalt der Sitzungsmappe",
        description="Tagesordnungspunkte mit ihren Vorlagen und Anlagen",
    )
