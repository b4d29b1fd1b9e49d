"""Watching together over the front."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from yunke.gate.front import along
from yunke.gate.front.tests.makers import ask, forget, knock, listening, post, send, token, writing
from yunke.ground.people.models import Session
from yunke.school.lessons.actions import along_end
from yunke.school.lessons.models import Along
from yunke.school.lessons.tests import makers as lessons

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Any:
    hour = lessons.hour()
    hour.along = lessons.along(hour.people, hour.lesson)  # type: ignore[attr-defined]
    return hour


@pytest.fixture(autouse=True)
def _writing() -> Any:
    with writing():
        yield


def run(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(work())  # type: ignore[arg-type]


def path(made: Any) -> str:
    return f"/front/along/{made.along.id}"


def test_the_teacher_drives_and_every_screen_follows_at_once(made: Any) -> None:
    teacher, pupil = token(made.people.teacher), token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            assert (await line.state())["playing"] is False
            heard = await post(path(made), {"position": 42, "playing": True}, token=teacher)
            assert heard.status == 200
            state = await line.state()
            assert (state["position"], state["playing"]) == (42, True)
            assert state["version"] == heard.told["version"]

    run(work)
    assert Along.objects.get().position == 42


def test_a_question_stops_the_film_and_stands_on_every_screen(made: Any) -> None:
    teacher, pupil = token(made.people.teacher), token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            await post(path(made), {"ask": True, "task": made.task.id}, token=teacher)
            state = await line.state()
            assert state["task"]["id"] == made.task.id
            assert "key" not in state["task"]
            await post(path(made), {"spoken": "谁来说说？"}, token=teacher)
            assert (await line.state())["spoken"] == "谁来说说？"
            await post(path(made), {"word": "看黑板"}, token=teacher)
            assert (await line.state())["word"] == "看黑板"
            await post(path(made), {"end": True}, token=teacher)
            assert (await line.state())["ended"] is True

    run(work)


def test_what_another_process_changed_is_noticed(made: Any) -> None:
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            along_end(
                who_id=made.people.teacher.id, school_id=made.people.school.id,
                along_id=made.along.id,
            )  # fmt: skip
            along.look()
            assert (await line.state())["ended"] is True

    run(work)


def test_a_screen_that_comes_back_gets_the_newest_state_only_if_it_is_new(made: Any) -> None:
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil, last_event_id="1") as line:
            with pytest.raises(TimeoutError):
                await line.state(0.2)
        async with listening(path(made) + "/events", token=pupil, last_event_id="x") as line:
            assert (await line.state())["id"] == made.along.id

    run(work)


def test_only_the_class_and_its_teachers_may_listen(made: Any) -> None:
    people, at = made.people, path(made) + "/events"
    for stranger in (people.other_pupil, people.far_teacher, people.guardian, people.city_staff):
        assert ask("GET", at, token=token(stranger)).status == 404
    assert ask("GET", at).status == 401
    assert ask("GET", "/front/along/999999/events", token=token(people.pupil)).status == 404


def test_only_the_teacher_of_the_hour_drives(made: Any) -> None:
    people = made.people
    value = {"position": 5, "playing": True}
    assert send(path(made), value, token=token(people.pupil)).status == 404
    assert send(path(made), value, token=token(people.far_teacher)).status == 404
    assert send(path(made), value, token=token(people.head)).status == 404
    assert send(path(made), value).status == 401
    assert Along.objects.get().position == 0


@pytest.mark.parametrize("position", [-5, "x", None, 1e12])
def test_a_strange_second_moves_nobody(made: Any, position: Any) -> None:
    heard = send(path(made), {"position": position}, token=token(made.people.teacher))
    assert heard.status == 422
    assert Along.objects.get().version == 1


def test_another_sites_page_cannot_drive(made: Any) -> None:
    heard = send(
        path(made), {"end": True}, token=token(made.people.teacher), origin="http://evil.example"
    )
    assert heard.status == 403
    assert Along.objects.get().ended_at is None


def test_a_line_says_that_it_is_still_there(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(along, "BEAT", 0.05)
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            assert b"still here" in await asyncio.wait_for(line.parts.get(), 5)

    run(work)


def test_who_was_signed_out_loses_the_line(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(along, "BEAT", 0.05)
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            Session.objects.all().delete()
            forget()
            await asyncio.wait_for(line.ended.wait(), 5)

    run(work)
    assert along.hub.topics == []


def test_a_busy_line_is_looked_up_too(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A teacher who never pauses must not keep a line open for somebody who left the class."""
    monkeypatch.setattr(along, "BEAT", 0.2)
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            Session.objects.all().delete()
            forget()
            number = 1000
            while not line.ended.is_set():
                number += 1
                assert number < 1200, "the line is still open"
                along.hub.publish(int(path(made).rsplit("/", 1)[1]), number, b"{}")
                await asyncio.sleep(0.02)

    run(work)


def test_a_house_that_goes_down_ends_its_lines(made: Any) -> None:
    pupil = token(made.people.pupil)

    async def work() -> None:
        async with listening(path(made) + "/events", token=pupil) as line:
            await line.state()
            along.watcher.start()
            await along.watcher.stop()
            await asyncio.wait_for(line.ended.wait(), 5)

    run(work)


def test_unknown_addresses_and_methods_are_not_found(made: Any) -> None:
    mark = token(made.people.teacher)
    for method, at in (
        ("GET", "/front/"),
        ("GET", "/front/answers"),
        ("DELETE", path(made)),
        ("GET", path(made)),
        ("GET", "/front/along/x/events"),
    ):
        assert ask(method, at, token=mark).status == 404


def test_health_needs_nobody() -> None:
    assert asyncio.run(knock("GET", "/front/health")).body == b"ok"
