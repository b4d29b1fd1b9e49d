"""``{% attempt_sheet %}``: a whole attempt on another room's page (``sheet`` in its context)."""

from django import template
from django.template import Engine, RequestContext
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def attempt_sheet(context: RequestContext, hand_in: str = "") -> SafeString:
    """``hand_in``: the words of its button, where they are not the usual ones."""
    with context.push(**({"hand_in": hand_in} if hand_in else {})):
        return Engine.get_default().get_template("attempts/sheet.html").render(context)
