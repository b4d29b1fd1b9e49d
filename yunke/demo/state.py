"""What the demo has done in this data folder, so that a second run does only what is new."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
VERSION = 1


@dataclass(frozen=True)
class State:
    """``ids``: the first free ids when the roster was begun; with them, and by the same
    ``edition`` of the plan, it is the same again."""

    scale: str
    ids: tuple[int, int, int]
    since: str
    first_day: str
    written: str = ""
    edition: int = 1

    @property
    def term(self) -> date:
        return date.fromisoformat(self.first_day)


def state_read(folder: Path) -> State | None:
    file = folder / "demo.state"
    if not file.is_file():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    return State(**{**kept, "ids": tuple(kept["ids"])})


def state_write(folder: Path, state: State) -> None:
    """Whole or not at all: a run that is killed leaves the older state."""
    part = folder / "demo.state.part"
    part.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")
    part.replace(folder / "demo.state")


def stamp(day: date) -> str:
    """Of the demo's own code and data, and of the day: history grows day by day."""
    digest = hashlib.sha256(f"{VERSION} {day}".encode())
    for file in sorted([*HERE.glob("*.py"), *HERE.glob("data/**/*.*")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()
