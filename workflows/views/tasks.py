""" "Meine Aufgaben"."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import inbox
from ..inbox import OpenTask
from .urls_of import task_url


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """Show a page of the steps that wait for the user."""
    page = inbox.task_page(request.user, request.GET.get("page"))
    tasks = [_line(task) for task in page.object_list]
    return render(request, "workflows/tasks.html", {"tasks": tasks, "page": page})


def _line(task: OpenTask) -> dict[str, Any]:
    return {
        "title": task.step.title,
        "group": f"{task.step.title}: {task.office}" if task.office else task.step.title,
        "url": task_url(task),
        **_matter(task),
        "since": task.since,
        "due": task.due_on,
        "overdue": task.overdue,
        "hint": _hint(task),
    }


def _matter(task: OpenTask) -> dict[str, Any]:
    """Return what a task is about: a paper, or an item of an agenda without one."""
    if task.proposal is not None:
        return {
            "number": task.proposal.number or "",
            "subject": task.proposal.subject,
            "municipality": task.proposal.municipality.name,
            "kind_label": task.proposal.get_kind_display(),
        }
    assert task.item is not None
    day = timezone.localdate(task.item.meeting.starts_at)
    return {
        "number": f"TOP {task.item.number}" if task.item.number else "",
        "subject": task.item.title,
        "municipality": task.item.meeting.municipality.name,
        "kind_label": f"{task.item.committee.name}, Sitzung vom {day:%d.%m.%Y}",
    }


def _hint(task: OpenTask) -> str:
    words = [str(task.consultation) if task.consultation else ""]
    if task.taken is not None:
        taken = f"übernommen von {task.taken}" if task.taken else "noch niemand übernommen"
        words.append(taken)
    words.append("in Vertretung" if task.on_behalf else "")
    return ", ".join(filter(None, words))
