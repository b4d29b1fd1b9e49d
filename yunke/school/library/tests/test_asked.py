"""What a pupil may see of a question, and how its texts are shown."""

import json
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest

from yunke.craft.marking import items as m
from yunke.craft.marking.marks import mark
from yunke.school.library.rules.answers import answer_from
from yunke.school.library.rules.asked import (
    answer_lines,
    asked_from,
    key_lines,
    mixed,
    points_text,
    solved_from,
)
from yunke.school.library.rules.causes import OWN, cause_of, cause_words, causes_named
from yunke.school.library.rules.examples import example_items
from yunke.school.library.rules.opaque import opaque
from yunke.school.library.rules.outgoing import outgoing
from yunke.school.library.rules.shown import CLOSE, OPEN, mathml, plain_of, shown

C = m.Choice
ITEMS = [item for item, _points in example_items()]
KINDS = {item.kind: item for item in ITEMS}


def ordering(*texts: str) -> m.Item:
    options = tuple(C(str(at), text) for at, text in enumerate(texts))
    return m.Item("o", "排一排", m.OrderingKey(options, tuple(one.id for one in options)))


# Never the key


def test_there_is_an_example_of_every_kind() -> None:
    assert set(KINDS) == set(m.Kind)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_what_is_asked_names_no_key_no_cause_and_no_reasoning(item: m.Item) -> None:
    told = json.dumps(asdict(asked_from(item, 7)), ensure_ascii=False)
    assert "没有退位" not in told
    assert not item.reasoning or item.reasoning not in told
    assert "right" not in told
    assert "1488" not in told
    assert "1220" not in told
    assert "一七得七" not in told


def test_an_order_is_never_asked_in_the_right_order() -> None:
    item = ordering("一", "二", "三")
    for seed in range(40):
        asked = asked_from(item, 1, seed=str(seed))
        assert [one.text for one in asked.options] != ["一", "二", "三"]


def test_options_stand_as_written_unless_a_seed_is_given() -> None:
    item = KINDS[m.Kind.CHOICE]
    assert [one.id for one in asked_from(item, 1).options] == ["A", "B", "C", "D"]
    orders = {tuple(o.id for o in asked_from(item, 1, seed=str(s)).options) for s in range(20)}
    assert len(orders) > 3


def test_the_same_seed_gives_the_same_order_and_another_question_another() -> None:
    letters = list("ABCDEFGH")
    assert mixed(letters, "p1:5") == mixed(letters, "p1:5")
    assert mixed(letters, "p1:5") != mixed(letters, "p1:6")
    assert sorted(mixed(letters, "x")) == letters


def test_ids_of_what_is_ordered_tell_nothing_of_the_order() -> None:
    told = opaque(ordering("b", "a", "c"))
    assert isinstance(told.key, m.OrderingKey)
    assert sorted(told.key.order) != list(told.key.order) or "0" not in told.key.order
    assert not {"0", "1", "2"} & set(told.key.order)
    assert opaque(told) == told
    assert key_lines(told.key) == ("b", "a", "c")


def test_both_sides_of_a_match_lose_their_numbers_and_keep_their_pairs() -> None:
    item = KINDS[m.Kind.MATCHING]
    told = opaque(item)
    assert key_lines(told.key) == key_lines(item.key)
    assert isinstance(told.key, m.MatchingKey)
    assert not {one.id for one in told.key.left} & {"a", "b", "c"}
    answer = [[pair.left, pair.right] for pair in told.key.pairs]
    assert mark(told, answer).score == 1


def test_two_options_of_one_text_keep_ids_of_their_own() -> None:
    told = opaque(ordering("一", "一", "二"))
    assert isinstance(told.key, m.OrderingKey)
    assert len(set(told.key.order)) == 3


def test_a_known_wrong_order_is_known_under_the_new_names() -> None:
    options = (C("x", "一"), C("y", "二"), C("z", "三"))
    key = m.OrderingKey(options, ("x", "y", "z"), results=(m.Result("y x z", "own:反了"),))
    told = opaque(m.Item("o", "排", key))
    assert isinstance(told.key, m.OrderingKey)
    wrong = [told.key.order[1], told.key.order[0], told.key.order[2]]
    assert mark(told, wrong).causes == ("own:反了",)


# In words


def test_points_are_written_as_people_write_them() -> None:
    told = [points_text(Fraction(text)) for text in ("2", "5/2", "1/3", "0")]
    assert told == ["2", "2.5", "1/3", "0"]


def test_the_key_stands_in_the_authors_words() -> None:
    told = {kind: key_lines(item.key) for kind, item in KINDS.items()}
    assert told[m.Kind.CHOICE] == ("25",)
    assert told[m.Kind.MULTIPLE] == ("2", "40")
    assert told[m.Kind.TRUE_FALSE] == ("✓",)
    assert told[m.Kind.BLANKS] == ("12", "28")
    assert told[m.Kind.FORMULA] == ("2(a+b)",)
    assert told[m.Kind.MATCHING][0] == "毫米 — 硬币的厚"
    assert told[m.Kind.LONG_TEXT] == ()
    assert told[m.Kind.PRACTICAL] == ()


def test_solved_says_which_options_are_right() -> None:
    item = KINDS[m.Kind.MULTIPLE]
    solved = solved_from(item, asked_from(item, 1))
    assert [(one.id, one.right) for one in solved.options] == [
        ("A", True), ("B", False), ("C", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "lines"),
    [
        ("choice", "B", ("35",)),
        ("multiple", ["A", "B"], ("2", "3")),
        ("true-false", False, ("✗",)),
        ("true-false", "false", ("✗",)),
        ("true-false", "true", ("✓",)),
        ("blanks", {"1": "12"}, ("12",)),
        ("number", "1220", ("1220",)),
        ("signed", True, ("✓",)),
        ("short-text", None, ()),
        ("matching", [["a", "2"]], ("毫米 — 教室的长",)),
        ("matching", ["a b c"], ("a b c",)),
        ("ordering", ["c", "a"], ("$\\frac12$", "$\\frac14$")),
        ("choice", "Q", ("Q",)),
    ],
)
def test_an_answer_is_told_in_the_words_of_its_question(kind: str, value: Any, lines: Any) -> None:
    assert answer_lines(asked_from(KINDS[m.Kind(kind)], 1), value) == lines


def test_a_cause_is_known_by_its_id_its_name_and_its_own_words() -> None:
    zh, en = cause_words("adds-for-minus")
    assert cause_of(zh) == cause_of(en.upper()) == cause_of("adds-for-minus") == "adds-for-minus"
    assert cause_of("  忘了 进位 ") == OWN + "忘了 进位"
    assert cause_of(OWN + "忘了") == OWN + "忘了"
    assert cause_of(" ") == ""
    assert cause_words(OWN + "忘了") == ("忘了", "忘了")
    assert cause_words("no-such") == ("no-such", "no-such")
    assert causes_named(["own:x"]) == {"own:x": ("x", "x")}


# Texts


def test_plain_text_keeps_its_lines_and_its_signs() -> None:
    assert shown("3 < 5\n6 > 2 & 1") == "3 &lt; 5<br>6 &gt; 2 &amp; 1"


def test_formulas_between_dollars_become_mathml_and_prices_stay() -> None:
    assert "<mfrac>" in shown("算 $\\frac12$ 和 $$x^2$$")
    assert shown("it costs $5 and $6") == "it costs $5 and $6"


def test_markup_of_packages_stays_and_what_runs_goes() -> None:
    told = shown('<p onclick="x()">a<script>alert(1)</script><b>c</b><img src="media/a.png"/></p>')
    assert told == '<p>a<b>c</b><img src="/questions/media/a.png"/></p>'
    assert "javascript" not in shown('<a href="javascript:x()">y</a>')


def test_what_only_looks_like_markup_is_text() -> None:
    assert shown("a<b>c") == "a&lt;b&gt;c"
    assert "<script" not in shown("<script>alert(1)</script>")
    assert "<img" not in shown('x <img src=x onerror="alert(1)">')


def test_a_picture_of_plain_text_is_shown_with_its_words() -> None:
    name = "ab" * 32 + ".png"
    told = shown(f'看图 ![两个"球"](media/{name})')
    assert f'<img src="/questions/media/{name}" alt="两个&quot;球&quot;">' in told
    assert "<img" not in shown("![x](media/../../etc)")


@pytest.mark.parametrize(
    "latex", ["", "x" * 700, "\\frac{", "{" * 100, "\\href{javascript:1}{x}" * 3, "\\begin{x}"]
)
def test_a_hostile_formula_gives_nothing_that_runs(latex: str) -> None:
    told = mathml(latex)
    assert "javascript" not in told
    assert "href" not in told
    assert "style=" not in told


def test_blanks_keep_their_places() -> None:
    assert shown("一年 ___ 月") == f"一年 {OPEN}{CLOSE} 月"
    assert f"{OPEN}R1{CLOSE}" in shown('<p>x <response id="R1"/></p>')
    assert OPEN not in shown(f"x{OPEN}y")


def test_a_line_for_lists_is_short_and_without_markup() -> None:
    assert plain_of("<p>一  二</p>\n<p>三</p>") == "一 二 三"
    assert len(plain_of("长" * 500)) == 160
    assert plain_of("![球](media/" + "a" * 64 + ".png) 几个") == "球 几个"


def test_what_goes_out_has_places_for_its_blanks_and_mathml() -> None:
    item = m.Item("b", "$\\frac12$ 是 ___", m.BlanksKey((m.Blank("1", text=m.TextKey(("半",))),)))
    told, media = outgoing(item)
    assert '<response id="1"/>' in told.prompt
    assert "<mfrac>" in told.prompt
    assert "xmlns" not in told.prompt
    assert media == ()


# Answers of a form without a script


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        ("choice", {"q1": ["B"]}, "B"),
        ("choice", {"q1": ["Z"]}, None),
        ("multiple", {"q1": ["C", "A"]}, ["A", "C"]),
        ("multiple", {}, None),
        ("true-false", {"q1": ["false"]}, False),
        ("signed", {"q1": ["true"]}, True),
        ("signed", {}, None),
        ("blanks", {"q1.1": [" 12 "], "q1.2": [""]}, {"1": "12"}),
        ("number", {"q1": ["1220\0"]}, "1220"),
        ("long-text", {"q1": [" "]}, None),
        ("matching", {"q1.a": ["1"], "q1.b": ["nowhere"]}, [["a", "1"]]),
        ("ordering", {"q1.a": ["2"], "q1.b": ["1"], "q1.c": ["x"]}, ["b", "a"]),
        ("practical", {"q1": ["7"]}, None),
    ],
)
def test_native_fields_give_the_answer_that_marking_takes(kind: str, sent: Any, value: Any) -> None:
    assert answer_from(asked_from(KINDS[m.Kind(kind)], 1), sent) == value
