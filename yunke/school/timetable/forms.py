"""What people type into their day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yunke.school.timetable.values import ItemKind


class AddForm(forms.Form):
    """Something of one's own, or a break."""

    kind = forms.ChoiceField(choices=[(k.value, k.value) for k in (ItemKind.OWN, ItemKind.BREAK)])
    title = forms.CharField(max_length=80, required=False)
    minutes = forms.IntegerField(
        min_value=5,
        max_value=120,
        initial=20,
        error_messages={
            "required": _("选一个时间，再点添加。计划没有改动。"),
            "invalid": _("时间要写数字，比如 20。计划没有改动。"),
            "min_value": _("时间要在 5 到 120 分钟之间。计划没有改动。"),
            "max_value": _("时间要在 5 到 120 分钟之间。计划没有改动。"),
        },
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == ItemKind.OWN and not given.get("title", "").strip():
            self.add_error("title", _("写上要做什么，再点添加。计划没有改动。"))
        return given
