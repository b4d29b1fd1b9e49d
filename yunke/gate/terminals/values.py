"""What a TV shows: rows of tiles, and who is in front of it."""

from dataclasses import dataclass
from datetime import datetime

from yunke.ground.people.door import PersonName, Place


@dataclass(frozen=True)
class Tile:
    """One thing to choose with the remote."""

    path: str
    title: str
    title_en: str = ""
    subject: str = ""
    poster: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    grade: int = 0
    minutes: int = 0
    # From 0 to 100: gone of a broadcast, or seen of a lesson.
    share: int = 0
    state: str = ""


@dataclass(frozen=True)
class Shelf:
    """A row of tiles; ``kind`` decides its name and its look."""

    kind: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Couch:
    """Who sits before the TV: a child (a pupil, or one of a guardian's), or just a grade."""

    place: Place
    grade: int
    child: PersonName | None = None
