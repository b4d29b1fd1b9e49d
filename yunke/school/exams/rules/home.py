"""A home exam: what a grown-up looks at before, and what makes a code right."""

import hmac
from datetime import datetime, timedelta

# Before the start: each is checked off on the guardian's own phone. (key, 中文, English, icon)
CHECKS = (
    ("table", "桌上只有笔、草稿纸和考试用的设备", "Only pens, scrap paper and the exam's device "
     "on the table", "table"),
    ("power", "设备有电，网络连得上", "The device is charged and online", "battery-charging"),
    ("quiet", "房间安静，没有人在旁边讲题", "The room is quiet, nobody explains anything",
     "volume-x"),
    ("phones", "别的手机、手表、词典放远了", "Other phones, watches and dictionaries are away",
     "smartphone"),
    ("ready", "孩子喝过水，去过洗手间", "The child had some water and went to the toilet", "smile"),
)  # fmt: skip
# After the hand-in: what the grown-up says of how it went.
SAYS = (
    ("alone", "孩子自己做的，我没有提示", "The child worked alone, I gave no hints"),
    ("time", "按时开始，按时交卷", "Started and ended on time"),
    ("photos", "写在纸上的我都拍了", "I photographed everything that was written on paper"),
)
MOST_MISSES = 10
DIGITS = 6
# Minutes after the hand-in within which the pages written by hand are photographed.
PHOTO_MINUTES = 15


def all_checked(checks: dict[str, object]) -> bool:
    return all(checks.get(key) is True for key, *_words in CHECKS)


def code_shows(checked: bool, starts_at: datetime, at: datetime) -> bool:
    """The start code is on the guardian's phone only from the start on, with the list done."""
    return checked and at >= starts_at


def code_right(given: str, code: str) -> bool:
    """Full-width digits and blanks are forgiven; compared in constant time."""
    plain = "".join(str(int(c)) for c in given if c.isdecimal())
    return bool(code) and hmac.compare_digest(plain.encode(), code.encode())


def photos_until(submitted_at: datetime) -> datetime:
    """Until when the guardian may photograph what was written by hand."""
    return submitted_at + timedelta(minutes=PHOTO_MINUTES)
