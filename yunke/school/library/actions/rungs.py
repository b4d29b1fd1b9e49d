"""Smaller sizes of a film, and films that must be encoded before anybody can watch them."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from yunke.base.jobs import Held, JobRefused, ask
from yunke.base.limited import ChildFailed, Limits, following
from yunke.craft.formats import ffmpeg
from yunke.school.library.actions import files
from yunke.school.library.actions.film import rung_save
from yunke.school.library.actions.work import file_settled
from yunke.school.library.models import Asset
from yunke.school.library.reads.full import phone_name

# Pages and uploads go before it; six hours of film take some three.
ENCODE = Limits(cpu=6 * 3600, memory=3 << 30, nice=10)
# The largest size that is made of a film which browsers cannot play as it is.
HIGHEST = ffmpeg.Size(1080, 3_500_000)
Tell = Callable[[float], None]


def rungs_make(held: Held, asset_id: int) -> None:
    """Make the sizes below the source's, and the small one as one file for phones."""
    asset = Asset.objects.filter(id=asset_id, state=Asset.State.READY).first()
    if asset is None:  # taken away by the teacher meanwhile
        return
    _weigh(held, asset)
    sizes = ffmpeg.ladder_for(asset.height)
    made = files.staging(asset.lesson_id, asset.id, str(held.fence))
    rungs = _encode(asset, sizes, made, lambda share: held.progress("encode", share))
    _phone_file(asset, made, rungs)
    with held.write():
        if _taken_away(asset, made):
            return
        _show(asset, made, rungs)


def _taken_away(asset: Asset, made: Path) -> bool:
    """Did the teacher remove the film while it was encoded? Then nothing of the work stays."""
    gone = not Asset.objects.filter(id=asset.id).exists()
    if gone:
        files.remove_folder(made)
    return gone


def _weigh(held: Held, asset: Asset) -> None:
    """The fingerprint of the file as it came."""
    source = _source(asset)
    if not asset.sha256 and source.is_file():
        with source.open("rb") as file:
            asset.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with held.write():
            asset.save(update_fields=["sha256"])


def _source(asset: Asset) -> Path:
    return files.asset_folder(asset.lesson_id, asset.id) / asset.file


def _encode(
    asset: Asset, sizes: Sequence[ffmpeg.Size], made: Path, tell: Tell
) -> list[files.RungMade]:
    """Encode every size in one pass over the source. Raises JobRefused when it cannot be done."""
    if not sizes:
        return []
    folders = [(size, made / str(size.height)) for size in sizes]
    for _size, folder in folders:
        folder.mkdir()
    source = _source(asset)
    sound = asset.codecs.partition(" ")[2]
    arguments = ffmpeg.encode(source, folders, audio=sound, found=files.found_of(source))
    try:
        with following([files.ffmpeg_program(), *arguments], limits=ENCODE) as lines:
            for line in lines:
                done = ffmpeg.progress_seconds(line)
                if done is not None and asset.seconds:
                    tell(min(done / asset.seconds, 1.0))
    except ChildFailed as trouble:
        raise JobRefused(str(trouble)) from trouble
    return [
        files.rung_made(folder, width_for(asset, size.height), size.height, sound=bool(sound))
        for size, folder in folders
    ]


def width_for(asset: Asset, height: int) -> int:
    """The even width that keeps the picture's shape, as ffmpeg's scale=-2 chooses it."""
    return max(2, round(asset.width * height / max(asset.height, 1) / 2) * 2)


def _phone_file(asset: Asset, made: Path, rungs: Sequence[files.RungMade]) -> None:
    if not rungs:
        return
    smallest = min(rungs, key=lambda rung: rung.height)
    target = made / phone_name(asset.lesson_id)
    target.parent.mkdir()
    ended = files.run_ffmpeg(ffmpeg.as_one_file(made / smallest.name / "index.m3u8", target))
    if ended.status:
        raise JobRefused(ended.errors[-300:])


def _show(asset: Asset, made: Path, rungs: Sequence[files.RungMade]) -> None:
    """Put the new sizes beside the old and list them all. Runs inside ``held.write``."""
    place = files.asset_folder(asset.lesson_id, asset.id)
    phone = made / phone_name(asset.lesson_id)
    size = phone.stat().st_size if phone.is_file() else 0
    if size:
        phone.replace(place / phone_name(asset.lesson_id))
    smallest = min((rung.height for rung in rungs), default=0)
    for rung in rungs:
        files.replace_folder(made / rung.name, place / rung.name)
        rung_save(asset, rung, size=size if rung.height == smallest else 0)
    files.master_write(place, rungs_of(asset))
    files.remove_folder(made)


def rungs_of(asset: Asset) -> list[files.RungMade]:
    """Every size that is ready, as the master playlist lists it. One query."""
    return [
        files.RungMade(
            files.TOP if rung.top else str(rung.height), rung.width, rung.height, rung.bits,
            rung.codecs,
        )
        for rung in asset.rungs.filter(ready_at__isnull=False)
    ]  # fmt: skip


def film_convert(held: Held, asset_id: int) -> None:
    """Encode a film that is no H.264 into one size that everybody can watch."""
    asset = Asset.objects.filter(id=asset_id, state=Asset.State.PREPARING).first()
    if asset is None:
        return
    height = min(asset.height, HIGHEST.height) // 2 * 2
    made = files.staging(asset.lesson_id, asset.id, str(held.fence))
    [rung] = _encode(
        asset,
        [ffmpeg.Size(height, HIGHEST.bits)],
        made,
        lambda share: held.progress("convert", share),
    )
    (made / rung.name).rename(made / files.TOP)
    place = files.asset_folder(asset.lesson_id, asset.id)
    with held.write():
        if _taken_away(asset, made):
            return
        files.replace_folder(made / files.TOP, place / files.TOP)
        asset.state = Asset.State.READY
        asset.save(update_fields=["state"])
        rung_save(asset, rung, top=True)
        files.master_write(place, rungs_of(asset))
        file_settled(asset)
        files.remove_folder(made)
        ask("library.rungs", key=str(asset.id), payload={"asset": asset.id})


def film_failed(asset_id: int, reason: str) -> None:
    """A film that cannot be made watchable says so instead of waiting for ever."""
    Asset.objects.filter(id=asset_id, state=Asset.State.PREPARING).update(
        state=Asset.State.REFUSED, reason=reason[:300]
    )
