"""Items to a QTI package: one file each, stimuli once, a manifest, media under their own names."""

import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO
from xml.sax.saxutils import quoteattr

from yunke.craft.formats.qti.package import MANIFEST
from yunke.craft.formats.qti.values import Item, Stimulus, Version
from yunke.craft.formats.qti.write import item_xml, stimulus_xml

# Media by name: opened for reading, or None where there is no such file.
Media = Callable[[str], IO[bytes] | None]
_TYPES = {
    Version.V21: ("imsqti_item_xmlv2p1", "", "imscp_v1p1", "QTIv2.1 Package"),
    Version.V22: (
        "imsqti_item_xmlv2p2",
        "imsqti_stimulus_xmlv2p2",
        "imscp_v1p1",
        "QTIv2.2 Package",
    ),
    Version.V30: (
        "imsqti_item_xmlv3p0",
        "imsqti_stimulus_xmlv3p0",
        "qti/qtiv3p0/imscp_v1p1",
        "QTI Package",
    ),
}
_STAMP = (2020, 1, 1, 0, 0, 0)  # the same items make the same bytes
_COPIED = 1 << 20


def write_package(
    items: Sequence[Item], version: Version, file: IO[bytes], media: Media
) -> tuple[str, ...]:
    """Writes the zip; returns the names of media that ``media`` did not have.

    Media keep their names, so items lie in ``items/`` and stimuli in ``stimuli/`` unless a medium
    has such a name, which then comes first.
    """
    names = sorted({name for item in items for name in item.media})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        stimuli = {} if version is Version.V21 else _stimuli(items)
        files = _files(items, names)
        beside = {one: f"../{place}" for one, place in stimuli.items()}
        for item, name in zip(items, files, strict=True):
            _put(archive, name, item_xml(item, version, "../", beside))
        for stimulus, place in stimuli.items():
            _put(archive, place, stimulus_xml(stimulus, version, "../"))
        copied = {name for name in names if _copied(archive, name, media)}
        listed = [
            (file, sorted(copied.intersection(item.media)))
            for file, item in zip(files, items, strict=True)
        ]
        _put(archive, MANIFEST, _manifest(listed, stimuli, version))
    return tuple(name for name in names if name not in copied)


def _stimuli(items: Iterable[Item]) -> dict[Stimulus, str]:
    """Every different stimulus and its file; identifiers are strangers', so files are numbered."""
    different = dict.fromkeys(one for item in items for one in item.stimuli)
    return {one: f"stimuli/stimulus-{number:04d}.xml" for number, one in enumerate(different, 1)}


def _files(items: Sequence[Item], taken: Sequence[str]) -> list[str]:
    """A file name for each item: its identifier where that is a plain name, else its number."""
    used = {name.casefold() for name in taken}
    files = []
    for number, item in enumerate(items, 1):
        name = f"items/{item.id}.xml"
        if not re.fullmatch(r"[\w.-]{1,80}", item.id) or name.casefold() in used:
            name = f"items/item-{number:05d}.xml"
        used.add(name.casefold())
        files.append(name)
    return files


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _copied(archive: zipfile.ZipFile, name: str, media: Media) -> bool:
    """Copies a medium piece by piece; False where there is none."""
    source = media(name)
    if source is None:
        return False
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with source, archive.open(entry, "w", force_zip64=True) as out:
        while piece := source.read(_COPIED):
            out.write(piece)
    return True


def _manifest(
    items: Iterable[tuple[str, Iterable[str]]], stimuli: dict[Stimulus, str], version: Version
) -> bytes:
    """``items``: each file and its media."""
    kind, shared, space, schema = _TYPES[version]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<manifest xmlns="http://www.imsglobal.org/xsd/{space}" identifier="MANIFEST">',
        f"<metadata><schema>{schema}</schema><schemaversion>{version.value}.0</schemaversion>",
        "</metadata><organizations/><resources>",
    ]
    for number, (file, media) in enumerate(items, 1):
        lines.append(_resource(f"R{number}", kind, file, media))
    for number, place in enumerate(stimuli.values(), 1):
        lines.append(_resource(f"S{number}", shared, place, ()))
    return "\n".join([*lines, "</resources></manifest>"]).encode()


def _resource(id_: str, kind: str, file: str, media: Iterable[str]) -> str:
    inside = "".join(f"<file href={quoteattr(name)}/>" for name in (file, *media))
    return f'<resource identifier="{id_}" type="{kind}" href={quoteattr(file)}>{inside}</resource>'
