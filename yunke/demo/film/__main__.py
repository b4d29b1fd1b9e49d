"""`python -m yunke.demo.film OUT_DIR [--only SLUG ...] [--jobs 2]`: make films.

One JSON line on standard output for each finished stage, for whoever draws the progress.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .making import films, make, remove_leftovers
from .values import Film


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m yunke.demo.film", description=__doc__)
    parser.add_argument("out", type=Path, help="folder that gets one folder per film")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="SLUG", help="make only these films"
    )
    parser.add_argument("--jobs", type=int, default=2, help="films made at the same time")
    return parser.parse_args(words)


def chosen(only: list[str]) -> list[Film]:
    """The films asked for; an unknown name is an error that lists the known ones."""
    known = {film.slug: film for film in films()}
    if unknown := set(only) - set(known):
        raise SystemExit(f"unknown film: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return [known[slug] for slug in only] or list(known.values())


def tell(slug: str, stage: str, share: float, seconds: float) -> None:
    """One JSON line, written in one go so that lines of two jobs never mix."""
    line = {"film": slug, "stage": stage, "share": share, "seconds": round(seconds, 2)}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def work(task: tuple[Film, Path]) -> str:
    """One film in a worker process."""
    return make(*task, tell).film.slug


def main(words: list[str] | None = None) -> int:
    """Make what was asked for."""
    asked = arguments(words)
    tasks = [(film, asked.out) for film in chosen(asked.only)]
    asked.out.mkdir(parents=True, exist_ok=True)
    remove_leftovers(asked.out)
    if asked.jobs < 2 or len(tasks) < 2:
        for task in tasks:
            work(task)
        return 0
    with ProcessPoolExecutor(asked.jobs) as pool:
        for _ in pool.map(work, tasks):
            pass
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
