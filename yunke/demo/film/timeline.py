"""From a script to exact times: which mark starts at which frame, who speaks from which second."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from .cast import Voice, voice_of
from .marks import Mark
from .script import Beat, Lesson, Page
from .speech import Sound, ages, clip_sound, espeak_version, recorded, speak
from .values import FPS, RATE, Cue, Turn

LEAD, GAP, OPENING, CLOSING = 3, 6, 8, 18
SENTENCE_GAP = 0.28
# Seconds a sentence would take, for lessons on a machine without a speech program.
PER_CHARACTER = {"zh": 0.24, "en": 0.07}


@dataclass(frozen=True)
class Drawn:
    """A mark on the film: its first frame, page, item of the script, place in that item."""

    mark: Mark
    at: int
    page: int
    item: int
    order: int

    @property
    def done(self) -> int:
        """The frame on which the mark is complete."""
        return self.at + max(1, self.mark.frames) - 1


@dataclass(frozen=True)
class Spoken:
    """Sound in frames [at, until); the board names the voice meanwhile."""

    at: int
    until: int
    voice: Voice
    sound: Sound | None


@dataclass(frozen=True)
class Leaf:
    """A page on the film: frames [start, end) and its items' texts by item number."""

    start: int
    end: int
    title_zh: str
    title_en: str
    items: tuple[tuple[int, str, str], ...]


@dataclass
class Plan:
    """A film laid out in time; `frames` is its length."""

    frames: int = 0
    drawn: list[Drawn] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    silent: int = 0
    items: int = 0


def planned(lesson: Lesson) -> Plan:
    """Lay the whole lesson out."""
    plan = Plan()
    for number, page in enumerate(lesson.pages):
        lay_page(plan, lesson, page, number)
    return plan


def lay_page(plan: Plan, lesson: Lesson, page: Page, number: int) -> None:
    """One page: its opening breath, its beats, its closing look."""
    start = plan.frames
    plan.frames += OPENING
    items: list[tuple[int, str, str]] = []
    for beat in page.beats:
        lay_beat(plan, lesson, beat, number, items)
    plan.frames += CLOSING
    plan.leaves.append(Leaf(start, plan.frames, page.title_zh, page.title_en, tuple(items)))


def lay_beat(
    plan: Plan, lesson: Lesson, beat: Beat, page: int, items: list[tuple[int, str, str]]
) -> None:
    """Talk and drawing start together; the next beat waits for both."""
    start = plan.frames
    heard = lay_talk(plan, lesson, beat) if beat.text else start
    at = start + LEAD if beat.text else start
    for item in beat.draw:
        for order, mark in enumerate(item.marks(lesson.look)):
            plan.drawn.append(Drawn(mark, at, page, plan.items, order))
            at += mark.frames + mark.rest
        items.append((plan.items, item.text, type(item).__name__))
        plan.items += 1
        at += 1
    plan.frames = max(heard, at) + round(beat.wait * FPS) + GAP


def lay_talk(plan: Plan, lesson: Lesson, beat: Beat) -> int:
    """Speak a beat sentence by sentence; gives the frame after the last sound."""
    voice = voice_of(beat.who, lesson.cast, ages())
    others = pieces(beat.other)
    texts = [beat.text] if beat.clip else pieces(beat.text)
    if len(others) != len(texts):
        texts, others = [beat.text], [beat.other]
    at = plan.frames
    for text, other in zip(texts, others, strict=True):
        sound = clip_sound(beat.clip) if beat.clip else speak(text, lesson.film.language, voice)
        seconds = len(sound) / RATE if sound is not None else guess(text, lesson.film.language)
        until = at + math.ceil(seconds * FPS)
        plan.spoken.append(Spoken(at, until, voice, sound))
        plan.cues.append(Cue(at / FPS, at / FPS + seconds, text, other))
        if sound is not None:
            plan.turns.append(turn_of(beat, voice, text, other, at / FPS, seconds))
        else:
            plan.silent += 1
        at = until + round(SENTENCE_GAP * FPS)
    return until


def turn_of(beat: Beat, voice: Voice, text: str, other: str, start: float, seconds: float) -> Turn:
    """The record of one utterance."""
    if beat.clip:
        source = f"speechocean762/{recorded()[beat.clip]['file']}"
        return Turn(
            start,
            start + seconds,
            voice.name,
            voice.role,
            "recorded",
            text,
            other,
            source,
            beat.question,
        )
    source = f"{espeak_version()}, variant {voice.timbre}"
    asked = beat.question and text.rstrip().endswith(("？", "?"))
    return Turn(
        start, start + seconds, voice.name, voice.role, "synthetic", text, other, source, asked
    )


def guess(text: str, language: str) -> float:
    """About how long a sentence takes to say, seconds."""
    return 0.4 + len(text) * PER_CHARACTER[language]


def pieces(text: str) -> list[str]:
    """Sentences of a text, Chinese or English, each with its closing sign."""
    return [
        p.strip() for p in re.split(r"(?<=[。！？；])(?![”’])|(?<=[.!?;])\s+", text) if p.strip()
    ]
