"""How homework's pages tell a deadline, a stage, points."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yunke.base.clock import today
from yunke.base.templatetags.yunke import day_time
from yunke.school.homework.values import Stage

register = template.Library()
CHIPS = {
    Stage.WAITING: "", Stage.NEW: "info", Stage.BEGUN: "info", Stage.OVERDUE: "wrong",
    Stage.HANDED_IN: "wait", Stage.RETURNED: "good", Stage.CORRECTING: "info",
    Stage.CORRECTED: "wait",
}  # fmt: skip
ICONS = {
    Stage.WAITING: "clock", Stage.NEW: "circle", Stage.BEGUN: "pencil-line",
    Stage.OVERDUE: "clock-alert", Stage.HANDED_IN: "send", Stage.RETURNED: "notebook-text",
    Stage.CORRECTING: "pencil-line", Stage.CORRECTED: "send",
}  # fmt: skip


@register.filter
def due(moment: datetime | None) -> SafeString | str:
    """A deadline as people say it, and the one instant for machines."""
    if moment is None:
        return ""
    at = localtime(moment)
    days = (at.date() - today()).days
    clock = f"{at:%H:%M}"
    near = {-1: _("昨天 %(clock)s"), 0: _("今天 %(clock)s"), 1: _("明天 %(clock)s")}
    if days in near:
        told = near[days] % {"clock": clock}
    elif 1 < days < 7:
        told = f"{date_format(at, 'D' if _english() else 'l')} {clock}"
    else:
        told = day_time(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), told)


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def stage_name(stage: Stage) -> str:
    return {
        Stage.WAITING: _("还没开始"), Stage.NEW: _("还没做"), Stage.BEGUN: _("做了一半"),
        Stage.OVERDUE: _("过了时间"), Stage.HANDED_IN: _("交了"), Stage.RETURNED: _("发回了"),
        Stage.CORRECTING: _("订正中"), Stage.CORRECTED: _("订正好了"),
    }[Stage(stage)]  # fmt: skip


@register.filter
def stage_chip(stage: Stage) -> str:
    return CHIPS[Stage(stage)]


@register.filter
def stage_icon(stage: Stage) -> str:
    return ICONS[Stage(stage)]


@register.filter
def points(score: Fraction | str | None) -> str:
    """2, 2.5, 7.31, 1/3; "" without one."""
    if score is None:
        return ""
    score = Fraction(score)
    return f"{float(score):g}" if 1000 % score.denominator == 0 else str(score)


@register.filter
def task_name(task: str) -> str:
    return {
        "paper": _("拍纸上的作业"), "handwriting": _("写字"), "reading": _("朗读"),
        "recitation": _("背诵"), "practical": _("动手或运动"), "signed": _("家长签字"),
    }[task]  # fmt: skip


@register.filter
def due_name(which: str) -> str:
    return {
        "tonight": _("今晚八点"), "morning": _("明早八点"), "tomorrow": _("明晚八点"),
        "week": _("一周后"),
    }[which]  # fmt: skip


@register.filter
def part_name(name: str) -> str:
    """A stretch of the class's bar."""
    return {
        "returned": _("发回了"), "corrected": _("订正好了"), "handed_in": _("交了"),
        "begun": _("做了一半"), "new": _("还没做"), "overdue": _("过了时间"),
    }[name]  # fmt: skip


@register.filter
def as_list(things: Iterable[str]) -> list[str]:
    return list(things)


@register.simple_tag
def once_key() -> str:
    """A key of its own for a write that htmx sends from a button."""
    return str(uuid.uuid4())
