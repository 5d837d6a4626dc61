"""Protokoll (Niederschrift): what its stages allow (practice.md 1.2, § 68 NKomVG)."""

from datetime import date

from .errors import RuleViolation


def objection_to_signing(held_on: date, signed_on: date) -> RuleViolation | None:
    """Refuse a signature before the meeting."""
    if signed_on < held_on:
        return RuleViolation(
            f"Die Sitzung war am {held_on:%d.%m.%Y}; vorher kann das Protokoll nicht "
            "unterschrieben sein.",
            field="on",
        )
    return None


def objection_to_approval(signed_on: date, approved_on: date) -> RuleViolation | None:
    """Refuse an approval before the signature."""
    if approved_on < signed_on:
        return RuleViolation(
            f"Das Protokoll wurde am {signed_on:%d.%m.%Y} unterschrieben; vorher kann es nicht "
            "genehmigt sein.",
            field="on",
        )
    return None


def objection_to_late_result(*, signed: bool) -> RuleViolation | None:
    """Ask why a first result comes when the minutes are signed already."""
    if signed:
        return RuleViolation(
            "Das Protokoll dieser Sitzung ist schon unterschrieben. Bitte begründen Sie den "
            "Nachtrag.",
            field="reason",
            waivable=True,
        )
    return None


def objection_to_changing(*, signed: bool, approved: bool) -> RuleViolation | None:
    """Ask why what the minutes say changes after the signature; refuse it after the approval.

    Attendance and agenda of a meeting; results have a Berichtigung of their own.
    """
    if approved:
        return RuleViolation(
            "Das Protokoll dieser Sitzung ist genehmigt. Was daran falsch ist, berichtigt das "
            "Protokoll einer späteren Sitzung."
        )
    if signed:
        return RuleViolation(
            "Das Protokoll dieser Sitzung ist unterschrieben. Bitte begründen Sie die Änderung.",
            field="reason",
            waivable=True,
        )
    return None
