"""A-09: marks before their release reach nobody who does not give them, by no route.

Each part plants the canary in one room and walks every page of every kind of reader; the case
passes when all of them do. A room that returns marks adds its part.
"""

from datetime import timedelta
from typing import Any

from yunke.base.clock import now
from yunke.base.kept import forget_all
from yunke.checks.accept import x_secrets
from yunke.checks.accept.table import Case, Options, in_parts
from yunke.checks.access.cells import address, is_placed, routes
from yunke.checks.access.planted import text_of
from yunke.checks.access.table import ACTORS
from yunke.checks.access.world import DISTANCES, World, world
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.attempts.models import Mark
from yunke.school.exams.models import Exam, PaperItem, Sitting

# One mark, the sum of two, and the same as they are kept.
CANARY = ("73.31", "146.62", "7331/100", "7331/50")


def a_09(options: Options) -> dict[str, Any]:
    return in_parts(PARTS, options)


def in_exams(_options: Options) -> dict[str, Any]:
    """Every sitting of every class has 73.31 of 100 for each question, and nothing is released."""
    there = world()
    canary(there)
    taught = [there.spots[d].__dict__["things"]["exam_id"] for d in ("own", "class")]
    may = tuple(f"/exams/{number}/" for number in taught)
    asked, hits, seen = 0, set[tuple[str, str]](), set[str]()
    for actor in ACTORS:
        for path in every_page(there, actor):
            asked += 1
            if not any(word in text_of(there, actor, path) for word in CANARY):
                continue
            if actor == "teacher" and path.startswith(may):
                seen.add(path)
            else:
                hits.add((actor, path))
    copies = [d for d in DISTANCES if in_copy(there.spots[d].pupil.id)]
    figures = {
        "pages": asked, "hits": sorted(hits)[:20], "in_copies": copies,
        "seen_where_it_may_be": sorted(seen),
    }  # fmt: skip
    found = any(path.endswith("/results") for path in seen)
    return {"pass": found and not hits and not copies, "figures": figures}


def canary(there: World) -> None:
    """The exams of the spots were released; here they are not, and everybody has the mark."""
    exams = [spot.__dict__["things"]["exam_id"] for spot in there.spots.values()]
    Exam.objects.filter(id__in=exams).update(
        released_at=None, starts_at=now() - timedelta(hours=9), ends_at=now() - timedelta(hours=8)
    )
    papers = Exam.objects.filter(id__in=exams).values_list("paper_id", flat=True)
    PaperItem.objects.filter(paper_id__in=papers).update(points="100")
    attempts = Sitting.objects.filter(exam_id__in=exams).values_list("attempt_id", flat=True)
    Mark.objects.filter(reply__attempt_id__in=attempts).update(
        score="7331/100", out_of="100", verdict="partly", note="73.31"
    )
    forget_all()


def every_page(there: World, actor: str) -> list[str]:
    """Every address that can be read, at every distance, whatever the tables say of it."""
    return [
        address(there, route, "", distance, actor)
        for route in sorted(routes())
        if not route.startswith("/front/")
        for distance in (DISTANCES if is_placed(route) else DISTANCES[:1])
    ]


def in_copy(person_id: int) -> bool:
    """Does the copy of this person's data tell it?"""
    return any(
        any(word in str(row) for word in CANARY)
        for _label, _held, rows in person_tables(person_id)
        for row in rows
    )


PARTS: dict[str, Case] = {"lessons": x_secrets.a_09, "exams": in_exams}
