"""What is typed in from paper."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunke.base.clock import today
from yunke.ground.consent.rules.switches import switches_in
from yunke.ground.consent.values import Switch

OLDEST = timedelta(days=60)
RELATIONS = (
    ("妈妈", gettext_lazy("妈妈")),
    ("爸爸", gettext_lazy("爸爸")),
    ("其他监护人", gettext_lazy("其他监护人")),
)


class SheetForm(forms.Form):
    """A field for each switch: yes, no, or left empty on the paper."""

    relation = forms.ChoiceField(choices=RELATIONS)
    paper_on = forms.DateField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = [s for s in switches_in(settings.PROFILE) if s.begun]
        for switch in self.table:
            self.fields[switch.key] = forms.ChoiceField(
                choices=[("given", "given"), ("refused", "refused")], required=False
            )

    def clean_paper_on(self) -> date:
        day: date = self.cleaned_data["paper_on"]
        if not today() - OLDEST <= day <= today():
            raise forms.ValidationError(_("纸上的日期要在最近六十天里，不能在今天以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(switch.key) for switch in self.table):
            raise forms.ValidationError(_("纸上一项都没有勾选。什么都没有记下。"))
        return data

    def answers(self) -> dict[str, str]:
        found = ((s.key, self.cleaned_data.get(s.key, "")) for s in self.table)
        return {key: said for key, said in found if said}

    def rows(self) -> list[tuple[Switch, str]]:
        """Each switch with what was typed, for the page."""
        return [(s, str(self.data.get(s.key, ""))) for s in self.table]
