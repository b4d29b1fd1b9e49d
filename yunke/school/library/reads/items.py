"""Questions of the library: as pupils see them, and as they are marked."""

from collections.abc import Iterable
from dataclasses import replace

from yunke.craft.marking.items import (
    Blank,
    BlanksKey,
    Choice,
    ChoiceKey,
    Item,
    Key,
    MultipleKey,
    NumberKey,
    ShortTextKey,
    TextKey,
    item_from_json,
)
from yunke.school.library.models import Question
from yunke.school.library.rules.asked import asked_from, solved_from
from yunke.school.library.values import QuestionView
from yunke.school.library.values.questions import Asked, Solved

# A task in a film has a line or one choice to answer with, and no time for a formula's comparison.
IN_FILMS = ("choice", "number", "short-text", "text")


def question_view(question: Question) -> QuestionView:
    return QuestionView(
        question.id, question.kind, question.stem, question.stem_en, tuple(question.options)
    )


def question_views(ids: Iterable[int]) -> dict[int, QuestionView]:
    """Questions as pupils see them, by id. One query."""
    return {q.id: question_view(q) for q in Question.objects.filter(id__in=set(ids))}


def questions_for_lesson(lesson_id: int, *, limit: int = 20) -> tuple[QuestionView, ...]:
    """Questions about the lesson's knowledge points that can be asked in a film, for a teacher who
    makes a task. One query."""
    rows = Question.objects.filter(
        points__lessons=lesson_id, retired_at__isnull=True, kind__in=IN_FILMS
    )
    rows = rows.distinct().order_by("id")[:limit]
    return tuple(question_view(question) for question in rows)


def items_of(ids: Iterable[int]) -> dict[int, Item]:
    """Questions as ``craft.marking`` marks them, by id; what it is asked holds the key, so this
    never leaves the server. A question without any key goes to a person. 1 query."""
    return {row.id: item_of_row(row) for row in Question.objects.filter(id__in=set(ids))}


def asked_of(ids: Iterable[int], seed: str = "") -> dict[int, Asked]:
    """Questions as a pupil may see them, by id. ``seed``: options in an order of their own, the
    same for the same seed (a person's attempt); without it they stand as written. 1 query.
    """
    rows = Question.objects.filter(id__in=set(ids))
    return {row.id: asked_of_row(row, seed) for row in rows}


def solved_of(ids: Iterable[int], seed: str = "") -> dict[int, Solved]:
    """Questions with their keys in words and the worked reasoning, by id: only for eyes that may
    see them. 1 query."""
    rows = Question.objects.filter(id__in=set(ids))
    return {
        row.id: solved_from(item_of_row(row), asked_of_row(row, seed), row.reasoning_en)
        for row in rows
    }


def asked_of_row(row: Question, seed: str = "") -> Asked:
    asked = asked_from(item_of_row(row), row.id, row.stem_en, seed)
    english = {one["id"]: one.get("text_en", "") for one in row.options if "id" in one}
    if not any(english.values()):
        return asked
    options = tuple(replace(one, text_en=english.get(one.id, "")) for one in asked.options)
    return replace(asked, options=options)


def item_of_row(row: Question) -> Item:
    if row.item:
        return replace(item_from_json(row.item), id=str(row.id))
    return Item(str(row.id), row.stem, _old_key(row), reasoning=row.reasoning)


def _old_key(row: Question) -> Key:
    """The key of a question that was written before there were items."""
    if not row.key:
        return ShortTextKey(())
    if row.kind == "choice":
        options = tuple(Choice(one["id"], one["text"]) for one in row.options)
        if len(row.key) == 1:
            return ChoiceKey(options, row.key[0])
        return MultipleKey(options, tuple(row.key))
    if row.kind == "number" and len(row.key) == 1:
        return NumberKey(row.key[0])
    return BlanksKey((Blank("1", text=TextKey(tuple(row.key))),))
