"""``./run bench submit``: 2,000 pupils hand in 20 answers within 30 seconds, most in the middle.

Mark: p95 of 1.5 s, everything stored once. ``--scale 4`` makes it four times smaller.
"""

from typing import Any

from yunke.checks.accept.l_attempts import storm, whole


def run(options: dict[str, Any]) -> dict[str, Any]:
    pupils = max(10, round(2000 / options.get("scale", 1.0)))
    figures = storm(pupils, p95=1500, p99=2500, most=5000)["figures"]
    marks = {
        "p95_within_1500_ms": figures["submits"]["p95_ms"] <= 1500,
        "none_failed": figures["submits"]["failed"] == 0,
        "all_stored_once": whole(figures, pupils),
    }
    return {"figures": {"engine": options.get("engine", "sqlite"), **figures}, "marks": marks}
