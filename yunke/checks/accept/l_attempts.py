"""L-03 autosaves, L-04 the storm at the end, L-05 the storm beside other work, L-06 three times it.

Everybody answers 20 questions; each request counts from when a person would have sent it. What was
acknowledged is looked for in the database, once and whole.
"""

import asyncio
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from fractions import Fraction
from typing import Any

from django.db import OperationalError, close_old_connections

from yunke.base.clock import now
from yunke.checks.accept.table import Options
from yunke.checks.living.load import Answer, Due, Figures, Target, open_loop, triangular
from yunke.checks.living.load import once as ask_once
from yunke.checks.living.rows import Rows
from yunke.checks.living.school import key
from yunke.checks.living.serving import ROOT, House, serving
from yunke.checks.living.sitting import QUESTIONS, Sitting, sitting
from yunke.school.attempts.actions.marking import mark_set
from yunke.school.attempts.models import Attempt, Reply

EVERY = 15.0  # seconds between a pupil's saves
TEACHERS = 40
PATIENCE = 12  # how often a page comes again


def l_03(options: Options) -> dict[str, Any]:
    """Open attempts save a few answers every 15 seconds."""
    pupils, seconds = (2000, 180.0) if options.load == "S" else (400, 30.0)
    made = sitting(pupils)
    rng, kept, dues = random.Random(3), dict[tuple[int, int], int](), list[Due]()
    owner: dict[bytes, list[tuple[int, int, int]]] = {}
    for number in range(pupils):
        at, seq = rng.uniform(0, EVERY), 0
        while at < seconds:
            seq += 1
            first = rng.randrange(QUESTIONS - 3)
            answers = made.answers(seq, some=slice(first, first + 3), value="ABCD"[seq % 4])
            raw = made.save(number, seq, answers)
            owner[raw] = [(made.attempts[number], one["question"], seq) for one in answers]
            dues.append(Due(at, raw))
            at += EVERY

    def seen(due: Due, answer: Answer) -> None:
        if answer.status == 200:
            for attempt, question, seq in owner[due.raw]:
                kept[attempt, question] = max(seq, kept.get((attempt, question), 0))

    with serving() as house:
        figures = asyncio.run(open_loop(Target(house.port), dues, seen=seen))
        lost = len(kept) - len(set(kept.items()) & set(stored(house).items()))
    found = {"pupils": pupils, "saves": figures.report(), "answers": len(kept), "lost": lost}
    good = figures.failed == 0 and lost == 0 and figures.quantile(0.99) <= 1000
    return {"pass": good, "figures": found}


def l_04(options: Options) -> dict[str, Any]:
    """Everybody hands in 20 answers within 30 seconds, most in the middle."""
    return storm(2000 if options.load == "S" else 500, p95=1500, p99=2500, most=5000)


def storm(pupils: int, *, p95: float, p99: float, most: float) -> dict[str, Any]:
    made = sitting(pupils)
    with serving() as house:
        figures, told = asyncio.run(hand_in(Target(house.port), made, 30.0))
        found = counted(house)
    report = {"pupils": pupils, "submits": figures.report(), "told": told, **found}
    good = (
        whole(report, pupils) and figures.failed == 0 and figures.quantile(0.95) <= p95
        and figures.quantile(0.99) <= p99 and figures.quantile(1.0) <= most
    )  # fmt: skip
    return {"pass": good, "figures": report}


def whole(report: dict[str, Any], pupils: int) -> bool:
    """All that was told is there, once and with all its answers."""
    same = report["told"] == report["submitted"] == report["whole"] == pupils
    return bool(same and not report["doubled"])


async def hand_in(target: Target, made: Sitting, seconds: float) -> tuple[Figures, int]:
    """The storm; how many were told that they have handed in."""
    told: list[int] = []
    dues = [
        Due(at, made.submit(n, 1, key()))
        for n, at in enumerate(triangular(len(made.attempts), seconds))
    ]

    def seen(due: Due, answer: Answer) -> None:
        if answer.status == 200 and b'"state":"submitted"' in answer.body:
            told.append(1)

    return await open_loop(target, dues, seen=seen), len(told)


def l_05(options: Options) -> dict[str, Any]:
    """The same storm while 40 teachers mark, a report is computed and a backup runs."""
    pupils = 2000 if options.load == "S" else 500
    made = sitting(pupils)
    old = marked_before(made)
    going = threading.Event()
    with serving() as house:
        work = Counter[str]()
        threads = [threading.Thread(target=beside, args=(house, old, going, work))]
        threads.append(threading.Thread(target=reports, args=(house, going, work)))
        for thread in threads:
            thread.start()
        figures, told = asyncio.run(hand_in(Target(house.port), made, 30.0))
        going.set()
        for thread in threads:
            thread.join(60)
        found = counted(house)
    report = {"pupils": pupils, "submits": figures.report(), "told": told, **found, **work}
    good = whole(report, pupils) and figures.failed == 0 and figures.quantile(0.99) <= 4000
    return {"pass": good and work["marks"] > 0 and work["backups"] > 0, "figures": report}


def marked_before(made: Sitting) -> list[int]:
    """Replies of the exam of the week before, for the teachers to mark."""
    some = Attempt.objects.filter(id__in=made.attempts[:TEACHERS])
    rows = [
        Attempt(
            person_id=one.person_id, of="exam", of_id=2, class_id=0, school_id=one.school_id,
            order=one.order, submitted_at=now(), title=one.title, seq=1,
        )
        for one in some
    ]  # fmt: skip
    replies = [
        Reply(attempt=row, question=made.questions[0], value="B", seq=1, saved_at=now())
        for row in Attempt.objects.bulk_create(rows)
    ]
    return [row.id for row in Reply.objects.bulk_create(replies)]


def beside(house: House, replies: list[int], ended: threading.Event, work: Counter[str]) -> None:
    """Forty teachers: each gives a mark every three seconds."""
    teacher = Reply.objects.get(id=replies[0]).attempt.person_id
    rng = random.Random(5)
    while not ended.wait(3.0 / TEACHERS):
        with suppress(OperationalError):
            mark_set(
                by_id=teacher, reply_id=rng.choice(replies), score=Fraction(rng.choice((0, 1)))
            )
            work["marks"] += 1
    close_old_connections()


def reports(house: House, ended: threading.Event, work: Counter[str]) -> None:
    """A backup, and the analysis of all answers again and again."""
    command = [sys.executable, "-m", "yunke.site.part", "yunke.site.keeping.backup"]
    target = house.data.parent / "backup-beside"
    done = subprocess.run(
        [*command, str(target)], env=house.env, cwd=ROOT, capture_output=True, check=False
    )
    work["backups"] += done.returncode == 0
    line = Rows(house.data)
    while not ended.wait(0.5):
        line.ask(
            "SELECT question_id, verdict, count(*) FROM attempts_mark JOIN attempts_reply"
            " ON attempts_mark.reply_id = attempts_reply.id GROUP BY 1, 2"
        )
        work["reports"] += 1
    line.close()


def l_06(options: Options) -> dict[str, Any]:
    """Three times the storm: what is too much is turned away at once, comes again, and is kept."""
    pupils, seconds = (10_000, 60.0) if options.load == "S" else (2_500, 15.0)
    made = sitting(pupils + 100)
    with serving() as house:
        crowd = Crowd(Target(house.port), made)
        asyncio.run(crowd.come(pupils, seconds))
        found = counted(house)
        time.sleep(max(0.0, 10 - crowd.quiet()))
        after = asyncio.run(crowd.calm(range(pupils, pupils + 100)))
    report = {
        "pupils": pupils, "told": crowd.told, **found, "turned_away": crowd.away,
        "errors": crowd.errors, "without_retry_after": crowd.mute,
        "slowest_refusal_ms": round(1000 * crowd.slowest_no), "after": after.report(),
        "gave_up": pupils - crowd.told,
    }  # fmt: skip
    good = (
        report["submitted"] == report["whole"] == crowd.told and not report["doubled"]
        and crowd.told == pupils and not crowd.errors and not crowd.mute
        and crowd.slowest_no <= 1.0 and after.failed == 0 and after.quantile(0.95) <= 1500
    )  # fmt: skip
    return {"pass": good, "figures": report}


class Crowd:
    """Pages that come again, as ours do, each under the key of its first try."""

    def __init__(self, target: Target, made: Sitting, *, tries: int = PATIENCE) -> None:
        self.target, self.made, self.tries = target, made, tries
        self.told = self.away = self.errors = self.mute = 0
        self.slowest_no, self.ended = 0.0, 0.0

    async def come(self, pupils: int, seconds: float) -> None:
        rng = random.Random(6)
        began = time.perf_counter()
        times = triangular(pupils, seconds)

        async def one(number: int, at: float) -> None:
            await asyncio.sleep(max(0.0, at - (time.perf_counter() - began)))
            raw, wait = self.made.submit(number, 1, key()), 0.5
            for _try in range(self.tries):
                sent = time.perf_counter()
                answer = await ask_once(self.target, raw, timeout=30)
                if self.seen(answer, time.perf_counter() - sent):
                    return
                await asyncio.sleep(rng.uniform(1, 2) * max(wait, 2.0))
                wait = min(wait * 2, 8)

        await asyncio.gather(*(one(n, at) for n, at in enumerate(times)))
        self.ended = time.perf_counter()

    def seen(self, answer: Answer, took: float) -> bool:
        if answer.status == 200:
            self.told += 1
            return True
        if answer.status == 503:
            self.away += 1
            self.mute += not answer.header("retry-after")
            self.slowest_no = max(self.slowest_no, took)
        elif answer.status:
            self.errors += 1
        return False

    def quiet(self) -> float:
        return time.perf_counter() - self.ended

    async def calm(self, numbers: range) -> Figures:
        dues = [Due(n * 0.1, self.made.submit(one, 1, key())) for n, one in enumerate(numbers)]
        return await open_loop(self.target, dues)


def stored(house: House) -> dict[tuple[int, int], int]:
    """(attempt, question) → the sequence number that is in the database."""
    rows = Rows(house.data).ask("SELECT attempt_id, question_id, seq FROM attempts_reply")
    return {(attempt, question): seq for attempt, question, seq in rows}


def counted(house: House) -> dict[str, int]:
    """Submissions, those with all their answers, and pupils with more than one."""
    line = Rows(house.data)
    ids = {row[0] for row in line.ask(
        "SELECT id FROM attempts_attempt WHERE of_id = 1 AND submitted_at IS NOT NULL"
    )}  # fmt: skip
    sizes = Counter(
        row[0] for row in line.ask("SELECT attempt_id FROM attempts_reply WHERE seq > 0")
    )
    events = Counter(
        row[0] for row in line.ask(
            "SELECT actor_id FROM lake_event WHERE verb = 'attempt.handed_in'")
    )  # fmt: skip
    return {
        "submitted": len(ids),
        "whole": sum(sizes[one] == QUESTIONS for one in ids),
        "doubled": sum(count > 1 for count in events.values()),
    }
