"""Other words for a place: proposed by anybody who makes the lesson, taken or left by an editor."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.library.door import NotYours, WorkRow
from yunke.school.preparing.actions.save import caught_up, editable, put
from yunke.school.preparing.actions.talk import readable
from yunke.school.preparing.models import Suggestion
from yunke.school.preparing.rules import MOST_SUGGESTIONS, suggested
from yunke.school.preparing.values import content_of


@transaction.atomic
def suggestion_make(
    *, who: Who, lesson_id: int, field: str, was: str, text: str, why: str
) -> int:  # fmt: skip
    """Propose ``text`` where ``was`` stands now. Raises NotYours, Refused."""
    row = readable(lesson_id, who)
    if was == text or not (was or text):
        raise Refused(_("和现在的文字一样，没有可建议的。"), status=422)
    if field.startswith("title") and not text:
        raise Refused(_("课题不能是空的。"), status=422)
    mine = Suggestion.objects.filter(lesson_id=lesson_id)
    if mine.filter(state=Suggestion.State.OPEN).count() >= MOST_SUGGESTIONS:
        raise Refused(_("等着处理的建议太多了，请先处理一些。"), status=422)
    suggestion = Suggestion.objects.create(
        lesson_id=lesson_id, person_id=who.id, field=field, was=was, now=text, why=why[:300]
    )
    _tell(who, row, suggestion)
    return suggestion.id


@transaction.atomic
def suggestion_accept(*, who: Who, lesson_id: int, suggestion_id: int, reason: str = "") -> int:
    """Put the proposed words in, to the proposer's credit; gives the new version's number.

    Raises NotYours; Refused when the place reads differently by now or it was decided already.
    """
    row = editable(lesson_id, who)
    suggestion = _open(lesson_id, suggestion_id)
    last = caught_up(row)
    content = suggested(content_of(last.content), suggestion.field, suggestion.was, suggestion.now)
    if content is None:
        raise Refused(
            _("这里的文字后来改过，建议放不进去了。请照着建议手动改，或者谢绝它。什么都没有改动。"),
            status=409,
        )
    version = put(
        row, last, content, who_id=who.id, why=suggestion.why, credited_id=suggestion.person_id,
        sealed=True,
    )  # fmt: skip
    suggestion.version = version
    _decide(who, row, suggestion, Suggestion.State.ACCEPTED, reason)
    return version.number


@transaction.atomic
def suggestion_decline(*, who: Who, lesson_id: int, suggestion_id: int, reason: str) -> None:
    """Leave the words as they are, and say why. Raises NotYours, Refused."""
    row = editable(lesson_id, who)
    suggestion = _open(lesson_id, suggestion_id)
    if not reason.strip():
        raise Refused(_("请写一句为什么不采用，提建议的人会看到。"), status=422)
    _decide(who, row, suggestion, Suggestion.State.DECLINED, reason)


@transaction.atomic
def suggestion_take_back(*, who: Who, lesson_id: int, suggestion_id: int) -> None:
    """The proposer thinks better of it. Raises NotYours, Refused."""
    row = readable(lesson_id, who)
    suggestion = _open(lesson_id, suggestion_id)
    if suggestion.person_id != who.id:
        raise NotYours
    _decide(who, row, suggestion, Suggestion.State.TAKEN_BACK, "")


def _open(lesson_id: int, suggestion_id: int) -> Suggestion:
    rows = Suggestion.objects.select_for_update().filter(id=suggestion_id, lesson_id=lesson_id)
    suggestion = rows.first()
    if suggestion is None:
        raise NotYours
    if suggestion.state != Suggestion.State.OPEN:
        raise Refused(_("这条建议已经有人处理过了。"), status=409)
    return suggestion


def _decide(who: Who, row: WorkRow, suggestion: Suggestion, state: str, reason: str) -> None:
    suggestion.state, suggestion.reason = state, reason.strip()[:300]
    suggestion.decided_by_id, suggestion.decided_at = who.id, now()
    suggestion.save()
    _tell(who, row, suggestion)


def _tell(who: Who, row: WorkRow, suggestion: Suggestion) -> None:
    event_record(
        actor_id=who.id, verb=Verb.LESSON_SUGGESTED, object_kind="suggestion",
        object_id=suggestion.id, title=row.draft.title, lesson_id=row.id, school_id=row.school_id,
        result={"field": suggestion.field, "state": suggestion.state},
    )  # fmt: skip
