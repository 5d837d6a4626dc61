"""When a draft may be handed in."""

from dataclasses import dataclass

from .errors import RuleViolation
from .words import ProposalKind


@dataclass(frozen=True)
class DraftFacts:
    """What the rule asks of a draft; `missing_sections` are the German names of empty ones.

    `amends` says that an Änderungsantrag names the paper it would change, `answers` that a
    Beantwortung names its Anfrage.
    """

    kind: ProposalKind
    subject: str
    missing_sections: tuple[str, ...]
    stations: int
    cost_items: int
    no_financial_effect: bool
    under_way: bool
    withdrawn: bool
    mover: str = ""
    amends: bool = False
    answers: bool = False


def objection_to_submission(draft: DraftFacts) -> RuleViolation | None:
    """Name the first thing that keeps a draft from being handed in (domain.md 4.1)."""
    if draft.withdrawn:
        return RuleViolation("Die Vorlage ist zurückgezogen.")
    if draft.under_way:
        return RuleViolation("Die Vorlage ist schon abgegeben.")
    if not draft.subject.strip():
        return RuleViolation("Bitte einen Betreff angeben.", field="subject")
    if draft.kind.is_motion and not draft.mover.strip():
        return RuleViolation("Bitte den Antragsteller angeben.", field="mover")
    if draft.kind is ProposalKind.AENDERUNGSANTRAG and not draft.amends:
        return RuleViolation("Bitte die Vorlage angeben, die geändert werden soll.", field="amends")
    if draft.kind is ProposalKind.ANTWORT and not draft.answers:
        return RuleViolation("Bitte die Anfrage angeben, die beantwortet wird.", field="answers")
    if draft.missing_sections:
        return RuleViolation(f"Es fehlt noch: {', '.join(draft.missing_sections)}.")
    if draft.stations == 0:
        return RuleViolation("Bitte mindestens ein Gremium in die Beratungsfolge aufnehmen.")
    if draft.no_financial_effect and draft.cost_items:
        return RuleViolation(
            "„Keine finanziellen Auswirkungen“ ist angekreuzt, es sind aber Kosten eingetragen.",
            field="no_financial_effect",
        )
    return None


def objection_to_hand_over(
    *, office: str, leads: bool, has_clerks: bool, is_motion: bool
) -> RuleViolation | None:
    """Refuse to hand a draft to where it is already, or where nobody could go on with it."""
    if is_motion:
        return RuleViolation(
            "Anträge und Anfragen bearbeitet der Sitzungsdienst; die Federführung steht im Entwurf."
        )
    if leads:
        return RuleViolation(f"Die Federführung liegt schon bei {office}.", field="office")
    if not has_clerks:
        return RuleViolation(
            f"{office} hat niemanden, der Vorlagen entwirft. Der Entwurf bliebe dort liegen.",
            field="office",
        )
    return None


def objection_to_publicity(*, issued: bool, was_public: bool, public: bool) -> RuleViolation | None:
    """Refuse to open by an edit what committees have had behind closed doors (practice.md 1.6)."""
    if issued and public and not was_public:
        return RuleViolation(
            "Die Vorlage war schon nichtöffentlich im Beratungsgang. Sie wird nicht dadurch "
            "öffentlich, dass der Entwurf geändert wird.",
            field="public",
        )
    return None
