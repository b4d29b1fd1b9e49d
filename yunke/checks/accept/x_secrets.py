"""A-09 and X-10: marks before their time and keys before an answer reach nobody, by no way.

Words that stand nowhere else are put where the secrets are; then every page, feed and front answer
is read as everybody. Keys of different length must not even change the size of a page.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from yunke.base.clock import now
from yunke.base.kept import forget_all
from yunke.checks.accept.table import Options
from yunke.checks.accept.x_homework import marked_unreturned
from yunke.checks.access.front import open_front
from yunke.checks.access.planted import pages, text_of
from yunke.checks.access.table import ACTORS
from yunke.checks.access.world import World, world
from yunke.gate.front.tests import makers as front
from yunke.school.lessons.models import Along, Answer, Note
from yunke.school.lessons.tests import makers as lessons

MARK = "73.31"
KEY, WHY, THEIRS = "zqkeyzq", "zqwhyzq", "zqtheirszq"
# Who may read what the class answered, without names, while it is asked: who teaches it.
MAY_READ_ANSWERS = {"teacher", "head_teacher"}
# What differs from look to look: ids of receipts, tokens, the seconds since a class moved on.
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|\"age\": [0-9.]+")


def a_09(_options: Options) -> dict[str, Any]:
    """The canary 73.31 as a classmate's and a stranger's unreturned result.

    The class's teachers have asked the question in the hour that they watch together: their page of
    the answers must show the canary (so it can be found at all), and nothing else may.
    """
    there = world()
    canary(there)
    may = {
        (actor, f"/along/{there.spots[distance].along}/answers")
        for actor in MAY_READ_ANSWERS
        for distance in ("own", "class")
    } | marked_unreturned(there, MARK)
    asked, seen = 0, set[tuple[str, str]]()
    for actor in ACTORS:
        for path in pages(there, actor):
            asked += 1
            if MARK in text_of(there, actor, path):
                seen.add((actor, path))
    figures = {
        "pages": asked, "hits": sorted(seen - may)[:20], "seen_where_it_may_be": len(seen & may),
        "of": len(may), "not_seen_there": sorted(may - seen),
    }  # fmt: skip
    return {"pass": seen == may, "figures": figures}


def canary(there: World) -> None:
    """Everybody but the asking pupil answers 73.31 while the class is asked."""
    asked_at = now() - timedelta(minutes=5)
    for distance, spot in there.spots.items():
        # Another city has no part in this one's lesson: its pupils answer their own.
        task = there.spots["city" if distance == "city" else "own"].lesson.task
        task.question.kind = "text"
        task.question.save()
        if distance != "own":
            lessons.answered(spot.pupil, task, MARK)
            Answer.objects.filter(person=spot.pupil, task=task).update(value=MARK, right=None)
        Along.objects.filter(id=spot.along).update(asking=task, asked_at=asked_at)
    forget_all()


def x_10(_options: Options) -> dict[str, Any]:
    """As the pupil in the middle of a lesson's tasks: no key, no reasoning, nobody else's words."""
    there = world()
    lesson = there.spots["own"].lesson
    question = lesson.task.question
    Answer.objects.filter(person=there.spots["own"].pupil).delete()
    hide(there, question, KEY, WHY)
    hits = [
        f"{path}: {word}"
        for path in pages(there, "pupil")
        for text in [text_of(there, "pupil", path)]
        for word in (KEY, WHY, THEIRS)
        if word in text
    ] + front_hits(there)
    # A page that grows by itself (the own log) tells nothing; what holds still must go on to.
    first, second, more = sizes(there), sizes(there), sizes(there)
    steady = {path for path, size in first.items() if size == second[path] == more[path]}
    hide(there, question, KEY * 9, WHY * 50)
    third = sizes(there)
    grown = sorted(path for path in steady if third[path] != second[path])
    figures = {
        "pages": len(first), "steady": len(steady), "hits": hits[:20],
        "pages_whose_size_tells": grown[:20],
    }  # fmt: skip
    return {"pass": len(steady) > len(first) / 2 and not (hits or grown), "figures": figures}


def sizes(there: World) -> dict[str, int]:
    forget_all()
    return {
        path: len(RANDOM.sub("", text_of(there, "pupil", path))) for path in pages(there, "pupil")
    }


def hide(there: World, question: Any, key: str, why: str) -> None:
    question.kind, question.key, question.reasoning, question.reasoning_en = "text", [key], why, why
    question.save()
    other = there.spots["class"].pupil
    Note.objects.filter(person_id=other.id).update(text=THEIRS)
    Answer.objects.filter(person_id=other.id).update(value=THEIRS)
    forget_all()


def front_hits(there: World) -> list[str]:
    """What the front says to the pupil before an answer."""
    token, lesson = there.tokens["pupil"], there.spots["own"].lesson
    wanted: dict[str, Callable[[], Any]] = {
        "/front/today": lambda: front.ask("GET", "/front/today", token=token),
        "/front/progress": lambda: front.send(
            "/front/progress",
            {"lesson": lesson.id, "position": 9, "ranges": [[0, 9]], "of": 120},
            token=token,
        ),
        "/front/presence": lambda: front.send("/front/presence", {}, token=token),
    }
    with open_front():
        return [
            f"{path}: {word}"
            for path, way in wanted.items()
            for heard in [way()]
            for word in (KEY, WHY, THEIRS)
            if word in heard.text or word in str(heard.headers)
        ]
