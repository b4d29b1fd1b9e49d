"""A share of the cells in a process of its own: ``main(["0", "2"])`` judges every second one."""

import json
from dataclasses import asdict

from yunke.checks.access.cells import verdict
from yunke.checks.access.world import world


def main(words: list[str]) -> int:
    first, of = map(int, words)
    print(json.dumps(asdict(verdict(world(), slice(first, None, of)))), flush=True)
    return 0
