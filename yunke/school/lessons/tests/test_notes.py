"""Notes are one's own, survive, and can come back after a deletion."""

import pytest
from django.db import transaction

from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, signed_in
from yunke.school.lessons.actions import note_delete, note_save
from yunke.school.lessons.actions.notes import MOST
from yunke.school.lessons.models import Note
from yunke.school.lessons.reads.watching import notes_of
from yunke.school.lessons.tests.makers import noted, taught, where

pytestmark = pytest.mark.django_db


def test_notes_stand_in_the_order_of_the_video() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row, "后面", at=50)
    noted(people.pupil, row, "前面", at=3)
    assert [n.text for n in notes_of(people.pupil.id, row.id)] == ["前面", "后面"]
    assert list(Event.objects.values_list("verb", flat=True)) == ["note.saved"] * 2


def test_the_log_knows_that_a_note_was_written_but_not_its_words() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row, "我的秘密")
    event = Event.objects.get()
    assert "秘密" not in f"{event.title}{event.result}"
    assert event.result == {"at": 12, "letters": 4}


def test_a_changed_note_keeps_its_id() -> None:
    people, row = cast(), taught()
    first = noted(people.pupil, row, "一")
    second = note_save(
        **where(people.pupil), lesson_id=row.id, at=9, text="二", note_id=first["id"]
    )
    assert second["id"] == first["id"]
    assert [(n.at, n.text) for n in notes_of(people.pupil.id, row.id)] == [(9.0, "二")]


def test_another_persons_note_is_not_there() -> None:
    people, row = cast(), taught()
    mine = noted(people.pupil, row)
    other = where(people.pupils[1])
    with pytest.raises(Refused) as refused, transaction.atomic():
        note_save(**other, lesson_id=row.id, at=1, text="改", note_id=mine["id"])
    assert refused.value.status == 404
    note_delete(**other, note_id=mine["id"])
    assert Note.objects.get().text == "静夜思"


def test_deleting_twice_is_deleting_once() -> None:
    people, row = cast(), taught()
    mine = noted(people.pupil, row)
    for _ in range(2):
        assert note_delete(**where(people.pupil), note_id=mine["id"])["deleted"] is True
    assert Event.objects.filter(verb="note.deleted").count() == 1


@pytest.mark.parametrize(
    ("text", "at"),
    [("", 1), ("  \n ", 1), (None, 1), ("x" * 1001, 1), ("好", -1), ("好", "x"), ("好", None)],
)
def test_empty_long_and_misplaced_notes_are_refused(text: object, at: object) -> None:
    people, row = cast(), taught()
    with pytest.raises(Refused) as refused, transaction.atomic():
        note_save(**where(people.pupil), lesson_id=row.id, at=at, text=text)
    assert refused.value.status == 422
    assert Note.objects.count() == 0


def test_a_lesson_does_not_take_notes_without_end() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row)
    kept = Note.objects.get()
    Note.objects.bulk_create(
        Note(person_id=kept.person_id, lesson=row, at_second=1, text="x", changed_at=kept.made_at)
        for _ in range(MOST - 1)
    )
    with pytest.raises(Refused), transaction.atomic():
        noted(people.pupil, row, "多一条")


def test_saving_a_note_costs_five_queries(django_assert_num_queries) -> None:
    people, row = cast(), taught()
    spot = where(people.pupil)
    with transaction.atomic(), django_assert_num_queries(5):  # one is kept for the next
        made = note_save(**spot, lesson_id=row.id, at=1, text="一")
    with transaction.atomic(), django_assert_num_queries(3):
        note_save(**spot, lesson_id=row.id, at=1, text="二", note_id=made["id"])


def test_the_page_for_paper_shows_ones_own_notes_only() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row, "举头望明月")
    noted(people.pupils[1], row, "别人的")
    page = signed_in(people.pupil).get(f"/lesson/{row.id}/notes").content.decode()
    assert "举头望明月" in page
    assert "别人的" not in page


def test_notes_can_be_taken_away_as_a_text() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row, "举头望明月", at=65)
    answer = signed_in(people.pupil).get(f"/lesson/{row.id}/notes.txt")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().splitlines() == ["古诗三首", "", "1:05\t举头望明月"]


def test_notes_of_a_lesson_that_is_not_there_are_not_found() -> None:
    people, draft = cast(), taught(published=False)
    client = signed_in(people.pupil)
    for path in (f"/lesson/{draft.id}/notes", "/lesson/99999/notes", "/lesson/99999/notes.txt"):
        assert client.get(path).status_code == 404


def test_guardians_and_strangers_have_no_notes_page() -> None:
    people, row = cast(), taught()
    assert signed_in(people.guardian).get(f"/lesson/{row.id}/notes").status_code == 404
