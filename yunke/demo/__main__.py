"""``python -m yunke.demo``: fill the data folder with the demo city, or bring it up to today.

Prints JSON lines {"stage", "share", "seconds"}. A second run on the same day does nothing; on
another day it goes on from there. A data folder with a city of its own is left alone.
"""

import argparse
import json
import os
import sys
import time
from dataclasses import dataclass, field

import django


@dataclass
class Bar:
    """Tells a stage's progress; the text is what ``./run`` draws."""

    began: float = field(default_factory=time.monotonic)

    def tell(self, stage: str, share: float, note: str = "") -> None:
        line = {"stage": stage, "share": round(share, 3), "seconds": round(self.spent, 1)}
        print(json.dumps({**line, "note": note}, ensure_ascii=False), flush=True)

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m yunke.demo", description=__doc__)
    parser.add_argument("--scale", choices=("school", "city"), default="school")
    parser.add_argument("--films", nargs="*", metavar="SLUG", help="only these films; none: none")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    asked = arguments(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    django.setup()
    # The rooms can only be imported once Django stands.
    from yunke.demo.stages import ForeignCity, build  # noqa: PLC0415

    only = None if asked.films is None else tuple(asked.films)
    try:
        build(asked.scale, only, Bar().tell)
    except ForeignCity as trouble:
        print(f"{trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
