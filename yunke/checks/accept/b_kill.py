"""B-01: every process that answers requests is killed, again and again, under load.

Forty pupils hand in answers (20 each) and add stops to their plans; whoever gets no answer sends
the same again under the same key, as our pages do. Afterwards each acknowledged write must be in
the database once and whole, and its receipt the one that was told.
"""

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yunke.checks.accept.table import Options
from yunke.checks.living import knocks
from yunke.checks.living.load import Answer, Target, once
from yunke.checks.living.rows import Rows
from yunke.checks.living.school import School, key, school
from yunke.checks.living.serving import House, serving

PUPILS = 40
TASKS = 20
BACK_WITHIN = 5.0


@dataclass
class Acknowledged:
    """What the house called saved: key → the receipt it told."""

    submissions: dict[str, str] = field(default_factory=dict)
    stops: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    refused: Counter[int] = field(default_factory=Counter)


class Load:
    """Pupils who never stop writing until they are told to."""

    def __init__(self, made: School, port: int) -> None:
        self.made, self.target = made, Target(port)
        self.told = Acknowledged()
        self.going = True

    async def pupil(self, number: int) -> None:
        rng = random.Random(number)
        while self.going:
            await asyncio.sleep(rng.uniform(0.05, 0.6))
            if rng.random() < 0.7:
                await self._hand_in(number)
            else:
                await self._add_stop(number)

    async def _hand_in(self, number: int) -> None:
        mark = key()
        answers = [{"task": task, "value": "B"} for task in self.made.tasks]
        value = {"lesson": self.made.lesson.id, "answers": answers}
        raw = knocks.write("/front/answers", value, cookie=self.made.cookie(number), key=mark)
        answer = await self._until_answered(raw)
        if answer.status == 200:
            self.told.submissions[mark] = json.loads(answer.body)["receipt"]

    async def _add_stop(self, number: int) -> None:
        mark = key()
        values = {"kind": "own", "title": mark, "minutes": 15}
        raw = knocks.form("/today/add", values, cookie=self.made.cookie(number), key=mark)
        answer = await self._until_answered(raw)
        if answer.status in {302, 303}:
            self.told.stops[mark] = answer.header("X-Receipt")

    async def _until_answered(self, raw: bytes) -> Answer:
        """The same bytes, the same key, until somebody answers."""
        for _ in range(200):
            answer = await once(self.target, raw, timeout=20)
            if answer.status and answer.status < 500:
                if answer.status >= 400:
                    self.told.refused[answer.status] += 1
                return answer
            self.told.retries += 1
            await asyncio.sleep(0.2)
        return Answer(0)


async def kills(house: House, load: Load, count: int) -> list[float]:
    """Kill at random moments; the seconds until the house answered each time."""
    rng, back = random.Random(4), []
    for _ in range(count):
        await asyncio.sleep(rng.uniform(1.0, 3.0))
        await asyncio.to_thread(house.kill_web)
        began = time.monotonic()
        await asyncio.to_thread(house.wait)
        back.append(round(time.monotonic() - began, 2))
    await asyncio.sleep(1.5)
    load.going = False
    return back


def judge(data: Path, told: Acknowledged) -> dict[str, int | str]:
    """Hold what was acknowledged against what is there."""
    line = Rows(data)
    whole = dict(
        line.ask(
            "SELECT s.key, count(a.id) FROM lessons_submission s "
            "LEFT JOIN lessons_answer a ON a.submission_id = s.id GROUP BY s.id, s.key"
        )
    )
    times = Counter(row[0] for row in line.ask("SELECT key FROM lessons_submission"))
    titles = Counter(row[0] for row in line.ask("SELECT title FROM timetable_planitem"))
    receipts = {row[0] for row in line.ask("SELECT key FROM base_receipt")}
    keys = {**told.submissions, **told.stops}
    marks = {m: m.replace("-", "")[:8].upper() for m in keys}
    stops = {m: titles[m] for m in told.stops}
    return {
        "acknowledged": len(keys),
        "lost": sum(m not in whole for m in told.submissions) + sum(not n for n in stops.values()),
        "partial": sum(n != TASKS for n in whole.values()),
        "doubled": sum(n > 1 for n in times.values()) + sum(n > 1 for n in stops.values()),
        "receipt_mismatch": sum(
            keys[m] != marks[m] or m not in receipts for m in keys
        ),
        "integrity": line.integrity(),
    }  # fmt: skip


def b_01(options: Options) -> dict[str, Any]:
    count = 30 if options.load == "S" else 3
    made = school(pupils=PUPILS, tasks=TASKS)
    with serving() as house:
        load = Load(made, house.port)
        back = asyncio.run(_finish(load, house, count))
    found = judge(house.data, load.told)
    figures = {
        **found, "kills": count, "serving_again_s": max(back), "retries": load.told.retries,
        "refused": dict(load.told.refused),
    }  # fmt: skip
    zero = all(found[name] == 0 for name in ("lost", "partial", "doubled", "receipt_mismatch"))
    good = zero and found["integrity"] == "ok" and not load.told.refused
    enough = int(found["acknowledged"]) >= 20 * count
    return {"pass": good and enough and max(back) <= BACK_WITHIN, "figures": figures}


async def _finish(load: Load, house: House, count: int) -> list[float]:
    """The killing beside the load; then everybody hears the answer to what was sent last."""
    pupils = [asyncio.create_task(load.pupil(n)) for n in range(len(load.made.pupils))]
    back = await kills(house, load, count)
    await asyncio.gather(*pupils)
    return back
