"""Consents of the demo city: some given, some refused, one child that wants to ask first."""

import importlib
from pathlib import Path

from django.db import transaction

from yunke.base.capability import has
from yunke.demo.city import City
from yunke.ground.consent.door import (
    Answer,
    Standing,
    Switch,
    answer_record,
    chosen_profile,
    consents,
    profile_sign,
    subject_of,
    switches_in,
)
from yunke.ground.people.door import guardians_of
from yunke.site.profile import profile_line, profile_note

# (who says it, about whom, switch, answer); the mother speaks for her children.
SAID = (
    ("mother", "child", "recording-video", "given"),
    ("child", "child", "recording-video", "given"),
    ("mother", "child", "recording-voice", "given"),
    ("child", "child", "recording-voice", "asking"),
    ("mother", "child", "display-photo", "refused"),
    ("mother", "brother", "display-photo", "given"),
    ("brother", "brother", "display-photo", "given"),
    ("mother", "brother", "pulse-wristband", "given"),
    ("brother", "brother", "pulse-wristband", "given"),
    ("mother", "brother", "recording-video", "refused"),
    ("teacher", "teacher", "pulse-wristband", "given"),
)
GRADES = {"child": 1, "brother": 5, "teacher": 0}
# Classes of whose families most, and not all, agreed to photos.
CLASSES = (("yinxing", 2, 1), ("yinxing", 3, 1))
WRISTBAND = Path(__file__).parent / "data" / "wristband.fit"


@transaction.atomic
def consents_write(city: City) -> int:
    """Write them once, by the room's own actions; gives how many answers."""
    _sign(city)
    profile = profile_line().key
    table = {switch.key: switch for switch in switches_in(profile)}
    photo = table["display-photo"]
    if consents(city.cast["brother"], photo.purpose, photo.kind):
        return 0
    said = 0
    for by, about, key, answer in SAID:
        if key in table:
            _say(city.cast[by], city.cast[about], GRADES[about], table[key], Answer(answer))
            said += 1
    for seat in CLASSES:
        said += _families(city.class_of(*seat).pupils, seat[1], photo)
    if has("wristband", profile):
        _wristbands(city)
    return said


def _families(pupils: list[int], grade: int, photo: Switch) -> int:
    """Every third family says no to photos on the wall."""
    tied = guardians_of(pupils)
    said = 0
    for number, child in enumerate(pupils):
        for guardian in sorted(tied.get(child, {}))[:1]:
            answer = Answer.REFUSED if number % 3 == 2 else Answer.GIVEN
            _say(guardian, child, grade, photo, answer)
            _say(child, child, grade, photo, answer)
            said += 2
    return said


def _say(by: int, about: int, grade: int, switch: Switch, answer: Answer) -> None:
    answer_record(
        by_id=by, subject=subject_of(about, is_staff=not grade, grade=grade), switch=switch,
        answer=answer, standing=Standing.SELF if by == about else Standing.GUARDIAN,
        language="zh-hans", version=switch.version, relation="" if by == about else "妈妈",
    )  # fmt: skip


def _wristbands(city: City) -> None:
    """A teacher's own run, for the reader to read. Only where the room is there at all."""
    sensing = importlib.import_module("yunke.insight.sensing.door")
    data = WRISTBAND.read_bytes()
    for who, about in (("teacher", "teacher"), ("mother", "brother")):
        sensing.pulse_bring(who_id=city.cast[who], person_id=city.cast[about], data=data)


def _sign(city: City) -> None:
    """The bureau answers for the profile; the name stands at the foot of every page."""
    agreed = chosen_profile()
    if agreed is None or not agreed.by:
        profile_sign(who_id=city.cast["city"], name="沈立言")
    profile_note()
