"""What happens to a meeting while it lasts, each as one small form on the run sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from proposals.forms.run_acts import (
    ClosingForm,
    DoubtForm,
    OpeningForm,
    PauseForm,
    QuorumForm,
    RestForm,
    ResumeForm,
    SittingForm,
)
from proposals.rules.meeting import MeetingState
from proposals.selectors.run_sheet import Sheet

BEFORE = (MeetingState.PLANNED, MeetingState.INVITED)
COURSE = (MeetingState.RUNNING, MeetingState.SUSPENDED)


@dataclass(frozen=True)
class SittingAct:
    """One act: where its form is sent to, its words, and when it is offered."""

    path: str
    label: str
    done: str
    form: type[SittingForm]
    when: Callable[[Sheet], bool]
    at_end: bool = False
    kind: str = "secondary"
    short: str = ""
    submit: str = ""


def _in(*states: MeetingState) -> Callable[[Sheet], bool]:
    return lambda sheet: sheet.state in states


def _is_unstated(sheet: Sheet) -> bool:
    return sheet.state in COURSE and any(not body.stated for body in sheet.bodies)


ACTS = (
    SittingAct(
        "eroeffnen", "Sitzung eröffnen", "Die Sitzung ist eröffnet.", OpeningForm, _in(*BEFORE)
    ),
    SittingAct(
        "beschlussfaehig",
        "Beschlussfähigkeit feststellen",
        "Die Beschlussfähigkeit ist festgehalten.",
        QuorumForm,
        _is_unstated,
    ),
    SittingAct(
        "anzweifeln",
        "Beschlussfähigkeit angezweifelt",
        "Die Zählung ist festgehalten.",
        DoubtForm,
        _in(*COURSE),
        short="Angezweifelt",
        submit="Zählung festhalten",
    ),
    SittingAct(
        "unterbrechen",
        "Unterbrechen",
        "Die Sitzung ist unterbrochen.",
        PauseForm,
        _in(MeetingState.RUNNING),
    ),
    SittingAct(
        "fortsetzen",
        "Fortsetzen",
        "Die Sitzung geht weiter.",
        ResumeForm,
        _in(MeetingState.SUSPENDED),
    ),
    SittingAct(
        "rest-vertagen",
        "Rest vertagen",
        "Was offen war, ist vertagt.",
        RestForm,
        lambda sheet: bool(sheet.open_items),
        at_end=True,
    ),
    SittingAct(
        "schliessen",
        "Sitzung schließen",
        "Die Sitzung ist geschlossen.",
        ClosingForm,
        _in(*COURSE),
        at_end=True,
        kind="primary",
    ),
)
BY_PATH = {act.path: act for act in ACTS}


def offered_acts(
    sheet: Sheet, refused: tuple[str, SittingForm] | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the acts of the strip and those of the end; `refused` is a form to show again."""
    shown: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for act in ACTS:
        again = refused is not None and refused[0] == act.path
        if not (again or act.when(sheet)):
            continue
        form = refused[1] if refused and again else act.form(sheet=sheet, name=act.path)
        shown[act.at_end].append(
            {
                "label": act.label,
                "short": act.short or act.label,
                "submit": act.submit or act.label,
                "kind": act.kind,
                "url": reverse("meeting-act", args=[sheet.meeting.pk, act.path]),
                "form": form,
                "fields": bool(form.visible_fields()),
            }
        )
    return shown
