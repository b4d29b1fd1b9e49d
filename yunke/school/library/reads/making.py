"""A lesson as its teacher works on it: the draft, its files, what is under way."""

from collections.abc import Sequence

from django.db.models import Q

from yunke.base.models import Job
from yunke.school.library.models import Asset, Lesson, Point, Upload
from yunke.school.library.reads.cards import media_url
from yunke.school.library.values import (
    AssetKind,
    AssetLine,
    ChapterMark,
    Draft,
    PointName,
    UploadLine,
)

WORKS = {"library.convert": "convert", "library.rungs": "rungs"}


def draft_of(lesson: Lesson) -> Draft:
    """What the editor shows. Two queries."""
    return Draft(
        unit_id=lesson.unit_id,
        title=lesson.title,
        title_en=lesson.title_en,
        summary=lesson.summary,
        summary_en=lesson.summary_en,
        goals=tuple(lesson.goals),
        points=tuple(lesson.points.order_by("name").values_list("name", flat=True)),
        minutes=lesson.minutes,
        download_allowed=lesson.download_allowed,
        chapters=tuple(
            ChapterMark(c.at_second, c.title, c.title_en)
            for c in lesson.chapters.order_by("at_second", "id")
        ),
    )


def assets_of(lesson: Lesson, kind: str) -> list[AssetLine]:
    """The files of one kind, newest first, with the work under way. Three queries."""
    assets = list(
        Asset.objects.filter(lesson=lesson, kind=kind, work=True)
        .exclude(state=Asset.State.EXAMINING)
        .prefetch_related("rungs")
        .order_by("-id")
    )
    works = _works(assets) if kind == AssetKind.VIDEO else {}
    return [_line(lesson, asset, works.get(asset.id)) for asset in assets]


def _works(assets: Sequence[Asset]) -> dict[int, Job]:
    """The unfinished job of each film. One query."""
    keys = {f"{name}:{asset.id}": asset.id for asset in assets for name in WORKS}
    rows = Job.objects.filter(key__in=keys).exclude(state=Job.State.DONE).order_by("id")
    return {keys[job.key]: job for job in rows}


def _line(lesson: Lesson, asset: Asset, job: Job | None) -> AssetLine:
    failed = job is not None and job.state == Job.State.FAILED
    poster = media_url(lesson.id, asset.id, "poster.jpg") if asset.poster else ""
    return AssetLine(
        id=asset.id,
        kind=asset.kind,
        title=asset.title,
        language=asset.language,
        state=asset.state,
        reason=asset.reason or ("no-sizes" if failed else ""),
        bytes=asset.bytes,
        seconds=asset.seconds,
        width=asset.width,
        height=asset.height,
        pages=asset.pages,
        poster=poster,
        url=media_url(lesson.id, asset.id, asset.file),
        work=WORKS[job.name] if job and not failed else "",
        share=job.share if job else 0,
        heights=tuple(sorted((r.height for r in asset.rungs.all() if r.ready_at), reverse=True)),
        current=asset.state == Asset.State.READY,
        waits=not asset.shown,
    )


def uploads_of(lesson: Lesson, person_id: int, kind: str) -> list[UploadLine]:
    """One person's uploads to this lesson that are no file yet. At most two queries."""
    examined = Q(state=Upload.State.WHOLE) & (
        Q(asset__isnull=True) | Q(asset__state=Asset.State.EXAMINING)
    )
    rows = Upload.objects.filter(
        Q(state__in=(Upload.State.GROWING, Upload.State.REFUSED)) | examined,
        lesson=lesson, person_id=person_id, kind=kind,
    ).order_by("-id")  # fmt: skip
    whole = [f"library.publish:{u.id}" for u in rows if u.state == Upload.State.WHOLE]
    failed = (
        Job.objects.filter(key__in=whole, state=Job.State.FAILED) if whole else Job.objects.none()
    )
    stopped = set(failed.values_list("key", flat=True))
    return [_upload_line(u, stopped=f"library.publish:{u.id}" in stopped) for u in rows]


def _upload_line(upload: Upload, *, stopped: bool) -> UploadLine:
    state, reason = (Upload.State.REFUSED, "stopped") if stopped else (upload.state, upload.reason)
    return UploadLine(
        upload.id, upload.kind, upload.name, upload.size, upload.offset, state, reason
    )


def upload_stopped(upload: Upload) -> bool:
    """A whole upload that will never become a file: its examination failed. One query."""
    job = upload_job(upload.id)
    made = upload.asset is not None and upload.asset.state != Asset.State.EXAMINING
    return job is not None and job.state == Job.State.FAILED and not made


def upload_job(upload_id: int) -> Job | None:
    """The examination of an upload. One query."""
    return Job.objects.filter(key=f"library.publish:{upload_id}").first()


def points_like(text: str, subject: str, *, limit: int = 8) -> list[PointName]:
    """Knowledge points of a subject whose name holds the text, shortest first. One query."""
    if not text:
        return []
    rows = Point.objects.filter(
        Q(name__icontains=text) | Q(name_en__icontains=text), subject=subject
    )[:100]
    found = sorted(rows, key=lambda point: (len(point.name), point.name))
    return [PointName(p.id, p.name, p.name_en) for p in found[:limit]]
