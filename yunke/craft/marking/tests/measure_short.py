"""``python -m yunke.craft.marking.tests.measure_short``: how good suggestions are, on SciEntsBank.

Not a test: it reads the whole training part of SemEval-2013 task 7 and takes minutes. Two kinds
of figures. ``final``: learnt on the questions that everything was tuned on, measured once on
answers, questions and modules that no tuning saw. ``crossed``: every answer decided by a marker
that had not seen it (its question, its module), over all of the training part; larger, but it
holds the questions that were tuned on. Intervals: 1,000 draws of whole questions.
"""

import csv
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree

from yunke.craft.marking.short.bench import Bench
from yunke.craft.marking.short.closeness import Weights
from yunke.craft.marking.short.marker import Decision, decide, learn
from yunke.craft.marking.short.scores import coverage, f1_of, interval, macro_f1, weighted_f1
from yunke.craft.marking.short.values import Row

DATA = Path(__file__).resolve().parents[5] / "shared/data/scoring/semeval2013_3way/training/3way"
HELD_MODULES = ("FN", "VB", "SE")


@dataclass(frozen=True)
class Given:
    """A marked answer, its question's id and its module."""

    row: Row
    question: str
    module: str


def given(corpus: str = "sciEntsBank") -> list[Given]:
    found = []
    for path in sorted((DATA / corpus).glob("*.xml")):
        root = ElementTree.parse(path).getroot()
        reference = next(root.iter("referenceAnswer")).text or ""
        asked = root.findtext("questionText") or ""
        for answer in root.iter("studentAnswer"):
            row = Row(
                " ".join(asked.split()),
                " ".join(reference.split()),
                " ".join((answer.text or "").split()),
                answer.get("accuracy"),
            )
            found.append(Given(row, root.get("id", ""), root.get("module", "")))
    return found


def share(word: str) -> int:
    """0..999, the same on every machine."""
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % 1000


def split(rows: Sequence[Given]) -> dict[str, list[Given]]:
    """``tuned`` and the three that were kept apart."""
    parts: dict[str, list[Given]] = {
        name: [] for name in ("tuned", "answers", "questions", "modules")
    }
    for one in rows:
        if one.module in HELD_MODULES:
            parts["modules"].append(one)
        elif share("uq" + one.question) < 160:
            parts["questions"].append(one)
        elif share("ua" + one.question + one.row.answer) < 120:
            parts["answers"].append(one)
        else:
            parts["tuned"].append(one)
    return parts


class SharedBench(Bench):
    """Measures each row once, with the rarities of all answers (which know no label)."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.lay(rows)
        self._all = super().weights(rows)

    def weights(self, rows: Sequence[Row]) -> Weights:
        return self._all


def told(name: str, rows: Sequence[Given], decisions: Sequence[Decision]) -> None:
    truth, said = [one.row.label or "" for one in rows], [one.label for one in decisions]
    right = [a == b for a, b in zip(truth, said, strict=True)]
    between = interval(truth, said, [one.question for one in rows])
    print(
        json.dumps(
            {
                "measured": name,
                "answers": len(rows),
                "questions": len({one.question for one in rows}),
                "weighted_f1": round(weighted_f1(truth, said), 3),
                "weighted_95": [round(value, 3) for value in between["weighted"]],
                "macro_f1": round(macro_f1(truth, said), 3),
                "macro_95": [round(value, 3) for value in between["macro"]],
                "f1": {label: round(value, 3) for label, value in f1_of(truth, said).items()},
                "coverage_at_0.9": round(coverage(right, [d.confidence for d in decisions]), 3),
                "confidence_minus_right": round(
                    (sum(d.confidence for d in decisions) - sum(right)) / len(rows), 3
                ),
            }
        ),
        flush=True,
    )


def folds(rows: Sequence[Given], kind: str) -> Iterator[list[int]]:
    """Places held out together."""
    modules = sorted({one.module for one in rows})
    for fold in range(6):
        if kind == "modules":
            held = {module for place, module in enumerate(modules) if place % 6 == fold}
            yield [place for place, one in enumerate(rows) if one.module in held]
        elif kind == "questions":
            yield [p for p, one in enumerate(rows) if share("f" + one.question) % 6 == fold]
        else:
            key = [share("g" + one.question + one.row.answer) % 6 for one in rows]
            yield [place for place, number in enumerate(key) if number == fold]


def crossed(rows: Sequence[Given], kind: str, bench: Bench) -> None:
    decided: dict[int, Decision] = {}
    for held in folds(rows, kind):
        out = set(held)
        train = [one.row for place, one in enumerate(rows) if place not in out]
        found = decide(learn(train, bench), [rows[place].row for place in held], bench, train)
        decided |= dict(zip(held, found, strict=True))
    told(f"crossed {kind}", rows, [decided[place] for place in range(len(rows))])


def table(rows: Sequence[Given], path: Path) -> None:
    """A table for the command."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, "excel-tab", lineterminator="\n")
        out.writerow(["question", "reference", "answer", "label"])
        for one in rows:
            out.writerow([one.row.question, one.row.reference, one.row.answer, one.row.label])


def main(words: Sequence[str]) -> int:
    rows = given()
    if words:  # a folder: only write the tables that the command is run with
        for name, part in {**split(rows), "all": rows}.items():
            table(part, Path(words[0]) / f"{name}.tsv")
        return 0
    begun = time.perf_counter()
    bench = SharedBench([one.row for one in rows])
    print(json.dumps({"read": len(rows), "seconds": round(time.perf_counter() - begun, 1)}))
    parts = split(rows)
    train = [one.row for one in parts["tuned"]]
    begun = time.perf_counter()
    marker = learn(train, bench)
    print(json.dumps({"learnt": len(train), "seconds": round(time.perf_counter() - begun, 1)}))
    for name in ("answers", "questions", "modules"):
        test = [one.row for one in parts[name]]
        told(f"final {name}", parts[name], decide(marker, test, bench, train))
    for kind in ("answers", "questions", "modules"):
        crossed(rows, kind, bench)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
