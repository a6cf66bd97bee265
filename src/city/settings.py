"""Every environment variable the city reads, and nothing else. One file, no inheritance; it imports no app.

`city run` sets these for a machine of its own (`var/`); a production site sets them in its units.
"""

import json
import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

SOURCE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("CITY_HOME", SOURCE.parent.parent / "var")).resolve()
KEYS = Path(os.environ.get("CITY_KEYS", HOME / "keys"))
FILES = Path(os.environ.get("CITY_FILES", HOME / "files"))
DEMO = os.environ.get("CITY_DEMO", "0") == "1"
PUBLIC_URL = os.environ.get("CITY_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
UPLOADS_URL = os.environ.get("CITY_UPLOADS_URL", "http://127.0.0.1:8001").rstrip("/")
BANK_URL = os.environ.get("CITY_BANK_URL", "").rstrip("/")  # empty: the city pays and is paid at the counter alone
NODE_FILES = Path(os.environ.get("CITY_NODE_FILES", SOURCE.parent.parent / "node_modules"))

# The keyring makes this file on first start; without it nothing is signed with a guessable secret.
SECRET_FILE = KEYS / "django.secret"
SECRET_KEY = SECRET_FILE.read_text().strip() if SECRET_FILE.exists() else os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("CITY_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Three roles: the owner migrates, the app works, the auditor reads. CITY_DB_ROLE picks who this process is.
DB_ROLES = {"owner": "city_owner", "app": "city_app", "auditor": "city_auditor"}
# What opens something else (keys, passwords, codes, sessions) is nothing an auditor needs to read.
DB_SECRETS = [
    "kernel_subjectkey", "kernel_cache", "documents_filekey", "people_account", "people_code", "mfa_authenticator",
    "django_session", "usersessions_usersession", "gateway_simulatedmessage",
]  # fmt: skip
DB_ROLE = os.environ.get("CITY_DB_ROLE", "app")
PASSWORDS_FILE = Path(os.environ.get("CITY_DB_PASSWORDS", HOME / "database.json"))
PASSWORDS: dict[str, str] = json.loads(PASSWORDS_FILE.read_text()) if PASSWORDS_FILE.exists() else {}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("CITY_DB_NAME", "city"),
        "HOST": os.environ.get("CITY_DB_HOST", ""),
        "PORT": os.environ.get("CITY_DB_PORT", "5432"),
        "USER": DB_ROLES[DB_ROLE],
        "PASSWORD": PASSWORDS.get(DB_ROLE, ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": os.environ.get("CITY_PROCESS", "city")},
    }
}
# Shared by all processes, so that a code used in one worker is used in the other.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The floors of the house, ground first, so that a lower app is ready before an upper one declares things on it.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "city.kernel",
    "city.ui",
    "city.people",
    "city.notices",
    "city.documents",
    "city.ledger",
    "city.workflow",
    "city.billing",
    "city.cases",
    "city.gateway",
    "city.permits",
    "city.library",
    "city.portal",
    "city.operate",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "city.ui.middleware.Compression",
    "city.ui.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "city.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "city.kernel.middleware.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "city.people.middleware.Acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "city.ui.middleware.RefusalPage",
    "city.kernel.middleware.RetryOnce",
]
ROOT_URLCONF = "city.urls"
WSGI_APPLICATION = "city.operate.web.application"
CSRF_FAILURE_VIEW = "city.ui.views.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "city.ui.environment.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "city.ui.context.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesia")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in (NODE_FILES / ".city",) if folder.is_dir()]  # `make` picks these from npm
STATIC_ROOT = Path(os.environ.get("CITY_STATIC", HOME / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 300

SESSION_ENGINE = "city.kernel.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Sign-in: who you are comes from people; allauth keeps passwords, codes, passkeys and sessions.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["city.people.adapter.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/masuk"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "city.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # never shown: people has a form and codes of its own
ACCOUNT_EMAIL_VERIFICATION = "none"
# Counts by address and network are kept in PostgreSQL by people; this one must let an office sign in at eight o'clock.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CITY_PROXIES", "0"))
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "city.people.adapter.SecondStepAdapter"
MFA_TOTP_ISSUER = "Kota Pintar"
USERSESSIONS_TRACK_ACTIVITY = False

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

EMAIL_HOST = os.environ.get("CITY_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("CITY_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CITY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CITY_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CITY_SMTP_TLS", "0") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("CITY_SMTP_FROM", "kota-pintar@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"procrastinate": {"level": "WARNING"}},
    "root": {"handlers": ["out"], "level": os.environ.get("CITY_LOG", "INFO")},
}
