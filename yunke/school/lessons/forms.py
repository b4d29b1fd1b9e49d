"""Forms of a taught hour. A refused form says what was wrong and keeps what was typed."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.school.lessons.rules.marking import number

MOMENT = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})|(\d{1,5}(?:\.\d+)?)")
LETTERS = "ABCDEF"


def moment_of(text: str) -> float | None:
    """'1:05', '0:01:05' or '65' as seconds; None for what is no moment."""
    match = MOMENT.fullmatch(text.strip().replace("：", ":"))
    if match is None:
        return None
    hours, minutes, seconds, plain = match.groups()
    return float(plain) if plain else int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


class TaskForm(forms.Form):
    """A task: a moment, and a question of the library or a new one."""

    at = forms.CharField(max_length=12)
    question = forms.IntegerField(required=False, min_value=1)
    kind = forms.ChoiceField(
        required=False,
        choices=[("choice", _("选择")), ("number", _("填数")), ("text", _("填字"))],
    )
    stem = forms.CharField(required=False, max_length=1000)
    choices = forms.CharField(required=False, max_length=1500)
    answer = forms.CharField(required=False, max_length=300)
    reasoning = forms.CharField(required=False, max_length=1000)

    def clean_at(self) -> float:
        moment = moment_of(self.cleaned_data["at"])
        if moment is None:
            raise forms.ValidationError(_("时间写成 分:秒，比如 1:05。"))
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("question"):
            return data
        if not data.get("stem"):
            self.add_error("stem", _("选一道题，或者写一道新题。"))
        check = {"choice": self._check_choice, "number": self._check_number}
        check.get(data.get("kind", ""), self._check_text)(data)
        return data

    def _check_choice(self, data: dict[str, Any]) -> None:
        letters = [option["id"] for option in self.options()]
        if len(letters) < 2:
            self.add_error("choices", _("选择题至少写两个选项，一行一个。"))
        elif not self.key() or not set(self.key()) <= set(letters):
            self.add_error("answer", _("答案写选项的字母，比如 A。"))

    def _check_number(self, data: dict[str, Any]) -> None:
        if number(data.get("answer", "")) is None:
            self.add_error("answer", _("答案要是一个数，比如 12 或 1/2。"))

    def _check_text(self, data: dict[str, Any]) -> None:
        data["kind"] = "text"

    def options(self) -> list[dict[str, str]]:
        """The choices, one a line, lettered."""
        if self.cleaned_data.get("kind") != "choice":
            return []
        lines = [line.strip() for line in self.cleaned_data.get("choices", "").splitlines()]
        texts = [line for line in lines if line][: len(LETTERS)]
        return [{"id": LETTERS[n], "text": text} for n, text in enumerate(texts)]

    def key(self) -> list[str]:
        """What is right: letters, a number, or accepted texts parted by a slash."""
        answer = self.cleaned_data.get("answer", "").strip()
        if self.cleaned_data.get("kind") == "choice":
            return [letter for letter in answer.upper() if letter in LETTERS]
        parts = [answer] if self.cleaned_data.get("kind") == "number" else answer.split("/")
        return [part.strip() for part in parts if part.strip()]


class PackForm(forms.Form):
    message = forms.CharField(required=False, max_length=300)
    video = forms.BooleanField(required=False)
    courseware = forms.BooleanField(required=False)
    tasks = forms.BooleanField(required=False)
    shown = forms.CharField(max_length=4000)

    def clean_shown(self) -> tuple[int, ...]:
        """The ids of the pupils whose names stood on the page."""
        parts = self.cleaned_data["shown"].split(",")
        if not all(part.isdecimal() and len(part) < 19 for part in parts):
            raise forms.ValidationError(_("名单不完整，请刷新后再发。"))
        return tuple(int(part) for part in parts)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("video") or data.get("courseware") or data.get("tasks")):
            self.add_error(None, _("包是空的。至少选一样：视频、课件或者练习。"))
        return data
