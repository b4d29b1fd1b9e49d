"""Questions of the library, with and without what is right."""

from collections.abc import Iterable

from yunke.school.library.models import Question
from yunke.school.library.values import QuestionKey, QuestionView


def question_view(question: Question) -> QuestionView:
    return QuestionView(
        question.id, question.kind, question.stem, question.stem_en, tuple(question.options)
    )


def question_views(ids: Iterable[int]) -> dict[int, QuestionView]:
    """Questions as pupils see them, by id. One query."""
    return {q.id: question_view(q) for q in Question.objects.filter(id__in=set(ids))}


def question_keys(ids: Iterable[int]) -> dict[int, QuestionKey]:
    """What is right, by id; never for a pupil before the answer is in. One query."""
    return {
        q.id: QuestionKey(q.id, q.kind, tuple(map(str, q.key)), q.reasoning, q.reasoning_en)
        for q in Question.objects.filter(id__in=set(ids))
    }


def questions_for_lesson(lesson_id: int, *, limit: int = 20) -> tuple[QuestionView, ...]:
    """Questions about the lesson's knowledge points, for a teacher who makes a task. One query."""
    rows = Question.objects.filter(points__lessons=lesson_id).distinct().order_by("id")[:limit]
    return tuple(question_view(question) for question in rows)
