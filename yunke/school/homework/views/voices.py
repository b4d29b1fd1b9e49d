"""Recordings come in, are heard by those who may, and go again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.ranged import ranged
from yunke.base.trouble import Refused
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.attempts.door import Of, Opened, Sent, attempt_opened, attempt_save
from yunke.school.homework.actions.voices import voice_keep, voice_remove
from yunke.school.homework.models import HomeworkFor, Returned, Voice
from yunke.school.homework.reads.one import homework_of, may_mark
from yunke.school.homework.views.desk import state_of
from yunke.school.homework.views.scope import homework_marked


def _file(request: Asked) -> "UploadedFile[Any]":
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused(_("没有收到录音，请重新录一次。"), status=422)
    return file


def _seconds(request: Asked) -> float:
    try:
        return float(request.POST.get("seconds", "0"))
    except ValueError:
        return 0.0


@require_POST
@page("homework.mark")
def note_kept(request: Asked, homework_id: int, work_id: int) -> HttpResponse:
    """A teacher's spoken note on one paper."""
    row = homework_marked(request, homework_id)
    state = state_of(row, work_id)
    copy = HomeworkFor.objects.get(id=state.copy_id)
    number = voice_keep(
        by_id=request.who.id, copy=copy, attempt_id=work_id, file=_file(request),
        seconds=_seconds(request),
    )  # fmt: skip
    return JsonResponse({"id": number, "address": f"/homework/voice/{number}"})


@require_POST
@page("homework.answer")
def answer_kept(request: Asked, homework_id: int, asked_id: int) -> HttpResponse:
    """A pupil's recording as the answer to a question of the own open attempt."""
    opened = attempt_opened(request.who.id, Of.HOMEWORK, homework_id)
    copy = HomeworkFor.objects.filter(
        pupil_id=request.who.id, homework_id=homework_id, homework__withdrawn_at__isnull=True
    ).first()
    if opened is None or copy is None or opened.submitted_at or asked_id not in opened.order:
        raise Http404
    number = voice_keep(
        by_id=request.who.id, copy=copy, attempt_id=opened.id, file=_file(request),
        seconds=_seconds(request), question_id=asked_id,
    )  # fmt: skip
    told = _answered(request.who.id, opened, asked_id)
    return JsonResponse({"id": number, "address": f"/homework/voice/{number}", "answer": told})


def _answered(person_id: int, opened: Opened, question_id: int) -> list[Any]:
    """The recordings that are there are the answer, beside photographs of the same question."""
    rows = Voice.objects.filter(attempt_id=opened.id, question_id=question_id, gone_at__isnull=True)
    stored = opened.answers.get(question_id)
    kept = [one for one in stored if not str(one).startswith("voice:")] if stored else []
    value = [*kept, *(f"voice:{n}" for n in rows.order_by("id").values_list("id", flat=True))]
    seq = opened.seqs.get(question_id, 0) + 1
    attempt_save(who_id=person_id, attempt_id=opened.id, answers=[Sent(question_id, value, seq)])
    return value


@require_GET
@page("homework.read")
def voice_played(request: Asked, voice_id: int) -> HttpResponse:
    """The file, for those who may hear it; as what its bytes are, and nothing a browser runs."""
    row = Voice.objects.select_related("copy").filter(id=voice_id, gone_at__isnull=True).first()
    if row is None or not _hears(request.who, row):
        raise Http404
    place = Path(settings.MEDIA_ROOT) / row.file
    if not place.is_file():
        raise Http404
    answer: Any = ranged(request, place, row.kind)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Content-Disposition"] = f'inline; filename="{voice_id}"'
    played: HttpResponse = answer
    return played


def _hears(who: Who, row: Voice) -> bool:
    """Who recorded it; who marks the work; pupil and guardian, a note only once it is returned."""
    homework = homework_of(row.copy.homework_id)
    if homework is None:
        return False
    if may_mark(who, homework):
        return True
    pupil = row.copy.pupil_id
    near = who.id == pupil or allowed(who, "child.read", Place(person=pupil))
    if not near:
        return False
    if row.question_id:
        return True
    return Returned.objects.filter(attempt_id=row.attempt_id).exists()


@require_POST
@page("homework.read")
def voice_gone(request: Asked, voice_id: int) -> HttpResponse:
    """One's own recording goes: a note of the teacher, or an answer that is not handed in yet."""
    own = Voice.objects.filter(id=voice_id, by_id=request.who.id, gone_at__isnull=True)
    row = own.select_related("copy").first()
    if row is None:
        raise Http404
    opened = None
    if not row.question_id:
        homework_marked(request, row.copy.homework_id)  # who left takes no note away
    else:
        opened = attempt_opened(request.who.id, Of.HOMEWORK, row.copy.homework_id)
        if opened is None or opened.id != row.attempt_id or opened.submitted_at:
            raise Refused(_("已经交了，录音不能再删。"), status=409)
    voice_remove(by_id=request.who.id, voice_id=voice_id)
    if opened is not None:
        _answered(request.who.id, opened, row.question_id)
    return JsonResponse({"gone": voice_id})
