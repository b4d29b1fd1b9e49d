"""Devices that are signed in, as their owner sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yunke.base.clock import now
from yunke.ground.people.models import Session


@dataclass(frozen=True)
class Device:
    """A signed-in device as its owner sees it."""

    id: int
    name: str
    way: str
    registered: bool
    seen_at: datetime
    here: bool

    @property
    def just_now(self) -> bool:
        return now() - self.seen_at < timedelta(minutes=1)


def devices_of(person_id: int, session: str) -> list[Device]:
    """One's own signed-in devices, the one in hand first, then the latest seen. One query."""
    rows = Session.objects.filter(person_id=person_id, expires_at__gt=now()).order_by("-seen_at")
    found = [
        Device(s.id, s.device, s.way, s.registered, s.seen_at, s.token_hash == session)
        for s in rows
    ]
    return sorted(found, key=lambda device: not device.here)
