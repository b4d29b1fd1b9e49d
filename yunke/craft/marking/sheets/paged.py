"""Pictures of several pages: PDFs (PDFium) and the TIFFs of scanners, page by page."""

from collections.abc import Iterator

import numpy as np
import pypdfium2

from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.trouble import BadPicture
from yunke.craft.picture.pixels import SHARP_LONG, flat, gray_of, smaller
from yunke.craft.picture.plain import check_bytes, check_size, head_of, opened

MOST_PAGES = 500
PAGE_LONG = 2_000  # pixels of a PDF page's longer side
TIFF_STARTS = (b"II*\0", b"MM\0*")


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def is_paged(data: bytes) -> bool:
    """Whether there may be several pages: a PDF or a TIFF."""
    return is_pdf(data) or data[:4] in TIFF_STARTS


def pages_of(data: bytes) -> Iterator[Gray]:
    """Every page of a PDF or of a scanner's TIFF, or the one picture. Raises BadPicture."""
    if is_pdf(data):
        yield from _pdf_pages(data)
    elif data[:4] in TIFF_STARTS:
        yield from _tiff_pages(data)
    else:
        yield gray_of(data)


def _pdf_pages(data: bytes) -> Iterator[Gray]:
    check_bytes(data)
    try:
        with pypdfium2.PdfDocument(data) as document:
            _check_pages(len(document))
            for page in document:
                yield _rendered(page)
    except pypdfium2.PdfiumError as wrong:
        raise BadPicture(f"not a PDF that can be read: {wrong}") from wrong


def _tiff_pages(data: bytes) -> Iterator[Gray]:
    head_of(data)
    image = opened(data)
    frames = int(getattr(image, "n_frames", 1))
    _check_pages(frames)
    for frame in range(frames):
        try:
            image.seek(frame)
        except (EOFError, OSError, ValueError) as wrong:
            raise BadPicture("the picture is damaged") from wrong
        check_size(image.size, len(data))
        yield smaller(flat(image, colour=False), SHARP_LONG)


def _check_pages(pages: int) -> None:
    if pages > MOST_PAGES:
        raise BadPicture(f"{pages} pages, {MOST_PAGES} are allowed")


def _rendered(page: pypdfium2.PdfPage) -> Gray:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise BadPicture("a page without a size")
    scale = PAGE_LONG / max(width, height)
    pixels = page.render(scale=scale, grayscale=True).to_numpy()
    return np.ascontiguousarray(pixels.reshape(pixels.shape[0], pixels.shape[1]))
