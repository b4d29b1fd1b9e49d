"""Resumable uploads by tus 1.0 (core, creation, termination).

Not replayed by receipts: a chunk says at which byte it begins, so sending it twice adds nothing,
and beginning twice finds the upload that was begun.
"""

import base64
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from yunke.base.models import Job
from yunke.base.pages import Asked, page
from yunke.school.library.actions.uploads import (
    UploadRefused,
    offset_of,
    upload_append,
    upload_begin,
    upload_cancel,
    upload_mine,
)
from yunke.school.library.models import Asset, Upload
from yunke.school.library.reads.making import upload_job
from yunke.school.library.rules import Chosen
from yunke.school.library.views.words import reason_text

VERSION = "1.0.0"
CHUNK = "application/offset+octet-stream"


def answer(status: int, headers: dict[str, Any] | None = None) -> HttpResponse:
    response = HttpResponse(status=status)
    for name, value in {"Tus-Resumable": VERSION, **(headers or {})}.items():
        response[name] = str(value)
    return response


def refusal(trouble: UploadRefused) -> HttpResponse:
    """The reason as plain text, for the person in front of the progress bar."""
    response = answer(trouble.status)
    response.content = reason_text(trouble.code).encode()
    response["Content-Type"] = "text/plain; charset=utf-8"
    response["Upload-Reason"] = trouble.code
    return response


def spoken(request: HttpRequest) -> bool:
    return request.headers.get("Tus-Resumable") == VERSION


# tus is idempotent by itself, see above.
@page("lesson.write", replay=False)
def begin(request: Asked) -> HttpResponse:
    """``/uploads``: what is spoken here, and the beginning of an upload."""
    if request.method == "OPTIONS":
        return options()
    if request.method != "POST":
        return answer(405)
    if not spoken(request):
        return answer(412, {"Tus-Version": VERSION})
    try:
        told = metadata(request.headers.get("Upload-Metadata", ""))
        begun = upload_begin(
            who=request.who,
            lesson_id=whole_number(told.get("lesson", "")),
            chosen=Chosen(
                kind=told.get("kind", ""),
                name=told.get("filename", ""),
                size=whole_number(request.headers.get("Upload-Length", "")),
                # Only captions have one; whatever else is told would not fit its column.
                language=told.get("language", "") if told.get("kind") == "captions" else "",
            ),
            modified=told.get("modified", "")[:40],
        )
    except UploadRefused as trouble:
        return refusal(trouble)
    address = {"Location": f"/uploads/{begun.id}", "Upload-Offset": begun.offset}
    return answer(200 if begun.resumed else 201, address)


def options() -> HttpResponse:
    return answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Max-Size": settings.UPLOAD_LIMIT,
            "Tus-Extension": "creation,termination",
        },
    )


# tus is idempotent by itself, see above.
@page("lesson.write", replay=False)
def one(request: Asked, upload_id: int) -> HttpResponse:
    """``/uploads/<id>``."""
    if request.method in {"GET", "OPTIONS"}:
        return _state(request, upload_id) if request.method == "GET" else options()
    work = VERBS.get(request.method or "")
    if work is None:
        return answer(405)
    if not spoken(request):
        return answer(412, {"Tus-Version": VERSION})
    try:
        return work(request, upload_id)
    except UploadRefused as trouble:
        return refusal(trouble)


def _head(request: Asked, upload_id: int) -> HttpResponse:
    upload = upload_mine(upload_id, request.who)
    if upload.state == Upload.State.REFUSED:
        raise UploadRefused("no-upload", 410)
    return answer(200, {"Upload-Offset": offset_of(upload), "Upload-Length": upload.size})


def _patch(request: Asked, upload_id: int) -> HttpResponse:
    if request.content_type != CHUNK:
        return answer(415)
    offset = whole_number(request.headers.get("Upload-Offset", ""))
    reached = upload_append(who=request.who, upload_id=upload_id, offset=offset, read=request.read)
    return answer(204, {"Upload-Offset": reached})


def _delete(request: Asked, upload_id: int) -> HttpResponse:
    upload_cancel(who=request.who, upload_id=upload_id)
    return answer(204)


VERBS: dict[str, Callable[[Asked, int], HttpResponse]] = {
    "HEAD": _head,
    "PATCH": _patch,
    "DELETE": _delete,
}


def _state(request: Asked, upload_id: int) -> HttpResponse:
    """How far an upload is, after its last byte too; 422 with the reason when it was refused."""
    try:
        upload = upload_mine(upload_id, request.who)
    except UploadRefused as trouble:
        return refusal(trouble)
    told: dict[str, Any] = {"state": upload.state, "offset": offset_of(upload), "size": upload.size}
    if upload.state == Upload.State.WHOLE:
        told |= _after(upload)
    if upload.state == Upload.State.REFUSED or told["state"] == "refused":
        reason = upload.reason or told.get("reason", "stopped")
        told |= {"state": "refused", "code": reason, "reason": reason_text(reason)}
        return JsonResponse(told, status=422)
    return JsonResponse(told)


def _after(upload: Upload) -> dict[str, Any]:
    asset = upload.asset
    if asset is not None and asset.state != Asset.State.EXAMINING:
        reason = {"reason": asset.reason} if asset.state == Asset.State.REFUSED else {}
        return {"state": asset.state, "asset": asset.id, **reason}
    job = upload_job(upload.id)
    if job is not None and job.state == Job.State.FAILED:
        return {"state": "refused", "reason": "stopped"}
    return {"state": "examining", "share": job.share if job else 0}


def metadata(text: str) -> dict[str, str]:
    """``Upload-Metadata``: pairs of a name and base64. Raises UploadRefused for anything else."""
    found = {}
    for pair in filter(None, text[:4000].split(",")):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except ValueError:  # of base64, or of what it stands for
            raise UploadRefused("bad-name", 400) from None
    return found


def whole_number(text: str) -> int:
    """Raises UploadRefused for what is no number of bytes."""
    if not text.isdecimal() or len(text) > 15:
        raise UploadRefused("offset", 400)
    return int(text)
