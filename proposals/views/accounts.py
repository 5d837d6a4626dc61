"""Logging out: a browser at a shared desk keeps nothing of what was typed in it."""

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse


class Logout(LogoutView):  # type: ignore[misc]
    """End the session; drafts that the browser kept without a connection go with it."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Log out and have the browser empty its storage for this site."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response
