"""Where the Python parts come from: Django is loaded once, each part is a fork of that.

So a part that was killed is back in a tenth of a second instead of two, also on a busy machine,
and the parts share the memory of what they loaded. The supervisor writes one JSON line for each
part to start; the nursery answers with its process id, and again when it ended.

No connection, no thread may exist here: a fork of them would be broken.
"""

import gc
import importlib
import json
import logging
import os
import selectors
import signal
import sys
from typing import Any, BinaryIO, NoReturn

import django

from yunke.base.tether import name_process, settle

LOADED = ("yunke.site.wsgi", "yunke.site.pageworker", "yunke.gate.front.app", "yunke.site.worker")
REAP = 0.05  # seconds between looks for children that ended


def main() -> int:
    # The supervisor's own line: prints of the parts must not get into it.
    told = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    name_process("nursery")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    django.setup()
    for name in LOADED:
        importlib.import_module(name)
    importlib.import_module("yunke.site.warm").warm()
    gc.collect()
    gc.freeze()  # the parts' collectors leave these pages shared
    serve(sys.stdin.buffer, told)
    return 0


def serve(asked: BinaryIO, told: Any) -> None:
    """Until the supervisor closes its line."""
    names: dict[int, str] = {}
    waiting = selectors.DefaultSelector()
    os.set_blocking(asked.fileno(), False)
    waiting.register(asked, selectors.EVENT_READ)
    rest = b""
    while True:
        if waiting.select(REAP):
            data = os.read(asked.fileno(), 65536)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                part = json.loads(line)
                pid = fork(part)
                names[pid] = part["name"]
                tell(told, name=part["name"], pid=pid)
        reap(names, told)


def reap(names: dict[int, str], told: Any) -> None:
    """Say of each child that ended how it ended."""
    while names:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        name = names.pop(pid, "")
        if name:
            tell(told, name=name, pid=pid, code=os.waitstatus_to_exitcode(status))


def tell(told: Any, **what: object) -> None:
    told.write(json.dumps(what).encode() + b"\n")


def fork(part: dict[str, Any]) -> int:
    """A new process that runs ``main(words)`` of the part's module; gives its id."""
    nursery = os.getpid()
    pid = os.fork()
    if pid == 0:
        live(part, nursery)
    return pid


def live(part: dict[str, Any], nursery: int) -> NoReturn:
    code = 1
    try:
        os.close(0)
        settle(part["nice"], nursery)
        name_process(part["name"])
        os.environ["YUNKE_PART"] = part["name"]
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, signal.SIG_DFL)
        code = int(importlib.import_module(part["module"]).main(part["words"]) or 0)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        logging.getLogger(__name__).exception("a part ended")
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    # Without the interpreter's farewell: what was loaded for the parts has nothing to say.
    os._exit(main())
