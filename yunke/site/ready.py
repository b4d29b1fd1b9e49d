"""What must be there before the house can open: words, static files, key, database.

``python -m yunke.site.ready`` prints one JSON line {"stage", "share"} for each step. Every step
may be repeated; none downloads anything.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
# What the browser gets from npm packages: (file in node_modules, name under /static/vendor/).
VENDOR = (
    ("hls.js/dist/hls.light.min.js", "hls.js"),
    ("jsqr/dist/jsQR.js", "jsqr.js"),
)


def tell(stage: str, share: float) -> None:
    print(json.dumps({"stage": stage, "share": share}, ensure_ascii=False), flush=True)


def data() -> Path:
    return Path(os.environ.get("YUNKE_DATA") or ROOT / "var").resolve()


def make_key() -> None:
    """A secret key of this site alone, readable by nobody else; kept when it is there."""
    folder = data()
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "secret.key"
    if not key.exists():
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))


def compile_words() -> None:
    """Every room's English, from its .po to the .mo that gettext reads."""
    for source in sorted((ROOT / "yunke").glob("**/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as read, target.open("wb") as written:
            write_mo(written, read_po(read))


def copy_vendor() -> None:
    folder = data() / "vendor"
    folder.mkdir(parents=True, exist_ok=True)
    for source, name in VENDOR:
        shutil.copyfile(ROOT / "node_modules" / source, folder / name)


def collect_static() -> None:
    _django("collectstatic", interactive=False, verbosity=0)


def migrate() -> None:
    """Bring the tables up to date; on PostgreSQL make the database where the role may."""
    _start()
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "postgresql":
        _make_database(connection)
        with connection.cursor() as cursor:  # an index over a whole city takes its minutes
            cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
    from yunke.base.fresh import each_alone, is_fresh  # noqa: PLC0415
    from yunke.site import profile  # noqa: PLC0415

    profile.check()
    with each_alone() if is_fresh() else nullcontext():
        _django("migrate", interactive=False, verbosity=0)
    profile.settle()
    connection.close()


def _make_database(connection: Any) -> None:
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")


def _start() -> None:
    # Django may only start once the key is there, so it is not imported with this module.
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    django.setup()


def _django(command: str, **options: object) -> None:
    _start()
    from django.core.management import call_command  # noqa: PLC0415

    call_command(command, **options)


STEPS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("密钥 · key", make_key),
    ("词句 · words", compile_words),
    ("页面文件 · static files", copy_vendor),
    ("页面文件 · static files", collect_static),
    ("数据库 · database", migrate),
)


def main() -> None:
    for index, (stage, step) in enumerate(STEPS):
        step()
        last = all(name != stage for name, _ in STEPS[index + 1 :])
        tell(stage, 1.0 if last else 0.5)


if __name__ == "__main__":
    main()
