"""Photographs of an attempt, and who may have them: asked by the front for every picture."""

import re
from collections.abc import Callable, Iterable

from yunke.ground.people.door import Who
from yunke.school.attempts.models import Photo
from yunke.school.attempts.values import Of, Page, Whose

PATH = re.compile(r"/?media/attempts/([0-9]{1,18})/([0-9a-f]{32}\.jpg)")
MayLook = Callable[[Whose, Who], bool]
_LOOKERS: dict[Of, MayLook] = {}


def lookers_from(of: Of, may: MayLook) -> None:
    """A room above decides who else may see the photographs of its attempts."""
    _LOOKERS[of] = may


def pages_of(attempt_ids: Iterable[int]) -> list[Page]:
    """The photographs that are there, in their order. 1 query."""
    rows = Photo.objects.filter(attempt__in=list(attempt_ids), gone_at__isnull=True)
    return [page(row) for row in rows.order_by("attempt_id", "position", "id")]


def page(row: Photo) -> Page:
    return Page(
        row.id, row.attempt_id, row.question_id or 0, row.position, f"/media/{row.file}",
        row.width, row.height,
    )  # fmt: skip


def photo_may(path: str, who: Who | None) -> bool:
    """May this person have the picture? One's own, and whom the room above allows. 1 query."""
    parts = PATH.fullmatch(path)
    if parts is None or who is None:
        return False
    rows = Photo.objects.filter(
        attempt_id=int(parts[1]), file=f"attempts/{parts[1]}/{parts[2]}", gone_at__isnull=True,
        attempt__withdrawn_at__isnull=True,
    )  # fmt: skip
    row = rows.select_related("attempt").first()
    if row is None:
        return False
    attempt = row.attempt
    if attempt.person_id == who.id:
        return True
    of = Of(attempt.of)
    whose = Whose(attempt.id, of, attempt.of_id, attempt.person_id, attempt.class_id,
                  attempt.school_id)  # fmt: skip
    return of in _LOOKERS and _LOOKERS[of](whose, who)
