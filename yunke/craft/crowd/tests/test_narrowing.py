"""Whatever an attacker adds up and takes away, no count comes closer than was promised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.crowd import SCREEN, TEACHER, Band, Rule, banded, hidden, narrowed
from yunke.craft.crowd.tests.cities import City, attacked, city

SEEDS = st.integers(0, 1_000_000)
SHARES = st.sampled_from([0.02, 0.5, 0.9, 0.98, 1.0])


def shown(made: City, rule: Rule = SCREEN) -> dict[str, dict[str, Band]]:
    return banded(made.tree, made.counted(), hidden(made.tree, made.sizes(), rule.k), rule)


def all_known(made: City, bands: dict[str, dict[str, Band]]) -> dict[str, dict[str, Band]]:
    """What is shown, and for what is hidden that it is at most everybody."""
    sizes = made.sizes()
    return {
        name: {key: bands[name].get(key, Band(0, sizes[key])) for key in of}
        for name, of in made.counts.items()
    }


@given(SEEDS, SHARES, st.sampled_from([12, 40]), st.booleans())
@settings(max_examples=120)
def test_every_band_holds_the_truth(seed: int, share: float, largest: int, hours: bool) -> None:
    made = city(seed, share=share, largest=largest, hours=hours)
    for name, bands in shown(made).items():
        for key, band in bands.items():
            assert band.low <= made.counts[name][key] <= band.high


@given(SEEDS, SHARES, st.sampled_from([SCREEN, TEACHER]))
@settings(max_examples=120)
def test_adding_and_taking_away_leaves_the_width(seed: int, share: float, rule: Rule) -> None:
    made = city(seed, share=share, largest=15, hours=True)
    known = all_known(made, shown(made, rule))
    sizes = made.sizes()
    for of in narrowed(made.tree, made.counted(), known).values():
        for key, band in of.items():
            assert band.values >= min(rule.width, sizes[key] + 1)


@pytest.mark.parametrize("seed", range(6))
def test_a_linear_program_finds_no_more(seed: int) -> None:
    made = city(seed, share=(0.98, 0.6)[seed % 2], largest=(12, 40)[seed % 3 == 0])
    bands, sizes = shown(made), made.sizes()
    for name, of in made.counts.items():
        for key in of:
            low, high = attacked(made, bands, name, key)
            assert round(high - low) + 1 >= min(SCREEN.width, sizes[key] + 1), (name, key)


def test_a_linear_program_does_break_what_is_not_protected() -> None:
    """The attacker is worth something: with exact sums the hidden grade is found at once."""
    made = city(3, share=0.9)
    grade = made.leaves[0]
    exact = {
        name: {key: Band(count, count) for key, count in of.items() if key != grade}
        for name, of in made.counts.items()
    }
    low, high = attacked(made, exact, "took", grade)
    assert round(low) == round(high) == made.counts["took"][grade]


def test_what_is_hidden_has_no_band() -> None:
    made = city(11, largest=12)
    gone = hidden(made.tree, made.sizes(), SCREEN.k)
    assert gone
    for bands in shown(made).values():
        assert not set(bands) & set(gone)


def test_large_groups_are_hardly_blurred() -> None:
    made = city(5, largest=4000)
    for of in shown(made).values():
        for key, band in of.items():
            size = made.tree.units[key].size
            assert band.values <= max(2 * SCREEN.width, 0.01 * size), key


def test_the_same_city_gives_the_same_bands() -> None:
    assert shown(city(8, hours=True)) == shown(city(8, hours=True))


def test_full_houses_do_not_become_exact_sums() -> None:
    """Everybody took part everywhere: no level may say so."""
    made = city(21, share=1.0, largest=40)
    sizes = made.sizes()
    found = narrowed(made.tree, made.counted(), all_known(made, shown(made)))["took"]
    assert all(band.low <= sizes[key] - min(4, sizes[key]) for key, band in found.items())
