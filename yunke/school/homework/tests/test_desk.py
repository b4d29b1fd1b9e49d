"""The desk: marks, words, ink and voices of a teacher; saved once, given back when done."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.jobs import take
from yunke.base.models import Job
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import (
    Cast,
    head_teacher,
    member,
    once,
    person,
    signed_in,
    teacher,
)
from yunke.ground.people.values import Role
from yunke.school.attempts.door import marks_history, marks_of
from yunke.school.homework.jobs import hints
from yunke.school.homework.models import Desk, Hint, Homework, Phrase, Voice
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db


def paper(*values: object) -> tuple[Cast, Homework, int]:
    """One handed-in paper: a choice and a long text."""
    people = makers.cast()
    row = makers.homework(people, [makers.choices(1)[0], makers.written()])
    return people, row, makers.handed_in(row, people.pupil, *(values or ("B", "一段话")))


def replies(attempt: int) -> dict[str, int]:
    settled, waiting = sorted(marks_of([attempt]), key=lambda one: one.score is None)
    return {"choice": settled.reply_id, "text": waiting.reply_id}


def test_the_desk_shows_what_waits_and_what_a_rule_marked() -> None:
    people, row, attempt = paper()
    page = signed_in(people.teacher).get(f"/homework/{row.id}/mark").content.decode()
    assert f'data-attempt="{attempt}"' in page
    assert 'data-waits="1"' in page
    assert "机器批的" in page
    assert people.pupil.name in page
    part = signed_in(people.teacher).get(f"/homework/{row.id}/mark/{attempt}").content.decode()
    assert part.lstrip().startswith("<article")


def test_a_mark_is_kept_with_its_causes_and_note() -> None:
    people, row, attempt = paper()
    reply = replies(attempt)["text"]
    mark = {"reply": reply, "score": "15/2", "causes": ["careless"], "note": "少了结尾"}
    answer = makers.save(people.teacher, row, attempt, marks=[mark])
    assert answer.status_code == 200
    assert answer.json()["marks"][str(reply)] == "15/2"
    assert answer.json()["waits"] == 0
    found = next(one for one in marks_of([attempt]) if one.reply_id == reply)
    assert (found.by, found.causes, found.note) == (people.teacher.id, ("careless",), "少了结尾")


def test_the_same_save_twice_is_one_mark() -> None:
    people, row, attempt = paper()
    reply, key = replies(attempt)["text"], str(uuid.uuid4())
    body = json.dumps({"seq": 5, "marks": [{"reply": reply, "score": "3"}]})
    for _ in range(3):
        answer = signed_in(people.teacher).post(
            f"/homework/{row.id}/mark/{attempt}/save", body, content_type="application/json",
            headers={"Idempotency-Key": key},
        )  # fmt: skip
        assert answer.status_code == 200
    assert len(marks_history(reply)) == 2


def test_a_mark_taken_back_shows_the_one_before_it() -> None:
    people, row, attempt = paper()
    reply = replies(attempt)["text"]
    makers.save(people.teacher, row, attempt, marks=[{"reply": reply, "score": "3"}])
    answer = makers.save(people.teacher, row, attempt, marks=[{"reply": reply, "score": None}])
    assert answer.json()["marks"][str(reply)] is None
    assert answer.json()["waits"] == 1
    assert [one.score for one in marks_history(reply)] == [None, 3, None]


def test_word_and_ink_are_kept_and_an_older_save_changes_nothing() -> None:
    people, row, attempt = paper()
    ink = {"7": [{"kind": "stamp", "stamp": "tick", "at": [0.5, 0.5]}]}
    assert (
        makers.save(people.teacher, row, attempt, seq=90, word="很好", ink=ink).status_code == 200
    )
    makers.save(people.teacher, row, attempt, seq=80, word="旧的")
    makers.save(people.teacher, row, attempt, seq=91, word="更好")
    found = Desk.objects.get()
    assert (found.word, found.ink, found.seq) == ("更好", ink, 91)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": "x"}, {"seq": -1}, {"marks": {}}, {"marks": [{}]}, {"word": 3}, {"ink": {"a": []}},
        {"marks": [{"reply": 999_999_999, "score": "1"}]}, {"word": "\0"},
        {"marks": [{"reply": True}]},
    ],
)  # fmt: skip
def test_what_is_no_save_keeps_nothing(wrong: dict[str, object]) -> None:
    people, row, attempt = paper()
    assert makers.save(people.teacher, row, attempt, **wrong).status_code == 422
    assert not Desk.objects.exists()


@pytest.mark.parametrize("score", ["11", "-1", "1/0", "nan", "x", "1e999"])
def test_points_out_of_range_keep_nothing(score: str) -> None:
    people, row, attempt = paper()
    reply = replies(attempt)["text"]
    sent = {"marks": [{"reply": reply, "score": score}], "word": "留着"}
    assert makers.save(people.teacher, row, attempt, **sent).status_code == 422
    assert len(marks_history(reply)) == 1
    assert not Desk.objects.exists()


def others(people: Cast) -> list[Person]:
    foreign = person(name="数学老师")
    member(foreign, people.one, Role.TEACHER, subject="maths")
    return [
        foreign, people.head, people.other_teacher, people.far_teacher, people.admin,
        people.city_staff, people.pupil, people.guardian, head_teacher(people.one),
    ]  # fmt: skip


def test_only_its_teacher_and_those_of_the_subject_mark() -> None:
    people, row, attempt = paper()
    for somebody in others(people):
        client = signed_in(somebody)
        assert client.get(f"/homework/{row.id}/mark").status_code == 404
        assert client.get(f"/homework/{row.id}/mark/{attempt}").status_code == 404
        assert client.get(f"/homework/{row.id}/results.csv").status_code == 404
        assert client.post(f"/homework/{row.id}/return", once()).status_code == 404
        assert client.post(f"/homework/{row.id}/withdraw", once()).status_code == 404
        assert makers.save(somebody, row, attempt).status_code == 404
    colleague = teacher(people.one, subject="chinese")
    assert signed_in(colleague).get(f"/homework/{row.id}/mark").status_code == 200


def test_a_head_teacher_sees_who_handed_in_but_no_mark() -> None:
    people, row, attempt = paper()
    makers.marked(attempt, people.teacher, "7.31")
    page = signed_in(people.head).get(f"/homework/{row.id}").content.decode()
    assert people.pupil.name in page
    assert not makers.points_in(page, "8.31")
    assert f"/homework/{row.id}/mark" not in page
    own = signed_in(people.teacher).get(f"/homework/{row.id}").content.decode()
    assert makers.points_in(own, "8.31")
    assert signed_in(people.admin).get(f"/homework/{row.id}").status_code == 200
    for somebody in (people.other_teacher, people.far_admin, people.far_head):
        assert signed_in(somebody).get(f"/homework/{row.id}").status_code == 404


def test_names_can_be_hidden_for_showing_in_class() -> None:
    people, row, _attempt = paper()
    page = signed_in(people.teacher).get(f"/homework/{row.id}?hide").content.decode()
    assert not any(child.name in page for child in people.pupils)
    dots = [part.split('"')[0] for part in page.split("hw-dot p-")[1:]]
    assert dots == ["handed_in", "new", "new"]


def test_another_homeworks_paper_is_not_found_here() -> None:
    people, row, attempt = paper()
    other = makers.homework(people, [makers.written()])
    client = signed_in(people.teacher)
    assert client.get(f"/homework/{other.id}/mark/{attempt}").status_code == 404
    assert makers.save(people.teacher, other, attempt).status_code == 404
    assert "还没有人交" in client.get(f"/homework/{other.id}/mark").content.decode()
    assert client.get(f"/homework/{row.id}/mark?paper=x").status_code == 200


def test_a_spoken_note_is_heard_by_the_pupil_only_after_the_return() -> None:
    people, row, attempt = paper()
    path = f"/homework/{row.id}/mark/{attempt}/voice"
    client = signed_in(people.teacher)
    answer = client.post(path, {"file": makers.recording(), "seconds": "x", **once()})
    assert answer.status_code == 200
    client.post(path, {"file": makers.recording(), **once()})
    voice = Voice.objects.get()
    heard = f"/homework/voice/{voice.id}"
    for somebody in (people.pupil, people.guardian, people.head):
        assert signed_in(somebody).get(heard).status_code == 404
    makers.marked(attempt, people.teacher)
    makers.returned(row, people.teacher)
    assert signed_in(people.pupil).get(heard).status_code == 200
    assert signed_in(people.guardian).get(heard).status_code == 200
    assert signed_in(people.pupils[1]).get(heard).status_code == 404
    assert signed_in(people.pupil).post(f"{heard}/remove", once()).status_code == 404
    assert client.post(f"{heard}/remove", once()).status_code == 200
    assert client.get(heard).status_code == 404
    assert client.post(path, once()).status_code == 422


def test_own_phrases_are_nobody_elses() -> None:
    people, row, _attempt = paper()
    client = signed_in(people.teacher)
    for text in ("字写得好", "字写得好", "  ", "计算要仔细"):
        client.post("/homework/phrases", {"text": text, **once()})
    assert list(Phrase.objects.order_by("id").values_list("text", flat=True)) == [
        "字写得好", "计算要仔细",
    ]  # fmt: skip
    assert "字写得好" in client.get(f"/homework/{row.id}/mark").content.decode()
    number = Phrase.objects.order_by("id")[0].id
    signed_in(people.other_teacher).post(f"/homework/phrases/{number}/remove", once())
    assert Phrase.objects.filter(gone_at__isnull=True).count() == 2
    gone = client.post(f"/homework/phrases/{number}/remove", once()).content.decode()
    assert "字写得好" not in gone


def test_giving_back_is_kept_in_the_audit_and_in_the_table() -> None:
    people, row, attempt = paper()
    people.pupil.name = "=HYPERLINK(1)"
    people.pupil.save()
    makers.marked(attempt, people.teacher, "7.5")
    answer = signed_in(people.teacher).post(f"/homework/{row.id}/return", once())
    assert answer.status_code == 303
    assert Entry.objects.get(act="homework.returned").detail == {"pupils": 1}
    table = signed_in(people.teacher).get(f"/homework/{row.id}/results.csv").content.decode()
    lines = table.splitlines()
    assert len(lines) == 4
    assert "'=HYPERLINK(1)" in table
    assert ",8.5,11" in table
    assert Entry.objects.get(act="data.exported").detail == {"kind": "csv", "persons": 3}


def test_fifty_papers_cost_what_five_do() -> None:
    costs = []
    for count in (5, 50):
        people = makers.cast(pupils=count)
        row = makers.homework(people, makers.choices(2))
        for child in people.pupils:
            makers.handed_in(row, child, "B", "A", mark=False)
        client = signed_in(people.teacher)
        told = []
        for path in (f"/homework/{row.id}", f"/homework/{row.id}/mark", "/homework"):
            client.get(path)
            with CaptureQueriesContext(connection) as found:
                assert client.get(path).status_code == 200
            told.append(len(found))
        costs.append(told)
    assert all(abs(few - many) <= 2 for few, many in zip(*costs, strict=True)), costs


def test_short_answers_are_suggested_with_a_confidence_and_a_person_decides() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.short()])
    attempts = [
        makers.handed_in(row, child, answer)
        for child, answer in zip(people.pupils, ("水变成水蒸气了", "不知道", ""), strict=True)
    ]
    path = f"/homework/{row.id}/mark"
    client = signed_in(people.teacher)
    client.get(path)
    client.get(path)
    assert Job.objects.filter(name="homework.hint").count() == 1
    held, payload = take()
    hints(held, payload)
    assert Hint.objects.count() == 2
    hint = Hint.objects.get(reply_id=marks_of([attempts[0]])[0].reply_id)
    assert hint.label in {"correct", "incorrect", "contradictory"}
    assert 0 < hint.confidence <= 1
    assert not hint.sure
    page = client.get(f"{path}/{attempts[0]}").content.decode()
    assert "还在跟你学" in page
    points = "2" if hint.label == "correct" else "0"
    assert f'data-suggested="{points}"' in page
    assert marks_of([attempts[0]])[0].score is None


def test_nothing_is_suggested_where_nothing_waits() -> None:
    people, row, attempt = paper()
    makers.marked(attempt, people.teacher)
    signed_in(people.teacher).get(f"/homework/{row.id}/mark")
    assert not Job.objects.filter(name="homework.hint").exists()
