"""The command. It and ``folders.py`` are the only modules here that read files."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import cv2

from yunke.craft.marking.sheets.folders import PICTURES, json_of, sheets_in
from yunke.craft.marking.sheets.foreign import Foreign, foreign_from, read_foreign_gray
from yunke.craft.marking.sheets.omrchecker import steps_of
from yunke.craft.marking.sheets.paged import pages_of
from yunke.craft.marking.sheets.parsing import template_from
from yunke.craft.marking.sheets.reader import read_pages
from yunke.craft.marking.sheets.reading import SheetReading
from yunke.craft.marking.sheets.template import Template
from yunke.craft.marking.sheets.trouble import WORDS, BadPicture, BadTemplate
from yunke.craft.marking.sheets.twice import twice
from yunke.craft.picture.plain import MOST_BYTES

Work = TypeVar("Work")

WORTH = 4  # pictures a process, before a second one is started
UNUSABLE = 2


@dataclass(frozen=True)
class Told:
    """What one file gave: its pages, or the reason for none."""

    file: str
    readings: tuple[SheetReading, ...] = ()
    reason: str = ""


def main(words: Sequence[str]) -> int:
    """Prints the lines; returns the exit code."""
    _alone()
    asked = _asked(words)
    try:
        told = list(_own(asked) if asked.template else _foreign(Path(asked.omrchecker), asked.jobs))
    except (BadTemplate, OSError) as wrong:
        print(f"sheets: {' '.join(str(wrong).split())}", file=sys.stderr)
        return UNUSABLE
    for line in _lines(told):
        print(line)
    for one in told:
        if one.reason:
            print(f"sheets: {one.file}: {one.reason}", file=sys.stderr)
    return UNUSABLE if any(one.reason for one in told) else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m yunke.craft.marking.sheets")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--template", help="a template of ours, JSON")
    which.add_argument("--omrchecker", metavar="DIR", help="a folder of OMRChecker")
    parser.add_argument("--jobs", type=int, default=0, help="processes; all cores by default")
    parser.add_argument("images", nargs="*", metavar="IMAGE")
    return parser.parse_args(list(words))


def _own(asked: argparse.Namespace) -> list[Told]:
    ours = isinstance(_template(asked.template), Template)
    told = list(_spread(partial(_one, asked.template), list(_files(asked.images)), asked.jobs))
    if not ours:
        return told
    settled = iter(twice([reading for one in told for reading in one.readings]))
    return [replace(one, readings=tuple(next(settled) for _ in one.readings)) for one in told]


def _files(names: Iterable[str]) -> Iterator[str]:
    """The files named, and for a folder the pictures in it, sorted."""
    for name in names:
        if Path(name).is_dir():
            inside = sorted(Path(name).iterdir())
            yield from (str(p) for p in inside if p.suffix.lower() in PICTURES and p.is_file())
        else:
            yield name


@lru_cache(maxsize=8)
def _template(path: str) -> Template | Foreign:
    """Either kind of template. Read once a process: it is not sent along with every picture."""
    told = json_of(Path(path))
    if not {"fieldBlocks", "pageDimensions"} & told.keys():
        return template_from(Path(path).read_text(encoding="utf-8"))
    steps = steps_of(told)
    beside = {name: Path(path).parent / name for name in (steps.marker, steps.reference) if name}
    return foreign_from(told, {n: _bytes(file) for n, file in beside.items() if file.is_file()})


def _one(template: str, name: str) -> Told:
    """What can be read of a file is told, even where a later page cannot."""
    readings: list[SheetReading] = []
    try:
        data, kind = _bytes(Path(name)), _template(template)
        if isinstance(kind, Template):
            readings.extend(read_pages(data, kind))
        else:
            readings.extend(read_foreign_gray(gray, kind) for gray in pages_of(data))
    except (BadPicture, BadTemplate, OSError) as wrong:
        return Told(name, tuple(readings), _reason(wrong))
    return Told(name, tuple(readings))


def _foreign(folder: Path, jobs: int) -> Iterator[Told]:
    if not folder.is_dir():
        raise BadTemplate(f"{folder} is no folder")
    work = list(sheets_in(folder))
    if not work:
        raise BadTemplate(f"no template.json with pictures under {folder}")
    yield from _spread(partial(_one_foreign, str(folder)), work, jobs)


def _one_foreign(folder: str, work: tuple[str, str]) -> Told:
    template, name = work
    return replace(_one(template, name), file=Path(name).relative_to(folder).as_posix())


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise BadPicture(f"{size} bytes, {MOST_BYTES} are allowed")
    return path.read_bytes()


def _reason(wrong: Exception) -> str:
    told = wrong.strerror or str(wrong) if isinstance(wrong, OSError) else str(wrong)
    return " ".join(told.split())


def _spread(one: Callable[[Work], Told], work: Sequence[Work], jobs: int) -> Iterator[Told]:
    """``one`` of each, in order, by several processes where there is enough to do."""
    cores = jobs if jobs > 0 else len(os.sched_getaffinity(0))
    cores = min(cores, len(work) // WORTH)
    if cores < 2:
        yield from map(one, work)
        return
    with ProcessPoolExecutor(cores, initializer=_alone) as pool:
        yield from pool.map(one, work, chunksize=2)


def _alone() -> None:
    """A process is a core: threads of the libraries would only get in each other's way."""
    cv2.setNumThreads(1)


def _lines(told: Iterable[Told]) -> Iterator[str]:
    """A line a page; what cannot be used has one too, so that lines and files agree."""
    for one in told:
        pages = len(one.readings) + bool(one.reason)
        for page, reading in enumerate(one.readings, start=1):
            name = one.file if pages == 1 else f"{one.file}#{page}"
            yield _dump({"file": name, **_reading(reading)})
        if one.reason:
            name = one.file if pages == 1 else f"{one.file}#{pages}"
            unread: dict[str, object] = {"pupil": None, "answers": {}, "needs_person": []}
            yield _dump({"file": name, **unread, "quality": {"refused": one.reason}})


def _reading(reading: SheetReading) -> dict[str, object]:
    quality: dict[str, object] = asdict(reading.quality)
    if reading.page is not None:
        quality["page"] = reading.page
    quality["refused"] = WORDS[reading.refused] if reading.refused else None
    quality["problems"] = [problem.value for problem in reading.problems]
    quality["words"] = list(reading.words)
    return {
        "pupil": reading.pupil,
        "answers": dict(reading.answers),
        "needs_person": list(reading.needs_person),
        "quality": quality,
    }


def _dump(told: dict[str, object]) -> str:
    """One line. A file name that is no text is told with escapes, which JSON reads back."""
    line = json.dumps(told, ensure_ascii=False)
    return line.encode("utf-8", "backslashreplace").decode()
