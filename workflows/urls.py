"""Addresses of tasks, proposals and steps."""

from django.urls import path, register_converter

from .steps import BY_PATH
from .views import (
    agenda,
    attendance,
    draft,
    extension,
    item_page,
    items,
    meeting_acts,
    meeting_show,
    meetings,
    proposal,
    relations,
    route,
    run_sheet,
    steps,
    takeover,
    tasks,
    urgency,
)


class StepPath:
    """The part of an address that names a step; the draft has an address of its own."""

    regex = "|".join(name for name in BY_PATH if name != "entwurf")

    def to_python(self, value: str) -> str:
        """Return it as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands."""
        return value


register_converter(StepPath, "step")

urlpatterns = [
    path("", tasks.task_list, name="task-list"),
    path("vorlagen/neu/", draft.proposal_create, name="proposal-create"),
    path("vorlagen/uebernehmen/", takeover.proposal_take_over, name="proposal-take-over"),
    path("nummernkreise/", takeover.counter_list, name="counter-list"),
    path("vorlagen/<int:pk>/", proposal.proposal_show, name="proposal-show"),
    path("vorlagen/<int:pk>/entwurf/", draft.draft_edit, name="draft-edit"),
    path("vorlagen/<int:pk>/zurueckziehen/", route.proposal_withdraw, name="proposal-withdraw"),
    path(
        "vorlagen/<int:pk>/beratung-einfuegen/",
        route.consultation_insert,
        name="consultation-insert",
    ),
    path(
        "vorlagen/<int:pk>/beratung/<int:consultation>/ueberspringen/",
        route.consultation_skip,
        name="consultation-skip",
    ),
    path(
        "vorlagen/<int:pk>/beratung/<int:consultation>/vorschau/",
        route.result_preview,
        name="result-preview",
    ),
    path(
        "vorlagen/<int:pk>/ergebnis/<int:item>/berichtigen/",
        route.result_correct,
        name="result-correct",
    ),
    path("sitzungen/", meetings.meeting_list, name="meeting-list"),
    path("sitzungen/kalender/", meetings.meeting_calendar, name="meeting-calendar"),
    path("sitzungen/neu/", meetings.meeting_create, name="meeting-create"),
    path("sitzungen/<int:pk>/", meeting_show.meeting_show, name="meeting-show"),
    path("sitzungen/<int:pk>/tagesordnung/", agenda.agenda_edit, name="agenda-edit"),
    path("sitzungen/<int:pk>/tagesordnung/<int:item>/", agenda.agenda_item, name="agenda-item"),
    path(
        "sitzungen/<int:pk>/tagesordnung/<int:item>/abnehmen/",
        agenda.agenda_item_remove,
        name="agenda-item-remove",
    ),
    path("sitzungen/<int:pk>/erweitern/", extension.agenda_extend, name="agenda-extend"),
    path("sitzungen/<int:pk>/anwesenheit/", attendance.attendance_edit, name="attendance-edit"),
    path("sitzungen/<int:pk>/anwesenheit.csv", attendance.attendance_csv, name="attendance-csv"),
    path("sitzungen/<int:pk>/einladung/", meeting_acts.meeting_send, name="meeting-send"),
    path(
        "sitzungen/<int:pk>/nachtrag/", meeting_acts.meeting_supplement, name="meeting-supplement"
    ),
    path("sitzungen/<int:pk>/verlegen/", meeting_acts.meeting_move, name="meeting-move"),
    path("sitzungen/<int:pk>/absagen/", meeting_acts.meeting_cancel, name="meeting-cancel"),
    path("sitzungen/<int:pk>/eroeffnen/", meeting_acts.meeting_open, name="meeting-open"),
    path("sitzungen/<int:pk>/unterbrechen/", meeting_acts.meeting_suspend, name="meeting-suspend"),
    path("sitzungen/<int:pk>/fortsetzen/", meeting_acts.meeting_resume, name="meeting-resume"),
    path("sitzungen/<int:pk>/schliessen/", meeting_acts.meeting_close, name="meeting-close"),
    path(
        "sitzungen/<int:pk>/rest-vertagen/",
        meeting_acts.meeting_postpone_rest,
        name="meeting-postpone-rest",
    ),
    path("sitzungen/<int:pk>/protokoll/", meeting_acts.meeting_minutes, name="meeting-minutes"),
    path("sitzungen/<int:pk>/durchfuehren/", run_sheet.meeting_run, name="meeting-run"),
    path("sitzungen/<int:pk>/durchfuehren/<slug:act>/", run_sheet.meeting_act, name="meeting-act"),
    path("sitzungen/<int:pk>/top/<int:item>/", item_page.item_show, name="item-show"),
    path("sitzungen/<int:pk>/top/<int:item>/ergebnis/", items.item_record, name="item-record"),
    path(
        "sitzungen/<int:pk>/top/<int:item>/ergebnis/<slug:way>/",
        item_page.item_count,
        name="item-count",
    ),
    path("sitzungen/<int:pk>/top/<int:item>/vorschau/", items.item_preview, name="item-preview"),
    path("sitzungen/<int:pk>/top/<int:item>/abstimmung/", items.item_vote, name="item-vote"),
    path("sitzungen/<int:pk>/top/<int:item>/vermerk/", items.item_note, name="item-note"),
    path(
        "sitzungen/<int:pk>/top/<int:item>/mitwirkung/", item_page.item_exclude, name="item-exclude"
    ),
    path("sitzungen/<int:pk>/top/<int:item>/leitung/", item_page.item_head, name="item-head"),
    path("vorlagen/<int:pk>/eilentscheidung/", urgency.urgent_decide, name="urgent-decide"),
    path("vorlagen/<int:pk>/bezug/", relations.relation_create, name="relation-create"),
    path(
        "vorlagen/<int:pk>/bezug/<int:relation>/loesen/",
        relations.relation_delete,
        name="relation-delete",
    ),
    path(
        "vorlagen/<int:pk>/wortlaut/<int:wording>/herausgeben/",
        relations.wording_reissue,
        name="wording-reissue",
    ),
    path("vorlagen/<int:pk>/<step:path>/", steps.step_do, name="step-do"),
    path("vorlagen/<int:pk>/<step:path>/<int:subject>/", steps.step_do, name="step-do"),
]
