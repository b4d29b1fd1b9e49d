"""What a desk may hold: ink within measure, a word within its length. On plain values."""

from typing import Any

MOST_MARKS, MOST_POINTS, LONGEST_WORD = 400, 4000, 1000
STAMPS = ("tick", "cross", "half", "star", "flower", "again")
COLOURS = ("red", "blue", "green")


def kept(sent: Any) -> bool:
    """Can every database keep the texts in it? NUL and halves of letters are none."""
    if isinstance(sent, str):
        return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in sent)
    if isinstance(sent, dict):
        return all(kept(name) and kept(one) for name, one in sent.items())
    return all(kept(one) for one in sent) if isinstance(sent, list) else True


def ink_of(sent: Any) -> dict[str, list[dict[str, Any]]] | None:
    """The ink as it is kept; None for what is none.

    ``{picture id: [{"kind": "line", "colour": "red", "points": [[x, y], …]} |
    {"kind": "stamp", "stamp": "tick", "at": [x, y]} | {"kind": "text", "text": "…", "at": …}]}``,
    places from 0 to 1 of width and height, kept to four digits.
    """
    if not isinstance(sent, dict) or len(sent) > 40:
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for picture, drawn in sent.items():
        if not (isinstance(picture, str) and picture.isdecimal() and len(picture) < 19):
            return None
        if not isinstance(drawn, list) or len(drawn) > MOST_MARKS:
            return None
        kept = [_mark(one) for one in drawn]
        if any(one is None for one in kept):
            return None
        found[picture] = [one for one in kept if one is not None]
    return found


def _mark(one: Any) -> dict[str, Any] | None:
    if not isinstance(one, dict):
        return None
    match one.get("kind"):
        case "line":
            points = one.get("points")
            if not isinstance(points, list) or not 1 <= len(points) <= MOST_POINTS:
                return None
            kept = [_place(point) for point in points]
            colour = one.get("colour")
            if any(point is None for point in kept) or colour not in COLOURS:
                return None
            return {"kind": "line", "colour": colour, "points": kept}
        case "stamp":
            at, stamp = _place(one.get("at")), one.get("stamp")
            return {"kind": "stamp", "stamp": stamp, "at": at} if at and stamp in STAMPS else None
        case "text":
            at, text = _place(one.get("at")), one.get("text")
            if at is None or not isinstance(text, str) or not 0 < len(text.strip()) <= 200:
                return None
            return {"kind": "text", "text": text.strip(), "at": at}
    return None


def _place(point: Any) -> list[float] | None:
    if not isinstance(point, list) or len(point) != 2:
        return None
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in point):
        return None
    if not all(0 <= n <= 1 for n in point):
        return None
    return [round(float(n), 4) for n in point]
