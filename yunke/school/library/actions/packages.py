"""QTI packages in and out of the library."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from yunke.craft.formats.qti.from_marking import from_marking
from yunke.craft.formats.qti.marking import NoCounterpart, to_marking
from yunke.craft.formats.qti.pack import write_package
from yunke.craft.formats.qti.package import LIMITS, read_package
from yunke.craft.formats.qti.values import Fault, Read, Version
from yunke.craft.formats.zips import ZipRefused, zip_open
from yunke.craft.marking.items import Item
from yunke.school.library.actions.questionmedia import MediumRefused, media_folder, medium_keep
from yunke.school.library.rules.intake import Brought, Found, NotUnderstood, draft_of
from yunke.school.library.rules.media import MEDIA_KINDS
from yunke.school.library.rules.outgoing import outgoing

# Without these a question would ask about something that nobody sees.
_SPOILS = frozenset({"media-missing", "include-round", "include-missing", "include-deep",
                     "stimulus-missing", "xml-entity", "xml-outside"})  # fmt: skip


def package_read(file: IO[bytes]) -> Found:
    """What a package holds; each item that was not understood by file and line. Raises
    ZipRefused. Memory: one XML file at a time, 8 MiB at most."""
    package = read_package(file)
    missing = [_told(fault) for fault in package.faults]
    brought: list[Brought] = []
    for read in package.items:
        missing += [_told(fault) for fault in read.faults]
        if any(fault.code in _SPOILS for fault in read.faults):
            missing.append(NotUnderstood(read.file, 0, "left-out", read.item.id))
            continue
        try:
            item = to_marking(read.item)
        except NoCounterpart as why:
            missing.append(NotUnderstood(read.file, 0, "no-counterpart", str(why)[:120]))
            continue
        if not item.prompt.strip():
            missing.append(NotUnderstood(read.file, 0, "no-prompt", read.item.id))
            continue
        brought.append(_brought(item, read))
    return Found(tuple(brought), tuple(missing))


def _brought(item: Item, read: Read) -> Brought:
    return draft_of(
        item, read.file, 0, media=tuple(read.item.media), faults=len(read.faults)
    )  # fmt: skip


def _told(fault: Fault) -> NotUnderstood:
    return NotUnderstood(fault.file, fault.line, fault.code, fault.detail[:120])


def media_kept(path: Path, found: Found) -> dict[str, str]:
    """Keeps the media of a package: name in it → name here. What is no medium stays out."""
    wanted = {name for one in found.brought for name in one.media}
    if not wanted:
        return {}
    kept: dict[str, str] = {}
    with path.open("rb") as file:
        try:
            archive = zip_open(file, LIMITS)
        except ZipRefused:
            return {}
        with archive:
            for entry in archive.infolist():
                name = entry.filename.replace("\\", "/")
                if name in wanted and Path(name.lower()).suffix in MEDIA_KINDS:
                    kept |= _one(archive, entry.filename, name)
    return kept


def _one(archive: ZipFile, entry: str, name: str) -> dict[str, str]:
    try:
        with archive.open(entry) as inside:
            return {name: medium_keep(inside, name)}
    except (MediumRefused, OSError, EOFError):
        return {}


def package_write(items: Sequence[Item], file: IO[bytes]) -> None:
    """The items as a package of QTI 3.0 with the media that their texts show."""
    out = []
    for item in items:
        told, media = outgoing(item)
        out.append(from_marking(told, media))

    def opened(name: str) -> IO[bytes] | None:
        place = media_folder() / Path(name).name
        return place.open("rb") if place.is_file() else None

    write_package(out, Version.V30, file, opened)
