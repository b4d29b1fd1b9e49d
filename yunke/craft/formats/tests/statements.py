"""What is wrong with an xAPI 1.0.3 statement: the measure that our own statements are held to."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
DURATION = re.compile(r"P(?=.)(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?"
                      r"(T(?=.)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?")  # fmt: skip
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


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
