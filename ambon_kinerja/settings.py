"""The one settings file. Everything that differs between machines comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from .rooms import *  # noqa: F403  the names of what higher floors bring

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def required(name, advice):
    """The value of a variable without which no production start makes sense."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {advice}")
    return value


# --- Mode ---------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = required(
    "SECRET_KEY",
    'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(50))" and keep it secret.',
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # the keys before it, newest first
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG or DEMO else [])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if DEBUG or DEMO else "")
if not (DEBUG or DEMO):
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set. Name the hosts, e.g. kinerja.ambon.go.id.")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured(
            "SITE_URL is not set. Give the public https:// address, e.g. for QR codes."
        )
HELP_LINE = env.str(
    "HELP_LINE", default="Hubungi admin kepegawaian unit Anda, Senin–Jumat pukul 08.00–16.00 WIT."
)

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "ambon_kinerja",
    "agencies",
    "feedback",
    "appraisal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "django_celery_beat",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ambon_kinerja.row_security.RowSecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agencies.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "agencies.accounts.middleware.SignInStepsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ambon_kinerja.responses.PrivatePagesMiddleware",
]
ROOT_URLCONF = "ambon_kinerja.urls"
WSGI_APPLICATION = "ambon_kinerja.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.access.navigation.navigation",
            ],
        },
    },
    {
        "NAME": "plain text",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "ambon"
CRISPY_TEMPLATE_PACK = "ambon"
CRISPY_FAIL_SILENTLY = False

# --- Database -----------------------------------------------------------------------------------
# `default` is the application's role: it may change rows, not tables, and only add to the audit
# trail. `owner` owns the tables and is used by migrations alone. A page waits 3 s for a lock and 30 s for a
# statement at most; compiling a statement (jit) costs more than any of ours takes.
DATABASES = {"default": env.db_url_config(required("DATABASE_URL", "E.g. postgres://ambon_app:…@host/ambon"))}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
    "OPTIONS": DATABASES["default"].get("OPTIONS", {})
    | {"connect_timeout": 3, "options": "-c lock_timeout=3s -c statement_timeout=30s -c jit=off"},
}
if owner_url := env.str("DATABASE_OWNER_URL", default=""):
    DATABASES["owner"] = env.db_url_config(owner_url) | {"TEST": {"MIRROR": "default"}}
# Who reads the guarded tables (docs/adr/0016): manage.py says "service"; in the web nobody until a request says who.
DATABASE_READER = env.str("DATABASE_READER", default="")
if DATABASE_READER not in ("", "service"):
    raise ImproperlyConfigured("DATABASE_READER is either empty or service.")
if DATABASE_READER:
    for _database in DATABASES.values():
        _options = _database.setdefault("OPTIONS", {})
        _options["options"] = f"{_options.get('options', '')} -c app.reader={DATABASE_READER}".strip()
ROW_SECURITY_READER = "agencies.access.reader.settings_of"
ROW_SECURITY_TABLES = (
    "appraisal_skp",
    "appraisal_evaluation",
    "appraisal_resultrating",
    "appraisal_feedback",
    "appraisal_evidence",
    "appraisal_guidanceopinion",
    "appraisal_counsellingnote",
    "appraisal_objection",
    "appraisal_voicecitation",
    "feedback_restrictedcase",
    "feedback_restrictedmessage",
    "feedback_restrictedattachment",
    "feedback_restrictedletter",
    "feedback_sealopening",
)
APPLICATION_ROLE = env.str("APPLICATION_ROLE", default="ambon_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["agencies.accounts.backends.NipOrEmailBackend"]
LOGIN_URL = "agencies:sign-in"
LOGIN_REDIRECT_URL = "appraisal:home"
LOGOUT_REDIRECT_URL = "agencies:signed-out"
PASSWORD_HASHERS = [
    "agencies.accounts.hashers.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "agencies.accounts.passwords.OwnWordsValidator"},
    {"NAME": "agencies.accounts.passwords.CompositionValidator"},
]
# Peraturan BSSN 4/2021 asks for both, ASVS 6.2.5 and 6.2.10 forbid both: docs/adr/0010.
PASSWORD_COMPOSITION = env.bool("PASSWORD_COMPOSITION", default=False)
PASSWORD_EXPIRES_DAYS = env.int("PASSWORD_EXPIRES_DAYS", default=0)  # 0: never
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)  # the demo's accounts have none
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_LONGEST_SECONDS = env.int("SESSION_LONGEST_SECONDS", default=12 * 60 * 60)
SESSION_NEEDS_DEVICE = True  # only tests sign in past the door, without a device
# Longer than a session may last: a session that has ended is still known, so that typed text finds its owner.
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS + 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The national ASN sign-in (OpenID Connect); without OIDC_ISSUER there is no button ----------------
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NIP_CLAIM = env.str("OIDC_NIP_CLAIM", default="nip")
OIDC_EMAIL_FALLBACK = env.bool("OIDC_EMAIL_FALLBACK", default=False)
OIDC_SECOND_FACTOR_ACR = env.list("OIDC_SECOND_FACTOR_ACR", default=[])  # values that mean two factors
OIDC_SECOND_FACTOR_AMR = env.list("OIDC_SECOND_FACTOR_AMR", default=[])
OIDC_BUTTON = env.str("OIDC_BUTTON", default="Masuk dengan akun ASN")

# --- Browser security ---------------------------------------------------------------------------
HTTPS = urlsplit(SITE_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # only then X-Forwarded-For says who is asking
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jayapura"  # WIT, UTC+9: every deadline is meant in it
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# --- Files --------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- E-mail -------------------------------------------------------------------------------------
vars().update(env.email_url_config(env.str("EMAIL_URL", default="consolemail://")))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Ambon Kinerja <kinerja@ambon.go.id>")
EMAIL_TIMEOUT = 10

# --- Jobs ---------------------------------------------------------------------------------------
# Why each: a killed worker or a silent broker must lose nothing and hang nobody (docs/adr/0004).
CELERY_BROKER_URL = required("BROKER_URL", "E.g. redis://host:6379/0 or redis+socket:///run/valkey.sock")
# What all web processes count together lies beside the broker's queues; `default` stays in each process. Never clear()
# the shared one: it would empty the queues too. One short try, as when a job is handed over (jobs/publishing.py).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db="),
        "KEY_PREFIX": "ambon-kinerja",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)},
    },
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 700_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "ambon_kinerja.jobs.tasks.sweep", "schedule": 30},
    "send-notices": {"task": "ambon_kinerja.notices.tasks.send_waiting", "schedule": 60},
    "remove-orphan-documents": {
        "task": "ambon_kinerja.documents.tasks.remove_orphan_files",
        "schedule": 86_400,
    },
    "begin-day": {"task": "agencies.structure.tasks.begin_day", "schedule": 900},
    "remove-old-data-copies": {
        "task": "ambon_kinerja.personal_data.tasks.remove_old_copies",
        "schedule": 3600,
    },
    "expire-proposals": {"task": "agencies.access.tasks.expire", "schedule": 3600},
    "mail-orphans": {
        "task": "agencies.careers.tasks.mail_orphans",
        "schedule": crontab(day_of_week=1, hour=7, minute=0),
    },
    "check-evidence-links": {"task": "appraisal.monitoring.tasks.check_due_links", "schedule": 3600},
    "send-reminders": {
        "task": "appraisal.dashboard.tasks.send_reminders",
        "schedule": crontab(hour="7,9,11", minute=30),
    },
    "run-terms-of-documents": {
        "task": "appraisal.objections.tasks.run_terms",
        "schedule": crontab(hour="6,8,10", minute=15),
    },
    "keep-periods": {
        "task": "appraisal.calibration.tasks.keep_periods",
        "schedule": crontab(hour="6,8,10", minute=45),
    },
    "run-day-of-complaints": {
        "task": "feedback.complaints.tasks.run_day",
        "schedule": crontab(hour="5,7,9", minute=45),
    },
    "send-complaint-mails": {"task": "feedback.complaints.tasks.send_mails", "schedule": 120},
    "run-terms-of-conduct-cases": {
        "task": "feedback.complaints.restricted.tasks.run_terms",
        "schedule": crontab(hour=5, minute=30),
    },
    "keep-feedback-rounds": {"task": "feedback.colleagues.tasks.keep_rounds", "schedule": 3600},
    "remove-old-outcome-files": {"task": "appraisal.outcomes.tasks.remove_old_files", "schedule": 3600},
    "drop-expired-codes": {"task": "feedback.services.tasks.drop_expired_codes", "schedule": 3600},
    "queue-due-reports": {"task": "appraisal.reports.tasks.queue_due_reports", "schedule": 3600},
    "add-survey-changes": {"task": "feedback.results.tasks.add_changes", "schedule": 30},
    "show-running-results": {
        "task": "feedback.results.tasks.show_running",
        "schedule": crontab(hour=4, minute=20),
    },
    "forget-survey-networks": {"task": "feedback.citizens.tasks.forget_networks", "schedule": 3600},
    "release-comments": {
        "task": "feedback.citizens.tasks.release_comments",
        "schedule": crontab(day_of_week=1, hour=5, minute=0),
    },
}

# --- Days, terms and seconds ------------------------------------------------------------------------
IMPORT_MASS_MOVE_PERCENT = 20  # of a unit's holders: an import that moves more at once warns
PROPOSAL_DAYS = 14  # a proposal nobody decides runs out (docs/adr/0013)
DELEGATION_DAYS = 30  # the longest term for which a right is delegated
SURVEY_CODE_DAYS = 14  # after the visit, for an answer with a one-time code (docs/adr/0023)
# A day, from the officer on duty: a citizen every five minutes for a working day.
SURVEY_CODES_OF_A_COUNTER = 100
REOPENED_WORKING_DAYS = 5  # the appraiser's time for a result that was opened again
KIOSK_DAYS_BACK = (
    14  # the oldest service day a tablet may say; an older one is taken for a clock that is wrong
)
KIOSK_MOST_ANSWERS_A_DAY = 500  # of one tablet: a survey a minute for a long working day
CHECK_EVIDENCE_LINKS = env.bool(
    "CHECK_EVIDENCE_LINKS", default=True
)  # the worker visits them (docs/adr/0019)
# Complaints about an officer (docs/adr/0025). Working days: 3 to assess and 10 of silence as at SP4N-LAPOR!, 60 for
# complaints with supervision (Perpres 76/2013); 7 to answer, as between a call and an examination in PP 94/2021.
RESTRICTED_WORKING_DAYS = {"assess": 3, "reply": 7, "decide": 60, "close": 10}
RESTRICTED_SEAL_HOURS = 72  # how long the two who opened a name may read it
JOB_HEARTBEAT_SECONDS = env.float("JOB_HEARTBEAT_SECONDS", default=5)
JOB_DEAD_AFTER_SECONDS = env.float("JOB_DEAD_AFTER_SECONDS", default=30)
JOB_RETRY_SECONDS = env.float("JOB_RETRY_SECONDS", default=10)
JOB_PUBLISH_SECONDS = 0.5  # a web request waits for the broker this long for one answer
JOB_BROKER_REST_SECONDS = 10  # a broker that did not answer is left alone this long

# --- Feedback by colleagues (PermenPANRB 6/2022 art. 18, 19 name the givers, no numbers; docs/adr/0026) --
COLLEAGUES_MINIMUM = 5  # answers before anything is shown, raters before anybody is asked
COLLEAGUES_LEAST_TEXTS = 3  # texts that are released together, or none
COLLEAGUES_RATERS_OF_A_RELATION = 8  # raters drawn among peers, and among subordinates, at most
COLLEAGUES_MOST_TASKS = 12  # for one rater in a round
COLLEAGUES_REMIND_DAYS = 3  # before the end

# --- Personal data (UU 27/2022; docs/adr/0012) ----------------------------------------------------
PERSONAL_DATA_FILES = [
    BASE_DIR / app / "personal_data.yml" for app in ("ambon_kinerja", "agencies", "feedback", "appraisal")
]
RETENTION_REPORT_HOURS = 72  # only what a dry run younger than this has named may be deleted
DATA_COPY_DAYS = 7

# --- The citizens' survey: house rules, no law sets them (docs: citizen feedback 4.1 and 4.2) ---------------------
SURVEY_FASTEST_SECONDS = 20  # nine questions are not read in less
SURVEY_BURST_FLOOR = 50  # answers a day that are never a burst; above it three times the median day counts
SURVEY_NETWORK_USUAL = 30  # answers to one service within the hour from one network: a waiting room's Wi-Fi
SURVEY_NETWORK_MOST = 300  # within the hour, then none is taken for a while
SURVEY_DEVICE_USUAL = 5  # answers to one service on a day from one device: a family's telephone
SURVEY_WRONG_CODES = 10  # within the hour from one network, then no code is looked at

# --- Log ----------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "ambon_kinerja.log.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
