"""A guardian at a child's practice: which child, what may be said, and what the cards promise."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now, today
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship, Person
from yunke.ground.people.tests.makers import Cast, bind, cast, guardian, once, signed_in
from yunke.school.attempts.door import Of
from yunke.school.practice.models import Doubt, Drill
from yunke.school.practice.tests.makers import choice, drill, followed, handed_in, point, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def page(somebody: Person, path: str) -> str:
    answer = signed_in(somebody).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def child(of: Person, rest: str = "") -> str:
    return f"/practice/child/{of.id}{rest}"


def test_two_children_of_one_guardian_each_have_their_own_page(people: Cast) -> None:
    one, two = people.pupils[:2]
    bind(people.guardian, two)
    tried(one, choice(point(), stem="大的错了这题"), (2, "B"))
    tried(two, choice(point(), stem="小的错了那题"), (2, "B"))
    told = page(people.guardian, child(one))
    assert "大的错了这题" in told
    assert "小的错了那题" not in told
    assert f'href="{child(two)}"' in told
    assert f'href="{child(two)}" aria-current' in page(people.guardian, child(two))
    looks = Entry.objects.filter(act="record.viewed", actor_id=people.guardian.id)
    assert set(looks.values_list("subject_id", flat=True)) >= {one.id, two.id}
    events = Event.objects.filter(actor_id=people.guardian.id, object_kind="practice")
    assert set(events.values_list("subject_id", "class_id")) == {
        (one.id, people.one.id), (two.id, people.one.id),
    }  # fmt: skip


def test_a_child_page_shows_what_waits_and_what_was_done_in_both_languages(
    people: Cast, english: Callable[[Person], Any]
) -> None:
    assert "没有还在练的错题" in page(people.guardian, child(people.pupil))
    question = choice(point())
    done = drill(people.pupil, question, title="退位练习")
    handed_in(people.pupil, {question: "A"}, of_id=done.id)
    followed()
    drill(people.pupil, question)
    told = page(people.guardian, child(people.pupil))
    for words in ("退位练习", "对 1 / 1", "还没做"):
        assert words in told
    said = english(people.guardian).get(child(people.pupil)).content.decode()
    for words in ("还没做", "只有自己孩子的", "下一步"):
        assert words not in said


def test_nothing_unreleased_is_on_a_childs_page_or_card(people: Cast) -> None:
    one = point("保密的点")
    question = choice(one, stem="保密的题")
    handed_in(people.pupil, {question: "B"}, of=Of.EXAM, of_id=9)
    followed()
    for path in (child(people.pupil), "/child"):
        told = page(people.guardian, path)
        assert "保密的题" not in told
        assert "保密的点" not in told
    assert "没有还开着的错题" in page(people.guardian, "/child")
    answer = signed_in(people.guardian).get(child(people.pupil, f"/points/{one.id}"))
    assert answer.status_code == 404


def test_the_card_counts_what_is_open_and_says_when_a_drill_waits(people: Cast) -> None:
    questions = [choice(point()), choice(point())]
    for question in questions:
        tried(people.pupil, question, (2, "B"))
    told = page(people.guardian, "/child")
    assert "2 道错题还没改过来" in told
    assert "这周的小练习还没做" not in told
    drill(people.pupil, questions[0])
    assert "这周的小练习还没做" in page(people.guardian, "/child")
    Drill.objects.update(withdrawn_at=now())
    assert "这周的小练习还没做" not in page(people.guardian, "/child")
    tried(people.pupil, questions[0], (1, "A"))
    assert "1 道错题还没改过来" in page(people.guardian, "/child")


def test_a_doubt_that_says_nothing_or_too_much_is_refused_and_kept_nowhere(people: Cast) -> None:
    key = once()
    client = signed_in(people.guardian)
    path = child(people.pupil, "/doubt")
    events = Event.objects.count()
    for text in ("", " \n\t ", "字" * 301, "\0"):
        assert client.post(path, {"text": text, **key}).status_code == 422, text
    assert (Doubt.objects.count(), Event.objects.count()) == (0, events)
    # The corrected form comes under the same key, and then it counts once.
    for _again in range(2):
        answer = client.post(path, {"text": "字" * 300, **key})
        assert (answer.status_code, answer["Location"]) == (303, child(people.pupil))
    doubt = Doubt.objects.get()
    told = (doubt.person_id, doubt.by_id, doubt.class_id, doubt.answer)
    assert told == (people.pupil.id, people.guardian.id, people.one.id, "")
    [event] = Event.objects.filter(verb="practice.doubted", object_id=doubt.id)
    assert (event.actor_id, event.subject_id) == (people.guardian.id, people.pupil.id)
    assert "字" not in str(event.result) + event.title


def test_only_the_own_guardian_of_today_says_that_a_childs_page_is_wrong(people: Cast) -> None:
    path, other = child(people.pupil, "/doubt"), guardian(people.pupils[1])
    for somebody in (other, people.far_guardian, people.pupil, people.teacher, people.admin):
        answer = signed_in(somebody).post(path, {"text": "不对", **once()})
        assert answer.status_code == 404, somebody.name
    Guardianship.objects.filter(guardian=people.guardian).update(until=today() - timedelta(days=1))
    bind(people.guardian, people.pupils[1])
    answer = signed_in(people.guardian).post(path, {"text": "不对", **once()})
    assert answer.status_code == 404
    assert not Doubt.objects.exists()


def test_both_guardians_and_the_child_read_one_answer(people: Cast) -> None:
    second = guardian(people.pupil)
    tried(people.pupil, choice(point()), (3, "B"))
    client = signed_in(second)
    client.post(child(people.pupil, "/doubt"), {"text": "那天病了", **once()})
    assert "老师还没有答复" in page(people.guardian, child(people.pupil))
    path = f"/practice/class/{people.one.id}/doubts/{Doubt.objects.get().id}"
    signed_in(people.head).post(path, {"answer": "下周再看", **once()})
    for somebody in (people.guardian, second):
        assert "下周再看" in page(somebody, child(people.pupil))
    assert "下周再看" not in page(people.far_guardian, child(people.far_pupil))
    line = Entry.objects.get(act="doubt.answered")
    told = (line.actor_id, line.subject_id, line.school_id)
    assert told == (people.head.id, people.pupil.id, people.school.id)
    assert "下周再看" not in str(line.detail)


@pytest.mark.parametrize("rest", ["", "/points/{point}"])
def test_a_childs_page_costs_the_same_for_fifty_errors(
    people: Cast, queries_of: Callable[[Callable[[], Any]], int], rest: str
) -> None:
    mother = guardian(people.pupils[1])
    shared = point()
    path = rest.format(point=shared.id)
    for one, count in ((people.pupils[0], 5), (people.pupils[1], 50)):
        handed_in(one, dict.fromkeys([choice(shared) for _ in range(count)], "B"))
    followed()
    few = queries_of(lambda: signed_in(people.guardian).get(child(people.pupils[0], path)))
    many = queries_of(lambda: signed_in(mother).get(child(people.pupils[1], path)))
    assert abs(many - few) <= 2
