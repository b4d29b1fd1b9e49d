"""``./run bench NAME [--engine pg] …``: ends with one JSON line; 0 when every mark is met."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from yunke.checks.living.engines import engines
from yunke.checks.living.serving import ROOT, fresh_data

NAMES = ("today", "login", "publish", "events", "roster", "submit")
LIMIT = 600.0  # seconds
LONG = {"events": 2400.0, "roster": 2400.0}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--peer", choices=("kolibri",), default="")
    parser.add_argument("--seconds", type=float, default=0.0, help="length of each pass")
    parser.add_argument("--pupils", type=int, default=449_000, help="size of the large city")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times smaller")
    parser.add_argument("--engine", choices=("sqlite", "pg"), default="sqlite")
    options = parser.parse_args(words)
    with (
        tempfile.TemporaryDirectory(prefix="yunke-bench-") as folder,
        engines(options.engine) as settings,
    ):
        os.environ.update(settings)
        data = fresh_data(Path(folder) / "data")
        env = {**os.environ, "YUNKE_DATA": str(data), "YUNKE_BENCH": json.dumps(vars(options))}
        command = [sys.executable, "-m", "yunke.site.part", "yunke.checks.bench.one", options.name]
        try:
            done = subprocess.run(
                command,
                env=env,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                timeout=LONG.get(options.name, LIMIT),
                check=False,
            )
            line = _last(done.stdout.decode())
        except subprocess.TimeoutExpired:
            line = ""
    result = json.loads(line) if line else failed(options.name, "no result within ten minutes")
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result["pass"] else 1


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("{")]
    return lines[-1] if lines else ""


def failed(name: str, why: str) -> dict[str, object]:
    return {"bench": name, "figures": {"trouble": why}, "ratios": {}, "marks": {}, "pass": False}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
