"""When was it written? Ticks of the server, and the log that a device keeps between them.

With every reply goes a tick: the server's time for this attempt and person, sealed with a key that
only the server has, and bound to what the device had shown before (so ticks make a chain). Offline
the device counts on from its last tick with a clock that nobody can set, and signs what it wrote.
That a device is honest cannot be proven; that its story fits can, and a person decides.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MOST_LINES = 400
LONGEST_LINE = 200
# A device that slept, or a clock that ran out of hand: more than this nobody counts by itself.
LONGEST_GAP = timedelta(days=7)


@dataclass(frozen=True)
class Proof:
    """What a device shows. ``lines``: "question seq milliseconds digest" of each answer written
    since ``tick``; ``sign``: HMAC-SHA256 of tick and lines under the attempt's log key, as hex.
    """

    tick: str = ""
    lines: tuple[str, ...] = ()
    sign: str = ""


@dataclass(frozen=True)
class From:
    """Where a write comes from. ``device``: a random name that the device gave itself; ``proof``:
    what it shows.
    """

    device: str = ""
    proof: Proof = field(default_factory=Proof)


@dataclass(frozen=True)
class Written:
    """One line of the log: ``digest`` is SHA-256 of the answer's JSON as it was sent, as hex."""

    question_id: int
    seq: int
    after: timedelta
    digest: str


def tick_make(key: bytes, *, attempt_id: int, person_id: int, at: datetime, before: Proof) -> str:
    """``attempt.milliseconds.link.seal``: the link names the tick and log that it follows."""
    shown = _signed_text(before) + before.sign
    link = hashlib.sha256(shown.encode()).hexdigest()[:16] if before.tick else "0" * 16
    body = f"{attempt_id}.{round(at.timestamp() * 1000)}.{link}"
    return f"{body}.{_seal(key, body, person_id)}"


def tick_time(key: bytes, tick: str, *, attempt_id: int, person_id: int) -> datetime | None:
    """The server's time that a tick holds; None where it is not one of ours for this attempt."""
    body, _, seal = tick.rpartition(".")
    if not _same(_seal(key, body, person_id), seal):
        return None
    attempt, _, rest = body.partition(".")
    if attempt != str(attempt_id):
        return None
    return datetime.fromtimestamp(int(rest.partition(".")[0]) / 1000, UTC)


def log_sign(log_key: bytes, proof: Proof) -> str:
    return hmac.new(log_key, _signed_text(proof).encode(), hashlib.sha256).hexdigest()


def log_read(log_key: bytes, proof: Proof) -> dict[int, Written]:
    """The lines of an honest log by question; nothing at all of one that was tampered with."""
    if len(proof.lines) > MOST_LINES or any(len(one) > LONGEST_LINE for one in proof.lines):
        return {}
    if not _same(log_sign(log_key, proof), proof.sign):
        return {}
    found = [_written(line) for line in proof.lines]
    return {one.question_id: one for one in found if one is not None}


def written_at(
    tick_at: datetime | None, line: Written | None, *, seq: int, digest: str, came: datetime
) -> datetime | None:
    """When an answer was written, by the server's clock; None where nothing holds together.

    The line must name this very answer, and the tick and what was counted from it lie before now.
    """
    if tick_at is None or line is None or (line.seq, line.digest) != (seq, digest):
        return None
    if not timedelta(0) <= line.after <= LONGEST_GAP:
        return None
    at = tick_at + line.after
    return at if at <= came + timedelta(seconds=2) else None


def proof_of(tick: str, lines: Sequence[str], sign: str) -> Proof:
    """As it came over the wire; what is too long is nothing."""
    return Proof(tick[:200], tuple(lines[: MOST_LINES + 1]), sign[:64])


def _signed_text(proof: Proof) -> str:
    return "\n".join((proof.tick, *proof.lines))


def _seal(key: bytes, body: str, person_id: int) -> str:
    return hmac.new(key, f"{person_id}:{body}".encode(), hashlib.sha256).hexdigest()[:32]


def _same(ours: str, shown: str) -> bool:
    return hmac.compare_digest(ours.encode(), shown.encode())


def _written(line: str) -> Written | None:
    parts = line.split(" ")
    if len(parts) != 4 or not all(part.isdecimal() for part in parts[:3]):
        return None
    if any(len(part) > 18 for part in parts[:3]):
        return None
    return Written(int(parts[0]), int(parts[1]), timedelta(milliseconds=int(parts[2])), parts[3])
