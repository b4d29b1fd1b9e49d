"""Every link that a page shows its reader leads to a page that is there for this reader."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from journeys.conftest import Opened
from yunke.checks.living.serving import House

WAY = re.compile(r'href="(/[^"#]*)')
# Files and doors, no pages; what signs out or changes the language is no way either.
APART = re.compile(r"/(static|media|front|films|sign-out|language|lite)\b")
OF_A_KIND = 2  # pages of one address with different numbers
MOST = 120


def kind(path: str) -> str:
    return re.sub(r"\d+", "N", path.partition("?")[0])


def dead_ways(page: Page, base: str) -> Iterator[str]:
    """Walk from the first page over all links; what is not there, and where it stood."""
    ways, seen = [("/", "")], Counter[str]()
    known = {"/"}
    while ways and sum(seen.values()) < MOST:
        path, found_on = ways.pop(0)
        if seen[kind(path)] >= OF_A_KIND:
            continue
        seen[kind(path)] += 1
        answer = page.request.get(base + path, max_redirects=3)
        if answer.status >= 400:
            yield f"{answer.status} {path} on {found_on}"
        elif "html" in answer.headers.get("content-type", ""):
            for way in WAY.findall(answer.text()):
                way = way.replace("&amp;", "&")
                if way not in known and not APART.match(way):
                    known.add(way)
                    ways.append((way, path))
    assert sum(seen.values()) > 20


@pytest.mark.parametrize(
    "key",
    ["child", "brother", "mother", "teacher", "head", "school", "county", "city", "reviewer"],
)
def test_no_way_is_dead(house: House, opened: Opened, key: str) -> None:
    assert list(dead_ways(opened(key), house.url)) == []
