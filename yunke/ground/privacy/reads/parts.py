"""What rooms above hold about people outside their columns; they say so when the house opens."""

from collections.abc import Iterator
from pathlib import Path

from yunke.ground.privacy.values import Part

_PARTS: dict[str, Part] = {}


def part_of_person(part: Part) -> None:
    """A room names its files and what only it can forget."""
    _PARTS[part.name] = part


def parts() -> list[Part]:
    return [_PARTS[name] for name in sorted(_PARTS)]


def person_files(person_id: int) -> Iterator[tuple[str, Path]]:
    """(name in the copy, file) of everything that lies on the disk about the person."""
    for part in parts():
        for path in part.files(person_id):
            if path.is_file():
                yield f"files/{part.name}/{path.name}", path
