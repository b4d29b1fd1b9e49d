"""A lesson saved twice at once: both texts side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yunke.school.library.actions.lessons import LessonChanged
from yunke.school.library.models import Lesson, Unit
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
    """Each field that differs, with both texts. At most one query."""
    shown = (
        (_("课题"), mine.title, kept.title),
        (_("英文课题"), mine.title_en, kept.title_en),
        (_("单元"), *_units(mine.unit_id, kept.unit_id)),
        (_("简介"), mine.summary, kept.summary),
        (_("英文简介"), mine.summary_en, kept.summary_en),
        (_("学习目标"), "\n".join(mine.goals), "\n".join(kept.goals)),
        (_("知识点"), "、".join(sorted(mine.points)), "、".join(sorted(kept.points))),
        (_("时长（分钟）"), mine.minutes, kept.minutes),
        (_("允许下载"), _yes(mine.download_allowed), _yes(kept.download_allowed)),
        (_("章节"), _marks(mine), _marks(kept)),
    )
    return [
        {"name": name, "mine": str(own), "kept": str(theirs)}
        for name, own, theirs in shown
        if str(own) != str(theirs)
    ]


def _units(mine: int, kept: int) -> tuple[str, str]:
    """The units' names in the language of the page: nobody knows a unit by its number."""
    if mine == kept:
        return "", ""
    english = (get_language() or "").startswith("en")
    rows = Unit.objects.filter(id__in=(mine, kept)).values_list("id", "title", "title_en")
    names = {number: (other if english and other else title) for number, title, other in rows}
    return names.get(mine, "—"), names.get(kept, "—")


def _yes(value: bool) -> str:
    return _("是") if value else _("否")


def _marks(draft: Draft) -> str:
    return "\n".join(
        f"{mark.at:g} s  {mark.title} {mark.title_en}".strip() for mark in draft.chapters
    )
