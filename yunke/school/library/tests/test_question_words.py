"""Questions in words: fields with their answers, keys, marks and causes, in both languages."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from yunke.craft.marking import items as m
from yunke.ground.people.tests import makers as people
from yunke.school.library.rules.answers import LONGEST, answer_from
from yunke.school.library.rules.asked import asked_from, key_lines, solved_from
from yunke.school.library.rules.drafting import fields_of, kept_from
from yunke.school.library.rules.examples import example_items
from yunke.school.library.templatetags import questions as tags
from yunke.school.library.values.questions import KIND_NAMES, Asked, AskedOption
from yunke.school.library.views.questionfaults import missing_text
from yunke.school.library.views.questionwords import FAULTS, REASONS, fault_text, reason_text

KINDS = {item.kind: item for item, _points in example_items()}


@dataclass
class Marked:
    verdict: str
    score: Fraction | None
    out_of: Fraction = Fraction(2)
    causes: tuple[str, ...] = ()


def blanks(prompt: str, *ids: str) -> m.Item:
    found = tuple(m.Blank(one, text=m.TextKey(("x",))) for one in ids)
    return m.Item("1", prompt, m.BlanksKey(found))


# Blanks in their places


@pytest.mark.parametrize(
    ("prompt", "ids", "names"),
    [
        ("一 ___ 二 ___", ("1", "2"), ["1", "2"]),
        ("一 ___ 二 ___ 三 ___", ("1", "2"), ["1", "2"]),
        ("没有位置", ("1", "2"), ["1", "2"]),
        ("一 ___", ("1", "2"), ["1", "2"]),
        ('<p><response id="b"/> 和 <response id="a"/></p>', ("a", "b"), ["b", "a"]),
        ('<p><response id="a"/> 和 <response id="a"/></p>', ("a", "b"), ["a", "b"]),
        ('<p><response id="z"/> 和 <response id="a"/></p>', ("a", "b"), ["a", "b"]),
    ],
)
def test_each_blank_has_one_field_wherever_its_place_is(
    prompt: str, ids: tuple[str, ...], names: list[str]
) -> None:
    shown = tags.question_ask(asked_from(blanks(prompt, *ids), 7), {"1": "甲", "a": "乙"})
    found = [part.split('"')[0] for part in shown.split('name="q7.')[1:]]
    assert found == names
    assert shown.count('value="甲"') + shown.count('value="乙"') == 1


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [
        ({"1": "<b>"}, "&lt;b&gt;", ""), (["甲", None], "甲", ""), (["甲"], "甲", ""),
        ("甲", "", ""), (None, "", ""), ({"1": None, "2": 3}, "", "3"), ([], "", ""),
    ],
)  # fmt: skip
def test_a_stored_answer_of_any_shape_stands_in_its_blanks(
    value: Any, first: str, second: str
) -> None:
    shown = tags.question_ask(asked_from(blanks("___ 和 ___", "1", "2"), 7), value)
    found = [part.split('value="')[1].split('"')[0] for part in shown.split('name="q7.')[1:]]
    assert found == [first, second]
    alone = tags.question_ask(asked_from(blanks("___", "1"), 7), "独")
    assert 'value="独"' in alone


def test_an_english_prompt_has_its_own_places_and_is_shown_in_english_only() -> None:
    asked = asked_from(blanks("先 ___ 后 ___", "1", "2"), 7, "then ___ first ___")
    with translation.override("en"):
        english = tags.question_ask(asked, None, 3)
    assert "then" in english
    assert "先" not in english
    assert english.count("q-blank") == 2
    for prompt in ("no place here", "one ___ here", "___ ___ ___"):
        other = asked_from(blanks("先 ___ 后 ___", "1", "2"), 7, prompt)
        with translation.override("en"):
            shown = tags.question_ask(other, {"1": "甲"})
        assert (shown.count('name="q7.1"'), shown.count('name="q7.2"')) == (1, 1), prompt
        assert shown.count('value="甲"') == 1
    assert "先" in tags.question_ask(asked)


@pytest.mark.parametrize("item", KINDS.values(), ids=lambda item: item.kind.value)
def test_what_is_locked_can_be_read_and_not_changed(item: m.Item) -> None:
    shown = tags.question_ask(asked_from(item, 7), None, 0, locked=True)
    assert "data-locked" in shown
    for part in shown.split("<")[1:]:
        tag = part.split(">")[0]
        name = tag.split()[0]
        if name in ("input", "select", "textarea") and 'type="hidden"' not in tag:
            assert "disabled" in tag or "readonly" in tag, tag


# Solved


@pytest.mark.parametrize(
    ("mark", "zh", "en"),
    [
        (Marked("right", Fraction(2)), "2 / 2", "2 / 2"),
        (Marked("partly", Fraction(1, 2)), "0.5 / 2", "0.5 / 2"),
        (Marked("wrong", Fraction(0), causes=("own:漏加",)), "可能错在", "漏加"),
        (Marked("person", None), "等老师看", ""),
    ],
)
def test_a_mark_stands_beside_its_question_in_both_languages(
    mark: Marked, zh: str, en: str
) -> None:
    item = KINDS[m.Kind.CHOICE]
    solved = solved_from(item, asked_from(item, 7))
    assert zh in tags.question_solved(solved, "B", mark, 4)
    with translation.override("en"):
        english = tags.question_solved(solved, "B", mark, 4)
    assert en in english
    assert "等老师看" not in english
    assert "正确" not in english


def test_the_own_choice_and_the_right_one_are_told_apart_and_the_reasoning_in_its_language() -> (
    None
):
    item = m.Item("1", "？", KINDS[m.Kind.CHOICE].key, reasoning="借一当十")
    solved = solved_from(item, asked_from(item, 7), "borrow ten")
    shown = tags.question_solved(solved, "B")
    assert shown.count("is-right") == shown.count("is-wrong") == 1
    assert "你选的" in shown
    assert "借一当十" in shown
    assert "is-wrong" not in tags.question_solved(solved, "A")
    with translation.override("en"):
        assert "borrow ten" in tags.question_solved(solved)


def test_wrong_options_results_and_pairs_betray_their_causes() -> None:
    assert ("35", "own:没有退位") in tags.betrayed(fields_of(KINDS[m.Kind.CHOICE]))
    pair = m.MatchingKey(
        (m.Choice("a", "甲"),), (m.Choice("1", "一"), m.Choice("2", "二")), (m.Pair("a", "1"),),
        (m.Pair("a", "2", "own:反了"),),
    )  # fmt: skip
    assert tags.betrayed(fields_of(m.Item("1", "？", pair))) == [("甲 — 二", "own:反了")]
    assert tags.betrayed(fields_of(KINDS[m.Kind.SIGNED])) == []


def test_filters_say_what_they_know_and_break_on_nothing() -> None:
    assert [tags.letter(at) for at in (0, 25, 26, -1)] == ["A", "Z", "27", "0"]
    assert [tags.points_shown(one) for one in (Fraction(1, 3), "2", None)] == ["1/3", "2", "None"]
    assert (tags.kind_name("text"), tags.kind_icon("text")) == ("填空", "puzzle")
    assert tags.one_line("", 5) == str(tags.rich("")) == ""
    with translation.override("en"):
        assert tags.kind_name("text") == "Blanks"
        assert tags.cause_name("own:漏加") == "漏加"
        assert {tags.kind_name(kind) for kind in KIND_NAMES} == {n[1] for n in KIND_NAMES.values()}


@pytest.mark.parametrize("code", sorted({*FAULTS, *REASONS}))
def test_every_fault_and_reason_speaks_both_languages(code: str) -> None:
    told = fault_text if code in FAULTS else reason_text
    chinese = told(code)
    with translation.override("en"):
        english = told(code)
    assert chinese != english
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)
    assert missing_text(code, "x").endswith("（x）")


def test_what_no_reader_knows_is_still_said() -> None:
    assert fault_text("no-such") == fault_text("key")
    assert reason_text("formula.no-such") == reason_text("answer.unread")
    assert reason_text("no-such") == missing_text("no-such") == "no-such"


# Answers and keys


def test_answers_of_a_form_are_cut_cleaned_and_kept_to_what_was_asked() -> None:
    parts = tuple(AskedOption(one, one) for one in "abc")
    order = Asked(1, "ordering", "？", options=parts)
    assert answer_from(order, {"q1.a": ["2"], "q1.b": ["2"], "q1.c": ["1"]}) == ["c", "a", "b"]
    assert answer_from(order, {"q1.a": ["99999"], "q1.b": ["-1"], "q1.z": ["1"]}) is None
    assert answer_from(Asked(1, "long-text", "？"), {"q1": ["x" * 99_999]}) == "x" * LONGEST
    assert answer_from(Asked(1, "short-text", "？"), {"q1": ["先", " 后\0 "]}) == "后"
    assert answer_from(Asked(1, "true-false", "？"), {"q1": ["maybe"]}) is None


def test_a_formula_of_latex_stands_between_dollars_and_a_plain_one_as_it_is() -> None:
    assert key_lines(m.FormulaKey(("x^2", "x*x"))) == ("$x^2$",)
    assert key_lines(m.FormulaKey(("2x",))) == ("2x",)
    assert key_lines(m.NumberKey("3", "米")) == ("3 米",)


def test_a_new_key_takes_nothing_from_an_old_one_of_another_kind() -> None:
    old = m.Item("1", "？", m.NumberKey("3", kept=Fraction(1, 4)))
    new = m.Item("1", "？", m.FormulaKey(("x",)))
    assert kept_from(old, new) == new
    again = m.Item("1", "？", m.NumberKey("4"))
    assert kept_from(old, again).key == m.NumberKey("4", kept=Fraction(1, 4))
    half = m.Blank("1", number=m.NumberKey("3", expression="1+2"), weight=Fraction(3))
    kept = kept_from(m.Item("1", "？", m.BlanksKey((half,))), m.Item("1", "？", m.BlanksKey((
        m.Blank("1", number=m.NumberKey("4")), m.Blank("2", text=m.TextKey(("x",))),
    ))))  # fmt: skip
    assert isinstance(kept.key, m.BlanksKey)
    first, second = kept.key.blanks
    assert first.number is not None
    assert (first.weight, first.number.expression, second.weight) == (3, "", 1)


# Addresses


@pytest.mark.django_db
def test_a_number_as_long_as_a_line_is_no_question_file_or_lesson() -> None:
    client: Client = people.signed_in(people.cast(grade=3).teacher)
    big = "9" * 40
    for path in (f"questions/{big}", f"questions/{big}?edit", f"questions/import/{big}",
                 f"make/{big}/files/video", "questions/0", "questions/media/x.png"):  # fmt: skip
        assert client.get(f"/{path}").status_code == 404, path
    for path in (f"questions/{big}", f"questions/{big}/retire", f"questions/import/{big}/write"):
        assert client.post(f"/{path}", people.once()).status_code == 404, path
    lesson = {"title": "课", "grade": "3", "subject": "maths", "unit": big, **people.once()}
    assert client.post("/make/new", lesson).status_code == 404
    lesson |= {"unit": "", "new_unit": "一\0", **people.once()}
    assert client.post("/make/new", lesson).status_code == 422
