"""How heavy the films are."""

from django.db.models import F, Sum

from yunke.school.library.models import Asset
from yunke.school.library.values import AssetKind


def films_mbit() -> float | None:
    """Mbit/s of all ready films together, as they were sent in; None without any. One query."""
    ready = Asset.objects.filter(kind=AssetKind.VIDEO, state=Asset.State.READY, seconds__gt=0)
    sums = ready.aggregate(bytes=Sum("bytes"), seconds=Sum(F("seconds")))
    if not sums["bytes"] or not sums["seconds"]:
        return None
    return float(sums["bytes"]) * 8 / 1e6 / float(sums["seconds"])
