"""What the examination says."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Verdict:
    """``reason`` is "" for a good file, else a code that the library puts into words.

    ``line`` and ``other`` name lines of a text; ``found`` is what the first bytes say it is.
    """

    reason: str = ""
    found: str = ""
    line: int = 0
    other: int = 0
    seconds: float = 0
    width: int = 0
    height: int = 0
    video: str = ""
    pixels: str = ""
    audio: str = ""
    pages: int = 0
    pictures: int = 0
    poster: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    def as_line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def verdict_of(line: str) -> Verdict:
    """Read back what a child printed. Raises ValueError, TypeError for anything else."""
    return Verdict(**json.loads(line))
