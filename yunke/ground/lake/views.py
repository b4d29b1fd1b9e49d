"""What is logged about oneself, to take away."""

import json
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from yunke.base.pages import page
from yunke.craft.formats.xapi import Act, statement
from yunke.ground.lake.reads import history_of
from yunke.ground.lake.values import EventLine


@require_GET
@page("log.read")
def log_json(request: HttpRequest) -> HttpResponse:
    """Everything that is logged about oneself, or about one's child, as xAPI statements."""
    response: HttpResponseBase = StreamingHttpResponse(
        _statements(_whom(request), request.build_absolute_uri("/")),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="yunke-log.json"'
    return response  # type: ignore[return-value]


def _whom(request: HttpRequest) -> int:
    """Oneself, or the own child that the address names. 404 for anybody else's."""
    who = request.who  # type: ignore[attr-defined]
    child = request.GET.get("child", "")
    if not child:
        return int(who.id)
    if child not in {str(one.id) for one in who.children}:
        raise Http404
    return int(child)


def _statements(person_id: int, home: str) -> Iterator[str]:
    """A JSON list, a statement a line, newest first."""
    before = "[\n"
    # Titles in a statement are Chinese, whatever the language of the page.
    with translation.override("zh-hans"):
        for line in history_of(person_id):
            yield before + json.dumps(statement(_act(line), home=home), ensure_ascii=False)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _act(line: EventLine) -> Act:
    return Act(
        uid=line.uid, at=line.at, actor_id=line.actor_id, verb=line.verb,
        object_kind=line.object_kind, object_id=line.object_id, title=line.title,
        seconds=line.seconds, subject_id=line.subject_id, school_id=line.school_id,
        class_id=line.class_id, lesson_id=line.lesson_id, purpose=line.purpose,
        result=line.result,
    )  # fmt: skip
