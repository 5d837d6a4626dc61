"""What became of a Vorlage, behind its signature: wordings, the decision, and the votes."""

from blocks import RESULTS, VOTES, block, rows_of
from layout import paragraph, reservation, tag


def results() -> list[str]:
    """Return what became of the Vorlage; the head of the administration has not signed that."""
    return block(
        RESULTS,
        "Ergebnisse der Beratung",
        *recommendations(),
        *decision(),
        *votes(),
        *reservation(),
    )


def recommendations() -> list[str]:
    """Return the wordings that committees recommend instead; nothing where there are none."""
    return [
        tag("for empfehlung in empfehlungen"),
        paragraph("{{ empfehlung.titel }}:", style="Heading3"),
        paragraph("{{p empfehlung.text }}", style="VorlageText"),
        tag("endfor"),
    ]


def decision() -> list[str]:
    """Return the wording that was decided; nothing before that."""
    return [
        tag("if beschluss"),
        paragraph(
            "Beschluss ({{ beschluss.gremium }}{% if beschluss.datum %}, "
            "{{ beschluss.datum|datum }}{% endif %}):",
            style="Heading3",
        ),
        paragraph("{{p beschluss.text }}", style="VorlageText"),
        tag("endif"),
    ]


def votes(*, apart: bool = False) -> list[str]:
    """Return the vote table of the bodies that have met; nothing before that.

    `apart` gives it a heading even where nothing else became of the Vorlage.
    """
    heads = ("Gremium", "Datum", "Ergebnis", "Ja", "Nein", "Enth.")
    words = (
        *("{{ zeile.gremium }}", "{{ zeile.datum|datum }}", "{{ zeile.ergebnis }}"),
        *("{{ zeile.ja }}", "{{ zeile.nein }}", "{{ zeile.enthaltung }}"),
    )
    heading = paragraph("Abstimmungsergebnisse:", style="Heading3")
    among_others = [tag("if empfehlungen or beschluss"), heading, tag("endif")]
    return [
        tag(f"if {VOTES}"),
        *([heading] if apart else among_others),
        rows_of(
            heads,
            (3_054, 1_350, 2_650, 700, 750, 850),
            "zeile in abstimmung if zeile.ergebnis",
            words,
            right=3,
            caption="Abstimmungsergebnisse",
            follows="not vorbehalt",
        ),
        tag("endif"),
    ]
