"""The hashes of the chain, on plain values."""

import hashlib
import json
from typing import Any

START = "0" * 64


def sealed_of(salt: str, reason: str, detail: dict[str, Any]) -> str:
    """Commits to the reason and the detail without showing them (both can be emptied later)."""
    return _digest([salt, reason, detail])


def hash_of(before: str, fact: dict[str, Any], sealed: str) -> str:
    """The hash of a line: the hash before it, its facts, and its sealed detail."""
    return _digest([before, fact, sealed])


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
