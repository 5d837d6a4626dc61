"""The engine's tables in the admin: to look at, never to change."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from viewflow.workflow.models import Process, Task

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:  # not subscriptable at run time
    _ModelAdmin = admin.ModelAdmin


class EngineAdmin(_ModelAdmin):
    """Read-only; what is wrong here is mended by `check_flows --repair`."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answer no."""
        return False


for engine_model, columns in (
    (Process, ("pk", "flow_class", "status", "created", "finished")),
    (Task, ("pk", "flow_task", "status", "owner_permission", "created", "finished")),
):
    if admin.site.is_registered(engine_model):
        admin.site.unregister(engine_model)
    admin.site.register(engine_model, EngineAdmin, list_display=columns)
