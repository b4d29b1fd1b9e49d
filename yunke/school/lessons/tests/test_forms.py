"""What teachers type becomes a moment, a question, a list of pupils; anything else is said."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.lessons.forms import LETTERS, PackForm, TaskForm, moment_of
from yunke.school.lessons.rules.marking import is_right, letters, number, plain
from yunke.school.lessons.views.lesson import _clock

TASK = {"at": "1:05", "kind": "choice", "stem": "哪个是动词？", "choices": "看\n花", "answer": "A"}


def task(**more: str) -> TaskForm:
    form = TaskForm({**TASK, **more})
    form.is_valid()
    return form


@given(st.integers(min_value=0, max_value=99 * 3600))
def test_a_moment_is_read_back_as_it_is_written(seconds: int) -> None:
    minutes, rest = divmod(seconds, 60)
    hours, left = divmod(minutes, 60)
    assert moment_of(f"{hours}:{left}:{rest:02}") == seconds
    if minutes < 1000:
        assert moment_of(_clock(seconds)) == seconds
    if seconds < 100_000:
        assert moment_of(str(seconds)) == seconds


@pytest.mark.parametrize(
    "text", ["", "一分", "1:5", "1:05:5", "-1", "1e3", "1:00:00:00", "²", "nan"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment_of(text) is None


@given(st.text(max_size=20))
def test_no_text_breaks_a_moment(text: str) -> None:
    found = moment_of(text)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, set()),
        ({"at": "中间"}, {"at"}),
        ({"at": ""}, {"at"}),
        ({"stem": ""}, {"stem"}),
        ({"stem": "", "question": "5", "answer": ""}, set()),
        ({"question": "0"}, {"question"}),
        ({"question": "x"}, {"question"}),
        ({"choices": "只有一个"}, {"choices"}),
        ({"choices": "\n \n看\n"}, {"choices"}),
        ({"answer": ""}, {"answer"}),
        ({"answer": "C"}, {"answer"}),
        ({"answer": "a b"}, set()),
        ({"kind": "number", "answer": "1/2"}, set()),
        ({"kind": "number", "answer": "半个"}, {"answer"}),
        ({"kind": "text", "answer": ""}, set()),
        ({"kind": "song"}, {"kind"}),
        ({"stem": "字" * 1001}, {"stem"}),
        ({"stem": "a\0b"}, {"stem"}),
    ],
)
def test_a_task_says_which_field_is_wrong(more: dict[str, str], wrong: set[str]) -> None:
    assert set(task(**more).errors) == wrong


@pytest.mark.parametrize(
    ("more", "options", "key"),
    [
        ({}, ["A", "B"], ["A"]),
        ({"choices": " 看 \n\n花\n草", "answer": "ca"}, ["A", "B", "C"], ["C", "A"]),
        ({"choices": "\n".join("一二三四五六七八")}, list("ABCDEF"), ["A"]),
        ({"kind": "number", "answer": " 1/2 "}, [], ["1/2"]),
        ({"kind": "text", "answer": "苹果 / apple/ "}, [], ["苹果", "apple"]),
        ({"kind": "text", "answer": ""}, [], []),
        ({"kind": "", "answer": "看"}, [], ["看"]),
    ],
)
def test_a_question_has_its_options_and_what_is_right(
    more: dict[str, str], options: list[str], key: list[str]
) -> None:
    form = task(**more)
    assert [option["id"] for option in form.options()] == options
    assert form.key() == key
    assert all(option["text"] for option in form.options())


@given(st.lists(st.sampled_from(LETTERS[:3]), min_size=1, max_size=3, unique=True))
def test_what_a_teacher_called_right_is_right_when_a_pupil_answers_it(chosen: list[str]) -> None:
    form = task(choices="一\n二\n三", answer=" ".join(chosen).lower())
    assert not form.errors
    assert is_right("choice", form.key(), ",".join(reversed(chosen))) is True
    assert is_right("choice", form.key(), ",".join([*chosen, "D"])) is False


def pack(text: str) -> PackForm:
    form = PackForm(QueryDict(text))
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("text", "shown"), [("3", (3,)), ("3,1,2", (3, 1, 2)), ("007", (7,)), ("9" * 18, (10**18 - 1,))]
)
def test_the_pupils_who_were_shown_are_read_in_order(text: str, shown: tuple[int, ...]) -> None:
    form = pack(f"shown={text}&video=on")
    assert not form.errors
    assert form.cleaned_data["shown"] == shown


@pytest.mark.parametrize("text", ["", ",", "1,", "a", "1 2", "²", "-1", "1.0", "9" * 19, "1;2"])
def test_a_broken_list_of_pupils_is_refused_and_never_an_error(text: str) -> None:
    assert "shown" in pack(f"shown={text}&video=on").errors


@pytest.mark.parametrize(
    ("parts", "empty"),
    [("", True), ("&video=on", False), ("&tasks=1", False), ("&courseware=on", False),
     ("&video=", True)],
)  # fmt: skip
def test_a_pack_holds_something(parts: str, empty: bool) -> None:
    assert bool(pack("shown=1" + parts).non_field_errors()) is empty


# Marking, over all that people type


@given(st.fractions(min_value=-1000, max_value=1000))
def test_a_fraction_is_itself_in_every_writing(value: Any) -> None:
    written = f"{value.numerator}/{value.denominator}"
    assert number(written) == value
    assert number(f" {written} ") == value
    full_width = written.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert number(full_width.replace("-", "−")) == value
    assert is_right("number", [written], written) is True


@given(st.integers(min_value=0, max_value=10**6))
def test_a_percentage_is_a_hundredth(value: int) -> None:
    found = number(f"{value}%")
    assert found is not None
    assert found * 100 == value


@given(st.text(max_size=60))
def test_no_answer_breaks_the_marking(text: str) -> None:
    for kind, key in (("choice", ["A"]), ("number", ["1"]), ("text", ["春"])):
        assert is_right(kind, key, text) in {True, False}
        assert is_right(kind, [], text) is None


@given(st.text(max_size=60))
def test_plain_texts_are_plain_already_and_answer_themselves(text: str) -> None:
    folded = plain(text)
    assert is_right("text", [text], text) is True
    assert all(c.isalnum() or not c.isspace() for c in folded)


@given(st.lists(st.sampled_from("ABCDEF"), max_size=6))
def test_letters_are_a_set_whatever_parts_them(chosen: list[str]) -> None:
    for comma in (",", "，", "、", " ", " , ", "\n"):
        assert letters(comma.join(chosen)) == set(chosen)
        assert letters(comma.join(chosen).lower()) == set(chosen)
