"""Folders as OMRChecker has them: pictures under a template, templates that serve folders below."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from yunke.craft.marking.sheets.omrchecker import Steps, steps_of
from yunke.craft.marking.sheets.trouble import BadTemplate

RASTER = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"})
PICTURES = RASTER | {".heic", ".heif", ".avif", ".pdf"}


def sheets_in(folder: Path, above: Path | None = None) -> Iterator[tuple[str, str]]:
    """(template, picture) pairs under ``folder``, sorted; a template serves the folders below."""
    own_one = folder / "template.json"
    template = own_one if own_one.is_file() else above or _template_above(folder)
    inside = sorted(folder.iterdir())
    if template is not None:
        own = _named(template)
        for path in inside:
            if path.suffix.lower() in PICTURES and path.is_file() and path.resolve() not in own:
                yield str(template), str(path)
    for path in inside:
        if path.is_dir() and not path.is_symlink():
            yield from sheets_in(path, template)


def _template_above(folder: Path) -> Path | None:
    """A folder of pictures alone belongs to the template of the folder that holds it."""
    above = folder.resolve().parent / "template.json"
    return above if above.is_file() else None


@lru_cache(maxsize=64)
def _named(template: Path) -> frozenset[Path]:
    """Pictures that the template itself uses: they are no sheets."""
    told = [steps for path in (template, *_others(template)) for steps in _steps(path)]
    names = {name for steps in told for name in (steps.marker, steps.reference) if name}
    return frozenset((template.parent / name).resolve() for name in names)


def _others(template: Path) -> list[Path]:
    """Templates for the same pictures, read by another step."""
    return sorted(template.parent.glob("template?*.json"))


def _steps(path: Path) -> list[Steps]:
    """None where it is no template; its pictures say so when they are read."""
    try:
        return [steps_of(json_of(path))]
    except BadTemplate:
        return []


def json_of(path: Path) -> dict[str, object]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise BadTemplate(f"{path.name}: {wrong}") from wrong
    if not isinstance(told, dict):
        raise BadTemplate(f"{path.name} is no object")
    return told
