"""The only source of test rows of attempts: questions of many kinds, attempts at every stage."""

import itertools
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.conf import settings

from yunke.craft.marking.items import (
    Blank,
    BlanksKey,
    Choice,
    ChoiceKey,
    FormulaKey,
    HandwritingKey,
    Item,
    Key,
    LongTextKey,
    MultipleKey,
    NumberKey,
    TextKey,
    TrueFalseKey,
    item_to_json,
)
from yunke.ground.people.models import Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.opening import attempt_open
from yunke.school.attempts.actions.saving import attempt_save, attempt_submit
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.attempts.rules.ticks import From
from yunke.school.attempts.tests.pictures import jpeg
from yunke.school.attempts.values import Of, Sent
from yunke.school.library.models import Question

_numbers = itertools.count(1)
OPTIONS = (Choice("A", "1", "off-by-one"), Choice("B", "2"), Choice("C", "3"), Choice("D", "4"))


def question(key: Key | None = None, *, stem: str = "1 + 1 = ?", points: int = 1) -> Question:
    """A question of the library with its item; a choice whose right option is B by default."""
    number = next(_numbers)
    chosen = key or ChoiceKey(OPTIONS, "B")
    item = Item(f"a{number}", stem, chosen, Fraction(points))
    options = [{"id": o.id, "text": o.text} for o in getattr(chosen, "options", ())]
    return Question.objects.create(
        code=f"attempt-q{number}", kind=item.kind.value, stem=stem, stem_en="1 + 1 = ?",
        options=options, item=item_to_json(item), subject="maths", grade=3,
    )  # fmt: skip


def choices(count: int) -> list[Question]:
    return [question() for _ in range(count)]


def every_kind() -> dict[str, Question]:
    """One of each that a pupil types or taps."""
    return {
        "choice": question(),
        "multiple": question(MultipleKey(OPTIONS, ("A", "B"))),
        "true-false": question(TrueFalseKey(True), stem="对吗？"),
        "number": question(NumberKey("12.5", unit="米"), stem="多长？", points=2),
        "blanks": question(BlanksKey((Blank("1", text=TextKey(("春",))),)), stem="____ 眠不觉晓"),
        "formula": question(FormulaKey(("x^2-1",)), stem="展开"),
        "long-text": question(LongTextKey(), stem="写一段话", points=10),
        "handwriting": question(HandwritingKey(""), stem="抄写"),
    }


def pupil() -> tuple[Person, SchoolClass]:
    """A pupil in a class of a school of its own."""
    school = people.org("school", "河东小学", people.org("county", "河东县"))
    own = people.school_class(school, grade=3)
    return people.pupil(own), own


def attempt(
    questions: list[Question] | None = None, *, by: Person | None = None,
    own: SchoolClass | None = None, of: Of = Of.HOMEWORK, of_id: int = 0,
    ends_at: datetime | None = None, due_at: datetime | None = None,
) -> Attempt:  # fmt: skip
    """An open attempt; three choice questions unless others are given."""
    if by is None:
        by, own = pupil()
    asked = questions if questions is not None else choices(3)
    number = attempt_open(
        person_id=by.id, class_id=own.id if own else 0, school_id=own.school_id if own else 0,
        of=of, of_id=of_id or next(_numbers), order=[q.id for q in asked], ends_at=ends_at,
        due_at=due_at, title="第三课练习",
    )  # fmt: skip
    return Attempt.objects.get(id=number)


def sent(row: Attempt, values: dict[int, Any], *, seq: int = 1) -> list[Sent]:
    """Answers by place (0, 1, …), with the same sequence number."""
    return [Sent(row.order[place], value, seq) for place, value in values.items()]


def saved(
    row: Attempt, values: dict[int, Any], *, seq: int = 1, device: str = ""
) -> dict[str, Any]:
    return attempt_save(
        who_id=row.person_id, attempt_id=row.id, answers=sent(row, values, seq=seq),
        by=From(device=device),
    )  # fmt: skip


def submitted(
    row: Attempt, values: dict[int, Any] | None = None, *, seq: int = 1, key: str = ""
) -> dict[str, Any]:
    return attempt_submit(
        who_id=row.person_id, attempt_id=row.id, answers=sent(row, values or {}, seq=seq),
        key=key or f"key-{next(_numbers):012}",
    )  # fmt: skip


def photo(row: Attempt, *, question_id: int = 0) -> Photo:
    """A photograph's row with its file."""
    number = f"{next(_numbers):032x}"
    name = f"attempts/{row.id}/{number}.jpg"
    place = Path(settings.MEDIA_ROOT) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(jpeg())
    return Photo.objects.create(
        attempt=row, question_id=question_id or None, file=name, width=48, height=32,
        size=place.stat().st_size, sha256=number * 2,
    )  # fmt: skip
