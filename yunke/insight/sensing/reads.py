"""A person's recordings, for the person and the guardian alone, while the consent holds."""

from yunke.ground.consent.door import DataKind, Purpose, consents
from yunke.insight.sensing.models import Pulse
from yunke.insight.sensing.values import PulseCard, PulseView, State

ASK = (Purpose.PULSE, DataKind.WRISTBAND)


def may_be_read(person_id: int) -> bool:
    """Does the consent hold now? One query."""
    return consents(person_id, *ASK)


def pulses_of(person_id: int) -> list[PulseCard]:
    """The recordings, newest first; none without the consent. Two queries."""
    if not may_be_read(person_id):
        return []
    rows = Pulse.objects.filter(person_id=person_id).defer("points", "gaps").order_by("-id")[:100]
    return [_card(row) for row in rows]


def pulse_of(person_id: int, pulse_id: int) -> PulseView | None:
    """One recording with its curve. Two queries."""
    if not may_be_read(person_id):
        return None
    row = Pulse.objects.filter(id=pulse_id, person_id=person_id).first()
    if row is None:
        return None
    points = tuple((int(at), int(bpm)) for at, bpm in row.points)
    gaps = tuple((int(a), int(b)) for a, b in row.gaps)
    return PulseView(_card(row), points, gaps, row.samples)


def _card(row: Pulse) -> PulseCard:
    return PulseCard(
        id=row.id,
        state=State(row.state),
        reason=row.reason,
        brought_at=row.made_at,
        started_at=row.started_at,
        seconds=row.seconds,
        artefacts=row.artefacts,
        device=row.device,
    )
