"""What may be uploaded, and in which order a lesson comes about."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from yunke.school.library.values import AssetKind, Reach, Standing

ENDINGS: dict[str, tuple[str, ...]] = {
    AssetKind.VIDEO: (
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".flv", ".wmv", ".mpg", ".mpeg", ".ts",
        ".mts", ".m2ts", ".3gp",
    ),
    AssetKind.COURSEWARE: (".pdf", ".pptx"),
    AssetKind.CAPTIONS: (".vtt", ".srt"),
}  # fmt: skip
LIMITS = {AssetKind.COURSEWARE: 300 << 20, AssetKind.CAPTIONS: 4 << 20}
LANGUAGES = ("zh", "en")
LONGEST_NAME = 255


def reaches(reach: str, school_id: int, county_id: int, standing: Standing) -> bool:
    """Does a published lesson of this school and county reach who stands there? Default: no."""
    match reach:
        case Reach.CITY:
            return True
        case Reach.COUNTY:
            return county_id in standing.counties
        case Reach.SCHOOL:
            return school_id in standing.schools
    return False


@dataclass(frozen=True)
class Chosen:
    """A file as the browser describes it before the first byte."""

    kind: str
    name: str
    size: int
    language: str = ""


def ending(name: str) -> str:
    return PurePosixPath(name.lower()).suffix


def largest(kind: str, limit: int) -> int:
    return min(limit, LIMITS.get(AssetKind(kind), limit))


def refused_at_choosing(chosen: Chosen, *, limit: int, kept: int, quota: int) -> str:
    """The reason to refuse a file by its description alone; "" to go on.

    ``limit``: largest upload, ``kept``: bytes that the teacher keeps already, ``quota``: how many
    that may be; all in bytes.
    """
    if chosen.kind not in ENDINGS:
        return "unknown-kind"
    if not chosen.name or len(chosen.name) > LONGEST_NAME or not chosen.name.isprintable():
        return "bad-name"
    if ending(chosen.name) not in ENDINGS[chosen.kind]:
        return f"not-{chosen.kind}"
    if chosen.kind == AssetKind.CAPTIONS and chosen.language not in LANGUAGES:
        return "no-language"
    return refused_by_size(chosen, limit=limit, kept=kept, quota=quota)


def refused_by_size(chosen: Chosen, *, limit: int, kept: int, quota: int) -> str:
    if chosen.size <= 0:
        return "empty"
    if chosen.size > largest(chosen.kind, limit):
        return "too-large"
    return "over-quota" if kept + chosen.size > quota else ""


def parsed_reason(text: str) -> tuple[str, int, int]:
    """``"overlap:6:3"`` → ("overlap", 6, 3): a code and the lines that it names."""
    code, _, lines = text.partition(":")
    line, _, other = lines.partition(":")
    return code, int(line or 0), int(other or 0)
