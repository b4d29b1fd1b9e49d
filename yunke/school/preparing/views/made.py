"""The lesson of a request, for those who make it."""

from django.http import Http404

from yunke.base.pages import Asked
from yunke.school.preparing.reads.talk import Around
from yunke.school.preparing.reads.work import Work, work_of


def work(request: Asked, lesson_id: int) -> Work:
    """Raises Http404 for what is not there and for what is not theirs."""
    found = work_of(lesson_id, request.who)
    if found is None:
        raise Http404
    return found


def around(found: Work) -> Around:
    return Around(found.content, found.row.files)
