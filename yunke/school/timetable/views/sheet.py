"""A school's week from a sheet: looked at row by row, then written; and the same bells for all."""

import tempfile
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.formats.sheet import Line
from yunke.ground.people.door import Place, colleagues, org_names, school_classes
from yunke.school.timetable.actions.bulk import bells_write, slots_write
from yunke.school.timetable.actions.sheet import (
    SheetRefused,
    SlotLine,
    file_lines,
    pasted_lines,
    slots_read,
)
from yunke.school.timetable.actions.terms import org_of
from yunke.school.timetable.models import Bell
from yunke.school.timetable.reads.terms import calendar_at, term_now
from yunke.school.timetable.values import BellIn, SlotIn
from yunke.school.timetable.views.office import office_for
from yunke.school.timetable.views.terms import number_read

SALT = "timetable-sheet"
LARGEST = 4 << 20  # bytes of a sheet
WRONG = {
    "class": gettext_lazy("没有这个班"),
    "weekday": gettext_lazy("星期看不懂"),
    "period": gettext_lazy("节次看不懂"),
    "subject": gettext_lazy("没有这个学科"),
    "teacher": gettext_lazy("没有这位老师，或者有同名的"),
    "twice": gettext_lazy("这个班这一节写了两次"),
}
COLUMN_NAMES = {
    "class": gettext_lazy("班级"),
    "weekday": gettext_lazy("星期"),
    "period": gettext_lazy("节次"),
    "subject": gettext_lazy("学科"),
}
REFUSED = {
    "encoding": gettext_lazy(
        "看不懂这个文件的文字编码。请在表格软件里另存为 UTF-8 的 CSV，或者 XLSX。"
    ),
    "broken": gettext_lazy("这个 CSV 里有一处引号没有成对，从第 %(line)d 行起读不下去。"),
    "book": gettext_lazy("这个 XLSX 打不开：请只留一张工作表，再存一次。"),
    "empty": gettext_lazy("表里没有内容。"),
    "long": gettext_lazy("一张表最多 5000 行。"),
}


# Looking at a sheet writes nothing: the rows travel back signed, the second form writes them.
@require_http_methods(["GET", "POST"])
@page("slot.write", replay=False)
def sheet(request: Asked) -> HttpResponse:
    """Choose a file or paste cells; then every row with what is right or wrong about it."""
    place = office_for(request, "slot.write")
    shown: dict[str, Any] = {"school": org_names([place.school]).get(place.school)}
    shown["term"] = term_now(calendar_at(place), today())
    if request.method == "GET":
        return render(request, "timetable/sheet.html", shown)
    try:
        lines = slots_read(_lines(request), school_classes(place.school), colleagues(place.school))
    except SheetRefused as no:
        return render(request, "timetable/sheet.html", {**shown, "why": _why(no)}, status=422)
    good = [line for line in lines if not line.wrong]
    wrong = [{"l": line, "why": WRONG[line.wrong]} for line in lines if line.wrong]
    kept = signing.dumps([_packed(line) for line in good], salt=SALT, compress=True)
    shown |= {"good": good[:30], "count": len(good), "wrong": wrong[:100], "kept": kept}
    shown |= {"more": max(0, len(good) - 30), "bad": len(wrong)}
    shown["classes"] = len({line.class_id for line in good})
    return render(request, "timetable/sheet.html", shown)


def _why(no: SheetRefused) -> str:
    if no.code.startswith("no-"):
        return _("第一行里少了一列：%(column)s。") % {"column": COLUMN_NAMES[no.code[3:]]}
    text = str(REFUSED[no.code])
    return text % {"line": no.line} if "%(" in text else text


def _lines(request: Asked) -> list[Line]:
    sent = request.FILES.get("file")
    if sent is None:
        return pasted_lines(request.POST.get("cells", "")[:LARGEST])
    if (sent.size or 0) > LARGEST:
        raise SheetRefused("long")
    with tempfile.NamedTemporaryFile(suffix=Path(sent.name or "").suffix[:8]) as file:
        for chunk in sent.chunks():
            file.write(chunk)
        file.flush()
        return file_lines(Path(file.name), sent.name or "")


def _packed(line: SlotLine) -> list[Any]:
    return [line.class_id, line.weekday, line.period, line.subject, line.teacher_id, line.teacher]


@require_POST
@page("slot.write")
def sheet_write(request: Asked) -> HttpResponse:
    """Write the rows that were looked at; the classes must still be the school's."""
    place = office_for(request, "slot.write")
    term = term_now(calendar_at(place), today())
    if term is None:
        raise Refused(_("先要有一个学期，课表才有地方放。什么都没有改动。"), status=422)
    try:
        rows = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=3600)
    except signing.BadSignature:
        raise Refused(_("这一页太旧了，请把表再放一次。什么都没有改动。"), status=422) from None
    ours = {of.id for of in school_classes(place.school)}
    slots = [SlotIn(term.id, *row) for row in rows if row[0] in ours]
    count = slots_write(slots, actor_id=request.who.id)
    messages.success(request, _("%(count)d 节课已经写进课表。") % {"count": count})
    return HttpResponseRedirect("/first-day", status=303)


@require_GET
@page("term.write")
def bells(request: Asked) -> HttpResponse:
    """The bells of this place, and a generator of the same for everybody below it."""
    place = office_for(request, "term.write")
    own, above = _bells_of(org_of(place)), _above(place)
    shown = {"org": org_names([org_of(place)])[org_of(place)], "own": own, "above": above}
    return render(request, "timetable/bellset.html", shown)


def _bells_of(org: int) -> list[Bell]:
    return list(Bell.objects.filter(org_id=org).order_by("period"))


def _above(place: Place) -> list[Bell]:
    """The bells that ring here as long as there are none of one's own."""
    found: list[Bell] = []
    for org in (place.city, place.county):
        if org and org != org_of(place):
            found = _bells_of(org) or found
    return found


@require_POST
@page("term.write")
def bells_make(request: Asked) -> HttpResponse:
    """Same bells for all: so many in the morning, so many after noon, from one clock each."""
    place = office_for(request, "term.write")
    counts = [number_read(request.POST.get(name, "")) for name in ("morning", "afternoon")]
    minutes, gap = (number_read(request.POST.get(name, "")) for name in ("minutes", "gap"))
    starts = [_clock(request.POST.get(name, "")) for name in ("from", "from_after")]
    if not 1 <= counts[0] <= 6 or counts[1] > 6 or not 10 <= minutes <= 90 or gap > 60:
        raise Refused(_("节数、每节多长或课间不对；什么都没有改动。"), status=422)
    org, made = org_of(place), list[BellIn]()
    for count, start in zip(counts, starts, strict=True):
        made += _row(org, len(made), count, start, minutes, gap)
    if any(one.ends <= one.starts for one in made) or _meet(made):
        raise Refused(_("这些节次会叠在一起或排到半夜；什么都没有改动。"), status=422)
    Bell.objects.filter(org_id=org).exclude(period__in=[b.period for b in made]).delete()
    bells_write(made, actor_id=request.who.id)
    messages.success(request, _("%(count)d 节的作息时间已经定好。") % {"count": len(made)})
    return HttpResponseRedirect("/bells", status=303)


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("时间写得不对；什么都没有改动。"), status=422) from None


def _row(org: int, before: int, count: int, start: time, minutes: int, gap: int) -> list[BellIn]:
    first = datetime.combine(today(), start)
    step = timedelta(minutes=minutes + gap)
    return [
        BellIn(
            org, before + n + 1, (first + n * step).time(),
            (first + n * step + timedelta(minutes=minutes)).time(),
        )
        for n in range(count)
    ]  # fmt: skip


def _meet(bells: list[BellIn]) -> bool:
    return any(b.starts < a.ends for a, b in pairwise(bells))
