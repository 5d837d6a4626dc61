"""Master data in the admin; facts of a route are read there, never written."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from .forms.master import HouseRuleForm, MunicipalityForm, RoleAssignmentForm
from .history.acts import Act
from .history.journal import event, transaction_of_record
from .models import (
    AgendaItem,
    Committee,
    Consultation,
    HouseRule,
    LegislativeTerm,
    Meeting,
    Membership,
    Municipality,
    NumberCounter,
    Office,
    Person,
    Proposal,
    RoleAssignment,
    StandardItem,
    User,
    Vote,
)

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _UserAdmin = UserAdmin[User]
else:  # not subscriptable at run time
    _ModelAdmin = admin.ModelAdmin
    _UserAdmin = UserAdmin


class EventAdmin(_ModelAdmin):
    """Master data: each change is one event in the journal; nothing is deleted."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Do a change in the one transaction of its event."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with transaction_of_record():
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save inside an event in the name of whoever is logged in."""
        with event(request.user, Act.SET_UP) as running:  # type: ignore[arg-type]
            super().save_model(request, obj, form, change)
            running.objects.append(obj)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Let what may be unknown in the database stay empty in the form."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield is not None and db_field.null:
            formfield.required = False
        return formfield

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no: rows end by their validity."""
        return False


class ReadOnlyAdmin(_ModelAdmin):
    """Facts of a route: through the same door as everybody, and never written here."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the user may see."""
        rows: QuerySet[Any] = self.model.objects.visible_to(request.user)
        return rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no."""
        return False


@admin.register(User)
class AccountAdmin(_UserAdmin):
    """Accounts are deactivated, never deleted."""

    list_display = ("username", "email", "is_active", "is_staff")
    search_fields = ("username", "email")
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        ("Rechte", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no."""
        return False


for checked, checking in (
    (Municipality, MunicipalityForm),
    (HouseRule, HouseRuleForm),
    (RoleAssignment, RoleAssignmentForm),
):
    admin.site.register(checked, EventAdmin, form=checking)
for master in (
    LegislativeTerm,
    NumberCounter,
    Office,
    Committee,
    Membership,
    Person,
    StandardItem,
):
    admin.site.register(master, EventAdmin)
for fact in (Proposal, Consultation, Meeting, AgendaItem, Vote):
    admin.site.register(fact, ReadOnlyAdmin)
