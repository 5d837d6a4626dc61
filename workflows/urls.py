"""Addresses of tasks, proposals and steps."""

from django.urls import path, register_converter

from .beside import REVIEWS
from .steps import BY_PATH, STEPS
from .views import (
    agenda,
    attendance,
    buffers,
    counters,
    draft,
    extension,
    from_word,
    held,
    item_page,
    items,
    leading,
    meeting_acts,
    meeting_history,
    meeting_show,
    meetings,
    papers,
    proposal,
    relations,
    route,
    run_sheet,
    signing_acts,
    steps,
    takeover,
    tasks,
    urgency,
    versions,
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


class ReviewPath(StepPath):
    """The part of an address that names a step on a count error."""

    regex = "|".join(STEPS[name].path for name in REVIEWS.steps)


register_converter(StepPath, "step")
register_converter(ReviewPath, "review")

urlpatterns = [
    path("", tasks.task_list, name="task-list"),
    path("vorlagen/neu/", draft.proposal_create, name="proposal-create"),
    path("vorlagen/neu/zwischenstand/", buffers.new_draft_keep, name="new-draft-keep"),
    path("vorlagen/uebernehmen/", takeover.proposal_take_over, name="proposal-take-over"),
    path("nummernkreise/", counters.counter_list, name="counter-list"),
    path("nummernkreise/muster/", counters.pattern_change, name="pattern-change"),
    path("vorlagen/<int:pk>/", proposal.proposal_show, name="proposal-show"),
    path("vorlagen/<int:pk>/entwurf/", draft.draft_edit, name="draft-edit"),
    path("vorlagen/<int:pk>/entwurf/zwischenstand/", buffers.draft_keep, name="draft-keep"),
    path("vorlagen/<int:pk>/aus-word/", from_word.draft_from_word, name="draft-from-word"),
    path("vorlagen/<int:pk>/uebernehmen/", leading.lead_take, name="lead-take"),
    path("vorlagen/<int:pk>/abgeben/", leading.lead_hand_over, name="lead-hand-over"),
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
    path("sitzungen/<int:pk>/verlauf/", meeting_history.meeting_history, name="meeting-history"),
    path("sitzungen/<int:pk>/tagesordnung/", agenda.agenda_edit, name="agenda-edit"),
    path("sitzungen/<int:pk>/tagesordnung/<int:item>/", agenda.agenda_item, name="agenda-item"),
    path(
        "sitzungen/<int:pk>/tagesordnung/<int:item>/abnehmen/",
        agenda.agenda_item_remove,
        name="agenda-item-remove",
    ),
    path("sitzungen/<int:pk>/reihenfolge/", held.agenda_held, name="agenda-held"),
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
    path("sitzungen/<int:pk>/wieder-oeffnen/", meeting_acts.meeting_reopen, name="meeting-reopen"),
    path("sitzungen/<int:pk>/angaben/", meeting_acts.meeting_correct, name="meeting-correct"),
    path(
        "sitzungen/<int:pk>/rest-vertagen/",
        meeting_acts.meeting_postpone_rest,
        name="meeting-postpone-rest",
    ),
    path("sitzungen/<int:pk>/protokoll/", papers.meeting_minutes, name="meeting-minutes"),
    path("sitzungen/<int:pk>/protokoll/datei/", papers.minutes_keep, name="minutes-keep"),
    path("sitzungen/<int:pk>/berichtigung/", papers.minutes_correct, name="minutes-correct"),
    path("sitzungen/<int:pk>/auszuege/", papers.excerpts_issue, name="excerpts-issue"),
    path("sitzungen/<int:pk>/top/<int:item>/auszug/", papers.excerpt_issue, name="excerpt-issue"),
    path(
        "sitzungen/<int:pk>/top/<int:item>/beschlusstext/", papers.sheet_issue, name="sheet-issue"
    ),
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
    path(
        "sitzungen/<int:pk>/top/<int:item>/<review:path>/<int:subject>/",
        steps.review_do,
        name="review-do",
    ),
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
    path(
        "vorlagen/<int:pk>/mitzeichnung/zurueckholen/",
        signing_acts.signing_recall,
        name="signing-recall",
    ),
    path(
        "vorlagen/<int:pk>/mitzeichnung/weitere-stelle/",
        signing_acts.signing_ask_more,
        name="signing-ask-more",
    ),
    path(
        "vorlagen/<int:pk>/mitzeichnung/<int:signature>/weitergeben/",
        signing_acts.signing_delegate,
        name="signing-delegate",
    ),
    path(
        "vorlagen/<int:pk>/mitzeichnung/<int:signature>/ohne-beitrag/",
        signing_acts.signing_expire,
        name="signing-expire",
    ),
    path(
        "vorlagen/<int:pk>/mitzeichnung/<int:signature>/nachtragen/",
        signing_acts.signing_late,
        name="signing-late",
    ),
    path(
        "vorlagen/<int:pk>/mitzeichnung/<int:signature>/uebernehmen/",
        signing_acts.signing_take,
        name="signing-take",
    ),
    path("vorlagen/<int:pk>/fassungen/", versions.version_compare, name="version-compare"),
    path("vorlagen/<int:pk>/korrektur/", versions.editorial_correct, name="editorial-correct"),
    path("vorlagen/<int:pk>/anlage-nachreichen/", versions.annex_late, name="annex-late"),
    path("vorlagen/<int:pk>/<step:path>/", steps.step_do, name="step-do"),
    path("vorlagen/<int:pk>/<step:path>/<int:subject>/", steps.step_do, name="step-do"),
]
