"""B-09: saves out of order, yesterday's again, after the end; random walks beside a model.

``--load S``: 1,000 walks, else 200. X-14 walks the same machine with release and appeal on top.
"""

import time
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from yunke.checks.accept.table import Options
from yunke.school.attempts.models import Attempt, Mark, Reply, Stray
from yunke.school.attempts.tests.machine import Attempts


def b_09(options: Options) -> dict[str, Any]:
    walks = 1000 if options.load == "S" else 200
    began, trouble = time.monotonic(), ""
    try:
        run_state_machine_as_test(
            Attempts,
            settings=settings(
                max_examples=walks, stateful_step_count=25, deadline=None, database=None,
                suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
            ),
        )  # fmt: skip
    except AssertionError as wrong:
        trouble = f"{type(wrong).__name__}: {wrong}"[:300] or "an invariant broke"
    figures: dict[str, Any] = {
        "walks": walks, "seconds": round(time.monotonic() - began, 1), "broken": trouble,
        "attempts": Attempt.objects.count(), "replies": Reply.objects.count(),
        "kept_beside": Stray.objects.count(), "marks": Mark.objects.count(),
    }  # fmt: skip
    return {"pass": not trouble and figures["kept_beside"] > 0, "figures": figures}
