"""A file of the disk as an answer: whole as a stream, or the stretch that a player asks for."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

# ``bytes=first-last``, ``bytes=first-``, ``bytes=-last so many``; one stretch.
_RANGE = re.compile(r"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))")
# Of one answer to a ranged request; it lies in memory.
PIECE = 2 * 2**20


def ranged(request: HttpRequest, path: Path, kind: str) -> HttpResponseBase:
    """``path`` as ``kind``, for nobody's cache. A HEAD gets what a GET would without the body."""
    size = path.stat().st_size
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    answer = _stretch(path, size, found) if found else _whole(request, path, size)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Type"] = kind
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whole(request: HttpRequest, path: Path, size: int) -> HttpResponseBase:
    answer = HttpResponse() if request.method == "HEAD" else FileResponse(path.open("rb"))
    answer["Content-Length"] = str(size)
    return answer


def _stretch(path: Path, size: int, found: "re.Match[str]") -> HttpResponse:
    first = int(found[1]) if found[1] else max(size - int(found[3]), 0)
    last = min(int(found[2] or size - 1) if found[1] else size - 1, first + PIECE - 1, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(first)
        answer = HttpResponse(file.read(last - first + 1), status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer
