"""``python -m yunke.craft.recall --train CSV --test CSV``: one JSON line a test row, then scores.

Columns: pupil, order, item, points (joined by ``_``), correct. A row's ``probability`` is given
before its answer is looked at. Exit 2 and one line of reason when a file cannot be used.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from yunke.craft.recall.scores import auc, log_loss
from yunke.craft.recall.table import Tables, read_tables
from yunke.craft.recall.tracing import fit, foretold
from yunke.craft.recall.values import Floats, Unusable


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m yunke.craft.recall", usage=argparse.SUPPRESS, description=__doc__
    )
    parser.add_argument("--train", required=True, type=Path)
    parser.add_argument("--test", required=True, type=Path)
    paths = parser.parse_args(words)
    try:
        tables = read_tables(paths.train.read_bytes(), paths.test.read_bytes())
    except (Unusable, OSError) as reason:
        print(reason, file=sys.stderr)
        return 2
    began = time.process_time()
    tracer = fit(tables.train, len(tables.items), len(tables.points))
    fitted = time.process_time()
    found = foretold(tracer, tables.train, tables.test)
    asked = time.process_time()
    lines = [f'{{"probability": {chance:.6f}}}' for chance in found.tolist()]
    lines.append(json.dumps(_scores(tables, found, fitted - began, asked - fitted)))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _scores(tables: Tables, chance: Floats, fitting: float, asking: float) -> dict[str, object]:
    right = tables.test.right
    return {
        "auc": auc(right, chance),
        "log_loss": log_loss(right, chance),
        "rows_per_s": round(len(right) / max(asking, 1e-9)),
        "rows": len(right),
        "fit_s": round(fitting, 2),
        "train_rows": len(tables.train),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
