"""``python -m yunke.craft.marking.short --train TSV --test TSV``

One JSON line per row of the test in order, ``{"label","confidence"}``, then one with weighted F1
and the coverage at 0.9 precision (null where the test has no labels). Both tables have the
columns question, reference, answer, label. Exit 2 and one line of reason for unusable input.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from yunke.craft.marking.short.bench import Bench
from yunke.craft.marking.short.marker import Decision, decide, learn
from yunke.craft.marking.short.scores import coverage, f1_of, macro_f1, weighted_f1
from yunke.craft.marking.short.tables import rows_from
from yunke.craft.marking.short.values import Row, Unusable


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="yunke.craft.marking.short")
    asked.add_argument("--train", required=True, type=Path)
    asked.add_argument("--test", required=True, type=Path)
    files = asked.parse_args(words)
    try:
        train = rows_from(files.train.read_bytes(), files.train.name, marked=True)
        test = rows_from(files.test.read_bytes(), files.test.name, marked=False)
        bench = Bench()
        decisions = decide(learn(train, bench), test, bench, train)
    except (Unusable, OSError) as trouble:
        print(str(trouble).replace("\n", " "), file=sys.stderr)
        return 2
    for one in decisions:
        print(json.dumps({"label": one.label, "confidence": round(one.confidence, 4)}))
    print(json.dumps(summary(test, decisions), ensure_ascii=False))
    return 0


def summary(rows: Sequence[Row], decisions: Sequence[Decision]) -> dict[str, object]:
    """The last line. Rows without a label are decided but not counted."""
    pairs = [(row.label, one) for row, one in zip(rows, decisions, strict=True) if row.label]
    known: dict[str, object] = {
        "rows": len(rows),
        "labelled": len(pairs),
        "on_seen_questions": sum(one.neighbours > 0 for one in decisions),
    }
    if not pairs:
        nothing = ("weighted_f1", "macro_f1", "f1", "coverage_at_0.9_precision")
        return known | dict.fromkeys(nothing)
    truth, said = [label for label, _ in pairs], [one.label for _, one in pairs]
    sure = coverage([label == one.label for label, one in pairs], [o.confidence for _, o in pairs])
    each = {label: round(value, 4) for label, value in sorted(f1_of(truth, said).items())}
    return known | {
        "weighted_f1": round(weighted_f1(truth, said), 4),
        "macro_f1": round(macro_f1(truth, said), 4),
        "f1": each,
        "coverage_at_0.9_precision": round(sure, 4),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
