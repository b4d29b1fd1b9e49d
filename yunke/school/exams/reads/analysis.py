"""The paper's analysis for teachers, and a pupil's points with what to do next."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from yunke.craft.marking.analysis import ItemAsked, PaperShown, Row, paper_shown
from yunke.craft.marking.items import ChoiceKey, Item, MultipleKey
from yunke.craft.recall import Mastery, Seen, mastery, say_mastery
from yunke.school.exams.models import Analysis
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.reads.results import results_of
from yunke.school.exams.values.exams import ExamView
from yunke.school.exams.values.results import Line, PointSeen, Result
from yunke.school.library.door import items_of, points_named, points_of


def analysis_of(exam_id: int) -> dict[str, Any]:
    """What the job made, as JSON; {} before. 1 query."""
    row = Analysis.objects.filter(exam_id=exam_id).first()
    return row.data if row else {}


def stamp_of(results: Iterable[Result]) -> str:
    """Says which marks an analysis was made of."""
    scores = [(r.attempt_id, line.reply_id, str(line.score)) for r in results for line in r.lines]
    told = json.dumps(sorted(scores)).encode()
    return f"{hashlib.sha256(told).hexdigest()[:24]}-{len(scores)}"


def analysis_made(exam: ExamView, class_ids: Iterable[int] | None = None) -> PaperShown:
    """Of everybody's marks (or of some classes'), whatever is unmarked left out. 12 queries."""
    wanted = set(class_ids) if class_ids is not None else None
    results = [
        r for r in results_of(exam).values()
        if r.score is not None and (wanted is None or r.class_id in wanted)
    ]  # fmt: skip
    items = items_of_paper(exam.paper_id)
    known = items_of([item.question_id for item in items])
    points = points_of([item.question_id for item in items])
    asked = [
        ItemAsked(
            item.position, float(item.points), *_choice(known.get(item.question_id)),
            points=tuple(str(point) for point in points.get(item.question_id, ())),
        )
        for item in items
    ]  # fmt: skip
    return paper_shown(asked, [_row(result.lines) for result in results])


def _choice(item: Item | None) -> tuple[tuple[str, ...], frozenset[str]]:
    key = item.key if item else None
    if isinstance(key, ChoiceKey):
        return tuple(o.id for o in key.options), frozenset([key.right])
    if isinstance(key, MultipleKey):
        return tuple(o.id for o in key.options), frozenset(key.right)
    return (), frozenset()


def _row(lines: tuple[Line, ...]) -> Row:
    return Row(
        tuple(float(line.score or 0) for line in lines),
        tuple(_chosen(line.value) for line in lines),
        tuple(line.value in (None, "", [], {}) for line in lines),
    )


def _chosen(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset([value])
    if isinstance(value, list):
        return frozenset(one for one in value if isinstance(one, str))
    return frozenset()


def analysis_json(shown: PaperShown) -> dict[str, Any]:
    return asdict(shown)


def points_seen(result: Result, language: str) -> list[PointSeen]:
    """One pupil's points in this exam, the lowest first, each with the questions that say so and a
    sentence that can be checked. 2 queries.
    """
    points = points_of([line.question_id for line in result.lines])
    named = points_named({one for some in points.values() for one in some})
    known = mastery([_seen(line, points.get(line.question_id, ())) for line in result.lines])
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in result.lines:
        for point in points.get(line.question_id, ()):
            lines[point].append(line)
    found = [
        _point(named[point].name, named[point].name_en, known[str(point)], some, language)
        for point, some in lines.items()
        if point in named
    ]
    return sorted(found, key=lambda one: (one.share, one.name))


def _seen(line: Line, points: tuple[int, ...]) -> Seen:
    right = line.score is not None and 2 * line.score >= line.out_of
    return Seen(f"#{line.position}", tuple(str(p) for p in points), right, 0.0)


def _point(name: str, name_en: str, known: Mastery, lines: list[Line], language: str) -> PointSeen:
    worth = sum(float(line.out_of) for line in lines)
    got = sum(float(line.score or 0) for line in lines)
    called = (name_en or name) if language == "en" else name
    return PointSeen(
        name, name_en, got / worth if worth else 0.0, known.standing.value,
        say_mastery(known, called, language),
        tuple(line.position for line in lines),
        tuple(line.position for line in lines if (line.score or 0) < line.out_of),
    )  # fmt: skip
