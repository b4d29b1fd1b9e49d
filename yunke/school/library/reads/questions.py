"""Questions of the library: as pupils see them, and as they are marked."""

from collections.abc import Iterable
from dataclasses import replace

from yunke.craft.marking.items import (
    Blank,
    BlanksKey,
    Choice,
    ChoiceKey,
    Item,
    MultipleKey,
    NumberKey,
    TextKey,
    item_from_json,
)
from yunke.school.library.models import Question
from yunke.school.library.values import QuestionView


def question_view(question: Question) -> QuestionView:
    return QuestionView(
        question.id, question.kind, question.stem, question.stem_en, tuple(question.options)
    )


def question_views(ids: Iterable[int]) -> dict[int, QuestionView]:
    """Questions as pupils see them, by id. One query."""
    return {q.id: question_view(q) for q in Question.objects.filter(id__in=set(ids))}


def questions_for_lesson(lesson_id: int, *, limit: int = 20) -> tuple[QuestionView, ...]:
    """Questions about the lesson's knowledge points, for a teacher who makes a task. One query."""
    rows = Question.objects.filter(points__lessons=lesson_id).distinct().order_by("id")[:limit]
    return tuple(question_view(question) for question in rows)


def items_of(ids: Iterable[int]) -> dict[int, Item]:
    """Questions as ``craft.marking`` marks them, by id; what it is asked holds the key, so this
    never leaves the server. A question without any key is left out. 1 query."""
    rows = Question.objects.filter(id__in=set(ids))
    found = {row.id: _item(row) for row in rows}
    return {number: item for number, item in found.items() if item is not None}


def _item(row: Question) -> Item | None:
    if row.item:
        return replace(item_from_json(row.item), id=str(row.id))
    if not row.key:
        return None
    return Item(str(row.id), row.stem, _old_key(row), reasoning=row.reasoning)


def _old_key(row: Question) -> ChoiceKey | MultipleKey | NumberKey | BlanksKey:
    """The key of a question that was written before there were items."""
    if row.kind == "choice":
        options = tuple(Choice(one["id"], one["text"]) for one in row.options)
        if len(row.key) == 1:
            return ChoiceKey(options, row.key[0])
        return MultipleKey(options, tuple(row.key))
    if row.kind == "number" and len(row.key) == 1:
        return NumberKey(row.key[0])
    return BlanksKey((Blank("1", text=TextKey(tuple(row.key))),))
