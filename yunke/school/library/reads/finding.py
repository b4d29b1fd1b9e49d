"""Questions found: by subject, grade, kind, point and words, in what somebody may see."""

from django.db.models import Count, Q, QuerySet

from yunke.ground.people.door import Who, schools_reached
from yunke.school.library.models import Point, Question
from yunke.school.library.reads.items import item_of_row
from yunke.school.library.rules.asked import points_text
from yunke.school.library.rules.shown import plain_of
from yunke.school.library.values import PointName
from yunke.school.library.values.questions import (
    QuestionLine,
    QuestionsAsked,
    QuestionsFound,
)

PER_PAGE = 20
# Kinds that a rule marks at once when they have a key.
BY_RULE = ("choice", "multiple", "true-false", "blanks", "number", "formula", "matching",
           "ordering")  # fmt: skip


def questions_seen(who: Who) -> "QuerySet[Question]":
    """Everybody's, and those of the schools in which this person may read them. 0 to 2 queries."""
    schools = schools_reached(who, "question.read")
    everybody = Q(school_id=0)
    if schools is None:
        return Question.objects.all()
    return Question.objects.filter(everybody | Q(school_id__in=schools) | Q(author_id=who.id))


def questions_find(
    who: Who, asked: QuestionsAsked, *, page: int = 1, per_page: int = PER_PAGE
) -> QuestionsFound:
    """A page of the questions that fit, newest first, one's own before the bank's.

    5 queries at most. Words are looked for in the text of all that fit: tens of milliseconds over
    ten thousand questions, since no index holds parts of Chinese words.
    """
    rows = _filtered(questions_seen(who), who, asked)
    total = rows.count()
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    ordered = rows.select_related("author").prefetch_related("points").order_by("-id")
    some = ordered[(page - 1) * per_page : page * per_page]
    return QuestionsFound(tuple(line_of(row) for row in some), total, page, pages)


def _filtered(rows: "QuerySet[Question]", who: Who, asked: QuestionsAsked) -> "QuerySet[Question]":
    rows = rows.filter(retired_at__isnull=not asked.retired)
    for column, value in (("subject", asked.subject), ("grade", asked.grade), ("kind", asked.kind)):
        if value:
            rows = rows.filter(**{column: value})
    if asked.point:
        rows = rows.filter(points=asked.point)
    if asked.own:
        rows = rows.filter(author_id=who.id)
    if asked.marked:
        rows = rows.filter(kind__in=BY_RULE)
    for word in asked.words.split()[:5]:
        rows = rows.filter(Q(stem__icontains=word) | Q(stem_en__icontains=word))
    return rows


def line_of(row: Question) -> QuestionLine:
    """A row with its author and points fetched. No query."""
    return QuestionLine(
        id=row.id, kind=kind_of(row), stem=plain_of(row.stem), stem_en=plain_of(row.stem_en),
        subject=row.subject, grade=row.grade,
        points=tuple(point.name for point in row.points.all()),
        author=row.author.name if row.author else "", author_id=row.author_id or 0,
        school_id=row.school_id, origin=row.origin, marked=kind_of(row) in BY_RULE,
        worth=points_text(item_of_row(row).points), retired=row.retired_at is not None,
    )  # fmt: skip


def kind_of(row: Question) -> str:
    """Plain texts of films' tasks are blanks with a key and short texts without."""
    if row.kind == "text":
        return "blanks" if row.key else "short-text"
    return row.kind


def question_lines(who: Who, ids: list[int]) -> list[QuestionLine]:
    """Those of these questions that this person may see, in the order asked. 3 queries."""
    rows = questions_seen(who).filter(id__in=ids).select_related("author")
    found = {row.id: line_of(row) for row in rows.prefetch_related("points")}
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def question_row_for(who: Who, question_id: int) -> Question | None:
    """The row with its points, where this person may see it. 2 queries."""
    rows = questions_seen(who).filter(id=question_id).select_related("author")
    return rows.prefetch_related("points").first()


def points_with_questions(subject: str, grade: int, *, limit: int = 60) -> list[PointName]:
    """The points that most questions of the subject are about, for a filter. 1 query."""
    rows = Point.objects.filter(subject=subject, questions__retired_at__isnull=True)
    if grade:
        rows = rows.filter(questions__grade__in=(0, grade))
    rows = rows.annotate(count=Count("questions")).order_by("-count", "name")
    return [PointName(p.id, p.name, p.name_en) for p in rows[:limit]]


def newest_of(ids: list[int]) -> dict[int, int]:
    """For questions that were replaced: the newest version. As many queries as there were
    versions in a row, 10 at most."""
    newest = {one: one for one in ids}
    for _step in range(10):
        rows = Question.objects.filter(replaces__in=set(newest.values()))
        after = dict(rows.values_list("replaces_id", "id"))
        if not after:
            break
        newest = {one: after.get(now, now) for one, now in newest.items()}
    return {one: now for one, now in newest.items() if one != now}
