"""Forms of homework. A refused form says what was wrong and keeps what was typed."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from yunke.school.homework.rules.times import instant
from yunke.school.homework.values import Reveal, Task

# A school day has no more periods than this.
MOST_PERIODS = 20


class IdsField(forms.CharField):
    """Ids parted by commas, or several fields of one name."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[int, ...]:
        parts = [p for one in value or [] for p in str(one).split(",") if p.strip()]
        if len(parts) > 1000 or not all(p.strip().isdecimal() and len(p) < 19 for p in parts):
            raise forms.ValidationError(_("名单不完整，请刷新后再试。"))
        if self.required and not parts:
            raise forms.ValidationError(_("还没有选学生。什么都没有改动。"))
        return tuple(dict.fromkeys(int(part) for part in parts))


class MomentField(forms.CharField):
    """What the school's wall clock shows, as an instant in UTC."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            wall = datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(_("时间读不懂，请重新选。")) from None
        if wall.tzinfo is not None or not 2000 <= wall.year <= 2200:
            raise forms.ValidationError(_("时间读不懂，请重新选。"))
        return instant(wall, get_default_timezone())


class HomeworkForm(forms.Form):
    """``questions``: in their order; ``slot``: "2026-09-01:3", the period that a task before the
    lesson is due before."""

    classes = IdsField(required=False)
    pupils = IdsField(required=False)
    title = forms.CharField(max_length=80)
    words = forms.CharField(max_length=1000, required=False)
    questions = IdsField(required=False)
    task = forms.MultipleChoiceField(choices=[(t.value, t.value) for t in Task], required=False)
    minutes = forms.IntegerField(min_value=0, max_value=600)
    opens = MomentField(required=False)
    due = MomentField(required=False)
    reveal = forms.ChoiceField(choices=[(r.value, r.value) for r in Reveal])
    lesson = forms.IntegerField(required=False, min_value=1, max_value=2**53)
    slot = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(max_length=300, required=False)
    text_reading = forms.CharField(max_length=1000, required=False)
    text_recitation = forms.CharField(max_length=1000, required=False)
    text_paper = forms.CharField(max_length=300, required=False)
    text_handwriting = forms.CharField(max_length=300, required=False)
    text_practical = forms.CharField(max_length=300, required=False)
    text_signed = forms.CharField(max_length=200, required=False)

    def clean_slot(self) -> tuple[date, int] | None:
        text = self.cleaned_data["slot"]
        if not text:
            return None
        day, _colon, period = text.rpartition(":")
        no = forms.ValidationError(_("这一节课读不懂，请重新选。"))
        if not period.isdecimal() or not 0 <= int(period) <= MOST_PERIODS:
            raise no
        try:
            return date.fromisoformat(day), int(period)
        except ValueError:
            raise no from None

    def tasks(self) -> list[tuple[Task, str]]:
        """The tasks chosen with their words."""
        data = self.cleaned_data
        return [(Task(one), data.get(f"text_{one}", "").strip()) for one in data.get("task", [])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("选一个截止时间。"))
        for task, text in self.tasks():
            if task in {Task.READING, Task.RECITATION} and not text:
                self.add_error(f"text_{task.value}", _("写下要读或要背的内容。"))
        return data


class DueForm(forms.Form):
    due = MomentField()


class ExtendForm(forms.Form):
    pupils = IdsField()
    days = forms.IntegerField(min_value=1, max_value=60)


class ReturnForm(forms.Form):
    pupils = IdsField(required=False)
    correct = forms.BooleanField(required=False)


class SignForm(forms.Form):
    word = forms.CharField(max_length=300, required=False)


class GroupForm(forms.Form):
    class_id = forms.IntegerField(min_value=1)
    name = forms.CharField(max_length=30)
    pupils = IdsField()


def first_error(form: forms.Form) -> str:
    """The first thing that a form says is wrong."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")
