"""Is it slides: a PDF that draws, or a PPTX that is no bomb?"""

import resource
import zipfile
from pathlib import Path, PurePosixPath

import pypdfium2
from PIL import Image

from yunke.craft.formats.examine.deck import NoDeck, deck_of
from yunke.craft.formats.examine.slides import draw
from yunke.craft.formats.examine.verdict import Verdict
from yunke.craft.formats.sniff import HEAD, Found, sniff

MOST_PAGES = 600
PICTURE_PIXELS = 1280
# Pages are drawn as pictures until this much processor time is spent.
PICTURE_SECONDS = 8.0
MOST_ENTRIES = 10_000
MOST_UNPACKED = 2 << 30
MOST_RATIO = 200


def examine_courseware(path: Path, out: Path | None) -> Verdict:
    """Look at ``path``; write ``page-001.jpg`` and on, and ``poster.jpg``, into ``out``."""
    with path.open("rb") as file:
        found = sniff(file.read(HEAD))
    if found == Found.PDF:
        return _pdf(path, out)
    if found == Found.ZIP:
        return _pptx(path, out)
    if found == Found.OLE:
        return Verdict("old-slides", found)
    return Verdict("empty" if found == Found.EMPTY else "not-courseware", found)


def _pdf(path: Path, out: Path | None) -> Verdict:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as trouble:
        return Verdict("locked" if "password" in str(trouble).lower() else "broken", Found.PDF)
    if not pypdfium2.raw.FPDF_DocumentHasValidCrossReferenceTable(document):
        return Verdict("broken", Found.PDF)
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        return Verdict("many-pages" if pages else "broken", Found.PDF)
    drawn, until = 0, _spent() + PICTURE_SECONDS
    while out and drawn < pages and (drawn == 0 or _spent() < until):
        if not _draw(document, drawn, out):
            break
        drawn += 1
    if out and not drawn:
        return Verdict("broken", Found.PDF)
    return Verdict(found=Found.PDF, pages=pages, pictures=drawn, poster=bool(drawn))


def _spent() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def _draw(document: pypdfium2.PdfDocument, index: int, out: Path) -> bool:
    """One page as a JPEG; its longest side is ours, whatever size the page declares."""
    try:
        page = document[index]
        longest = max(page.get_size())
        if longest <= 0:
            return False
        picture = page.render(scale=PICTURE_PIXELS / longest).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return False
    _keep(picture, index, out)
    return True


def _pptx(path: Path, out: Path | None) -> Verdict:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Verdict("broken", Found.ZIP)
    names = [entry.filename for entry in entries]
    reason = _dangerous(entries) or _unsafe_names(names)
    if reason:
        return Verdict(reason, Found.ZIP)
    if "ppt/presentation.xml" not in names or "[Content_Types].xml" not in names:
        return Verdict("not-courseware", Found.ZIP)
    if any(name.endswith("vbaProject.bin") for name in names):
        return Verdict("macros", Found.ZIP)
    slides = [n for n in names if n.startswith("ppt/slides/slide") and n.endswith(".xml")]
    if not slides:
        return Verdict("broken", Found.ZIP)
    drawn = _draw_slides(path, out) if out and len(slides) <= MOST_PAGES else 0
    pages = max(len(slides), drawn)
    return Verdict(found="pptx", pages=pages, pictures=drawn, poster=bool(drawn))


def _draw_slides(path: Path, out: Path) -> int:
    """The slides as pictures, as many as the time allows; 0 when none can be drawn."""
    drawn, until = 0, _spent() + PICTURE_SECONDS
    try:
        with zipfile.ZipFile(path) as archive:
            deck = deck_of(archive)
            while drawn < len(deck.slides) and (drawn == 0 or _spent() < until):
                _keep(draw(deck, drawn), drawn, out)
                drawn += 1
    except (NoDeck, zipfile.BadZipFile, OSError, ValueError, MemoryError):
        return drawn
    return drawn


def _keep(picture: Image.Image, index: int, out: Path) -> None:
    picture.save(out / f"page-{index + 1:03}.jpg", quality=82)
    if index == 0:
        picture.resize((640, max(1, 640 * picture.height // picture.width))).save(
            out / "poster.jpg", quality=82
        )


def _dangerous(entries: list[zipfile.ZipInfo]) -> str:
    """Weighs what the directory declares; nothing is unpacked."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        return "bomb"
    return "bomb" if unpacked > MOST_RATIO * max(packed, 1024) else ""


def _unsafe_names(names: list[str]) -> str:
    if len(set(names)) != len(names):
        return "unsafe-names"
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
            return "unsafe-names"
    return ""
