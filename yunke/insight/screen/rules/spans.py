"""Which spans may be looked at: finished days, weeks and months, never one that still runs.

Every span is a sum of released days. There is no span that begins or ends within another's day,
and all days of a week share one roster: two spans never differ by a person of the same days.
"""

from collections.abc import Collection
from datetime import date, timedelta

from yunke.insight.screen.values import Kind, Span


def span_of(key: str, released: Collection[date]) -> Span | None:
    """The span of an address ("week-2026-11-16"); None unless all its days are released."""
    kind, _, day = key.partition("-")
    try:
        span = around(Kind(kind), date.fromisoformat(day))
    except ValueError:
        return None
    return span if span.key == key and finished(span, released) else None


def around(kind: Kind, day: date) -> Span:
    """The day, week or month in which the day lies."""
    if kind == Kind.DAY:
        return Span(kind, day, day)
    if kind == Kind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(kind, monday, monday + timedelta(days=6))
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return Span(kind, first, following - timedelta(days=1))


def days_of(span: Span) -> list[date]:
    return [span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1)]


def finished(span: Span, released: Collection[date]) -> bool:
    return all(day in released for day in days_of(span))


def before(span: Span) -> Span:
    return around(span.kind, span.first - timedelta(days=1))


def after(span: Span) -> Span:
    return around(span.kind, span.last + timedelta(days=1))


def newest(kind: Kind, released: Collection[date], schooled: Collection[date]) -> Span | None:
    """The last finished span of this kind with a day at school in it, if there is any."""
    for day in sorted(schooled or released, reverse=True):
        span = around(kind, day)
        if finished(span, released):
            return span
    return None


def first_look(released: Collection[date], schooled: Collection[date]) -> Span | None:
    """What opens first: the last finished week, else the last finished day."""
    return newest(Kind.WEEK, released, schooled) or newest(Kind.DAY, released, schooled)
