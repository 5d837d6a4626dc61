"""The human steps: each ties a node of the flow to one use case and one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proposals.services.consultation import schedule
from proposals.services.exchange import decide_exchange
from proposals.services.results import record_result
from proposals.services.review import advise_review, decide_review
from proposals.services.statements import state
from proposals.services.submission import check_form, co_sign, release, submit


@dataclass(frozen=True)
class Step:
    """A human step: its node, its use case with the name of the row it takes, its words.

    `path` is the step's part of the URL; `moves_stations` says that stations may open or close.
    """

    node: str
    use_case: Callable[..., Any]
    argument: str
    path: str
    title: str
    hint: str
    submit_label: str
    moves_stations: bool = False


STEPS = {
    step.node: step
    for step in (
        Step(
            "draft",
            submit,
            "proposal",
            "entwurf",
            "Vorlage entwerfen",
            "Entwurf bearbeiten und zur Mitzeichnung geben.",
            "Speichern und zur Mitzeichnung geben",
        ),
        Step(
            "co_sign",
            co_sign,
            "co_signature",
            "mitzeichnen",
            "Mitzeichnen",
            "Die Vorlage prüfen und für Ihr Amt antworten.",
            "Antwort speichern",
        ),
        Step(
            "release",
            release,
            "proposal",
            "freigeben",
            "Freigeben (Schlusszeichnung)",
            "Die mitgezeichnete Vorlage freigeben oder zurückgeben.",
            "Entscheidung speichern",
        ),
        Step(
            "check_form",
            check_form,
            "proposal",
            "formpruefung",
            "Formprüfung",
            "Die Form prüfen und die Beratungsfolge eröffnen.",
            "Prüfung speichern",
            moves_stations=True,
        ),
        Step(
            "schedule",
            schedule,
            "consultation",
            "tagesordnung",
            "Auf die Tagesordnung setzen",
            "Eine Sitzung auswählen oder anlegen.",
            "Auf die Tagesordnung setzen",
        ),
        Step(
            "treat",
            record_result,
            "consultation",
            "ergebnis",
            "Ergebnis erfassen",
            "Das Ergebnis der Beratung erfassen.",
            "Ergebnis speichern",
            moves_stations=True,
        ),
        Step(
            "advise_review",
            advise_review,
            "review",
            "zaehlfehler-stellungnahme",
            "Zählfehler: Stellung nehmen",
            "Aus Sicht des Rechtsamtes sagen, was aus dem Zählfehler folgt.",
            "Stellungnahme speichern",
        ),
        Step(
            "decide_review",
            decide_review,
            "review",
            "zaehlfehler",
            "Zählfehler: entscheiden",
            "Ausführung aussetzen, neu abstimmen lassen oder beim Beschluss bleiben.",
            "Entscheidung speichern",
            moves_stations=True,
        ),
        Step(
            "state",
            state,
            "request",
            "stellungnahme",
            "Stellung nehmen",
            "Zu einer Änderung nach der Mitzeichnung Stellung nehmen.",
            "Stellungnahme speichern",
        ),
        Step(
            "decide_exchange",
            decide_exchange,
            "exchange",
            "austauschfassung",
            "Austauschfassung freigeben",
            "Eine neue Fassung der laufenden Vorlage freigeben oder zurückgeben.",
            "Entscheidung speichern",
            moves_stations=True,
        ),
    )
}
BY_PATH = {step.path: step for step in STEPS.values()}
