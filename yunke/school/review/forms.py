"""What reviewers, authors and county staff write."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.base.clock import today
from yunke.school.review.rules import MOST_REASON
from yunke.school.review.values import Level, TickIn

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


class TurnForm(forms.Form):
    """Every move names the turn at which the page was opened."""

    turn = forms.IntegerField(min_value=0)
    message = forms.CharField(max_length=MOST_REASON, required=False)


class SubmitForm(forms.Form):
    aim = forms.ChoiceField(choices=[(v.value, v.value) for v in Level])
    message = forms.CharField(max_length=MOST_REASON, required=False)


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

    unit = forms.IntegerField(error_messages={"required": _("请选一个单元。")})
    teacher = forms.IntegerField(error_messages={"required": _("请先按名字找到老师，再选一位。")})
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
