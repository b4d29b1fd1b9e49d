"""Where batches of acts are kept before they are read: a file that only grows, on the disk before
anybody is told "kept" (docs/decisions/ has the measurement).

A *segment* is a file of frames under ``LAKE_ROOT/inbox``. One process writes one segment at a time
and holds its lock; full or old, it is closed by its name (``.open`` → ``.seg``). A frame is its
length, its CRC-32 and its bytes; a torn last frame was told to nobody and counts as nothing.
"""

import fcntl
import logging
import os
import queue
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

HEAD = struct.Struct("<II")
MOST = 32 * 2**20  # bytes of a segment
LONG = 5.0  # seconds until a segment is closed
TOGETHER = 64  # batches that share an fsync
LINE = 2000  # batches that may wait
log = logging.getLogger(__name__)


class InboxFull(Exception):
    """More batches wait than could be written in good time."""


def folder() -> Path:
    found: Path = settings.LAKE_ROOT / "inbox"
    return found


class Segment:
    """An open segment; ``append`` returns when the frames are on the disk."""

    def __init__(self) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        self.path = folder() / f"{time.time_ns():020d}-{os.getpid()}.open"
        self.file: BinaryIO = self.path.open("xb", buffering=0)
        fcntl.flock(self.file, fcntl.LOCK_EX)
        _to_disk(folder())
        self.bytes, self.began = 0, time.monotonic()

    def append(self, frames: list[bytes]) -> None:
        """Write all frames with one fdatasync. Raises OSError, and then nothing of them counts."""
        whole = b"".join(HEAD.pack(len(f), zlib.crc32(f)) + f for f in frames)
        at = self.bytes
        try:
            view = memoryview(whole)
            while view:
                view = view[self.file.write(view) :]
            os.fdatasync(self.file.fileno())
        except OSError:
            os.ftruncate(self.file.fileno(), at)
            self.file.seek(at)
            raise
        self.bytes += len(whole)

    @property
    def done(self) -> bool:
        return self.bytes >= MOST or (self.bytes > 0 and time.monotonic() - self.began > LONG)

    def close(self) -> None:
        """Give it its last name; an empty one goes."""
        if self.bytes:
            self.path.rename(self.path.with_suffix(".seg"))
            _to_disk(folder())
        else:
            self.path.unlink(missing_ok=True)
        self.file.close()


class Inbox:
    """One thread that writes what is waiting and answers after the disk has it."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[bytes, Future[None]] | None] = queue.Queue(LINE)
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._segment: Segment | None = None
        self._ending = False

    def start(self) -> "Inbox":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._ending = True
        self._queue.put(None)
        self._thread.join(timeout=30)

    def submit(self, frame: bytes) -> "Future[None]":
        """Queue a frame; the Future ends when it is on the disk. Raises InboxFull."""
        if self._ending:
            raise InboxFull
        future: Future[None] = Future()
        try:
            self._queue.put_nowait((frame, future))
        except queue.Full:
            raise InboxFull from None
        return future

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._take()
            if batch:
                self._write(batch)
            if self._segment and (self._segment.done or not going):
                self._segment.close()
                self._segment = None

    def _take(self) -> "tuple[list[tuple[bytes, Future[None]]], bool]":
        """All that wait, up to ``TOGETHER``; nothing after a second. False: no more will come."""
        batch: list[tuple[bytes, Future[None]]] = []
        try:
            found = self._queue.get(timeout=1.0)
            while found is not None:
                batch.append(found)
                if len(batch) >= TOGETHER:
                    return batch, True
                found = self._queue.get_nowait()
        except queue.Empty:
            return batch, True
        return batch, False

    def _write(self, batch: "list[tuple[bytes, Future[None]]]") -> None:
        try:
            if self._segment is None:
                self._segment = Segment()
            self._segment.append([frame for frame, _future in batch])
        except OSError as trouble:  # a full disk: nobody may hear "kept"
            log.warning("%d batches were not kept: %r", len(batch), trouble)
            for _frame, future in batch:
                future.set_exception(trouble)
            return
        for _frame, future in batch:
            future.set_result(None)


def frames_of(path: Path) -> Iterator[bytes]:
    """The whole frames of a segment, up to the first that is torn."""
    with path.open("rb") as file:
        while len(head := file.read(HEAD.size)) == HEAD.size:
            length, check = HEAD.unpack(head)
            frame = file.read(length)
            if len(frame) != length or zlib.crc32(frame) != check:
                return
            yield frame


def segments_closed() -> list[Path]:
    """Segments that nobody writes any more, oldest first: closed ones, and those of the dead."""
    if not folder().exists():
        return []
    for path in folder().glob("*.open"):
        _bury(path)
    return sorted(folder().glob("*.seg"))


def _bury(path: Path) -> None:
    """Close the segment of a process that died: its lock is free."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.rename(path.with_suffix(".seg"))
    except OSError:  # somebody writes it, or closed it just now
        return


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
