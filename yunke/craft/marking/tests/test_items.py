"""Questions and their keys: made, refused, sent and received."""

import json
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.items import (
    BadItem,
    Blank,
    BlanksKey,
    Choice,
    ChoiceKey,
    FormulaKey,
    Item,
    Kind,
    MatchingKey,
    MultipleKey,
    NumberKey,
    OrderingKey,
    Pair,
    PracticalKey,
    Result,
    TextKey,
    TrueFalseKey,
    item_from_json,
    item_to_json,
)
from yunke.craft.marking.items.exchange import INTERACTIONS
from yunke.craft.marking.items.values import KEYS
from yunke.craft.marking.tests.questions import ABCD, EVERY_KIND


def travelled(item: Item) -> Item:
    return item_from_json(json.loads(json.dumps(item_to_json(item), ensure_ascii=False)))


def test_there_is_a_question_of_every_kind() -> None:
    assert {one.kind for one in EVERY_KIND} == set(Kind) == set(KEYS) == set(INTERACTIONS)
    assert len(Kind) == 15


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda one: one.id)
def test_a_question_comes_back_as_it_went(item: Item) -> None:
    assert travelled(item) == item


def test_the_outside_speaks_the_words_of_qti() -> None:
    written = item_to_json(EVERY_KIND[0])
    assert written["interaction"] == "choiceInteraction"
    assert written["maxScore"] == "3"
    assert written["response"]["cardinality"] == "single"
    assert written["response"]["baseType"] == "identifier"
    assert written["response"]["key"]["options"][0] == {
        "id": "A",
        "text": "24",
        "cause": "carry-lost",
    }


def test_points_are_exact_on_the_wire() -> None:
    item = Item("q", "", TrueFalseKey(True), Fraction(1, 3))
    assert item_to_json(item)["maxScore"] == "1/3"
    assert travelled(item).points == Fraction(1, 3)


def test_nothing_but_plain_values_is_written() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(one) for key, one in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | bool)

    assert all(plain(item_to_json(item)) for item in EVERY_KIND)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda found: found.pop("identifier"), "identifier"),
        (lambda found: found.pop("response"), "response"),
        (lambda found: found.update(kind="riddle"), "riddle"),
        (lambda found: found.update(maxScore="-1"), "points"),
        (lambda found: found.update(maxScore="1/0"), ""),
        (lambda found: found.update(maxScore=1.5), "number"),
        (lambda found: found.update(maxScore="9" * 99), "number"),
        (lambda found: found.update(version=7), "version"),
        (lambda found: found.update(prompt=5), "str"),
        (lambda found: found.update(knowledge="add"), "array"),
        (lambda found: found["response"]["key"].update(right="Z"), "option"),
        (lambda found: found["response"]["key"].pop("options"), "options"),
        (lambda found: found["response"].update(key=[]), "object"),
        (lambda found: found.update(response="x"), ""),
    ],
)
def test_what_is_no_question_is_refused_with_a_reason(
    change: Callable[[dict], object], reason: str
) -> None:
    found = json.loads(json.dumps(item_to_json(EVERY_KIND[0])))
    change(found)
    with pytest.raises(BadItem) as refused:
        item_from_json(found)
    assert reason in str(refused.value)


A, B = Choice("A", "a"), Choice("B", "b")


@pytest.mark.parametrize(
    "make",
    [
        lambda: ChoiceKey(ABCD, "E"),
        lambda: ChoiceKey((A, A), "A"),
        lambda: ChoiceKey((), "A"),
        lambda: ChoiceKey((Choice("", "a"),), ""),
        lambda: MultipleKey(ABCD, ()),
        lambda: MultipleKey(ABCD, ("A", "A")),
        lambda: MultipleKey(ABCD, ("A", "E")),
        lambda: NumberKey(""),
        lambda: NumberKey("viel"),
        lambda: NumberKey("1/0"),
        lambda: NumberKey("3", tolerance="-1"),
        lambda: NumberKey("3", tolerance="ein wenig"),
        lambda: NumberKey("3", places=13),
        lambda: NumberKey("3", kept=Fraction(2)),
        lambda: FormulaKey(()),
        lambda: FormulaKey(("2(x",)),
        lambda: FormulaKey(("x",), results=(Result("2(x", "c"),)),
        lambda: FormulaKey(("x",), kept=Fraction(-1)),
        lambda: TextKey(()),
        lambda: TextKey(("  ",)),
        lambda: Blank("1"),
        lambda: Blank("1", number=NumberKey("3"), text=TextKey(("drei",))),
        lambda: Blank("1", number=NumberKey("3"), weight=Fraction(0)),
        lambda: BlanksKey(()),
        lambda: BlanksKey((Blank("1", number=NumberKey("3")), Blank("1", number=NumberKey("4")))),
        lambda: BlanksKey(
            (
                Blank("1", number=NumberKey("3")),
                Blank("2", number=NumberKey("4"), weight=Fraction(2)),
            ),
            any_order=True,
        ),
        lambda: MatchingKey((A,), (B,), ()),
        lambda: MatchingKey((A,), (B,), (Pair("A", "C"),)),
        lambda: MatchingKey((A,), (B,), (Pair("A", "B"),), (Pair("X", "B", "c"),)),
        lambda: OrderingKey((A, B), ("A",)),
        lambda: OrderingKey((A, B), ("A", "A")),
        lambda: OrderingKey((A,), ("A",)),
        lambda: PracticalKey(()),
        lambda: PracticalKey(("hologram",)),
        lambda: Item("q", "", TrueFalseKey(True), Fraction(-1)),
    ],
)
def test_a_key_that_makes_no_sense_cannot_be_made(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()


def test_keys_cannot_be_changed_behind_a_mark() -> None:
    with pytest.raises(AttributeError):
        EVERY_KIND[0].key.right = "A"


def test_a_quotient_with_a_remainder_is_a_number_key() -> None:
    assert NumberKey("3……2").value == "3……2"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = [
    "version",
    "identifier",
    "kind",
    "prompt",
    "maxScore",
    "knowledge",
    "reasoning",
    "response",
]


@given(st.sampled_from(EVERY_KIND), st.sampled_from(NAMES), JSON)
def test_no_value_in_any_place_brings_the_reader_down(item: Item, name: str, value: object) -> None:
    found = json.loads(json.dumps(item_to_json(item)))
    found[name] = value
    try:
        assert isinstance(item_from_json(found), Item)
    except BadItem as refused:
        assert str(refused)  # noqa: PT017 - either is right, a crash is not


@given(st.fractions(min_value=0, max_value=100, max_denominator=1000))
def test_every_number_of_points_comes_back(points: Fraction) -> None:
    assert travelled(Item("q", "", TrueFalseKey(False), points)).points == points
