""" "Meine Aufgaben"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import inbox
from .urls_of import turn_url


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Show every step that waits for the user."""
    tasks = [
        {
            "title": task.step.title,
            "url": turn_url(task.turn),
            "number": task.proposal.number or "",
            "subject": task.proposal.subject,
            "municipality": task.proposal.municipality.name,
            "kind_label": task.proposal.get_kind_display(),
            "since": task.since,
            "due": None,
            "overdue": False,
            "hint": str(task.consultation) if task.consultation else "",
        }
        for task in inbox.tasks_for(request.user)
    ]
    return render(request, "workflows/tasks.html", {"tasks": tasks})
