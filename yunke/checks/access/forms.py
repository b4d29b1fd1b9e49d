"""What a form must name so that the answer depends on whose the thing is.

Without these fields an address answers "not found" to everybody, and a cell would prove nothing.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from yunke.base.clock import today
from yunke.checks.access.things import version
from yunke.checks.access.world import PARAMS, Spot, class_shown

Form = Callable[[Spot], dict[str, Any]]


def nothing_named(_spot: Spot) -> dict[str, Any]:
    return {}


def broadcast(spot: Spot) -> dict[str, Any]:
    return {"key": f"b{spot.broadcast.id}", "done": "yes"}


def submitted(spot: Spot) -> dict[str, Any]:
    """The draft has been handed in."""
    PARAMS["submission_id"](spot, "")
    return {"turn": 1, "message": "请审", "reason": "请改", "what": "return"}


def versioned(spot: Spot) -> dict[str, Any]:
    """The comparison names a version that is there."""
    return {"from": version(spot), "to": version(spot)}


def person(spot: Spot) -> dict[str, Any]:
    return {"person": spot.pupil.id, "reason": "转学"}


def school(spot: Spot) -> dict[str, Any]:
    return {"school": spot.town.school.id, "reason": "体检"}


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
    "/make/<int:lesson_id>/review/on": submitted,
    "/make/<int:lesson_id>/review/resubmit": submitted,
    "/make/<int:lesson_id>/review/withdraw": submitted,
    "/review/<int:submission_id>/claim": submitted,
    "/review/<int:submission_id>/release": submitted,
    "/review/<int:submission_id>/decide": submitted,
    "/review/<int:submission_id>/take-back": submitted,
    "/consent/<int:person_id>/<slug:key>/answer": lambda spot: {"answer": "refused", "version": 1},
    "/my-data/copy": person,
    "/my-data/erase": person,
    "/data/copy": person,
    "/data/bulk": school,
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
