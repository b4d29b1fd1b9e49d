"""What eight o'clock needs, and what the machine measured: never a number from nowhere."""

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.jobs import run_one
from yunke.base.models import Job, Receipt
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, once, signed_in
from yunke.insight.screen import jobs
from yunke.insight.screen.actions import measure as measuring
from yunke.insight.screen.actions import tending
from yunke.insight.screen.actions.measure import measure
from yunke.insight.screen.door import Morning
from yunke.insight.screen.models import Measured
from yunke.insight.screen.reads import capacity
from yunke.insight.screen.tests.makers import Town, released, school_week, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Morning({1: time(8), 2: time(8, 10)}, 1.5)
    monkeypatch.setattr(capacity, "_sources", [lambda day: told])


@pytest.fixture
def made() -> Town:
    return released(town(), school_week())


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Something that answers at the house's own address."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "50000")
            self.end_headers()
            self.wfile.write(b"x" * 50000)

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    monkeypatch.setattr(settings, "PORT", server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes of a twentieth of a second."""
    whole = measuring._together
    monkeypatch.setattr(
        measuring, "_together", lambda work, threads, seconds: whole(work, threads=2, seconds=0.05)
    )
    monkeypatch.setattr(measuring._ticks, "__defaults__", (0.05,))


def text(client: Client, path: str = "/capacity") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_the_city_sees_it() -> None:
    people = cast()
    for somebody in (people.admin, people.teacher, people.pupil, people.guardian):
        assert signed_in(somebody).get("/capacity").status_code == 404
        assert signed_in(somebody).post("/capacity/measure", once()).status_code == 404
    assert signed_in(people.city_staff).get("/capacity").status_code == 200


def test_without_a_roster_it_says_so() -> None:
    assert "名册还是空的" in text(signed_in(cast().city_staff))


def test_before_a_measurement_nothing_is_claimed(made: Town) -> None:
    shown = text(signed_in(made.staff["city"]))
    assert "还没有测过" in shown
    assert shown.count("还没有测</span>") == 4
    assert "449" not in shown


def test_the_button_asks_once(made: Town) -> None:
    client, form = signed_in(made.staff["city"]), once()
    for _ in range(2):
        assert client.post("/capacity/measure", form).status_code == 302
    assert Job.objects.filter(name="screen.measure").count() == 1
    assert Event.objects.filter(verb="capacity.measured").count() == 1
    assert "正在测" in text(client)


def test_the_machine_measures_itself(made: Town, house: None, short: None) -> None:
    found = measure(asked_by=made.staff["city"].id)
    assert set(found.figures) == {"sign_ins", "pages", "ticks", "mbit"}
    assert all(value > 0 for value in found.figures.values())
    assert found.machine
    assert not Receipt.objects.filter(path=measuring.PATH).exists()
    shown = text(signed_in(made.staff["city"]))
    assert "还没有测过" not in shown
    assert found.machine[:20] in shown


def test_a_house_that_does_not_answer_is_named(
    made: Town, short: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PORT", 1)
    found = measure()
    assert set(found.troubles) == {"pages", "mbit"}
    assert "sign_ins" in found.figures
    assert "没有测到 pages" in text(signed_in(made.staff["city"]))


def test_the_job_keeps_what_was_measured(made: Town, house: None, short: None) -> None:
    assert jobs.measure_machine
    signed_in(made.staff["city"]).post("/capacity/measure", once())
    while run_one():
        pass
    assert Measured.objects.get().asked_by_id == made.staff["city"].id


def test_figures_decide_the_words(made: Town) -> None:
    for value, words in ((1e9, "够，还有一倍以上的余地"), (0.0001, "不够")):
        figures = dict.fromkeys(("sign_ins", "pages", "ticks", "mbit"), value)
        Measured.objects.all().delete()
        Measured.objects.create(machine="m", cores=2, workers=2, figures=figures, seconds=9)
        assert words in text(signed_in(made.staff["city"]))


def test_spreading_the_starts_needs_less(made: Town) -> None:
    client = signed_in(made.staff["city"])
    shown = {n: capacity.outlook(n).needs[1].wanted for n in (5, 20)}
    assert shown[5] == 4 * shown[20]
    assert 'aria-current="true">5 分钟' in text(client, "/capacity?within=5")
    assert 'aria-current="true">10 分钟' in text(client, "/capacity?within=-1")


def test_once_a_week_at_night_it_measures_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(datetime(2026, 11, 15, 19, 30, tzinfo=UTC), tick=False):
        tending.night()
        tending.night()
    assert Job.objects.filter(name="screen.measure").count() == 1
    with time_machine.travel(datetime(2026, 11, 16, 5, 0, tzinfo=UTC), tick=False):
        tending.night()
    assert Job.objects.filter(name="screen.measure").count() == 1
