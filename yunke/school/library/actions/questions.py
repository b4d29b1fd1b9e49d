"""Questions: written, replaced, retired. What was asked once is never changed, only replaced."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.marking.items import BadItem, Item, item_from_json, item_to_json
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Role, Who, allowed
from yunke.school.library.actions.lessons import NotYours, points_named
from yunke.school.library.models import Point, Question
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.rules.shown import plain_of
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.values.questions import QuestionDraft

BATCH = 200
LONGEST_PROMPT = 100_000
_STAFF = frozenset({Role.CITY_STAFF, Role.COUNTY_STAFF})


def question_may_write(who: Who, row: Question) -> bool:
    """One's own, one's school's, and for city and county staff what is for everybody."""
    if row.school_id:
        return allowed(who, "question.write", Place(school=row.school_id))
    return row.author_id == who.id or bool(who.roles & _STAFF)


def shelf_of(who: Who) -> int:
    """Whose shelf a new question of this person lies on: the school's, 0 for everybody's."""
    if who.roles & _STAFF:
        return 0
    schools = [grant.place.school for grant in who.grants if grant.place.school]
    return schools[0] if schools else 0


@transaction.atomic
def question_write(*, who: Who, draft: QuestionDraft, replaces_id: int = 0) -> int:
    """Write a question, or one that replaces another; gives its id.

    The replaced one is retired and stays for the work that asked it. Raises Refused for a draft
    that is no question, NotYours for a question that is not this person's to replace.
    8 queries, and one for each new knowledge point.
    """
    old = _own(who, replaces_id) if replaces_id else None
    if old is not None and old.retired_at:
        raise Refused(_("这道题已经有更新的一版，请在那一版上改。您写的没有保存。"), status=409)
    row = question_row(draft, _item(draft))
    row.author_id, row.school_id = who.id, old.school_id if old else shelf_of(who)
    if old is not None:
        row.replaces, row.origin = old, row.origin or old.origin
        Question.objects.filter(id=old.id).update(retired_at=now())
    row.save()
    points = points_named(draft.subject, draft.points)
    row.points.set(points)
    row.item["knowledge"] = [point.code for point in points]
    row.save(update_fields=["item"])
    _record(who, Verb.QUESTION_WRITTEN, row)
    return row.id


@transaction.atomic
def question_retire(*, who: Who, question_id: int, back: bool = False) -> None:
    """Stop offering a question, or offer it again. The work that asked it keeps it. 3 queries, and
    one for each later version.

    Raises NotYours; Refused for the return of one of which a later version is offered.
    """
    row = _own(who, question_id)
    if back and _replaced(row):
        raise Refused(_("这道题已经有更新的一版，不能恢复。什么都没有改动。"), status=409)
    if bool(row.retired_at) is not back:
        return
    row.retired_at = None if back else now()
    row.save(update_fields=["retired_at"])
    _record(who, Verb.QUESTION_WRITTEN if back else Verb.QUESTION_RETIRED, row)


def _replaced(row: Question) -> bool:
    """Is a later version offered, however many lie between?"""
    later, seen = {row.id}, {row.id}
    while later:
        after = dict(Question.objects.filter(replaces__in=later).values_list("id", "retired_at"))
        if None in after.values():
            return True
        later = set(after) - seen
        seen |= later
    return False


def _own(who: Who, question_id: int) -> Question:
    row = Question.objects.select_for_update().filter(id=question_id).first()
    if row is None or not question_may_write(who, row):
        raise NotYours
    return row


def _item(draft: QuestionDraft) -> Item:
    """Raises Refused with what is missing."""
    if draft.subject not in SUBJECT_NAMES or not 0 <= draft.grade <= 12:
        raise Refused(_("请选学科和年级。题没有保存，您写的还在。"), status=422)
    try:
        item = item_from_json({"identifier": "new", **draft.item})
    except BadItem as wrong:
        why = str(wrong)
        raise Refused(
            _("这道题还不完整：%(why)s。没有保存，您写的还在。") % {"why": why}, status=422
        ) from None
    if not item.prompt.strip() or len(item.prompt) > LONGEST_PROMPT:
        raise Refused(_("题干是空的，或者太长。没有保存，您写的还在。"), status=422)
    return opaque(item)


def question_row(draft: QuestionDraft, item: Item) -> Question:
    """The row of a draft, not yet saved. ``options`` and ``key`` are what tasks in films read."""
    options = getattr(item.key, "options", ())
    return Question(
        code=draft.code or f"q-{uuid.uuid4().hex}", kind=item.kind.value, stem=item.prompt,
        stem_en=draft.stem_en, options=[{"id": o.id, "text": o.text} for o in options],
        key=_old_key(item),
        reasoning=item.reasoning, reasoning_en=draft.reasoning_en,
        item=item_to_json(replace(item, id="item")), subject=draft.subject, grade=draft.grade,
        origin=draft.origin[:80], retired_at=now() if draft.retired else None,
    )  # fmt: skip


def _old_key(item: Item) -> list[str]:
    """The key in the words of tasks in films: ids, numbers, texts; [] where a person decides."""
    key = item.key
    right = getattr(key, "right", None)
    if item.kind.value == "choice":
        return [str(right)]
    if item.kind.value == "multiple":
        return [str(one) for one in right or ()]
    return [getattr(key, "value", "")] if item.kind.value == "number" else []


@transaction.atomic
def questions_add(
    who_id: int, school_id: int, drafts: Sequence[QuestionDraft], *, named: bool = True
) -> dict[str, int]:
    """Write many at once, known by their codes; one that is there already stays as it is. Gives
    the ids by code. Queries grow by the batch of 200, not by the question.

    ``named``: the points of the drafts are names of the subject; else codes.
    """
    items = [_item(draft) for draft in drafts]
    rows = [question_row(draft, item) for draft, item in zip(drafts, items, strict=True)]
    codes = [row.code for row in rows]
    known = dict(Question.objects.filter(code__in=codes).values_list("code", "id"))
    points = _points(drafts, named=named)
    for row, draft in zip(rows, drafts, strict=True):
        row.author_id, row.school_id = who_id or None, school_id
        row.item["knowledge"] = [points[draft.subject, one].code for one in draft.points]
    new = [row for row in rows if row.code not in known]
    Question.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    found = {
        code: number
        for start in range(0, len(codes), BATCH)
        for code, number in Question.objects.filter(code__in=codes[start : start + BATCH])
        .values_list("code", "id")
    }  # fmt: skip
    fresh = {row.code for row in new}
    through = Question.points.through
    ties = [
        through(question_id=found[draft.code], point_id=points[draft.subject, one].id)
        for draft in drafts if draft.code in fresh for one in dict.fromkeys(draft.points)
    ]  # fmt: skip
    through.objects.bulk_create(ties, batch_size=BATCH * 2, ignore_conflicts=True)
    return found


def _points(drafts: Sequence[QuestionDraft], *, named: bool) -> dict[tuple[str, str], Point]:
    found: dict[tuple[str, str], Point] = {}
    for subject in dict.fromkeys(draft.subject for draft in drafts):
        wanted = list(
            dict.fromkeys(one for d in drafts if d.subject == subject for one in d.points)
        )
        if named:
            rows = points_named(subject, wanted)
            found |= {(subject, point.name): point for point in rows}
        else:
            for start in range(0, len(wanted), BATCH):
                some = Point.objects.filter(code__in=wanted[start : start + BATCH])
                found |= {(subject, point.code): point for point in some}
    return found


def _record(who: Who, verb: Verb, row: Question) -> None:
    event_record(
        actor_id=who.id, verb=verb, object_kind="question", object_id=row.id,
        title=plain_of(row.stem, 60), school_id=row.school_id,
    )  # fmt: skip
