"""One encoding for a whole file, proven over every byte; anything else is refused with its line."""

from pathlib import Path

import pytest

from yunke.craft.formats.sheet import Broken, Unreadable, csv_lines, encoding_of

HEAD = "姓名,学号\r\n"
RARE = HEAD + "𠮷田,1\r\n㛃雨,2\r\n欧阳昇,3\r\n"


def file(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_rare_names_are_read_right(tmp_path: Path, encoding: str, found: str) -> None:
    path = file(tmp_path, RARE.encode(encoding))
    assert encoding_of(path) == found
    rows = [line.cells for line in csv_lines(path, found)]
    assert rows[1:] == [["𠮷田", "1"], ["㛃雨", "2"], ["欧阳昇", "3"]]


def refused(tmp_path: Path, data: bytes) -> tuple[str, int]:
    with pytest.raises(Unreadable) as told:
        encoding_of(file(tmp_path, data))
    return told.value.code, told.value.line


def test_a_line_of_another_encoding_refuses_the_whole_file(tmp_path: Path) -> None:
    gbk = (HEAD + "王小明,1\r\n").encode("gbk")
    assert refused(tmp_path, gbk + "李四光,2\r\n".encode()) == ("mixed", 1)
    utf8 = (HEAD + "王小明,1\r\n").encode()
    assert refused(tmp_path, utf8 + "李四,2\r\n".encode("gbk")) == ("mixed", 3)


def test_both_readings_of_a_mixed_file_are_shown(tmp_path: Path) -> None:
    data = (HEAD + "王小明,1\r\n").encode("gbk") + "李四光,2\r\n".encode()
    with pytest.raises(Unreadable) as told:
        encoding_of(file(tmp_path, data))
    assert "姓名" in told.value.sample
    assert "李四光" in told.value.other


def test_a_gbk_name_that_is_valid_utf8_is_never_guessed(tmp_path: Path) -> None:
    data = b"name,id\r\n" + "隆".encode("gbk") + b",1\r\n"
    assert data.decode()  # it reads as UTF-8, with another name
    assert refused(tmp_path, data) == ("ambiguous", 2)


def test_latin_names_with_accents_are_not_taken_for_chinese(tmp_path: Path) -> None:
    path = file(tmp_path, "name,id\r\nJosé Ñuñez,1\r\nЗоя Иванова,2\r\n买买提·艾力,3\r\n".encode())
    assert encoding_of(path) == "utf-8"


def test_every_common_hanzi_alone_is_right_or_refused(tmp_path: Path) -> None:
    """All 3,755 of GB2312's first level, in GBK under an ASCII heading."""
    wrong = 0
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            if high == 0xD7 and low > 0xF9:
                continue
            pair = bytes([high, low])
            path = file(tmp_path, b"name,id\r\n" + pair + b",1\r\n")
            try:
                found = encoding_of(path)
            except Unreadable:
                continue
            wrong += pair.decode("gbk") not in path.read_bytes().decode(found)
    assert wrong == 0


def test_big5_is_refused_by_name(tmp_path: Path) -> None:
    text = "年級,班級,姓名,學號\r\n" + "三年級,一班,陳雅婷,G1\r\n" * 3
    assert refused(tmp_path, text.encode("big5"))[0] == "big5"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"a,b\r\n\x00,1\r\n", "nul"), (b"name,id\r\n\xff\xff,1\r\n", "unknown"),
        (b"a" * (3 << 20), "long"), ("姓名,a\x00b\r\n".encode("utf-16"), "nul"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused(tmp_path, data)[0] == code


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_every_line_ending_gives_the_same_rows_and_numbers(tmp_path: Path, ending: str) -> None:
    text = ending.join(["姓名,学号", "小明,1", '"小\r\n红",2', "小刚,3", ""])
    lines = list(csv_lines(file(tmp_path, text.encode()), "utf-8"))
    assert [line.cells[1] for line in lines] == ["学号", "1", "2", "3"]
    assert [line.number for line in lines] == [1, 2, 3, 5]


def test_a_quote_without_its_partner_is_told_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = file(tmp_path, ("a,b\r\n1,2\r\n" + '"x,3\r\n').encode())
    with pytest.raises(Broken) as told:
        list(csv_lines(path, "utf-8"))
    assert (told.value.code, told.value.line) == ("quote", 3)


def test_a_cell_that_swallows_the_file_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, b'a,b\r\n"' + b"x\r\n" * 70_000)
    with pytest.raises(Broken) as told:
        list(csv_lines(path, "utf-8"))
    assert (told.value.code, told.value.line) == ("long-cell", 2)


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_sign_between_cells_is_found(tmp_path: Path, sign: str) -> None:
    path = file(tmp_path, f"姓名{sign}学号\r\n小明{sign}001\r\n".encode())
    assert next(iter(csv_lines(path, "utf-8"))).cells == ["姓名", "学号"]


def test_a_row_of_thousands_of_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken) as told:
        list(csv_lines(file(tmp_path, b"," * 5_000), "utf-8"))
    assert told.value.code == "wide"
