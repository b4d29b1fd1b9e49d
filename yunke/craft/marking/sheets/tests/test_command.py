"""The command: one line a picture, in order, with exactly these keys."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.command import main
from yunke.craft.marking.sheets.tests.maker import told
from yunke.craft.marking.sheets.tests.staged import filled, hand, marks_by, printed, scanned

KEYS = ["file", "pupil", "answers", "needs_person", "quality"]
TRUTH = marks_by(np.random.default_rng(16))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template, a filled sheet, the same sheet with another mark, a blank one, and no sheet."""
    place = tmp_path_factory.mktemp("sheets")
    (place / "t.json").write_text(json.dumps(told()), encoding="utf-8")
    for name, truth in (("one", TRUTH), ("other", {**TRUTH, "3": "D"})):
        paper = printed()
        filled(hand(paper, np.random.default_rng(1)), truth)
        cv2.imwrite(str(place / f"{name}.png"), scanned(paper))
    cv2.imwrite(str(place / "blank.png"), scanned(printed("P0009")))
    cv2.imwrite(str(place / "no.png"), np.full((300, 200), 200, np.uint8))
    (place / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    return place


def run(folder: Path, capsys: pytest.CaptureFixture[str], *names: str) -> tuple[int, list, str]:
    files = [str(folder / name) for name in names]
    code = main(["--template", str(folder / "t.json"), "--jobs", "1", *files])
    seen = capsys.readouterr()
    return code, [json.loads(line) for line in seen.out.splitlines()], seen.err


def test_a_line_a_picture_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = run(folder, capsys, "blank.png", "one.png", "no.png")
    assert (code, err) == (0, "")
    assert [list(line) for line in lines] == [KEYS] * 3
    assert [Path(line["file"]).name for line in lines] == ["blank.png", "one.png", "no.png"]
    assert [line["pupil"] for line in lines] == ["P0009", "P0007", None]
    assert lines[1]["answers"] == TRUTH
    assert lines[1]["needs_person"] == []
    assert lines[2]["needs_person"] == list(TRUTH)
    assert lines[2]["quality"]["refused"]


def test_the_same_pupil_twice_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, _ = run(folder, capsys, "one.png", "other.png")
    assert code == 0
    for line in lines:
        assert line["needs_person"] == ["3"]
        assert line["answers"]["3"] is None
        assert line["quality"]["problems"] == ["twice"]


def test_a_file_that_cannot_be_used_stops_no_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, err = run(folder, capsys, "broken.jpg", "nowhere.png", "one.png")
    assert code == 2
    assert [line["pupil"] for line in lines] == [None, None, "P0007"]
    assert [list(line) for line in lines] == [KEYS] * 3
    assert len(err.splitlines()) == 2
    assert "broken.jpg" in err.splitlines()[0]


def test_a_template_that_cannot_be_used_ends_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.json").write_text("{}", encoding="utf-8")
    for name in ("bad.json", "nowhere.json"):
        assert main(["--template", str(folder / name), str(folder / "one.png")]) == 2
        seen = capsys.readouterr()
        assert seen.out == ""
        assert len(seen.err.splitlines()) == 1


def test_a_folder_stands_for_its_pictures(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.png", "blank.png"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "notes.txt").write_text("no picture")
    code = main(["--template", str(folder / "t.json"), str(tmp_path)])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [Path(line["file"]).name for line in lines] == ["blank.png", "one.png"]


def test_no_picture_is_no_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, capsys) == (0, [], "")


OMR = {
    "pageDimensions": [210, 297],
    "bubbleDimensions": [5, 4],
    "fieldBlocks": {
        "first": {
            "fieldType": "QTYPE_MCQ4",
            "origin": [27.5, 48],
            "bubblesGap": 8.5,
            "labelsGap": 7,
            "fieldLabels": ["q1..10"],
        }
    },
}


@pytest.fixture
def omr(folder: Path, tmp_path: Path) -> Path:
    """One template above two folders of pictures; the first column of our own sheet is read."""
    (tmp_path / "template.json").write_text(json.dumps(OMR))
    for batch in ("b", "a"):
        (tmp_path / batch).mkdir()
        (tmp_path / batch / "one.png").write_bytes((folder / "one.png").read_bytes())
    (tmp_path / "notes.txt").write_text("not a picture")
    return tmp_path


def test_a_folder_of_omrchecker(omr: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--omrchecker", str(omr), "--jobs", "1"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == ["a/one.png", "b/one.png"]
    assert [list(line) for line in lines] == [KEYS] * 2
    expected = {f"q{n}": TRUTH[str(n)] for n in range(1, 11)}
    assert lines[0]["answers"] == expected


def test_a_folder_below_its_template(omr: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--omrchecker", str(omr / "a")]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == "one.png"


def test_a_template_of_omrchecker_for_single_pictures(
    omr: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = str(omr / "a" / "one.png")
    assert main(["--template", str(omr / "template.json"), picture]) == 0
    line = json.loads(capsys.readouterr().out)
    assert list(line) == KEYS
    assert line["file"] == picture
    assert line["answers"]["q1"] == TRUTH["1"]


@pytest.mark.parametrize("told_", ["{", "[]", '{"pageDimensions": [1, 2]}'])
def test_a_bad_template_of_omrchecker(
    tmp_path: Path, folder: Path, told_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "template.json").write_text(told_)
    (tmp_path / "one.png").write_bytes((folder / "one.png").read_bytes())
    assert main(["--omrchecker", str(tmp_path)]) == 2
    assert "template.json" in capsys.readouterr().err


def test_one_bad_template_stops_no_other(
    omr: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (omr / "c").mkdir()
    (omr / "c" / "template.json").write_bytes(b"\xff\xfe{")
    (omr / "c" / "one.png").write_bytes((folder / "one.png").read_bytes())
    assert main(["--omrchecker", str(omr), "--jobs", "1"]) == 2
    seen = capsys.readouterr()
    lines = [json.loads(line) for line in seen.out.splitlines()]
    assert [line["file"] for line in lines] == ["a/one.png", "b/one.png", "c/one.png"]
    assert lines[0]["answers"]["q1"] == TRUTH["1"]
    assert "template.json" in lines[2]["quality"]["refused"]
    assert len(seen.err.splitlines()) == 1


def test_an_empty_folder_and_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        assert main(["--omrchecker", str(path)]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_several_processes_give_the_same_lines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(folder / "one.png"), str(folder / "blank.png")] * 4
    told_by = []
    for jobs in ("1", "2"):
        assert main(["--template", str(folder / "t.json"), "--jobs", jobs, *names]) == 0
        told_by.append(capsys.readouterr().out)
    assert told_by[0] == told_by[1]
    assert len(told_by[0].splitlines()) == 8
