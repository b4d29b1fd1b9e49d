"""The command: lines of JSON in, one line each out, in order."""

import io
import json
import subprocess
import sys

import pytest

from yunke.craft.marking.causes.__main__ import main


def run(text: str | bytes) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    raw = text.encode() if isinstance(text, str) else text
    code = main(io.BytesIO(raw), out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def lines(*pairs: tuple[object, object]) -> str:
    return "".join(json.dumps({"item": item, "answer": answer}) + "\n" for item, answer in pairs)


def test_one_line_out_for_each_line_in_and_in_order() -> None:
    code, out = run(lines(("42-17", "35"), ("42-17", "25"), ("1/2+1/3", "2/5"), ("305*4", "1260")))
    assert code == 0
    assert [one["correct"] for one in out] == [False, True, False, False]
    assert out[1]["causes"] == []
    assert [one["causes"][0]["id"] for one in (out[0], *out[2:])] == [
        "smaller-from-larger",
        "fraction-tops-and-bottoms-added",
        "zero-times-n-is-n",
    ]


def test_a_line_has_exactly_what_was_promised() -> None:
    _, (out,) = run(lines(("42-17", "35")))
    assert set(out) == {"correct", "causes"}
    assert all(set(cause) == {"id", "name", "reproduces"} for cause in out["causes"])
    assert {cause["reproduces"] for cause in out["causes"]} == {"35"}
    assert out["causes"][0]["name"] == "大数减小数"


@pytest.mark.parametrize("answer", ["0.50", "0.5", 0.5, " ０.５ "])
def test_numbers_of_json_keep_their_digits(answer: object) -> None:
    assert run(lines(("1/4+1/4", answer)))[1][0]["correct"] is True


def test_an_answer_may_be_a_number() -> None:
    assert run(lines(("42-17", 35)))[1] == run(lines(("42-17", "35")))[1]


def test_null_is_nothing_written() -> None:
    assert run(lines(("42-17", None)))[1] == [{"correct": False, "causes": []}]


def test_what_is_not_understood_is_null_and_not_wrong() -> None:
    code, out = run(lines(("小明有三个苹果", "3"), ("42-17", "二十几")))
    assert code == 0
    assert out == [{"correct": None, "causes": []}] * 2


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    code, out = run(b"\xef\xbb\xbf" + lines(("42-17", "25")).encode() + b"\n  \n")
    assert (code, len(out)) == (0, 1)


def test_nothing_in_nothing_out() -> None:
    assert run("") == (0, [])


@pytest.mark.parametrize(
    "bad",
    [
        "x",
        "{",
        "[]",
        '"42-17"',
        "{}",
        '{"item": "42-17"}',
        '{"answer": "3"}',
        '{"item": null, "answer": "3"}',
        '{"item": "42-17", "answer": [3]}',
        '{"item": "42-17", "answer": true}',
        '{"item": "42-17", "answer": NaN}',
        b"\xff\xfe{}",
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_read_ends_with_two_and_one_line_of_reason(
    bad: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = bad if isinstance(bad, bytes) else bad.encode()
    code, out = run(lines(("42-17", "25")).encode() + raw + b"\n")
    assert code == 2
    assert len(out) <= 1
    reason = capsys.readouterr().err
    assert reason.startswith("line 2: ")
    assert reason.count("\n") == 1


def test_it_runs_by_itself_and_without_django() -> None:
    program = (
        "import sys, yunke.craft.marking.causes.__main__ as m; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "yunke.craft.marking.causes"],
        input=lines(("503-247", "344")).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["causes"][0]["id"] == "smaller-from-larger"
    assert "大数减小数" in done.stdout.decode("utf-8")


def test_a_very_long_answer_costs_nothing() -> None:
    assert run(lines(("42-17", "9" * 200_000)))[1] == [{"correct": None, "causes": []}]
