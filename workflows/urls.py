"""Addresses of tasks, proposals and steps."""

from django.urls import path, register_converter

from .steps import BY_PATH
from .views import draft, meeting, proposal, route, steps, tasks


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
    path(
        "vorlagen/<int:pk>/top/<int:item>/einladung/", meeting.meeting_invite, name="meeting-invite"
    ),
    path("vorlagen/<int:pk>/top/<int:item>/protokoll/", meeting.minutes_note, name="minutes-note"),
    path("vorlagen/<int:pk>/<step:path>/", steps.step_do, name="step-do"),
    path("vorlagen/<int:pk>/<step:path>/<int:subject>/", steps.step_do, name="step-do"),
]
