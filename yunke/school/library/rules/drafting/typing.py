"""What somebody typed, fit or not, in the shape of ``fields_of``: a refused form shows it again."""

from typing import Any

from yunke.school.library.rules.drafting.fields import Fields

_ROWS = {
    "options": ("option", ("id", "text", "cause")),
    "blanks": ("blank", ("id", "kind", "accepted", "unit")),
    "pairs": ("pair", ("left", "right")),
    "known": ("known", ("left", "right", "cause")),
    "results": ("result", ("text", "cause", "blank")),
    "criteria": ("criterion", ("text", "points")),
}  # fmt: skip


def typed_of(fields: Fields) -> dict[str, Any]:
    """Field → text; rows as lists of dicts."""
    found: dict[str, Any] = {name: fields.one(name) for name in fields.sent}
    for name, (before, parts) in _ROWS.items():
        rows = fields.rows(*(f"{before}_{part}" for part in parts))
        found[name] = [dict(zip(parts, row, strict=True)) for row in rows if any(row)]
    right = set(fields.many("right"))
    for row in found["options"]:
        row["right"] = row["id"] in right
    closed = set(fields.many("blank_closed"))
    for at, row in enumerate(found["blanks"], 1):
        row["closed"] = str(at) in closed
    found["any_order"] = fields.one("any_order") == "1"
    found["media"] = fields.many("media")
    found["points"] = fields.many("points")
    return found
