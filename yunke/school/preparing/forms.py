"""What a lesson's makers write."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.school.library.values import Help
from yunke.school.preparing.rules import MOST_CHAPTERS, MOST_GOALS, MOST_POINTS
from yunke.school.preparing.values import TEXTS, Content, Mark, Place, PlaceKind, content_of

_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.(\d))?|(\d{1,5})")
_MINUTES = _("请写下分钟数，1 到 240。")


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


class Lines(forms.CharField):
    """A text of lines. A browser sends two signs for a line's end where it counted one: they are
    one before the length is looked at."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class LessonForm(forms.Form):
    """Everything that is written about a lesson; its files come by uploads.

    ``was`` is the content that the page showed, as JSON: what differs from it is what this person
    changed. A field chosen by ``keep-<name>=theirs`` is given up for what ``was`` says.
    """

    was = forms.CharField(max_length=200_000, strip=False)
    unit = forms.IntegerField(min_value=1, max_value=2**62)
    title = forms.CharField(max_length=80, error_messages={"required": _("请写下课题。")})
    title_en = forms.CharField(max_length=120, required=False)
    summary = Lines(max_length=2000, required=False)
    summary_en = Lines(max_length=2000, required=False)
    goals = Lines(max_length=3000, required=False)
    minutes = forms.IntegerField(
        min_value=1,
        max_value=240,
        error_messages={
            name: _MINUTES for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    download_allowed = forms.BooleanField(required=False)
    why = forms.CharField(max_length=200, required=False)
    label = forms.CharField(max_length=60, required=False)

    def clean_was(self) -> Content:
        try:
            return content_of(json.loads(self.cleaned_data["was"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise forms.ValidationError(_("这一页太旧了，请刷新后再试。")) from None

    def clean_goals(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.cleaned_data["goals"].splitlines())
        goals = tuple(dict.fromkeys(line for line in lines if line))
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
        points = tuple(sorted(set(names)))
        if len(points) > MOST_POINTS:
            self.add_error(None, _("知识点最多 %(most)s 个。") % {"most": MOST_POINTS})
        return points

    def _chapters(self) -> tuple[Mark, ...]:
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
                marks.append(Mark(second, title[:80], title_en[:120]))
        if len(marks) > MOST_CHAPTERS:
            self.add_error(None, _("章节最多 %(most)s 个。") % {"most": MOST_CHAPTERS})
        return tuple(sorted(marks))

    def _rows(self) -> list[tuple[str, str, str]]:
        titles = self._many("chapter_title")
        english = [*self._many("chapter_title_en"), *[""] * len(titles)]
        return list(zip(self._many("chapter_at"), titles, english, strict=False))

    def chapters_typed(self) -> tuple[ChapterTyped, ...]:
        """The rows as they were written, also those whose time cannot be read."""
        return tuple(ChapterTyped(*row) for row in self._rows() if any(row))

    def mine(self) -> Content:
        """What this person wants the lesson to be. Only after ``is_valid``."""
        data, was = self.cleaned_data, self.cleaned_data["was"]
        values = {
            name: data[name]
            for name in (
                "unit", "title", "title_en", "goals", "points", "minutes", "summary",
                "summary_en", "chapters", "download_allowed",
            )
            if self.data.get(f"keep-{name}") != "theirs"
        }  # fmt: skip
        return content_of(was.as_json() | values)


class _Spoken(forms.Form):
    text = Lines(
        max_length=1000,
        error_messages={
            "required": _("请写点什么再发。"),
            "max_length": _("一条留言最多 1000 字，请分成几条。"),
        },
    )


class AnswerForm(_Spoken):
    """An answer in a thread."""


class ThreadForm(_Spoken):
    """A first comment, pinned to a place."""

    place = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in PlaceKind])
    ref = forms.CharField(max_length=300, required=False)
    second = forms.FloatField(min_value=0, max_value=86400, required=False)
    quote = forms.CharField(max_length=300, required=False)

    def where(self) -> Place:
        data = self.cleaned_data
        return Place(data["place"], data["ref"], round(data["second"] or 0, 1))


class SuggestForm(forms.Form):
    """Other words for a place. ``was`` is what the proposer read there."""

    field = forms.ChoiceField(choices=[(name, name) for name in TEXTS])
    was = Lines(max_length=2000, required=False, strip=False)
    text = Lines(max_length=2000, required=False)
    why = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, field = data.get("text", ""), data.get("field", "")
        if not field.startswith("summary"):
            text = " ".join(text.split("\n"))
        limit = TEXTS.get(field, 2000)
        if len(text) > limit:
            self.add_error("text", _("最多 %(most)s 字。") % {"most": limit})
        data["text"] = text
        return data


class ColleagueForm(forms.Form):
    person = forms.IntegerField(min_value=1, max_value=2**62)
    role = forms.ChoiceField(choices=[(role.value, role.value) for role in Help])
