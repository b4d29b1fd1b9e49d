"""The files of a lesson on its page: one section a kind, renewed while something is under way."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.school.library.models import Lesson
from yunke.school.library.reads.full import lesson_writable
from yunke.school.library.reads.making import assets_of, uploads_of
from yunke.school.library.rules import ENDINGS, largest
from yunke.school.library.values import AssetLine, UploadLine
from yunke.school.library.views.words import reason_text


@dataclass(frozen=True)
class Section:
    """One kind of file: what is there, what is coming, what may be chosen."""

    kind: str
    lesson_id: int
    assets: tuple[dict[str, Any], ...]
    uploads: tuple[dict[str, Any], ...]
    moving: bool
    accept: str
    largest: int

    @property
    def minutes(self) -> int:
        """The length of the film that plays, in whole minutes; 0 without one."""
        seconds = [a["line"].seconds for a in self.assets if a["line"].current]
        return max(1, round(seconds[0] / 60)) if seconds else 0

    @property
    def endings(self) -> str:
        return " ".join(ending[1:].upper() for ending in ENDINGS[self.kind][:5])


def section(request: Asked, lesson: Lesson, kind: str) -> Section:
    """At most five queries."""
    assets = assets_of(lesson, kind)
    uploads = uploads_of(lesson, request.who.id, kind)
    moving = any(a.work for a in assets) or any(u.state == "whole" for u in uploads)
    return Section(
        kind=kind,
        lesson_id=lesson.id,
        assets=tuple(_asset(asset) for asset in assets),
        uploads=tuple(_upload(upload) for upload in uploads),
        moving=moving,
        accept=",".join(ENDINGS[kind]),
        largest=largest(kind, settings.UPLOAD_LIMIT),
    )


def _asset(asset: AssetLine) -> dict[str, Any]:
    return {"line": asset, "reason": reason_text(asset.reason) if asset.reason else ""}


def _upload(upload: UploadLine) -> dict[str, Any]:
    return {"line": upload, "reason": reason_text(upload.reason) if upload.reason else ""}


@require_GET
@page("lesson.write")
def files(request: Asked, lesson_id: int, kind: str) -> HttpResponse:
    """A section's list, for htmx: every two seconds while something is under way."""
    return _shown(request, lesson_id, kind, "library/files.html")


@require_GET
@page("lesson.write")
def whole(request: Asked, lesson_id: int, kind: str) -> HttpResponse:
    """A section with its chooser, for the editor to put into its page."""
    return _shown(request, lesson_id, kind, "library/section.html")


def _shown(request: Asked, lesson_id: int, kind: str, template: str) -> HttpResponse:
    lesson = lesson_writable(lesson_id, request.who)
    if lesson is None or kind not in ENDINGS:
        raise Http404
    return render(request, template, {"section": section(request, lesson, kind)})
