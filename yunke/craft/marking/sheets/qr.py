"""The code of a sheet, read from a picture of it (ZXing)."""

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from yunke.craft.marking.sheets.canvas import Homography, warped
from yunke.craft.marking.sheets.code import Code, code_from
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import Gray, ink_of
from yunke.craft.marking.sheets.template import Box

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
CODE_PIXELS = 10.0  # a millimetre
CODE_ROOM = 4.0  # mm around the code


def code_at(gray: Gray, place: Homography, box: Box | None) -> Code | None:
    """The code where the template has it, pulled straight; else anywhere in the picture."""
    if box is None:
        return None
    room = CODE_ROOM
    moved = place @ np.array([[1, 0, box.x - room], [0, 1, box.y - room], [0, 0, 1.0]])
    area = Layout(box.width + 2 * room, box.height + 2 * room, ())
    flat = warped(gray, moved, area, CODE_PIXELS, 0)
    lit = cv2.bitwise_not(ink_of(flat, CODE_PIXELS * box.width / 2))
    return _code(flat) or _code(np.asarray(lit, np.uint8)) or code_in(gray)


def code_in(gray: Gray) -> Code | None:
    """One of our codes, wherever it stands in the picture."""
    return _code(gray)


def _code(gray: NDArray[np.uint8]) -> Code | None:
    for found in zxingcpp.read_barcodes(gray, formats=QR):
        code = code_from(found.text)
        if code is not None:
            return code
    return None
