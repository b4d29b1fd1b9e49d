"""A ready-made film folder becomes a lesson's video, captions, chapters and board pages."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
from django.db import transaction

from yunke.base.clock import now
from yunke.base.jobs import ask
from yunke.craft.formats import ffmpeg
from yunke.school.library.actions import files
from yunke.school.library.actions.work import file_settled
from yunke.school.library.models import Asset, Chapter, Lesson, Rung
from yunke.school.library.values import AssetKind

# Films of a demo can wait: uploads of the first hour go first.
LATER = timedelta(minutes=3)
CAPTIONS = {"captions.vtt": "zh", "captions.en.vtt": "en"}


@dataclass(frozen=True)
class _Film:
    lesson: Lesson
    folder: Path
    names: tuple[str, str]


def film_adopt(lesson_id: int, folder: Path, *, name: str = "", name_en: str = "") -> int:
    """Take ``folder/{video.mp4,captions.vtt,captions.en.vtt,chapters.json,poster.jpg,board.pdf}``.

    Gives the video asset's id. The film is linked and remuxed by copy, well under a second a
    minute; smaller sizes follow by a job of low priority. A lesson that has this very film, as
    the one that plays or an older one, keeps it and gets only what is missing beside it. Own
    transactions: call it outside of one. Raises files.NotMade when ffmpeg refuses.
    """
    lesson = Lesson.objects.select_related("video").get(id=lesson_id)
    film = _Film(lesson, folder, (name or "板书", name_en or "Board pages"))
    digest = _sha256(folder / "video.mp4")
    there = lesson.assets.filter(kind=AssetKind.VIDEO, sha256=digest, state=Asset.State.READY)
    known = there.order_by("-id").first()
    asset = known or _video(film, digest)
    for file, language in CAPTIONS.items():
        if (folder / file).is_file() and not (known and _has(lesson, AssetKind.CAPTIONS, language)):
            _captions(film, folder / file, language)
    if (folder / "board.pdf").is_file() and not (known and _has(lesson, AssetKind.COURSEWARE)):
        _board(film, folder / "board.pdf")
    return asset.id


def _has(lesson: Lesson, kind: AssetKind, language: str = "") -> bool:
    """One query."""
    ready = lesson.assets.filter(kind=kind, state=Asset.State.READY)
    return ready.filter(language=language).exists()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _video(film: _Film, digest: str) -> Asset:
    source = film.folder / "video.mp4"
    found, streams = files.look(source)
    asset = Asset.objects.create(
        lesson=film.lesson, kind=AssetKind.VIDEO, title=film.lesson.title, sha256=digest,
        bytes=source.stat().st_size, seconds=streams.seconds, width=streams.width,
        height=streams.height, codecs=f"{streams.video} {streams.audio}".strip(),
        file=f"download/lesson-{film.lesson.id}.mp4",
    )  # fmt: skip
    made = files.staging(film.lesson.id, asset.id, "film")
    files.take_in(source, made / asset.file)
    rung = files.hls_copy(source, found, streams, made)
    files.master_write(made, [rung])
    asset.poster = _poster(film, source, found, made, streams.seconds)
    with transaction.atomic():
        files.settle(made, film.lesson.id, asset.id)
        asset.state = Asset.State.READY
        asset.save()
        rung_save(asset, rung, top=True)
        file_settled(asset, at_once=True)
        film.lesson.refresh_from_db(fields=["video", "minutes"])
        _chapters(film)
        ask("library.rungs", key=str(asset.id), payload={"asset": asset.id}, delay=LATER)
    return asset


def rung_save(asset: Asset, rung: files.RungMade, *, top: bool = False, size: int = 0) -> None:
    Rung.objects.update_or_create(
        asset=asset, height=rung.height,
        defaults={
            "width": rung.width, "bits": rung.bits, "codecs": rung.codecs, "top": top,
            "file_bytes": size, "ready_at": now(),
        },
    )  # fmt: skip


def _poster(film: _Film, source: Path, found: Any, made: Path, seconds: float) -> bool:
    ready = film.folder / "poster.jpg"
    if ready.is_file():
        files.take_in(ready, made / "poster.jpg")
        return True
    files.run_ffmpeg(ffmpeg.picture(source, found, min(3, seconds / 2), made / "poster.jpg"))
    return (made / "poster.jpg").is_file()


def _chapters(film: _Film) -> None:
    """``chapters.json``: [{"at": seconds, "title_zh" or "title": …, "title_en": …}]."""
    source = film.folder / "chapters.json"
    if not source.is_file():
        return
    film.lesson.chapters.all().delete()
    Chapter.objects.bulk_create(
        Chapter(
            lesson=film.lesson, at_second=float(mark["at"]),
            title=str(mark.get("title") or mark["title_zh"])[:80],
            title_en=str(mark.get("title_en", ""))[:120],
        )
        for mark in json.loads(source.read_text(encoding="utf-8"))
    )  # fmt: skip


def _captions(film: _Film, source: Path, language: str) -> None:
    asset = Asset.objects.create(
        lesson=film.lesson, kind=AssetKind.CAPTIONS, title=source.name, language=language,
        file="captions.vtt", bytes=source.stat().st_size, sha256=_sha256(source),
        state=Asset.State.READY,
    )  # fmt: skip
    made = files.staging(film.lesson.id, asset.id, "film")
    files.take_in(source, made / "captions.vtt")
    files.settle(made, film.lesson.id, asset.id)
    file_settled(asset, at_once=True)


def _board(film: _Film, source: Path) -> None:
    """The board's pages as a PDF to take home and as pictures to look at."""
    asset = Asset.objects.create(
        lesson=film.lesson, kind=AssetKind.COURSEWARE, title=film.names[0],
        file=f"download/lesson-{film.lesson.id}-board.pdf", bytes=source.stat().st_size,
        sha256=_sha256(source),
    )  # fmt: skip
    made = files.staging(film.lesson.id, asset.id, "film")
    files.take_in(source, made / asset.file)
    # Our own file, made by our own program: it may be read in this process.
    document = pypdfium2.PdfDocument(source)
    asset.pages = asset.pictures = len(document)
    for number, page in enumerate(document, start=1):
        page.render(scale=2).to_pil().save(made / f"page-{number:03}.jpg", quality=82)
    document.close()
    files.settle(made, film.lesson.id, asset.id)
    asset.state = Asset.State.READY
    asset.save()


def papers_adopt(lesson_id: int, pdf: Path, *, name: str = "") -> None:
    """A ready PDF becomes a lesson's courseware, once; for the seeding of a site."""
    lesson = Lesson.objects.get(id=lesson_id)
    if not _has(lesson, AssetKind.COURSEWARE):
        _board(_Film(lesson, pdf.parent, (name or "课件", "Courseware")), pdf)
