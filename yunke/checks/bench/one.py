"""One measurement in a process of its own, over a fresh data folder. Started by the runner."""

import importlib
import json
import os
from typing import Any


def main(words: list[str]) -> int:
    """Run ``yunke.checks.bench.<name>.run(options)`` and print its result as the last line."""
    options: dict[str, Any] = json.loads(os.environ["YUNKE_BENCH"])
    bench = importlib.import_module(f"yunke.checks.bench.{words[0]}")
    found = bench.run(options)
    result = {"bench": words[0], "figures": {}, "ratios": {}, "marks": {}, **found}
    result["pass"] = bool(found.get("pass", all(result["marks"].values())))
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0
