"""The load client measures what happened."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from yunke.checks.accept.table import CASES, case_of
from yunke.checks.living.load import (
    Answer,
    Due,
    Figures,
    Line,
    Target,
    closed_loop,
    open_loop,
    request,
    triangular,
)

Reply = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def with_server(
    reply: bytes, work: Callable[[Target], Awaitable[Figures]], *, wait: float = 0
) -> Figures:
    """Run ``work`` against a server that answers every request with the same bytes."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (await reader.readuntil(b"\r\n\r\n")) and reply:
            await asyncio.sleep(wait)
            writer.write(reply)
        writer.close()

    async def run() -> Figures:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            return await work(Target(server.sockets[0].getsockname()[1]))

    return asyncio.run(run())


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def test_a_closed_loop_counts_what_was_answered() -> None:
    found = with_server(
        OK, lambda t: closed_loop(t, [request("GET", "/")], connections=3, seconds=0.3)
    )
    assert found.failed == 0
    assert len(found.durations) == found.statuses[200] > 10
    assert found.bytes == 2 * len(found.durations)


def test_an_open_loop_charges_the_waiting_from_the_time_that_was_due() -> None:
    dues = [Due(n / 100, request("GET", "/")) for n in range(20)]
    seen: list[int] = []
    found = with_server(
        OK, lambda t: open_loop(t, dues, seen=lambda due, a: seen.append(a.status)), wait=0.05
    )
    assert len(seen) == 20
    assert found.quantile(0.5) >= 50


def test_refusals_and_broken_connections_are_failures() -> None:
    refused = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    dues = [Due(0, request("GET", "/"))]
    assert with_server(refused, lambda t: open_loop(t, dues)).failed == 1
    found = with_server(b"", lambda t: open_loop(t, dues))
    assert found.statuses == {0: 1}
    nobody = asyncio.run(open_loop(Target(1), dues))
    assert nobody.failed == 1


def parsed(*pieces: bytes) -> list[Answer]:
    """What a line makes of bytes that arrive in pieces."""
    found: list[Answer] = []
    line = Line()
    line._done = found.append
    for piece in pieces:
        line.data_received(piece)
    return found


@pytest.mark.parametrize("cut", range(1, len(OK)))
def test_an_answer_in_pieces_is_one_answer(cut: int) -> None:
    assert [a.body for a in parsed(OK[:cut], OK[cut:])] == [b"ok"]


def test_chunks_are_put_together() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    assert [a.body for a in parsed(head, body[:7], body[7:])] == [b"abcde"]


def test_cookies_and_headers_are_read() -> None:
    raw = b"HTTP/1.1 303 See Other\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nX-Receipt: R"
    answer = Answer(303, raw)
    assert answer.cookies == {"a": "1", "b": "2"}
    assert answer.header("x-receipt") == "R"


def test_quantiles_are_of_what_was_measured() -> None:
    figures = Figures([n / 1000 for n in range(1, 101)])
    assert figures.quantile(0.5) == pytest.approx(51)
    assert figures.quantile(0.99) == pytest.approx(100)
    assert Figures().quantile(0.99) == 0
    assert Figures().per_second == 0


def test_a_storm_is_strongest_in_the_middle() -> None:
    moments = triangular(1000, 30)
    assert moments == sorted(moments)
    assert sum(10 < at < 20 for at in moments) > 500


@pytest.mark.parametrize("number", sorted(CASES))
def test_every_case_of_the_table_is_there(number: str) -> None:
    assert callable(case_of(number))
