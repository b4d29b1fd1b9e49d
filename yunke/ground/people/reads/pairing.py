"""Whether a TV's code is still good."""

from yunke.base.clock import now
from yunke.ground.people.models import Pairing
from yunke.ground.people.reads.who import token_hash


def pairing_waits(secret: str) -> bool:
    """Is the pairing of this TV still waiting or just confirmed? One query."""
    return Pairing.objects.filter(
        secret_hash=token_hash(secret), used_at__isnull=True, expires_at__gt=now()
    ).exists()
