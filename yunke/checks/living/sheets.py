"""A pupil at a sheet in a real browser: types, reloads, loses the line, changes the clock."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from yunke.base.clock import now
from yunke.checks.cast import CHROMIUM, FLAGS
from yunke.checks.living.school import School, school
from yunke.checks.living.serving import House
from yunke.craft.marking.items import LongTextKey
from yunke.school.attempts.actions.opening import attempt_open
from yunke.school.attempts.models import Attempt, Reply
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Of

TEXTS = 3
WRITES = "**/front/attempts/*"


@dataclass
class Room:
    """A school of a few pupils, each with a sheet: choices, then fields for text."""

    of: School
    questions: list[Any]
    attempts: list[int] = field(default_factory=list)

    @property
    def texts(self) -> list[int]:
        return [q.id for q in self.questions[-TEXTS:]]

    def stored(self, number: int = 0) -> dict[int, Any]:
        """Question → value as the school has it."""
        rows = Reply.objects.filter(attempt_id=self.attempts[number], seq__gt=0)
        found = dict(rows.values_list("question_id", "value"))
        connection.close()
        return found

    def attempt(self, number: int = 0) -> Attempt:
        found = Attempt.objects.get(id=self.attempts[number])
        connection.close()
        return found


def room(pupils: int = 2, *, ends: timedelta | None = None, thing: int = 1) -> Room:
    of = school(pupils=pupils)
    asked = [*makers.choices(2), *(makers.question(LongTextKey()) for _ in range(TEXTS))]
    made = Room(of, asked)
    made.attempts = [opened(made, child, thing, ends=ends) for child in of.pupils]
    return made


def opened(made: Room, child: Any, thing: int, *, ends: timedelta | None = None) -> int:
    return attempt_open(
        person_id=child.id, class_id=0, school_id=made.of.school.id, of=Of.DRILL,
        of_id=10_000 + thing, order=[q.id for q in made.questions], title="单元练习",
        ends_at=now() + ends if ends else None,
    )  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    # Playwright's loop runs in this thread; rows are looked at from it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


@dataclass
class Sheet:
    """One pupil's page."""

    page: Page
    made: Room
    number: int
    address: str

    def text(self, question: int) -> Any:
        return self.page.locator(f"fieldset[data-question='{question}'] textarea")

    def write(self, question: int, words: str) -> None:
        self.text(question).fill(words)

    def shown(self) -> dict[int, str]:
        return {one: self.text(one).input_value() for one in self.made.texts}

    @property
    def where(self) -> str:
        return str(self.page.locator("yunke-attempt").get_attribute("data-state"))

    def until(self, state: str, seconds: float) -> float:
        """Seconds until the page says so. Raises TimeoutError."""
        began = time.monotonic()
        while self.where != state:
            if time.monotonic() - began > seconds:
                raise TimeoutError(f"the page says {self.where}, not {state}")
            self.page.wait_for_timeout(50)
        return time.monotonic() - began

    def until_stored(self, question: int, words: str, seconds: float) -> float:
        """Seconds until the school has it; ``seconds`` + 1 when it never came."""
        began = time.monotonic()
        while time.monotonic() - began <= seconds:
            if self.made.stored(self.number).get(question) == words:
                return time.monotonic() - began
            self.page.wait_for_timeout(100)
        return seconds + 1

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("yunke-attempt[data-ready]")

    def kept_here(self, seconds: float = 3.0) -> None:
        """Wait until a copy of what was typed lies in the device's own store."""
        self.page.wait_for_function(
            "() => { const s = document.querySelector('yunke-attempt').sender;"
            " return s.store && s.safe >= s.last; }",
            timeout=1000 * seconds,
        )

    def block(self) -> None:
        self.page.route(WRITES, lambda route: route.abort())

    def unblock(self) -> None:
        self.page.unroute(WRITES)

    def notice(self, name: str) -> bool:
        return bool(self.page.locator(f"[data-notice={name}]").is_visible())


def device(browser: Browser, house: House, token: str, **more: Any) -> BrowserContext:
    """A browser of its own, signed in. localhost: a place where browsers lend their ciphers."""
    context = browser.new_context(locale="zh-CN", **more)
    become(context, house, token)
    return context


def become(context: BrowserContext, house: House, token: str) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": token, "url": base(house)}
    context.add_cookies([cookie])  # type: ignore[list-item]


def base(house: House) -> str:
    return f"http://localhost:{house.port}"


def sheet(context: BrowserContext, house: House, made: Room, number: int = 0) -> Sheet:
    found = Sheet(
        context.new_page(), made, number, f"{base(house)}/attempts/{made.attempts[number]}"
    )
    found.page.goto(found.address)
    found.ready()
    return found


def lose_replies(page: Page, share: float, draw: Any) -> None:
    """Some answers of the school never reach the page, though they were done."""

    def lossy(route: Route) -> None:
        if draw() < share:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(WRITES, lossy)


def wrong_clock(context: BrowserContext, hours: float) -> None:
    """The device believes in another hour; ``window.shift`` (milliseconds) changes it."""
    context.add_init_script(
        f"window.shift = {hours * 3_600_000};"
        "const Real = Date; const real = Date.now.bind(Date);"
        "Date = class extends Real {"
        " constructor(...a) { a.length ? super(...a) : super(real() + window.shift); }"
        " static now() { return real() + window.shift; } };"
    )


# Everything that lies in the stores of this browser, as text.
DUMP = """async () => {
  const out = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  const got = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const text = (bytes) => new TextDecoder().decode(bytes ?? new Uint8Array());
  for (const { name, version } of await indexedDB.databases()) {
    const base = await got(indexedDB.open(name, version));
    for (const store of base.objectStoreNames) {
      const all = () => base.transaction(store).objectStore(store);
      for (const key of await got(all().getAllKeys())) out.push(String(key));
      for (const one of await got(all().getAll())) out.push(JSON.stringify(one), text(one.bytes));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      out.push(asked.url);
      if (!asked.url.includes('/static/')) out.push(await (await cache.match(asked)).text());
    }
  }
  return [document.cookie, ...out].join('\\n');
}"""
