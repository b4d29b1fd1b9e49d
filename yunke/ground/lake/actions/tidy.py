"""Keeping the outbox short and the lake's files few. Everything here may run again at any time."""

import os
import time
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max

from yunke.base.clock import now
from yunke.ground.lake.actions.cohorts import cohorts_tidy
from yunke.ground.lake.actions.parquet import files_to_parquet, lake_path
from yunke.ground.lake.models import Event, Flush, LakeFile

KEEP = timedelta(days=7)
CHUNK = 5_000
SMALL = 4 * 2**20
FILES = 24
HOUR = 3600
_tidied: list[float] = []


def tidy_due() -> None:
    """Tidy once an hour and worker."""
    if not _tidied or time.monotonic() - _tidied[-1] > HOUR:
        _tidied[:] = [time.monotonic()]
        lake_tidy()


def lake_tidy() -> None:
    """Shorten the outbox, join small files, remove files that no row lists."""
    while _forget_part():
        pass
    crowded = (
        LakeFile.objects.filter(bytes__lt=SMALL)
        .values("day")
        .annotate(files=Count("id"))
        .filter(files__gte=FILES)
    )
    for row in list(crowded):
        _join(row["day"])
    _sweep()
    cohorts_tidy()
    Flush.objects.filter(made_at__lt=now() - KEEP).exclude(
        last_id=Flush.objects.aggregate(last=Max("last_id"))["last"]
    ).delete()


def _forget_part() -> bool:
    """Delete the oldest flushed events up to the first that is younger than a week."""
    flushed = Flush.objects.aggregate(last=Max("last_id"))["last"] or 0
    oldest = Event.objects.filter(id__lte=flushed).order_by("id").values_list("id", "made_at")
    old: list[int] = []
    for event_id, made_at in oldest[:CHUNK]:
        if made_at > now() - KEEP:
            break
        old.append(event_id)
    if old:
        Event.objects.filter(id__lte=old[-1]).delete()
    return len(old) == CHUNK


def _join(day: date) -> None:
    """Join the small files of a day. The old files stay a while for those who are reading them."""
    small = list(LakeFile.objects.filter(day=day, bytes__lt=SMALL).order_by("first_id"))
    first, last = small[0].first_id, max(f.last_id for f in small)
    path = lake_path(day, first, last).replace(".parquet", f"-of{len(small)}.parquet")
    size = files_to_parquet([f.path for f in small], path)
    with transaction.atomic():
        gone, _kinds = LakeFile.objects.filter(id__in=[f.id for f in small]).delete()
        if gone != len(small):  # another worker joined them
            transaction.set_rollback(True)
            return
        LakeFile.objects.create(
            path=path,
            day=day,
            first_id=first,
            last_id=last,
            events=sum(f.events for f in small),
            bytes=size,
        )
    for file in small:
        _touch(settings.LAKE_ROOT / file.path)


def _touch(file: Path) -> None:
    """Give a file that is no longer listed its last hour."""
    if file.exists():
        os.utime(file)


def _sweep() -> None:
    """Remove files of the lake that no row lists and that nobody can be writing or reading."""
    listed = set(LakeFile.objects.values_list("path", flat=True))
    before = time.time() - HOUR
    for file in settings.LAKE_ROOT.glob("events/day=*/*"):
        if (
            str(file.relative_to(settings.LAKE_ROOT)) not in listed
            and file.stat().st_mtime < before
        ):
            file.unlink(missing_ok=True)
