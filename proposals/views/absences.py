"""Abwesenheiten: one's own, and those of the house for who keeps the master data."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from .. import policies
from ..forms.house_signing import AbsenceForm
from ..models import Absence, Municipality, Person
from ..models.people import Role
from ..models.standing import standing_of
from ..rules.errors import RuleViolation
from ..services.absence import cancel_absence, note_absence
from .common import CONFLICT, UNPROCESSABLE, acting_user, conflict_page, own_house, say_refusal

PAGE_SIZE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def absence_list(request: HttpRequest) -> HttpResponse:
    """Show who is away and who stands in; enter an absence."""
    house = own_house(request)
    if not standing_of(request.user).is_staff:
        raise PermissionDenied("Abwesenheiten trägt die Verwaltung ein.")
    form = AbsenceForm(
        request.POST or None,
        people=_people(request, house),
        substitutes=_substitutes(house),
        initial={"starts_on": timezone.localdate()},
    )
    if request.method != "POST":
        return _show(request, house, form)
    if not form.is_valid():
        return _show(request, house, form, UNPROCESSABLE)
    try:
        absence = note_absence(actor=acting_user(request), municipality=house, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show(request, house, form, CONFLICT)
    messages.success(
        request, f"{absence.person} wird vertreten durch {absence.substitute}, bis es vorbei ist."
    )
    return redirect("absence-list")


@require_POST
def absence_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an absence."""
    house = own_house(request)
    if not standing_of(request.user).is_staff:
        raise PermissionDenied("Abwesenheiten trägt die Verwaltung ein.")
    try:
        cancel_absence(actor=acting_user(request), municipality=house, absence_id=pk)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse("absence-list"))
    messages.success(request, "Die Abwesenheit ist aufgehoben.")
    return redirect("absence-list")


def _keeps(request: HttpRequest, house: Municipality) -> bool:
    return standing_of(request.user).has(Role.ADMINISTRATOR, house.pk)


def _people(request: HttpRequest, house: Municipality) -> list[Person]:
    """Return whose absence the user may enter: their own, or everybody's with a role."""
    rows = Person.objects.filter(municipality=house)
    if not _keeps(request, house):
        return list(rows.filter(user=acting_user(request)))
    return list(rows.filter(role_assignments__isnull=False).distinct().order_by("family_name"))


def _substitutes(house: Municipality) -> list[Person]:
    rows = Person.objects.filter(municipality=house, user__is_active=True)
    return list(rows.order_by("family_name", "given_name"))


def _show(
    request: HttpRequest, house: Municipality, form: AbsenceForm, status: int = 200
) -> HttpResponse:
    rows = Absence.objects.filter(person__municipality=house)
    if not _keeps(request, house):
        own = Q(person__user=acting_user(request)) | Q(substitute__user=acting_user(request))
        rows = rows.filter(own)
    rows = rows.select_related("person__user", "substitute").order_by("-starts_on", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    lines = [
        {
            "absence": row,
            "holds": row.cancelled_on is None and row.starts_on <= today <= row.ends_on,
            "may_cancel": row.cancelled_on is None
            and row.ends_on >= today
            and policies.can_note_absence(request.user, row.person),
        }
        for row in page.object_list
    ]
    context = {"form": form, "page": page, "lines": lines}
    return render(request, "proposals/absences.html", context, status=status)
