"""What a copy of one's data holds of practice, and what people write as every database keeps it."""

from typing import Any

import pytest

from yunke.base.clock import now
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.attempts.door import Of
from yunke.school.practice.models import (
    Answered,
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    Learnt,
    LiveAnswer,
    LiveQuestion,
    Paper,
    Word,
)
from yunke.school.practice.tests.makers import (
    ago,
    choice,
    drill,
    erring,
    followed,
    handed_in,
    point,
    tried,
)

pytestmark = pytest.mark.django_db
SOMEBODY = "somebody else"


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def copy_of(somebody: Person) -> dict[str, list[dict[str, Any]]]:
    told = {label: list(rows) for label, _held, rows in person_tables(somebody.id)}
    return {label: rows for label, rows in told.items() if label.startswith("practice.")}


@pytest.mark.parametrize("of", [Of.EXAM, Of.HOMEWORK])
def test_a_copy_of_ones_data_tells_no_mark_before_its_release(people: Cast, of: Of) -> None:
    """Asking for the own data must not be a way to read the marks of an exam early."""
    handed_in(people.pupil, {choice(point()): "B"}, of=of, of_id=77)
    followed()
    assert Answered.objects.get(person=people.pupil).released_at is None
    assert copy_of(people.pupil)["practice.Answered"] == []
    Answered.objects.update(released_at=now())
    [row] = copy_of(people.pupil)["practice.Answered"]
    assert (row["right"], row["value"], row["source"]) == (False, "B", of.value)


def test_a_copy_holds_ones_own_practice_and_names_nobody_else(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    mine, other = people.pupils[0], people.pupils[1]
    entry = ErrorEntry.objects.get(person=mine)
    post(mine, f"/practice/error/{entry.id}/word", word="misread")
    post(people.guardian, f"/practice/child/{mine.id}/doubt", text="那天病了")
    post(people.teacher, f"/practice/class/{people.one.id}/doubts/{Doubt.objects.get().id}",
         answer="知道了")  # fmt: skip
    Paper.objects.create(
        by=people.teacher, class_id=people.one.id, state="unclear", file="where-it-lies",
        drill=drill(mine, question, by=people.teacher),
    )  # fmt: skip
    told = copy_of(mine)
    for table in ("Answered", "ErrorEntry", "Mastery", "Word", "Doubt", "Drill", "Paper"):
        assert told[f"practice.{table}"], table
    assert {row["person_id"] for row in told["practice.Answered"]} == {mine.id}
    [doubt] = told["practice.Doubt"]
    assert (doubt["text"], doubt["answer"]) == ("那天病了", "知道了")
    assert (doubt["by_id"], doubt["answered_by_id"]) == (SOMEBODY, SOMEBODY)
    assert SOMEBODY in {row["by_id"] for row in told["practice.Drill"]}
    assert "where-it-lies" not in str(told)
    theirs = str(copy_of(other))
    assert "那天病了" not in theirs
    assert "misread" not in theirs


def test_a_teachers_copy_has_what_the_teacher_said_and_no_childs_answers(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    live = LiveQuestion.objects.create(
        class_id=people.one.id, teacher=people.teacher, question=question
    )
    LiveAnswer.objects.create(live=live, person=people.pupil, value="B", way="phone")
    post(people.teacher, f"/practice/class/{people.one.id}/question/{question.id}/cause",
         value="B", cause="忘了退位")  # fmt: skip
    told = copy_of(people.teacher)
    assert [row["cause"] for row in told["practice.Learnt"]] == ["忘了退位"]
    assert [row["id"] for row in told["practice.LiveQuestion"]] == [live.id]
    for table in ("Answered", "ErrorEntry", "LiveAnswer", "Mastery", "Word"):
        assert told[f"practice.{table}"] == [], table
    [answer] = copy_of(people.pupil)["practice.LiveAnswer"]
    assert answer["value"] == "B"


def test_a_film_in_ones_copy_tells_that_one_got_it_and_not_where_it_lies(people: Cast) -> None:
    film = Explanation.objects.create(
        teacher=people.teacher, question=choice(point()), class_id=people.one.id, state="ready",
        open_until=now(), file="lies-here.mp4",
    )  # fmt: skip
    ExplanationFor.objects.create(explanation=film, person=people.pupil)
    assert len(copy_of(people.pupil)["practice.ExplanationFor"]) == 1
    assert copy_of(people.pupil)["practice.Explanation"] == []
    mine = copy_of(people.teacher)["practice.Explanation"]
    assert len(mine) == 1
    assert "lies-here" not in str(mine)


def test_what_no_database_keeps_is_left_out_of_what_people_write(people: Cast) -> None:
    """PostgreSQL refuses NUL in a text: the page would break instead of keeping the words."""
    question = choice(point())
    tried(people.pupil, question, (1, "B"))
    post(people.pupil, "/practice/doubt", text="不\0对")
    doubt = Doubt.objects.get()
    path = f"/practice/class/{people.one.id}"
    assert post(people.teacher, f"{path}/doubts/{doubt.id}", answer="好\0的").status_code == 303
    cause = f"{path}/question/{question.id}/cause"
    assert post(people.teacher, cause, value="B\0", cause="忘\0了").status_code == 303
    here = {"question": [question.id], "pupil": [people.pupil.id]}
    assert post(people.teacher, f"{path}/exercise", title="退\0位", **here).status_code == 303
    doubt.refresh_from_db()
    assert (doubt.text, doubt.answer) == ("不对", "好的")
    assert Learnt.objects.get().cause == Word.objects.get().cause == "忘了"
    assert Drill.objects.filter(title="退位").count() == 1
    assert signed_in(people.pupil).get("/practice?subject=%00&point=%00").status_code == 200
    for text in ("\0", " \0 "):
        assert post(people.pupil, "/practice/doubt", text=text).status_code == 422
    assert Doubt.objects.count() == 1


def test_a_place_decided_with_nonsense_is_kept_without_it(people: Cast) -> None:
    row = Paper.objects.create(
        by=people.teacher, class_id=people.one.id, school_id=people.school.id, state="unclear",
        unclear=["1"], drill=drill(people.pupil, choice(point())), file="",
    )  # fmt: skip
    path = f"/practice/class/{people.one.id}/papers/{row.id}"
    assert post(people.teacher, path, **{"place-1": "\0A" + "x" * 40}).status_code == 303
    row.refresh_from_db()
    assert "\0" not in row.answers["1"]
    assert len(row.answers["1"]) <= 12


def test_a_subject_that_there_is_not_narrows_nothing(people: Cast) -> None:
    tried(people.pupil, choice(point()), (3, "B"))
    client = signed_in(people.pupil)
    for subject in ("chemistry-of-cats", "<u>x</u>", "\0", "maths'--", "x" * 500):
        told = client.get("/practice", {"subject": subject}).content.decode()
        assert "42 - 17" in told, subject
        assert "<u>x" not in told
    assert "42 - 17" not in client.get("/practice?subject=chinese").content.decode()


def test_an_older_released_answer_is_in_the_copy_beside_a_waiting_one(people: Cast) -> None:
    question = choice(point())
    handed_in(people.pupil, {question: "C"}, at=ago(4))
    handed_in(people.pupil, {question: "B"}, of=Of.EXAM, of_id=5, at=ago(1))
    followed()
    assert [row["value"] for row in copy_of(people.pupil)["practice.Answered"]] == ["C"]
    assert Answered.objects.filter(person=people.pupil).count() == 2
