"""``./run bench login``: how many sign in a second on one core, and what the pages feel of it.

Passwords through the real sign-in page (Argon2id, 19 MiB), QR cards through the front; then the
whole house with a line of sign-ins before the hashing, and the pages beside it.
"""

import asyncio
import os
import random
import secrets
import time
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from yunke.base.hashing import Argon2id19
from yunke.checks.bench.pinned import Runner, part, pinned, side_by_side
from yunke.checks.living import knocks
from yunke.checks.living.load import Due, Figures, Target, closed_loop, open_loop
from yunke.checks.living.school import School, school
from yunke.checks.living.serving import serving
from yunke.ground.people.door import cards_issue
from yunke.ground.people.tests.makers import PASSWORD, hashed

PUPILS = 600
MARK_PASSWORDS, MARK_CARDS, MARK_PAGES = 30.0, 500.0, 300.0
BUSY_SECONDS = 12.0


def run(options: dict[str, Any]) -> dict[str, Any]:
    seconds = options.get("seconds") or 4.0
    data = Path(os.environ["YUNKE_DATA"])
    made = school(pupils=PUPILS)
    tokens = cards(made)
    connection.close()
    limit = hashes_alone()
    # One core, one hash at a time: two would only push each other out of its cache.
    os.environ["YUNKE_HASH_THREADS"] = "1"
    passwords = one_core(data, "yunke.site.pageworker", ("24",), sign_ins(made), seconds)
    page_cards = one_core(data, "yunke.site.pageworker", ("4",), card_forms(tokens), seconds)
    front_cards = one_core(data, "yunke.gate.front.app", (), card_scans(tokens), seconds)
    del os.environ["YUNKE_HASH_THREADS"]
    with serving() as house:
        queue, pages = asyncio.run(both(Target(house.port), made))
    figures = {
        "hashes_alone_per_s": limit, "passwords": passwords,
        "cards_by_page": page_cards, "cards_by_front": front_cards,
        "sign_ins_waiting": queue.report(), "sign_in_answers": dict(queue.statuses),
        "pages_meanwhile": pages.report(),
    }  # fmt: skip
    marks = {
        "passwords >= 30/s": passwords["per_s"] >= MARK_PASSWORDS and not passwords["failed"],
        "cards >= 500/s": front_cards["per_s"] >= MARK_CARDS and not front_cards["failed"],
        "pages p99 <= 300 ms": pages.quantile(0.99) <= MARK_PAGES and not pages.failed,
    }
    ratios = {
        "passwords_to_hashes_alone": round(passwords["per_s"] / limit, 2),
        "cards_to_passwords": round(front_cards["per_s"] / passwords["per_s"], 1),
        "front_to_page": round(front_cards["per_s"] / page_cards["per_s"], 1),
    }
    return {"figures": figures, "ratios": ratios, "marks": marks}


def hashes_alone() -> float:
    """The limit: Argon2id checks a second on one core, nothing else."""
    hasher, encoded = Argon2id19(), hashed(PASSWORD)
    os.sched_setaffinity(0, {0})
    began = time.perf_counter()
    for _ in range(40):
        hasher.verify(PASSWORD, encoded)
    found = 40 / (time.perf_counter() - began)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    return round(found, 1)


@transaction.atomic
def cards(made: School) -> list[str]:
    """A card for every pupil; the tokens as their QR codes hold them."""
    persons = {child.id: child.name for child in made.pupils}
    return list(cards_issue(actor_id=made.teacher.id, persons=persons).values())


def one_core(
    data: Path, module: str, words: tuple[str, ...], raws: list[bytes], seconds: float
) -> dict[str, float]:
    """What one process on one core does, asked over 16 connections."""
    with pinned(module, part(module, *words), data) as server:
        found = side_by_side(
            {"ours": Runner(server, raws)}, connections=16, seconds=seconds, rounds=2
        )
    return found["ours"].report()


def sign_ins(made: School) -> list[bytes]:
    return [
        knocks.form("/sign-in", {"login": child.login, "password": PASSWORD, "remember": "yes"})
        for child in made.pupils
    ]


def card_forms(tokens: list[str]) -> list[bytes]:
    return [knocks.form("/card", {"token": token}) for token in tokens]


def card_scans(tokens: list[str]) -> list[bytes]:
    return [
        knocks.write("/front/card", {"token": token}, cookie="", key=secrets.token_hex(16))
        for token in tokens
    ]


async def both(target: Target, made: School) -> tuple[Figures, Figures]:
    """More sign-ins than can be hashed, all the time, and pages at a calm pace beside them."""
    rng = random.Random(1)
    who = [made.cookie(rng.randrange(50)) for _ in range(int((BUSY_SECONDS - 3) * 20))]
    pages = [Due(2 + n / 20, knocks.page("/today", cookie=of)) for n, of in enumerate(who)]
    # A house that has just opened draws the day of the grade once in each process: not measured.
    await open_loop(target, [Due(n / 20, page.raw) for n, page in enumerate(pages[:40])])

    queue, felt = await asyncio.gather(
        closed_loop(target, sign_ins(made), connections=120, seconds=BUSY_SECONDS),
        open_loop(target, pages),
    )
    return queue, felt
