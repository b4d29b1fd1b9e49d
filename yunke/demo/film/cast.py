"""Who speaks: synthetic voices by name, recorded ones by the corpus's speaker number."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from .script import EVERYONE, TEACHER

# Speakers of speechocean762 at or above this age take the teacher's part.
GROWN_UP = 18


@dataclass(frozen=True)
class Voice:
    """A speaker; `timbre` is an espeak-ng variant, `lift` > 1 makes the voice a child's."""

    name: str
    name_zh: str
    name_en: str
    role: str
    timbre: str = "f2"
    pitch: int = 50
    speed: int = 145
    lift: float = 1.0


TEACHERS = MappingProxyType({
    "lin": Voice("lin", "林老师", "Ms Lin", "teacher", "f2", 46, 142),
    "chen": Voice("chen", "陈老师", "Mr Chen", "teacher", "m3", 44, 145),
    "zhao": Voice("zhao", "赵老师", "Ms Zhao", "teacher", "f5", 42, 140),
    "wu": Voice("wu", "吴老师", "Mr Wu", "teacher", "m7", 48, 145),
})  # fmt: skip
PUPILS = MappingProxyType({
    "xiaoyu": Voice("xiaoyu", "小雨", "Xiaoyu", "pupil", "f2", 62, 128, 1.17),
    "dami": Voice("dami", "大米", "Dami", "pupil", "m3", 78, 128, 1.19),
    "anan": Voice("anan", "安安", "An'an", "pupil", "f4", 66, 126, 1.2),
    "lele": Voice("lele", "乐乐", "Lele", "pupil", "m1", 82, 130, 1.16),
})  # fmt: skip
CHORUS = ("xiaoyu", "dami", "anan")


def voice_of(who: str, cast: str, ages: dict[str, int]) -> Voice:
    """The voice behind a beat's `who`; `ages` gives years by recorded speaker number."""
    if who == TEACHER:
        return TEACHERS[cast]
    if who == EVERYONE:
        return Voice(EVERYONE, "全班", "Everyone", "pupil")
    if who in PUPILS:
        return PUPILS[who]
    age = ages[who.removeprefix("voice-")]
    if age >= GROWN_UP:
        return Voice(who, "领读老师", "Reader", "teacher")
    return Voice(who, "同学", "Pupil", "pupil")
