"""A QTI package: every item in it that can be understood, and all that was not, by file and line.

The archive is looked at before a byte is unpacked (``formats.zips``); nothing is ever written to a
path that it names. What is wrong with one item never keeps the others out.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from lxml import etree

from yunke.craft.formats.qti.cartridge import read_quiz
from yunke.craft.formats.qti.read import ItemRefused, read_item
from yunke.craft.formats.qti.rich import within
from yunke.craft.formats.qti.values import Fault, Item, Read
from yunke.craft.formats.qti.xml import (
    LARGEST,
    XmlRefused,
    everywhere,
    name,
    said,
    tree_of,
)
from yunke.craft.formats.zips import ZipLimits, zip_open

LIMITS = ZipLimits(entries=20_000, each=1 << 30, whole=4 << 30)
MANIFEST = "imsmanifest.xml"
_XML = (".xml", ".qti")
_ITEM, _TEST, _OLD = "assessmentItem", "assessmentTest", "questestinterop"


@dataclass(frozen=True)
class Paper:
    """A test: its items' files in order."""

    id: str
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Package:
    """``items`` in the manifest's order; ``faults`` of the package and of what did not come in."""

    items: tuple[Read, ...]
    papers: tuple[Paper, ...]
    faults: tuple[Fault, ...]


def read_package(file: IO[bytes]) -> Package:
    """Raises ``zips.ZipRefused``. Memory: one XML file at a time, 8 MiB at most."""
    with zip_open(file, LIMITS) as archive:
        return _Reading(archive).package()


class _Reading:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.entries = {
            entry.filename.replace("\\", "/"): entry
            for entry in archive.infolist()
            if not entry.is_dir()
        }
        self.faults: list[Fault] = []
        self.items: list[Read] = []
        self.papers: list[Paper] = []

    def package(self) -> Package:
        for file in self._in_order():
            root = self._tree(file)
            if root is not None:
                self._one(root, file)
        if not self.items and not self.faults:
            self.faults.append(Fault("", 0, "empty"))
        return Package(tuple(_renumbered(self.items)), tuple(self.papers), tuple(self.faults))

    def _one(self, root: etree._Element, file: str) -> None:
        tag = name(root)
        if tag == _ITEM:
            self._item(root, file)
        elif tag == _TEST:
            self._paper(root, file)
        elif tag == _OLD:
            self._quiz(root, file)

    def _quiz(self, root: etree._Element, file: str) -> None:
        """The items of QTI 1.2. Canvas packs each quiz twice, so the same again stays out."""
        known = {_asks(read.item) for read in self.items}
        for one in read_quiz(root, file, self.entries.__contains__):
            if isinstance(one, Fault):
                self.faults.append(one)
            elif _asks(one.item) in known:
                self.faults.append(Fault(file, 0, "item-again", one.item.id))
            else:
                self.items.append(one)
                known.add(_asks(one.item))

    def _item(self, root: etree._Element, file: str) -> None:
        try:
            self.items.append(read_item(root, file, self.entries.__contains__, self._load))
        except ItemRefused as refused:
            self.faults += [Fault(file, refused.line, refused.code), *refused.faults]

    def _paper(self, root: etree._Element, file: str) -> None:
        found = [within(file, said(ref, "href")) for ref in everywhere(root, "assessmentItemRef")]
        files = tuple(place for place in found if place in self.entries and place is not None)
        self.papers.append(Paper(said(root, "identifier"), said(root, "title"), files))

    def _in_order(self) -> Iterator[str]:
        """XML files: those of the manifest in its order, then the others by name."""
        listed = list(dict.fromkeys(self._listed()))
        yield from (file for file in listed if file.lower().endswith(_XML))
        yield from sorted(
            file
            for file in self.entries.keys() - set(listed)
            if file.lower().endswith(_XML) and file.rsplit("/", 1)[-1] != MANIFEST
        )

    def _listed(self) -> Iterator[str]:
        """Files that the manifests name and that are there; the others are faults."""
        for manifest in sorted(self.entries):
            if manifest.rsplit("/", 1)[-1] != MANIFEST:
                continue
            root = self._tree(manifest)
            for element in () if root is None else everywhere(root, "resource", "file"):
                place = within(manifest, said(element, "href"))
                if place in self.entries and place is not None:
                    yield place
                elif said(element, "href"):
                    line = element.sourceline or 0
                    self.faults.append(
                        Fault(manifest, line, "resource-missing", said(element, "href"))
                    )

    def _tree(self, file: str) -> etree._Element | None:
        """The root of a file; None with a fault."""
        data = self._load(file)
        try:
            if data is None:
                raise XmlRefused("xml-large")
            return tree_of(data)
        except XmlRefused as refused:
            self.faults.append(Fault(file, refused.line, refused.code, refused.detail))
            return None

    def _load(self, file: str) -> bytes | None:
        """A file's bytes; None where there is none, or it is too large for XML."""
        entry = self.entries.get(file)
        if entry is None or entry.file_size > LARGEST:
            return None
        try:
            with self.archive.open(entry) as inside:
                return inside.read(LARGEST + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error):
            return None


def _asks(item: Item) -> tuple[object, ...]:
    """What an item asks and takes for right, whatever it is called and worth."""
    asked = ((one.id, one.kind, one.options, one.key.right) for one in item.interactions)
    return (item.body, *asked)


def _renumbered(items: list[Read]) -> Iterator[Read]:
    """Items with identifiers of their own: a second of the same name gets a number behind it."""
    seen: set[str] = set()
    for one in items:
        id_, number = one.item.id or "item", 1
        known = id_
        while known in seen:
            number += 1
            known = f"{id_}-{number}"
        seen.add(known)
        if known == one.item.id:
            yield one
            continue
        code = "item-twice" if one.item.id else "id-missing"
        told = Fault(one.file, 0, code, one.item.id)
        yield replace(one, item=replace(one.item, id=known), faults=(*one.faults, told))
