"""L-01: the sign-in rush at eight o'clock."""

import asyncio
import random
from typing import Any

from yunke.checks.accept.table import Options
from yunke.checks.living import knocks
from yunke.checks.living.load import Answer, Due, Figures, Target, open_loop
from yunke.checks.living.school import School, cookie, key, school
from yunke.checks.living.serving import serving
from yunke.ground.people.tests.makers import PASSWORD


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
