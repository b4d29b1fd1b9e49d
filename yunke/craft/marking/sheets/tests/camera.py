"""A phone's photograph of a page: angle, table, shadow, curl, blur, noise, JPEG. All by a seed."""

import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Paper = NDArray[np.float32]


@dataclass(frozen=True)
class Shot:
    """How a photograph is taken. Lengths in shares of the picture, angles in degrees."""

    width: int = 1500
    height: int = 2000
    tilt: float = 0.06
    turn: float = 0.0
    fill: float = 0.85
    shadow: float = 0.4
    light: float = 0.9
    blur: float = 0.7
    motion: int = 0
    noise: float = 0.015
    curl: float = 0.002
    quality: int = 85
    shift: tuple[float, float] = (0.0, 0.0)
    table: float = 0.25


def photograph(paper: Paper, shot: Shot, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The page on a table, as pixels (h, w, 3)."""
    size = (shot.width, shot.height)
    curled = _curled(paper, shot, rng)
    place = _place(curled, shot, rng)
    page = cv2.warpPerspective(curled, place, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones_like(curled), place, size)
    table = _table(shot, rng)
    seen: NDArray[Any] = (page * mask + table * (1 - mask)) * _light(shot, rng)
    if shot.blur > 0:
        seen = cv2.GaussianBlur(seen, (0, 0), shot.blur)
    if shot.motion > 1:
        kernel = np.zeros((shot.motion, shot.motion), np.float32)
        kernel[shot.motion // 2] = 1 / shot.motion
        seen = cv2.filter2D(seen, -1, kernel)
    seen = seen + rng.normal(0, shot.noise, seen.shape).astype(np.float32)
    tint = np.array([0.92, 0.97, 1.0], np.float32)
    return np.asarray(np.clip(seen[..., None] * tint * 255, 0, 255), np.uint8)


def jpeg(pixels: NDArray[np.uint8], quality: int = 85) -> bytes:
    return bytes(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def saved(pixels: NDArray[np.uint8], kind: str, **more: object) -> bytes:
    """The pixels in any format that Pillow writes."""
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(out, format=kind, **more)
    return out.getvalue()


def _curled(paper: Paper, shot: Shot, rng: np.random.Generator) -> Paper:
    if shot.curl == 0:
        return paper
    height, width = paper.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    phase = rng.uniform(0, 2 * np.pi, 2)
    off = shot.curl * height
    moved_x = x + off * np.sin(2 * np.pi * y / height * 0.8 + phase[0]).astype(np.float32)
    moved_y = y + off * np.sin(2 * np.pi * x / width * 0.7 + phase[1]).astype(np.float32)
    return np.asarray(
        cv2.remap(paper, moved_x, moved_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def _place(paper: Paper, shot: Shot, rng: np.random.Generator) -> NDArray[np.float64]:
    height, width = paper.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    angle = np.deg2rad(shot.turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centred = (corners - corners.mean(axis=0)) @ spin.T
    reach = np.abs(centred).max(axis=0)
    grow = shot.fill * min(shot.width / 2 / reach[0], shot.height / 2 / reach[1])
    bent = rng.uniform(-shot.tilt, shot.tilt, (4, 2)) * min(shot.width, shot.height) / 2
    middle = np.array([shot.width * (0.5 + shot.shift[0]), shot.height * (0.5 + shot.shift[1])])
    to = (centred * grow + middle + bent).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, to), np.float64)


def _table(shot: Shot, rng: np.random.Generator) -> Paper:
    grain = rng.normal(0, 1, (shot.height // 8, shot.width // 8)).astype(np.float32)
    rough = cv2.resize(cv2.GaussianBlur(grain, (0, 0), 2), (shot.width, shot.height))
    return np.asarray(np.clip(shot.table + 0.15 * rough, 0, 1), np.float32)


def _light(shot: Shot, rng: np.random.Generator) -> Paper:
    """A slow gradient and a soft edge of a shadow across the picture."""
    y, x = np.mgrid[0 : shot.height, 0 : shot.width].astype(np.float32)
    angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.2)
    side = (x / shot.width - 0.5) * np.cos(angle) + (y / shot.height - 0.5) * np.sin(angle)
    edge = 1 / (1 + np.exp(-(side - offset) / 0.03))
    slope = 1 - 0.25 * (side + 0.5)
    return np.asarray(shot.light * slope * (1 - shot.shadow * edge), np.float32)
