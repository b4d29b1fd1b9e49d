"""A walk along the chain: what was changed, deleted, inserted, moved, cut off or replaced, where.

Rows stream past as tuples, a million in well under a minute; only faults cost more queries.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection

from yunke.ground.audit.models import Anchor, Entry, Head
from yunke.ground.audit.reads.checkpoints import said_of, seal_of
from yunke.ground.audit.rules import START, at_text, hash_of, sealed_text
from yunke.ground.audit.values import Act, Fault, FaultKind, Signed, Verdict

COLUMNS = (
    "seq", "at", "actor_id", "act", "role", "subject_id", "object_kind", "object_id", "school_id",
    "reason", "detail", "salt", "sealed", "before", "hash",
)  # fmt: skip
FACTS = 9
STEP = 20_000
CHUNK = 2_000
# When so much is broken, where each line once stood is not asked any more.
MANY = 1_000
NEARBY = 60
BACK = timedelta(seconds=2)
Ours = Callable[[str, str], bool]
Told = Callable[[int, int], None]
K = FaultKind


@dataclass
class Walk:
    """Where the walk is, and what it found so far."""

    seq: int = 0
    hash: str = START
    at: str = ""
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)
    # (line, where it was written) of lines that stand elsewhere.
    moved: list[tuple[int, int]] = field(default_factory=list)
    # At checkpoints: the hash that the chain has there.
    marks: dict[int, str] = field(default_factory=dict)
    # Emptied lines with whom they name, and who was erased.
    emptied: list[tuple[int, frozenset[int]]] = field(default_factory=list)
    erased: set[int] = field(default_factory=set)
    # (line, checkpoint): a restored backup gave up the checkpoints up to this one.
    restored: list[tuple[int, int]] = field(default_factory=list)

    def fault(self, kind: FaultKind, seq: int, text: str, until: int = 0) -> None:
        """Note a fault; the same kind on the next line prolongs the one before."""
        last = self.faults[-1] if self.faults else None
        if last and (last.kind, last.text) == (kind, text) and (last.until or last.seq) == seq - 1:
            self.faults[-1] = Fault(kind, last.seq, text, until or seq)
        else:
            self.faults.append(Fault(kind, seq, text, until))


def verify(*, second_place: list[Signed], ours: Ours, told: Told | None = None) -> Verdict:
    """Walk the whole chain. ``ours``: is a text signed by this server; ``told``: (done, all)."""
    start = monotonic()
    head = Head.objects.filter(id=1).first()
    walk = Walk()
    first = _begin(walk, ours)
    wanted = {one.seq for one in second_place}
    total = head.seq - first if head else 0
    for row in rows():
        _line(walk, row)
        if row[0] in wanted:
            walk.marks[row[0]] = row[-1]
        if told is not None and walk.lines % STEP == 0:
            told(walk.lines, total)
    _moves(walk)
    _end(walk)
    _erasures(walk)
    _checkpoints(walk, second_place, ours, first)
    return Verdict(
        walk.lines, first + 1, walk.seq, len(second_place), len(walk.emptied),
        monotonic() - start, tuple(sorted(walk.faults, key=lambda fault: (fault.seq, fault.kind))),
    )  # fmt: skip


def rows() -> Iterator[tuple[Any, ...]]:
    """The lines as the database gives them: Django's own conversions would take most of the time.

    SQLite gives instants and JSON as text; ``at_text`` and ``sealed_text`` take either.
    """
    quoted = [connection.ops.quote_name(name) for name in COLUMNS]
    if connection.vendor == "sqlite":
        quoted[1] = f"CAST({quoted[1]} AS TEXT)"
    names = ", ".join(quoted)
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY seq")  # noqa: S608 (our own names)
        while found := cursor.fetchmany(CHUNK):
            yield from found


def _begin(walk: Walk, ours: Ours) -> int:
    """The chain begins at zero, or behind the signed anchor that retention left."""
    anchor = Anchor.objects.order_by("-seq").first()
    if anchor is None:
        return 0
    walk.seq, walk.hash = anchor.seq, anchor.hash
    if not ours(said_of(0, anchor.at, anchor.seq, anchor.hash), anchor.signature):
        walk.fault(K.REPLACED, anchor.seq, "the anchor was not signed by this server")
    return int(anchor.seq)


def _line(walk: Walk, row: tuple[Any, ...]) -> None:
    seq, at, before, hash = row[0], row[1], row[13], row[14]
    gap = seq - walk.seq - 1
    if gap:
        walk.fault(K.MISSING, walk.seq + 1, "lines were deleted", seq - 1)
    moment = at_text(at)
    fact = (seq, moment, *row[2:FACTS])
    if hash_of(before, fact, row[12]) != hash:
        _broken(walk, row, fact)
    elif before != walk.hash and not gap:
        walk.fault(K.CHANGED, walk.seq, "the line is not the one that the next was written after")
    _sealed(walk, row)
    if moment < walk.at and _went_back(walk.at, moment):
        walk.fault(K.CLOCK, seq, "the clock was set back before this line")
    walk.seq, walk.hash, walk.at, walk.lines = seq, hash, moment, walk.lines + 1


def _went_back(before: str, after: str) -> bool:
    return datetime.fromisoformat(after) < datetime.fromisoformat(before) - BACK


def _broken(walk: Walk, row: tuple[Any, ...], fact: tuple[Any, ...]) -> None:
    """Was the line changed, or does it stand where it was not written?"""
    for stood in _places(walk, row[0], row[13]) if len(walk.faults) < MANY else ():
        if stood > 0 and hash_of(row[13], (stood, *fact[1:]), row[12]) == row[14]:
            walk.moved.append((row[0], stood))
            return
    walk.fault(K.CHANGED, row[0], "the facts of the line were changed")


def _places(walk: Walk, seq: int, before: str) -> Iterator[int]:
    """Where a line may have stood: as far off as the last one, after the line it names, nearby."""
    if walk.moved:
        moved, stood = walk.moved[-1]
        yield seq + stood - moved
    follows = Entry.objects.filter(hash=before).values_list("seq", flat=True).first()
    yield 1 if before == START else (follows or 0) + 1
    for away in range(1, NEARBY):
        yield seq + away
        yield seq - away


def _moves(walk: Walk) -> None:
    """Lines that all moved as far up to the end: something was put in or taken out before them."""
    moved = {seq for seq, _stood in walk.moved}
    for seq, _stood in walk.moved:
        walk.fault(K.MOVED, seq, "the line does not stand where it was written")
    tail = len(walk.moved)
    while tail and _follows_on(walk, tail):
        tail -= 1
    if tail == len(walk.moved) or walk.moved[tail][0] - 1 in moved:
        return
    seq, stood = walk.moved[tail]
    if stood < seq:
        walk.fault(K.INSERTED, stood, "lines were put in", seq - 1 if seq - 1 > stood else 0)
    else:
        walk.fault(K.MISSING, seq, "lines were taken out and the next ones moved up")


def _follows_on(walk: Walk, tail: int) -> bool:
    """Is the move before ``tail`` of one piece with the moves up to the end of the chain?"""
    seq, stood = walk.moved[tail - 1]
    if tail == len(walk.moved):
        return seq == walk.seq
    next_seq, next_stood = walk.moved[tail]
    return next_seq == seq + 1 and next_stood - next_seq == stood - seq


def _sealed(walk: Walk, row: tuple[Any, ...]) -> None:
    seq, reason, detail, salt, sealed = row[0], row[9], row[10], row[11], row[12]
    if row[3] == Act.DATA_ERASED:
        walk.erased.add(row[5])
    elif row[3] == Act.BACKUP_RESTORED:
        walk.restored.append((seq, row[7]))
    if salt:
        if sealed_text(salt, reason, detail) != sealed:
            walk.fault(K.CHANGED, seq, "the reason or the detail of the line was changed")
        return
    about = {row[2], row[5], row[7] if row[6] == "person" else 0}
    walk.emptied.append((seq, frozenset(about)))
    if reason or detail not in ({}, "{}"):
        walk.fault(K.CHANGED, seq, "the reason or the detail of the line was changed")


def _end(walk: Walk) -> None:
    """The head tells where the chain ends; read again, since lines may have come meanwhile."""
    head = Head.objects.filter(id=1).first()
    if head is None:
        walk.fault(K.CUT, walk.seq, "the head of the chain is gone")
        return
    if head.seq and not hmac.compare_digest(head.seal, seal_of(head.seq, head.hash)):
        walk.fault(K.CUT, head.seq, "the head was not written by this server")
    if head.seq < walk.seq:
        walk.fault(K.INSERTED, head.seq + 1, "lines were put in behind the head", walk.seq)
    late = Entry.objects.filter(seq__gt=walk.seq, seq__lte=head.seq).count()
    if head.seq - walk.seq > late:
        walk.fault(K.CUT, walk.seq + 1, "the tail was cut off", head.seq)
    elif head.seq == walk.seq and head.hash != walk.hash and walk.lines:
        walk.fault(K.CHANGED, walk.seq, "the line is not the one that the head was written after")


def _erasures(walk: Walk) -> None:
    """Texts may be gone only where somebody of the line was erased."""
    for seq, about in walk.emptied:
        if not about & walk.erased:
            walk.fault(K.EMPTIED, seq, "the texts of the line are gone, and nobody was erased")


def _checkpoints(walk: Walk, signed: Iterable[Signed], ours: Ours, first: int) -> None:
    """Each checkpoint was signed here, none is missing, and the chain is what it was then."""
    expected, good, cut = 0, first, 0
    for one in signed:
        expected += 1
        if one.id != expected or not ours(
            said_of(one.id, one.at, one.seq, one.hash), one.signature
        ):
            text = "a checkpoint of the second place was changed or is missing"
            walk.fault(K.CHECKPOINT, one.seq, f"{text} (number {expected})")
            expected = max(expected, one.id)
            continue
        if one.seq <= first or _given_up(walk, one):
            continue
        if one.seq > walk.seq:
            cut = max(cut, one.seq)
        elif walk.marks.get(one.seq) != one.hash:
            walk.fault(K.REPLACED, good + 1, "the chain is not what was signed then", one.seq)
        else:
            good = one.seq
    if cut:
        walk.fault(K.CUT, walk.seq + 1, "the tail was cut off", cut)


def _given_up(walk: Walk, one: Signed) -> bool:
    return any(one.seq >= line and one.id <= number for line, number in walk.restored)
