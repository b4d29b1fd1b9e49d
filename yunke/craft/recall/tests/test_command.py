"""The command as it is called: lines in order, scores last, and a reason for what it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from yunke.craft.recall.__main__ import main
from yunke.craft.recall.tests.made_up import csv_of, school, without


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[Path, Path]:
    made = school(pupils=70, length=40, items=80, points=6)
    here = tmp_path_factory.mktemp("answers")
    test = made.answers.pupil >= 55
    (here / "train.csv").write_bytes(csv_of(made.answers.take(~test)))
    (here / "test.csv").write_bytes(csv_of(made.answers.take(test)))
    return here / "train.csv", here / "test.csv"


def told(capsys, train: Path, test: Path) -> tuple[list[float], dict]:
    assert main(["--train", str(train), "--test", str(test)]) == 0
    *rows, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(list(row) == ["probability"] for row in rows)
    return [row["probability"] for row in rows], last


def test_one_line_a_row_and_the_scores_last(capsys, files) -> None:
    chances, last = told(capsys, *files)
    assert len(chances) == 15 * 40 == last["rows"]
    assert all(0 < chance < 1 for chance in chances)
    assert last["auc"] > 0.68
    assert 0.3 < last["log_loss"] < 0.66
    assert last["rows_per_s"] > 0
    assert last["train_rows"] == 55 * 40


def test_turning_the_last_answer_changes_no_line_but_the_scores(capsys, files, tmp_path) -> None:
    train, test = files
    lines = test.read_text().splitlines()
    for row in (200, len(lines) - 1):
        turned = lines.copy()
        turned[row] = lines[row][:-1] + ("0" if lines[row][-1] == "1" else "1")
        other = tmp_path / "turned.csv"
        other.write_text("\n".join(turned) + "\n")
        before, after = told(capsys, train, test)[0], told(capsys, train, other)[0]
        assert before[:row] == after[:row]


def test_the_train_rows_alone_decide_the_parameters(capsys, files, tmp_path) -> None:
    """The first test row of a pupil, alone in its file, gets the chance it has in the whole."""
    train, test = files
    first = tmp_path / "first.csv"
    first.write_text("\n".join(test.read_text().splitlines()[:2]) + "\n")
    whole, alone = told(capsys, train, test)[0], told(capsys, train, first)[0]
    assert alone == whole[:1]


def test_a_test_file_without_rows_has_no_scores(capsys, files, tmp_path) -> None:
    bare = tmp_path / "bare.csv"
    bare.write_text("pupil,order,item,points,correct\n")
    chances, last = told(capsys, files[0], bare)
    assert chances == []
    assert last["auc"] is None
    assert last["log_loss"] is None


def test_a_file_that_cannot_be_used_ends_with_2_and_one_line(capsys, files, tmp_path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("pupil,order,item,points,correct\na,1,q,k,perhaps\n")
    for train, test in ((bad, files[1]), (files[0], bad), (tmp_path / "none.csv", files[1])):
        assert main(["--train", str(train), "--test", str(test)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1


@pytest.mark.parametrize("words", [[], ["--train", "x.csv"], ["--trian", "x", "--test", "y"]])
def test_a_call_that_is_not_understood_ends_with_2_and_one_line(capsys, words) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_it_runs_without_django(files) -> None:
    code = (
        "import sys; from yunke.craft.recall.__main__ import main; "
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )
    words = ["--train", str(files[0]), "--test", str(files[1])]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 15 * 40 + 1


def test_rows_in_any_order_get_their_own_chance(capsys, files, tmp_path) -> None:
    """Pupils one after the other: every line still belongs to its row."""
    made = school(pupils=70, length=40, items=80, points=6)
    test = made.answers.take(made.answers.pupil >= 55)
    by_pupil = np.argsort(test.pupil, kind="stable")
    grouped, turned = tmp_path / "grouped.csv", tmp_path / "turned.csv"
    grouped.write_bytes(csv_of(test.take(by_pupil)))
    found, last = told(capsys, files[0], grouped)
    assert last["auc"] > 0.68
    turned.write_bytes(csv_of(without(test.take(by_pupil), 300)))
    other = told(capsys, files[0], turned)[0]
    assert found[:300] == other[:300]
    assert found[320:] == other[320:]
