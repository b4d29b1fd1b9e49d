"""What people judge, what nobody may lose, and the same mark every day (X-12)."""

import json
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.formulas import Leash
from yunke.craft.marking.items import Item, Kind, SignedKey, item_from_json, item_to_json
from yunke.craft.marking.marks import RULE, Marking, Verdict, mark
from yunke.craft.marking.tests.questions import EVERY_KIND, item

OF_PEOPLE = (Kind.LONG_TEXT, Kind.HANDWRITING, Kind.READING, Kind.RECITATION, Kind.PRACTICAL)
BY_KIND = {one.kind: one for one in EVERY_KIND}
WITHOUT_FORMULAS = tuple(one for one in EVERY_KIND if one.kind not in (Kind.FORMULA, Kind.BLANKS))


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_works_of_pupils_are_judged_by_people(kind: Kind) -> None:
    marking = mark(BY_KIND[kind], "picture.jpg")
    assert (marking.verdict, marking.score, marking.reason) == (Verdict.UNSURE, None, "person")
    assert marking.confidence == 0
    assert marking.out_of == BY_KIND[kind].points


@pytest.mark.parametrize("kind", OF_PEOPLE)
@pytest.mark.parametrize("answer", [None, "", [], {}])
def test_nothing_handed_in_is_looked_at_too(kind: Kind, answer: object) -> None:
    marking = mark(BY_KIND[kind], answer)
    assert (marking.verdict, marking.reason) == (Verdict.UNSURE, "person.nothing")


def test_only_a_signature_is_a_signature() -> None:
    signed = item(SignedKey("孩子讲了故事"))
    assert mark(signed, True).score == 2
    for answer in (None, False, "true", 1, "签名"):
        assert mark(signed, answer).verdict is Verdict.UNSURE


ANSWERS = [
    None,
    "",
    "A",
    "b",
    "ABD",
    "E",
    True,
    False,
    "对",
    5,
    3.5,
    "3.5km",
    "3500m",
    "503",
    "3……2",
    "一千零五",
    ["A", "B"],
    ["D", "A", "B", "C"],
    {"a": "1", "b": "2"},
    [["a", "3"], ["b", "2"]],
    "1" * 200_000,
    "x" * 200_000,
    {},
    [],
    [None],
    [[]],
    {"1": None},
    "\x00",
    "\ud800",
    "😀",
    10**400,
    float("inf"),
    -1,
]


@pytest.mark.parametrize("question", WITHOUT_FORMULAS, ids=lambda one: one.id)
def test_whatever_arrives_there_is_a_marking_and_unsure_has_no_score(question: Item) -> None:
    for answer in ANSWERS:
        marking = mark(question, answer)
        assert (marking.score is None) == (marking.verdict is Verdict.UNSURE) == marking.to_person
        assert marking.score is None or 0 <= marking.score <= question.points
        assert marking.rule == RULE
        assert marking.out_of == question.points


def told(marking: Marking) -> str:
    return json.dumps(marking.plain(), ensure_ascii=False, sort_keys=True)


def test_ten_thousand_answers_are_marked_bit_by_bit_the_same_in_any_order() -> None:
    """A tenth of X-12's number here; the acceptance case takes them all."""
    rng = random.Random(12)
    pairs = [
        (rng.randrange(len(WITHOUT_FORMULAS)), rng.randrange(len(ANSWERS))) for _ in range(1000)
    ]
    first = {pair: told(mark(WITHOUT_FORMULAS[pair[0]], ANSWERS[pair[1]])) for pair in pairs}
    rng.shuffle(pairs)
    for pair in pairs:
        question = item_from_json(json.loads(json.dumps(item_to_json(WITHOUT_FORMULAS[pair[0]]))))
        assert told(mark(question, ANSWERS[pair[1]])) == first[pair]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.sampled_from(WITHOUT_FORMULAS), JSON)
def test_no_answer_out_of_json_brings_marking_down(question: Item, answer: object) -> None:
    assert told(mark(question, answer)) == told(mark(question, answer))


@given(
    st.text(
        alphabet="０１２３４５６７８９0123456789零一二三四五六七八九十百千万半点/%.- 　又km米",
        max_size=20,
    )
)
def test_numbers_in_any_writing_are_marked_or_looked_at(answer: str) -> None:
    marking = mark(BY_KIND[Kind.NUMBER], answer)
    blank = not answer.strip()
    assert (marking.reason == "blank") == blank
    assert marking.verdict in Verdict


def test_a_marking_is_plain_for_json_and_exact() -> None:
    marking = mark(BY_KIND[Kind.NUMBER], "3.5")
    plain = json.loads(json.dumps(marking.plain()))
    assert plain["score"] == "1/3"
    assert Fraction(plain["outOf"]) == 1
    assert (plain["verdict"], plain["reason"], plain["rule"]) == ("partly", "unit.missing", RULE)


def test_a_suggestion_waits_for_the_person_who_decides() -> None:
    marking = mark(BY_KIND[Kind.SHORT_TEXT], "光的散射").suggest(Fraction(1, 2), Fraction(4, 5))
    assert (marking.verdict, marking.score) == (Verdict.UNSURE, None)
    assert (marking.suggested, marking.confidence) == (Fraction(1, 2), Fraction(4, 5))
    assert marking.plain()["suggested"] == "1/2"


def test_what_is_decided_takes_no_suggestion() -> None:
    with pytest.raises(ValueError, match="person"):
        mark(BY_KIND[Kind.TRUE_FALSE], True).suggest(Fraction(1), Fraction(1))
    with pytest.raises(ValueError, match="0 to 1"):
        mark(BY_KIND[Kind.SHORT_TEXT], "光").suggest(Fraction(2), Fraction(1))


def test_formulas_are_marked_by_meaning_and_shape() -> None:
    expanded = BY_KIND[Kind.FORMULA]
    assert mark(expanded, "x²+2x+1").verdict is Verdict.RIGHT
    assert mark(expanded, None).reason == "blank"
    assert mark(expanded, "x^2+").verdict is Verdict.UNSURE
    assert mark(expanded, "x" * 200_000).reason == "formula.too-long"
    assert mark(expanded, 5).reason == "answer.unread"
    leash = Leash()
    try:
        assert mark(expanded, "1+2x+x^2", leash).verdict is Verdict.RIGHT
        assert mark(expanded, "(x+1)^2", leash).reason == "form.expanded"
        assert mark(expanded, "x^2+1", leash).verdict is Verdict.WRONG
        assert mark(expanded, "x^9999", leash).verdict is Verdict.UNSURE
        blanks = mark(BY_KIND[Kind.BLANKS], ["中国", "南京", "14亿", "x+x"], leash)
        assert blanks.causes == ("capital",)
        assert [part.verdict.value for part in blanks.parts] == [
            "right",
            "wrong",
            "right",
            "right",
        ]
    finally:
        leash.close()
