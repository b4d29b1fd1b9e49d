"""May this file be sent?"""

from typing import Any

import pytest

from yunke.gate.front.media import family
from yunke.gate.front.tests.makers import Heard, ask, forget, token, writing
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Person, Session
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Asset, Lesson
from yunke.school.library.tests import makers as library

pytestmark = pytest.mark.django_db
SEGMENT = "/media/lessons/{}/1/720/00001.m4s"


def check(path: str, somebody: Person | None = None) -> Heard:
    mark = token(somebody) if somebody else ""
    return ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path)


@pytest.fixture
def made() -> Any:
    return people.cast()


def test_a_pupil_gets_what_is_published(made: Any) -> None:
    lesson = library.lesson()
    assert check(SEGMENT.format(lesson.id), made.pupil).status == 204


def test_nobody_else_gets_a_segment(made: Any) -> None:
    lesson = library.lesson()
    assert check(SEGMENT.format(lesson.id)).status == 404
    assert ask(
        "GET", "/front/media-check", token="guess" * 9, x_forwarded_uri=SEGMENT.format(lesson.id)
    ).status == 404  # fmt: skip


def test_what_is_not_published_is_its_authors(made: Any) -> None:
    lesson = library.lesson(author=made.teacher, published=False)
    assert check(SEGMENT.format(lesson.id), made.teacher).status == 204
    assert check(SEGMENT.format(lesson.id), made.pupil).status == 404
    assert check(SEGMENT.format(lesson.id), made.far_teacher).status == 404


def test_withdrawing_a_lesson_stops_its_files_within_a_second(made: Any) -> None:
    lesson = library.lesson(author=made.teacher)
    path, mark = SEGMENT.format(lesson.id), token(made.pupil)
    assert ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path).status == 204
    Lesson.objects.filter(id=lesson.id).update(state=Lesson.State.WITHDRAWN)
    forget()
    assert ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path).status == 404


def test_a_revoked_session_stops_within_a_second(made: Any) -> None:
    path, mark = SEGMENT.format(library.lesson().id), token(made.pupil)
    assert ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path).status == 204
    Session.objects.all().delete()
    forget()
    assert ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path).status == 404


def test_a_download_needs_the_teachers_leave(made: Any) -> None:
    closed = library.lesson(author=made.teacher)
    opened = library.lesson(author=made.teacher, download_allowed=True)
    path = "/media/lessons/{}/1/download/film.mp4"
    assert check(path.format(closed.id), made.pupil).status == 404
    assert check(path.format(opened.id), made.pupil).status == 204


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/media/",
        "/media/uploads/1.part",
        "/media/../yunke.sqlite3",
        "/media/lessons/1/2/../../../secret.key",
        "/media/lessons/1/2/%2e%2e/%2e%2e/secret.key",
        "/media/lessons/1/2/..%2f..%2fsecret.key",
        "/media//lessons/1/2/x.ts",
        "/media/lessons/1/2/x%5cy.ts",
        "/media/lessons/x/2/a.ts",
        "/media/lessons/99999999999999999999/1/a.ts",
    ],
)
def test_odd_paths_are_nobodys(made: Any, path: str) -> None:
    library.lesson()
    assert check(path, made.teacher).status == 404


def test_segments_of_a_video_share_an_answer_but_downloads_do_not() -> None:
    one, two = SEGMENT.format(1), "/media/lessons/1/1/720/00002.m4s"
    assert family(one) == family(two)
    assert family("/media/lessons/1/1/download/a.mp4") != family(one)
    assert family("/media/lessons/1/1/poster.jpg") == "/media/lessons/1/1/poster.jpg"
    assert family("/media/lessons/2/1/720/00001.m4s") != family(one)


def test_the_answer_for_one_person_is_never_anothers(made: Any) -> None:
    lesson = library.lesson(author=made.teacher, published=False)
    path = SEGMENT.format(lesson.id)
    assert check(path, made.teacher).status == 204
    assert check(path, made.pupil).status == 404
    assert check(path).status == 404


def test_an_answer_is_kept_for_less_than_a_second(
    made: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, mark = SEGMENT.format(library.lesson().id), token(made.pupil)
    ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path)
    with django_assert_num_queries(0):
        ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path)


@pytest.mark.django_db(transaction=True)
def test_a_download_is_an_act_once_however_many_ranges_are_asked_for(made: Any) -> None:
    lesson = library.lesson(download_allowed=True)
    asset = Asset.objects.create(lesson=lesson, kind="video", title="课", state="ready")
    path = f"/media/lessons/{lesson.id}/{asset.id}/download/lesson-{lesson.id}.mp4"
    mark = token(made.pupil)
    with writing():
        for _ in range(3):
            heard = ask("GET", "/front/media-check", token=mark, x_forwarded_uri=path)
            assert heard.status == 204
    assert Event.objects.filter(verb="lesson.downloaded", actor_id=made.pupil.id).count() == 1
