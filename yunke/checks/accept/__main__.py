"""``./run accept B-01 L-04 … [--load S] [--engine pg]``: one JSON line for each.

The exit status is 1 when one of them fails. Without numbers, every case runs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from yunke.checks.accept.table import CASES
from yunke.checks.living.engines import engines
from yunke.checks.living.serving import ROOT, fresh_data

LIMIT = 900.0  # seconds for one case


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run accept")
    parser.add_argument("numbers", nargs="*", metavar="ID", help=" ".join(CASES))
    parser.add_argument("--load", choices=("S",), default="")
    parser.add_argument("--engine", choices=("sqlite", "pg"), default="sqlite")
    told = parser.parse_args(words)
    every = True
    with engines(told.engine) as settings:
        os.environ.update(settings)
        for number in told.numbers or list(CASES):
            result = run_case(number.upper(), {"load": told.load, "engine": told.engine})
            print(json.dumps(result, ensure_ascii=False), flush=True)
            every = every and result["pass"] is True
    return 0 if every else 1


def run_case(number: str, options: dict[str, str]) -> dict[str, Any]:
    """The result of one case, run in its own process over its own data folder."""
    if number not in CASES:
        return failed(number, f"there is no case {number}; there are {', '.join(CASES)}")
    with tempfile.TemporaryDirectory(prefix="yunke-accept-") as folder:
        data = fresh_data(Path(folder) / "data")
        env = {**os.environ, "YUNKE_DATA": str(data), "YUNKE_ACCEPT": json.dumps(options)}
        command = [sys.executable, "-m", "yunke.site.part", "yunke.checks.accept.one", number]
        try:
            done = subprocess.run(
                command, env=env, cwd=ROOT, stdout=subprocess.PIPE, timeout=LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            return failed(number, f"no result after {LIMIT:.0f} s")
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else failed(number, f"ended with {done.returncode}")


def failed(number: str, why: str) -> dict[str, Any]:
    return {"id": number, "pass": False, "figures": {"trouble": why}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
