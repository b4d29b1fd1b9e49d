"""How somebody's scale is drawn."""

from django import template

register = template.Library()
# A quarter of the points to either side is the edge of the picture.
EDGE, MIDDLE, REACH = 0.25, 120.0, 106.0


@register.simple_tag
def drift_x(apart: float) -> str:
    """Where on the line of 240 a mean difference stands: strict left, generous right."""
    share = max(-EDGE, min(EDGE, apart)) / EDGE
    return f"{MIDDLE + share * REACH:.1f}"


@register.filter
def share_of(part: int, whole: int) -> int:
    """Per cent, 0 of nothing."""
    return part * 100 // whole if whole else 0


@register.filter
def named(names: dict[int, str], person_id: int) -> str:
    return names.get(person_id, "—")


@register.filter
def desk_letter(place: int) -> str:
    """The key that ticks a criterion, by its place from 1."""
    return "QWERTYUIOP"[place - 1 : place]
