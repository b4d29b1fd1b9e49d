"""A-02: which columns reach whom, held to the field register (``access/fields.csv``).

A word of its own stands in every text column; every page is read as everybody. What is not in the
register may reach nobody. ``python -m yunke.checks.access fields`` prints what is seen now.
"""

import csv
from pathlib import Path
from typing import Any

from yunke.checks.accept.table import Options
from yunke.checks.access.planted import plant, seen
from yunke.checks.access.table import ACTORS
from yunke.checks.access.world import DISTANCES, world

REGISTER = Path(__file__).parent.parent / "access" / "fields.csv"
# Whatever the register says, these reach nobody.
NEVER = ("hash", "password", "pictures", "totp", "salt", "sealed")


def a_02(_options: Options) -> dict[str, Any]:
    there = world()
    planted = plant(there)
    shown, allowed = seen(there, planted), register()
    faults = [
        f"{column} reaches {actor} ({DISTANCES[at]})"
        for column, by in shown.items()
        for actor in ACTORS
        for at in range(len(DISTANCES))
        if by[actor][at] == "Y" and allowed.get(column, {}).get(actor, "NNNNN")[at] != "Y"
    ]
    secret = [c for c in shown if c.rpartition(".")[2].startswith(NEVER) or c.endswith("_hash")]
    gone = sorted(set(allowed) - set(shown))
    figures = {
        "columns": len({one.column for one in planted}), "shown": len(shown),
        "faults": faults[:20], "secret": secret, "in_the_register_but_never_shown": gone,
    }  # fmt: skip
    return {"pass": not (faults or secret or gone), "figures": figures}


def register() -> dict[str, dict[str, str]]:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return {row["column"]: {a: row[a] for a in ACTORS} for row in csv.DictReader(file)}
