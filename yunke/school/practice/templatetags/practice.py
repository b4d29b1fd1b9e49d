"""Causes, standings and reasons in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yunke.craft.recall import Reason
from yunke.craft.recall.estimates import Standing
from yunke.craft.recall.saying import REASONS, STANDINGS
from yunke.school.library.door import cause_words
from yunke.school.practice.rules.paper import plain
from yunke.school.practice.values import Origin, OwnWord

register = template.Library()
CHIPS = {"mastered": "good", "nearly": "info", "weak": "wait", "unsure": "", "unseen": ""}
ICONS = {
    OwnWord.MISREAD: "glasses", OwnWord.MISCALCULATED: "calculator",
    OwnWord.UNKNOWN: "circle-question-mark", OwnWord.SLIPPED: "feather",
}  # fmt: skip


def _english() -> int:
    return int((get_language() or "").startswith("en"))


@register.filter
def own_word(word: str) -> str:
    """A pupil's own word for an error."""
    names = {
        OwnWord.MISREAD: _("看错题了"),
        OwnWord.MISCALCULATED: _("算错了"),
        OwnWord.UNKNOWN: _("还不会"),
        OwnWord.SLIPPED: _("笔误"),
    }
    return names.get(word, "")  # type: ignore[call-overload,no-any-return]


@register.filter
def own_icon(word: str) -> str:
    return ICONS.get(word, "circle")  # type: ignore[call-overload,no-any-return]


@register.filter
def why(cause: str) -> str:
    """A cause as words, whoever told it."""
    return own_word(cause) or cause_words(cause)[_english()]


@register.filter
def told_by(origin: str) -> str:
    """Who or what says so."""
    names = {
        Origin.OPTION: _("从选项看"),
        Origin.BUG: _("从答案算出来的"),
        Origin.PUPIL: _("学生自己说"),
        Origin.LEARNT: _("老师说过这样的错"),
        Origin.TEACHER: _("老师说"),
    }
    return names.get(origin, "")  # type: ignore[call-overload,no-any-return]


@register.filter
def standing_word(standing: str) -> str:
    return STANDINGS[Standing(standing)][_english()]


@register.filter
def standing_chip(standing: str) -> str:
    return CHIPS.get(standing, "")


@register.filter
def reason_word(reason: int) -> str:
    """Why a question is in a drill."""
    if reason not in set(Reason):
        return _("老师选的题")
    return REASONS[Reason(reason)][_english()]


@register.filter
def state_word(state: str) -> str:
    return {
        "open": _("还没改过来"), "returning": _("答对过，还会再来"), "mastered": _("已经会了"),
    }.get(state, "")  # fmt: skip


@register.filter
def source_word(source: str) -> str:
    return {
        "homework": pgettext("source", "作业"), "exam": pgettext("source", "考试"),
        "drill": pgettext("source", "小练习"), "lesson": pgettext("source", "课里的题"),
        "live": pgettext("source", "课上一起答"),
    }.get(source, "")  # fmt: skip


@register.filter
def reading_word(reason: str) -> str:
    """Why a photograph was not read."""
    return {
        "no-picture": _("这不是能读的照片"), "no-code": _("没有找到纸上的二维码，请把整页拍进去"),
        "other-sheet": _("这不是小练习的纸"), "not-yours": _("这张纸不是这个班或这位学生的"),
        "already": _("这份小练习已经交过了"),
    }.get(reason, _("照片太糊、太暗或缺了一角，请再拍一张"))  # fmt: skip


@register.filter
def percent(share: Any) -> int:
    return round(100 * float(share))


@register.filter
def held(table: dict[Any, Any], key: Any) -> Any:
    """A table's entry, None where there is none."""
    return table.get(key)


@register.filter
def tenths(share: float) -> int:
    return round(10 * float(share))


@register.filter
def reach(line: Any) -> int:
    """How wide the interval is, in hundredths; at least something that can be seen."""
    return max(percent(line.high) - percent(line.low), 2)


@register.filter
def add_number(start: str, number: int) -> str:
    """The beginning of the addresses of a child's points."""
    return f"{start}{number}/points/"


@register.filter
def bands(one: Any) -> list[tuple[str, float, float]]:
    """The four standings of a class beside each other: name, left edge, width, in hundredths."""
    parts = (("mastered", one.mastered), ("nearly", one.nearly), ("unsure", one.unsure),
             ("weak", one.weak))  # fmt: skip
    told, x = [], 0.0
    for name, count in parts:
        width = 100 * count / max(one.pupils, 1)
        if count:
            told.append((name, round(x, 2), round(width, 2)))
        x += width
    return told


@register.filter
def answer_shown(solved: Any, value: str) -> str:
    """A kept answer as people read it: the words of its option, what was written, a dash."""
    if not value:
        return "—"
    if value in {"true", "false"} and not solved.options:
        return _("对") if value == "true" else _("错")
    words = {one.id: plain(one.text) for one in solved.options}
    return "、".join(words.get(part, part) for part in value.split(",")) if words else value
