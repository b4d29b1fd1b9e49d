"""Names of fields, places, parts and roles as the templates write them."""

from django import template

from yunke.school.preparing.reads.history import clock
from yunke.school.preparing.values import CommentLine, Place, PlaceKind
from yunke.school.preparing.views.words import (
    ICONS,
    PART_NAMES,
    PLACE_NAMES,
    ROLE_NAMES,
    field_name,
)

register = template.Library()
register.filter("field_name", field_name)


@register.filter
def part_name(part: str) -> str:
    return str(PART_NAMES.get(part, part))  # type: ignore[call-overload]


@register.filter
def role_name(role: str) -> str:
    return str(ROLE_NAMES.get(role, role))


@register.filter
def place_name(place: Place) -> str:
    """Where a comment is pinned, in a word or two."""
    if place.kind == PlaceKind.SECTION:
        return field_name(place.ref)
    name = str(PLACE_NAMES.get(place.kind, ""))
    if place.kind == PlaceKind.PAGE:
        return f"{name} · {place.asset[1]}"
    if place.kind == PlaceKind.SECOND:
        return f"{name} · {clock(place.second)}"
    return name


@register.filter
def place_icon(kind: str) -> str:
    return ICONS.get(kind, "book-open")


@register.filter
def initial(name: str) -> str:
    """One sign for a name's badge: the given name's last for Chinese, the first letter else."""
    words = name.strip()
    if not words:
        return "?"
    return words[-1] if "一" <= words[-1] <= "鿿" else words[0].upper()


@register.filter
def tone(number: int) -> int:
    """A person's colour, one of six, the same everywhere."""
    return number % 6


@register.filter
def count_at(counts: dict[tuple[str, str], int], place: str) -> int:
    """How many open talks there are at "kind:ref"."""
    kind, _colon, ref = place.partition(":")
    return counts.get((kind, ref), 0)


@register.filter
def called(comment: CommentLine) -> list[tuple[str, bool]]:
    """The comment's text in stretches; those that call somebody are True."""
    stretches = [(comment.text, False)]
    for name in sorted(comment.mentions, key=len, reverse=True):
        stretches = [
            piece
            for text, done in stretches
            for piece in ([(text, True)] if done else _cut(text, f"@{name}"))
        ]
    return stretches


def _cut(text: str, mark: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for number, part in enumerate(text.split(mark)):
        if number:
            found.append((mark, True))
        if part:
            found.append((part, False))
    return found


@register.simple_tag
def page_count(counts: dict[tuple[str, str], int], asset: int, page: int) -> int:
    """Open talks about a page of courseware."""
    return counts.get((PlaceKind.PAGE, f"{asset}:{page}"), 0)


@register.simple_tag
def task_count(counts: dict[tuple[str, str], int], task: int) -> int:
    """Open talks about a task."""
    return counts.get((PlaceKind.TASK, str(task)), 0)
