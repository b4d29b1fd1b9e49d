"""The accounts that a visitor of the demo may try: ``demo.json``, read by the sign-in page."""

import json
from pathlib import Path
from typing import Any

from yunke.demo.cast import CAST, PASSWORD, PICTURES, TOTP, VISITORS, Part, Visitor
from yunke.demo.city import City


def visitors_write(folder: Path, city: City) -> None:
    """Write ``demo.json``, whole or not at all."""
    part = folder / "demo.json.part"
    entries = [visitor_of(visitor, city) for visitor in VISITORS]
    part.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(folder / "demo.json")


def visitor_of(visitor: Visitor, city: City) -> dict[str, Any]:
    part = part_of(visitor.key, city)
    pictures = visitor.way == "child"
    return {
        "key": visitor.key,
        "person_id": city.cast[visitor.key],
        "who_zh": visitor.who_zh,
        "who_en": visitor.who_en,
        "way": visitor.way,
        "login": part.login,
        "password": "" if pictures else PASSWORD,
        "code": _code(city, part.seat) if pictures else "",
        "animal": part.animal,
        "pictures": list(PICTURES) if pictures else [],
        "totp": TOTP if part.totp else "",
        "note_zh": visitor.note_zh,
        "note_en": visitor.note_en,
    }


def part_of(key: str, city: City) -> Part:
    """Somebody of the cast, or of those who got a part without a name of their own."""
    named = next((part for part in CAST if part.key == key), None)
    if named is not None:
        return named
    row = next(row for row in city.roster.persons if row.id == city.cast[key])
    return Part(key, row.kind, row.name, row.login)


def _code(city: City, seat: tuple[str, int, int]) -> str:
    class_id = city.class_of(*seat).id
    return next(row.code for row in city.roster.classes if row.id == class_id)
