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
_BUDGET = ("budget-show", "Haushaltsübersicht")
_LAW = ("law-show", "Rechtsstand")
_RATES = ("rate-list", "Durchschnittssätze")
_ABSENCES = ("absence-list", "Abwesenheiten")
_SIGNING_RULES = ("signing-rule-list", "Mitzeichnungsregeln")
_CLOSED_DAYS = ("closed-day-list", "Schließtage")
_PAPER_KINDS = ("paper-kind-list", "Vorlagenarten")
_WORD_TEMPLATES = ("word-template-list", "Word-Vorlagen")
_FOUR_EYES = ("four-eyes-list", "Vier-Augen-Ausnahmen")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` for the frame of every page, empty before the log-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shell": {"nav": [], "footer": []}, **_demo_log_ins()}
    who = standing_of(user)
    person = Person.objects.select_related("municipality").filter(user_id=user.pk).first()
    house = who.municipality_id
    reads_budget = house is not None and policies.can_read_budget(user, house)
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
                for name, label in (
                    *_NAV,
                    *([_BUDGET] if reads_budget else []),
                    *([_LAW] if reads_law else []),
                )
            ],
            "footer": [
                {"url": reverse(name), "label": label} for name, label in _footer(user, house)
            ],
        }
    }


def _footer(user: Any, house: int | None) -> list[tuple[str, str]]:
    """Return the pages that are seldom needed, as far as the user may open them."""
    if house is None or not standing_of(user).is_staff:
        return []
    pages = [_ABSENCES, _RATES]
    if policies.can_set_signing(user, house):
        pages += [_SIGNING_RULES, _CLOSED_DAYS]
    if policies.can_set_kinds(user, house):
        pages.append(_PAPER_KINDS)
    if policies.can_set_templates(user, house):
        pages.append(_WORD_TEMPLATES)
    if policies.can_audit_signing(user, house):
        pages.append(_FOUR_EYES)
    return pages


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
