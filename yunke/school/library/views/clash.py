"""A lesson saved twice at once: both texts side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yunke.school.library.actions.lessons import LessonChanged
from yunke.school.library.models import Lesson
from yunke.school.library.values import Draft


def conflict(
    request: HttpRequest, lesson: Lesson, mine: Draft, meanwhile: LessonChanged
) -> HttpResponse:
    """Both texts side by side; either can be kept. Nothing was overwritten."""
    context = {
        "lesson": lesson,
        "mine": mine,
        "version": meanwhile.version,
        "differences": differences(mine, meanwhile.kept),
    }
    return render(request, "library/conflict.html", context, status=409)


def differences(mine: Draft, kept: Draft) -> list[dict[str, str]]:
    """Each field that differs, with both texts."""
    shown = (
        (_("课题"), mine.title, kept.title),
        (_("英文课题"), mine.title_en, kept.title_en),
        (_("单元"), mine.unit_id, kept.unit_id),
        (_("简介"), mine.summary, kept.summary),
        (_("英文简介"), mine.summary_en, kept.summary_en),
        (_("学习目标"), "\n".join(mine.goals), "\n".join(kept.goals)),
        (_("知识点"), "、".join(mine.points), "、".join(kept.points)),
        (_("时长（分钟）"), mine.minutes, kept.minutes),
        (_("允许下载"), _yes(mine.download_allowed), _yes(kept.download_allowed)),
        (_("章节"), _marks(mine), _marks(kept)),
    )
    return [
        {"name": name, "mine": str(own), "kept": str(theirs)}
        for name, own, theirs in shown
        if sorted(str(own).split("、")) != sorted(str(theirs).split("、"))
    ]


def _yes(value: bool) -> str:
    return _("是") if value else _("否")


def _marks(draft: Draft) -> str:
    return "\n".join(
        f"{mark.at:g} s  {mark.title} {mark.title_en}".strip() for mark in draft.chapters
    )
