"""A person is erased: nothing of practice is left, no row and no file, and others keep theirs."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import now
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, guardian, once, signed_in
from yunke.ground.privacy.actions.erase import erase_run
from yunke.ground.privacy.actions.wishes import erase_ask, erase_decide
from yunke.ground.privacy.models import Wish
from yunke.school.library.tests.makers import video
from yunke.school.practice.actions import papers
from yunke.school.practice.actions.explaining import folder_of
from yunke.school.practice.actions.persons import film_files, paper_files
from yunke.school.practice.models import (
    Answered,
    Card,
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    Learnt,
    LiveAnswer,
    LiveQuestion,
    Mastery,
    Paper,
    Word,
)
from yunke.school.practice.tests.makers import choice, drill, erring, point, run, tried

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> None:
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def erase(somebody: Person, *, by: Person, decider: Person) -> None:
    wish = erase_ask(who_id=by.id, person_id=somebody.id, reason="不想留")
    erase_decide(wish_id=wish, who_id=decider.id, given=True)
    erase_run(Wish.objects.get(id=wish))


def lived(people: Cast, child: Person) -> None:
    """A pupil of whom practice holds something everywhere."""
    question = choice(point())
    tried(child, question, (3, "B"), (1, "C"))
    entry = ErrorEntry.objects.get(person=child)
    post(child, f"/practice/error/{entry.id}/word", word="misread")
    post(child, "/practice/doubt", text="我会的", entry=entry.id)
    live = LiveQuestion.objects.create(
        class_id=people.one.id, teacher=people.teacher, question=question, ended_at=now()
    )
    LiveAnswer.objects.create(live=live, person=child, value="B", way="phone")
    Card.objects.create(class_id=people.one.id, person=child, number=child.id % 90)
    row = Paper.objects.create(
        by=people.teacher, class_id=people.one.id, drill=drill(child, question), state="unclear",
        unclear=["1"], file=f"paper{child.id}",
    )  # fmt: skip
    papers.folder().mkdir(parents=True, exist_ok=True)
    (papers.folder() / row.file).write_bytes(b"x")
    film = Explanation.objects.create(
        teacher=people.teacher, question=question, class_id=people.one.id, state="waiting",
        open_until=now() + timedelta(days=1),
    )  # fmt: skip
    ExplanationFor.objects.create(explanation=film, person=child)


OF_PERSON = (Answered, Card, Doubt, Drill, ErrorEntry, ExplanationFor, LiveAnswer, Mastery,
             Word)  # fmt: skip


def test_nothing_of_an_erased_pupil_is_left_and_everything_of_the_others(people: Cast) -> None:
    gone, stays = people.pupils[0], people.pupils[1]
    guardian(gone)
    for child in (gone, stays):
        lived(people, child)
    held = {model: model.objects.filter(person=stays).count() for model in OF_PERSON}
    assert all(held.values()), held
    assert [path.name for path in paper_files(gone.id)] == [f"paper{gone.id}"]
    erase(gone, by=people.guardian, decider=people.admin)
    for model in OF_PERSON:
        assert not model.objects.filter(person=gone).exists(), model
        assert model.objects.filter(person=stays).count() == held[model], model
    assert not Paper.objects.filter(drill__person=gone).exists()
    assert not (papers.folder() / f"paper{gone.id}").exists()
    assert (papers.folder() / f"paper{stays.id}").exists()


def test_a_teachers_recordings_go_and_what_the_school_learnt_stays(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "B")
    path = f"/practice/class/{people.one.id}/question/{question.id}/explain"
    film = SimpleUploadedFile("f.mp4", video(seconds=1, height=120).read_bytes(), "video/mp4")
    assert post(people.teacher, path, shown=str(people.pupil.id), film=film).status_code == 303
    row = Explanation.objects.get()
    post(
        people.teacher, f"/practice/class/{people.one.id}/question/{row.question_id}/cause",
        value="B", cause="忘了退位",
    )  # fmt: skip
    assert [path.name for path in film_files(people.teacher.id)] == [row.file]
    erase(people.teacher, by=people.teacher, decider=people.admin)
    assert not folder_of(row.id).exists()
    assert not Explanation.objects.exists()
    learnt = Learnt.objects.get()
    assert (learnt.cause, learnt.by_id) == ("忘了退位", None)
    run("practice.film")
