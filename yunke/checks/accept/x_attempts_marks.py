"""X-12: marks are the same bit by bit, in any order, and honest about what they do not know."""

import hashlib
import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yunke.checks.accept.table import Options
from yunke.craft.marking.items import Item, NumberKey, item_from_json
from yunke.craft.marking.marks import mark
from yunke.school.attempts.actions.marking import attempts_mark
from yunke.school.attempts.models import Attempt, Mark, Reply
from yunke.school.attempts.tests import makers

ANSWERS = 10_000
VALUES: dict[str, list[Any]] = {
    "choice": ["A", "B", "ｂ", " B ", "", None, "Z", ["B"]],
    "multiple": [["A", "B"], ["B", "A"], ["A"], "AB", [], ["A", "C"], ["Q"]],
    "true-false": [True, False, "对", "错", "√", None, "也许"],
    "number": ["12.5米", "１２.５米", "12.5", "十二点五米", "25/2 米", "125", "", "很长", None],
    "blanks": [{"1": "春"}, {"1": " 春 "}, {"1": "夏"}, {}, "春", None],
    "long-text": ["春天来了", "", None],
    "handwriting": [[{"id": 1, "url": "/media/x"}], None],
}  # fmt: skip
FULL = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def x_12(_options: Options) -> dict[str, Any]:
    kinds = {name: row for name, row in makers.every_kind().items() if name in VALUES}
    written(kinds)
    first = marked(shuffled=False)
    again = marked(shuffled=True)
    bare = by_itself(kinds)
    rows = Mark.objects.filter(current=True)
    unsure_zero = rows.filter(verdict="unsure").exclude(score="").count()
    ruleless = rows.filter(rule="").count()
    broken = properties()
    figures: dict[str, Any] = {
        "answers": Reply.objects.count(), "digest": first[:16], "same_shuffled": first == again,
        "same_without_database": bare == first, "to_a_person": rows.filter(score="").count(),
        "unsure_with_points": unsure_zero, "without_rule": ruleless,
        "rescored_writes": Mark.objects.filter(current=False).count(), "broken": broken,
        "verdicts": dict(Counter(rows.values_list("verdict", flat=True))),
    }  # fmt: skip
    good = (
        first == again == bare and not unsure_zero and not ruleless and not broken
        and not figures["rescored_writes"] and figures["to_a_person"] > 0
    )  # fmt: skip
    return {"pass": bool(good), "figures": figures}


def written(kinds: dict[str, Any]) -> None:
    """Ten thousand answers, as pupils give them."""
    rng = random.Random(12)
    questions = list(kinds.values())
    own = makers.pupil()
    for thing in range(ANSWERS // len(kinds)):
        row = makers.attempt(questions, by=own[0], own=own[1], of_id=50_000 + thing)
        values = {n: rng.choice(VALUES[name]) for n, name in enumerate(kinds)}
        makers.submitted(row, values)


def marked(*, shuffled: bool) -> str:
    ids = list(Attempt.objects.order_by("id").values_list("id", flat=True))
    if shuffled:
        random.Random(13).shuffle(ids)
    for start in range(0, len(ids), 100):
        attempts_mark(ids[start : start + 100])
    rows = Mark.objects.filter(current=True).order_by("reply_id")
    return digest(rows.values_list("verdict", "score", "out_of", "reason", "causes", "rule"))


def by_itself(kinds: dict[str, Any]) -> str:
    """The same from the method alone, without rooms and tables."""
    items: dict[int, Item] = {row.id: item_from_json(row.item) for row in kinds.values()}
    told = []
    for question, value in Reply.objects.order_by("id").values_list("question_id", "value"):
        said = mark(items[question], value)
        score = "" if said.score is None else str(said.score)
        told.append((said.verdict.value, score, str(said.out_of), said.reason, list(said.causes),
                     said.rule))  # fmt: skip
    return digest(told)


def digest(rows: Any) -> str:
    whole = json.dumps([list(row) for row in rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def properties() -> list[str]:
    """Numbers of any writing, blanks, and what nobody can read."""
    quiet = settings(max_examples=300, deadline=None, database=None, derandomize=True,
                     suppress_health_check=list(HealthCheck))  # fmt: skip

    @quiet
    @given(st.decimals(-9999, 9999, places=2, allow_nan=False))
    def any_width(number: Any) -> None:
        item = Item("1", "?", NumberKey(str(number)))
        narrow, wide = mark(item, str(number)), mark(item, str(number).translate(FULL))
        assert narrow.score == wide.score == Fraction(1)

    @quiet
    @given(st.sampled_from(["", " ", "　", "\t\n"]))
    def blank(nothing: str) -> None:
        assert mark(Item("1", "?", NumberKey("5")), nothing).score == 0

    @quiet
    @given(st.text(alphabet="春夏秋冬甲乙丙丁戊己庚辛", min_size=1, max_size=9))
    def words(text: str) -> None:
        said = mark(Item("1", "?", NumberKey("5")), text)
        assert said.score is None, text

    broken = []
    for law in (any_width, blank, words):
        try:
            law()
        except AssertionError as wrong:
            broken.append(f"{law.__name__}: {wrong}"[:120])
    return broken
