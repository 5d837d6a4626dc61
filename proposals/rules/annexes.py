"""Anlagen: what an annex needs, and how those of a paper are ordered."""

from collections.abc import Collection, Sequence

from .errors import RuleViolation

PICTURES = ("image/png", "image/jpeg")


def objection_to_annex(title: str, media_type: str, alt_text: str) -> RuleViolation | None:
    """Ask for a title, and for what a picture shows where people cannot see it (EN 301 549)."""
    if not title.strip():
        return RuleViolation("Bitte geben Sie der Anlage einen Titel.", field="title")
    if media_type in PICTURES and not alt_text.strip():
        return RuleViolation(
            f"Bitte beschreiben Sie in einem Satz, was auf dem Bild „{title.strip()}“ zu sehen "
            "ist; wer es nicht sieht, bekommt diesen Satz vorgelesen.",
            field="alt_text",
        )
    return None


def objection_to_annex_order(
    present: Collection[int], wanted: Sequence[int]
) -> RuleViolation | None:
    """Refuse an order that is not one of all annexes: somebody added or removed one meanwhile."""
    if sorted(present) != sorted(wanted):
        return RuleViolation(
            "Die Anlagen haben sich gerade geändert. Bitte ordnen Sie sie noch einmal."
        )
    return None


def objection_to_reclassifying_annex(
    *, issued: bool, was_public: bool, public: bool
) -> RuleViolation | None:
    """Refuse to open or to close an annex that the committees have already (`issued`)."""
    if issued and was_public != public:
        return RuleViolation(
            "Die Anlage liegt den Gremien schon vor; ob sie öffentlich ist, ändert sich nicht "
            "mehr. Bitte entfernen Sie sie und fügen Sie eine neue hinzu.",
            field="public",
        )
    return None
