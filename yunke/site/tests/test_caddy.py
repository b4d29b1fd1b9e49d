"""The Caddyfile: Caddy takes it, and every address goes to the part that is meant for it."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from yunke.site.caddy import HASHING, Layout, caddyfile
from yunke.site.startup import caddy_program

GIGABYTE = 2**30


def layout(tmp_path: Path, *, port: int = 8000, workers: int = 2, data: str = "data") -> Layout:
    return Layout(port, tmp_path / data, tmp_path / "run", workers)


def adapted(of: Layout, *, upload_bytes: int = GIGABYTE) -> Any:
    """The file as Caddy understands it."""
    file = of.data.parent / "Caddyfile"
    file.write_text(caddyfile(of, upload_bytes=upload_bytes))
    done = subprocess.run(
        [str(caddy_program()), "adapt", "--config", str(file), "--adapter", "caddyfile"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def server(config: Any) -> Any:
    (found,) = config["apps"]["http"]["servers"].values()
    return found


def each(thing: Any, key: str) -> list[Any]:
    """Everything that stands under ``key``, however deep."""
    if isinstance(thing, list):
        return [found for item in thing for found in each(item, key)]
    if not isinstance(thing, dict):
        return []
    here = [thing[key]] if key in thing else []
    return here + [found for value in thing.values() for found in each(value, key)]


def dials(route: Any) -> list[str]:
    return [up["dial"] for ups in each(route, "upstreams") for up in ups]


def route_of(config: Any, path: str) -> Any:
    """The first route that names this path."""
    for route in each(server(config), "routes"):
        for one in route:
            paths = [p for match in one.get("match", []) for p in match.get("path", [])]
            if path in paths:
                return one
    raise AssertionError(f"no route for {path}")


@pytest.mark.parametrize(
    ("port", "workers", "data"),
    [(8000, 1, "data"), (80, 2, "我的 数据"), (65535, 16, "it's a $(folder) #1; rm -rf")],
)
def test_caddy_takes_the_file_of_any_layout(
    port: int, workers: int, data: str, tmp_path: Path
) -> None:
    of = layout(tmp_path, port=port, workers=workers, data=data)
    config = adapted(of)
    assert server(config)["listen"] == [f"0.0.0.0:{port}"]
    roots = {root for root in each(config, "root") if isinstance(root, str)}
    assert {f"{of.data}/static", f"{of.data}/media"} <= roots


def test_pages_are_shared_among_all_their_processes(tmp_path: Path) -> None:
    of = layout(tmp_path, workers=3)
    assert of.pages == ["pages-0", "pages-1", "pages-2"]
    wanted = {f"unix/{of.run}/pages-{number}.sock" for number in range(3)}
    shares = [set(found) for found in map(dials, each(server(adapted(of)), "handle")) if found]
    assert wanted in shares


def test_hashing_goes_to_its_own_process_and_only_when_something_is_sent(tmp_path: Path) -> None:
    of = layout(tmp_path)
    route = route_of(adapted(of), "/sign-in")
    assert dials(route) == [f"unix/{of.run}/signin.sock"]
    assert route["match"][0]["method"] == ["POST"]
    assert route["match"][0]["path"] == HASHING.split()


def test_every_address_of_hashing_is_one_of_the_house() -> None:
    known = [re.sub(r"<[^>]+>", "x", path) for path in addresses(get_resolver().url_patterns)]
    for path in HASHING.split():
        wanted = re.compile(re.escape(path.strip("/")).replace(r"\*", ".+") + r"\Z")
        assert any(wanted.match(one) for one in known), path


def addresses(patterns: Any, before: str = "") -> list[str]:
    found = []
    for one in patterns:
        path = before + str(one.pattern)
        found += addresses(one.url_patterns, path) if hasattr(one, "url_patterns") else [path]
    return found


def test_the_front_is_asked_about_every_media_file_before_it_is_sent(tmp_path: Path) -> None:
    of = layout(tmp_path)
    route = route_of(adapted(of), "/media/*")
    handlers = [found for found in each(route, "handler") if isinstance(found, str)]
    assert handlers.index("reverse_proxy") < handlers.index("file_server")
    assert dials(route) == [f"unix/{of.run}/front.sock"]
    assert [found["uri"] for found in each(route, "rewrite") if "uri" in found] == [
        "/front/media-check"
    ]


def test_media_may_run_no_script_and_be_kept_by_nobody_else(tmp_path: Path) -> None:
    text = caddyfile(layout(tmp_path), upload_bytes=1)
    media = text[text.index("handle /media/*") : text.index("handle /front/*")]
    assert "sandbox; default-src 'none'" in media
    assert 'Cache-Control "private' in media
    assert "nosniff" in media


def test_static_files_never_reach_python(tmp_path: Path) -> None:
    route = route_of(adapted(layout(tmp_path)), "/static/*")
    assert dials(route) == []
    assert "file_server" in each(route, "handler")


@pytest.mark.parametrize("most", [2**20, 2 * GIGABYTE])
def test_no_body_is_larger_than_an_upload_may_be(most: int, tmp_path: Path) -> None:
    assert set(each(adapted(layout(tmp_path), upload_bytes=most), "max_size")) == {most}


def test_caddy_has_no_door_of_its_own_and_asks_nobody_outside(tmp_path: Path) -> None:
    config = adapted(layout(tmp_path))
    assert config["admin"]["disabled"] is True
    assert config["admin"]["config"]["persist"] is False
    assert server(config)["automatic_https"]["disable"] is True


def test_a_slow_header_and_a_huge_one_are_not_waited_for(tmp_path: Path) -> None:
    found = server(adapted(layout(tmp_path)))
    assert found["read_header_timeout"] == 10 * 10**9
    assert found["max_header_bytes"] <= 64 * 1024


def test_a_part_that_is_just_back_is_tried_again_before_anybody_sees_it(tmp_path: Path) -> None:
    config = adapted(layout(tmp_path))
    tries = each(config, "load_balancing")
    assert len(tries) == 4
    assert {one["try_duration"] for one in tries} == {5 * 10**9}
