"""Work that a teacher describes in a sentence becomes questions of the library, like any other."""

import uuid
from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from yunke.craft.marking.items import (
    HandwritingKey,
    Item,
    Key,
    PracticalKey,
    ReadingKey,
    RecitationKey,
    SignedKey,
    item_to_json,
)
from yunke.school.homework.values import AskedFor, Task
from yunke.school.library.door import QuestionDraft, questions_add

POINTS = Fraction(10)


def tasks_write(
    tasks: Sequence[tuple[Task, str]], *, who_id: int, school_id: int, subject: str, grade: int
) -> tuple[AskedFor, ...]:
    """A question for each task, in order."""
    drafts = [
        QuestionDraft(
            item=item_to_json(Item("item", prompt_of(*one), key_of(*one), points=POINTS)),
            subject=subject, grade=grade, origin="homework", code=f"hw-{uuid.uuid4().hex}",
        )
        for one in tasks
    ]  # fmt: skip
    known = questions_add(who_id, school_id, drafts) if drafts else {}
    return tuple(AskedFor(known[draft.code], POINTS) for draft in drafts)


def prompt_of(task: Task, text: str) -> str:
    """What the pupil reads: the teacher's words, or what the task is."""
    if task in {Task.READING, Task.RECITATION}:
        return _("大声朗读，录下来。") if task is Task.READING else _("背下来，录给老师听。")
    return (
        text
        or {
            Task.PAPER: _("在本子上做，把每一页拍下来。"),
            Task.HANDWRITING: _("写好以后拍下来。"),
            Task.PRACTICAL: _("做好以后拍照或者录一段视频。"),
            Task.SIGNED: _("做完以后请家长签字。"),
        }[task]
    )


def key_of(task: Task, text: str) -> Key:
    match task:
        case Task.READING:
            return ReadingKey(text)
        case Task.RECITATION:
            return RecitationKey(text)
        case Task.PRACTICAL:
            return PracticalKey(("photo", "video"))
        case Task.SIGNED:
            return SignedKey(text or _("孩子完成了这项任务。"))
        case Task.PAPER:
            return PracticalKey(("photo",))
        case Task.HANDWRITING:
            return HandwritingKey("")
