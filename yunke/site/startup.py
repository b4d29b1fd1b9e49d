"""What must be right before the house opens. One line names what is wrong; nothing runs weaker.

``CHECKS`` is the whole list. Each check gets the settings and answers with a sentence, or nothing.
"""

import hashlib
import importlib
import json
import os
import re
import shutil
import stat
import sys
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from yunke.site.env import BadSetting


class BadStart(Exception):
    """The house does not open; the text names the cause."""


def caddy_program() -> Path:
    """Caddy as told, else from our own environment, else from the machine.

    Raises BadStart without one.
    """
    beside = Path(sys.executable).parent / "caddy"
    told = os.environ.get("YUNKE_CADDY", "")
    found = Path(told or (beside if beside.exists() else shutil.which("caddy") or ""))
    if not found.is_file() or not os.access(found, os.X_OK):
        raise BadStart("the web server caddy is missing: ./run setup installs it")
    return found


def checked_settings() -> Any:
    """The settings, after every check has passed. Raises BadStart with the first that did not."""
    try:
        settings = importlib.import_module("yunke.site.settings")
        for check in CHECKS:
            if sentence := check(settings):
                raise BadStart(sentence)
    except BadSetting as trouble:
        raise BadStart(str(trouble)) from None
    return settings


def _debug(settings: Any) -> str:
    return "YUNKE_DEBUG is yes: debug pages show secrets, so no school opens with them" * bool(
        settings.DEBUG
    )


def _key(settings: Any) -> str:
    key = settings.DATA / "secret.key"
    if key.is_file() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return f"{key} can be read by others: chmod 600 {key}"
    if len(set(settings.SECRET_KEY)) < 10:
        return "YUNKE_SECRET_KEY repeats itself: it must be random, ./run setup makes one"
    return ""


def _hosts(settings: Any) -> str:
    bad = [h for h in settings.ALLOWED_HOSTS if not re.fullmatch(r"\*|\.?[A-Za-z0-9.:\[\]-]+", h)]
    return f"YUNKE_HOSTS has {bad[0]!r}, which is no host name" if bad else ""


def _zone(settings: Any) -> str:
    try:
        zoneinfo.ZoneInfo(settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return f"YUNKE_ZONE is {settings.TIME_ZONE!r}; the clock knows no such time zone"
    return ""


def _quota(settings: Any) -> str:
    if settings.UPLOAD_LIMIT > settings.UPLOAD_QUOTA:
        return "YUNKE_UPLOAD_MB is above YUNKE_QUOTA_MB: no upload of that size could be kept"
    return ""


def _folders(settings: Any) -> str:
    for name in ("", "media", "lake"):
        folder = settings.DATA / name
        try:
            if folder.exists() and not folder.is_dir():
                return f"YUNKE_DATA: {folder} is a file; it must be a folder"
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / ".can-write"
            probe.write_text("")
            probe.unlink()
        except OSError as trouble:
            return f"YUNKE_DATA: {folder} cannot be written ({trouble.strerror})"
    # These mean something in a Caddyfile, also between quotation marks.
    if bad := set(str(settings.DATA)) & set('"{}\\\n'):
        return f"YUNKE_DATA is {str(settings.DATA)!r}; {min(bad)!r} in its name is refused"
    return ""


def _space(settings: Any) -> str:
    free = shutil.disk_usage(settings.DATA).free
    return f"YUNKE_DATA: only {free >> 20} MB are free; 64 MB are needed" * (free < 64 << 20)


def _static(settings: Any) -> str:
    for name in ("yunke/base.css", "yunke/shell.js", "vendor/hls.js"):
        if not (settings.STATIC_ROOT / name).is_file():
            return f"static file {name} is missing: ./run setup collects the static files"
    return ""


def _programs(settings: Any) -> str:
    caddy_program()
    exe = os.environ.get("IMAGEIO_FFMPEG_EXE")
    try:
        found = exe or importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe()
    except (ImportError, RuntimeError):
        found = ""
    if not found or not os.access(found, os.X_OK):
        return f"the video program ffmpeg is missing ({found or 'not installed'}): ./run setup"
    return ""


def _whole(settings: Any) -> str:
    """A restore that did not end leaves its sign."""
    begun = bool((settings.DATA / "restoring").exists())
    return "a restore began and did not end: ./run restore again" * begun


def _database(settings: Any) -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    name = "at YUNKE_DATABASE" if settings.DATABASE else settings.DATABASES["default"]["NAME"]
    if not settings.DATABASE and not Path(name).is_file():
        return f"there is no database at {name}: ./run setup makes it"
    django.setup()
    try:
        executor = MigrationExecutor(connection)
        due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        return f"the database {name} cannot be read ({trouble})"
    finally:
        connection.close()
    return f"the database is not up to date ({due[0][0]} is due): ./run setup" if due else ""


def _reached(settings: Any) -> str:
    """Asked once and without the pool, which would try for ten seconds and speak of itself."""
    if not settings.DATABASE:
        return ""
    entry = settings.DATABASES["default"]
    psycopg = importlib.import_module("psycopg")
    try:
        psycopg.connect(
            host=entry["HOST"], port=entry["PORT"] or None, dbname=entry["NAME"],
            user=entry["USER"] or None, password=entry["PASSWORD"] or None, connect_timeout=5,
        ).close()  # fmt: skip
    except psycopg.Error as trouble:
        return f"YUNKE_DATABASE cannot be reached ({' '.join(str(trouble).split())})"
    return ""


def _valkey(settings: Any) -> str:
    if not settings.VALKEY:
        return ""
    redis = importlib.import_module("redis")
    try:
        redis.Redis.from_url(settings.VALKEY, socket_timeout=3, socket_connect_timeout=3).ping()
    except (redis.RedisError, ValueError) as trouble:
        return f"YUNKE_VALKEY cannot be reached ({trouble})"
    return ""


def _bucket(settings: Any) -> str:
    if not settings.S3:
        return ""
    if not settings.S3_KEY or not settings.S3_SECRET:
        return "YUNKE_S3 is set: YUNKE_S3_KEY and YUNKE_S3_SECRET must be too"
    return str(importlib.import_module("yunke.base.bucket").trouble_with(settings))


def _models(settings: Any) -> str:
    """Every model file is the one that was examined: its hash stands in the registry beside it."""
    folder = settings.DATA / "models"
    registry = folder / "registry.json"
    if not registry.is_file():
        return ""
    try:
        known = dict[str, str](json.loads(registry.read_text()))
    except (ValueError, TypeError):
        return f"{registry} cannot be read"
    for name, digest in known.items():
        file = folder / name
        if not file.is_file():
            return f"the model {name} is missing in {folder}"
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            return f"the model {name} is not the one that was examined: its hash differs"
    return ""


def _profile(settings: Any) -> str:
    """The profile that was agreed is the one whose code is here."""
    from yunke.ground.consent.door import chosen_profile  # noqa: PLC0415

    agreed = chosen_profile()
    connection.close()
    if agreed is None or agreed.profile == str(settings.PROFILE):
        return ""
    return (
        f"YUNKE_PROFILE is {settings.PROFILE}, and this site was made ready under "
        f"{agreed.profile}: ./run setup brings it over, or says who must agree"
    )


CHECKS: tuple[Callable[[Any], str], ...] = (
    _debug, _key, _hosts, _zone, _quota, _folders, _space, _static, _programs, _models,
    _reached, _valkey, _bucket, _whole, _database, _profile,
)  # fmt: skip
