"""Which legal profile was chosen for this site, and by whom."""

from yunke.ground.audit.door import SecondView, seconds_waiting
from yunke.ground.consent.models import Chosen as ChosenRow
from yunke.ground.consent.values import Chosen

LOOSEN = "profile.loosen"


def chosen_profile() -> Chosen | None:
    """The choice that counts, ``None`` before the first. One query."""
    row = ChosenRow.objects.order_by("-id").first()
    if row is None:
        return None
    return Chosen(row.profile, row.made_at, row.by_name, row.second_name)


def loosening_waiting() -> SecondView | None:
    """The request for a looser profile that waits for its second person. One query."""
    return next((asked for asked in seconds_waiting() if asked.kind == LOOSEN), None)
