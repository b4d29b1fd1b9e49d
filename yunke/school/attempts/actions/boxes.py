"""Boxes of unsent answers that another session carried: opened, and stored for whose they are."""

import hashlib
from datetime import datetime

import msgspec
from django.db import transaction

from yunke.base.trouble import Refused
from yunke.school.attempts.actions.saving import attempt_save, attempt_submit
from yunke.school.attempts.reads.keys import permitted, server_box
from yunke.school.attempts.rules.arrivals import instant_of
from yunke.school.attempts.rules.boxes import BoxBroken, box_open
from yunke.school.attempts.rules.ticks import From, proof_of
from yunke.school.attempts.values import Sent

LARGEST = 256 * 1024


class _Given(msgspec.Struct):
    question: int
    seq: int
    value: msgspec.Raw = msgspec.Raw(b"null")
    written: datetime | None = None


class _Content(msgspec.Struct):
    """What lies in a box. ``hand_in``: the key of a submission that did not get through, or ""."""

    permit: str
    answers: list[_Given] = []
    device: str = ""
    tick: str = ""
    lines: list[str] = []
    sign: str = ""
    hand_in: str = ""


_content = msgspec.json.Decoder(_Content)


def boxes_take(boxes: dict[str, bytes]) -> list[str]:
    """Store what is in the boxes; gives the names of those that the device may throw away.

    Whose answers they are stands in the box under the server's own seal, so nobody can put words
    into another's mouth, and who carries them learns nothing. What cannot be opened or does not
    belong anywhere is thrown away too. 4 to 7 queries a box.
    """
    for box in boxes.values():
        _take(box)
    return sorted(boxes)


def _take(box: bytes) -> None:
    if len(box) > LARGEST:
        return
    try:
        content = _content.decode(box_open(server_box(), box))
    except (BoxBroken, msgspec.DecodeError):
        return
    whose = permitted(content.permit)
    if whose is None:
        return
    try:
        with transaction.atomic():
            _store(*whose, content)
    except (Refused, msgspec.DecodeError):
        return


def _store(person_id: int, attempt_id: int, content: _Content) -> None:
    answers = [
        Sent(one.question, msgspec.json.decode(one.value), one.seq, instant_of(one.written),
             hashlib.sha256(bytes(one.value)).hexdigest())
        for one in content.answers
    ]  # fmt: skip
    device = content.device if content.device.isascii() and content.device.isalnum() else ""
    by = From(device[:32], proof_of(content.tick, content.lines, content.sign))
    if content.hand_in:
        attempt_submit(who_id=person_id, attempt_id=attempt_id, answers=answers,
                       key=content.hand_in[:64], by=by)  # fmt: skip
    else:
        attempt_save(who_id=person_id, attempt_id=attempt_id, answers=answers, by=by)
