"""X-03, X-04: a line that drops, for long and through the end; one that loses replies."""

import asyncio
import random
import socket
import threading
from datetime import timedelta
from typing import Any

from yunke.base.clock import now
from yunke.checks.accept.l_attempts import Crowd, counted
from yunke.checks.accept.table import Options
from yunke.checks.living.load import Target
from yunke.checks.living.serving import serving
from yunke.checks.living.sheets import Room, chromium, device, opened, room, sheet
from yunke.checks.living.sitting import sitting
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.reads.late import strays_of_attempts

PUPILS = 96


def x_03(options: Options) -> dict[str, Any]:
    """The line drops for a while, and through the end of the attempt."""
    drops = (30.0, 600.0) if options.load == "S" else (6.0, 30.0)
    made = room()
    with serving() as house, chromium() as browser:
        context = device(browser, house, made.of.tokens[0])
        at = sheet(context, house, made)
        back = []
        for turn, seconds in enumerate(drops):
            context.set_offline(True)
            at.write(made.texts[0], f"断线 {turn}")
            at.page.wait_for_timeout(1000 * seconds / 2)
            at.write(made.texts[1], f"还在写 {turn}")
            at.until("here", 12)
            at.page.wait_for_timeout(1000 * seconds / 2)
            context.set_offline(False)
            back.append(round(at.until_stored(made.texts[1], f"还在写 {turn}", 20), 2))
        whole = made.stored()[made.texts[0]] == f"断线 {len(drops) - 1}"
        context.close()
        through = through_the_end(browser, house, made)
    figures = {"drops_s": drops, "back_at_school_s": back, "whole": whole, **through}
    good = whole and max(back) <= 15 and all(v for k, v in through.items() if k != "seconds")
    return {"pass": good, "figures": figures}


def through_the_end(browser: Any, house: Any, made: Room) -> dict[str, Any]:
    """Written before the end, sent after it: kept beside as "in time", and counted by a person."""
    child = made.of.pupils[1]
    made.attempts[1] = opened(made, child, 2, ends=timedelta(seconds=40))
    context = device(browser, house, made.of.tokens[1])
    at = sheet(context, house, made, 1)
    at.write(made.texts[0], "先存上的")
    at.until("school", 15)
    ends = made.attempt(1).ends_at
    assert ends is not None
    at.page.wait_for_timeout(max(0.0, 1000 * ((ends - now()).total_seconds() - 8)))
    context.set_offline(True)
    at.write(made.texts[0], "时间到之前写的")
    at.page.wait_for_timeout(1000 * ((ends - now()).total_seconds() + 5))
    closed = at.text(made.texts[0]).is_disabled()
    context.set_offline(False)
    told = wait_for(lambda: at.notice("beside"), at, 20)
    receipt = wait_for(lambda: bool(done(at)), at, 30)
    late = strays_of_attempts([made.attempts[1]])
    in_time = [one.in_time for one in late] == [True]
    not_counted = made.stored(1)[made.texts[0]] == "先存上的"
    decided = bool(late) and stray_decide(
        by_id=made.of.teacher.id, stray_id=late[0].id, accept=True
    )
    counts = made.stored(1)[made.texts[0]] == "时间到之前写的"
    by_server = Attempt.objects.get(id=made.attempts[1]).by_server
    return {
        "closed_at_the_end": closed, "told_kept_beside": told, "proven_in_time": in_time,
        "waits_for_a_person": not_counted, "counts_when_confirmed": decided and counts,
        "receipt_shown": receipt, "handed_in_by_server": by_server,
    }  # fmt: skip


def done(at: Any) -> str:
    part = at.page.locator("[data-done-receipt]")
    return str(part.inner_text()) if part.is_visible() else ""


def wait_for(what: Any, at: Any, seconds: float) -> bool:
    for _ in range(round(seconds * 5)):
        if what():
            return True
        at.page.wait_for_timeout(200)
    return False


def x_04(_options: Options) -> dict[str, Any]:
    """Half of the connections are cut, three of ten replies are lost; pages come again."""
    made = sitting(PUPILS)
    with serving() as house:
        proxy = Proxy(house.port)
        crowd = Crowd(Target(proxy.port), made, tries=60)
        asyncio.run(crowd.come(PUPILS, 8.0))
        proxy.stop()
        found = counted(house)
    figures = {"pupils": PUPILS, "told": crowd.told, **found, **proxy.did, "errors": crowd.errors}
    good = (
        crowd.told == found["submitted"] == found["whole"] == PUPILS
        and not found["doubled"] and not crowd.errors and proxy.did["lost_replies"] > 0
    )  # fmt: skip
    return {"pass": good, "figures": figures}


class Proxy:
    """Between page and house: cuts a connection before the request is through, or drops the reply
    to one that was."""

    def __init__(self, house: int, *, cut: float = 0.5, lose: float = 0.3) -> None:
        self.house, self.cut, self.lose = house, cut, lose
        self.rng, self.did = random.Random(4), {"connections": 0, "cut": 0, "lost_replies": 0}
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def stop(self) -> None:
        self.listener.close()

    def run(self) -> None:
        while True:
            try:
                line, _from = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(line, self.rng.random()), daemon=True).start()

    def one(self, line: socket.socket, fate: float) -> None:
        """A connection, by its fate: 0 to 0.5 cut in the request, of the rest 0.3 loses replies."""
        self.did["connections"] += 1
        with line, socket.create_connection(("127.0.0.1", self.house)) as to:
            request = read_request(line)
            if fate < self.cut:
                to.sendall(request[: len(request) // 2])
                self.did["cut"] += 1
                return
            to.sendall(request)
            reply = read_request(to)  # a reply has the same shape
            if fate < self.cut + (1 - self.cut) * self.lose:
                self.did["lost_replies"] += 1
                return
            line.sendall(reply)


def read_request(line: socket.socket) -> bytes:
    """One whole request: its head, and as much body as the head says."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536) or b"\r\n\r\n"
    head, _, body = got.partition(b"\r\n\r\n")
    size = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(body) < size:
        more = line.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body
