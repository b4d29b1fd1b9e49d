"""A school's week from a sheet: looked at row by row, then written."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yunke.base.clock import today
from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.craft.formats.sheet import Line
from yunke.ground.people.door import colleagues, org_names, school_classes
from yunke.school.timetable.actions.bulk import slots_write
from yunke.school.timetable.actions.sheet import (
    SheetRefused,
    SlotLine,
    file_lines,
    pasted_lines,
    slots_read,
)
from yunke.school.timetable.reads.terms import calendar_at, term_now
from yunke.school.timetable.values import SlotIn
from yunke.school.timetable.views.office import office_for

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
