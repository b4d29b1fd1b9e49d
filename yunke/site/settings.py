"""All settings, in one file. Every knob is one line with its sentence."""

from pathlib import Path

from yunke.base.capability import kept_of
from yunke.base.place import own_name
from yunke.site.database import database
from yunke.site.env import (
    BadSetting,
    env_bool,
    env_choice,
    env_int,
    env_path,
    env_secret,
    env_text,
    env_url,
)

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = env_path("YUNKE_DATA", ROOT / "var", "Folder that holds the database, media, lake and key.")
DEBUG = env_bool("YUNKE_DEBUG", False, "Django's debug pages; refused by ./run serve.")
SECRET_KEY = env_secret("YUNKE_SECRET_KEY", DATA / "secret.key", "Signs cookies and cards.")
ALLOWED_HOSTS = env_text("YUNKE_HOSTS", "*", "Host names served, comma separated.").split(",")
PORT = env_int("PORT", 8000, "The one address people open.", low=1, high=65535)
PAGE_WORKERS = env_int("YUNKE_PAGE_WORKERS", 2, "Processes that render pages.", low=1, high=64)
PROFILE = env_choice("YUNKE_PROFILE", "cn", ("cn", "eu", "us", "strict"), "Legal profile.")
UPLOAD_LIMIT = env_int("YUNKE_UPLOAD_MB", 2048, "Largest upload, MB.", low=1, high=65536) * 2**20
UPLOAD_QUOTA = env_int("YUNKE_QUOTA_MB", 20480, "Uploads a teacher may keep, MB.") * 2**20
HASH_THREADS = env_int("YUNKE_HASH_THREADS", 2, "Passwords hashed at once.", low=1, high=64)
HASH_QUEUE = env_int("YUNKE_HASH_QUEUE", 200, "Sign-ins that may wait for hashing.", low=1)
TIME_ZONE = env_text("YUNKE_ZONE", "Asia/Shanghai", "The school's time zone.")
DEMO = env_bool("YUNKE_DEMO", False, "Shows the demo accounts on the sign-in page.")
HTTPS = env_bool("YUNKE_HTTPS", False, "Cookies only over HTTPS, and HSTS.")
DATABASE = env_url(
    "YUNKE_DATABASE", ("postgresql",), "postgresql://user:password@host/name; empty: SQLite."
)  # fmt: skip
VALKEY = env_url(
    "YUNKE_VALKEY", ("redis", "rediss"), "redis://host/0, shared by several machines; empty: none."
)  # fmt: skip
S3 = env_url(
    "YUNKE_S3", ("http", "https"), "https://endpoint/bucket for finished media; empty: local files."
)  # fmt: skip
S3_KEY = env_text("YUNKE_S3_KEY", "", "Access key of the bucket.")
S3_SECRET = env_text("YUNKE_S3_SECRET", "", "Secret key of the bucket.")

MEDIA_ROOT = DATA / "media"
LAKE_ROOT = DATA / "lake"
CHECKPOINTS = env_path(
    "YUNKE_CHECKPOINTS", DATA / "checkpoints", "Second place of the audit: best on another disk."
)
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ROOT / "yunke" / "site" / "static",
    ("vendor", DATA / "vendor"),
]

HOUSE = (
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "lucide",
    "yunke.base",
    "yunke.ground.audit",
    "yunke.ground.lake",
    "yunke.ground.people",
    "yunke.ground.consent",
    "yunke.ground.privacy",
    "yunke.school.library",
    "yunke.school.timetable",
    "yunke.school.preparing",
    "yunke.school.review",
    "yunke.school.lessons",
    "yunke.school.attempts",
    "yunke.school.homework",
    "yunke.school.exams",
    "yunke.school.practice",
    "yunke.insight.screen",
    "yunke.insight.sensing",
    "yunke.gate.exchange",
    "yunke.gate.terminals",
    "yunke.demo",
    "yunke.site",
)
# A capability that the profile does not have is gone: no app, no table, no address.
INSTALLED_APPS = kept_of(PROFILE, HOUSE)

MIDDLEWARE = [
    "yunke.base.headers.HeadersMiddleware",
    "yunke.base.trouble.TroubleMiddleware",
    # Before the session, so that a trouble on the way to it is told in the reader's language.
    "yunke.site.language.LanguageMiddleware",
    "yunke.site.session.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "yunke.site.urls"
WSGI_APPLICATION = "yunke.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "yunke.site.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "yunke.base.templatetags.yunke",
            ],
        },
    }
]

DATABASES = {"default": database(DATABASE, DATA)}

PASSWORD_HASHERS = ["yunke.base.hashing.Argon2id19"]
SESSION_COOKIE_NAME = "yunke"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yunke.site.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "/sign-in"

USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "yunke_language"

DATA_UPLOAD_MAX_MEMORY_SIZE = 9 * 2**20
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": VALKEY,
        "KEY_PREFIX": own_name(DATA),
    }
    if VALKEY
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # No log holds what people typed, at no level: yunke/base/logs.py.
    "formatters": {"quiet": {"()": "yunke.base.logs.Quiet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
}

__all__ = ["BadSetting"]
