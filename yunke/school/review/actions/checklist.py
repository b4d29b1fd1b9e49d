"""The city's checklist."""

from collections.abc import Sequence

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.models import Item

# What the city starts with.
FIRST: tuple[tuple[str, str], ...] = (
    ("学习目标清楚", "The goals are clear"),
    ("事实和知识正确", "The facts are right"),
    ("图片、音乐、文字有使用权", "Pictures, music and texts may be used"),
    ("声音清楚", "The sound is clear"),
    ("有字幕", "There are captions"),
    ("没有学生的脸和名字", "No pupil’s face or name is shown"),
    ("难度适合这个年级", "The level suits the grade"),
)


@transaction.atomic
def checklist_set(*, who: Who, city_id: int, lines: Sequence[tuple[str, str]]) -> None:
    """The checklist becomes these lines: known words keep their row, the others are retired."""
    if not allowed(who, "checklist.write", Place(city=city_id)):
        raise NotHere
    _put(city_id, lines)
    event_record(
        actor_id=who.id, verb=Verb.CHECKLIST_SET, object_kind="checklist", object_id=city_id,
        result={"lines": len(lines)},
    )  # fmt: skip


@transaction.atomic
def checklist_begin(city_id: int) -> None:
    """The first checklist of a city without one; for the seeding of a site."""
    if not Item.objects.filter(city_id=city_id).exists():
        _put(city_id, FIRST)


def _put(city_id: int, lines: Sequence[tuple[str, str]]) -> None:
    open_items = Item.objects.filter(city_id=city_id, retired_at__isnull=True)
    known = {item.words: item for item in open_items}
    wanted = {words: english for words, english in lines}
    open_items.exclude(words__in=wanted).update(retired_at=now())
    for position, (words, english) in enumerate(wanted.items(), start=1):
        item = known.get(words) or Item(city_id=city_id, words=words)
        item.position, item.words_en = position, english
        item.save()
