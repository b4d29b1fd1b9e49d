"""Finished media go to the bucket, a lesson's file folder at a time.

Uploads grow on the machine that takes them; what was made of them is put to the bucket whole, so
that every other machine can send it. Local copies stay: they are what this machine sends first.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from yunke.base.bucket import bucket
from yunke.base.jobs import Held, ask, job

MARKS = ".put"
MADE = "lessons/*/*"


@job("site.media", slow=True)
def media_put(held: Held, payload: dict[str, Any]) -> None:
    """Put every file of the folder that the bucket does not hold in this size and age."""
    place, folder = bucket(), Path(settings.MEDIA_ROOT) / payload["folder"]
    if place is None or not folder.is_dir():
        return
    newest = newest_of(folder)
    files = finished(folder)
    for number, file in enumerate(files):
        held.progress("media", number / len(files))
        path = str(file.relative_to(settings.MEDIA_ROOT))
        place.put(path, file)
        if place.size(path) != file.stat().st_size:
            raise OSError(f"{path} did not arrive whole")
    mark_of(payload["folder"]).parent.mkdir(exist_ok=True)
    mark_of(payload["folder"]).write_text(str(newest))


def media_due() -> int:
    """Ask for every folder that changed since it was put; how many. Nothing without a bucket."""
    if not settings.S3:
        return 0
    root, asked = Path(settings.MEDIA_ROOT), 0
    for folder in root.glob(MADE):
        name = str(folder.relative_to(root))
        newest = newest_of(folder)
        if newest and put_until(name) != newest:
            ask("site.media", key=f"{name}:{newest}", payload={"folder": name})
            asked += 1
    return asked


def finished(folder: Path) -> list[Path]:
    """Its files; what is still being made hides behind a dot."""
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return [f for f in found if not any(part.startswith(".") for part in f.parts[-4:])]


def newest_of(folder: Path) -> int:
    """When its newest file was changed, in nanoseconds; 0 for an empty or hidden one."""
    if folder.name.startswith("."):
        return 0
    return max((file.stat().st_mtime_ns for file in finished(folder)), default=0)


def put_until(name: str) -> int:
    mark = mark_of(name)
    return int(mark.read_text() or 0) if mark.is_file() else 0


def mark_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / MARKS / name.replace("/", "-")
