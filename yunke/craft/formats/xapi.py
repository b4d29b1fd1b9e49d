"""xAPI 1.0.3 statements: what somebody did, as other systems read it.

Source: xAPI specification 1.0.3, part two (Experience API data). Verbs are those of the ADL
vocabulary and of the video profile where they fit, else addresses of our own under the site.

>>> from datetime import datetime, UTC
>>> act = Act("6690e6c9-3ef0-4ed3-8b37-7f3964730bee", datetime(2026, 3, 2, tzinfo=UTC),
...           7, "video.progressed", "lesson", 12, "乘法", seconds=90)
>>> statement(act, home="https://cloud.example")["verb"]["id"]
'http://adlnet.gov/expapi/verbs/progressed'
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ADL = "http://adlnet.gov/expapi/verbs/"
VIDEO = "https://w3id.org/xapi/video/verbs/"
KNOWN_VERBS = {
    "person.signed_in": "https://w3id.org/xapi/adl/verbs/logged-in",
    "person.signed_out": "https://w3id.org/xapi/adl/verbs/logged-out",
    "lesson.opened": ADL + "launched",
    "video.played": VIDEO + "played",
    "video.paused": VIDEO + "paused",
    "video.progressed": ADL + "progressed",
    "video.completed": ADL + "completed",
    "task.answered": ADL + "answered",
    "presence.ticked": ADL + "attended",
    "along.asked": ADL + "asked",
}
KNOWN_TYPES = {
    "lesson": "http://adlnet.gov/expapi/activities/lesson",
    "task": "http://adlnet.gov/expapi/activities/question",
    "asset": "http://adlnet.gov/expapi/activities/media",
    "video": "https://w3id.org/xapi/video/activity-type/video",
}


@dataclass(frozen=True)
class Act:
    """One act. Ids are numbers of the site; 0 means: none. ``at`` is aware."""

    uid: str
    at: datetime
    actor_id: int
    verb: str
    object_kind: str
    object_id: int = 0
    title: str = ""
    seconds: int = 0
    subject_id: int = 0
    school_id: int = 0
    class_id: int = 0
    lesson_id: int = 0
    purpose: str = ""
    result: dict[str, Any] = field(default_factory=dict)


def statement(act: Act, *, home: str) -> dict[str, Any]:
    """The act as a statement. ``home`` is the site's address; persons are accounts of it."""
    home = home.rstrip("/")
    made: dict[str, Any] = {
        "id": act.uid,
        "actor": _agent(act.actor_id, home),
        "verb": {
            "id": KNOWN_VERBS.get(act.verb, f"{home}/xapi/verbs/{act.verb}"),
            "display": {"en": act.verb.partition(".")[2].replace("_", " ") or act.verb},
        },
        "object": _activity(act, home),
        "context": _context(act, home),
        "timestamp": act.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "version": "1.0.3",
    }
    if result := _result(act, home):
        made["result"] = result
    return made


def _agent(person_id: int, home: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": home, "name": str(person_id)}}


def _activity(act: Act, home: str) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "type": KNOWN_TYPES.get(act.object_kind, f"{home}/xapi/types/{act.object_kind}")
    }
    if act.title:
        definition["name"] = {"zh-CN": act.title}
    address = f"{home}/xapi/{act.object_kind}/{act.object_id}"
    return {"objectType": "Activity", "id": address, "definition": definition}


def _context(act: Act, home: str) -> dict[str, Any]:
    grouping = [
        {"objectType": "Activity", "id": f"{home}/xapi/{kind}/{number}"}
        for kind, number in (("school", act.school_id), ("class", act.class_id))
        if number
    ]
    context: dict[str, Any] = {"platform": "Yunke"}
    activities: dict[str, Any] = {"grouping": grouping} if grouping else {}
    if act.lesson_id and (act.object_kind, act.object_id) != ("lesson", act.lesson_id):
        lesson = f"{home}/xapi/lesson/{act.lesson_id}"
        activities["parent"] = [{"objectType": "Activity", "id": lesson}]
    if activities:
        context["contextActivities"] = activities
    extensions: dict[str, Any] = {}
    if act.purpose:
        extensions[f"{home}/xapi/extensions/purpose"] = act.purpose
    if act.subject_id and act.subject_id != act.actor_id:
        extensions[f"{home}/xapi/extensions/about"] = _agent(act.subject_id, home)
    if extensions:
        context["extensions"] = extensions
    return context


def _result(act: Act, home: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if act.seconds:
        result["duration"] = f"PT{act.seconds}S"
    if act.verb == "video.completed":
        result["completion"] = True
    right = act.result.get("right")
    if isinstance(right, bool):
        result["success"] = right
    if act.result:
        result["extensions"] = {
            f"{home}/xapi/extensions/{key}": value for key, value in act.result.items()
        }
    return result
