"""What is laid out to be looked at: each text read once, each row measured once, by question."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest

from yunke.craft.marking.short import bench as module
from yunke.craft.marking.short.bench import DESIGN, Bench, by_task, design
from yunke.craft.marking.short.closeness import COMPARED, NUMBERS, rarity
from yunke.craft.marking.short.together import CROWD
from yunke.craft.marking.short.values import Row
from yunke.craft.marking.short.vectors import WIDTH, Asked, Sense
from yunke.craft.marking.short.wordpiece import cut
from yunke.craft.marking.short.words import LONGEST

ASKED: Counter[Asked] = Counter()


def made_up(texts: Iterable[Asked]) -> dict[Asked, Sense]:
    """A model that gives each text a vector of its own and counts how often it was asked."""
    found = {}
    for pair in texts:
        ASKED[pair] += 1
        names = tuple(cut(pair[1], 90)[0])
        draw = np.random.default_rng(sum(map(ord, pair[1])) + 7)
        parts = draw.normal(size=(len(names), WIDTH)).astype(np.float32)
        whole = draw.normal(size=WIDTH).astype(np.float32)
        whole /= np.linalg.norm(whole)
        parts /= np.maximum(np.linalg.norm(parts, axis=1, keepdims=True), 1e-6)
        found[pair] = Sense(whole, whole, names, parts.astype(np.float16))
    return found


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    ASKED.clear()
    monkeypatch.setattr(module, "senses", made_up)
    return Bench()


ROWS = [
    Row("Why?", "Because it is hot.", "it is hot"),
    Row("Why?", "Because it is hot.", "it is hot"),
    Row("Why?", "Because it is hot.", "the sun"),
    Row("How?", "Slowly.", "it is hot"),
]


def test_every_text_is_read_once_after_its_question(bench: Bench) -> None:
    bench.lay(ROWS)
    bench.lay(ROWS)
    assert set(ASKED.values()) == {1}
    assert ASKED.keys() == {
        ("", "Why?"), ("", "How?"), ("Why?", "Because it is hot."), ("How?", "Slowly."),
        ("Why?", "it is hot"), ("Why?", "the sun"), ("How?", "it is hot"),
    }  # fmt: skip


def test_rows_have_their_numbers_in_order(bench: Bench) -> None:
    bench.lay(ROWS)
    numbers = bench.numbers(ROWS, {})
    assert numbers.shape == (4, NUMBERS)
    assert (numbers[0] == numbers[1]).all()
    assert (numbers[0] != numbers[3]).any()
    assert bench.numbers([], {}).shape == (0, NUMBERS)


def test_an_answer_has_another_sense_after_another_question(bench: Bench) -> None:
    bench.lay(ROWS)
    wholes = bench.wholes(ROWS)
    assert wholes.shape == (4, WIDTH)
    assert np.linalg.norm(wholes, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_a_rare_word_weighs_more_than_one_that_all_say(bench: Bench) -> None:
    bench.lay(ROWS)
    weights = bench.weights(ROWS)
    assert weights["sun"] == weights["hot"], "two different answers, one has each"
    many = [*ROWS, Row("Why?", "Because it is hot.", "too hot"), Row("q", "r", "hot hot")]
    bench.lay(many)
    weights = bench.weights(many)
    assert weights["sun"] > weights["hot"]
    assert weights["=sun"] > weights["=hot"]


def test_a_word_counts_once_for_answers_that_are_given_twice(bench: Bench) -> None:
    bench.lay(ROWS)
    assert bench.weights(ROWS) == bench.weights(ROWS[1:])


def test_signs_weigh_little_and_unseen_words_much() -> None:
    assert rarity(["sun", ".", "##ing", "new"], {"sun": 2.0, "##ing": 1.0}).tolist() == [
        2.0, 0.5, 1.0, 8.0,
    ]  # fmt: skip


def test_a_long_answer_is_looked_at_as_far_as_it_says_something(bench: Bench) -> None:
    long = Row("Why?", "Because.", "word " * 40_000)
    bench.lay([long])
    assert max(len(text) for _, text in ASKED) == LONGEST
    assert np.isfinite(bench.numbers([long], {})).all()


def test_places_of_a_question_in_order() -> None:
    assert [task.tolist() for task in by_task(ROWS)] == [[0, 1, 2], [3]]
    assert by_task([]) == []


def test_the_design_holds_the_numbers_and_how_the_answers_stand_to_each_other() -> None:
    draw = np.random.default_rng(0)
    numbers, scaled = draw.normal(size=(6, NUMBERS)), draw.normal(size=(6, COMPARED))
    wholes = draw.normal(size=(6, WIDTH)).astype(np.float32)
    wholes /= np.linalg.norm(wholes, axis=1, keepdims=True)
    made = design(numbers, scaled, wholes)
    assert made.shape == (6, DESIGN)
    assert DESIGN == NUMBERS + COMPARED + CROWD
    assert (made[:, :NUMBERS] == numbers).all()
    assert made[:, NUMBERS:].any()
    assert not design(numbers[:2], scaled[:2], wholes[:2])[:, NUMBERS:].any(), "two are no crowd"
