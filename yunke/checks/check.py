"""``./run check``: the house against its plan. A rule has its sentence, a fault its place."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

from yunke.checks.house.tree import ROOT

BIN = Path(sys.executable).parent
PROGRAMS: tuple[tuple[str, list[str]], ...] = (
    ("style: formatted alike", ["ruff", "format", "--check", "--quiet", "yunke", "journeys"]),
    ("style: no lint", ["ruff", "check", "--quiet", "yunke", "journeys", "run"]),
    ("types: annotated and sound", ["mypy", "yunke"]),
    ("floor plan: a room knows only the floors below", ["lint-imports", "--no-cache"]),
)


def rules() -> tuple[tuple[str, Callable[[], list[str]]], ...]:
    # Django must be set up first, with a data folder that is nobody's.
    from yunke.checks import docs  # noqa: PLC0415
    from yunke.checks.house import (  # noqa: PLC0415
        budgets,
        clean,
        datamap,
        floors,
        migrations,
        pages,
        proportion,
        templates,
        words,
    )

    return (
        ("floor plan: foreign keys point down", floors.faults),
        ("migrations: named, none missing", migrations.faults),
        ("pages: each names its right", pages.faults),
        ("templates: stay at home, nothing inline", templates.faults),
        ("data map: every table says what it holds about people", datamap.faults),
        ("words: English complete", words.faults),
        ("budgets: small files, small functions", budgets.faults),
        ("proportion: a test line for each source line", proportion.faults),
        ("clean: no registry, no machine path, no secret", clean.faults),
        ("documents: in step with the code", docs.faults),
    )


def run_program(words: list[str]) -> list[str]:
    done = subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).strip().splitlines()[-25:] if done.returncode else []


def report(sentence: str, found: list[str], spent: float) -> bool:
    print(f"{'✗' if found else '✓'} {sentence} ({spent:.1f} s)", flush=True)
    for line in found[:40]:
        print(f"    {line}")
    return not found


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yunke-check-") as folder:
        os.environ["YUNKE_DATA"] = folder
        os.environ["YUNKE_SECRET_KEY"] = "only-for-the-checks-of-the-house-" * 2
        os.environ["DJANGO_SETTINGS_MODULE"] = "yunke.site.settings"
        good = True
        for sentence, words in PROGRAMS:
            start = time.monotonic()
            good &= report(sentence, run_program(words), time.monotonic() - start)
        django.setup()
        for sentence, faults in rules():
            start = time.monotonic()
            good &= report(sentence, faults(), time.monotonic() - start)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
