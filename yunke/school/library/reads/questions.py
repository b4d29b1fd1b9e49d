"""Questions of the library, without what is right."""

from collections.abc import Iterable

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
