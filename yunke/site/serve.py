"""``./run serve``: every process behind one address, kept alive.

Caddy takes the address and hands on; pages, sign-ins, the front and the worker are its parts.
"""

import asyncio
import importlib
import os
import shutil
import socket
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from yunke.site.caddy import Layout, caddyfile
from yunke.site.keeping.lock import Busy, open_house
from yunke.site.startup import BadStart, caddy_program, checked_settings
from yunke.site.supervise import Part, Supervisor, say

PATIENCE = 60.0  # seconds until an address that does not answer is called broken


def parts(layout: Layout, *, hash_threads: int, hash_queue: int) -> list[Part]:
    """What runs, in the order of starting."""
    front = layout.socket("front")
    config = ("run", "--config", str(layout.run / "Caddyfile"), "--adapter", "caddyfile")
    return [
        Part("front", (str(front),), "yunke.gate.front.app", socket=front),
        *(pages(layout, name, threads=4) for name in layout.pages),
        # Hashing passwords is slow on purpose: a process of its own that yields to the pages,
        # with a thread for everybody who may wait in its line.
        pages(layout, "signin", threads=hash_threads + hash_queue + 2, nice=10),
        Part("worker", (), "yunke.site.worker", nice=5),
        Part("caddy", (str(caddy_program()), *config), leaves=0),
    ]


def pages(layout: Layout, name: str, *, threads: int, nice: int = 0) -> Part:
    """One process of Django pages on a socket of its own."""
    uds = layout.socket(name)
    return Part(name, (str(uds), str(threads)), "yunke.site.pageworker", nice=nice, socket=uds)


async def announce(layout: Layout, code: str = "") -> None:
    """Print the one address as soon as it answers; with the setup code of an empty server."""
    began = time.monotonic()
    while not (await open_sockets(layout) and await answers(layout.port)):
        if time.monotonic() - began > PATIENCE:
            say(f"PORT {layout.port} does not answer after {PATIENCE:.0f} s; see the lines above")
            return
        await asyncio.sleep(0.1)
    print(open_line(layout.port, _host()), flush=True)
    if code:
        print(first_line(layout.port, code), flush=True)


def first_code() -> str:
    """The setup code of a server that has no city yet; "" for one that has."""
    door = importlib.import_module("yunke.ground.people.door")
    try:
        return str(door.setup_code())
    finally:
        connection.close()


def first_line(port: int, code: str) -> str:
    """Printed once, on the console of whoever started the server: it opens the city."""
    return (
        f"还没有城市 · no city yet: http://localhost:{port}/first-day\n"
        f"安装码 · setup code: {code[:5]} {code[5:]}"
    )


def open_line(port: int, host: str) -> str:
    """The one address, and in brackets the same for the phones and TVs of this network."""
    beside = f" ({host}:{port})" if host != "localhost" else ""
    return f"云课开门了 · Yunke is open: http://localhost:{port}/{beside}"


async def open_sockets(layout: Layout) -> bool:
    """Do all parts behind Caddy take calls? Asked first: Caddy prints each that it cannot reach."""
    for part in ("front", "signin", *layout.pages):
        try:
            _reader, writer = await asyncio.open_unix_connection(layout.socket(part))
        except OSError:
            return False
        writer.close()
    return True


async def answers(port: int) -> bool:
    """Do the pages and the front answer at the address?"""
    return all([await _ok(port, "/health"), await _ok(port, "/front/health")])


async def _ok(port: int, path: str) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        ask = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        writer.write(ask.encode())
        line = await asyncio.wait_for(reader.readline(), 10)
        writer.close()
    except (OSError, TimeoutError):
        return False
    return b" 200 " in line


def _host() -> str:
    """The address of this machine in its network, for the phones and TVs beside it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))  # sends nothing: asks which way it would go
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"


def refuse_taken(port: int) -> None:
    """Raises BadStart when another program holds the address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - the address that people open
        except OSError as trouble:
            raise BadStart(f"PORT {port}: {trouble.strerror}; set another PORT") from None


async def keep(found: list[Part], layout: Layout, code: str) -> None:
    await Supervisor(found).run(announce(layout, code))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    # Sockets have short paths (108 bytes), data folders may not.
    run = Path(tempfile.mkdtemp(prefix="yunke-", dir="/tmp"))
    try:
        settings = checked_settings()
        refuse_taken(settings.PORT)
        layout = Layout(settings.PORT, settings.DATA, run, settings.PAGE_WORKERS)
        parts_of = urlsplit(settings.S3)
        bucket = f"{parts_of.scheme}://{parts_of.netloc}" if settings.S3 else ""
        text = caddyfile(layout, upload_bytes=settings.UPLOAD_LIMIT, bucket=bucket)
        (run / "Caddyfile").write_text(text)
        os.environ.update(XDG_DATA_HOME=f"{settings.DATA}/caddy", XDG_CONFIG_HOME=str(run))
        threads, queue = settings.HASH_THREADS, settings.HASH_QUEUE
        found = parts(layout, hash_threads=threads, hash_queue=queue)
        with open_house(settings.DATA):
            asyncio.run(keep(found, layout, first_code()))
    except (BadStart, Busy) as trouble:
        say(f"not started: {trouble}")
        return 1
    finally:
        shutil.rmtree(run, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
