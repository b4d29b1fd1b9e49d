"""Subjects as the library's templates write them."""

from django import template
from django.utils.translation import get_language

from yunke.school.library.values import SUBJECT_ICONS, SUBJECT_NAMES

register = template.Library()


@register.filter
def subject_name(code: str) -> str:
    zh, en = SUBJECT_NAMES.get(code, ("", ""))
    return en if (get_language() or "").startswith("en") else zh


@register.filter
def subject_icon(code: str) -> str:
    return SUBJECT_ICONS.get(code, "library")


@register.filter
def moment(seconds: float | str) -> str:
    """Seconds as "2:03", with the tenth where there is one: what the form reads back. Words that
    somebody typed instead of a time stay as they are."""
    if isinstance(seconds, str):
        return seconds
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    whole, tenth = divmod(rest, 10)
    return f"{minutes}:{whole:02}.{tenth}" if tenth else f"{minutes}:{whole:02}"
