"""X-10 and X-11 in exams: no key before its time, no word of a paper before its start.

X-11 looks everywhere a title or a question could get to: every page as everybody, every column of
every table, every file of the data folder, and what was logged.
"""

import io
import logging
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from yunke.base.clock import now
from yunke.base.kept import forget_all
from yunke.checks.accept import x_secrets
from yunke.checks.accept.a_marks import every_page
from yunke.checks.accept.table import Case, Options, in_parts
from yunke.checks.access.front import open_front
from yunke.checks.access.planted import text_of
from yunke.checks.access.table import ACTORS
from yunke.checks.access.world import World, world
from yunke.gate.front.tests import makers as front
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.models import Mark, Reply
from yunke.school.exams.actions.planning import exam_plan
from yunke.school.exams.models import Exam, Paper
from yunke.school.exams.tests import makers
from yunke.school.exams.values.exams import Mode
from yunke.school.library.models import Question

KEY, WHY, THEIRS, SCORE = "zqexkeyzq", "zqexwhyzq", "zqextheirszq", "73.31"
TITLE, BODY = "zqextitlezq", "zqexbodyzq"
NOWHERE = "zqexnowhereq"
SEARCHES = (
    ("/questions?q=", BODY), ("/questions?retired=1&q=", BODY), ("/questions/pick?q=", BODY),
    ("/catalogue?q=", TITLE),
)  # fmt: skip


def x_10(options: Options) -> dict[str, Any]:
    return in_parts(PARTS, options)


def in_exams(_options: Options) -> dict[str, Any]:
    """As the pupil who writes, and as one who has handed in while others still write."""
    there = world()
    own, beside = there.spots["own"], there.spots["class"]
    row = makers.hall_of(
        own.teacher, own.school_class.id, mode=Mode.SCREEN, reasoning=WHY, answer=KEY
    )
    makers.sat_by(row, beside.pupil, "A", "4", THEIRS)
    Mark.objects.filter(reply__attempt__of_id=row.id, reply__attempt__of="exam").update(
        score="7331/100", out_of="100", note=SCORE
    )
    hits = []
    makers.sat_by(row, own.pupil)
    hits += _hits(there, row, "writing")
    first, second = _sizes(there, row), _sizes(there, row)
    steady = {path for path, size in first.items() if size == second[path]}
    _longer(row)
    third = _sizes(there, row)
    grown = sorted(path for path in steady if third[path] != second[path])
    makers.sat_by(row, own.pupil, "B", "5", "mine")
    hits += _hits(there, row, "handed in")
    figures = {
        "pages": len(first), "steady": len(steady), "hits": hits[:20],
        "pages_whose_size_tells": grown[:20],
    }  # fmt: skip
    return {"pass": bool(steady) and not hits and not grown, "figures": figures}


def _paths(there: World, row: Exam) -> list[str]:
    mine = [f"/exams/{row.id}", f"/exams/{row.id}/sit", f"/exams/{row.id}/result", "/exams"]
    mine += [f"/exams/{row.id}/{name}" for name in ("analysis", "review", "results", "marks")]
    return [*dict.fromkeys([*mine, *every_page(there, "pupil")])]


def _hits(there: World, row: Exam, when: str) -> list[str]:
    forget_all()
    words = (KEY, WHY, THEIRS, SCORE)
    found = [
        f"{when} {path}: {word}"
        for path in _paths(there, row)
        for text in [text_of(there, "pupil", path)]
        for word in words
        if word in text
    ]
    attempt = (
        Reply.objects.filter(attempt__of="exam", attempt__of_id=row.id).latest("id").attempt_id
    )
    token = there.tokens["pupil"]
    with open_front():
        heard = front.ask("GET", f"/front/attempts/{attempt}", token=token)
    return found + [
        f"{when} front: {w}" for w in words if w in heard.text or w in str(heard.headers)
    ]


def _sizes(there: World, row: Exam) -> dict[str, int]:
    forget_all()
    return {
        path: len(x_secrets.RANDOM.sub("", text_of(there, "pupil", path)))
        for path in (f"/exams/{row.id}", f"/exams/{row.id}/sit", "/exams")
    }


def _longer(row: Exam) -> None:
    """Keys and reasoning of another length."""
    for question in Question.objects.filter(origin=f"paper-{row.paper_id}"):
        text = str(question.item).replace(KEY, KEY * 9)
        question.reasoning = WHY * 40
        question.item = {**question.item, "reasoning": WHY * 40} if KEY not in text else (
            _replaced(question.item)
        )  # fmt: skip
        question.save()


def _replaced(found: Any) -> Any:
    if isinstance(found, str):
        return found.replace(KEY, KEY * 9).replace(WHY, WHY * 40)
    if isinstance(found, list):
        return [_replaced(one) for one in found]
    if isinstance(found, dict):
        return {name: _replaced(one) for name, one in found.items()}
    return found


def x_11(_options: Options) -> dict[str, Any]:
    """A paper with a word in its title and questions: planned, then sat by an early shift only."""
    said = io.StringIO()
    listener = logging.StreamHandler(said)
    logging.getLogger().addHandler(listener)
    there = world()
    own = there.spots["own"]
    maker = people.teacher(own.school_class)
    pupil = people.pupil(own.school_class)
    row = makers.hall_of(
        maker, own.school_class.id, mode=Mode.SCREEN, title=TITLE, mark=BODY, answer="x"
    )
    before = _told(there) + _kept()
    # The early shift: another class's late shift sits the same paper in an hour.
    late = makers.wish(
        Paper.objects.get(id=row.paper_id), own.school_class.id, mode=Mode.HOME, starts_in=600
    )
    exam_plan(who=people.who(maker), wish=late)
    makers.sat_by(row, pupil, "B", "5", "x")
    start = now() - timedelta(hours=9)
    Exam.objects.filter(id=row.id).update(starts_at=start, ends_at=start + timedelta(hours=1))
    after = _told(there, row)
    logging.getLogger().removeHandler(listener)
    logged = [word for word in (TITLE, BODY) if word in said.getvalue()]
    readable = TITLE in text_of_maker(maker, row.paper_id)
    figures = {
        "before_start": before[:20], "early_shift": after[:20], "logged": logged,
        "its_maker_reads_it": readable, "readers": len(ACTORS),
    }  # fmt: skip
    return {"pass": readable and not (before or after or logged), "figures": figures}


def text_of_maker(maker: Any, paper_id: int) -> str:
    client = people.signed_in(maker)
    return str(client.get(f"/exams/papers/{paper_id}").content.decode())


def _told(there: World, row: Exam | None = None) -> list[str]:
    """What anybody who is no maker reads of it."""
    forget_all()
    found = []
    for actor in ACTORS:
        mine = []
        if row is not None:
            names = ("", "/analysis", "/review", "/results", "/results.csv", "/marks", "/result")
            mine = [f"/exams/{row.id}{name}" for name in names]
        for path in [*mine, *every_page(there, actor)]:
            text = text_of(there, actor, path)
            found += [f"{actor} {path}: {word}" for word in (TITLE, BODY) if word in text]
        for path, word in SEARCHES:
            found += _searched(there, actor, path, word)
    return found


def _searched(there: World, actor: str, path: str, word: str) -> list[str]:
    """A page says what was looked for: it may hold the word as often as a word of nowhere."""
    real = text_of(there, actor, f"{path}{word}")
    echo = text_of(there, actor, f"{path}{NOWHERE}").count(NOWHERE)
    return [f"{actor} {path}: {word}"] if real.count(word) > echo else []


def _kept() -> list[str]:
    """Where it lies readable: in which column, in which file."""
    return [*_columns(), *_files(Path(settings.DATA).rglob("*"))]


def _columns() -> list[str]:
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                for value in model._base_manager.values_list(field.attname, flat=True).iterator():
                    if TITLE in str(value) or BODY in str(value):
                        found.append(f"{model._meta.label}.{field.attname}")
                        break
    return found


def _files(paths: Iterable[Path]) -> list[str]:
    """The database's own files, the lake, receipts: as bytes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    words = (TITLE.encode(), BODY.encode())
    return [
        path.name
        for path in paths
        if path.is_file() and path.stat().st_size < 500_000_000
        for data in [path.read_bytes()]
        if any(word in data for word in words)
    ]


PARTS: dict[str, Case] = {"lessons": x_secrets.x_10, "exams": in_exams}
