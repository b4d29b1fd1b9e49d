"""What a teacher writes to begin a lesson."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.school.library.values import PAGE_WORDS, Subject

LONGEST_WORDS = {
    "title": 80, "title_en": 120, "summary": 2000, "summary_en": 2000, "edition": 60, "note": 600,
}  # fmt: skip


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


class CountyForm(forms.Form):
    """A county's words over a page. An empty field takes the city's; ``choice-<field>`` answers a
    change of the city's: keep one's own, or take the city's."""

    position = forms.IntegerField(min_value=1, max_value=999, required=False)
    hidden = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields_of = PAGE_WORDS[kind]
        for name in self.fields_of:
            self.fields[name] = forms.CharField(max_length=LONGEST_WORDS[name], required=False)

    def words(self) -> dict[str, str]:
        """The county's texts. Only after ``is_valid``."""
        return {
            name: "" if self.data.get(f"choice-{name}") == "take" else self.cleaned_data[name]
            for name in self.fields_of
        }

    def kept(self) -> frozenset[str]:
        return frozenset(
            name for name in self.fields_of if self.data.get(f"choice-{name}") == "keep"
        )
