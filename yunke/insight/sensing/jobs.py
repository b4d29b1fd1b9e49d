"""Reading a file, in a child process on a short leash."""

import json
import sys
from typing import Any

from yunke.base.jobs import Held, job
from yunke.base.limited import Limits, run_limited
from yunke.insight.sensing.actions import inbox, inbox_sweep, pulse_keep

LIMITS = Limits(cpu=15, memory=2 * 2**30, file=2**20, nice=5)


@job("pulse.read")
def read(held: Held, payload: dict[str, Any]) -> None:
    """Read one file; it is deleted whatever came of it."""
    file = inbox() / str(payload["file"])
    told = read_limited(str(file)) if file.is_file() else {"reason": "broken"}
    with held.write():
        pulse_keep(int(payload["pulse"]), told)
    file.unlink(missing_ok=True)
    inbox_sweep()


def read_limited(path: str) -> dict[str, Any]:
    """What ``yunke.craft.pulse`` says of the file; a reader that failed is a broken file."""
    command = [sys.executable, "-m", "yunke.craft.pulse", path]
    ended = run_limited(command, limits=LIMITS, timeout=30)
    try:
        return dict(json.loads(ended.output)) if ended.status == 0 else {"reason": "broken"}
    except ValueError:
        return {"reason": "broken"}
