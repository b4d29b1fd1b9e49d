"""A browser's recording becomes a film that every browser plays; what is left over goes."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from django.conf import settings

from yunke.base.clock import now
from yunke.base.jobs import Held, JobRefused
from yunke.base.limited import Limits, run_limited
from yunke.craft.formats import ffmpeg
from yunke.craft.formats.sniff import HEAD, sniff
from yunke.school.practice.actions.explaining import folder_of
from yunke.school.practice.actions.papers import folder as papers_folder
from yunke.school.practice.models import Explanation, Paper, Printing
from yunke.school.practice.values import Filming, Reading

ENCODE = Limits(cpu=600, memory=2 << 30, nice=10)
LONGEST = 300
FILM = "film.mp4"
# A photograph or folder younger than that may belong to a row that is just being written.
YOUNG = timedelta(days=1)


def film_make(held: Held, explanation_id: int) -> None:
    """Encode at most five minutes as one MP4. Raises JobRefused for what is no film."""
    row = Explanation.objects.filter(id=explanation_id, withdrawn_at__isnull=True).first()
    if row is None or row.state == Filming.READY.value:
        return
    folder = folder_of(row.id)
    seconds = _encode(folder / row.file, folder / f".{held.fence}.mp4")
    made = folder / f".{held.fence}.mp4"
    with held.write():
        if seconds <= 0:
            row.state, row.reason = Filming.REFUSED.value, "no-film"
        else:
            made.replace(folder / FILM)
            row.state, row.seconds = Filming.READY.value, seconds
        row.save(update_fields=["state", "reason", "seconds"])
    (folder / row.file).unlink(missing_ok=True)
    if seconds <= 0:
        raise JobRefused("no-film")


def _encode(source: Path, target: Path) -> float:
    """Seconds of the film made; 0 when there is none."""
    if not source.is_file():
        return 0.0
    with source.open("rb") as file:
        found = sniff(file.read(HEAD))
    if found not in ffmpeg.DEMUXERS:
        return 0.0
    program = str(imageio_ffmpeg.get_ffmpeg_exe())
    run_limited(
        [
            program, *ffmpeg.reading(source, found), "-y", "-t", str(LONGEST), "-map", "0:v:0",
            "-map", "0:a:0?", "-vf", "scale='min(1280,iw)':-2,fps=24,format=yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-c:a", "aac", "-b:a", "96k",
            "-ac", "1", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", str(target),
        ],
        limits=ENCODE, timeout=600,
    )  # fmt: skip
    if not target.is_file() or not target.stat().st_size:
        return 0.0
    ended = run_limited(
        [program, *ffmpeg.reading(target, sniff(b"\0\0\0\x18ftyp"))], limits=ENCODE, timeout=60
    )
    streams = ffmpeg.streams_of(ended.errors.splitlines())
    return max(streams.seconds, 0.1) if streams.video else 0.0


def leftovers_remove() -> int:
    """Folders of explanations and sheets that are gone or were taken back, and photographs that
    no row waits for; gives how many. A young folder may belong to a row that nobody sees yet."""
    gone = _photographs_remove()
    rows: dict[str, dict[int, Any]] = {
        "explanations": dict(Explanation.objects.values_list("id", "withdrawn_at")),
        "printings": dict.fromkeys(Printing.objects.values_list("id", flat=True)),
    }
    before = (now() - YOUNG).timestamp()
    for name, known in rows.items():
        for folder in (Path(settings.MEDIA_ROOT) / name).glob("[0-9]*"):
            number = int(folder.name) if folder.name.isdecimal() else 0
            old = folder.stat().st_mtime < before
            if known[number] is not None if number in known else old:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


def _photographs_remove() -> int:
    waiting = Paper.objects.filter(state__in=[Reading.WAITING.value, Reading.UNCLEAR.value])
    kept = set(waiting.values_list("file", flat=True))
    before = (now() - YOUNG).timestamp()
    gone = [
        path
        for path in papers_folder().glob("*")
        if path.is_file() and path.name not in kept and path.stat().st_mtime < before
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
