"""``python -m yunke.craft.pulse FILE``: one JSON line, the series or the reason for none."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from yunke.craft.pulse.fit import read_fit
from yunke.craft.pulse.series import NoPulse


def main(words: list[str]) -> int:
    try:
        told: dict[str, object] = {"series": asdict(read_fit(Path(words[0])))}
    except NoPulse as none:
        told = {"reason": none.reason.value}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
