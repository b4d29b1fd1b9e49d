"""From the printed sheet to the pupil's attempt: clear pages by themselves, doubts by a person."""

import pytest

from yunke.school.attempts.door import Of, attempt_opened, marks_of
from yunke.school.exams.models import DeskPiece, Doubt, ScanPage
from yunke.school.exams.tests.paper_makers import (
    photographed,
    printed,
    sent,
    sheet_of,
)
from yunke.school.exams.values.paper import PageState

pytestmark = pytest.mark.django_db


def test_a_photographed_sheet_goes_into_the_attempt_and_is_marked_by_rule() -> None:
    room = printed(pupils=2)
    pupil = room.pupils[0]
    sent(room, *photographed(room, pupil))
    assert sheet_of(room, pupil).entered_at is not None
    opened = attempt_opened(pupil.id, Of.EXAM, room.exam.id)
    assert opened is not None
    assert opened.submitted_at
    values = [opened.answers.get(question) for question in opened.order]
    assert values[:5] == ["A", "C", ["B", "D"], True, "12.5厘米"]
    assert all(set(value) == {"field"} for value in values[5:])
    marks = marks_of([opened.id])
    assert sum(mark.score for mark in marks if mark.score is not None) == 12
    assert DeskPiece.objects.filter(item__exam=room.exam).count() == 2
    assert not Doubt.objects.exists()
    assert {page.state for page in ScanPage.objects.all()} == {PageState.CLEAR}
