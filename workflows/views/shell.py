"""What surrounds every page: who is logged in, where one can go, how much waits."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from proposals import policies
from proposals.models import Person
from proposals.models.standing import standing_of

from .. import inbox

_NAV = (
    ("task-list", "Meine Aufgaben"),
    ("proposal-list", "Vorlagen"),
    ("meeting-list", "Sitzungen"),
)
_LAW = ("law-show", "Rechtsstand")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` for the frame of every page, empty before the log-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": {"nav": [], "footer": []}, **_demo_log_ins()}
    who = standing_of(user)
    person = Person.objects.select_related("municipality").filter(user_id=user.pk).first()
    house = who.municipality_id
    reads_law = house is not None and policies.can_read_law(user, house)
    current = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "shell": {
            "user_name": who.name or user.get_username(),
            "user_function": who.function,
            "municipality_name": person.municipality.name if person else "",
            "open_tasks": inbox.count_for(user),
            "nav": [
                {"url": reverse(name), "label": label, "current": name == current}
                for name, label in (*_NAV, *([_LAW] if reads_law else []))
            ],
            "footer": [],
        }
    }


def _demo_log_ins() -> dict[str, Any]:
    """Return the log-ins of the demo for its log-in page; nothing anywhere else."""
    if not settings.DEMO:
        return {}
    people = Person.objects.filter(user__isnull=False).select_related("user", "municipality")
    return {
        "demo_password": settings.DEMO_PASSWORD,
        "demo_logins": [
            {
                "username": person.user.username if person.user else "",
                "function": person.function,
                "municipality": person.municipality.name,
            }
            for person in people.order_by("pk")
        ],
    }
