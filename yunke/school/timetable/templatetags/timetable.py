"""Subjects, days and pinyin as templates write them."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pypinyin import Style, pinyin

from yunke.school.library.door import SUBJECT_ICONS, SUBJECT_NAMES

register = template.Library()


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def subject_name(code: str) -> str:
    names = SUBJECT_NAMES.get(code)
    return names[_english()] if names else ""


@register.filter
def subject_icon(code: str) -> str:
    return SUBJECT_ICONS.get(code, "book-open-text")


@register.filter
def weekday(day: date) -> str:
    """周一 … 周日."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return names[day.weekday()]


@register.filter
def day_short(day: date) -> str:
    """11月16日 or 16 Nov."""
    return date_format(day, "j M") if _english() else f"{day.month}月{day.day}日"


@register.filter
def hour(moment: datetime | None) -> str:
    """The school's wall clock, 09:05; the moment comes in local time."""
    return f"{moment:%H:%M}" if moment else ""


@register.filter
def ruby(text: str) -> SafeString:
    """Chinese characters with their pinyin above, for those who learn to read."""
    if not text or _english():
        return escape(text)
    parts = [_ruby_part(*pair) for pair in _pairs(text)]
    return mark_safe("".join(parts))  # noqa: S308 every part is escaped


def _pairs(text: str) -> list[tuple[str, str]]:
    """Each character with its reading in the words of the text; no reading for other signs."""
    readings = pinyin(text, style=Style.TONE, errors=list)  # type: ignore[arg-type]
    return [(c, r[0] if r[0] != c else "") for c, r in zip(text, readings, strict=True)]


def _ruby_part(character: str, reading: str) -> SafeString:
    if not reading:
        return escape(character)
    return format_html("<ruby>{}<rt>{}</rt></ruby>", character, reading)
