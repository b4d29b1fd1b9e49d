"""A-10: a shared cache in front of the house never gives one person's page to another.

A greedy cache stands before the real house: it keeps whatever it is not told to leave. Two people
walk all pages through it, and the addresses that a deceiver would make of them.
"""

from dataclasses import dataclass, field
from typing import Any

from yunke.checks.accept.table import Options
from yunke.checks.access.cells import address, is_placed
from yunke.checks.access.table import lines
from yunke.checks.access.world import World, world
from yunke.checks.living.school import cookie
from yunke.checks.living.serving import ask, serving

DECEPTIONS = ("/x.css", ".css", ";x.js", "%2fx.png", "/..%2fstatic/x.js", "%00.css", "?x.css")
PERSONAL = ("pupil", "guardian", "teacher", "school_admin", "city_staff")
TWIN = {"pupil": "teacher", "guardian": "pupil", "teacher": "school_admin",
        "school_admin": "city_staff", "city_staff": "guardian"}  # fmt: skip
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Cache:
    """Keeps by address alone unless the answer forbids it or varies by who asks (RFC 9111)."""

    port: int
    kept: dict[tuple[str, str], Answer] = field(default_factory=dict)
    hits: int = 0

    def get(self, path: str, named: str) -> Answer:
        for key in ((path, ""), (path, named)):
            if key in self.kept:
                self.hits += 1
                return self.kept[key]
        answer = ask(self.port, path, cookie=named)
        control = answer[1].get("cache-control", "")
        if answer[0] == 200 and "no-store" not in control and "private" not in control:
            varies = "cookie" in answer[1].get("vary", "").lower()
            self.kept[path, named if varies else ""] = answer
        return answer


def a_10(_options: Options) -> dict[str, Any]:
    there = world()
    pages, faults, deceived = 0, list[str](), 0
    with serving() as house:
        cache = Cache(house.port)
        for actor in PERSONAL:
            for path in personal(there, actor):
                pages += 1
                faults += crossed(there, cache, actor, path)
                for lure in DECEPTIONS:
                    deceived += 1
                    faults += lured(there, cache, actor, path + lure)
        open_pages = [p for p in ("/week", "/onair", "/catalogue") if cache.get(p, "")[0] == 200]
    figures = {
        "pages": pages, "deceptions": deceived, "faults": faults[:20],
        "kept": len(cache.kept), "hits": cache.hits,
    }  # fmt: skip
    return {"pass": pages >= 50 and not faults and len(open_pages) == 3, "figures": figures}


def personal(there: World, actor: str) -> list[str]:
    """The pages that this person may open and strangers may not."""
    return [
        address(there, route, line.object, "own", actor)
        for (route, method), line in lines().items()
        if method == "GET" and not route.startswith("/front/")
        if line.expected(actor, 0) == "Y" and line.expected("anonymous", 0) != "Y"
        if not is_placed(route) or line.object
    ]


def crossed(there: World, cache: Cache, actor: str, path: str) -> list[str]:
    """One reads it, then another: the cache kept nothing, and the page said so."""
    mine = cache.get(path, cookie(there.tokens[actor]))
    if "no-store" not in mine[1].get("cache-control", ""):
        return [f"{path}: {mine[0]} {mine[1].get('cache-control', 'no Cache-Control')}"]
    if "cookie" not in mine[1].get("vary", "").lower():
        return [f"{path}: does not vary by who asks"]
    other = cookie(there.tokens[TWIN[actor]])
    theirs, straight = cache.get(path, other), ask(cache.port, path, cookie=other)
    if theirs[0] != straight[0]:
        return [f"{path}: through the cache {theirs[0]}, straight {straight[0]}"]
    stranger = cache.get(path, "")
    return [f"{path}: a stranger gets {stranger[0]}"] if stranger[0] == 200 else []


def lured(there: World, cache: Cache, actor: str, path: str) -> list[str]:
    """An address made to look like a file: not found, or never kept."""
    status, headers, _body = cache.get(path, cookie(there.tokens[actor]))
    safe = status != 200 or "no-store" in headers.get("cache-control", "")
    return [] if safe else [f"{path}: {status} {headers.get('cache-control')}"]
