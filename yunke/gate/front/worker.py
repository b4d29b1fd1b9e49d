"""The worker that answers for the house on a device without a line (``worker.js``).

It is sent by the front because its word counts for every page: a script may speak for addresses
outside of its folder only when the answer that brings it says so.
"""

from pathlib import Path

from yunke.gate.front.wire import Ask, Reply

SCRIPT = (b"content-type", b"text/javascript; charset=utf-8")
WHOLE = (b"service-worker-allowed", b"/")
_worker = Reply(200, Path(__file__).with_suffix(".js").read_bytes(), SCRIPT, (WHOLE,))


async def worker(ask: Ask) -> Reply:
    return _worker
