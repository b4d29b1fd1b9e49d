"""Whether anything is estimated of a pupil stands in one place: among all the other switches."""

from typing import Any

import pytest

from yunke.base.clock import now
from yunke.ground.audit.models import Entry
from yunke.ground.consent import jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.tests.makers import says
from yunke.ground.consent.values import Answer
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, guardian, once, signed_in
from yunke.school.practice.actions.deriving import estimates_erase, people_derive
from yunke.school.practice.models import Answered, Drill, ErrorEntry, Mastery
from yunke.school.practice.reads.book import inferred
from yunke.school.practice.tests.makers import choice, point, run, tried

pytestmark = pytest.mark.django_db
KEY = "learning-answers"
FIELDS = ("person", "point", "level", "doubt", "answers", "line", "due_at")


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def says_on_page(by: Person, about: Person, answer: str) -> int:
    """One tap on the page of switches, and what follows from it."""
    data = {"answer": answer, "version": "1", **once()}
    found = signed_in(by).post(f"/consent/{about.id}/{KEY}/answer", data)
    for name in ("consent.erase", "consent.begin"):
        run(name)
    return int(found.status_code)


def shown(somebody: Person, path: str) -> str:
    answer = signed_in(somebody).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def estimates() -> list[Any]:
    return list(Mastery.objects.order_by("person", "point").values_list(*FIELDS))


def test_nobody_has_to_say_yes_first_to_what_is_the_schools_task(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    assert inferred(people.pupil.id)
    assert Mastery.objects.filter(person=people.pupil).exists()


@pytest.mark.parametrize("who", ["pupil", "guardian"])
def test_one_no_deletes_what_was_estimated_and_keeps_book_and_drill(people: Cast, who: str) -> None:
    one = point("退位减法")
    tried(people.pupil, choice(one), (3, "B"))
    tried(people.pupils[1], choice(one), (3, "B"))
    drills = Drill.objects.filter(person=people.pupil).count()
    assert says_on_page(getattr(people, who), people.pupil, "refused") == 303
    assert set(Mastery.objects.values_list("person", flat=True)) == {people.pupils[1].id}
    assert ErrorEntry.objects.filter(person=people.pupil).count() == 1
    assert Drill.objects.filter(person=people.pupil).count() == drills == 1
    told = shown(people.pupil, "/practice")
    assert "42 - 17" in told
    assert "按你们的决定" in told
    assert f'href="/consent/{people.pupil.id}/{KEY}"' in told
    assert signed_in(people.pupil).get(f"/practice/points/{one.id}").status_code == 404
    assert Entry.objects.filter(act="data.erased", subject_id=people.pupil.id).count() == 1


def test_from_the_no_on_new_answers_are_kept_and_estimate_nothing(people: Cast) -> None:
    """At once: before the job that erases has run, nothing new is worked out either."""
    says(people.guardian, people.pupil, Answer.REFUSED, key=KEY)
    tried(people.pupil, choice(point()), (2, "B"), (1, "A"))
    assert not Mastery.objects.exists()
    assert Answered.objects.filter(person=people.pupil, counted=True).count() == 2
    assert ErrorEntry.objects.filter(person=people.pupil).count() == 1


def test_before_the_erasing_job_has_run_no_page_of_theirs_shows_an_estimate(people: Cast) -> None:
    one = point("退位减法")
    tried(people.pupil, choice(one), (3, "B"))
    says(people.guardian, people.pupil, Answer.REFUSED, key=KEY)
    assert Mastery.objects.exists()
    assert "按你们的决定" in shown(people.pupil, "/practice/points")
    assert "按你们的决定" in shown(people.guardian, f"/practice/child/{people.pupil.id}")
    path = f"/practice/child/{people.pupil.id}/points/{one.id}"
    assert signed_in(people.guardian).get(path).status_code == 404


def test_taking_the_no_back_works_it_out_again_from_the_same_answers(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"), (1, "A"))
    before = estimates()
    for answer in ("refused", "refused"):
        says_on_page(people.guardian, people.pupil, answer)
    assert estimates() == []
    says_on_page(people.guardian, people.pupil, "given")
    assert estimates() == before


def test_what_was_answered_meanwhile_counts_once_it_is_taken_back(people: Cast) -> None:
    question = choice(point())
    says_on_page(people.guardian, people.pupil, "refused")
    tried(people.pupil, question, (3, "B"), (1, "A"))
    says_on_page(people.guardian, people.pupil, "given")
    found = estimates()
    Mastery.objects.all().delete()
    Answered.objects.update(counted=False)
    people_derive([people.pupil.id])
    assert found == estimates() != []


def test_while_one_of_two_says_no_the_others_yes_begins_nothing(people: Cast) -> None:
    second = guardian(people.pupil)
    tried(people.pupil, choice(point()), (3, "B"))
    says_on_page(people.guardian, people.pupil, "refused")
    says_on_page(second, people.pupil, "given")
    says_on_page(people.pupil, people.pupil, "given")
    assert not Mastery.objects.exists()
    told = shown(second, f"/consent/{people.pupil.id}/{KEY}")
    assert "有权决定的人里有人说了不要" in told
    assert people.guardian.name not in told


def test_a_late_erasing_job_does_not_delete_what_was_allowed_again(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    says(people.guardian, people.pupil, Answer.REFUSED, key=KEY)
    says(people.guardian, people.pupil, Answer.GIVEN, key=KEY)
    run("consent.begin")
    run("consent.erase")
    assert estimates()
    assert estimates_erase(people.pupil.id) == 0


@pytest.mark.parametrize("who", ["far_guardian", "teacher", "head", "admin"])
def test_nobody_else_decides_about_a_childs_estimates(people: Cast, who: str) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    assert says_on_page(getattr(people, who), people.pupil, "refused") == 404
    assert says_on_page(people.pupils[1], people.pupil, "refused") == 404
    assert estimates()


def test_a_teacher_sees_neither_an_estimate_nor_whose_no_it_was(people: Cast) -> None:
    one = point("退位减法")
    tried(people.pupil, choice(one), (3, "B"))
    says_on_page(people.guardian, people.pupil, "refused")
    told = shown(people.teacher, f"/practice/class/{people.one.id}")
    assert "不推断" not in told
    assert "说了不要" not in told
    path = f"/practice/class/{people.one.id}/point/{one.id}"
    assert signed_in(people.teacher).get(path).status_code == 404


def test_the_guardian_finds_the_switch_where_all_the_others_are(people: Cast) -> None:
    told = shown(people.guardian, f"/consent/{people.pupil.id}")
    assert f'id="{KEY}"' in told
    client = signed_in(people.guardian)
    client.cookies["yunke_language"] = "en"
    english = client.get(f"/consent/{people.pupil.id}").content.decode()
    assert "Estimating from answers what is mastered" in english
    assert "one no stops it at once" in english
    assert f'href="/consent/{people.pupil.id}/{KEY}"' in shown(
        people.guardian, f"/practice/child/{people.pupil.id}"
    )


def test_the_estimates_of_a_class_cost_the_same_with_many_who_said_no(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    question = choice(point())
    for child in people.pupils:
        tried(child, question, (3, "B"))
        says(child, child, Answer.REFUSED, key=KEY)
    Answered.objects.update(counted=False, released_at=now())
    with django_assert_max_num_queries(30):
        people_derive([child.id for child in people.pupils])
