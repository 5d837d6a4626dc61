"""Settings of one installation; everything a house decides comes from the environment.

Three modes: production (the default, hardened), demo (`VORLAGENLAUF_DEMO=1`, loopback only) and
test (`VORLAGENLAUF_TEST=1`).
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VORLAGENLAUF_VAR", BASE_DIR / "var"))

DEMO = os.environ.get("VORLAGENLAUF_DEMO") == "1"
TEST = os.environ.get("VORLAGENLAUF_TEST") == "1"
LOOPBACK = DEMO or TEST
DEBUG = False
DEMO_PASSWORD = "vorlagenlauf-demo" if LOOPBACK else ""  # shown with the log-ins


def _required(name: str, in_loopback: str) -> str:
    """Read a setting that a house must give; the loopback modes have their own value."""
    value = os.environ.get(name) or (in_loopback if LOOPBACK else "")
    if not value:
        raise ImproperlyConfigured(f"Bitte die Umgebungsvariable {name} setzen.")
    return value


SECRET_KEY = _required(
    "VORLAGENLAUF_SECRET_KEY", "nur-fuer-vorfuehrung-und-tests-auf-diesem-rechner-0123456789"
)
ALLOWED_HOSTS = _required("VORLAGENLAUF_HOSTS", "127.0.0.1,localhost,testserver").split(",")
CSRF_TRUSTED_ORIGINS = [] if LOOPBACK else [f"https://{host}" for host in ALLOWED_HOSTS]
SIGNING_KEY_FILE = Path(
    _required("VORLAGENLAUF_SIGNING_KEY_FILE", str(VAR_DIR / "journal-signing.key"))
)
FILES_DIR = Path(os.environ.get("VORLAGENLAUF_FILES", VAR_DIR / "files"))
DOCX_TEMPLATES_DIR = BASE_DIR / "templates" / "docx"

INSTALLED_APPS = [
    "proposals",
    "viewflow.workflow",  # without "viewflow" itself: its front end and 49 MB of static files
    "workflows",  # behind the engine, whose admin it makes read-only
    "simple_history",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflows.views.shell.shell",
            ]
        },
    }
]
FORM_RENDERER = "proposals.forms.kern.KernRenderer"

# --- database: SQLite is embedded; IMMEDIATE makes concurrent votes queue instead of failing
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'vorlagenlauf.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    # A stalled holder of the journal's head must not block every writer for ever. Who may see what
    # makes statements look dear that read few rows: to compile them takes longer than to run them.
    DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=20000 -c jit=off"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        if LOOPBACK
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    )
}

# --- language and time
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

# --- static files: KERN and its fonts are copied to var/assets at set-up
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "var" / "assets"] if path.is_dir()]
WHITENOISE_USE_FINDERS = LOOPBACK
WHITENOISE_AUTOREFRESH = LOOPBACK
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if LOOPBACK
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- log-in: local accounts, nobody signs up
AUTH_USER_MODEL = "proposals.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "task-list"
ACCOUNT_ADAPTER = "config.adapters.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TEST
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- mails: of the demo into a folder, of an installation by the house's own server
BASE_URL = os.environ.get("VORLAGENLAUF_URL") or (
    "http://127.0.0.1:8000" if LOOPBACK else f"https://{ALLOWED_HOSTS[0]}"
)
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mails"
EMAIL_HOST = os.environ.get("VORLAGENLAUF_MAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("VORLAGENLAUF_MAIL_FROM", "vorlagenlauf@localhost")

# --- transport, cookies, headers
SECURE_SSL_REDIRECT = not LOOPBACK
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if LOOPBACK else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOOPBACK
SECURE_HSTS_PRELOAD = not LOOPBACK
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOOPBACK
SESSION_COOKIE_NAME = "session" if LOOPBACK else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOOPBACK else "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# --- history
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False
