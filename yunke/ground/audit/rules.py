"""The hashes of the chain, on plain values."""

import hashlib
import json
import re
from datetime import datetime
from typing import Any

START = "0" * 64
WORD = re.compile(r"[a-z0-9_.]{0,40}")
# Between the parts of what is hashed: no part can hold it.
BETWEEN = "\x1f"
# A line's nine facts between the hash before and the sealed part.
_LINE = BETWEEN.join(["%s"] * 11)
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def sealed_of(salt: str, reason: str, detail: dict[str, Any]) -> str:
    """Commits to the reason and the detail without showing them (both can be emptied later)."""
    return sealed_text(salt, reason, detail)


def sealed_text(salt: str, reason: str, detail: dict[str, Any] | str) -> str:
    """The same, for a detail that may still be the database's JSON text."""
    if isinstance(detail, str):
        detail = json.loads(detail)
    told = _ENCODE([salt, reason, detail])
    return hashlib.sha256(told.encode()).hexdigest()


def at_text(at: datetime | str) -> str:
    """An instant as it is hashed; SQLite gives "2026-11-22 00:30:50[.123456]", in UTC."""
    if not isinstance(at, str):
        return at.isoformat(timespec="microseconds")
    fraction = at[19:] or ".000000"
    return f"{at[:10]}T{at[11:19]}{fraction}+00:00"


def hash_of(before: str, fact: tuple[Any, ...], sealed: str) -> str:
    """The hash of a line: the hash before it, its facts in their order, and its sealed part."""
    text = _LINE % (before, *fact, sealed)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A detail as both databases give it back: no NUL, and fractions as text."""
    match value:
        case float():
            return f"{value:.6g}"
        case str():
            return value.replace("\0", "")
        case dict():
            return {plain(str(key)): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case None | bool() | int():
            return value
    return plain(str(value))


def is_word(text: str) -> bool:
    """Kinds and roles are words of the code, never typed by people."""
    return WORD.fullmatch(text) is not None


def code_of(hash: str) -> str:
    """The short code of a checkpoint that people can write down: "7F3A-09BC-51DE"."""
    head = hash[:12].upper()
    return f"{head[:4]}-{head[4:8]}-{head[8:]}"


def code_read(typed: str) -> str:
    """What a typed code begins a hash with; "" for what cannot be one."""
    found = re.sub(r"[^0-9a-f]", "", typed.lower())
    return found if len(found) == 12 else ""
