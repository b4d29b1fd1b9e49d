"""What a taught hour hands out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far one person is in one lesson; ``share`` of distinct seconds seen, 0 to 1."""

    lesson_id: int
    position: float
    seconds: int
    share: float
    finished: bool
