"""Serving: what runs, one line with the one address, and it is printed only when all answer."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from yunke.site import serve
from yunke.site.caddy import Layout
from yunke.site.serve import announce, open_line, open_sockets, parts

NAMES = ("front", "signin", "pages-0", "pages-1")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Layout(probe.getsockname()[1], tmp_path, tmp_path, 2)


def test_every_part_but_caddy_has_what_the_caddyfile_sends_to(layout: Layout) -> None:
    found = {part.name: part for part in parts(layout, hash_threads=2, hash_queue=10)}
    assert set(found) == {*NAMES, "worker", "caddy"}
    assert all(found[name].socket == layout.socket(name) for name in NAMES)
    assert found["worker"].socket is None
    assert found["signin"].words[1] == "14", "a thread for everybody who may wait for hashing"
    assert found["signin"].nice > found["pages-0"].nice


def test_caddy_leaves_first_so_that_nobody_is_sent_to_a_part_that_left(layout: Layout) -> None:
    found = {part.name: part.leaves for part in parts(layout, hash_threads=1, hash_queue=1)}
    caddy = found.pop("caddy")
    assert caddy < min(found.values())


def test_one_address_and_in_brackets_that_of_the_network() -> None:
    line = open_line(8000, "192.168.1.7")
    assert line.endswith("http://localhost:8000/ (192.168.1.7:8000)")
    assert line.count("http://") == 1
    assert open_line(8000, "localhost").endswith("http://localhost:8000/")


async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    line = await reader.readline()
    answering.asked.append(line.split()[1].decode() if line else "")  # type: ignore[attr-defined]
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await writer.drain()
    writer.close()


async def failing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
    await writer.drain()
    writer.close()


def told(story: Callable[[], Awaitable[Any]]) -> Any:
    answering.asked = []  # type: ignore[attr-defined]
    return asyncio.run(asyncio.wait_for(story(), 20))  # type: ignore[arg-type]


def test_sockets_are_open_only_when_all_of_them_take_calls(layout: Layout) -> None:
    async def story() -> list[bool]:
        found = [await open_sockets(layout)]
        layout.socket("front").touch()  # a file is not yet somebody who listens
        for name in NAMES[1:]:
            await asyncio.start_unix_server(answering, layout.socket(name))
        found.append(await open_sockets(layout))
        layout.socket("front").unlink()
        await asyncio.start_unix_server(answering, layout.socket("front"))
        return [*found, await open_sockets(layout)]

    assert told(story) == [False, False, True]


def test_caddy_is_asked_nothing_before_the_parts_take_calls(
    layout: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    async def story() -> list[str]:
        await asyncio.start_server(answering, "127.0.0.1", layout.port)
        waiting = asyncio.create_task(announce(layout))
        await asyncio.sleep(0.4)
        early = list(answering.asked)  # type: ignore[attr-defined]
        assert not waiting.done()
        for name in NAMES:
            await asyncio.start_unix_server(answering, layout.socket(name))
        await waiting
        return early

    assert told(story) == []
    assert f"http://localhost:{layout.port}/" in capsys.readouterr().out
    assert {"/health", "/front/health"} <= set(answering.asked)  # type: ignore[attr-defined]


def test_an_address_that_never_answers_is_said_with_its_port(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.3)

    async def story() -> None:
        for name in NAMES:
            await asyncio.start_unix_server(answering, layout.socket(name))
        await asyncio.start_server(failing, "127.0.0.1", layout.port)
        await announce(layout)

    told(story)
    said = capsys.readouterr()
    assert said.out == ""
    assert f"PORT {layout.port} does not answer" in said.err
