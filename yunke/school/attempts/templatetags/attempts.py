"""How a question of a sheet is drawn."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from yunke.school.attempts.values import Asking

register = template.Library()


@register.simple_tag(takes_context=True)
def attempt_question(context: Any, one: Asking, open_: bool) -> SafeString:
    """The fieldset of one question, with what is stored in it."""
    return render_to_string("attempts/question.html", {"one": one, "open": open_})
