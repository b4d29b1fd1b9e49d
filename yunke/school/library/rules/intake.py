"""What a file of questions holds, as it was understood, and what was not. On plain values."""

import re
from dataclasses import dataclass, field
from typing import Any

from yunke.craft.marking.items import Item, item_to_json
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.values.questions import QuestionDraft

_SRC = re.compile(r'(<(?:img|audio|video|source)\b[^>]*? src=")([^"]+)("[^>]*?/?>)')


@dataclass(frozen=True)
class NotUnderstood:
    """``code`` of the reader, where it is, and what stands there."""

    file: str
    line: int
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Brought:
    """A question that was understood. ``item``: JSON of ``craft.marking.items``; ``media``: names
    in the package that its texts use. ``note``: its faults that left it whole.
    """

    item: dict[str, Any]
    file: str
    line: int
    subject: str = ""
    grade: int = 0
    points: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    code: str = ""
    faults: int = field(default=0)

    def draft(self, media: dict[str, str], *, origin: str) -> QuestionDraft:
        """``media``: package name → the name under which it is kept."""
        return QuestionDraft(
            item=_with_media(self.item, media), subject=self.subject, grade=self.grade,
            points=tuple(self.points), origin=origin, code=self.code,
        )  # fmt: skip


@dataclass(frozen=True)
class Found:
    brought: tuple[Brought, ...]
    missing: tuple[NotUnderstood, ...]


def draft_of(item: Item, file: str, line: int, **more: Any) -> Brought:
    return Brought(item_to_json(opaque(item)), file, line, **more)


def _with_media(told: Any, media: dict[str, str]) -> Any:
    """The JSON with the addresses of kept media; what was not kept leaves its description."""
    if isinstance(told, dict):
        return {name: _with_media(value, media) for name, value in told.items()}
    if isinstance(told, list):
        return [_with_media(value, media) for value in told]
    return _SRC.sub(lambda hit: _address(hit, media), told) if isinstance(told, str) else told


def _address(hit: "re.Match[str]", media: dict[str, str]) -> str:
    kept = media.get(hit[2].replace("&amp;", "&"))
    if kept:
        return f"{hit[1]}media/{kept}{hit[3]}"
    alt = re.search(r' alt="([^"]*)"', hit[0])
    return alt[1] if alt else ""
