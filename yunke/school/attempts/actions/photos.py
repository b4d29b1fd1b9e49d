"""Photographs of pages: taken in once, made plain, thrown away."""

import hashlib
import json
import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunke.base.clock import now
from yunke.base.limited import Limits, run_limited
from yunke.base.trouble import Refused
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.attempts.reads.photos import page
from yunke.school.attempts.values import Page

LARGEST = 48 << 20  # bytes of a file as it is sent
MOST = 40  # photographs of one attempt
LIMITS = Limits(cpu=15, memory=2 << 30, file=64 << 20)
PATIENCE = 25.0  # seconds for one picture
# Two pictures are made plain at a time; a class that sends at once waits in line.
_hands = threading.BoundedSemaphore(2)
_BUSY = gettext_lazy("系统正忙，请稍等几秒再试。什么都没有丢。")
log = logging.getLogger(__name__)
_WORDS = {
    "large": gettext_lazy("这张图太大了。请重新拍一张。"),
    "unreadable": gettext_lazy("这张图读不了。请用相机重新拍一张，或选 JPG 图片。"),
}


def photo_add(
    *, who_id: int, attempt_id: int, question_id: int, file: IO[bytes], after: bool = False
) -> Page:
    """Keep a photograph; the same picture sent again is the one that is there.

    ``after``: the room above lets pages come in after the hand-in, and says how long.

    Raises Refused at once for what cannot be read (422), what is not one's own (404), what has
    been handed in (409) and more than ``MOST``. Half a second for a photograph of 12 megapixels,
    outside of any transaction; 5 queries.
    """
    attempt = _open(who_id, attempt_id, question_id, after=after)
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(str(_WORDS["large"]), status=422)
    digest = hashlib.sha256(data).hexdigest()
    there = _there(attempt, digest)
    if there is not None:
        return page(there)
    if Photo.objects.filter(attempt=attempt, gone_at__isnull=True).count() >= MOST:
        raise Refused(_("一份最多 40 张照片。请先删掉几张。"), status=422)
    name = f"attempts/{attempt.id}/{digest[:32]}.jpg"
    width, height, size = _plain(data, Path(settings.MEDIA_ROOT) / name)
    try:
        with transaction.atomic():
            row = Photo.objects.create(
                attempt=attempt, question_id=question_id or None, file=name, width=width,
                height=height, size=size, sha256=digest, position=attempt.photos.count(),
            )  # fmt: skip
    except IntegrityError:  # the same picture came in beside this one
        found = _there(attempt, digest)
        if found is None:
            raise
        row = found
    return page(row)


@transaction.atomic
def photo_drop(*, who_id: int, attempt_id: int, photo_id: int) -> None:
    """Throw a photograph away; a second time changes nothing. Raises Refused as ``photo_add``."""
    attempt = _open(who_id, attempt_id, 0)
    row = Photo.objects.select_for_update().filter(id=photo_id, attempt=attempt).first()
    if row is None:
        raise Refused(_("没有这张照片。"), status=404)
    if row.gone_at is None:
        row.gone_at = now()
        row.save(update_fields=["gone_at"])
        path = Path(settings.MEDIA_ROOT) / row.file
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _open(who_id: int, attempt_id: int, question_id: int, *, after: bool = False) -> Attempt:
    rows = Attempt.objects.filter(id=attempt_id, person_id=who_id, withdrawn_at__isnull=True)
    attempt = rows.first()
    if attempt is None or (question_id and question_id not in attempt.order):
        raise Refused(_("没有这份作业或考试，什么都没有保存。"), status=404)
    over = attempt.submitted_at is not None or (attempt.ends_at and now() > attempt.ends_at)
    if over and not after:
        raise Refused(_("已经交了或时间到了，照片没有改动。"), status=409)
    return attempt


def _there(attempt: Attempt, digest: str) -> Photo | None:
    return Photo.objects.filter(attempt=attempt, sha256=digest, gone_at__isnull=True).first()


def _plain(data: bytes, place: Path) -> tuple[int, int, int]:
    """The picture made plain, in its place: width, height, bytes. Raises Refused."""
    with _hand(), tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "in", Path(folder) / "out.jpg"
        before.write_bytes(data)
        command = [sys.executable, "-m", "yunke.craft.formats.photo", str(before), str(after)]
        ended = run_limited(command, limits=LIMITS, timeout=PATIENCE)
        if ended.timed_out:  # the machine's fault, not the picture's: it is sent again
            raise Refused(str(_BUSY), status=503)
        if ended.status != 0 or not after.is_file():
            log.warning("a picture ended with %s: %s", ended.status, ended.errors[-300:])
            why = ended.output.strip()
            raise Refused(str(_WORDS.get(why, _WORDS["unreadable"])), status=422)
        told = json.loads(ended.output)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".{threading.get_ident()}.part")
        part.write_bytes(after.read_bytes())
        part.replace(place)
        return int(told["width"]), int(told["height"]), place.stat().st_size


@contextmanager
def _hand() -> Iterator[None]:
    if not _hands.acquire(timeout=20):
        raise Refused(str(_BUSY), status=503)
    try:
        yield
    finally:
        _hands.release()
