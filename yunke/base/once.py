"""Every write once: the client makes a key, the first arrival works, the others get its receipt.

The claim of the key, the write and its event commit together or not at all. A refused write
(status 400 and above) rolls back and leaves the key free, so that the corrected form may use it.
"""

import re
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from yunke.base.again import again
from yunke.base.models import Receipt

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class KeyMissing(Exception):
    """A write came without its idempotency key."""


class KeyTaken(Exception):
    """The key was used by another person or for another address."""


def key_of(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key") or request.POST.get("once") or ""
    if not KEY.fullmatch(key):
        raise KeyMissing
    return key


def receipt_code(key: str) -> str:
    """The short code that a person sees and can read out."""
    return key.replace("-", "")[:8].upper()


def once(
    request: HttpRequest, person_id: int | None, work: Callable[[], HttpResponse]
) -> HttpResponse:
    """Run ``work`` in one transaction under the request's key, or replay what it answered.

    On PostgreSQL it may run more than once before it is committed once.
    """
    said = len(_said(request))
    return again(lambda: _once(request, person_id, work), rewind=lambda: _rewind(request, said))


def undone_again(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """Run what needs no receipt: a page that is read (it may note who looked), or a write that is
    idempotent by itself. What PostgreSQL undid because of another beside it is done again.
    """
    said = len(_said(request))
    return again(work, rewind=lambda: _rewind(request, said))


def _once(
    request: HttpRequest, person_id: int | None, work: Callable[[], HttpResponse]
) -> HttpResponse:
    key = key_of(request)
    path = request.path[:200]
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(key=key, person_id=person_id, path=path)
            response = work()
            if response.status_code >= 400 or getattr(response, "refused", False):
                transaction.set_rollback(True)
                return response
            _keep(receipt, response)
    except IntegrityError:
        done = Receipt.objects.filter(key=key).first()
        if done is None:
            raise
        return _replay(done, person_id, path)
    response["X-Receipt"] = receipt_code(key)
    return response


def _rewind(request: HttpRequest, said: int) -> None:
    """As the request came: its files unread, nothing said to the person yet."""
    for _name, files in request.FILES.lists():
        for file in files:
            file.seek(0)
    del _said(request)[said:]


def _said(request: HttpRequest) -> list[object]:
    """The messages that wait to be shown; a list of its own where there are none."""
    found: list[object] = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    return found


def _keep(receipt: Receipt, response: HttpResponse) -> None:
    receipt.status = response.status_code
    receipt.location = response.get("Location", "")
    receipt.content_type = response.get("Content-Type", "")
    receipt.body = b"" if response.streaming else response.content
    receipt.save()


def _replay(done: Receipt, person_id: int | None, path: str) -> HttpResponse:
    if done.person_id != person_id or done.path != path:
        raise KeyTaken
    response = HttpResponse(bytes(done.body), status=done.status, content_type=done.content_type)
    if done.location:
        response["Location"] = done.location
    response["X-Receipt"] = receipt_code(done.key)
    return response
