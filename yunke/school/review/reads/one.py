"""One submission: what decides about it, its history, its checklist."""

from collections import defaultdict
from collections.abc import Iterable

from yunke.ground.people.door import Who
from yunke.school.review.models import Item, Moved, Submission, Tick
from yunke.school.review.rules import OPEN, actors_of, level_of, reviews, seats_of
from yunke.school.review.values import (
    About,
    Actor,
    ItemLine,
    Level,
    MoveLine,
    State,
    SubmissionSeen,
    TickLine,
)


def about_of(row: Submission) -> About:
    """The facts for the rules, of a row with its ``lesson`` fetched. No query."""
    lesson = row.lesson
    return About(
        state=row.state, aim=row.aim, city_id=row.city_id, county_id=row.county_id,
        subject=row.subject, author_id=row.author_id or 0, makers=tuple(row.makers),
        claimed_by=row.claimed_by_id or 0, reach=lesson.reach, shown=lesson.state == "published",
    )  # fmt: skip


def submission_for(submission_id: int, who: Who) -> Submission | None:
    """A submission for those who have to do with it now: its author, who may review it, who
    decided something of it, and the office's staff. None for everybody else. Two queries.
    """
    row = (
        Submission.objects.select_related("lesson__unit", "claimed_by")
        .filter(id=submission_id)
        .first()
    )  # fmt: skip
    if row is None:
        return None
    about = about_of(row)
    if actors_of(who, about):
        return row
    return row if _decided(row, who) else None


def _decided(row: Submission, who: Who) -> bool:
    """A reviewer still on duty may look back at what they decided."""
    if not seats_of(who):
        return False
    return Moved.objects.filter(
        submission=row, person_id=who.id, what__in=("pass", "return")
    ).exists()


def submission_of_lesson(lesson_id: int) -> Submission | None:
    """The newest submission of a lesson. One query."""
    rows = Submission.objects.select_related("lesson__unit", "claimed_by")
    return rows.filter(lesson_id=lesson_id).order_by("-id").first()


def state_of(row: Submission) -> str:
    """A published lesson that was taken back elsewhere is withdrawn, whatever its row says."""
    if row.state == State.PUBLISHED and row.lesson.state != "published":
        return State.WITHDRAWN
    return row.state


def submission_seen(lesson_id: int) -> SubmissionSeen | None:
    """The newest submission of a lesson by its numbers alone. One query."""
    row = submission_of_lesson(lesson_id)
    return SubmissionSeen(row.id, state_of(row), row.turn) if row else None


def review_may(lesson_id: int, asset_id: int, who: Who) -> bool:
    """May somebody have this file because they review the lesson now? One query for a reviewer,
    none for anybody else. Only the files of the submitted version, only while it is reviewed.
    """
    if not seats_of(who):
        return False
    rows = Submission.objects.select_related("lesson").filter(lesson_id=lesson_id, state__in=OPEN)
    return any(asset_id in row.files and reviews(who, about_of(row)) for row in rows)


def turn_of(row: Submission) -> Level | None:
    return level_of(about_of(row))


def is_claimer(who: Who, row: Submission) -> bool:
    return Actor.CLAIMER in actors_of(who, about_of(row))


def moves_of(row: Submission) -> tuple[MoveLine, ...]:
    """The history, oldest first, with what a decision's checklist said. Two queries."""
    ticks: dict[tuple[int, str], list[TickLine]] = defaultdict(list)
    for tick in _ticks(row):
        ticks[tick.round, tick.level].append(_tick_line(tick))
    rows = Moved.objects.filter(submission=row).select_related("person").order_by("id")
    return tuple(_move_line(move, ticks) for move in rows)


def _move_line(move: Moved, ticks: dict[tuple[int, str], list[TickLine]]) -> MoveLine:
    decided = move.what in {"pass", "return"}
    return MoveLine(
        id=move.id, at=move.made_at, what=move.what, state=move.state, round=move.round,
        name=move.person.name if move.person else "", person_id=move.person_id or 0,
        reason=move.reason,
        ticks=tuple(ticks[move.round, move.level]) if decided else (),
    )  # fmt: skip


def _ticks(row: Submission) -> Iterable[Tick]:
    return Tick.objects.filter(submission=row).select_related("item").order_by("item__position")


def _tick_line(tick: Tick) -> TickLine:
    return TickLine(item_line(tick.item), tick.good, tick.note, tick.at_second, tick.page)


def item_line(item: Item) -> ItemLine:
    return ItemLine(item.id, item.words, item.words_en)


def items_of(city_id: int) -> tuple[ItemLine, ...]:
    """The city's checklist as it is now. One query."""
    rows = Item.objects.filter(city_id=city_id, retired_at__isnull=True).order_by("position", "id")
    return tuple(item_line(item) for item in rows)


def checklist_of(row: Submission, level: Level) -> tuple[TickLine, ...]:
    """The checklist of this round with what is ticked already. Two queries."""
    rows = Tick.objects.filter(submission=row, round=row.round, level=level)
    known = {tick.item_id: tick for tick in rows.select_related("item")}
    return tuple(
        _tick_line(known[item.id]) if item.id in known else TickLine(item)
        for item in items_of(row.city_id)
    )
