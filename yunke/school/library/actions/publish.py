"""From a whole upload to something a pupil can watch or read.

Runs in the worker. Every step may die: it is done again under a new fencing number, in a folder
of its own, and what people see changes in one transaction with one rename.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from yunke.base.jobs import Held, ask
from yunke.base.limited import Limits, run_limited
from yunke.craft.formats import ffmpeg
from yunke.craft.formats.examine.verdict import Verdict, verdict_of
from yunke.craft.formats.sniff import Found
from yunke.ground.lake.door import Verb, event_record
from yunke.school.library.actions import files
from yunke.school.library.actions.film import rung_save
from yunke.school.library.actions.uploads import part_file, upload_refused
from yunke.school.library.actions.work import file_settled
from yunke.school.library.models import Asset, Upload
from yunke.school.library.rules import ending

EXAMINE = Limits(cpu=15, memory=2 << 30, file=64 << 20)
EXAMINE_SECONDS = 45.0


@dataclass(frozen=True)
class Arrived:
    """An upload that passed, with its asset, its staging folder and what was found out."""

    upload: Upload
    asset: Asset
    made: Path
    verdict: Verdict


def upload_publish(held: Held, upload_id: int) -> None:
    """Examine an upload and publish it; does nothing when that was done already."""
    upload = Upload.objects.select_related("asset", "lesson").filter(id=upload_id).first()
    if upload is None or upload.state != Upload.State.WHOLE:
        return
    if upload.asset and upload.asset.state != Asset.State.EXAMINING:
        # Done by a worker that died before it could tidy up.
        part_file(upload.id).unlink(missing_ok=True)
        return
    held.progress("examine", 0.1)
    asset = _asset(held, upload)
    made = files.staging(upload.lesson_id, asset.id, str(held.fence))
    verdict = examine(upload.kind, part_file(upload.id), made)
    if verdict.reason:
        refuse(held, upload, asset, verdict)
        return
    held.progress("publish", 0.4)
    arrived = Arrived(upload, asset, made, verdict)
    try:
        {"video": _video, "courseware": _courseware, "captions": _captions}[upload.kind](
            held, arrived
        )
    except files.NotMade:
        refuse(held, upload, asset, Verdict("broken"))
        return
    part_file(upload.id).unlink(missing_ok=True)


def examine(kind: str, path: Path, out: Path) -> Verdict:
    """Let a child process on a short leash look at the file. Never raises for what is in it."""
    argv = [sys.executable, "-m", "yunke.craft.formats.examine", kind, str(path), str(out)]
    ended = run_limited(argv, limits=EXAMINE, timeout=EXAMINE_SECONDS)
    try:
        return verdict_of(ended.output) if ended.status == 0 else Verdict("too-much")
    except (ValueError, TypeError):
        return Verdict("too-much")


def _asset(held: Held, upload: Upload) -> Asset:
    if upload.asset:
        return upload.asset
    with held.write():
        upload.asset = Asset.objects.create(
            lesson_id=upload.lesson_id, kind=upload.kind, title=_title(upload.name),
            language=upload.language, bytes=upload.size,
        )  # fmt: skip
        upload.save(update_fields=["asset"])
    return upload.asset


def _title(name: str) -> str:
    return name.removesuffix(ending(name))[:120] or name[:120]


def refuse(held: Held, upload: Upload, asset: Asset, verdict: Verdict) -> None:
    """Nothing is stored but the reason."""
    lines = f":{verdict.line}:{verdict.other}" if verdict.line else ""
    with held.write():
        upload.asset = None
        upload.save(update_fields=["asset"])
        upload_refused(upload, verdict.reason + lines)
        asset.delete()
    files.staging(upload.lesson_id, asset.id, "refused").rmdir()


def _video(held: Held, arrived: Arrived) -> None:
    """H.264 is watchable at once; anything else waits for the slow lane."""
    asset, verdict = arrived.asset, arrived.verdict
    found = Found(verdict.found)
    streams = ffmpeg.Streams(
        verdict.seconds, verdict.video, "", verdict.pixels, verdict.width, verdict.height, 0.0,
        verdict.audio,
    )  # fmt: skip
    asset.seconds, asset.width, asset.height = verdict.seconds, verdict.width, verdict.height
    asset.codecs = f"{verdict.video} {verdict.audio}".strip()
    asset.poster = verdict.poster
    rung = None
    if streams.copies:
        rung = files.hls_copy(part_file(arrived.upload.id), found, streams, arrived.made)
        files.master_write(arrived.made, [rung])
    asset.file = f"download/lesson-{asset.lesson_id}{ending(arrived.upload.name)}"
    files.take_in(part_file(arrived.upload.id), arrived.made / asset.file)
    with held.write():
        _settle(arrived, Asset.State.READY if rung else Asset.State.PREPARING)
        if rung:
            rung_save(asset, rung, top=True)
            file_settled(asset)
            ask("library.rungs", key=str(asset.id), payload={"asset": asset.id})
        else:
            ask("library.convert", key=str(asset.id), payload={"asset": asset.id})


def _courseware(held: Held, arrived: Arrived) -> None:
    asset, verdict = arrived.asset, arrived.verdict
    asset.pages, asset.pictures, asset.poster = verdict.pages, verdict.pictures, verdict.poster
    asset.file = f"download/courseware-{asset.id}{ending(arrived.upload.name)}"
    files.take_in(part_file(arrived.upload.id), arrived.made / asset.file)
    with held.write():
        _settle(arrived, Asset.State.READY)
        file_settled(asset)


def _captions(held: Held, arrived: Arrived) -> None:
    asset = arrived.asset
    asset.file, asset.seconds = "captions.vtt", arrived.verdict.seconds
    with held.write():
        _settle(arrived, Asset.State.READY)
        file_settled(asset)


def _settle(arrived: Arrived, state: str) -> None:
    asset, upload = arrived.asset, arrived.upload
    files.settle(arrived.made, asset.lesson_id, asset.id)
    asset.state = state
    asset.save()
    event_record(
        actor_id=upload.person_id,
        verb=Verb.UPLOADED,
        object_kind="asset",
        object_id=asset.id,
        title=asset.title,
        lesson_id=asset.lesson_id,
        result={"kind": upload.kind, "bytes": upload.size},
    )
