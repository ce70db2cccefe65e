"""Every setting, from the environment, with defaults that suit a developer's machine.

One file for all installations: what differs between them is in environment variables.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.templatetags.static import static
from kombu import Queue

from config import addresses, extras, places, secret_key
from config.schedule import JOBS, QUEUES, ROUTES, SCHEDULE

django_stubs_ext.monkeypatch()

env = environ.Env()
places.made()

# -- who and where ---------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key.kept_in(places.VAR / "secret_key")
SITE_URL = env.str(
    "SITE_URL", default=f"http://localhost:{addresses.whole('PORT', env.str('PORT', default=''), 8000)}"
).rstrip("/")
_site = urlsplit(SITE_URL)
# How many proxies of ours stand before the web server, and are believed whom they say they saw.
PROXIES = addresses.count("PROXIES", env.str("PROXIES", default=""))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", _site.hostname])
# Who may read /metrics: whoever says this; where it is empty, whoever asks on this very machine.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# The log of all that was inked signs its checkpoints with this key, under this name.
LOG_KEY = env.str("LOG_KEY", default="") or secret_key.kept_in(
    places.VAR / "log_key", new=secret_key.for_signing
)
LOG_ORIGIN = env.str("LOG_ORIGIN", default="") or str(_site.hostname)
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文")]  # of the public pages; the desks are in English
LOCALE_PATHS = [places.ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = addresses.zone(
    env.str("TIME_ZONE", default="") or "UTC"
)  # a deadline is over at 24:00 of its last day here

# How many days before its deadline a prediction is announced to those who follow it.
NOTICES = addresses.days_before("NOTICES", env.str("NOTICES", default="30,7"))
# How many days after what fell due was first brought before the reviewers it is brought before them again.
REMIND_AFTER = addresses.some("REMIND_AFTER", env.str("REMIND_AFTER", default=""), 7)

# How many must agree on a verdict, one or two, without sight of each other's; and for how many hours it is
# announced before it counts. What was judged under other values stays as it was.
REVIEWERS = addresses.whole("REVIEWERS", env.str("REVIEWERS", default=""), 1)
NOTICE_HOURS = addresses.whole(
    "NOTICE_HOURS", env.str("NOTICE_HOURS", default=""), 0 if REVIEWERS == 1 else 48
)

# -- what it is made of ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.InstallationConfig",
    "predictions.apps.PredictionsConfig",
    "ledger.apps.LedgerConfig",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "drf_spectacular",
    "rest_framework",
]
MIDDLEWARE = [
    "config.packing.Packed",
    "config.pagecache.PageCache",  # so early that what is kept is answered before all else
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.languages.PublicLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
            ],
        },
    },
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # from the apps' own folders, DEBUG or not: there is no collecting step
UNFOLD = {
    "SITE_TITLE": "Hindsight",
    "SITE_HEADER": "Hindsight",
    "SITE_SUBHEADER": "ledger.admin.sidebar.tagline",
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("ledger/mark.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("ledger/mark.svg")}
    ],
    "LOGIN": {
        "form": "ledger.views.login.LoginForm"
    },  # not of an admin module: they need the site, and the site needs this
    "DASHBOARD_CALLBACK": "ledger.admin.sidebar.start",
    "SHOW_HISTORY": False,  # the ledger keeps its own, and shows it to everybody
    "STYLES": [lambda request: static("admin_desk/admin.css")],
    "SIDEBAR": {"navigation": "ledger.admin.sidebar.navigation"},
    "BORDER_RADIUS": "3px",
    "COLORS": {
        "base": {
            "50": "#fdfdfb",
            "100": "#f3f4f1",
            "200": "#d9dcd7",
            "300": "#bcc3c8",
            "400": "#9ba4aa",
            "500": "#7c858b",
            "600": "#474f56",
            "700": "#31383c",
            "800": "#1b1f22",
            "900": "#121517",
            "950": "#0b0d0e",
        },
        "font": {"subtle-light": "#5f686f", "subtle-dark": "#9ba4aa"},
        "primary": {
            "50": "#eff6fb",
            "100": "#d8e9f4",
            "200": "#b3d4ea",
            "300": "#8cc4ee",
            "400": "#6cbcf0",
            "500": "#3583b8",
            "600": "#005e93",
            "700": "#004d79",
            "800": "#003d60",
            "900": "#002e48",
            "950": "#001e30",
        },
    },
}

# -- the ledger's database -------------------------------------------------------------------------


def sqlite_options() -> dict[str, Any]:
    """Return what makes SQLite fit for several writing processes.

    IMMEDIATE takes the write lock when a transaction begins. Begun as a reader, a transaction that
    comes to write cannot wait its turn and fails at once with "database is locked", whatever the
    timeout. FULL, because a delivery is marked once its mail is out: a mark lost in a power cut
    would be a second mail. `recursive_triggers` is for triggers that are to see the delete inside
    a REPLACE; without it SQLite fires none for that.
    """
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # forty who sign at the same moment wait their turn; SQLite keeps no order among them
        "init_command": (
            "PRAGMA journal_mode = WAL; "
            "PRAGMA synchronous = FULL; "
            "PRAGMA foreign_keys = ON; "
            "PRAGMA recursive_triggers = ON;"
        ),
    }


_database = env.str("DATABASE_URL", default="")
DEFAULT_DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": places.VAR / "hindsight.sqlite3"}
DATABASES: dict[str, dict[str, Any]] = {
    "default": addresses.database(_database) if _database else DEFAULT_DATABASE,
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = sqlite_options()
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- the jobs --------------------------------------------------------------------------------------

_broker = env.str("REDIS_URL", default="")
REDIS_URL = addresses.broker(_broker) if _broker else f"unix://{places.broker_socket(places.VAR)}"
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)  # as Celery spells a socket
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a broker may be away for a night
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
}
CELERY_TASK_QUEUES = [Queue(name) for name in QUEUES]  # a worker that is told none takes all
CELERY_TASK_DEFAULT_QUEUE = JOBS
CELERY_TASK_ROUTES = ROUTES
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None  # or beat would have them swept every night
CELERY_TASK_ACKS_LATE = True  # a job that was cut off is run again: all of them may be
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 540  # less than the broker waits before it hands a job to somebody else
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULER = "config.beat:OneOfEach"
CELERY_BEAT_SCHEDULE_FILENAME = str(places.VAR / "beat")

# -- rendered pages, kept by the broker's server: what is lost there is rendered again ------------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "page",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 1},
    }
}

# -- mail ------------------------------------------------------------------------------------------

EMAIL_FILE_PATH = ""  # set below when mail goes into a folder
DEFAULT_MAIL = {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": str(places.VAR / "mail"),
}
_mail = env.str("EMAIL_URL", default="")
vars().update(addresses.mail(_mail) if _mail else DEFAULT_MAIL)
EMAIL_TIMEOUT = 20  # seconds: a mail server that hangs must not hold the worker
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Hindsight <hindsight@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# What mail providers report of bounces and complaints, at /reported/<provider>/tracking/, off unless a secret is set.
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")
}
if ANYMAIL.get("WEBHOOK_SECRET"):
    extras.needed("anymail", "ANYMAIL_WEBHOOK_SECRET")
    INSTALLED_APPS.append("anymail")

# -- the second finder: a language model behind an OpenAI-compatible address, off unless one is set -------

LLM_URL = env.str("LLM_URL", default="")  # what comes before /chat/completions
LLM_KEY = env.str("LLM_KEY", default="")
LLM_MODEL = env.str("LLM_MODEL", default="")

# -- evidence: whether the worker looks at each address once and keeps a hash of what is there, off unless set --

FETCH_EVIDENCE = env.bool("FETCH_EVIDENCE", default=False)

# -- channels: whether posts may go to machines of this one's own network, as a ntfy or Matrix server of yours --

CHANNELS_PRIVATE = env.bool("CHANNELS_PRIVATE", default=False)

# -- the API ---------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # it reads the public record to anybody and knows nobody
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "ledger.api.pages.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hindsight",
    "DESCRIPTION": "The public record: what was predicted, when it fell due, and what became of it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",  # may say that a value is null, as figures often are
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ledger.api.scores.add_components",
    ],
    "ENUM_NAME_OVERRIDES": {  # several rows have a kind, each its own
        "Precision": "predictions.models.PRECISIONS",
        "SpeakerKind": "predictions.models.Speaker.Kind",
        "SourceKind": "predictions.models.Source.Kind",
        "EventKind": "ledger.models.Event.Kind",
        "EvidenceKind": "ledger.models.Evidence.Kind",
    },
}

# -- safety ----------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.scheme == "https"
SECURE_HSTS_SECONDS = 31_536_000 if _site.scheme == "https" else 0
X_FRAME_OPTIONS = "DENY"
# The admin's own pages rely on inline script; the public ones have no need of any.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# -- logs: to the console, for whoever started the process to keep ---------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without signed links": {"()": "config.logs.WithoutSignedLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without signed links"],
        }
    },
    # What they say names the addresses of channels, which are secret.
    "loggers": {"apprise": {"level": "CRITICAL"}, "urllib3": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": addresses.log_level(env.str("LOG_LEVEL", default=""))},
}
