"""The film's sound: voices in a room, with chalk on the board. float32, one channel, RATE."""

from __future__ import annotations

import wave
from functools import lru_cache
from pathlib import Path

import numpy as np

from .marks import Pen
from .speech import Sound
from .timeline import Plan
from .values import FPS, RATE

ROOM = 10 ** (-50 / 20)
CHALK = 10 ** (-44 / 20)
ECHOES = ((0.011, 0.16), (0.019, 0.11), (0.031, 0.07), (0.047, 0.04))
SEED = 7


def mixed(plan: Plan) -> Sound:
    """Everything that is heard, frames / FPS seconds long."""
    length = plan.frames * RATE // FPS
    voices = np.zeros(length, np.float32)
    for one in plan.spoken:
        if one.sound is not None:
            add(voices, one.sound, one.at * RATE // FPS)
    heard = echoed(voices) + room_noise(length)
    for drawn in plan.drawn:
        if isinstance(drawn.mark, Pen) and drawn.mark.kind != "grid":
            add(heard, chalk_stroke(max(1, drawn.mark.frames)), drawn.at * RATE // FPS)
    return np.asarray(np.clip(heard, -0.98, 0.98), np.float32)


def add(track: Sound, sound: Sound, at: int) -> None:
    """Add a sound to the track at a sample, in place; what would run over the end is dropped."""
    end = min(len(track), at + len(sound))
    track[at:end] += sound[: end - at]


def echoed(voices: Sound) -> Sound:
    """A few early reflections, over within 50 ms, so that turn ends stay where they are."""
    heard = voices.copy()
    for delay, share in ECHOES:
        shift = int(delay * RATE)
        heard[shift:] += voices[:-shift] * np.float32(share)
    return heard


def room_noise(length: int) -> Sound:
    """Soft low noise at ROOM, the same on every run; eight seconds of it, repeated."""
    return np.resize(room_loop(), length)


@lru_cache(maxsize=1)
def room_loop() -> Sound:
    """Eight seconds of noise with the highs taken away."""
    raw = np.random.default_rng(SEED).standard_normal(8 * RATE)
    spectrum = np.fft.rfft(raw)
    pitch = np.fft.rfftfreq(len(raw), 1 / RATE)
    spectrum *= 1 / np.sqrt(1 + (pitch / 300) ** 2)
    noise = np.fft.irfft(spectrum, len(raw))
    return np.asarray(noise * ROOM / noise.std(), np.float32)


@lru_cache(maxsize=64)
def chalk_stroke(frames: int) -> Sound:
    """A pen's soft scratch lasting `frames` film frames."""
    count = frames * RATE // FPS
    raw = np.random.default_rng(SEED + frames).standard_normal(count)
    bright = np.diff(raw, prepend=0.0)
    swell = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (RATE * 0.03))
    return np.asarray(bright / max(bright.std(), 1e-9) * swell * CHALK, np.float32)


def save_wave(track: Sound, path: Path) -> None:
    """Write 16-bit WAV."""
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((track * 32767).astype(np.int16).tobytes())
