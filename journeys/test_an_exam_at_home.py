"""A home exam: the mother's phone invigilates, the child writes on a screen, the result comes."""

import os
import re
import subprocess
import sys
import time

import pytest

from journeys.conftest import ROOT, Opened
from yunke.checks.cast import Guest
from yunke.checks.living.serving import House

pytestmark = pytest.mark.browser
# The three days that the exam stays open pass at once, and its teacher releases.
PASSED = """
import django; django.setup()
from datetime import timedelta
from yunke.base.clock import now
from yunke.school.attempts.door import attempts_mark
from yunke.school.exams.actions.results import exam_release
from yunke.school.exams.models import Exam, Sitting
exam = Exam.objects.get(mode="home")
exam.starts_at, exam.ends_at = now() - timedelta(days=4), now() - timedelta(days=1)
exam.save()
attempts_mark(list(Sitting.objects.filter(exam=exam).values_list("attempt_id", flat=True)))
exam_release(exam_id=exam.id)
"""


def days_pass(house: House) -> None:
    env = {
        **os.environ, "YUNKE_DATA": str(house.data), "YUNKE_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "yunke.site.settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", PASSED], env=env, cwd=ROOT, check=True)


def test_a_mother_watches_a_child_writes_and_both_read_the_result(
    opened: Opened, house: House, guests: dict[str, Guest]
) -> None:
    child = guests["brother"].person_id
    mother, screen = opened("mother", size=(360, 780)), opened("brother", size=(1280, 800))
    mother.goto(f"{house.url}/exams")
    mother.locator("a.exam-card", has_text="在家").click()
    mother.wait_for_url(re.compile(r"/exams/\d+$"))
    number = mother.url.rsplit("/", 1)[1]
    mother.locator(f"a[href='/exams/{number}/watch/{child}']").click()
    for box in mother.locator("input[name=check]").all():
        box.check()
    mother.locator("form[action$='/check'] button").click()
    mother.wait_for_load_state("load")
    code = mother.locator(".start-code").inner_text().strip()
    assert re.fullmatch(r"\d{6}", code)

    screen.goto(f"{house.url}/exams/{number}")
    assert "小数乘法" not in screen.inner_text("main")
    screen.fill("input#code", code)
    screen.locator("form[action$='/start'] button").click()
    screen.wait_for_url("**/sit")
    first = screen.locator("fieldset.question[data-kind=choice]").first
    first.locator("input").nth(1).check()
    screen.wait_for_selector("[data-where=school]:not([hidden])", timeout=10_000)
    mother.reload()
    assert "孩子正在写" in mother.inner_text("main")
    screen.locator("button[name=do][value=submit]").click()
    screen.locator("dialog button[value=yes]").click()
    screen.wait_for_selector("[data-done]:not([hidden])", timeout=10_000)

    mother.locator("input[name=said][value=alone]").check(timeout=60_000)  # the page follows
    mother.fill("input#name", "陈静和")
    mother.locator("form[action$='/sign'] button").click()
    mother.wait_for_selector(".signature")
    mother.goto(f"{house.url}/exams/{number}/result/{child}")
    assert "没有找到" in mother.inner_text("main")

    time.sleep(0.2)
    days_pass(house)
    screen.goto(f"{house.url}/exams/{number}/result")
    assert screen.locator(".rung.here").count() == 1
    assert "接下来练什么" in screen.inner_text("main")
    mother.goto(f"{house.url}/exams/{number}/result/{child}")
    assert mother.locator(".line-dots .dot-right").count() == 1
    assert mother.evaluate("document.documentElement.scrollWidth") <= 360
