"""What the desk's island sends: pen layers, points, words; hostile bodies keep nothing."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.people.tests.makers import Cast, once, signed_in, teacher
from yunke.school.attempts.door import marks_history, marks_of
from yunke.school.homework import jobs  # noqa: F401  the worker knows them
from yunke.school.homework.actions import own
from yunke.school.homework.actions.own import group_save, phrase_add, phrase_remove
from yunke.school.homework.models import Desk, Group, Hint, Homework, Phrase
from yunke.school.homework.reads.papers import steps_of
from yunke.school.homework.rules.desk import COLOURS, STAMPS, ink_of, kept
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db
places = st.lists(st.floats(0, 1), min_size=2, max_size=2)
marks = st.one_of(
    st.builds(
        lambda colour, points: {"kind": "line", "colour": colour, "points": points},
        st.sampled_from(COLOURS), st.lists(places, min_size=1, max_size=9),
    ),
    st.builds(
        lambda stamp, at: {"kind": "stamp", "stamp": stamp, "at": at},
        st.sampled_from(STAMPS), places,
    ),
)  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.integers(1, 10**9).map(str), st.lists(marks, max_size=6), max_size=5))
def test_ink_is_kept_as_it_was_drawn_and_a_second_time_unchanged(ink: dict[str, Any]) -> None:
    found = ink_of(ink)
    assert found is not None
    assert {page: len(drawn) for page, drawn in found.items()} == {
        page: len(drawn) for page, drawn in ink.items()
    }
    assert ink_of(found) == found
    for drawn in found.values():
        for one in drawn:
            points = one.get("points") or [one["at"]]
            assert all(0 <= n <= 1 and round(n, 4) == n for point in points for n in point)


@given(anything)
def test_anything_at_all_is_ink_within_measure_or_none(sent: Any) -> None:
    found = ink_of(sent)
    assert found is None or all(page.isdecimal() for page in found)
    kept(sent)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("字", True), ("a\0", False), ("\ud800", False), ({"a": ["\udfff"]}, False),
        ({"a\0": 1}, False), ([1, None, True, 2.5, {"a": "b"}], True), ("😀", True),
    ],
)  # fmt: skip
def test_what_every_database_can_keep(sent: Any, found: bool) -> None:
    assert kept(sent) is found


@pytest.mark.parametrize(
    ("out_of", "steps"),
    [
        (Fraction(1), ("0", "1/2", "1")), (Fraction(3), ("0", "1", "2", "3")),
        (Fraction(20), ("0", "4", "8", "12", "16", "20")),
        (Fraction(1, 2), ("0", "1/10", "1/5", "3/10", "2/5", "1/2")),
    ],
)  # fmt: skip
def test_the_buttons_of_a_question_go_from_none_to_all(out_of: Fraction, steps: Any) -> None:
    assert steps_of(out_of) == steps


def paper() -> tuple[Cast, Homework, int, int]:
    """A handed-in long text worth ten, and its reply."""
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一段话")
    return people, row, attempt, marks_of([attempt])[0].reply_id


def body(people: Cast, row: Homework, attempt: int, content: bytes) -> Any:
    return signed_in(people.teacher).post(
        f"/homework/{row.id}/mark/{attempt}/save", content, content_type="application/json",
        headers={"Idempotency-Key": once()["once"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"", b"x", b"[]", b"1", b"null", b"\xff\xfe", b"[" * 20_000, b"{}",
        b'{"seq": 1, "word": "\\ud800"}', b'{"seq": 1, "word": "a\\u0000"}', b'{"seq": true}',
        b'{"seq": 9007199254740992}', b'{"seq": 1.5}',
        b'{"seq": 1, "ink": {"7": [{"kind": "text", "text": "a\\u0000", "at": [0, 0]}]}}',
        b'{"seq": 1, "word": ' + b"[" * 500 + b"]" * 500 + b"}",
    ],
)  # fmt: skip
def test_a_hostile_body_is_refused_and_keeps_nothing(content: bytes) -> None:
    people, row, attempt, reply = paper()
    assert body(people, row, attempt, content).status_code == 422
    assert not Desk.objects.exists()
    assert len(marks_history(reply)) == 1


@pytest.mark.parametrize(
    "score", ["1e9", "1e99999999", "9" * 13, "٣", "1//2", "1/0", "½", " 1", "+1", "", "0x1", 5, 1.5]
)
def test_points_are_written_as_people_write_them(score: Any) -> None:
    people, row, attempt, reply = paper()
    answer = makers.save(people.teacher, row, attempt, marks=[{"reply": reply, "score": score}])
    assert answer.status_code == 422
    assert len(marks_history(reply)) == 1


@pytest.mark.parametrize(("score", "stands"), [("0", "0"), ("10", "10"), ("7.5", "15/2")])
def test_points_from_none_to_all_are_kept_exactly(score: str, stands: str) -> None:
    people, row, attempt, reply = paper()
    answer = makers.save(people.teacher, row, attempt, marks=[{"reply": reply, "score": score}])
    assert answer.json()["marks"] == {str(reply): stands}


@pytest.mark.parametrize(
    "more",
    [
        {"causes": "careless"}, {"causes": [""]}, {"causes": ["x" * 81]}, {"causes": ["x"] * 11},
        {"causes": [3]}, {"note": 3}, {"note": "a\0b"}, {"causes": ["a\0"]}, {"reply": "1"},
    ],
)  # fmt: skip
def test_a_mark_with_something_wrong_keeps_none_of_the_save(more: dict[str, Any]) -> None:
    people, row, attempt, reply = paper()
    sent = {"marks": [{"reply": reply, "score": "3", **more}], "word": "留着"}
    assert makers.save(people.teacher, row, attempt, **sent).status_code == 422
    assert len(marks_history(reply)) == 1
    assert not Desk.objects.exists()


def test_more_marks_than_a_paper_has_are_refused() -> None:
    people, row, attempt, reply = paper()
    sent = [{"reply": reply, "score": "1"}] * 201
    assert makers.save(people.teacher, row, attempt, marks=sent).status_code == 422
    assert len(marks_history(reply)) == 1


def test_a_reply_of_another_paper_is_refused_with_everything_beside_it() -> None:
    people, row, attempt, reply = paper()
    other = makers.handed_in(row, people.pupils[1], "另一份")
    foreign = marks_of([other])[0].reply_id
    sent = [{"reply": reply, "score": "1"}, {"reply": foreign, "score": "1"}]
    assert makers.save(people.teacher, row, attempt, marks=sent).status_code == 422
    assert len(marks_history(reply)) == len(marks_history(foreign)) == 1


def test_a_colleague_goes_on_where_the_first_stopped() -> None:
    people, row, attempt, reply = paper()
    ink = {"3": [{"kind": "line", "colour": "red", "points": [[0.1, 0.2], [0.3, 0.4]]}]}
    makers.save(people.teacher, row, attempt, ink=ink, marks=[{"reply": reply, "score": "3"}])
    colleague = teacher(people.one, subject="chinese")
    makers.save(colleague, row, attempt, word="接着看", marks=[{"reply": reply, "score": "4"}])
    desk = Desk.objects.get()
    assert (desk.word, desk.ink, desk.by_id) == ("接着看", ink, colleague.id)
    assert [(one.score, one.by) for one in marks_history(reply)] == [
        (None, 0), (3, people.teacher.id), (4, colleague.id),
    ]  # fmt: skip


def test_the_pen_is_seen_by_the_pupil_only_after_the_return() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一段话")
    makers.save(people.teacher, row, attempt, word="写得有味道")
    client, path = signed_in(people.pupil), f"/homework/{row.id}"
    assert "写得有味道" not in client.get(path).content.decode()
    makers.marked(attempt, people.teacher)
    makers.returned(row, people.teacher)
    assert "写得有味道" in client.get(path).content.decode()


def test_a_teacher_keeps_thirty_phrases_and_may_make_room() -> None:
    people = makers.cast()
    ids = [phrase_add(teacher_id=people.teacher.id, text=f"评语{n}") for n in range(30)]
    assert phrase_add(teacher_id=people.teacher.id, text=" 评语3 ") == ids[3]
    with pytest.raises(Refused):
        phrase_add(teacher_id=people.teacher.id, text="再一条")
    assert phrase_remove(teacher_id=people.teacher.id, phrase_id=ids[0])
    assert not phrase_remove(teacher_id=people.head.id, phrase_id=ids[1])
    phrase_add(teacher_id=people.teacher.id, text="再一条")
    assert Phrase.objects.filter(gone_at__isnull=True).count() == own.MOST_PHRASES


@pytest.mark.parametrize(
    ("text", "kept_as"),
    [("好\0的", "好 的"), ("  很   好\n啊 ", "很 好 啊"), ("长" * 500, "长" * 200)],
)
def test_a_phrase_is_one_line_of_two_hundred_signs(text: str, kept_as: str) -> None:
    people = makers.cast()
    answer = signed_in(people.teacher).post("/homework/phrases", {"text": text, **once()})
    assert kept_as in answer.content.decode()
    assert Phrase.objects.get().text == kept_as


def test_a_group_of_the_same_name_means_the_new_pupils() -> None:
    people = makers.cast()
    told = {"teacher_id": people.teacher.id, "class_id": people.one.id, "name": "甲"}
    first = group_save(**told, pupils=[people.pupils[0].id, people.pupils[1].id])
    assert group_save(**told, pupils=[people.pupils[2].id]) == first
    members = Group.objects.get().members.values_list("pupil_id", flat=True)
    assert list(members) == [people.pupils[2].id]
    for n in range(own.MOST_GROUPS - 1):
        group_save(**{**told, "name": f"组{n}"}, pupils=[people.pupil.id])
    with pytest.raises(Refused):
        group_save(**{**told, "name": "太多"}, pupils=[people.pupil.id])
    group_save(**told, pupils=[people.pupil.id])
    with pytest.raises(Refused):
        group_save(**{**told, "name": " "}, pupils=[people.pupil.id])


def test_suggestions_are_asked_for_again_when_another_paper_takes_the_place() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.short()])
    client, path = signed_in(people.teacher), f"/homework/{row.id}/mark"
    first = makers.handed_in(row, people.pupils[0], "水蒸发到空气里了")
    client.get(path)
    assert run_one()
    makers.marked(first, people.teacher)
    second = makers.handed_in(row, people.pupils[1], "被太阳晒没了")
    client.get(path)
    assert Job.objects.filter(name="homework.hint").count() == 2
    assert run_one()
    assert Hint.objects.filter(reply_id=marks_of([second])[0].reply_id).exists()


def test_a_job_for_work_that_was_taken_back_suggests_nothing() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.short()])
    makers.handed_in(row, people.pupil, "蒸发")
    signed_in(people.teacher).get(f"/homework/{row.id}/mark")
    signed_in(people.teacher).post(f"/homework/{row.id}/withdraw", once())
    assert run_one()
    assert not Hint.objects.exists()
