"""Small groups are not shown, and nothing is left by which they could be had."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.crowd import Tree, Unit, Why, hidden
from yunke.craft.crowd.tests.cities import city


def tree_of(sizes: dict[str, int]) -> Tree:
    return Tree([Unit(key, key.rpartition("/")[0], size) for key, size in sizes.items()])


def gone(sizes: dict[str, int], k: int = 10) -> dict[str, Why]:
    return hidden(tree_of(sizes), sizes, k)


def test_a_group_of_nine_is_not_shown_and_one_of_ten_is() -> None:
    assert gone({"s": 9}) == {"s": Why.SMALL}
    assert gone({"s": 10}) == {}


def test_beside_one_small_grade_the_smallest_other_is_hidden() -> None:
    found = gone({"s": 60, "s/1": 4, "s/2": 20, "s/3": 36})
    assert found == {"s/1": Why.SMALL, "s/2": Why.BESIDE}


def test_two_small_grades_that_are_enough_together_need_no_third() -> None:
    assert set(gone({"s": 60, "s/1": 4, "s/2": 6, "s/3": 50})) == {"s/1", "s/2"}


def test_two_small_grades_that_are_few_together_take_a_third_with_them() -> None:
    assert set(gone({"s": 60, "s/1": 4, "s/2": 5, "s/3": 51})) == {"s/1", "s/2", "s/3"}


def test_a_school_of_one_grade_says_no_more_than_the_grade() -> None:
    found = gone({"c": 40, "c/a": 8, "c/a/1": 8, "c/b": 32, "c/b/1": 32})
    assert set(found) == {"c/a", "c/a/1", "c/b", "c/b/1"}


def test_what_lies_beneath_a_hidden_unit_is_hidden_too() -> None:
    found = gone({"c": 95, "c/a": 5, "c/b": 40, "c/b/1": 20, "c/b/2": 20, "c/d": 50})
    assert found["c/b/1"] == found["c/b/2"] == Why.BESIDE
    assert "c/d" not in found


def test_a_sum_whose_parts_are_too_few_is_hidden_itself() -> None:
    assert set(gone({"s": 12, "s/1": 3, "s/2": 9}, k=13)) == {"s", "s/1", "s/2"}


@given(st.integers(0, 100_000), st.sampled_from([3, 5, 10]))
@settings(max_examples=150)
def test_at_every_shown_unit_the_hidden_parts_are_two_and_a_crowd(seed: int, k: int) -> None:
    made = city(seed, largest=25)
    sizes = made.sizes()
    found = hidden(made.tree, sizes, k)
    for key in made.tree.order:
        parts = [part for part in made.tree.parts[key] if part in found]
        if key in found:
            assert all(part in found for part in made.tree.parts[key])
        elif parts:
            assert len(parts) >= 2
            assert sum(sizes[part] for part in parts) >= k
    assert all(key in found for key, size in sizes.items() if size < k)


@given(st.integers(0, 100_000))
@settings(max_examples=60)
def test_it_is_decided_by_the_sizes_alone(seed: int) -> None:
    one, other = city(seed, share=0.2), city(seed, share=0.2)
    other.counts["took"] = dict.fromkeys(other.counts["took"], 0)
    assert hidden(one.tree, one.sizes(), 10) == hidden(other.tree, other.sizes(), 10)


def test_units_that_hang_on_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="hangs on nothing"):
        Tree([Unit("a", "b", 3)])
    with pytest.raises(ValueError, match="circle"):
        Tree([Unit("a", "b", 3), Unit("b", "a", 3)])
