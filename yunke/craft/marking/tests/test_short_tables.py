"""Tables of answers: what comes in, and the one sentence for what cannot."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yunke.craft.marking.short.tables import rows_from
from yunke.craft.marking.short.values import Row, Unusable

HEAD = "question\treference\tanswer\tlabel\n"


def rows(text: str, *, marked: bool = False) -> list[Row]:
    return rows_from(text.encode(), "t.tsv", marked=marked)


def test_rows_in_order() -> None:
    assert rows(HEAD + "q\tr\ta\tcorrect\nq\tr\tb\t\n") == [
        Row("q", "r", "a", "correct"),
        Row("q", "r", "b", None),
    ]


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    assert rows("Label\tid\tAnswer\tREFERENCE\tquestion\nx\t7\ta\tr\tq\n") == [
        Row("q", "r", "a", "x")
    ]


def test_a_table_without_labels_can_be_asked_about() -> None:
    assert rows("question\treference\tanswer\nq\tr\ta\n")[0].label is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(end: str) -> None:
    assert len(rows((HEAD + "q\tr\ta\tx\nq\tr\tb\tx\n").replace("\n", end))) == 2


def test_a_mark_of_byte_order_hides_no_column() -> None:
    assert rows("\ufeff" + HEAD + "q\tr\ta\tx\n")[0].question == "q"


def test_blank_lines_are_passed_over_and_empty_answers_are_not() -> None:
    assert [row.answer for row in rows(HEAD + "\nq\tr\t\tx\n\n")] == [""]


def test_a_quote_in_an_answer_is_a_sign_like_any_other() -> None:
    found = rows(HEAD + 'q\tr\tit is 5" long\tx\nq\tr\t"no\tx\n')
    assert [row.answer for row in found] == ['it is 5" long', '"no']


def test_quoted_fields_are_read_as_spreadsheets_write_them() -> None:
    assert rows(HEAD + '"q"\tr\t"he said ""yes"""\tx\n')[0].answer == 'he said "yes"'


def test_a_line_break_within_quotes_belongs_to_the_answer() -> None:
    found = rows(HEAD + 'q\tr\t"one\ntwo"\tx\nq\tr\tb\tx\n')
    assert [row.answer for row in found] == ["one\ntwo", "b"]


@given(
    some.lists(
        some.tuples(*[some.text("ab \"'\n水,;", max_size=8)] * 3, some.sampled_from("xyz")),
        min_size=1,
        max_size=5,
    )
)
def test_what_a_spreadsheet_wrote_is_read_back(table: list[tuple[str, str, str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, "excel-tab", quoting=csv.QUOTE_ALL)
    writer.writerow(["question", "reference", "answer", "label"])
    writer.writerows(table)
    assert [(r.question, r.reference, r.answer, r.label) for r in rows(out.getvalue())] == table


@pytest.mark.parametrize(
    ("data", "marked", "reason"),
    [
        (b"", False, "t.tsv: empty"),
        (b"\n\n", False, "t.tsv: empty"),
        (HEAD.encode(), False, "no rows below the first line"),
        (b"question\tanswer\nq\ta\n", False, "no column reference"),
        (b"a cat", False, "no column question"),
        (b"question\treference\tanswer\nq\tr\ta\n", True, "no column label"),
        (HEAD.encode() + b"q\tr\ta\tx\nq\tr\ta\t\n", True, "t.tsv line 3: no label"),
        (HEAD.encode() + b"q\tr\ta\tx\nq\n", False, "t.tsv line 3: no reference"),
        (b"\xff\xfe\x00", False, "not UTF-8 at byte 0"),
        (HEAD.encode() + "é".encode("latin-1"), False, "not UTF-8 at byte"),
    ],
)
def test_what_cannot_be_used_says_where_and_why(data: bytes, marked: bool, reason: str) -> None:
    with pytest.raises(Unusable) as refused:
        rows_from(data, "t.tsv", marked=marked)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_answer_of_200_000_characters_is_a_row() -> None:
    assert len(rows(HEAD + "q\tr\t" + "x" * 200_000 + "\tx\n")[0].answer) == 200_000


@given(some.binary(max_size=200))
def test_any_bytes_are_rows_or_a_reason(data: bytes) -> None:
    try:
        found = rows_from(HEAD.encode() + data, "t.tsv", marked=False)
    except Unusable:
        return
    assert all(isinstance(row, Row) for row in found)
    assert found
