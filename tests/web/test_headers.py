"""What every answer carries, and the door: log-in, throttle, log-out, cookies, settings."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from proposals.models import User
from tests import factories as f
from tests.web.site import Site, Visitor, address

PASSWORD = "ein langes Kennwort"
BLOCKED = "Zu viele gescheiterte Anmeldeversuche. Bitte versuche es später erneut."
WRONG = "Anmeldename und/oder das Passwort"


@pytest.fixture(autouse=True)
def fresh_throttle() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account(house: f.House) -> User:
    user = house.user("clerk")
    user.set_password(PASSWORD)
    user.save()
    return user


def every_kind_of_page(site: Site) -> Iterator[Any]:
    """Yield an answer of each kind: pages, forms, errors, files, pieces of a page, redirects."""
    proposal = f.make_proposal(site.house, "in_route")
    station = f.station(proposal, "social")
    f.schedule(site.house, station)
    secretary, nobody = site["secretary"].client, Client()
    result = address(proposal, "ergebnis", station.pk)
    for url in ("/", "/vorlagen/", address(proposal), address(proposal, "verlauf"), result):
        yield secretary.get(url)
    yield site["clerk"].client.get("/vorlagen/neu/")
    yield secretary.post(result, {})
    yield secretary.post(address(proposal, "beratung", station.pk, "vorschau"), {"yes": "1"})
    yield secretary.get(address(proposal, "word", "public"))
    yield secretary.get(address(proposal, "freigeben"))  # 403
    yield secretary.get(address(proposal, "formpruefung"))  # 409
    yield secretary.get("/vorlagen/99999/")  # 404
    yield secretary.get("/gibt/es/nicht/")
    yield secretary.put("/vorlagen/")  # 405
    many = {f"x{number}": "" for number in range(2001)}
    yield site["clerk"].client.post("/vorlagen/neu/", many)  # 400
    yield Client(enforce_csrf_checks=True).post("/anmelden/")  # 403
    for url in ("/", "/anmelden/", "/konto-gesperrt/", "/verwaltung/login/"):
        yield nobody.get(url)


def test_every_answer_carries_the_strict_headers(site: Site) -> None:
    codes = set()
    for answer in every_kind_of_page(site):
        codes.add(answer.status_code)
        policy = answer.headers["Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == "'none'"
        assert rules["style-src"] == rules["form-action"] == rules["connect-src"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"
        assert rules["script-src"].split(" 'nonce-")[0] == "'self'"
        assert not any(word in policy for word in ("unsafe", "http", "*"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {200, 302, 400, 403, 404, 405, 409, 422} <= codes


def test_no_page_needs_what_the_policy_forbids(site: Site) -> None:
    for answer in every_kind_of_page(site):
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = answer.content.decode()
        inline = (" style=", "<style", " onclick=", "javascript:", "<script>")
        assert not any(word in page for word in inline)
        assert "https://" not in page.replace("https://www.w3.org", ""), "nothing from elsewhere"


def test_a_failure_shows_a_page_of_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr("workflows.inbox.task_page", fail)
    client = site["clerk"].client
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "Technischer Fehler" in page
    assert not any(word in page for word in ("kaputt", "Traceback"))
    assert answer.headers["Content-Security-Policy"]


def test_the_sixth_failure_is_blocked_whatever_the_password(account: User) -> None:
    login = {"login": account.username, "password": "falsch"}
    for _attempt in range(5):
        assert WRONG in Visitor(None).post("/anmelden/", login, 200).words
    page = Visitor(None).post("/anmelden/", {**login, "password": PASSWORD}, 200)
    assert BLOCKED in page.words
    other = User.objects.create_user("frei", password=PASSWORD)
    Visitor(None).post("/anmelden/", {"login": other.username, "password": PASSWORD})


def test_the_administrations_own_log_in_is_no_way_around_the_throttle(account: User) -> None:
    account.is_staff = True
    account.save()
    login = {"username": account.username, "password": "falsch"}
    for _attempt in range(5):
        Client().post("/verwaltung/login/", login)
    client = Client()
    client.post("/verwaltung/login/", {**login, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_failed_log_in_says_nothing_about_the_account(account: User) -> None:
    answers = {
        Visitor(None).post("/anmelden/", {"login": name, "password": "falsch"}, 200).complaints[0]
        for name in (account.username, "gibtesnicht")
    }
    assert len(answers) == 1
    for values in ({}, {"login": "x"}, {"login": "x\x00y", "password": "z"}, {"login": "x" * 5000}):
        Visitor(None).post("/anmelden/", values, 200)


def test_an_account_that_is_switched_off_gets_a_clear_page_and_loses_its_session(
    account: User,
) -> None:
    before = Visitor(account)
    account.is_active = False
    account.save()
    assert before.get("/", 302).headers["Location"].startswith("/anmelden/")
    login = {"login": account.username, "password": PASSWORD}
    target = Visitor(None).post("/anmelden/", login).headers["Location"]
    page = Visitor(None).get(target)
    assert "gesperrt" in page.words or "nicht aktiv" in page.words


def test_the_log_out_takes_a_click_not_a_link(site: Site) -> None:
    clerk = site["clerk"]
    assert "Möchten Sie sich abmelden?" in clerk.get("/abmelden/").words
    clerk.get("/")
    assert clerk.post("/abmelden/").headers["Clear-Site-Data"] == '"storage"'
    assert clerk.get("/", 302).headers["Location"] == "/anmelden/?next=/"


def test_nobody_signs_up_and_nobody_resets_a_password_alone(db: None) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for url in ("/signup/", "/accounts/signup/", "/registrieren/"):
        Visitor(None).get(url, 404)


def test_the_log_in_helps_a_password_manager_and_sends_the_password_nowhere_else(db: None) -> None:
    page = Visitor(None).get("/anmelden/").html
    assert 'autocomplete="username"' in page
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page
    assert 'action="/anmelden/"' in page


def test_the_session_changes_with_the_log_in(account: User) -> None:
    client = Client()
    client.get("/anmelden/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "von-wem-anders"
    client.post("/anmelden/", {"login": account.username, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != "von-wem-anders"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]


@override_settings(ALLOWED_HOSTS=["vorlagen.example"])
def test_another_host_is_refused(db: None) -> None:
    assert Client().get("/anmelden/", headers={"host": "boese.example"}).status_code == 400


PRODUCTION = """
import json
from django.conf import settings as s
names = ["DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
         "X_FRAME_OPTIONS", "SESSION_EXPIRE_AT_BROWSER_CLOSE"]
print(json.dumps({name: getattr(s, name) for name in names}))
"""


def manage(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as an installation would."""
    kept = {name: value for name, value in os.environ.items() if "VORLAGENLAUF" not in name}
    environment = {
        **{name: value for name, value in kept.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VORLAGENLAUF_VAR": str(place),
        "VORLAGENLAUF_SECRET_KEY": "Zm9yIHRlc3Rz-9a8b7c6d5e4f3g2h1i0j-KLMNOPQRSTUVWXYZabcdef",
        "VORLAGENLAUF_HOSTS": "vorlagen.example",
        "VORLAGENLAUF_SIGNING_KEY_FILE": str(place / "key"),
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_installation_has_nothing_to_be_warned_of(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_the_cookies_of_an_installation_travel_encrypted_only(tmp_path: Path) -> None:
    done = manage(tmp_path, "shell", "--verbosity", "0", "--command", PRODUCTION)
    assert done.returncode == 0, done.stderr
    values = json.loads(done.stdout)
    assert values.pop("SECURE_HSTS_SECONDS") >= 31_536_000
    assert values == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    }


def test_an_installation_without_its_secrets_does_not_start(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if "VORLAGENLAUF" not in name}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VORLAGENLAUF_VAR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Bitte die Umgebungsvariable VORLAGENLAUF_SECRET_KEY setzen." in done.stderr
