"""One settings file for every installation; what differs comes from the environment (docs/operating.md).

The embedded start (`./dev run`) sets the same variables from ./var, so it runs what production runs.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import locale
from django.utils.translation import gettext_lazy as _

import files
from config import logs, media
from config.celery import app as celery_app  # noqa: F401 -- shared tasks belong to it
from config.databases import database
from config.environment import address, flag, json_file, listed, number, secret, text, toml_file
from config.limits import limits
from config.schedule import SCHEDULE
from words.days import ZONE

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / text("LERNSTADT_VAR", "var")

# --- what every installation must say itself -----------------------------------------------------------------------
SECRET_KEY = secret("SECRET_KEY")
KEY_ENCRYPTION_KEY = secret("KEY_ENCRYPTION_KEY")  # wraps the signing keys; 32 bytes, base64url
#: While `manage.py keys rewrap` is due: the one before.
FORMER_KEY_ENCRYPTION_KEY = secret("FORMER_KEY_ENCRYPTION_KEY", "")
#: Where the key-encryption key is kept: a class like certificates.envelope.Vault, and what it is made with.
KEY_VAULT = text("KEY_VAULT", "certificates.envelope.LocalVault")
#: For the W3C's test suites only; refused with HTTPS (certificates.apps).
VC_API = flag("VC_API")
#: Who seals for a provider, by its key: {"0123456789abcdef": {"kind": "csc", "url": …}}. Others are sealed by the city.
SEALERS = json_file("SEALERS_FILE")
OPENID4VCI = flag("OPENID4VCI")  # certificates go into wallet apps
H5P_HUB = flag("H5P_HUB")  # `manage.py h5p_hub` may ask h5p.org
H5P_HUB_ID = text("H5P_HUB_ID", "")  # what the Hub calls this installation
H5P_OWNER_MODEL = "providers.Provider"
H5P_PLAYER = "vendor/h5p"
H5P_KEEPER = "tenancy.contents"  # writes what survives a power cut, and looks whether it is whole
#: Where the secrets of the years are kept that protect the figures; one folder for all processes, in no backup.
FIGURE_SECRETS = BASE_DIR / (text("FIGURE_SECRETS", "") or VAR / "figure-secrets")
KEY_VAULT_OPTIONS = [key for key in (KEY_ENCRYPTION_KEY, FORMER_KEY_ENCRYPTION_KEY) if key]
#: Whose Lernstadt this is: its name, phone, hours (demo/installation.toml says what may stand there).
CITY = toml_file("CITY_FILE", BASE_DIR / "demo" / "installation.toml")
#: What it names as a file lies beside it.
CITY_FOLDER = Path(text("CITY_FILE") or BASE_DIR / "demo" / "installation.toml").parent
PUBLIC_URL = text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
SECURITY_CONTACT = text("SECURITY_CONTACT", "")  # mailto: or https:, for security.txt
DEMO = flag("DEMO")  # says "invented data" on every page

#: Host names at which a provider's page comes first: {"lernen.vhs.example": "vhs"} (config.hosts).
PROVIDER_HOSTS = dict(one.split("=", 1) for one in listed("PROVIDER_HOSTS"))

DEBUG = False
ALLOWED_HOSTS = [
    *listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"),
    urlsplit(PUBLIC_URL).hostname or "",
    *PROVIDER_HOSTS,
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- rooms and libraries -------------------------------------------------------------------------------------------
ROOMS = [
    "tenancy",
    "outbox",
    "figures",
    "accounts",
    "providers",
    "accessibility",
    "h5p",
    "courses",
    "learning",
    "certificates",
    "reports",
    "api",
    "recovery",
    "demo",
]
INSTALLED_APPS = [
    *ROOMS,
    "h5p_lite",
    "wagtail.users",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.humanize",  # allauth's templates use it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "config.following.follow",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.csp.content_security_policy",
    "config.head.head_as_get",
    "config.compression.compress",
    "api.middleware.doors_for_programs",
    "config.hosts.provider_hosts",
    "config.once.once",  # sees the cookies of everything below
    "learning.middleware.list_ends_with_session",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accessibility.middleware.plain_german_first",
    "config.given_back.instead_of_signing_in",
    "providers.middleware.own_colours",
    "providers.middleware.lens",
    "accounts.middleware.shared_device",  # looks through the lens
    "accessibility.middleware.settings_of_account",  # looks through the lens
    "courses.middleware.former_addresses",  # looks through the lens
    "courses.middleware.one_save_at_a_time",  # inside the lens: the lock ends with its transaction
    "config.odd.whole_numbers",  # inside the lens, so that it takes writes back
]
SAME_CLICK = 10  # seconds in which the same form at a desk is the same click (config.once)
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accessibility.context.page",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


WEB_THREADS = number("WEB_THREADS", 8)  # per process, each with a connection
#: Milliseconds a statement may take and wait for a lock, by the kind of work (LERNSTADT_WORK, set by the process that does it).
TIMEOUTS = {"web": (15_000, 5_000), "background": (900_000, 60_000)}
PREPARED_STATEMENTS = flag("PREPARED_STATEMENTS", usual=True)  # off behind an old pooler


# --- database: DATABASE_URL decides the role; `migrate` runs with the owner's, everything else with the app's --------
WORK = text("LERNSTADT_WORK", "background")
DATABASES = {
    "default": database(
        address("DATABASE_URL"), timeouts=TIMEOUTS[WORK], prepared=PREPARED_STATEMENTS
    )
}
NESTED_LENSES = False  # only the tests, which live inside a transaction of their own

# --- Valkey: cache and broker --------------------------------------------------------------------------------------
BROKER_URL = address("BROKER_URL", "redis://localhost:6379/0")
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "config.cache.ValkeyCache",
        "LOCATION": BROKER_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": "lernstadt",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},  # seconds; config.cache
    }
}
#: Sealed papers, some 100 kB each: files of a day, which web server and worker share. Where uploads are in an object store, the two
#: may be on different machines.
PAPERS = VAR / "papers"
PAPERS_KEPT = 60 * 60 * 24  # seconds
CACHES["papers"] = (
    CACHES["default"]
    if text("MEDIA_S3_BUCKET")
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PAPERS,
        "TIMEOUT": PAPERS_KEPT,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
)
PUBLIC_PAGES_IN_MEMORY = 1000  # per process; about 40 MB when full

# --- accounts ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.adapter.ByAddress",
    "allauth.account.auth_backends.AuthenticationBackend",  # named by sessions from before
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "lernstadt"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "providers:enter"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.mailed.JoinForm",
    "confirm_login_code": "accounts.forms.mailed.EnterCodeForm",
    "request_login_code": "accounts.forms.mailed.CodeForm",
    "reset_password": "accounts.forms.mailed.ForgottenForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # for accounts from before accounts.joining
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = (
    900  # seconds; reading a mail and typing a code takes some people long
)
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or a new passkey is told by mail
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds; accounts.proof
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 0)  # for rate limits
#: A class or a library sits behind one address: what only costs is generous, what fails is counted per account (key).
ACCOUNT_RATE_LIMITS = {
    "signup": "120/m/ip",
    "confirm_email": "3/3m/key",
    "login": "240/m/ip",
    "login_failed": "200/m/ip,5/5m/key",
    "request_login_code": "120/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
#: Who works for a provider or the city needs a passkey or an app besides the password. The demo switches it off, visibly.
SECOND_FACTOR = flag("SECOND_FACTOR", usual=not DEMO)
COURSES_SEEN_BY_OFFICE = number("COURSES_SEEN_BY_OFFICE", 2)  # of each provider; 0: none
LIMITS = limits()
LIMITS_STORAGE = BROKER_URL.replace("redis+socket://", "redis+unix://")
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys on http://localhost
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

# --- languages -----------------------------------------------------------------------------------------------------
locale.LANG_INFO["de-simple"] = {
    "bidi": False,
    "code": "de-simple",
    "name": "German (plain)",
    "name_local": "Einfache Sprache",
    "name_translated": _("Einfache Sprache"),
}
LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("de", "Deutsch"),
    ("de-simple", "Einfache Sprache"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = ZONE.key
FORMAT_MODULE_PATH = ["config.formats"]  # English dates as in Europe
USE_TZ = True
READING_COOKIE = "anzeige"  # set only when somebody asks for larger letters and the like
READING_VARIANT = "accessibility.reading.variant"  # what public pages differ by

# --- the authors' desk ---------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Lernstadt"
WAGTAIL_PAGE_MODEL = "providers.BasePage"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = (
    False  # a course is reviewed as a whole: docs/adr/0015-reviews-of-whole-courses.md
)
WAGTAILDOCS_SERVE_METHOD = "serve_view"
#: What is kept, and what people have and must be told about: `files.take` converts or refuses that with a sentence.
WAGTAILDOCS_EXTENSIONS = [*files.DOCUMENTS, "srt", "mov", "m4v", "doc", "xls", "ppt"]
WAGTAILIMAGES_EXTENSIONS = [*files.PICTURES, "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
#: Both ask where the file comes from.
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.credit_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.credit_forms.DocumentForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # wagtail and simple_translation share a library name

# --- files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_FOLDER") or VAR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/redaktion/medien/"
STORAGES = {
    "default": media.store(
        bucket_name=text("MEDIA_S3_BUCKET"),
        endpoint_url=text("MEDIA_S3_ENDPOINT"),
        region_name=text("MEDIA_S3_REGION"),
        access_key=secret("MEDIA_S3_ACCESS_KEY", ""),
        secret_key=secret("MEDIA_S3_SECRET_KEY", ""),
    ),
    "staticfiles": {"BACKEND": "config.static.LeanStaticFiles"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long lesson in the editor

# --- background work -----------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "config.background.CeleryBackend"}}  # Wagtail's index updates
CELERY_BROKER_URL = BROKER_URL
#: Nobody waits for a broker that is gone: what could not be queued is found by the sweeps (config.schedule).
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}  # seconds
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0}
CELERY_IMPORTS = ["config.following", "config.scraping"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below holds for the worker as well
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = SCHEDULE
#: A child that papers or spreadsheets have made larger is ended after its task and comes anew.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 350_000  # kB

# --- mail ----------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "outbox.backend.Outbox"  # writes it down; the worker lets it leave
EMAIL_TRANSPORT = text("EMAIL_BACKEND", "config.mail.ConsoleAndFile")
EMAIL_TIMEOUT = 10  # seconds
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "Lernstadt <lernstadt@example.org>")

# --- headers -------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
#: Calendars that other sites show in a frame: plain HTML, and nothing that could be pressed by mistake.
SECURE_CSP_FRAMED = SECURE_CSP | {
    "frame-ancestors": ["*"],
    "script-src": ["'none'"],
    "form-action": ["'none'"],
}
#: Wagtail's own pages bring inline scripts and styles and show previews in a frame; they are for signed-in staff only.
SECURE_CSP_DESK = SECURE_CSP | {
    "frame-ancestors": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}

# --- logs ----------------------------------------------------------------------------------------------------------
LOGGING = logs.configured(level=text("LOG_LEVEL", "WARNING"), form=text("LOG_FORMAT", "line"))

# --- figures, for Prometheus ---------------------------------------------------------------------------------------
METRICS_PORT = number("METRICS_PORT", 0)  # 0: nobody asks
METRICS_HOST = text("METRICS_HOST", "127.0.0.1")
METRICS_FOLDER = Path(text("METRICS_FOLDER") or VAR / "metrics")
TRACES_TO = text("OTEL_EXPORTER_OTLP_ENDPOINT")  # config.traces
