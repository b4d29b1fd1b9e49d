"""Every page names its right, and every write passes once. A page without either is refused.

``@page("lesson.write")`` for those who hold the right, ``@open_page("why")`` for everybody.
Which rows somebody may see is decided below, in the room's reads; here only whether the person
holds the right at all. A stranger to a page gets the same "not found" as for a page that is none.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from yunke.base.once import WRITES, once, undone_again
from yunke.base.standstill import StandsStill, stands_still
from yunke.base.trouble import trouble_page

View = Callable[..., HttpResponse]


class Asked(HttpRequest):
    """A request as views get it: with the person behind it and what htmx says."""

    who: Any  # a people.Who; base lies below people and cannot name it
    htmx: Any


def page(right: str, *, replay: bool = True) -> Callable[[View], View]:
    """A page for those who hold ``right``.

    ``replay=False`` is for writes that are idempotent by themselves (the reason in a comment).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who: Any = getattr(request, "who", None)
            if who is None:
                return HttpResponseRedirect(f"/sign-in?next={quote(_page_of(request))}")
            if who.second_factor_due:
                return HttpResponseRedirect(f"/sign-in/second?next={quote(_page_of(request))}")
            if not request.holds(right):  # type: ignore[attr-defined]
                return not_found(request)
            return _run(request, who.id, lambda: view(request, *args, **kwargs), replay)

        guarded.right = right  # type: ignore[attr-defined]
        guarded.replay = replay  # type: ignore[attr-defined]
        return guarded

    return wrap


def open_page(reason: str, *, replay: bool = True) -> Callable[[View], View]:
    """A page for everybody, signed in or not; ``reason`` says why it may be open."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who: Any = getattr(request, "who", None)
            person = who.id if who else None
            return _run(request, person, lambda: view(request, *args, **kwargs), replay)

        guarded.open = reason  # type: ignore[attr-defined]
        guarded.replay = replay  # type: ignore[attr-defined]
        return guarded

    return wrap


def _page_of(request: HttpRequest) -> str:
    """Where to go on after signing in: a page that can be opened. An address that takes only
    writes cannot; the page that its form was on can, and the front door always.
    """
    if request.method not in WRITES:
        return request.get_full_path()
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    came = urlsplit(told)
    if came.netloc == request.get_host() and came.path.startswith("/"):
        return came.path + (f"?{came.query}" if came.query else "")
    return "/"


def not_found(request: HttpRequest) -> HttpResponse:
    """One answer for "is not there" and "is not yours"."""
    return trouble_page(request, _("没有找到这一页，或者它不归你看。"), 404)


def _run(
    request: HttpRequest, person: int | None, work: Callable[[], HttpResponse], replay: bool
) -> HttpResponse:
    writes = request.method in WRITES
    if writes and stands_still():
        raise StandsStill
    return once(request, person, work) if writes and replay else undone_again(request, work)
