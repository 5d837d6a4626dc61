"""The addresses of the whole site."""

from allauth.account.decorators import secure_admin_login
from allauth.account.views import account_inactive, login
from django.contrib import admin
from django.urls import include, path

from proposals.views.accounts import Logout

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("anmelden/", login, name="account_login"),
    path("abmelden/", Logout.as_view(), name="account_logout"),
    path("konto-gesperrt/", account_inactive, name="account_inactive"),
    path("verwaltung/", admin.site.urls),
    path("", include("proposals.urls")),
    path("", include("workflows.urls")),
]
