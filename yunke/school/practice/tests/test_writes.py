"""Every write once, refused writes change nothing, hostile forms are answered and not kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import monday, now, today
from yunke.base.models import Job
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, guardian, once, signed_in
from yunke.school.lessons.tests.makers import answered as task_answered
from yunke.school.lessons.tests.makers import hour
from yunke.school.library.tests.makers import video
from yunke.school.practice.actions.deriving import people_derive
from yunke.school.practice.actions.following import tasks_follow
from yunke.school.practice.models import (
    Answered,
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    Learnt,
    LiveAnswer,
    LiveQuestion,
    Mastery,
    Paper,
    Printing,
    Word,
)
from yunke.school.practice.tests.makers import choice, drill, erring, number, point, tried

pytestmark = pytest.mark.django_db
COUNTED = (Answered, Doubt, Drill, Explanation, Learnt, LiveAnswer, LiveQuestion, Paper, Printing,
           Word)  # fmt: skip


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def entry_of(people: Cast) -> ErrorEntry:
    return ErrorEntry.objects.get(person=people.pupil)


def film() -> SimpleUploadedFile:
    return SimpleUploadedFile("f.mp4", video(seconds=1, height=120).read_bytes(), "video/mp4")


# Who, where, what; the names in braces are of the fixture below.
WRITES: dict[str, tuple[str, str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "Word": ("pupil", "/practice/error/{entry}/word", lambda t: {"word": "misread"}),
    "Doubt": ("pupil", "/practice/doubt", lambda t: {"text": "不对", "entry": t["entry"]}),
    "Drill": ("teacher", "/practice/class/{class}/exercise", lambda t: {
        "question": [t["question"]], "pupil": [t["pupil"]],
    }),
    "Learnt": ("teacher", "/practice/class/{class}/question/{question}/cause", lambda t: {
        "value": "B", "cause": "忘了退位",
    }),
    "Explanation": ("teacher", "/practice/class/{class}/question/{question}/explain", lambda t: {
        "shown": str(t["pupil"]), "film": film(),
    }),
    "LiveQuestion": ("teacher", "/live-quiz/class/{class}/start", lambda t: {
        "question": t["question"],
    }),
    "Printing": ("teacher", "/practice/class/{class}/printing", lambda t: {}),
    "Paper": ("pupil", "/practice/paper", lambda t: {
        "photo": SimpleUploadedFile("p.jpg", b"x" * 90, "image/jpeg"),
    }),
}  # fmt: skip


@pytest.fixture
def told(people: Cast) -> dict[str, Any]:
    question = choice(point())
    erring(people, question, "BBA")
    waits = drill(people.pupils[1], question)
    Drill.objects.filter(id=waits.id).update(week=monday(today()))
    return {
        "class": people.one.id, "question": question.id, "pupil": people.pupil.id,
        "entry": entry_of(people).id,
    }  # fmt: skip


@pytest.mark.parametrize("name", WRITES)
def test_a_form_that_arrives_twice_is_written_once(people: Cast, told: Any, name: str) -> None:
    who, path, data = WRITES[name]
    client, key, before = signed_in(getattr(people, who)), once(), rows()
    first = client.post(path.format(**told), {**data(told), **key})
    after, acts, events = rows(), Entry.objects.count(), Event.objects.count()
    again = client.post(path.format(**told), {**data(told), **key})
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]
    assert after[name] == before[name] + 1
    assert rows() == after
    assert (Entry.objects.count(), Event.objects.count()) == (acts, events)


@pytest.mark.parametrize("name", WRITES)
def test_a_form_without_its_key_writes_nothing(people: Cast, told: Any, name: str) -> None:
    who, path, data = WRITES[name]
    before = rows()
    answer = signed_in(getattr(people, who)).post(path.format(**told), data(told))
    assert answer.status_code >= 400
    assert rows() == before


@pytest.mark.parametrize(
    ("name", "verb", "act"),
    [
        ("Word", "CAUSE_SAID", ""), ("Doubt", "DOUBTED", ""),
        ("Drill", "DRILL_MADE", "drill.sent"), ("Learnt", "CAUSE_SAID", "cause.corrected"),
        ("Explanation", "EXPLAINED", "explanation.sent"), ("LiveQuestion", "LIVE_ASKED", ""),
        ("Printing", "", "drill.sent"),
    ],
)  # fmt: skip
def test_what_was_done_is_told_in_the_same_breath(
    people: Cast, told: Any, name: str, verb: str, act: str
) -> None:
    from yunke.ground.lake.door import Verb  # noqa: PLC0415

    who, path, data = WRITES[name]
    actor = getattr(people, who)
    assert post(actor, path.format(**told), **data(told)).status_code == 303
    if verb:
        event = Event.objects.filter(actor_id=actor.id, verb=Verb[verb].value).get()
        assert event.class_id == people.one.id
        assert event.school_id == people.school.id
    if act:
        assert Entry.objects.filter(act=act, actor_id=actor.id).count() == 1


@pytest.mark.parametrize(
    ("who", "path", "data"),
    [
        ("pupil", "/practice/doubt", {"text": ""}),
        ("pupil", "/practice/doubt", {"text": "   "}),
        ("pupil", "/practice/doubt", {"text": "字" * 301}),
        ("pupil", "/practice/error/{entry}/word", {"word": ""}),
        ("pupil", "/practice/error/{entry}/word", {"word": "teacher"}),
        ("guardian", "/practice/child/{pupil}/doubt", {"text": ""}),
        (
            "teacher",
            "/practice/class/{class}/question/{question}/cause",
            {"value": "B", "cause": "字" * 61},
        ),
        (
            "teacher",
            "/practice/class/{class}/question/{question}/cause",
            {"value": "B", "cause": "  "},
        ),
        ("teacher", "/practice/class/{class}/exercise", {"question": "x", "pupil": "y"}),
        ("teacher", "/practice/class/{class}/exercise", {"question": "99999999", "pupil": "1"}),
        ("teacher", "/practice/class/{class}/question/{question}/explain", {"shown": "1"}),
        ("teacher", "/live-quiz/class/{class}/start", {"question": "-1"}),
        ("teacher", "/live-quiz/class/{class}/start", {"question": "99999999"}),
        ("teacher", "/live-quiz/class/{class}/start", {"question": "٣"}),
    ],
)
def test_a_refused_form_says_so_and_changes_nothing(
    people: Cast, told: Any, who: str, path: str, data: Any
) -> None:
    before, estimates = rows(), list(Mastery.objects.values())
    answer = post(getattr(people, who), path.format(**told), **data)
    assert answer.status_code == 422
    assert rows() == before
    assert list(Mastery.objects.values()) == estimates


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}"]
)
def test_what_people_write_stays_words(people: Cast, told: Any, text: str) -> None:
    post(people.pupil, "/practice/doubt", text=text, question=told["question"])
    path = f"/practice/class/{people.one.id}"
    post(people.teacher, f"{path}/question/{told['question']}/cause", value="B", cause=text)
    for somebody, where in (
        (people.teacher, path), (people.teacher, f"{path}/question/{told['question']}"),
        (people.pupil, f"/practice/error/{entry_of(people).id}"),
        (people.guardian, f"/practice/child/{people.pupil.id}"),
    ):  # fmt: skip
        shown = signed_in(somebody).get(where)
        assert shown.status_code == 200
        assert text not in shown.content.decode() or text == "{{ 7*7 }}"
        assert ">49<" not in shown.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"entry": "/../admin"}, {"entry": "//evil.example"}, {"point": "https://evil.example"},
        {"entry": "-4"}, {"entry": "１２"}, {"entry": "9" * 40},
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_by_a_form(people: Cast, data: dict[str, str]) -> None:
    answer = post(people.pupil, "/practice/doubt", text="不对", **data)
    assert answer.status_code == 303
    assert answer["Location"] == "/practice"


# Live answers as a phone might send them


@pytest.fixture
def live(people: Cast) -> LiveQuestion:
    question = number(point())
    assert post(
        people.teacher, f"/live-quiz/class/{people.one.id}/start", question=question.id
    ).status_code == 303  # fmt: skip
    return LiveQuestion.objects.get()


@pytest.mark.parametrize(
    "value",
    [
        "NaN", "Infinity", "-Infinity", "1e999", '"\\ud800"', '"\\u0000"', "[" * 1000 + "]" * 1000,
        "[NaN]", '{"a": "\\udfff"}', '["' + "x" * 400 + '"]', "{}", '""', "not json", "\\",
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_kept_is_refused_and_the_class_goes_on(
    people: Cast, live: LiveQuestion, value: str
) -> None:
    path = f"/live-quiz/{live.id}"
    assert post(people.pupil, f"{path}/answer", value=value).status_code == 422
    assert not LiveAnswer.objects.exists()
    post(people.pupils[1], f"{path}/answer", value=json.dumps("25"))
    assert signed_in(people.teacher).get(f"{path}/bars").status_code == 200
    assert post(people.teacher, f"{path}/show").status_code == 303
    assert Answered.objects.get().right


@pytest.mark.parametrize(
    "value", ['{"a": 1}', "[1, 2]", '["25"]', "true", "25", '"<b>x</b>"', "[[[[1]]]]", '"25 "'],
)  # fmt: skip
def test_an_answer_of_another_kind_breaks_no_page(
    people: Cast, live: LiveQuestion, value: str
) -> None:
    path = f"/live-quiz/{live.id}"
    post(people.pupil, f"{path}/answer", value=value)
    shown = signed_in(people.teacher).get(f"{path}/bars")
    assert shown.status_code == 200
    assert "<b>x</b>" not in shown.content.decode()
    assert signed_in(people.pupil).get(path).status_code == 200
    assert post(people.teacher, f"{path}/show").status_code == 303
    assert signed_in(people.pupil).get(path).status_code == 200
    assert not Answered.objects.filter(right=True, value='{"a": 1}').exists()


# Whose questions and whose pupils


def test_another_schools_question_is_neither_asked_nor_sent(people: Cast) -> None:
    theirs = choice(point(), school_id=people.far_school.id, stem="别校的题")
    path = f"/practice/class/{people.one.id}/exercise"
    here = people.pupil.id
    assert post(people.teacher, path, question=[theirs.id], pupil=[here]).status_code == 422
    start = f"/live-quiz/class/{people.one.id}/start"
    assert post(people.teacher, start, question=theirs.id).status_code == 422
    assert not Drill.objects.exists()
    assert not LiveQuestion.objects.exists()
    ours = choice(point(), school_id=people.school.id)
    assert post(people.teacher, start, question=ours.id).status_code == 303


def test_what_the_class_got_wrong_may_be_asked_wherever_it_came_from(people: Cast) -> None:
    theirs = choice(point(), school_id=people.far_school.id)
    erring(people, theirs, "B")
    start = f"/live-quiz/class/{people.one.id}/start"
    assert post(people.teacher, start, question=theirs.id).status_code == 303


def test_an_explanation_reaches_nobody_who_did_not_err(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BA")
    path = f"/practice/class/{people.one.id}/question/{question.id}/explain"
    everybody = ",".join(str(child.id) for child in people.pupils)
    assert post(people.teacher, path, shown=everybody, film=film()).status_code == 303
    copies = Explanation.objects.get().copies.values_list("person_id", flat=True)
    assert list(copies) == [people.pupil.id]
    only_right = str(people.pupils[1].id)
    assert post(people.teacher, path, shown=only_right, film=film()).status_code == 422
    assert Job.objects.filter(name="practice.film").count() == 1


@pytest.mark.parametrize("shown", ["", ",,,", "x,y", "1e9", "-1", "9" * 50, "٣"])
def test_a_list_of_readers_that_is_none_sends_nothing(people: Cast, shown: str) -> None:
    question = choice(point())
    erring(people, question, "B")
    path = f"/practice/class/{people.one.id}/question/{question.id}/explain"
    assert post(people.teacher, path, shown=shown, film=film()).status_code == 422
    assert not Explanation.objects.exists()


# Words are about the error they were said of


def test_a_word_about_an_old_error_is_not_told_of_a_new_one(people: Cast) -> None:
    question = choice(point(), cause="")
    erring(people, question, "B")
    cause = f"/practice/class/{people.one.id}/question/{question.id}/cause"
    post(people.teacher, cause, value="B", cause="忘了退位")
    post(people.pupil, f"/practice/error/{entry_of(people).id}/word", word="slipped")
    tried(people.pupil, question, (-0.01, "C"))
    entry = entry_of(people)
    assert (entry.value, entry.cause, entry.origin, entry.own_word) == ("C", "", "", "")
    tried(people.pupil, question, (-0.02, "B"))
    entry = entry_of(people)
    assert (entry.value, entry.cause, entry.origin) == ("B", "忘了退位", "learnt")


def test_a_teachers_word_reaches_errors_in_films_of_the_same_school() -> None:
    made = hour()
    child = made.people.pupil
    Learnt.objects.create(
        question=made.task.question, value="A", school_id=made.people.school.id, cause="看反了"
    )
    task_answered(child, made.task, "A")
    tasks_follow()
    assert Answered.objects.get().school_id == made.people.school.id
    people_derive([child.id])
    entry = ErrorEntry.objects.get(person=child)
    assert (entry.cause, entry.origin) == ("看反了", "learnt")


# Doubts


def test_a_guardian_may_say_that_something_is_wrong_and_reads_the_answer(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    mother = guardian(people.pupil)
    path = f"/practice/child/{people.pupil.id}"
    assert post(mother, f"{path}/doubt", text="孩子当时病了").status_code == 303
    doubt = Doubt.objects.get()
    assert (doubt.person_id, doubt.by_id) == (people.pupil.id, mother.id)
    answers = f"/practice/class/{people.one.id}/doubts/{doubt.id}"
    assert post(people.teacher, answers, answer="").status_code == 422
    post(people.teacher, answers, answer="知道了，会看")
    assert "知道了，会看" in signed_in(mother).get(path).content.decode()
    assert post(people.far_guardian, f"{path}/doubt", text="别人家").status_code == 404


def test_what_waits_for_an_answer_is_not_pushed_out_by_newer_answered_ones(people: Cast) -> None:
    waiting = Doubt.objects.create(
        person=people.pupil, by=people.pupil, class_id=people.one.id, text="一直在等的那条"
    )
    Doubt.objects.bulk_create(
        Doubt(
            person=people.pupil, by=people.pupil, class_id=people.one.id, text=f"第{n}条",
            answer="好", answered_at=now() - timedelta(hours=n),
        )
        for n in range(1, 40)
    )  # fmt: skip
    told = signed_in(people.teacher).get(f"/practice/class/{people.one.id}").content.decode()
    assert waiting.text in told
    assert "第1条" in told
    assert "第39条" not in told
