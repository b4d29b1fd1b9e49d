"""Somebody takes a file home."""

import hashlib

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.library.models import Asset
from yunke.school.library.reads.media import PATH


def download_key(who_id: int, path: str) -> str:
    """One download of a file by a person in an hour, however many ranges a browser asks for."""
    digest = hashlib.sha256(path.encode()).hexdigest()[:24]
    return f"take-{who_id}-{digest}-{now():%Y%m%d%H}"


def download_record(*, who: Who, path: str) -> None:
    """Record that a person took a file of a lesson; nothing for a path that is none. One query
    and the event. In the caller's transaction."""
    found = PATH.fullmatch(path)
    asset = (
        Asset.objects.filter(id=int(found[2]), lesson_id=int(found[1])).first() if found else None
    )
    if asset is None:
        return
    first = who.classes[0] if who.classes else None
    event_record(
        actor_id=who.id,
        verb=Verb.DOWNLOADED,
        object_kind="asset",
        object_id=asset.id,
        title=asset.title,
        lesson_id=asset.lesson_id,
        class_id=first.id if first else 0,
        school_id=first.school_id if first else 0,
        result={"kind": asset.kind},
    )
