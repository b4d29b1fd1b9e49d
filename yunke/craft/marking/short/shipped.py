"""The marker that comes with Yunke: arrays in one file, its hash beside it.

Trained on SciEntsBank (SemEval-2013 task 7, 3-way; CC BY-SA, so the file is CC BY-SA 4.0 too) by
``python -m yunke.craft.marking.short.train``; see CARD.md.
"""

import hashlib
import io
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yunke.craft.marking.short.head import Head
from yunke.craft.marking.short.marker import Marker
from yunke.craft.marking.short.values import Unusable

FILE = Path(__file__).with_name("marker.npz")
HASH = Path(__file__).with_name("marker.sha256")
_HEAD = ("mean", "scale", "slopes", "base", "offsets", "trust")


@cache
def shipped() -> Marker:
    """Raises Unusable where the file is not the one whose hash is known."""
    data = FILE.read_bytes()
    if hashlib.sha256(data).hexdigest() != HASH.read_text().strip():
        raise Unusable(f"{FILE.name} is not the file whose hash is known")
    return unpacked(data)


def packed(marker: Marker) -> bytes:
    """One file of arrays. A marker without a second head leaves that one's arrays out."""
    arrays: dict[str, NDArray] = {
        "labels": np.array(marker.labels),
        "words": np.array(list(marker.weights)),
        "weights": np.array(list(marker.weights.values()), np.float32),
        "spelled": marker.rarity[0].astype(np.float16),
        "worded": marker.rarity[1].astype(np.float16),
        "middle": marker.middle,
        "spread": marker.spread,
        "usual": marker.usual,
    }
    heads = {"reference": marker.by_reference, "neighbours": marker.by_neighbours}
    for name, head in heads.items():
        if head is not None:
            arrays |= {f"{name}.{part}": getattr(head, part) for part in _HEAD}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpacked(data: bytes) -> Marker:
    """The marker of a file that ``packed`` made. Never runs anything that the file holds."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        names = set(arrays.files)
        weights = dict(zip(arrays["words"].tolist(), arrays["weights"].tolist(), strict=True))
        heads = {
            name: Head(*(arrays[f"{name}.{part}"] for part in _HEAD))
            for name in ("reference", "neighbours")
            if f"{name}.mean" in names
        }
        return Marker(
            tuple(arrays["labels"].tolist()),
            weights,
            (arrays["spelled"].astype(np.float32), arrays["worded"].astype(np.float32)),
            arrays["middle"],
            arrays["spread"],
            arrays["usual"],
            heads["reference"],
            heads.get("neighbours"),
        )
