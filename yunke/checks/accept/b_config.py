"""B-17: a house that is set up wrongly does not open, and says why; never a weaker mode."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from yunke.checks.accept.table import Options
from yunke.checks.living.serving import ROOT, free_port

Env = dict[str, str]


class Bad(NamedTuple):
    """One wrong set-up: what is done to a good one, and a word that the refusal must name."""

    name: str
    names: str
    spoil: Callable[[Path, Env], None]


def setting(name: str, value: str) -> Callable[[Path, Env], None]:
    def spoil(data: Path, env: Env) -> None:
        env[name] = value

    return spoil


def wrong(name: str, value: str) -> Bad:
    return Bad(f"{name}={value}", name, setting(name, value))


def _no_key(data: Path, env: Env) -> None:
    (data / "secret.key").unlink()


def _short_key(data: Path, env: Env) -> None:
    (data / "secret.key").write_text("too-short")


def _open_key(data: Path, env: Env) -> None:
    (data / "secret.key").chmod(0o644)


def _no_database(data: Path, env: Env) -> None:
    env["YUNKE_DATABASE"] = ""
    (data / "yunke.sqlite3").unlink(missing_ok=True)


def _no_tables(data: Path, env: Env) -> None:
    env["YUNKE_DATABASE"] = ""
    (data / "yunke.sqlite3").write_bytes(b"")


def _garbled_database(data: Path, env: Env) -> None:
    env["YUNKE_DATABASE"] = ""
    (data / "yunke.sqlite3").write_bytes(b"no database at all " * 300)


def _half_restored(data: Path, env: Env) -> None:
    (data / "restoring").touch()


def _no_static(data: Path, env: Env) -> None:
    shutil.rmtree(data / "static")


def _half_static(data: Path, env: Env) -> None:
    (data / "static" / "vendor" / "hls.js").unlink()


def _file_as(name: str) -> Callable[[Path, Env], None]:
    def spoil(data: Path, env: Env) -> None:
        shutil.rmtree(data / name, ignore_errors=True)
        (data / name).write_text("a file where a folder must be")

    return spoil


def _data_is_a_file(data: Path, env: Env) -> None:
    env["YUNKE_DATA"] = str(data / "secret.key")
    env["YUNKE_SECRET_KEY"] = "a-good-long-key-0123456789-abcdefghijklmnopq"


def _data_nowhere(data: Path, env: Env) -> None:
    env["YUNKE_DATA"] = "/proc/yunke-cannot-be-written"
    env["YUNKE_SECRET_KEY"] = "a-good-long-key-0123456789-abcdefghijklmnopq"


def _no_caddy(data: Path, env: Env) -> None:
    env["YUNKE_CADDY"] = str(data / "no-caddy")


def _no_ffmpeg(data: Path, env: Env) -> None:
    env["IMAGEIO_FFMPEG_EXE"] = str(data / "no-ffmpeg")


def _wrong_model(data: Path, env: Env) -> None:
    folder = data / "models"
    folder.mkdir()
    (folder / "some.onnx").write_bytes(b"weights that somebody changed")
    (folder / "registry.json").write_text('{"some.onnx": "' + "0" * 64 + '"}')


BAD = (
    Bad("no key file", "YUNKE_SECRET_KEY", _no_key),
    Bad("short key file", "YUNKE_SECRET_KEY", _short_key),
    Bad("key file that others can read", "secret.key", _open_key),
    wrong("YUNKE_SECRET_KEY", "short"),
    wrong("YUNKE_SECRET_KEY", "a" * 60),
    wrong("YUNKE_DEBUG", "yes"),
    wrong("YUNKE_DEBUG", "perhaps"),
    wrong("PORT", "eighty"),
    wrong("PORT", "0"),
    wrong("PORT", "70000"),
    wrong("YUNKE_PAGE_WORKERS", "0"),
    wrong("YUNKE_PAGE_WORKERS", "-1"),
    wrong("YUNKE_PROFILE", "moon"),
    wrong("YUNKE_PROFILE", ""),
    wrong("YUNKE_UPLOAD_MB", "2,5"),
    wrong("YUNKE_UPLOAD_MB", "65000"),
    wrong("YUNKE_QUOTA_MB", "a lot"),
    wrong("YUNKE_HASH_THREADS", "many"),
    wrong("YUNKE_HASH_QUEUE", "0"),
    wrong("YUNKE_ZONE", "Moon/Tycho"),
    wrong("YUNKE_ZONE", "../../etc/passwd"),
    wrong("YUNKE_HOSTS", "school.example/path"),
    wrong("YUNKE_HTTPS", "1"),
    Bad("no database", "database", _no_database),
    Bad("a database without tables", "database", _no_tables),
    Bad("a garbled database", "database", _garbled_database),
    Bad("half restored", "restore", _half_restored),
    wrong("YUNKE_DATABASE", "mysql://127.0.0.1/school"),
    wrong("YUNKE_DATABASE", "postgresql://yunke@127.0.0.1:1/school"),
    wrong("YUNKE_VALKEY", "127.0.0.1:6379"),
    wrong("YUNKE_VALKEY", "redis://127.0.0.1:1/0"),
    wrong("YUNKE_S3", "/bucket"),
    wrong("YUNKE_S3", "http://127.0.0.1:1/bucket"),
    Bad("no static files", "static", _no_static),
    Bad("a static file missing", "hls.js", _half_static),
    Bad("the media folder is a file", "media", _file_as("media")),
    Bad("the lake folder is a file", "lake", _file_as("lake")),
    Bad("the data folder is a file", "YUNKE_DATA", _data_is_a_file),
    Bad("the data folder cannot be made", "YUNKE_DATA", _data_nowhere),
    Bad("no caddy", "caddy", _no_caddy),
    Bad("no ffmpeg", "ffmpeg", _no_ffmpeg),
    Bad("a model of another hash", "some.onnx", _wrong_model),
)


class Refusal(NamedTuple):
    code: int
    lines: list[str]


def refusal(bad: Bad, good: Path) -> Refusal:
    """What ``yunke.site.serve`` says to a copy of the good folder that was spoiled."""
    with tempfile.TemporaryDirectory(prefix="yunke-bad-") as folder:
        data = Path(folder) / "data"
        shutil.copytree(good, data)
        env = {**os.environ, "YUNKE_DATA": str(data), "PORT": str(free_port())}
        bad.spoil(data, env)
        command = [sys.executable, "-m", "yunke.site.serve"]
        try:
            done = subprocess.run(
                command, env=env, cwd=ROOT, capture_output=True, timeout=40, check=False
            )
        except subprocess.TimeoutExpired:
            return Refusal(0, ["it serves"])
    return Refusal(done.returncode, (done.stdout + done.stderr).decode().strip().splitlines())


def b_17(options: Options) -> dict[str, Any]:
    """Every bad set-up is refused: exit status not 0, one line, and it names the cause."""
    good = Path(os.environ["YUNKE_DATA"])
    failures = {}
    for bad in BAD:
        found = refusal(bad, good)
        named = len(found.lines) == 1 and bad.names in found.lines[0]
        if found.code == 0 or not named:
            failures[bad.name] = [found.code, *found.lines[-2:]]
    figures = {"configurations": len(BAD), "refused": len(BAD) - len(failures)}
    return {"pass": not failures, "figures": {**figures, "failures": failures}}
