"""L-01, the sign-in rush at eight o'clock, and L-04, the storm of answers at the end of a task."""

import asyncio
import json
import random
from collections import Counter
from typing import Any

from yunke.checks.accept.table import Options
from yunke.checks.living import knocks
from yunke.checks.living.load import Answer, Due, Figures, Target, open_loop, triangular
from yunke.checks.living.rows import Rows
from yunke.checks.living.school import School, cookie, key, school
from yunke.checks.living.serving import House, serving
from yunke.ground.people.tests.makers import PASSWORD

TASKS = 20


def l_01(options: Options) -> dict[str, Any]:
    """Distinct accounts sign in with a password, then everybody opens the week of the grade."""
    pupils, sign_in_s, open_s = (2000, 300.0, 60.0) if options.load == "S" else (200, 30.0, 10.0)
    made = school(pupils=pupils, sessions=False)
    with serving() as house:
        target = Target(house.port)
        sign_ins, tokens = asyncio.run(rush(target, made, sign_in_s))
        weeks = asyncio.run(all_open(target, tokens, open_s))
        memory = house.memory()
    figures = {
        "pupils": pupils, "sign_in": sign_ins.report(), "timetable": weeks.report(),
        "signed_in": len(tokens), "memory_mb": memory >> 20,
    }  # fmt: skip
    good = (
        sign_ins.failed == weeks.failed == 0
        and len(tokens) == pupils
        and sign_ins.quantile(0.95) <= 2000
        and weeks.quantile(0.95) <= 500
        and weeks.quantile(0.99) <= 1500
        and memory <= 1.5 * 2**30
    )
    return {"pass": good, "figures": figures}


async def rush(target: Target, made: School, seconds: float) -> tuple[Figures, list[str]]:
    """Everybody signs in at a random moment; the tokens that they were given."""
    rng, tokens = random.Random(8), []
    dues = []
    for child in made.pupils:
        values = {"login": child.login, "password": PASSWORD, "remember": "yes"}
        dues.append(Due(rng.uniform(0, seconds), knocks.form("/sign-in", values, key=key())))

    def seen(due: Due, answer: Answer) -> None:
        token = answer.cookies.get("yunke")
        if answer.status in {302, 303} and token:
            tokens.append(token)

    return await open_loop(target, dues, seen=seen), tokens


async def all_open(target: Target, tokens: list[str], seconds: float) -> Figures:
    rng = random.Random(9)
    dues = [
        Due(rng.uniform(0, seconds), knocks.page("/week", cookie=cookie(token))) for token in tokens
    ]
    return await open_loop(target, dues)


def l_04(options: Options) -> dict[str, Any]:
    """Everybody hands in 20 answers within 30 seconds, most in the middle."""
    pupils = 2000 if options.load == "S" else 500
    made = school(pupils=pupils, tasks=TASKS)
    with serving() as house:
        storm, told = asyncio.run(submit_all(Target(house.port), made, 30.0))
        stored = count_stored(house)
    figures = {"pupils": pupils, "submits": storm.report(), "told": len(told), **stored}
    good = (
        storm.failed == 0
        and len(told) == stored["stored"] == stored["whole"] == pupils
        and stored["doubled"] == 0
        and storm.quantile(0.95) <= 1500
        and storm.quantile(0.99) <= 2500
        and storm.quantile(1.0) <= 5000
    )
    return {"pass": good, "figures": figures}


async def submit_all(target: Target, made: School, seconds: float) -> tuple[Figures, list[str]]:
    """The storm; the receipts that were told."""
    told: list[str] = []
    answers = [{"task": task, "value": "B"} for task in made.tasks]
    value = {"lesson": made.lesson.id, "answers": answers}
    dues = [
        Due(at, knocks.write("/front/answers", value, cookie=made.cookie(n), key=key()))
        for n, at in enumerate(triangular(len(made.pupils), seconds))
    ]

    def seen(due: Due, answer: Answer) -> None:
        if answer.status == 200:
            told.append(json.loads(answer.body)["receipt"])

    return await open_loop(target, dues, seen=seen), told


def count_stored(house: House) -> dict[str, int]:
    line = Rows(house.data)
    sizes = Counter(row[0] for row in line.ask("SELECT submission_id FROM lessons_answer"))
    people = Counter(row[0] for row in line.ask("SELECT person_id FROM lessons_submission"))
    return {
        "stored": sum(people.values()),
        "whole": sum(size == TASKS for size in sizes.values()),
        "doubled": sum(count > 1 for count in people.values()),
    }
