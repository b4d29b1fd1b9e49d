"""Who is behind the request: the cookie's token, held against the sessions of people."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yunke.ground.people.door import holds, session_who


class SessionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        who = session_who(token)
        request.who = who  # type: ignore[attr-defined]
        request.holds = partial(holds, who) if who else lambda right: False  # type: ignore[attr-defined]
        return self.get_response(request)
