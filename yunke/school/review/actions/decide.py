"""What a reviewer does: claims, ticks, passes or returns; and what the office's staff frees."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.lake.door import Verb
from yunke.ground.people.door import Who
from yunke.school.library.door import Reach, lesson_reach_set
from yunke.school.preparing.door import version_publish
from yunke.school.review.actions.moves import (
    NotHere,
    Overtaken,
    allowed_way,
    held_row,
    last_move,
    line,
    moved,
    tell,
    words_kept,
)
from yunke.school.review.models import Submission, Tick
from yunke.school.review.reads.desk import on_duty
from yunke.school.review.reads.one import about_of, items_of
from yunke.school.review.rules import (
    REVIEWING,
    Way,
    actors_of,
    level_of,
    near,
    reviews,
    shows_now,
    way_of,
)
from yunke.school.review.values import Actor, Level, Move, TickIn


@transaction.atomic
def submission_claim(*, who: Who, submission_id: int) -> None:
    """Take it upon oneself; twice is once. Raises NotHere, or Overtaken when another was quicker.

    A claim of somebody whose duty has ended counts for nothing: it is released on the way.
    """
    row = held_row(submission_id)
    about = about_of(row)
    if not near(who, about):
        raise NotHere
    if not reviews(who, about):
        raise Overtaken(last_move(row))
    if row.claimed_by_id == who.id:
        return
    if row.state in REVIEWING.values():
        if on_duty(row):
            raise Overtaken(last_move(row))
        row = _freed(who, row)
    way = allowed_way(who, row, Move.CLAIM, row.turn)
    moved(who, row, way, claimed_by=who.id, claimed_at=now(), waiting_since=row.waiting_since)


def _freed(who: Who, row: Submission) -> Submission:
    """The row without the claim of somebody whose duty has ended."""
    way = way_of(row.state, Move.RELEASE)
    if way is not None:
        moved(
            who, row, way, reason=_("领取的人已不再担任审核，自动退回队列。"), claimed_by=None,
            claimed_at=None, waiting_since=row.waiting_since,
        )  # fmt: skip
    return held_row(row.id)


@transaction.atomic
def submission_release(*, who: Who, submission_id: int, turn: int) -> None:
    """Give it back to the queue: its reviewer, or the office's staff. Ticks stay."""
    row = held_row(submission_id)
    way = allowed_way(who, row, Move.RELEASE, turn)
    moved(who, row, way, claimed_by=None, claimed_at=None, waiting_since=row.waiting_since)


@transaction.atomic
def ticks_save(*, who: Who, submission_id: int, ticks: Sequence[TickIn]) -> None:
    """Keep the checklist as far as it is filled in. Raises NotHere unless it is claimed by who."""
    row = held_row(submission_id)
    if Actor.CLAIMER not in actors_of(who, about_of(row)):
        raise NotHere
    _keep(who, row, ticks)


def _keep(who: Who, row: Submission, ticks: Sequence[TickIn]) -> None:
    level = level_of(about_of(row))
    known = {item.id for item in items_of(row.city_id)}
    Tick.objects.bulk_create(
        [
            Tick(
                submission=row, round=row.round, level=level or "", item_id=tick.item_id,
                person_id=who.id, good=tick.good, note=tick.note.strip()[:300],
                at_second=tick.at_second, page=tick.page,
            )
            for tick in ticks
            if tick.item_id in known
        ],
        update_conflicts=True,
        unique_fields=["submission", "round", "level", "item"],
        update_fields=["person", "good", "note", "at_second", "page"],
    )  # fmt: skip


@transaction.atomic
def submission_decide(
    *, who: Who, submission_id: int, turn: int, passed: bool, reason: str,
    ticks: Sequence[TickIn] = (),
) -> None:  # fmt: skip
    """Pass it on or send it back. A pass shows the submitted version to the county or the city.

    Raises NotHere, Overtaken (somebody decided meanwhile: nothing was written), Refused for a pass
    with an open line of the checklist, and for a return without a reason.
    """
    row = held_row(submission_id)
    move = Move.PASS if passed else Move.RETURN
    way = allowed_way(who, row, move, turn)
    words = words_kept(reason)
    _complete(row, way, words, ticks)
    _keep(who, row, ticks)
    level = level_of(about_of(row)) or Level.COUNTY
    moved(who, row, way, reason=words, claimed_by=None, claimed_at=None)
    tell(
        who, row, Verb.REVIEWED, Act.LESSON_DECIDED, reason=words, passed=passed,
        level=level.value, round=row.round,
    )  # fmt: skip
    if passed:
        _show(who, row, level)


def _complete(row: Submission, way: Way, reason: str, ticks: Sequence[TickIn]) -> None:
    if way.reason and not reason:
        raise Refused(_("请写下退回的原因，老师才知道改什么。勾选都还在。"), status=422)
    if way.move == Move.PASS:
        good = {tick.item_id for tick in ticks if tick.good}
        if any(item.id not in good for item in items_of(row.city_id)):
            raise Refused(_("清单还有没通过的项，不能通过。可以先存着，或者退回。"), status=422)


def _show(who: Who, row: Submission, level: Level) -> None:
    if not shows_now(about_of(row), level):
        return
    version_publish(row.version_id)
    reach = Reach.CITY if level == Level.CITY else Reach.COUNTY
    lesson_reach_set(who=who, lesson_id=row.lesson_id, reach=reach)


@transaction.atomic
def remark_add(*, who: Who, submission_id: int, text: str) -> None:
    """A remark beside the decisions: what a reviewer wrote while another decided is not lost."""
    row = held_row(submission_id)
    if not near(who, about_of(row)):
        raise NotHere
    words = words_kept(text)
    if not words:
        raise Refused(_("写几个字再发。"), status=422)
    line(who, row, Move.REMARK, row.state, reason=words)
