"""How exams, points and shares are written on their pages."""

from datetime import timedelta
from fractions import Fraction

from django import template
from django.utils.translation import get_language

from yunke.school.exams.values.exams import (
    INCIDENT_NAMES,
    MODE_NAMES,
    SORT_NAMES,
    ExamView,
)
from yunke.school.library.door import SUBJECT_NAMES

register = template.Library()


def english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def exam_name(exam: ExamView) -> str:
    """The title where the reader may know it, else subject and sort."""
    if exam.title:
        return (exam.title_en if english() else "") or exam.title
    subject = SUBJECT_NAMES.get(exam.subject, ("", ""))[english()]
    return f"{subject} · {sort_name(exam.sort)}"


@register.filter
def sort_name(sort: str) -> str:
    return SORT_NAMES[sort][english()]


@register.filter
def mode_name(mode: str) -> str:
    return MODE_NAMES[mode][english()]


@register.filter
def mode_icon(mode: str) -> str:
    return MODE_NAMES[mode][2]


@register.filter
def incident_name(kind: str) -> str:
    return INCIDENT_NAMES[kind][english()]


@register.filter
def words(one: tuple[str, ...]) -> str:
    """(key, 中文, English, …) in the reader's language."""
    return one[2] if english() else one[1]


@register.filter
def points(value: Fraction | None) -> str:
    """ "2", "2.5", "1/3"."""
    if value is None:
        return "—"
    if value.denominator == 1:
        return str(value.numerator)
    short = round(float(value), 2)
    return f"{short:g}" if Fraction(str(short)) == value else str(value)


@register.filter
def percent(share: float | None) -> str:
    return "—" if share is None else f"{round(share * 100)}%"


@register.filter
def two(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


@register.filter
def whole_minutes(span: timedelta) -> int:
    return max(round(span.total_seconds() / 60), 0)


@register.filter
def at_key(found: dict[object, object], key: object) -> object:
    return found.get(key, "")
