"""Bringing a recording in, looking at it, deleting it."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.consent.door import erases
from yunke.ground.lake.door import Verb, event_record
from yunke.insight.sensing.models import Pulse
from yunke.insight.sensing.reads import ASK, may_be_read
from yunke.insight.sensing.values import State

MOST_BYTES = 4 * 2**20
MOST_FILES = 100  # recordings of one person
STALE = timedelta(hours=1)


def inbox() -> Path:
    """Where a file waits to be read; it is deleted with the reading."""
    folder = Path(settings.DATA) / "pulse"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@transaction.atomic
def pulse_bring(*, who_id: int, person_id: int, data: bytes) -> int:
    """Take a file in and ask for its reading; the number of the recording.

    The same file again is the same recording. Raises Refused without consent, for an empty or too
    large file, and when there are too many.
    """
    if not may_be_read(person_id):
        raise Refused(_("这一项没有打开，文件没有收下。先在“数据同意”里说同意。"), status=422)
    if not data or len(data) > MOST_BYTES:
        raise Refused(_("请选一个不超过 4 MB 的 FIT 文件。什么都没有收下。"), status=422)
    digest = hashlib.sha256(data).hexdigest()
    known = Pulse.objects.filter(person_id=person_id, sha256=digest).first()
    if known is not None:
        return known.id
    if Pulse.objects.filter(person_id=person_id).count() >= MOST_FILES:
        raise Refused(_("已经有一百次记录了。请先删掉不要的。"), status=422)
    row = Pulse.objects.create(
        person_id=person_id, brought_by=who_id, sha256=digest, state=State.WAITING.value
    )
    file = f"{uuid.uuid4()}.fit"
    (inbox() / file).write_bytes(data)
    ask("pulse.read", key=str(row.id), payload={"pulse": row.id, "file": file})
    _tell(who_id, person_id, Verb.PULSE_IMPORTED, row.id)
    return row.id


def pulse_keep(pulse_id: int, told: dict[str, Any]) -> None:
    """Keep what the reader found. Nothing is kept once the consent is gone."""
    row = Pulse.objects.filter(id=pulse_id, state=State.WAITING.value).first()
    if row is None:
        return
    if not may_be_read(row.person_id):
        row.delete()
        return
    series = told.get("series")
    if not series:
        row.state, row.reason = State.REFUSED.value, str(told.get("reason", "broken"))[:20]
        row.save(update_fields=["state", "reason"])
        return
    started = series["started"]
    row.state = State.READY.value
    row.started_at = datetime.fromtimestamp(started, UTC) if started else None
    row.seconds, row.samples = series["seconds"], series["samples"]
    row.artefacts, row.device = series["artefacts"], series["device"]
    row.points, row.gaps = series["points"], series["gaps"]
    row.save()


@transaction.atomic
def pulse_look(*, who_id: int, person_id: int) -> None:
    """A guardian looked at a child's recordings: the child can read that."""
    audit_record(
        actor_id=who_id, act=Act.RECORD_VIEWED, subject_id=person_id, object_kind="pulse"
    )  # fmt: skip


@transaction.atomic
def pulse_delete(*, who_id: int, person_id: int, pulse_id: int = 0) -> int:
    """Delete one recording, or all of them (0); rows that went. Nothing is kept anywhere."""
    rows = Pulse.objects.filter(person_id=person_id)
    rows = rows.filter(id=pulse_id) if pulse_id else rows
    gone, _kinds = rows.delete()
    if gone:
        _tell(who_id, person_id, Verb.PULSE_DELETED, pulse_id)
    return gone


@erases(*ASK)
def pulses_erase(person_id: int) -> int:
    """The consent is gone: so is everything that was read under it."""
    return Pulse.objects.filter(person_id=person_id).delete()[0]


def inbox_sweep() -> int:
    """Remove files whose reading never began (the write around them was refused)."""
    before = (now() - STALE).timestamp()
    old = [file for file in inbox().glob("*.fit") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _tell(who_id: int, person_id: int, verb: Verb, pulse_id: int) -> None:
    event_record(
        actor_id=who_id, verb=verb, object_kind="pulse", object_id=pulse_id,
        subject_id=person_id, purpose="wellbeing",
    )  # fmt: skip
