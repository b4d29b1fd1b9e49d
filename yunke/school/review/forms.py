"""What reviewers, authors and county staff write."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.base.clock import today
from yunke.school.review.values import TickIn

_SECOND = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_PAGE = re.compile(r"(?:p\.?|第)?\s*(\d{1,3})\s*页?", re.IGNORECASE)
FAR = timedelta(days=400)


def pinned(text: str) -> tuple[float | None, int]:
    """ "2:05" → (125, 0), "p3" or "第 3 页" → (None, 3), anything else → (None, 0)."""
    text = text.strip().replace("：", ":")
    second = _SECOND.fullmatch(text)
    if second:
        hours, minutes, seconds = (int(part or 0) for part in second.groups())
        return float(hours * 3600 + minutes * 60 + seconds), 0
    page = _PAGE.fullmatch(text)
    return (None, int(page[1])) if page else (None, 0)


def words_typed(data: Mapping[str, str], name: str) -> str:
    """A text as it was typed: a browser sends two signs for every line's end, and counts one."""
    return data.get(name, "").replace("\0", "").replace("\r\n", "\n")


def turn_typed(data: Mapping[str, str]) -> int:
    """The turn at which the page was opened; 0, at which nothing moves, for anything else."""
    typed = data.get("turn", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def ticks_read(data: Mapping[str, str], items: Iterable[int]) -> tuple[TickIn, ...]:
    """The checklist of a form: ``tick-7`` yes or no, ``note-7``, ``at-7``."""
    found = []
    for item in items:
        said = data.get(f"tick-{item}", "")
        second, page = pinned(data.get(f"at-{item}", "")[:20])
        note = data.get(f"note-{item}", "").replace("\0", "").strip()[:300]
        good = {"yes": True, "no": False}.get(said)
        found.append(TickIn(item, good, note, second, page))
    return tuple(found)


class ItemsForm(forms.Form):
    """The checklist as lines, "中文 | English"."""

    lines = forms.CharField(
        max_length=4000, error_messages={"required": _("清单至少要有一项。旧的清单还在。")}
    )

    def clean_lines(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["lines"].splitlines():
            words, _bar, english = line.replace("｜", "|").partition("|")
            if words.strip():
                found.append((words.strip()[:120], english.strip()[:160]))
        if not found:
            raise forms.ValidationError(_("清单至少要有一项。旧的清单还在。"))
        if len(found) > 20:
            raise forms.ValidationError(_("清单最多 20 项，旧的清单还在。"))
        return found


class WishForm(forms.Form):
    """An invitation to record."""

    unit = forms.IntegerField(
        min_value=1, max_value=2**62, error_messages={"required": _("请选一个单元。")}
    )
    teacher = forms.IntegerField(
        min_value=1, max_value=2**62,
        error_messages={"required": _("请先按名字找到老师，再选一位。")},
    )  # fmt: skip
    wish = forms.CharField(max_length=500, error_messages={"required": _("请写下希望录什么。")})
    due = forms.DateField(
        error_messages={"required": _("请选一个日期。"), "invalid": _("请选一个日期。")}
    )

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if not today() <= due <= today() + FAR:
            raise forms.ValidationError(_("日期要在今天以后的一年里。"))
        return due


class AnswerForm(forms.Form):
    answer = forms.CharField(max_length=300, required=False)
