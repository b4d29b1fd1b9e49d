"""What is typed about sheets, doubts and marks."""

from collections.abc import Mapping


def number(data: Mapping[str, str], name: str, most: int = 2**53) -> int:
    """A whole number from 0 on; 0 for anything else."""
    typed = str(data.get(name, "")).strip()
    fits = typed.isascii() and typed.isdecimal() and len(typed) <= 16
    return int(typed) if fits and int(typed) <= most else 0


def words(data: Mapping[str, str], name: str, most: int) -> str:
    return str(data.get(name, "")).replace("\0", "").replace("\r\n", "\n").strip()[:most]


def lines_typed(data: Mapping[str, str]) -> dict[int, int]:
    """``lines-<position>`` → lines to write on."""
    found = {}
    for name in data:
        place = name.removeprefix("lines-")
        if place != name and place.isdecimal() and len(place) < 5 and number(data, name, 99):
            found[int(place)] = number(data, name, 99)
    return found


def seconds_typed(data: Mapping[str, str]) -> float:
    try:
        return max(0.0, min(float(data.get("seconds", "0")), 3600.0))
    except ValueError:
        return 0.0
