"""What the author does: hands in, mends and hands in again, sends on, takes back."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.lake.door import Verb
from yunke.ground.people.door import Who
from yunke.school.library.door import colleagues_of, lesson_take_back, lesson_work
from yunke.school.preparing.door import credits_of, version_now, version_shown
from yunke.school.review.actions.moves import (
    NotHere,
    allowed_way,
    held_row,
    line,
    moved,
    tell,
    words_kept,
)
from yunke.school.review.models import Submission
from yunke.school.review.rules import OPEN, begins_at
from yunke.school.review.values import Level, Move, State


@transaction.atomic
def lesson_submit(*, who: Who, lesson_id: int, aim: Level, message: str = "") -> int:
    """Hand the lesson in as it is now; gives the submission's id. Only its author may.

    Raises NotHere; Refused for a lesson with nothing to watch or read, and for one that is on its
    way already.
    """
    work = lesson_work(lesson_id, who, lock=True)
    if work is None or work.author_id != who.id:
        raise NotHere
    if Submission.objects.filter(lesson_id=lesson_id, state__in=OPEN).exists():
        raise Refused(_("这节课已经在送审了，没有再交一次。"), status=422)
    if aim == Level.COUNTY and not work.county_id:
        raise Refused(_("这节课不属于哪个区县，请直接送市里审。"), status=422)
    begin = begins_at(work.county_id)
    row = Submission(
        lesson_id=lesson_id, author_id=who.id, aim=aim, state=begin, city_id=work.city_id,
        county_id=work.county_id, school_id=work.school_id, subject=work.subject,
        grade=work.grade, waiting_since=now(),
    )  # fmt: skip
    _put_version(row)
    row.save()
    words = words_kept(message)
    line(who, row, Move.SUBMIT, begin, reason=words)
    tell(who, row, Verb.SUBMITTED, Act.LESSON_SUBMITTED, round=1, aim=aim.value)
    return row.id


def _put_version(row: Submission) -> None:
    """The sealed version that reviewers will read, and everybody who made something of it."""
    row.version_id = version_now(row.lesson_id)
    shown = version_shown(row.version_id)
    if shown is None or not shown.files:
        raise Refused(_("还不能送审：先上传视频或课件。写好的内容都在。"), status=422)
    row.title, row.title_en = shown.content.title, shown.content.title_en
    row.files = list(shown.content.files)
    lesson = row.lesson_id
    makers = {credit.person_id for credit in credits_of([lesson]).get(lesson, ())}
    makers |= {person for person, *_rest in colleagues_of([lesson]).get(lesson, ())}
    row.makers = sorted(makers)


@transaction.atomic
def lesson_resubmit(*, who: Who, submission_id: int, turn: int, message: str = "") -> None:
    """Hand in again, mended, with an answer to the reviewer. Raises NotHere, Overtaken."""
    row = held_row(submission_id)
    way = allowed_way(who, row, Move.RESUBMIT, turn)
    _put_version(row)
    moved(
        who, row, way, reason=words_kept(message), round=row.round + 1, version_id=row.version_id,
        title=row.title, title_en=row.title_en, files=row.files, makers=row.makers,
        claimed_by=None, claimed_at=None,
    )  # fmt: skip
    tell(who, row, Verb.SUBMITTED, Act.LESSON_SUBMITTED, round=row.round + 1, aim=row.aim)


@transaction.atomic
def lesson_send_on(*, who: Who, submission_id: int, turn: int) -> None:
    """The county passed it; now the city shall read it too. Raises NotHere, Overtaken."""
    row = held_row(submission_id)
    way = allowed_way(who, row, Move.ON, turn)
    moved(who, row, way, aim=Level.CITY.value)
    tell(who, row, Verb.SUBMITTED, Act.LESSON_SUBMITTED, round=row.round, aim=Level.CITY.value)


@transaction.atomic
def submission_withdraw(*, who: Who, submission_id: int, turn: int, reason: str = "") -> None:
    """Take it back. Before it is published that ends the review; a published lesson is no longer
    shown to anybody, its films stop, notes and answers stay. Raises NotHere, Overtaken, Refused.
    """
    row = held_row(submission_id)
    published = row.state == State.PUBLISHED
    way = allowed_way(who, row, Move.WITHDRAW, turn)
    words = words_kept(reason)
    if way.reason and not words:
        raise Refused(_("请写下收回的原因。课还在，什么都没有改动。"), status=422)
    moved(who, row, way, reason=words, claimed_by=None, claimed_at=None)
    if published:
        lesson_take_back(who=who, lesson_id=row.lesson_id, reason=words)
    else:
        tell(who, row, Verb.SUBMISSION_ENDED, Act.LESSON_WITHDRAWN, reason=words, shown=False)
