"""What a teacher writes about a lesson."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.school.library.values import ChapterMark, Draft, Subject

_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.(\d))?|(\d{1,5})")
MOST_GOALS, MOST_CHAPTERS, MOST_POINTS = 12, 60, 20


@dataclass(frozen=True)
class ChapterTyped:
    """A row of the editor before it was understood; ``at`` is what was typed."""

    at: str
    title: str
    title_en: str


def seconds_of(text: str) -> float | None:
    """ "1:02:03", "2:03", "2:03.5" or "123" as seconds; None for anything else."""
    found = _TIME.fullmatch(text.strip().replace("：", ":"))
    if found is None:
        return None
    if found[5]:
        return float(found[5])
    tenth = int(found[4] or 0) / 10
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + tenth


class LessonNewForm(forms.Form):
    """A lesson in half a minute: its name and where it belongs."""

    title = forms.CharField(max_length=80, error_messages={"required": _("请写下课题。")})
    title_en = forms.CharField(max_length=120, required=False)
    grade = forms.IntegerField(min_value=1, max_value=9)
    subject = forms.ChoiceField(choices=[(s.value, s.value) for s in Subject])
    unit = forms.IntegerField(required=False)
    new_unit = forms.CharField(max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("unit") and not data.get("new_unit"):
            self.add_error("unit", _("请选一个单元，或写下新单元的名字。"))
        return data


class LessonForm(forms.Form):
    """Everything that is written about a lesson; its files come by uploads."""

    version = forms.IntegerField(min_value=1)
    unit = forms.IntegerField()
    title = forms.CharField(max_length=80, error_messages={"required": _("请写下课题。")})
    title_en = forms.CharField(max_length=120, required=False)
    summary = forms.CharField(max_length=2000, required=False)
    summary_en = forms.CharField(max_length=2000, required=False)
    goals = forms.CharField(max_length=2000, required=False)
    minutes = forms.IntegerField(
        min_value=1,
        max_value=240,
        error_messages={
            "required": _("请写下分钟数，1 到 240。"),
            "invalid": _("请写下分钟数，1 到 240。"),
            "min_value": _("请写下分钟数，1 到 240。"),
            "max_value": _("请写下分钟数，1 到 240。"),
        },
    )
    download_allowed = forms.BooleanField(required=False)

    def clean_goals(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["goals"].splitlines())
        goals = tuple(line for line in lines if line)
        if len(goals) > MOST_GOALS:
            raise forms.ValidationError(_("学习目标最多 %(most)s 条。") % {"most": MOST_GOALS})
        return goals

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["points"] = self._points()
        data["chapters"] = self._chapters()
        return data

    def _many(self, name: str) -> list[str]:
        read = getattr(self.data, "getlist", None)
        return [text.replace("\0", "").strip() for text in (read(name) if read else [])]

    def _points(self) -> tuple[str, ...]:
        names = [name[:120] for name in self._many("points") if name]
        points = tuple(dict.fromkeys(names))
        if len(points) > MOST_POINTS:
            self.add_error(None, _("知识点最多 %(most)s 个。") % {"most": MOST_POINTS})
        return points

    def _chapters(self) -> tuple[ChapterMark, ...]:
        """Rows with a title; one whose time cannot be read is said by its row."""
        marks = []
        for number, (at, title, title_en) in enumerate(self._rows(), start=1):
            if not title and not at:
                continue
            second = seconds_of(at)
            if second is None or not title:
                text = _("第 %(row)s 行章节：时间写成 分:秒，并写下名字。")
                self.add_error(None, text % {"row": number})
            else:
                marks.append(ChapterMark(second, title[:80], title_en[:120]))
        if len(marks) > MOST_CHAPTERS:
            self.add_error(None, _("章节最多 %(most)s 个。") % {"most": MOST_CHAPTERS})
        return tuple(sorted(marks, key=lambda mark: mark.at))

    def _rows(self) -> list[tuple[str, str, str]]:
        titles = self._many("chapter_title")
        english = [*self._many("chapter_title_en"), *[""] * len(titles)]
        return list(zip(self._many("chapter_at"), titles, english, strict=False))

    def chapters_typed(self) -> tuple[ChapterTyped, ...]:
        """The rows as they were written, also those whose time cannot be read."""
        return tuple(ChapterTyped(*row) for row in self._rows() if any(row))

    def draft(self) -> Draft:
        """The form's values. Only after ``is_valid``."""
        data = self.cleaned_data
        return Draft(
            unit_id=data["unit"],
            **{name: data[name] for name in (
                "title", "title_en", "summary", "summary_en", "goals", "points", "minutes",
                "download_allowed", "chapters",
            )},
        )  # fmt: skip
