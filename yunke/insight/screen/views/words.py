"""Figures as people read them."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yunke.insight.screen.reads.reach import Named
from yunke.insight.screen.values import Kind, Pair, Share, Span

FINE, WIDE = 0.6, 12.0


def percent(share: Share | None) -> str:
    """The share as one number: 98.1 %, about 95 %, at least 92 %; a dash without any."""
    if share is None:
        return "—"
    spread = share.high - share.low
    if spread <= FINE:
        return f"{share.middle:.1f} %"
    if share.high > 99.9:
        return _("%(n)d %% 以上") % {"n": int(share.low)}
    if share.low < 0.1:
        return _("不到 %(n)d %%") % {"n": int(share.high) + 1}
    return _("约 %(n)d %%") % {"n": round(share.middle)}


def between(share: Share) -> str:
    """Lowest to highest possible, as narrow as it is known."""
    digits = 1 if share.high - share.low <= 2 else 0
    return f"{share.low:.{digits}f}–{share.high:.{digits}f} %"


def people(pair: Pair) -> str:
    return number(pair[0]) if pair[0] == pair[1] else f"{number(pair[0])}–{number(pair[1])}"


def number(value: float) -> str:
    return formats.number_format(round(value), use_l10n=True, force_grouping=True)


def hours_of(minutes: int | None) -> str:
    return "—" if minutes is None else number(minutes / 60)


def span_name(span: Span) -> str:
    first, last = day_name(span.first), day_name(span.last)
    if span.kind == Kind.DAY:
        return first
    if span.kind == Kind.MONTH:
        return formats.date_format(span.first, "YEAR_MONTH_FORMAT")
    return f"{first}–{last}"


def day_name(day: date) -> str:
    return formats.date_format(day, "MONTH_DAY_FORMAT")


def unit_name(named: Named) -> str:
    english = (get_language() or "").startswith("en")
    name = named.name_en if english and named.name_en else named.name
    return grade_name(named.unit.grade) if named.unit.grade else name


def grade_name(grade: int) -> str:
    return _("%(n)s 年级") % {"n": grade}


def days_told(days: int) -> str:
    return ngettext("%(n)d 个上课日", "%(n)d 个上课日", days) % {"n": days}


def moved_told(points: float | None) -> str:
    """How a share moved since the span before, in words that do not judge."""
    if points is None:
        return _("上一段没有可比的数字")
    if abs(points) < 0.05:
        return _("和上一段差不多")
    if points > 0:
        return _("比上一段高 %(n).1f 个百分点") % {"n": points}
    return _("比上一段低 %(n).1f 个百分点") % {"n": -points}
