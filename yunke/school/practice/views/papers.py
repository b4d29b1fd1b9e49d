"""Sheets that come back as photographs: read by a job, what is unclear decided by the teacher."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.craft.marking.sheets import BadPicture
from yunke.craft.picture.pixels import colour_of
from yunke.ground.people.door import ClassName
from yunke.school.library.door import solved_of
from yunke.school.practice.actions.papers import folder, paper_decide, paper_take
from yunke.school.practice.actions.printing import layouts_of
from yunke.school.practice.models import Paper
from yunke.school.practice.reads import drills
from yunke.school.practice.values import Reading
from yunke.school.practice.views.scope import class_taught, pupils_looked

MOST_FILES = 60


@require_GET
@page("practice.teach")
def papers_page(request: Asked, class_id: int) -> HttpResponse:
    return _papers(request, class_taught(request, class_id))


def _papers(request: Asked, found: ClassName, why: str = "") -> HttpResponse:
    pupils_looked(request.who, found)
    rows = drills.papers_of(found.id)
    waiting = any(row.state == Reading.WAITING for row in rows)
    told = {
        "school_class": found, "papers": _shown(rows), "waiting": waiting, "why": why,
        "most": MOST_FILES,
    }  # fmt: skip
    return render(request, "practice/papers.html", told, status=422 if why else 200)


def _shown(rows: list[Paper]) -> list[tuple[Paper, list[dict[str, Any]]]]:
    """Each photograph with what a person has to decide. 2 queries."""
    unclear = [row for row in rows if row.state == Reading.UNCLEAR and row.drill]
    layouts = layouts_of([row.drill for row in unclear if row.drill])
    solved = solved_of({one.question_id for x in layouts.values() for one in x.printed})
    told = []
    for row in rows:
        layout = layouts.get(row.drill_id or 0) if row in unclear else None
        places = layout.printed if layout else ()
        told.append(
            (
                row,
                [
                    {"place": one.place, "letters": [letter for letter, _a in one.answers],
                     "digits": one.digits, "solved": solved.get(one.question_id)}
                    for one in places
                    if str(one.place) in row.unclear
                ],
            )
        )  # fmt: skip
    return told


@require_POST
@page("practice.teach")
def papers_sent(request: Asked, class_id: int) -> HttpResponse:
    """Photographs of the class's sheets, many at once: all of them or none."""
    found = class_taught(request, class_id)
    files = request.FILES.getlist("photo")
    if not files:
        return _papers(request, found, _("没有收到照片。请再选一次。"))
    if len(files) > MOST_FILES:
        why = _("一次最多交 %(most)s 张，这次选了 %(n)s 张，一张也没有收。请分几次交。")
        return _papers(request, found, why % {"most": MOST_FILES, "n": len(files)})
    for file in files:
        paper_take(who_id=request.who.id, class_id=class_id, school_id=found.school_id, file=file)
    told = ngettext("收到 %d 张照片，正在读。", "收到 %d 张照片，正在读。", len(files))
    messages.success(request, told % len(files))
    return HttpResponseRedirect(f"/practice/class/{class_id}/papers", status=303)


@require_POST
@page("practice.teach")
def paper_decided(request: Asked, class_id: int, brought_id: int) -> HttpResponse:
    class_taught(request, class_id)
    answers = {
        name.removeprefix("place-"): value.replace("\0", "").strip()[:12]
        for name, value in request.POST.items()
        if name.startswith("place-") and isinstance(value, str)
    }
    paper_decide(who_id=request.who.id, class_id=class_id, paper_id=brought_id, answers=answers)
    messages.success(request, _("定好了，已经批改。"))
    return HttpResponseRedirect(f"/practice/class/{class_id}/papers", status=303)


@require_GET
@page("practice.teach")
def paper_picture(request: Asked, class_id: int, brought_id: int) -> HttpResponse:
    """The photograph, drawn anew: whatever else was in the file stays behind."""
    class_taught(request, class_id)
    row = Paper.objects.filter(id=brought_id, class_id=class_id, state=Reading.UNCLEAR).first()
    if row is None:
        raise Http404
    try:
        pixels = colour_of((folder() / row.file).read_bytes())
    except (BadPicture, OSError):
        raise Http404 from None
    answer = HttpResponse(jpeg(pixels), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


def jpeg(pixels: Any) -> bytes:
    import cv2  # noqa: PLC0415 - some ten megabytes that other pages do without

    side = max(pixels.shape[:2])
    if side > 1400:
        scale = 1400 / side
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return bytes(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes())
