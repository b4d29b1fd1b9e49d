"""One case in a process of its own, over a fresh data folder. Started by the runner."""

import json
import os
import traceback
from typing import Any

from yunke.checks.accept.table import Options, case_of


def main(words: list[str]) -> int:
    options = Options(**json.loads(os.environ["YUNKE_ACCEPT"]))
    result: dict[str, Any]
    try:
        found = dict(case_of(words[0])(options))
        passed = bool(found.pop("pass"))
        result = {"id": words[0], "pass": passed, "figures": found.pop("figures", found)}
    except Exception as trouble:
        traceback.print_exc()
        why = f"{type(trouble).__name__}: {trouble}"[:500]
        result = {"id": words[0], "pass": False, "figures": {"trouble": why}}
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return 0 if result["pass"] else 1
