"""Exams' pages: who opens which, in both languages, at the same cost for fifty as for five."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now
from yunke.ground.people.tests.makers import guardian, once, signed_in
from yunke.school.exams.models import Appeal, Exam, Incident, Invigilation, Paper, Pause, Sitting
from yunke.school.exams.reads.papers import body_opened
from yunke.school.exams.tests.makers import (
    TITLE,
    begin,
    hall,
    hand_in,
    paper,
    people,
    released,
    sat,
    start,
)
from yunke.school.exams.values.exams import Mode

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, (path, reply.status_code)
    return reply.content.decode()


def post(client: Client, path: str, **values: Any) -> Any:
    return client.post(path, {**once(), **values})


PATHS = ("", "/room", "/marks", "/analysis", "/results", "/appeals", "/review", "/result", "/watch")


def test_every_page_is_there_for_whom_it_is_and_in_both_languages() -> None:
    made = released(sat())
    number = made.exam.id
    teacher, pupil = signed_in(made.people.teacher), signed_in(made.people.pupil)
    parent = signed_in(made.people.guardian)
    for path in ("", "/room", "/marks", "/analysis", "/results", "/appeals", "/review"):
        assert TITLE in text(teacher, f"/exams/{number}{path}") or path in ("/marks", "/room")
    assert "接下来练什么" in text(pupil, f"/exams/{number}/result")
    assert "接下来练什么" in text(parent, f"/exams/{number}/result/{made.people.pupil.id}")
    assert "What to practise next" in text(english(pupil), f"/exams/{number}/result")
    assert "Paper analysis" in text(english(teacher), f"/exams/{number}/analysis")
    assert "Exams" in text(english(teacher), "/exams")
    assert "Papers" in text(teacher, "/exams/papers")
    assert "Plan an exam" in text(teacher, "/exams/new")


def test_no_chinese_word_is_left_on_an_english_page() -> None:
    made = begin(hall(mode=Mode.HOME))
    number = made.exam.id
    teacher, parent = english(signed_in(made.people.teacher)), english(
        signed_in(made.people.guardian)
    )  # fmt: skip
    own = {made.people.teacher.name, made.people.pupil.name, made.people.one.name}
    pages = [
        text(teacher, f"/exams/{number}"), text(teacher, f"/exams/{number}/room"),
        text(teacher, "/exams/new"), text(teacher, "/exams/papers"),
        text(parent, f"/exams/{number}/watch/{made.people.pupil.id}"),
        text(english(signed_in(made.people.pupil)), f"/exams/{number}"),
    ]  # fmt: skip
    for page in pages:
        main = page[page.index("<main") : page.index("</main>")]
        for name in [*own, TITLE, "学生0", "选一选", "写一写"]:
            main = main.replace(name, "")
        left = [line for line in main.splitlines() if any("一" <= c <= "龥" for c in line)]
        assert not left, left[:3]


def test_another_class_and_another_school_find_nothing() -> None:
    made = begin(hall(mode=Mode.HOME))
    number, child = made.exam.id, made.people.pupil.id
    for somebody in (
        made.people.other_pupil, made.people.other_teacher, made.people.far_teacher,
        made.people.far_pupil, made.people.far_guardian, made.people.city_staff,
    ):  # fmt: skip
        client = signed_in(somebody)
        for path in ("", "/room", "/marks", "/analysis", "/results", "/results.csv", "/appeals",
                     "/review", "/result", f"/watch/{child}", f"/result/{child}",
                     "/sit"):  # fmt: skip
            assert client.get(f"/exams/{number}{path}").status_code == 404, path
        for path in ("start", "pulse", "room/pause", "release", "extra", "withdraw", "appeal"):
            assert post(client, f"/exams/{number}/{path}").status_code == 404, path


def test_the_head_teacher_watches_and_sees_no_unreleased_mark() -> None:
    made = sat()
    head = signed_in(made.people.head)
    text(head, f"/exams/{made.exam.id}/room")
    for path in ("marks", "analysis", "results", "results.csv", "review", "appeals"):
        text(head, f"/exams/{made.exam.id}/{path}", 404)


def test_a_pupil_sees_before_the_start_when_it_would_end() -> None:
    made = begin(hall())
    page = text(signed_in(made.people.pupil), f"/exams/{made.exam.id}")
    assert "我几点结束" in page
    assert "40 分钟" in page


def test_a_pupil_starts_and_writes_on_a_page_with_nothing_but_the_exam() -> None:
    made = begin(hall(mark="卷里的字"))
    client = signed_in(made.people.pupil)
    assert post(client, f"/exams/{made.exam.id}/start").status_code == 303
    page = text(client, f"/exams/{made.exam.id}/sit")
    assert "卷里的字" in page
    assert 'class="ways"' not in page
    assert client.get(f"/exams/{made.exam.id}").status_code == 302


def test_after_the_hand_in_the_questions_are_put_away_until_the_release() -> None:
    made = begin(hall(mark="卷里的字"))
    hand_in(made, made.people.pupil, "B", "5", "因为")
    client = signed_in(made.people.pupil)
    assert "卷里的字" not in text(client, f"/exams/{made.exam.id}/sit")
    assert "卷里的字" not in text(client, f"/exams/{made.exam.id}")
    text(client, f"/exams/{made.exam.id}/result", 404)
    seat = Sitting.objects.get()
    assert client.get(f"/attempts/{seat.attempt_id}").status_code == 302


def test_the_pulse_tells_the_end_and_whether_the_clock_stands() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    client = signed_in(made.people.pupil)
    told = client.post(f"/exams/{made.exam.id}/pulse").json()
    assert told["ends_at"]
    assert (told["paused"], told["over"]) == (False, False)
    assert set(told) == {"now", "ends_at", "paused", "over"}


def test_the_invigilator_pauses_extends_and_notes() -> None:
    made = begin(hall())
    seat = start(made, made.people.pupil)
    client, room = signed_in(made.people.teacher), f"/exams/{made.exam.id}/room"
    post(client, f"{room}/pause", reason="消防演习")
    assert Pause.objects.get().reason == "消防演习"
    assert "钟停着" in text(client, room)
    post(client, f"{room}/resume")
    post(client, f"{room}/extend", person=made.people.pupil.id, minutes=5)
    assert Sitting.objects.get().extended == 5
    post(client, f"{room}/incident", person=made.people.pupil.id, kind="ill", note="头疼")
    assert Incident.objects.get().sitting_id == seat.id
    assert "头疼" in text(client, room)
    assert post(client, f"{room}/nonsense").status_code == 404


def test_a_home_exam_from_the_checklist_to_the_signature() -> None:
    made = hall(mode=Mode.HOME)
    child = made.people.pupil
    parent, pupil = signed_in(made.people.guardian), signed_in(child)
    watch = f"/exams/{made.exam.id}/watch/{child.id}"
    every = ["table", "power", "quiet", "phones", "ready"]
    post(parent, f"{watch}/check", check=every)
    assert "start-code" not in text(parent, watch)
    begin(made)
    page = text(parent, watch)
    code = page.split('start-code number">')[1][:6]
    assert code.isdecimal()
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    post(pupil, f"/exams/{made.exam.id}/start", code=wrong)
    assert not Sitting.objects.exists()
    assert Invigilation.objects.get().misses == 1
    post(pupil, f"/exams/{made.exam.id}/start", code=f" {code[:3]} {code[3:]} ")
    assert Sitting.objects.filter(person=child).exists()
    post(parent, f"{watch}/incident", kind="noise", note="门铃")
    assert post(parent, f"{watch}/sign", name="妈妈").status_code == 409
    hand_in(made, child, "B", "5", "因为")
    post(parent, f"{watch}/sign", name="妈妈", said=["alone", "time"])
    row = Invigilation.objects.get()
    assert row.signed_name == "妈妈"
    assert row.said == {"alone": True, "time": True, "photos": False}
    assert "家长签了字" in text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/room")


def test_the_start_code_is_shown_to_no_other_guardian_and_not_before_the_list_is_done() -> None:
    made = begin(hall(mode=Mode.HOME))
    child = made.people.pupil
    watch = f"/exams/{made.exam.id}/watch/{child.id}"
    assert "start-code" not in text(signed_in(made.people.guardian), watch)
    other = guardian(made.people.pupils[1])
    text(signed_in(other), watch, 404)


def test_a_teacher_leads_a_class_at_home_by_a_code_that_is_read_out() -> None:
    made = begin(hall(mode=Mode.HOME))
    page = text(signed_in(made.people.teacher), f"/exams/{made.exam.id}/room")
    code = page.split('class-code">')[1].split('number">')[1][:6]
    pupil = signed_in(made.people.pupils[2])
    post(pupil, f"/exams/{made.exam.id}/start", code=code)
    assert Sitting.objects.filter(person=made.people.pupils[2]).exists()


def test_ten_wrong_codes_ask_for_a_new_one() -> None:
    made = begin(hall(mode=Mode.HOME))
    pupil = signed_in(made.people.pupil)
    for _n in range(10):
        post(pupil, f"/exams/{made.exam.id}/start", code="1")
    assert post(pupil, f"/exams/{made.exam.id}/start", code="1").status_code == 409


def test_a_paper_is_written_and_planned_in_the_browser() -> None:
    made = people()
    client = signed_in(made.teacher)
    post(client, "/exams/papers", title="期末卷", subject="maths", grade="4")
    row = Paper.objects.get()
    path = f"/exams/papers/{row.id}"
    post(client, f"{path}/change", do="write", version="1", kind="choice", points="2", section="0",
         stem="1+1=?", options="A. 1\nB. 2", key="B", reasoning="数一数")  # fmt: skip
    post(client, f"{path}/change", do="section", version="2", name="第二部分")
    post(client, f"{path}/change", do="write", version="3", kind="number", points="3", section="1",
         stem="2+3=?", key="5")  # fmt: skip
    row.refresh_from_db()
    assert body_opened(row).total == 5
    stale = post(client, f"{path}/change", do="remove", version="1", position="1")
    assert stale.status_code == 409
    bad = post(client, f"{path}/change", do="write", version="4", kind="choice", points="2",
               stem="?", options="A. 1", key="A")  # fmt: skip
    assert bad.status_code == 422
    starts = (now() + timedelta(days=1)).astimezone().strftime("%Y-%m-%dT%H:%M")
    reply = post(client, "/exams/new", paper=row.id, starts_at=starts, minutes="40", mode="screen",
                 sort="quiz", **{"class": made.one.id})  # fmt: skip
    assert reply.status_code == 303
    assert Exam.objects.get().minutes == 40


def test_a_plan_that_the_profile_forbids_says_why_and_keeps_what_was_typed(settings: Any) -> None:
    settings.PROFILE = "cn"
    made = people()
    row = paper(made.teacher)
    starts = (now() + timedelta(days=1)).astimezone().strftime("%Y-%m-%dT%H:%M")
    client = signed_in(made.teacher)
    reply = post(client, "/exams/new", paper=row.id, starts_at=starts, minutes="41", sort="unit",
                 **{"class": made.one.id})  # fmt: skip
    assert reply.status_code == 422
    page = reply.content.decode()
    assert "教基厅函〔2021〕34号" in page
    assert 'value="41"' in page
    assert not Exam.objects.exists()


def test_a_pupil_asks_to_look_again_and_the_teacher_re_marks() -> None:
    made = released(sat())
    pupil = signed_in(made.people.pupils[1])
    teacher = signed_in(made.people.teacher)
    page = text(pupil, f"/exams/{made.exam.id}/result")
    question = page.split('name="question" value="')[2].split('"')[0]
    post(pupil, f"/exams/{made.exam.id}/appeal", question=question, reason="我写的是 5", child="0")
    row = Appeal.objects.get()
    assert "我写的是 5" in text(teacher, f"/exams/{made.exam.id}/appeals")
    post(teacher, f"/exams/{made.exam.id}/appeals/{row.id}", do="mark", score="3", answer="看清了")
    assert "看清了" in text(pupil, f"/exams/{made.exam.id}/result")
    row.refresh_from_db()
    assert row.state == "changed"
    assert row.after_id != row.before_id


def test_the_table_is_for_the_teacher_once_the_results_are_out() -> None:
    made = sat()
    teacher = signed_in(made.people.teacher)
    assert teacher.get(f"/exams/{made.exam.id}/results.csv").status_code == 404
    released(made)
    reply = teacher.get(f"/exams/{made.exam.id}/results.csv")
    table = reply.content.decode("utf-8-sig").splitlines()
    assert len(table) == 4
    assert table[1].endswith(",2,3,5,5,优秀")
    assert "attachment" in reply["Content-Disposition"]


@pytest.mark.parametrize("path", ["", "/room", "/results", "/analysis", "/marks"])
def test_a_page_costs_the_same_for_fifty_as_for_five(path: str) -> None:
    counts = []
    for size in (5, 50):
        made = sat(pupils=size)
        client = signed_in(made.people.teacher)
        client.get(f"/exams/{made.exam.id}{path}")
        with CaptureQueriesContext(connection) as found:
            text(client, f"/exams/{made.exam.id}{path}")
        counts.append(len(found))
    assert abs(counts[0] - counts[1]) <= 2, counts
