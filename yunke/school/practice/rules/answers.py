"""Answers as one line, so that alike answers can be counted together."""

import json
from typing import Any

LONGEST = 200


def short(value: Any) -> str:
    """An answer as one line; alike answers give alike lines."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()[:LONGEST]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ",".join(sorted(value))[:LONGEST]
    return json.dumps(value, ensure_ascii=False, sort_keys=True)[:LONGEST]


def kept(value: Any) -> bool:
    """Can every database keep it? Not NUL, half of a pair, or a number beyond numbers."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError):
        return False
    return "\\u0000" not in text
