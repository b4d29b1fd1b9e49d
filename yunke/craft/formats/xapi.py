"""xAPI 1.0.3 statements: an act to a statement, and what is wrong with a statement.

Source: xAPI specification 1.0.3, part two (Experience API data). Verbs are those of the ADL
vocabulary and of the video profile where they fit, else addresses of our own under the site.

>>> from datetime import datetime, UTC
>>> act = Act("6690e6c9-3ef0-4ed3-8b37-7f3964730bee", datetime(2026, 3, 2, tzinfo=UTC),
...           7, "video.progressed", "lesson", 12, "乘法", seconds=90)
>>> statement(act, home="https://cloud.example")["verb"]["id"]
'http://adlnet.gov/expapi/verbs/progressed'
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

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


# What is wrong with a statement -----------------------------------------------------------

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
DURATION = re.compile(r"P(?=.)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?"
                      r"(T(?=.)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?")  # fmt: skip
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
Check = Callable[[Any, str], Iterator[str]]


def problems(found: Any) -> list[str]:
    """Why this is not a valid statement: one line per fault, none for a good one.

    Checks what we write and what others hand us of it: actor, verb, object, result, context,
    timestamp. It is not the whole conformance suite (attachments, groups in groups).
    """
    return list(_statement(found, ""))


def _statement(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where or 'statement'}: must be an object"
        return
    for name, check in (("actor", _actor), ("verb", _verb), ("object", _object)):
        if name not in found:
            yield f"{where}{name}: is missing"
        else:
            yield from check(found[name], f"{where}{name}")
    if "id" in found and not _is_uuid(found["id"]):
        yield f"{where}id: is not a UUID"
    if "timestamp" in found and not _is_time(found["timestamp"]):
        yield f"{where}timestamp: is not an ISO 8601 time"
    yield from _outcome(found.get("result", {}), f"{where}result")
    yield from _setting(found.get("context", {}), f"{where}context")


def _actor(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where}: must be an object"
        return
    names = [name for name in IDENTIFIERS if name in found]
    group = found.get("objectType") == "Group"
    if len(names) > 1 or (not names and not (group and "member" in found)):
        yield f"{where}: needs exactly one of {', '.join(IDENTIFIERS)}"
    account = found.get("account")
    if account is not None:
        if not isinstance(account, dict) or not account.get("name"):
            yield f"{where}.account.name: is missing"
        if not isinstance(account, dict) or not _is_iri(account.get("homePage")):
            yield f"{where}.account.homePage: is not an address"
    if "mbox" in found and not str(found["mbox"]).startswith("mailto:"):
        yield f"{where}.mbox: must begin with mailto:"


def _verb(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict) or not _is_iri(found.get("id")):
        yield f"{where}.id: is not an address"
        return
    yield from _language_map(found.get("display", {}), f"{where}.display")


def _object(found: Any, where: str) -> Iterator[str]:
    kind = found.get("objectType", "Activity") if isinstance(found, dict) else ""
    if kind in {"Agent", "Group"}:
        yield from _actor(found, where)
    elif kind == "StatementRef":
        if not _is_uuid(found.get("id")):
            yield f"{where}.id: is not a UUID"
    elif kind == "SubStatement":
        yield from _statement(found, f"{where}.")
    elif kind == "Activity":
        yield from _an_activity(found, where)
    else:
        yield f"{where}.objectType: is none of xAPI's"


def _an_activity(found: dict[str, Any], where: str) -> Iterator[str]:
    if not _is_iri(found.get("id")):
        yield f"{where}.id: is not an address"
    definition = found.get("definition", {})
    if not isinstance(definition, dict):
        yield f"{where}.definition: must be an object"
        return
    for name in ("name", "description"):
        yield from _language_map(definition.get(name, {}), f"{where}.definition.{name}")
    if "type" in definition and not _is_iri(definition["type"]):
        yield f"{where}.definition.type: is not an address"
    yield from _extensions(definition.get("extensions", {}), f"{where}.definition.extensions")


def _outcome(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where}: must be an object"
        return
    for name in ("success", "completion"):
        if name in found and not isinstance(found[name], bool):
            yield f"{where}.{name}: must be true or false"
    if "duration" in found and not DURATION.fullmatch(str(found["duration"])):
        yield f"{where}.duration: is not an ISO 8601 duration"
    yield from _extensions(found.get("extensions", {}), f"{where}.extensions")


def _setting(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{where}: must be an object"
        return
    for kind, activities in (found.get("contextActivities") or {}).items():
        if kind not in {"parent", "grouping", "category", "other"}:
            yield f"{where}.contextActivities.{kind}: is none of xAPI's"
        for activity in activities if isinstance(activities, list) else [activities]:
            yield from _object(activity, f"{where}.contextActivities.{kind}")
    yield from _extensions(found.get("extensions", {}), f"{where}.extensions")


def _language_map(found: Any, where: str) -> Iterator[str]:
    good = isinstance(found, dict) and all(
        LANGUAGE.fullmatch(key) and isinstance(text, str) for key, text in found.items()
    )
    if not good:
        yield f"{where}: is not a map from language to text"


def _extensions(found: Any, where: str) -> Iterator[str]:
    if not isinstance(found, dict) or not all(_is_iri(key) for key in found):
        yield f"{where}: every key must be an address"


def _is_iri(found: Any) -> bool:
    return isinstance(found, str) and bool(IRI.fullmatch(found))


def _is_uuid(found: Any) -> bool:
    try:
        return isinstance(found, str) and str(UUID(found)) == found.lower()
    except ValueError:
        return False


def _is_time(found: Any) -> bool:
    try:
        return isinstance(found, str) and bool(datetime.fromisoformat(found))
    except ValueError:
        return False
