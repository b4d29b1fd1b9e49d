"""The template words of the house."""

import json
import uuid
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from yunke.base.beside import beside_at
from yunke.base.clock import today

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The idempotency key of a form: made with the page, sent with the write."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
@cache
def lucide(name: str) -> SafeString:
    """An icon of lucide that the style sheets know by its class and that screen readers pass over.

    Raises KeyError for a name that lucide does not have.
    """
    drawn = " ".join(_icons().read(f"{name}.svg").decode().split())
    known = drawn.replace('xmlns="http://www.w3.org/2000/svg"', 'class="lucide" aria-hidden="true"')
    return mark_safe(known)  # noqa: S308 (a file of the package)


@cache
def _icons() -> ZipFile:
    """Looked through once: lucide's own tag reads the list of 1,700 icons for each, 20 ms."""
    return ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))


@register.simple_tag(takes_context=True)
def beside(context: Any, place: str, **about: Any) -> SafeString:
    """What rooms above add to this place of the page (``base/beside.py``)."""
    said = beside_at(place, context["request"], **about)
    return format_html_join("", "{}", ((one,) for one in said))


@register.filter
def local(thing: Any, field: str) -> str:
    """``lesson|local:"title"``: the English twin when the page is English and there is one."""
    read = thing.get if isinstance(thing, dict) else lambda name: getattr(thing, name, "")
    if (get_language() or "").startswith("en"):
        return read(f"{field}_en") or read(field) or ""
    return read(field) or ""


@register.filter
def day(moment: date | None) -> str:
    """12月13日 or 13 Dec, with its year when it is not this one."""
    if not moment:
        return ""
    at = localtime(moment) if isinstance(moment, datetime) else moment
    year = at.year != today().year
    if (get_language() or "").startswith("en"):
        return date_format(at, "j M Y" if year else "j M")
    return (f"{at.year}年" if year else "") + f"{at.month}月{at.day}日"


@register.filter
def day_time(moment: datetime | None) -> str:
    """12月13日 11:40 or 13 Dec, 11:40, at the city's clock."""
    if not moment:
        return ""
    gap = ", " if (get_language() or "").startswith("en") else " "
    return f"{day(moment)}{gap}{localtime(moment):%H:%M}"


@register.filter
def clock(seconds: float | None) -> str:
    """Seconds as m:ss or h:mm:ss."""
    whole = int(seconds or 0)
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds_left:02}" if hours else f"{minutes}:{seconds_left:02}"


@register.filter
def share(part: float | None, whole: float | None) -> int:
    """Whole per cent, 0 when there is nothing to divide by."""
    return round(100 * (part or 0) / whole) if whole else 0


@register.filter
def as_json(value: Any) -> str:
    """For data-attributes of islands; the template escapes the quotes."""
    return json.dumps(value, ensure_ascii=False)
