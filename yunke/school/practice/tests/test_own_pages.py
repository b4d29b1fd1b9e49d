"""The pupil's own pages: error book, curves, why, "this is wrong", no estimates."""

from collections.abc import Callable
from typing import Any

import pytest

from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.school.attempts.door import Of
from yunke.school.practice.models import Doubt, ErrorEntry, Mastery, Word
from yunke.school.practice.tests.makers import choice, followed, handed_in, number, point, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def get(somebody: Person, path: str) -> Any:
    return signed_in(somebody).get(path)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def page(somebody: Person, path: str) -> str:
    answer = get(somebody, path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_empty_book_says_what_will_come(people: Cast) -> None:
    assert "错的题会自己到这里来" in page(people.pupil, "/practice")
    assert "还没有翻过去的错题" in page(people.pupil, "/practice?done=1")


def test_the_book_shows_the_question_its_cause_and_when_it_returns(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    told = page(people.pupil, "/practice")
    assert "42 - 17" in told
    assert "错过 1 次" in told
    assert "还没改过来" in told


def test_the_book_narrows_by_subject_and_point(people: Cast) -> None:
    one, two = point("退位"), point("朗读", "chinese")
    tried(people.pupil, choice(one), (3, "B"))
    tried(people.pupil, choice(two, subject="chinese", stem="哪个字？"), (3, "B"))
    assert "哪个字" not in page(people.pupil, "/practice?subject=maths")
    assert "哪个字" in page(people.pupil, f"/practice?point={two.id}")
    assert "42 - 17" not in page(people.pupil, f"/practice?point={two.id}")


def test_one_tap_says_why_and_the_last_tap_counts(people: Cast) -> None:
    tried(people.pupil, choice(point(), cause=""), (3, "B"))
    entry = ErrorEntry.objects.get()
    for word in ("misread", "slipped"):
        answer = post(people.pupil, f"/practice/error/{entry.id}/word", word=word)
        assert answer.status_code == 303
    entry.refresh_from_db()
    assert (entry.own_word, entry.cause, entry.origin) == ("slipped", "slipped", "pupil")
    assert Word.objects.count() == 2
    assert "笔误" in page(people.pupil, f"/practice/error/{entry.id}")


def test_a_word_that_is_none_changes_nothing(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    entry = ErrorEntry.objects.get()
    assert post(people.pupil, f"/practice/error/{entry.id}/word", word="x").status_code == 422
    assert not Word.objects.exists()


def test_another_pupils_page_is_not_there(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    entry, other = ErrorEntry.objects.get(), people.pupils[1]
    assert get(other, f"/practice/error/{entry.id}").status_code == 404
    assert post(other, f"/practice/error/{entry.id}/word", word="misread").status_code == 404
    assert "42 - 17" not in page(other, "/practice")


def test_nothing_of_an_unreleased_mark_is_on_any_page(people: Cast) -> None:
    one = point("还没公布的点")
    handed_in(people.pupil, {choice(one, stem="保密的题"): "B"}, of=Of.EXAM, of_id=9)
    followed()
    for path in ("/practice", "/practice/points", "/practice?done=1", "/today"):
        told = page(people.pupil, path)
        assert "保密的题" not in told
        assert "还没公布的点" not in told
    assert get(people.pupil, f"/practice/points/{one.id}").status_code == 404


def test_a_curve_says_in_words_which_answers_made_it(people: Cast) -> None:
    one = point("退位减法")
    question = choice(one)
    tried(people.pupil, question, (9, "B"), (6, "A"), (3, "A"), (1, "A"))
    told = page(people.pupil, f"/practice/points/{one.id}")
    assert "依据 4 次作答" in told
    assert "影响最大的作答" in told
    assert "curve-band" in told
    assert told.count("curve-dot") == 4


def test_a_curve_in_english(people: Cast, english: Callable[[Person], Any]) -> None:
    one = point()
    tried(people.pupil, choice(one), (3, "B"), (1, "A"))
    told = english(people.pupil).get(f"/practice/points/{one.id}").content.decode()
    assert "middling questions" in told
    assert "Why it says so" in told


def test_saying_that_it_is_wrong_reaches_the_class_and_changes_nothing(people: Cast) -> None:
    one = point()
    tried(people.pupil, choice(one), (3, "B"))
    before = list(Mastery.objects.values())
    post(people.pupil, "/practice/doubt", point=one.id, text="我其实会")
    doubt = Doubt.objects.get()
    assert (doubt.class_id, doubt.text) == (people.one.id, "我其实会")
    assert list(Mastery.objects.values()) == before
    told = page(people.teacher, f"/practice/class/{people.one.id}")
    assert "我其实会" in told
    path = f"/practice/class/{people.one.id}/doubts/{doubt.id}"
    assert post(people.teacher, path, answer="我再看看").status_code == 303
    assert post(people.teacher, path, answer="第二次").status_code == 404
    assert post(people.other_teacher, path, answer="不是我的班").status_code == 404
    assert Entry.objects.filter(act="doubt.answered", subject_id=people.pupil.id).exists()


def test_the_guardian_sees_the_own_child_and_the_look_is_kept(people: Cast) -> None:
    one = point("退位减法")
    tried(people.pupil, choice(one), (3, "B"), (1, "A"))
    told = page(people.guardian, f"/practice/child/{people.pupil.id}")
    assert "42 - 17" in told
    assert "退位减法" in told
    assert page(people.guardian, f"/practice/child/{people.pupil.id}/points/{one.id}")
    looks = Entry.objects.filter(act="record.viewed", actor_id=people.guardian.id)
    assert looks.exists()
    assert "练习和掌握情况" in page(people.guardian, "/child")


def test_no_other_guardian_and_no_teacher_opens_the_childs_page(people: Cast) -> None:
    path = f"/practice/child/{people.pupil.id}"
    for somebody in (people.far_guardian, people.teacher, people.pupils[1], people.admin):
        assert get(somebody, path).status_code == 404


def test_the_book_costs_the_same_however_many_errors(
    people: Cast, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    def fill(child: Person, count: int) -> None:
        questions = [choice(point()) for _ in range(count)]
        handed_in(child, {question: "B" for question in questions})
        followed()

    fill(people.pupils[0], 5)
    fill(people.pupils[1], 50)
    few = queries_of(lambda: get(people.pupils[0], "/practice"))
    assert abs(queries_of(lambda: get(people.pupils[1], "/practice")) - few) <= 2


def test_a_number_that_a_known_bug_reproduces_says_so(people: Cast) -> None:
    tried(people.pupil, number(point()), (2, "35"))
    entry = ErrorEntry.objects.get()
    assert "从答案算出来的" in page(people.pupil, f"/practice/error/{entry.id}")


def test_all_own_pages_in_english(people: Cast, english: Callable[[Person], Any]) -> None:
    tried(people.pupil, choice(point()), (2, "B"))
    entry = ErrorEntry.objects.get()
    client = english(people.pupil)
    for path in ("/practice", "/practice/points", f"/practice/error/{entry.id}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "错题" not in answer.content.decode()
