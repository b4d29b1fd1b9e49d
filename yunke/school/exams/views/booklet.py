"""The paper itself to print, for its makers alone: sealed or open, nobody else gets it."""

import html
import re
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked as Request
from yunke.base.pages import page
from yunke.craft.marking.items import item_from_json
from yunke.craft.paper.booklet import Booklet, Part, Printed, booklet_pdf
from yunke.ground.audit.door import Act, audit_record
from yunke.school.exams.reads.papers import paper_full
from yunke.school.exams.values.papers import PaperFull
from yunke.school.library.door import (
    SUBJECT_NAMES,
    Asked,
    asked_from,
    asked_of,
    points_text,
    text_shown,
)

BLANK = re.compile("\ue000[^\ue001]*\ue001")
NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{3,4}")


# A read that leaves a line in the audit; nothing to do twice.
@require_GET
@page("paper.write")
def booklet(request: Request, paper_id: int) -> HttpResponse:
    """A4 with formulas and pictures; ``?large=yes`` for eyes that need it. Some tenths of a
    second of one core."""
    paper = paper_full(request.who, paper_id)
    if paper is None or not paper.body.lines:
        raise Http404
    large = request.GET.get("large") == "yes"
    data = booklet_pdf(_booklet(paper, large), _picture)
    with transaction.atomic():
        audit_record(
            actor_id=request.who.id, act=Act.DATA_EXPORTED, object_kind="paper",
            object_id=paper_id, school_id=paper.school_id,
            detail={"booklet": True, "large": large},
        )  # fmt: skip
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="paper-{paper_id}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _booklet(paper: PaperFull, large: bool) -> Booklet:
    body, english = paper.body, (get_language() or "").startswith("en")
    known = asked_of([line.question_id for line in body.lines if line.question_id])
    parts: dict[int, list[Printed]] = {n: [] for n in range(len(body.sections) or 1)}
    for number, line in enumerate(body.lines, 1):
        asked = (
            asked_from(item_from_json(line.item), 0) if line.item else known.get(line.question_id)
        )
        if asked is not None:
            worth = _("（%(n)s 分）") % {"n": points_text(line.points)}
            parts.setdefault(line.section, []).append(_printed(number, asked, worth))
    names = [section.name for section in body.sections]
    subject = SUBJECT_NAMES.get(paper.head.subject, ("", ""))[english]
    return Booklet(
        title=(english and body.title_en) or body.title or _("还没有标题"),
        line=_("%(subject)s · %(grade)s 年级 · 满分 %(total)s · 姓名 ________")
        % {"subject": subject, "grade": paper.head.grade, "total": points_text(body.total)},
        note=body.note,
        parts=tuple(
            Part(names[n] if n < len(names) else "", tuple(some))
            for n, some in sorted(parts.items())
            if some
        ),
        large=large, language="en" if english else "zh",
    )  # fmt: skip


def _printed(number: int, asked: Asked, worth: str) -> Printed:
    """With everything that a pupil sees of it; the right side of a match in a line of its own."""
    text = _text(asked.prompt)
    if asked.statement:
        text += f"<br>{_text(asked.statement)}"
    if asked.picture:
        text += f'<br><img src="{html.escape(asked.picture)}">'
    if asked.targets:
        there = " ".join(f"({n}) {_text(one.text)}" for n, one in enumerate(asked.targets, 1))
        text += f"<br>{there}"
    if asked.unit:
        text += f"<br>____ {html.escape(asked.unit)}"
    return Printed(number, text, worth, tuple(_text(one.text) for one in asked.options))


def _text(text: str) -> str:
    return BLANK.sub("____", text_shown(text or ""))


def _picture(name: str) -> bytes | None:
    path = Path(settings.MEDIA_ROOT) / "questions" / name
    return path.read_bytes() if NAME.fullmatch(name) and path.is_file() else None
