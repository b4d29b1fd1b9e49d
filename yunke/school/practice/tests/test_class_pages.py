"""The teacher's pages: what the class fell for, causes, groups, drills now, explanations."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yunke.base.clock import now
from yunke.base.models import Job
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, guardian, once, pupil, signed_in
from yunke.school.library.tests.makers import video
from yunke.school.practice.actions.explaining import folder_of, week_end
from yunke.school.practice.actions.filming import leftovers_remove
from yunke.school.practice.models import Drill, ErrorEntry, Explanation, ExplanationFor, Learnt
from yunke.school.practice.tests.makers import choice, erring, handed_in, point, run, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def get(somebody: Person, path: str) -> Any:
    return signed_in(somebody).get(path)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def room(people: Cast, rest: str = "") -> str:
    return f"/practice/class/{people.one.id}{rest}"


def test_the_most_frequent_error_stands_first_with_option_cause_and_who(people: Cast) -> None:
    often, seldom = choice(point(), stem="大家都错的"), choice(point(), stem="少数人错的")
    erring(people, often, "BBBA")
    erring(people, seldom, "CAAC")
    told = get(people.teacher, room(people)).content.decode()
    assert told.index("大家都错的") < told.index("少数人错的")
    assert "4 人答，3 人错" in told
    assert people.pupils[0].name in told
    assert "遮住名字" in told


def test_what_one_pupil_alone_got_wrong_is_no_error_of_the_class(people: Cast) -> None:
    erring(people, choice(point(), stem="只错一人"), "BAA")
    assert "只错一人" not in get(people.teacher, room(people)).content.decode()


def test_errors_of_last_month_are_over(people: Cast) -> None:
    question = choice(point(), stem="上个月的")
    for child in people.pupils[:3]:
        handed_in(child, {question: "B"}, at=now() - timedelta(days=30))
    erring(people, choice(point()), "BB")
    assert "上个月的" not in get(people.teacher, room(people)).content.decode()


def test_an_empty_class_says_what_will_come(people: Cast) -> None:
    told = get(people.teacher, room(people)).content.decode()
    assert "这周还没有一起错的题" in told
    assert "答得还不够多" in told


def test_only_who_teaches_the_class_opens_it(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    paths = (room(people), room(people, f"/question/{question.id}"), room(people, "/papers"))
    for path in paths:
        assert get(people.head, path).status_code == 200
        for other in (people.other_teacher, people.far_teacher, people.pupil, people.guardian,
                      people.admin, people.city_staff):  # fmt: skip
            assert get(other, path).status_code == 404, (path, other.name)


def test_a_look_at_the_class_is_kept(people: Cast) -> None:
    erring(people, choice(point()), "BB")
    get(people.teacher, room(people))
    assert Entry.objects.filter(act="record.viewed", actor_id=people.teacher.id).exists()


def test_the_class_page_costs_the_same_for_fifty(
    queries_of: Callable[[Callable[[], Any]], int],
) -> None:
    def cost(size: int) -> int:
        made, one = cast(pupils_in_class=size, grade=2), point()
        for question in (choice(one), choice(one), choice(one)):
            erring(made, question, "B" * size)
        return queries_of(lambda: get(made.teacher, room(made)))

    few = cost(5)
    assert abs(cost(50) - few) <= 2


def test_a_teachers_cause_counts_at_once_and_is_learnt(people: Cast) -> None:
    question = choice(point(), cause="")
    erring(people, question, "BB")
    path = room(people, f"/question/{question.id}/cause")
    assert post(people.teacher, path, value="B", cause="忘了退位").status_code == 303
    assert set(ErrorEntry.objects.values_list("cause", "origin")) == {("忘了退位", "teacher")}
    tried(people.pupils[3], question, (0.1, "B"))
    late = ErrorEntry.objects.get(person=people.pupils[3])
    assert (late.cause, late.origin) == ("忘了退位", "learnt")
    assert Entry.objects.filter(act="cause.corrected").count() == 1


def test_another_school_learns_nothing_from_it(people: Cast) -> None:
    question = choice(point(), cause="")
    erring(people, question, "BB")
    post(people.teacher, room(people, f"/question/{question.id}/cause"), value="B", cause="x错因")
    tried(people.far_pupil, question, (0.1, "B"))
    assert ErrorEntry.objects.get(person=people.far_pupil).cause == ""
    assert Learnt.objects.get().school_id == people.school.id


def test_the_pupils_own_word_does_not_undo_the_teachers(people: Cast) -> None:
    question = choice(point(), cause="")
    erring(people, question, "BB")
    post(people.teacher, room(people, f"/question/{question.id}/cause"), value="B", cause="退位")
    entry = ErrorEntry.objects.get(person=people.pupil)
    post(people.pupil, f"/practice/error/{entry.id}/word", word="slipped")
    entry.refresh_from_db()
    assert (entry.cause, entry.origin, entry.own_word) == ("退位", "teacher", "slipped")


def test_a_cause_for_an_answer_that_nobody_gave_is_refused(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    path = room(people, f"/question/{question.id}/cause")
    assert post(people.teacher, path, value="D", cause="没人这样").status_code == 404
    assert post(people.teacher, path, value="B", cause="").status_code == 422


def test_groups_with_ready_exercises_and_what_the_teacher_leaves_of_them(people: Cast) -> None:
    weak = point("退位减法")
    for question in [choice(weak) for _ in range(6)]:
        erring(people, question, "BBA")
    ready = choice(weak, stem="现成的一题")
    told = get(people.teacher, room(people)).content.decode()
    assert "退位减法" in told
    assert "现成的一题" in told
    path = room(people, "/exercise")
    answer = post(
        people.teacher, path, title="退位减法", question=[ready.id],
        pupil=[people.pupils[0].id, people.far_pupil.id],
    )  # fmt: skip
    assert answer.status_code == 303
    drill = Drill.objects.get(title="退位减法")
    assert drill.person_id == people.pupils[0].id
    assert [one["question"] for one in drill.asked] == [ready.id]


def test_an_exercise_of_nothing_or_too_much_is_refused(people: Cast) -> None:
    many = [choice(point()).id for _ in range(9)]
    path = room(people, "/exercise")
    here = people.pupils[0].id
    assert post(people.teacher, path, pupil=[here]).status_code == 422
    assert post(people.teacher, path, question=many, pupil=[here]).status_code == 422
    assert post(people.teacher, path, question=many[:2]).status_code == 422
    assert not Drill.objects.exists()


def test_the_curve_of_the_class_needs_five_pupils(people: Cast) -> None:
    one = point()
    for question in (choice(one), choice(one), choice(one)):
        erring(people, question, "BBAA")
    assert get(people.teacher, room(people, f"/point/{one.id}")).status_code == 404
    erring(people, choice(one), "BBAAA")
    told = get(people.teacher, room(people, f"/point/{one.id}")).content.decode()
    assert "curve-line" in told
    assert "还在答的人" in told


def film_of(kind: str = "film.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(kind, video(seconds=1, height=120).read_bytes(), "video/mp4")


def explain(people: Cast, question: Any, shown: list[int], film: Any = None) -> Any:
    path = room(people, f"/question/{question.id}/explain")
    told = ",".join(str(one) for one in shown)
    return post(people.teacher, path, shown=told, film=film or film_of())


def test_it_reaches_exactly_those_who_erred_and_plays(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BCA")
    erred = [people.pupils[0].id, people.pupils[1].id]
    assert explain(people, question, [*erred, people.far_pupil.id]).status_code == 303
    run("practice.film")
    row = Explanation.objects.get()
    assert set(row.copies.values_list("person_id", flat=True)) == set(erred)
    path = f"/practice/film/{row.id}"
    for somebody in (people.pupils[0], people.guardian, people.teacher, people.head):
        answer = get(somebody, path)
        assert answer.status_code == 200
        assert answer.getvalue()[4:8] == b"ftyp"
    for stranger in (people.pupils[2], people.far_guardian, people.other_teacher, people.admin):
        assert get(stranger, path).status_code == 404
    assert Client().get(path).status_code == 404


def test_who_errs_later_this_week_gets_it_too(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    tried(people.pupils[4], question, (0, "B"))
    tried(people.pupils[3], question, (0, "A"))
    got = set(ExplanationFor.objects.values_list("person_id", flat=True))
    assert people.pupils[4].id in got
    assert people.pupils[3].id not in got


def test_after_the_week_nobody_new_gets_it(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    Explanation.objects.update(open_until=now() - timedelta(minutes=1))
    tried(people.pupils[4], question, (0, "B"))
    assert not ExplanationFor.objects.filter(person=people.pupils[4]).exists()
    assert week_end() > now()


def test_the_pupil_opens_it_next_to_the_error_and_it_is_counted_once(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    run("practice.film")
    entry = ErrorEntry.objects.get(person=people.pupils[0])
    assert "有讲解" in get(people.pupils[0], "/practice").content.decode()
    page = get(people.pupils[0], f"/practice/error/{entry.id}").content.decode()
    assert "看讲解" in page
    assert "<video" not in page
    for _ in range(2):
        assert post(people.pupils[0], f"/practice/error/{entry.id}/film").status_code == 303
    assert ExplanationFor.objects.filter(opened_at__isnull=False).count() == 1
    assert "<video" in get(people.pupils[0], f"/practice/error/{entry.id}").content.decode()


def test_a_film_is_sent_by_the_range_that_was_asked(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    run("practice.film")
    path = f"/practice/film/{Explanation.objects.get().id}"
    answer = signed_in(people.pupils[0]).get(path, headers={"Range": "bytes=10-19"})
    assert answer.status_code == 206
    assert len(answer.content) == 10
    assert answer["Content-Range"].startswith("bytes 10-19/")
    far = signed_in(people.pupils[0]).get(path, headers={"Range": "bytes=99999999-"})
    assert far.status_code == 416


def test_taken_back_nobody_sees_it_and_its_file_goes(people: Cast, media: Path) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    run("practice.film")
    row = Explanation.objects.get()
    path = room(people, f"/films/{row.id}/withdraw")
    assert post(people.head, path).status_code == 404
    assert post(people.teacher, path).status_code == 303
    assert get(people.pupils[0], f"/practice/film/{row.id}").status_code == 404
    assert folder_of(row.id).exists()
    assert leftovers_remove() == 1
    assert not folder_of(row.id).exists()


@pytest.mark.parametrize("body", [b"", b"<html>", b"GIF89a" + b"x" * 2000, b"\0" * 4000])
def test_what_is_no_film_is_refused_and_not_kept(people: Cast, body: bytes, media: Path) -> None:
    question = choice(point())
    erring(people, question, "BB")
    film = SimpleUploadedFile("x.mp4", body, "video/mp4")
    answer = explain(people, question, [people.pupils[0].id], film)
    assert answer.status_code == 422
    assert not Explanation.objects.exists()


def test_a_head_without_a_film_behind_it_says_that_it_cannot_be_played(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    film = SimpleUploadedFile("x.webm", b"\x1aE\xdf\xa3" + b"junk" * 500, "video/webm")
    assert explain(people, question, [people.pupils[0].id], film).status_code == 303
    with pytest.raises(Exception, match="no-film"):
        run("practice.film")
    assert Explanation.objects.get().state == "refused"
    told = get(people.teacher, room(people, f"/question/{question.id}")).content.decode()
    assert "这段放不了" in told


def test_a_list_without_anybody_of_the_class_sends_nothing(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    assert explain(people, question, [people.far_pupil.id]).status_code == 422
    assert not Job.objects.filter(name="practice.film").exists()


def test_a_new_pupil_of_the_class_sees_no_old_film(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    explain(people, question, [people.pupils[0].id])
    run("practice.film")
    fresh = pupil(people.one)
    mother = guardian(fresh)
    path = f"/practice/film/{Explanation.objects.get().id}"
    assert get(fresh, path).status_code == 404
    assert get(mother, path).status_code == 404


def test_the_teachers_pages_in_english(people: Cast, english: Callable[[Person], Client]) -> None:
    question = choice(point())
    erring(people, question, "BB")
    client = english(people.teacher)
    for path in (room(people), room(people, f"/question/{question.id}"), room(people, "/papers"),
                 f"/live-quiz/class/{people.one.id}"):  # fmt: skip
        told = client.get(path).content.decode()
        assert "What went wrong this week" in told
        assert "这周" not in told
