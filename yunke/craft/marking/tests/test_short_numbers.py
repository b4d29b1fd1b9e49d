"""The numbers behind a suggestion, on made-up vectors: what they say and that they hold still."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from numpy.typing import NDArray

from yunke.craft.marking.short import head, neighbours
from yunke.craft.marking.short.closeness import COMPARED, NUMBERS, Side, closeness, nearest
from yunke.craft.marking.short.scores import coverage, f1_of, interval, macro_f1, weighted_f1
from yunke.craft.marking.short.together import CROWD, FEW, beside
from yunke.craft.marking.short.vectors import WIDTH, Sense
from yunke.craft.marking.short.words import read

AXES = "the middle bulb burns out others stay lit go"
PLACES = {word: place for place, word in enumerate(AXES.split())}


def sense(text: str) -> Sense:
    """A model that knows words apart and nothing else: each word an axis of its own."""
    names = tuple(text.lower().replace(".", "").split())
    parts = np.zeros((len(names), WIDTH), np.float32)
    for row, name in enumerate(names):
        parts[row, PLACES.get(name, 100 + sum(map(ord, name)) % 250)] = 1
    whole = parts.sum(axis=0) if len(names) else np.eye(1, WIDTH, dtype=np.float32)[0]
    whole = whole / np.linalg.norm(whole)
    return Sense(whole, whole, names, parts.astype(np.float16))


def side(text: str) -> Side:
    return Side(read(text), sense(text))


QUESTION = side("What happens if the middle bulb burns out")
REFERENCE = side("The others stay lit.")


def numbers(answer: str) -> list[float]:
    return closeness(QUESTION, REFERENCE, side(answer), {})


def test_there_are_as_many_numbers_as_is_said() -> None:
    assert len(numbers("others stay lit")) == NUMBERS
    assert len(numbers("")) == NUMBERS


def test_the_references_own_words_are_nearer_than_any_other() -> None:
    same, half, none = (
        np.array(numbers(text)[:COMPARED])
        for text in ("The others stay lit.", "the others go", "purple horses")
    )
    # The cosine with the reference, met pieces, equal stems, runs of characters.
    for place in (1, 5, 7, 20, 22, 28, 31):
        assert same[place] > half[place] > none[place], place
        assert same[place] == pytest.approx(1, abs=0.01)


def test_the_questions_own_words_count_for_little() -> None:
    echo, said = numbers("what happens if the middle bulb burns out"), numbers("others lit")
    assert said[8] > echo[8] + 0.5, "pieces of the reference that the question does not have"
    assert said[24] > echo[24], "stems likewise"


def test_denials_opposites_and_numbers_are_marked() -> None:
    plain_, turned = numbers("the others stay lit"), numbers("the others never stay lit 3")
    assert plain_[43:51] != turned[43:51]
    assert turned[46] == 1.0
    assert turned[53] == 1.0, "a number that the reference has not"


@given(some.text("the others stay lit go 3 不水 .?", max_size=40))
def test_numbers_are_finite_whatever_is_written(answer: str) -> None:
    found = numbers(answer)
    assert len(found) == NUMBERS
    assert np.isfinite(found).all()


def test_an_answer_of_no_pieces_is_near_to_nothing() -> None:
    assert nearest(sense("a b"), sense("")).tolist() == [0.0, 0.0]
    assert nearest(sense(""), sense("a")).tolist() == []


def crowd(count: int, seed: int = 0) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    draw = np.random.default_rng(seed)
    wholes = draw.normal(size=(count, 8)).astype(np.float32)
    return draw.normal(size=(count, 5)), wholes / np.linalg.norm(wholes, axis=1, keepdims=True)


def test_few_answers_say_nothing_about_each_other() -> None:
    near, wholes = crowd(FEW - 1)
    assert not beside(near, wholes).any()
    assert beside(near, wholes).shape == (FEW - 1, 5 + CROWD)


def test_what_most_say_stands_out_from_what_one_says() -> None:
    near, wholes = crowd(10)
    wholes[:9] = wholes[0]
    wholes[9] = -wholes[0]
    every = beside(near, wholes)[:, 5]
    assert every[:9].min() > every[9]


def test_standing_within_the_question_does_not_change_with_a_harder_one() -> None:
    near, wholes = crowd(12)
    assert beside(near, wholes) == pytest.approx(beside(near - 3.0, wholes))


@given(some.integers(FEW, 30), some.integers(0, 99))
@settings(max_examples=25)
def test_the_order_of_answers_does_not_matter(count: int, seed: int) -> None:
    near, wholes = crowd(count, seed)
    order = np.random.default_rng(seed).permutation(count)
    assert beside(near, wholes)[order] == pytest.approx(beside(near[order], wholes[order]))


TEXTS = ["they stay lit", "they stay lit!", "all go out", "all of them go out", "blue"]


def likeness(texts: list[str]) -> tuple[NDArray[np.float64], ...]:
    wholes = np.stack([sense(text).whole for text in texts])
    flat = np.ones(neighbours.BUCKETS, np.float32)
    return neighbours.alike(texts, wholes, (flat, flat))


def test_a_text_is_most_like_itself() -> None:
    for each in likeness(TEXTS):
        assert np.diag(each)[:4] == pytest.approx(np.ones(4), abs=1e-5)
        assert each == pytest.approx(each.T)
    assert likeness(TEXTS)[1][0, 1] > likeness(TEXTS)[1][0, 2]


def test_texts_of_nothing_are_like_nothing() -> None:
    spelled = likeness(["", "a b"])[1]
    assert np.isfinite(spelled).all()
    assert spelled[0, 1] == 0


def test_a_neighbours_label_is_told() -> None:
    marked, labels = np.array([0, 2]), np.array([0, 1])
    usual = np.array([0.5, 0.5])
    found = neighbours.told(likeness(TEXTS), marked, labels, np.array([1, 3]), usual)
    assert found.shape == (2, neighbours.width(2))
    ridge = found[:, -2:]
    assert ridge[0, 0] > ridge[0, 1], "they stay lit! is like they stay lit"
    assert ridge[1, 1] > ridge[1, 0]
    votes = found[:, 3:5]
    assert votes[0, 0] > votes[1, 0]


def test_a_label_that_nobody_has_yet_is_possible() -> None:
    found = neighbours.told(
        likeness(TEXTS), np.array([0, 1]), np.array([0, 0]), np.array([4]), np.ones(3) / 3
    )
    assert np.isfinite(found).all()


def test_rare_runs_weigh_more_than_those_that_all_have() -> None:
    rarity = neighbours.rarities(neighbours.phrases(["it is red", "it is blue", "it is green"]))
    counts = neighbours.phrases(["it", "red"])
    of_it, of_red = (rarity[counts[row].indices].max() for row in (0, 1))
    assert of_red > of_it


def blobs(count: int = 240, seed: int = 5) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    draw = np.random.default_rng(seed)
    labels = draw.choice(3, count, p=[0.5, 0.4, 0.1])
    return draw.normal(size=(count, 6)) + 1.5 * np.eye(3, 6)[labels], labels.astype(np.intp)


def test_a_head_learns_and_its_chances_are_chances() -> None:
    numbers_, labels = blobs()
    made = head.fit(numbers_, labels, np.arange(240) % 8, 3, 0.1)
    chances = made.chances(numbers_)
    assert chances.sum(axis=1) == pytest.approx(np.ones(240))
    chosen, _ = made.choose(chances)
    assert (chosen == labels).mean() > 0.7


def test_confidence_is_calibrated_on_answers_that_were_not_seen() -> None:
    numbers_, labels = blobs(1200)
    made = head.fit(numbers_[:600], labels[:600], np.arange(600) % 8, 3, 0.1)
    chosen, sure = made.choose(made.chances(numbers_[600:]))
    right = chosen == labels[600:]
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 1.0)):
        inside = (sure >= low) & (sure < high)
        if inside.sum() > 40:
            assert abs(right[inside].mean() - sure[inside].mean()) < 0.12, (low, high)


def test_confidence_never_falls_as_the_chance_grows() -> None:
    numbers_, labels = blobs()
    made = head.fit(numbers_, labels, np.arange(240) % 8, 3, 0.1)
    ladder = np.column_stack([np.linspace(0.34, 0.99, 20), *[np.linspace(0.33, 0.005, 20)] * 2])
    assert (np.diff(made.choose(ladder)[1]) >= 0).all()


def test_a_rare_label_is_helped_and_a_common_one_is_not() -> None:
    numbers_, labels = blobs()
    made = head.fit(numbers_, labels, np.arange(240) % 8, 3, 0.1)
    assert made.offsets[Counter(labels.tolist()).most_common(1)[0][0]] == 0.0
    assert (made.offsets >= 0).all()


@pytest.mark.parametrize("labels", [[0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0]])
def test_few_or_equal_labels_make_a_head_that_does_not_fail(labels: list[int]) -> None:
    numbers_ = np.random.default_rng(1).normal(size=(6, 3))
    made = head.fit(numbers_, np.array(labels, np.intp), np.arange(6) % 3, 2, 0.1)
    chosen, sure = made.choose(made.chances(numbers_))
    assert set(chosen.tolist()) <= {0, 1}
    assert ((sure > 0) & (sure < 1)).all()


def test_a_number_far_from_all_others_does_not_decide_alone() -> None:
    numbers_, labels = blobs()
    made = head.fit(numbers_, labels, np.arange(240) % 8, 3, 0.1)
    far, farther = np.full((1, 6), 1e3), np.full((1, 6), 1e9)
    assert made.chances(far) == pytest.approx(made.chances(farther))


TRUTH, SAID = list("aaabbc"), list("aabbbb")


def test_f1_by_hand() -> None:
    # a: right 2 of 3 given and 2 said; b: right 2 of 2 given and 4 said; c: never said.
    each = f1_of(TRUTH, SAID)
    assert each == {"a": pytest.approx(0.8), "b": pytest.approx(2 / 3), "c": 0.0}
    assert weighted_f1(TRUTH, SAID) == pytest.approx((3 * 0.8 + 2 * 2 / 3) / 6)
    assert macro_f1(TRUTH, SAID) == pytest.approx((0.8 + 2 / 3) / 3)


def test_f1_is_that_of_the_usual_library() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    draw = np.random.default_rng(3)
    truth, said = draw.integers(0, 3, 200).tolist(), draw.integers(0, 3, 200).tolist()
    for ours, name in ((weighted_f1, "weighted"), (macro_f1, "macro")):
        assert ours(truth, said) == pytest.approx(metrics.f1_score(truth, said, average=name))


def test_no_rows_have_no_f1() -> None:
    assert weighted_f1([], []) == macro_f1([], []) == coverage([], []) == 0.0


def test_coverage_is_the_largest_share_that_is_right_often_enough() -> None:
    right = [True] * 9 + [False] + [False] * 10
    assert coverage(right, np.linspace(1, 0, 20).tolist()) == 0.5
    assert coverage([False, True], [0.9, 0.8]) == 0.0
    assert coverage([True, True], [0.9, 0.8]) == 1.0


def test_coverage_takes_answers_of_one_confidence_together() -> None:
    assert coverage([True, False, True, False], [0.7] * 4) == 0.0
    assert coverage([True, False], [0.9, 0.1]) == 0.5


def test_an_interval_holds_the_figure_and_grows_with_fewer_questions() -> None:
    draw = np.random.default_rng(9)
    truth = draw.integers(0, 3, 300).tolist()
    said = [t if keep else 0 for t, keep in zip(truth, draw.random(300) < 0.7, strict=True)]
    many = interval(truth, said, [n // 5 for n in range(300)], rounds=200)["weighted"]
    few = interval(truth, said, [n // 60 for n in range(300)], rounds=200)["weighted"]
    assert many[0] < weighted_f1(truth, said) < many[1]
    assert few[0] < few[1]
    assert many == interval(truth, said, [n // 5 for n in range(300)], rounds=200)["weighted"]
