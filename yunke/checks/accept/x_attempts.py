"""X-01, X-02, X-05, X-06, X-07: what is written stays written, whatever becomes of the browser.

A real Chromium, the real house; what the page says is held against what the school has.
"""

import random
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from yunke.base.clock import now
from yunke.checks.accept.table import Options
from yunke.checks.living.school import signed_in
from yunke.checks.living.serving import serving
from yunke.checks.living.sheets import (
    DUMP,
    WRITES,
    Sheet,
    become,
    chromium,
    device,
    room,
    sheet,
    wrong_clock,
)
from yunke.school.attempts.actions.saving import attempt_save
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.rules.ticks import From
from yunke.school.attempts.values import Sent

OLD = 2.0  # seconds after which an answer must survive anything
WAYS = ("reload", "close", "crash")
SIDE_BY_SIDE = len(WAYS)
UNAIDED = 15.0
SECRET = "泰山石敢当-7331"


def x_01(options: Options) -> dict[str, Any]:
    """The page is reloaded, closed or crashed at random moments, at times without a line."""
    moments = 50 if options.load == "S" else 12
    rng, made = random.Random(1), room(pupils=SIDE_BY_SIDE)
    lost, lies, done = list[str](), list[str](), 0
    with serving() as house, chromium() as browser:
        devices = [device(browser, house, token) for token in made.of.tokens]
        sheets = [sheet(context, house, made, n) for n, context in enumerate(devices)]
        while done < moments:
            ways = dict(zip(range(done, done + SIDE_BY_SIDE), WAYS, strict=True))
            wrote = [scribble(at, rng, way) for at, way in zip(sheets, ways.values(), strict=True)]
            went_on(sheets, wrote, rng)
            for n, (moment, way) in enumerate(ways.items()):
                lies += untruths(sheets[n], moment)
                sheets[n] = at = broken(sheets[n], devices[n], way)
                shown = at.shown()
                lost += [f"{moment} {way}: {w}" for q, (w, when) in wrote[n].items()
                         if when < at_once() - OLD and not shown[q].startswith(w)]  # fmt: skip
            done += SIDE_BY_SIDE
            sheets, devices = [*sheets[1:], sheets[0]], [*devices[1:], devices[0]]
        same = all(at_school(at) for at in sheets)
    figures = {"moments": done, "lost": lost, "untruths": lies, "all_at_school": same}
    return {"pass": not lost and not lies and same, "figures": figures}


Wrote = dict[int, tuple[str, float]]


def scribble(at: Sheet, rng: random.Random, way: str) -> Wrote:
    """An answer, before a crash without a line: question → (words, when)."""
    if way == "crash":
        at.block()
    question, words = rng.choice(at.made.texts), f"{rng.random():.8f}"
    at.write(question, words)
    return {question: (words, at_once())}


def went_on(sheets: list[Sheet], wrote: list[Wrote], rng: random.Random) -> None:
    """None to two more answers of each, at random times; every second time all of it is old."""
    for _turn in range(rng.randint(0, 2)):
        sheets[0].page.wait_for_timeout(rng.randint(50, 1500))
        for at, before in zip(sheets, wrote, strict=True):
            before |= scribble(at, rng, "")
    sheets[0].page.wait_for_timeout(rng.choice((rng.randint(50, 1500), 2100)))


def at_school(at: Sheet) -> bool:
    """All that the page shows lies there, soon."""
    if at.where != "ready":
        at.until("school", 20)
    shown = {question: words for question, words in at.shown().items() if words}
    return shown.items() <= at.made.stored(at.number).items()


def untruths(at: Sheet, moment: int) -> list[str]:
    """ "Saved at school" while the school has something else. What is shown is read first."""
    shown, where = at.shown(), at.where
    if where != "school":
        return []
    there = at.made.stored(at.number)
    wrong = [q for q, words in shown.items() if words and there.get(q) != words]
    return [f"{moment}: says school, lacks {wrong}"] if wrong else []


def broken(at: Sheet, context: BrowserContext, way: str) -> Sheet:
    if way == "reload":
        at.unblock()
        at.reload()
        return at
    if way == "crash":
        crash(at.page)
    at.page.close()
    found = Sheet(context.new_page(), at.made, at.number, at.address)
    found.page.goto(found.address)
    found.ready()
    return found


def crash(page: Page) -> None:
    """The renderer dies in the middle of whatever it does."""
    with page.expect_event("crash", timeout=10_000), suppress(Error):
        page.goto("chrome://crash", timeout=3000)


def at_once() -> float:
    return time.monotonic()


# The parcel that a page sends while it goes would get past Playwright's walls.
NO_LAST_WORD = """() => {
  const real = window.fetch;
  window.fetch = (to, how) => how?.keepalive ? Promise.reject(new Error("gone")) : real(to, how);
}"""


def x_02(_options: Options) -> dict[str, Any]:
    """A save fails, the page is reloaded, the pupil touches nothing."""
    made = room()
    with serving() as house, chromium() as browser:
        at = sheet(device(browser, house, made.of.tokens[0]), house, made)
        at.write(made.texts[0], "先存到学校")
        at.until("school", 10)
        at.page.context.route(WRITES, lambda route: route.abort())
        at.page.evaluate(NO_LAST_WORD)
        at.write(made.texts[0], "断网时写的")
        told_here = at.until("here", 10)
        at.reload()
        after_reload = at.shown()[made.texts[0]]
        at.page.wait_for_timeout(3000)
        said, not_there = at.where, made.stored()[made.texts[0]] == "先存到学校"
        at.page.context.unroute(WRITES)
        unaided = at.until_stored(made.texts[0], "断网时写的", UNAIDED + 5)
        at.until("school", 5)
    figures = {
        "told_kept_here_s": round(told_here, 2), "shown_after_reload": after_reload == "断网时写的",
        "said_while_blocked": said, "unaided_s": round(unaided, 2),
    }  # fmt: skip
    good = not_there and after_reload == "断网时写的" and said == "here" and unaided <= UNAIDED
    return {"pass": good, "figures": figures}


def x_05(_options: Options) -> dict[str, Any]:
    """A shared tablet: one pupil leaves unsent answers, the next opens it."""
    made = room()
    first, second = made.of.pupils[:2]
    with serving() as house, chromium() as browser:
        context = device(browser, house, made.of.tokens[0])
        at = sheet(context, house, made)
        context.route(WRITES, lambda route: route.abort())
        at.page.evaluate(NO_LAST_WORD)
        at.write(made.texts[0], SECRET)
        at.until("here", 12)
        at.page.close()
        become(context, house, made.of.tokens[1])
        page = context.new_page()
        page.goto(f"{house.url.replace('127.0.0.1', 'localhost')}/week")
        dump = page.evaluate(DUMP)
        boxes_before = len(dump) > 200
        context.unroute(WRITES)
        other = Sheet(page, made, 0, "")
        before = SECRET in made.stored().values()
        page.reload()
        carried = other.until_stored(made.texts[0], SECRET, 30)
        told = sheet(context, house, made, 1)
        leaks = [name for name, words in (("answer", SECRET), ("name", first.name),
                 ("attempt", f'"attempt":{made.attempts[0]},')) if words in dump]  # fmt: skip
        strange = told.page.goto(at.address)
        seen = strange.status if strange else 0
        mine = Reply.objects.filter(attempt_id=made.attempts[1], value=SECRET).exists()
    figures = {
        "leaks": leaks, "sealed_bytes_there": boxes_before, "carried_s": round(carried, 2),
        "first_pupils_page": seen, "put_under_the_second": mine, "second": second.id,
    }  # fmt: skip
    apart = not leaks and boxes_before and seen == 404 and not mine
    return {"pass": apart and not before and carried <= 30, "figures": figures}


def x_06(_options: Options) -> dict[str, Any]:
    """Two devices of one pupil, one of them without a line for a while."""
    made = room()
    one, two, three = made.texts
    with serving() as house, chromium() as browser:
        phone = sheet(device(browser, house, made.of.tokens[0]), house, made)
        pad = sheet(device(browser, house, signed_in(made.of.pupils[0])), house, made)
        phone.block()
        phone.write(one, "手机先写")
        phone.write(two, "只在手机")
        phone.kept_here()
        pad.page.wait_for_timeout(3000)  # the child puts one away and takes the other in hand
        pad.write(one, "平板后写")
        pad.write(three, "只在平板")
        pad.until("school", 10)
        phone.unblock()
        phone.until("school", 20)
        pad.write(three, "只在平板，又改")
        pad.until("school", 10)
        pad.page.wait_for_timeout(500)
        told = {"phone": phone.notice("other"), "pad": pad.notice("other")}
        there, shown = made.stored(), phone.shown()
        beside = list(Stray.objects.values_list("value", flat=True))
    wanted = {one: "平板后写", two: "只在手机", three: "只在平板，又改"}
    right = {q: there.get(q) for q in wanted} == wanted
    figures = {
        "stored_right": right, "told": told, "kept_beside": beside,
        "phone_shows_the_newer": shown[one] == "平板后写",
    }  # fmt: skip
    good = right and all(told.values()) and "手机先写" in beside and shown[one] == "平板后写"
    return {"pass": good, "figures": figures}


def x_07(_options: Options) -> dict[str, Any]:
    """The device's clock is hours off and is changed in the middle."""
    made = room(ends=timedelta(hours=1))
    rows = []
    with serving() as house, chromium() as browser:
        for hours in (-1.0, 0.0, 1.0):
            context = device(browser, house, signed_in(made.of.pupils[0]))
            wrong_clock(context, hours)
            at = sheet(context, house, made)
            for change in (hours, -hours, hours + 0.5):
                at.page.evaluate("hours => { window.shift = hours * 3600000; }", change)
                at.page.wait_for_timeout(1100)
                rows.append(round(countdown_off(at), 2))
            context.close()
    worst, late = max(map(abs, rows)), context_late(made)
    figures = {"worst_s": worst, "off_s": rows, "late_save_counted": late}
    return {"pass": worst <= 2 and not late, "figures": figures}


def countdown_off(at: Sheet) -> float:
    """Seconds between what the pupil reads and what is left; whole seconds are shown, rounded up.

    The server's clock is looked at before and after: how long the looking took is nobody's fault.
    """
    ends = at.made.attempt().ends_at
    assert ends is not None
    most = (ends - now()).total_seconds()
    shown = int(at.page.locator("[data-left]").get_attribute("data-left") or -99)
    least = (ends - now()).total_seconds()
    return min(0.0, shown - least) + max(0.0, shown - 1 - most)


def context_late(made: Any) -> bool:
    """A device whose clock is an hour behind writes a quarter of a second after the end."""
    Attempt.objects.filter(id=made.attempts[0]).update(ends_at=now() + timedelta(seconds=2))
    attempt = made.attempt()
    wait = (attempt.ends_at - now()).total_seconds() + 0.25
    time.sleep(max(0.0, wait))
    attempt_save(
        who_id=attempt.person_id, attempt_id=attempt.id, by=From("late"),
        answers=[Sent(made.texts[0], "晚了", 9, now() - timedelta(hours=1))],
    )  # fmt: skip
    return bool(made.stored().get(made.texts[0]) == "晚了")
