"""The lesson of a request, for those who make it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404

from yunke.base.pages import Asked
from yunke.school.library.door import NotYours, NoUnit
from yunke.school.preparing.actions.save import NoVersion
from yunke.school.preparing.reads.talk import Around
from yunke.school.preparing.reads.work import Work, work_of


def work(request: Asked, lesson_id: int) -> Work:
    """Raises Http404 for what is not there and for what is not theirs."""
    found = work_of(lesson_id, request.who)
    if found is None:
        raise Http404
    return found


@contextmanager
def theirs() -> Iterator[None]:
    """An act on what is not there, or is not theirs, is answered like a page that is not there."""
    try:
        yield
    except (NotYours, NoUnit, NoVersion):
        raise Http404 from None


def around(found: Work) -> Around:
    return Around(found.content, found.row.files)
