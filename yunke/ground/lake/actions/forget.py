"""Taking a person, or a time, out of the lake's files: each is written anew without, then gone."""

import os
import re
from datetime import date

from django.conf import settings
from django.db import transaction

from yunke.ground.lake.actions.parquet import copy_whole, quoted
from yunke.ground.lake.models import LakeFile
from yunke.ground.lake.reads.parquet import lake_rows

AT_ONCE = 200
AGAIN = re.compile(r"(?:-w[0-9a-f]{8})?\.parquet$")


def lake_forget(person_id: int) -> int:
    """Take every act by or about the person out of the files; gives how many acts went.

    May be run again at any time: what a crash left is found again. Cost: a scan of all files and
    one rewrite of each that names the person.
    """
    gone = 0
    files = {file.path: file for file in LakeFile.objects.order_by("id")}
    paths = list(files)
    for start in range(0, len(paths), AT_ONCE):
        for path, count in _naming(paths[start : start + AT_ONCE], person_id):
            gone += count
            _without(files[path], person_id, count)
    return gone


def lake_files_drop(before: date) -> int:
    """Drop the files of days before; gives how many files."""
    old = list(LakeFile.objects.filter(day__lt=before))
    LakeFile.objects.filter(id__in=[file.id for file in old]).delete()
    for file in old:
        (settings.LAKE_ROOT / file.path).unlink(missing_ok=True)
    return len(old)


def _naming(paths: list[str], person_id: int) -> list[tuple[str, int]]:
    """The files that name the person, and how often."""
    there = [path for path in paths if (settings.LAKE_ROOT / path).is_file()]
    found = []
    for path in there:
        query = "SELECT COUNT(*) FROM events WHERE actor_id = ? OR subject_id = ?"
        count = lake_rows(query, [path], [person_id, person_id])[0][0]
        if count:
            found.append((path, int(count)))
    return found


def _without(file: LakeFile, person_id: int, count: int) -> None:
    old = settings.LAKE_ROOT / file.path
    left = file.events - count
    if left <= 0:
        LakeFile.objects.filter(id=file.id, path=file.path).delete()
        old.unlink(missing_ok=True)
        return
    # Another name, so that readers see the old file or the new one, never half of each.
    path = AGAIN.sub(f"-w{os.urandom(4).hex()}.parquet", file.path)
    source = f"read_parquet({quoted(old)}, hive_partitioning=false)"
    number = int(person_id)
    kept = f"actor_id <> {number} AND subject_id <> {number}"
    query = f"SELECT * FROM {source} WHERE {kept}"  # noqa: S608
    size = copy_whole(query, settings.LAKE_ROOT / path)
    with transaction.atomic():
        done = LakeFile.objects.filter(id=file.id, path=file.path).update(
            path=path, events=left, bytes=size
        )
    if done:
        old.unlink(missing_ok=True)
    else:  # joined with others meanwhile: the next run finds the person there
        (settings.LAKE_ROOT / path).unlink(missing_ok=True)
