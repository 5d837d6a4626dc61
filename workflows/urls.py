"""Addresses of tasks, proposals and steps."""

from django.urls import path, re_path

from .steps import BY_PATH
from .views import draft, proposal, route, steps, tasks

_STEPS = "|".join(name for name in BY_PATH if name != "entwurf")

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
    path("vorlagen/<int:pk>/ergebnis/<int:item>/berichtigen/", route.result_correct, name="result-correct"),
    re_path(
        rf"^vorlagen/(?P<pk>\d+)/(?P<path>{_STEPS})/(?:(?P<subject>\d+)/)?$",
        steps.step_do,
        name="step-do",
    ),
]
