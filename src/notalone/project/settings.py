"""Django's settings; what differs between places comes from the environment."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from notalone.project import environment
from notalone.project.guard import no_flood, without_passes

ENV = environment.read()

DEBUG = ENV.debug
SECRET_KEY = ENV.secret
ALLOWED_HOSTS = list(ENV.hosts)
ROOT_URLCONF = "notalone.project.urls"
WSGI_APPLICATION = "notalone.project.wsgi.application"
CACHES = {
    "default": {  # limits live here: as many senders as a festival has, or some would be forgotten and begin anew
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database_settings(ENV)}

ROOMS = ["scenario", "show", "festival", "wall", "classes", "guide", "people", "live", "faces"]
INSTALLED_APPS = [
    *(f"notalone.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "notalone.project.guard.Forwarded",
    "notalone.project.guard.PermissionsPolicy",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "notalone.live.web.LivePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "notalone.faces.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English")), ("de", _("German"))]
LANGUAGE_COOKIE_NAME = "unused"  # the address says the language; no cookie does
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "faces:dashboard"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked.html"
AXES_RESET_ON_SUCCESS = True  # who mistypes and then succeeds begins anew
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a child at the same address cannot keep staff out for ever

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_USE_SESSIONS = True  # no cookie beyond session and pass
CSRF_FAILURE_VIEW = "notalone.faces.views.csrf_failure"
SESSION_COOKIE_SECURE = ENV.production
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; the hall's own network may have no TLS
SECURE_HSTS_SECONDS = 31_536_000 if ENV.production else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.production else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],  # live's address is added for each request
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = ENV.state / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "notalone.project.staticfiles.HashedModules"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
TEST_RUNNER = "django.test.runner.DiscoverRunner"

STATION_PARTS = ["guide/station_part.html"]  # what rooms above the festival put into a station's page
FESTIVAL_FOLDER = ENV.festival
STATE_FOLDER = ENV.state
LIVE_URL = ENV.live_url
PUBLIC_URL = ENV.url
LIVE_HOST = ENV.live_host
LIVE_PORT = ENV.live_port
ENV_PRODUCTION = ENV.production

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "filters": {
        "flood": {"()": "django.utils.log.CallbackFilter", "callback": no_flood},
        "passes": {"()": "django.utils.log.CallbackFilter", "callback": without_passes},
        "health": {  # what is down is said by the supervisor, not by everyone who asks
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: not record.getMessage().endswith(": /healthz"),
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["health", "flood", "passes"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "notalone": {"level": "INFO"},
        "axes": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
