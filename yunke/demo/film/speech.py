"""Voices as sound: espeak-ng run as a separate program, and recorded clips read through ffmpeg.

Sound is a float32 array, one channel, RATE samples a second, speech level about -19 dBFS.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import subprocess
import wave
from functools import lru_cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

from .cast import CHORUS, PUPILS, Voice
from .script import EVERYONE
from .values import RATE

Sound = NDArray[np.float32]

VOICES = Path(__file__).with_name("voices")
PROGRAM = "espeak-ng"
LEVEL = 10 ** (-19 / 20)
PEAK = 0.85
QUIET = 0.012
SIGNS = str.maketrans("，。？！；：、“”《》（）…—", ',.?!;,,""""()..')
# Letters inside Chinese speech, spelt so that the Mandarin voice says their usual names.
SPELT = {
    "a": "ei1",
    "b": "bi4",
    "c": "sei1",
    "x": "ai1 ke4 si5",
    "y": "wai1",
    "π": "pai4",
    "A": "ei1",
    "B": "bi4",
    "C": "sei1",
    "O": "ou1",
    "r": "a4",
    "S": "ai1 si5",
}


@lru_cache(maxsize=1)
def espeak_version() -> str:
    """The program's version line; empty when it is not installed."""
    if not shutil.which(PROGRAM):
        return ""
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False)
    return said.stdout.split("Data at")[0].strip()


@lru_cache(maxsize=1)
def recorded() -> dict[str, dict[str, str]]:
    """Rows of voices/index.tsv by clip name: file, speaker, age, gender, text."""
    with (VOICES / "index.tsv").open(encoding="utf-8", newline="") as table:
        return {row["clip"]: row for row in csv.DictReader(table, delimiter="\t")}


def ages() -> dict[str, int]:
    """Age in years by recorded speaker number."""
    return {row["speaker"]: int(row["age"]) for row in recorded().values()}


def speak(text: str, language: str, voice: Voice) -> Sound | None:
    """One sentence by a synthetic voice, trimmed and levelled; None without espeak-ng."""
    if not espeak_version():
        return None
    if voice.name == EVERYONE:
        return together([levelled(raw_speech(text, language, PUPILS[name])) for name in CHORUS])
    return levelled(raw_speech(text, language, voice))


@lru_cache(maxsize=4096)
def raw_speech(text: str, language: str, voice: Voice) -> Sound:
    """espeak-ng's own samples; a child's voice is spoken slower and then played faster."""
    named, words = ("cmn-latn-pinyin", syllables(text)) if language == "zh" else ("en-gb", text)
    order = [
        PROGRAM,
        "-v",
        f"{named}+{voice.timbre}",
        "-p",
        str(voice.pitch),
        "-s",
        str(voice.speed),
        "--stdout",
    ]
    told = subprocess.run(order, input=words.encode(), capture_output=True, check=True)
    with wave.open(io.BytesIO(told.stdout)) as sound:
        samples = floats(sound.readframes(2**31 - 1))
    return faster(samples, voice.lift) if voice.lift != 1 else samples


def syllables(text: str) -> str:
    """Chinese -> pinyin with tone numbers: the program's own dictionary lacks many characters."""
    parts = lazy_pinyin(
        text.translate(SIGNS),
        style=Style.TONE3,
        neutral_tone_with_five=True,
        tone_sandhi=True,
        errors=spelt,
    )
    return " ".join(parts)


def spelt(rest: str) -> Any:
    """Letters by their names, signs as they are; a list, whatever the library's types say."""
    return [SPELT.get(sign, sign) for sign in rest]


@lru_cache(maxsize=256)
def clip_sound(clip: str) -> Sound:
    """A recorded clip, trimmed and levelled."""
    order = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        str(VOICES / f"{clip}.flac"),
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        str(RATE),
        "-",
    ]
    read = subprocess.run(order, capture_output=True, check=True)
    return levelled(floats(read.stdout))


def floats(data: bytes) -> Sound:
    """16-bit samples -> -1 to 1."""
    return np.asarray(np.frombuffer(data, np.int16) / np.float32(32768), np.float32)


def levelled(samples: Sound) -> Sound:
    """Silence cut at both ends, then the loud parts brought to LEVEL without clipping."""
    size = RATE // 100
    count = max(1, len(samples) // size)
    frames = np.sqrt(np.square(samples[: count * size].reshape(count, -1)).mean(axis=1))
    loud = np.flatnonzero(frames > max(frames.max() * QUIET * 3, 1e-5))
    if not loud.size:
        return samples
    kept = samples[max(0, loud[0] - 2) * size : (loud[-1] + 3) * size]
    active = frames[frames > frames.max() * 0.1]
    louder = kept * np.float32(LEVEL / np.sqrt(np.square(active).mean()))
    return np.asarray(np.tanh(louder / PEAK) * PEAK, np.float32)


def faster(samples: Sound, factor: float) -> Sound:
    """Play faster by `factor`: pitch and formants rise together."""
    at = np.arange(0, len(samples) - 1, factor)
    return np.asarray(np.interp(at, np.arange(len(samples)), samples), np.float32)


def together(voices: list[Sound]) -> Sound:
    """Several voices at once, each a little later than the one before, as a class speaks."""
    late = RATE // 18
    mixed = np.zeros(max(len(v) + i * late for i, v in enumerate(voices)), np.float32)
    for i, one in enumerate(voices):
        mixed[i * late : i * late + len(one)] += one * np.float32(0.62)
    return mixed


def fingerprint() -> str:
    """A short hash of everything outside the code that changes how voices sound."""
    known = hashlib.sha256(espeak_version().encode())
    known.update((VOICES / "index.tsv").read_bytes())
    return known.hexdigest()[:16]
