"""The demo city in a real database: built, built again, brought up to another day."""

import json
import shutil
import subprocess
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache

from yunke.base.clock import at, now, today
from yunke.base.kept import forget_all
from yunke.demo import stages
from yunke.demo.anchor import calendar_of
from yunke.demo.cast import PASSWORD
from yunke.demo.catalogue import catalogue_write
from yunke.demo.city import City, Secrets, city_of
from yunke.demo.film import films
from yunke.demo.films import Films, NotFilmed, adopt
from yunke.demo.history import watching_write
from yunke.demo.questions import film_tasks, tasks_write_questions
from yunke.demo.state import State, stamp, state_read, state_write
from yunke.demo.tests.makers import small_city
from yunke.ground.lake.door import events_of, lake_state, person_days
from yunke.ground.people.door import (
    class_pupils,
    places_of,
    roster_ids,
)
from yunke.ground.people.tests.makers import org
from yunke.school.lessons.door import progress_of, tasks_of
from yunke.school.library.door import lesson_cards, lesson_full
from yunke.school.timetable.door import bells_of, day_of_grade, plan_of, slots_of, term_of

pytestmark = pytest.mark.django_db
NOON = at(today(), time(12, 5))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "LAKE_ROOT", tmp_path / "lake")
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "media")
    cache.clear()
    forget_all()
    return tmp_path


def build() -> list[tuple[str, float]]:
    told: list[tuple[str, float]] = []
    stages.build("school", (), lambda stage, share, note: told.append((stage, share)))
    return told


def cast_ids(folder: Path) -> dict[str, int]:
    return {row["key"]: row["person_id"] for row in json.loads((folder / "demo.json").read_text())}


@pytest.mark.timeout(240)
def test_a_school_day_is_there(folder: Path) -> None:
    """One build, looked at from all sides: building takes seconds."""
    with time_machine.travel(NOON, tick=False):
        told = build()
        ids = cast_ids(folder)
        child = places_of([ids["child"]])[ids["child"]]
        assert [share for _stage, share in told][-1] == 1
        assert child.grade == 1
        assert 40 <= len(class_pupils(child.class_id)) <= 50
        assert term_of(child.city, today()) is not None
        assert len(day_of_grade(child.city, 1, today())) >= 2
        assert len(slots_of(child.class_id, today())) >= 29
        far = next(c for c in _city().classes if c.school.county == "wangxi")
        assert bells_of(far.county_id, 0), "the far county has bells of its own"
        assert not bells_of(child.county, 0)
        days = person_days([ids["child"], ids["brother"]], today() - timedelta(days=20), today())
        assert len(days) > 15
        assert 5 < max(day.minutes for day in days) < 120
        assert len({day.minutes for day in days}) > 8, "no two days are alike"
        assert events_of(ids["child"]).more
        assert lake_state().events > 10_000
        friday = today() - timedelta(days=today().weekday() + 3)
        plans = plan_of([p.id for p in class_pupils(child.class_id)], friday)
        assert (
            0.3 < sum(p.done for p in plans.values()) / sum(p.planned for p in plans.values()) < 1
        )
        _same_again(folder, ids)
        _next_day(ids)


def _same_again(folder: Path, ids: dict[str, int]) -> None:
    told = build()
    assert [stage for stage, _share in told] == ["演示城市 · demo city"]
    (folder / "demo.state").write_text(
        (folder / "demo.state").read_text().replace('"written": "', '"written": "other code ')
    )
    before = _told()
    build()
    assert cast_ids(folder) == ids
    assert _told() == before


def _told() -> int:
    """Every act, in the lake and on its way there."""
    state = lake_state()
    return state.events + state.waiting


def _next_day(ids: dict[str, int]) -> None:
    """A week later the same people go on: the past stays, new days follow."""
    place = places_of([ids["child"]])[ids["child"]]
    yesterday = day_of_grade(place.city, 1, today() - timedelta(days=1))
    before = lake_state().events
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        cache.clear()
        build()
        forget_all()
        assert day_of_grade(place.city, 1, today() - timedelta(days=8)) == yesterday
        assert lake_state().events > before
        assert person_days([ids["brother"]], today() - timedelta(days=6), today())


def _city() -> City:
    state = state_read(Path(settings.DATA))
    assert state is not None
    ids = type(roster_ids())(*state.ids)
    return city_of(ids, calendar_of(today()).first_day, today(), Secrets("", "", ""))


def test_a_city_of_somebody_else_is_left_alone(folder: Path) -> None:
    org("city", "真的市")
    with pytest.raises(stages.ForeignCity, match="YUNKE_DATA"):
        build()
    assert not (folder / "demo.json").exists()


def test_a_killed_run_goes_on_with_the_same_people(folder: Path) -> None:
    """Killed before the first row, and after the roster: the ids were kept before either."""
    stages._state(folder, "school")
    kept = state_read(folder)
    assert kept is not None
    assert kept.written == ""
    city = stages._people(kept, lambda *words: None)
    assert stages._people(kept, lambda *words: None).cast == city.cast
    assert len(class_pupils(city.class_of("yinxing", 1).id)) == len(
        city.class_of("yinxing", 1).pupils
    )


def test_the_visitors_password_opens(folder: Path, client: Any) -> None:
    state = stages._state(folder, "school")
    stages.visitors_write(folder, stages._people(state, lambda *words: None))
    mother = next(
        row for row in json.loads((folder / "demo.json").read_text()) if row["key"] == "mother"
    )
    assert mother["password"] == PASSWORD
    answer = client.post(
        "/sign-in", {"login": mother["login"], "password": mother["password"], "next": "/child"}
    )
    assert answer.status_code == 303
    assert client.get("/child").status_code == 200


def test_state_is_whole_or_the_old_one(folder: Path) -> None:
    state = State("school", (1, 2, 3), "2026-11-21", "2026-09-14")
    state_write(folder, state)
    (folder / "demo.state.part").write_text("{half")
    assert state_read(folder) == state
    assert state.term.isoformat() == "2026-09-14"
    assert state_read(folder / "nowhere") is None


def test_the_stamp_changes_with_the_day() -> None:
    assert stamp(today()) == stamp(today())
    assert stamp(today()) != stamp(today() + timedelta(days=1))


def filmed(folder: Path, slug: str, seconds: int = 6) -> None:
    """A film folder as the film room leaves it, with a picture that does not matter."""
    place = folder / slug
    place.mkdir(parents=True)
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i",
        f"testsrc=size=320x180:rate=10:duration={seconds}", "-f", "lavfi", "-i",
        f"sine=duration={seconds}", "-c:v", "libx264", "-g", "20", "-c:a", "aac",
        str(place / "video.mp4"),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    (place / "captions.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\n你好\n")
    (place / "chapters.json").write_text('[{"at": 0, "title_zh": "开头", "title_en": "Start"}]')


def test_a_finished_film_becomes_a_lesson_with_tasks_and_viewers(folder: Path) -> None:
    city = small_city()
    catalogue = catalogue_write(city, films())
    slug = "g5-equations"
    filmed(folder / "films", slug)
    seconds = adopt(catalogue, slug, folder / "films", tasks_write_questions())
    lesson = next(taught for taught in catalogue.lessons if taught.film == slug)
    assert seconds == 6
    assert lesson_cards([lesson.id])[lesson.id].has_video
    full = lesson_full(lesson.id, None)
    assert full is not None
    assert [mark.title for mark in full.chapters] == ["开头"]
    asked = [task.at for task in tasks_of(lesson.id)]
    assert asked == [round(t.share * 6, 1) for t in film_tasks() if t.film == slug]
    made = watching_write(city, 5, lesson.id, seconds, today(), first=True)
    assert 20 < made < len(city.class_of("yinxing", 5).pupils)
    assert not progress_of(city.cast["brother"], [lesson.id]), "his day begins with it"
    assert adopt(catalogue, slug, folder / "films", tasks_write_questions()) == seconds
    assert len(tasks_of(lesson.id)) == len(asked)


def test_a_film_in_a_unit_of_the_same_title_joins_it() -> None:
    catalogue = catalogue_write(small_city(), films())
    equations = next(taught for taught in catalogue.lessons if taught.film == "g5-equations")
    card = lesson_cards([equations.id])[equations.id]
    assert card.unit == "简易方程"
    assert card.grade == 5


def test_writing_the_catalogue_twice_gives_the_same_lessons() -> None:
    city = small_city()
    assert catalogue_write(city, films()) == catalogue_write(city, films())


def test_films_that_are_there_are_told_at_once(folder: Path) -> None:
    """The real program; an unknown film is its own clear error."""
    making = Films(folder / "films", only=("no-such-film",), jobs=1)
    with pytest.raises(NotFilmed, match="unknown film: no-such-film"):
        list(making.finished())
    assert shutil.which("nice")
    assert now() is not None
