"""A person is erased: nothing of homework is left, no row and no file, and others keep theirs."""

from pathlib import Path
from typing import Any

import pytest

from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.privacy.actions.erase import erase_run
from yunke.ground.privacy.actions.wishes import erase_ask, erase_decide
from yunke.ground.privacy.models import Wish
from yunke.school.attempts.door import marks_of
from yunke.school.homework.actions.own import group_save, phrase_add
from yunke.school.homework.models import (
    Desk,
    GroupMember,
    Hint,
    Homework,
    HomeworkFor,
    Phrase,
    Returned,
    Signature,
    Voice,
)
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> None:
    settings.LAKE_ROOT = tmp_path / "lake"


def erase(somebody: Person, *, by: Person, decider: Person) -> None:
    wish = erase_ask(who_id=by.id, person_id=somebody.id, reason="不想留")
    erase_decide(wish_id=wish, who_id=decider.id, given=True)
    erase_run(Wish.objects.get(id=wish))


def lived(people: Cast, row: Homework, child: Person) -> None:
    """A pupil of whom homework holds something everywhere."""
    asked = row.questions.order_by("position")[0].question_id
    makers.begun(row, child)
    path = f"/homework/{row.id}/record/{asked}"
    spoken = makers.WEBM + str(child.id).encode()
    answer = signed_in(child).post(path, {"file": makers.recording(spoken), **once()})
    assert answer.status_code == 200
    attempt = makers.handed_in(row, child)
    note = {"file": makers.recording(spoken + b"note"), **once()}
    teacher = signed_in(people.teacher)
    assert teacher.post(f"/homework/{row.id}/mark/{attempt}/voice", note).status_code == 200
    makers.save(people.teacher, row, attempt, word="读得好")
    copy = makers.copy_of(row, child)
    Hint.objects.create(
        reply_id=marks_of([attempt])[0].reply_id, copy=copy, label="correct", confidence=0.5
    )
    makers.marked(attempt, people.teacher)
    makers.returned(row, people.teacher)
    Signature.objects.create(copy=copy, guardian=people.guardian, name="家长")


def held(child: Person) -> dict[str, int]:
    """How many rows of each kind are about the pupil."""
    of_copy = (Returned, Signature, Desk, Voice, Hint)
    found = {one.__name__: one.objects.filter(copy__pupil=child).count() for one in of_copy}
    found["HomeworkFor"] = HomeworkFor.objects.filter(pupil=child).count()
    found["GroupMember"] = GroupMember.objects.filter(pupil=child).count()
    return found


def test_with_a_pupil_goes_every_row_and_recording_and_the_others_stay(media: Path) -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.spoken()])
    first, second = people.pupils[:2]
    for child in (first, second):
        lived(people, row, child)
    group_save(
        teacher_id=people.teacher.id, class_id=people.one.id, name="甲",
        pupils=[first.id, second.id],
    )  # fmt: skip
    before = held(second)
    assert held(first) == before
    assert all(before.values())
    files = {Path(one.file).name for one in Voice.objects.filter(copy__pupil=second)}
    erase(first, by=people.guardian, decider=people.admin)
    assert not any(held(first).values())
    assert held(second) == before
    assert {one.name for one in media.rglob("homework/*/*") if one.is_file()} == files
    assert row.copies.count() == 2


def test_with_a_teacher_go_the_phrases_and_the_homework_is_the_classs() -> None:
    people = makers.cast()
    row = makers.homework(people)
    phrase_add(teacher_id=people.teacher.id, text="字写得好")
    erase(people.teacher, by=people.teacher, decider=people.admin)
    row.refresh_from_db()
    assert row.teacher_id is None
    assert row.copies.count() == 3
    assert not Phrase.objects.exists()
    told = signed_in(people.pupil).get(f"/homework/{row.id}")
    assert told.status_code == 200
    assert "任课老师" not in told.content.decode()
