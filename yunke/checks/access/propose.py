"""What the house answers now, as lines of the tables. Started by ``__main__``."""

import csv
import sys

from yunke.checks.access.cells import proposals
from yunke.checks.access.planted import plant, seen
from yunke.checks.access.table import ACTORS, HEAD, ROUTES
from yunke.checks.access.world import world


def main(words: list[str]) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    there = world()
    if words == ["fields"]:
        writer.writerow(["column", *ACTORS])
        for column, by in seen(there, plant(there)).items():
            writer.writerow([column, *(by[actor] for actor in ACTORS)])
        return 0
    if not ROUTES.exists():
        writer.writerow(HEAD)
    for row in proposals(there, words):
        writer.writerow(row)
    return 0
