"""What a form must name so that the answer depends on whose the thing is.

Without these fields an address answers "not found" to everybody, and a cell would prove nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from yunke.base.clock import today
from yunke.checks.access import things_homework  # noqa: F401 - it adds its names
from yunke.checks.access.states import turn
from yunke.checks.access.things import version
from yunke.checks.access.world import PARAMS, Spot, class_shown
from yunke.ground.people.models import Duty

Form = Callable[[Spot], dict[str, Any]]


def nothing_named(_spot: Spot) -> dict[str, Any]:
    return {}


def broadcast(spot: Spot) -> dict[str, Any]:
    return {"key": f"b{spot.broadcast.id}", "done": "yes"}


def moving(state: str) -> Form:
    """A submission in that state, at the turn that it has."""
    return lambda spot: {
        "turn": turn(spot, state), "message": "请审", "reason": "请改", "what": "return",
    }  # fmt: skip


def versioned(spot: Spot) -> dict[str, Any]:
    """The comparison names a version that is there."""
    return {"from": version(spot), "to": version(spot)}


def person(spot: Spot) -> dict[str, Any]:
    return {"person": spot.pupil.id, "reason": "转学"}


def school(spot: Spot) -> dict[str, Any]:
    return {"school": spot.town.school.id, "reason": "体检"}


def seat(spot: Spot) -> dict[str, Any]:
    """What the administrator is there, and the colleague who takes over."""
    duty = Duty.objects.filter(person=spot.admin).latest("id")
    return {"duty": duty.id, "to": spot.teacher.id}


def office(spot: Spot) -> dict[str, Any]:
    return {"org": spot.town.school.id}


def answer(spot: Spot) -> dict[str, Any]:
    PARAMS["move_id"](spot, "")
    return {"answer": "yes", "school": spot.town.school.id}


def paced(spot: Spot) -> dict[str, Any]:
    """A term is there, and the form names a unit of grade 3."""
    PARAMS["term"](spot, "")
    unit = spot.lesson.unit_id
    return {"grade": 3, "unit": unit, "to": "2:3", "week": 5, "reason": "台风"}


def lost(spot: Spot) -> dict[str, Any]:
    """A week of a class."""
    return {**paced(spot), "class": spot.school_class.id}


FORMS: dict[str, Form] = {
    "/exams/<int:exam_id>/extra": person,
    "/exams/<int:exam_id>/scans/state": lambda spot: {"class": spot.school_class.id},
    "/exams/<int:exam_id>/doubts/<int:scan_page>": lambda spot: {"what": "aside"},
    "/desk/<int:desk_item>/give": lambda spot: {
        "given": PARAMS["given"](spot, ""), "score": "1",
    },
    "/exams/papers/<int:paper_id>/change": lambda spot: {"do": "section", "version": 1},
    "/exams/papers/<int:paper_id>/makers": lambda spot: {"do": "drop", "person": spot.pupil.id},
    "/homework/new": lambda spot: {"classes": spot.school_class.id},
    "/homework/groups": lambda spot: {
        "class_id": spot.school_class.id, "name": "小组", "pupils": spot.pupil.id,
    },
    "/lesson/<int:lesson_id>/along": lambda spot: {"class": spot.school_class.id},
    "/class/<int:class_id>/packs/new": lambda spot: {
        "lesson": spot.lesson.id, "video": "on",
        "shown": ",".join(map(str, class_shown(spot))),
    },
    "/child/<int:pupil_id>/plan/remove": broadcast,
    "/child/<int:pupil_id>/plan/tick": broadcast,
    "/today/remove": broadcast,
    "/today/tick": broadcast,
    "/make/<int:lesson_id>/tasks/<int:task_id>/move": lambda spot: {"at": "0:40"},
    "/make/<int:lesson_id>/people/invite": lambda spot: {
        "person": spot.admin.id, "role": "editor",
    },
    "/make/<int:lesson_id>/suggest": lambda spot: {"field": "summary", "text": "更短", "was": ""},
    "/make/<int:lesson_id>/suggestions/<int:suggestion_id>": lambda spot: {
        "answer": "decline", "reason": "先不改",
    },
    "/make/<int:lesson_id>/compare": versioned,
    "/make/<int:lesson_id>/versions/<int:number>": versioned,
    "/make/<int:lesson_id>/review/submit": lambda spot: {"aim": "city"},
    "/make/<int:lesson_id>/review/on": moving("passed"),
    "/make/<int:lesson_id>/review/resubmit": moving("returned"),
    "/make/<int:lesson_id>/review/withdraw": moving("submission_id"),
    "/review/<int:submission_id>/claim": moving("submission_id"),
    "/review/<int:submission_id>/release": moving("claimed"),
    "/review/<int:submission_id>/decide": moving("claimed"),
    "/review/<int:submission_id>/take-back": moving("shown"),
    "/consent/<int:person_id>/<slug:key>/answer": lambda spot: {"answer": "refused", "version": 1},
    "/my-data/copy": person,
    "/my-data/erase": person,
    "/data/copy": person,
    "/data/bulk": school,
    "/people": school,
    "/people/changes": school,
    "/people/unused": school,
    "/people/moves": school,
    "/roster/export": school,
    "/schools/new": lambda spot: {"county": spot.town.county.id, "name": "新小学"},
    "/terms/<int:term_id>/drop": office,
    "/people/person/<int:person_id>/duty": seat,
    "/people/person/<int:person_id>/class": lambda spot: {"class": spot.school_class.id},
    "/people/moves/<int:move_id>/answer": answer,
    "/people/person/<int:person_id>/guardians/<int:tie_id>/until": lambda spot: {
        "day": (today() + timedelta(days=30)).isoformat(),
    },
    "/participation/<slug:level>/<int:org_id>/export": lambda spot: {"format": "csv"},
    "/participation/<slug:level>/<int:org_id>/grade/<int:grade>/export": lambda spot: {
        "format": "csv",
    },
    "/pacing": paced,
    "/pacing/lay": paced,
    "/pacing/move": paced,
    "/pacing/lost/<int:lost_id>/back": lost,
    "/pacing/lose": lost,
}  # fmt: skip
# Pages whose form alone says whose the thing is.
NAMED = frozenset({
    "/my-data/copy", "/my-data/erase", "/data/copy", "/data/bulk", "/people", "/people/changes",
    "/people/unused", "/people/moves", "/roster/export", "/schools/new", "/pacing/lose",
    "/homework/new", "/homework/groups",
})  # fmt: skip
