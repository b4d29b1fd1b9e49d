"""What the forms of homework take, and what they refuse. On what a browser or a stranger sends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.homework.actions.setting import told
from yunke.school.homework.actions.tasks import key_of, prompt_of
from yunke.school.homework.forms import (
    DueForm,
    ExtendForm,
    GroupForm,
    HomeworkForm,
    IdsField,
    MomentField,
    ReturnForm,
    SignForm,
    first_error,
)
from yunke.school.homework.rules.setting import (
    KIND_OF_TASK,
    SETTLED,
    SPOKEN_OR_DONE,
    Fault,
    fault_of,
    is_written,
)
from yunke.school.homework.values import AskedFor, Reveal, Setting, Task

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
GOOD = {"title": "练习", "minutes": "15", "due": "2026-03-02T20:00", "reveal": "due"}


def sent(**fields: Any) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in fields.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found


def homework(**fields: Any) -> HomeworkForm:
    form = HomeworkForm(sent(**{**GOOD, **fields}))
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([], ()), (None, ()), (["1", "2"], (1, 2)), (["1,2", "3"], (1, 2, 3)), (["2,1,2"], (2, 1)),
        ([" 7 , 8 "], (7, 8)), ([",,"], ()), (["0" * 17 + "5"], (5,)),
    ],
)  # fmt: skip
def test_ids_come_in_their_order_and_once_each(value: Any, found: tuple[int, ...]) -> None:
    assert IdsField(required=False).clean(value) == found


@pytest.mark.parametrize("value", [["x"], ["1,-2"], ["1.5"], ["9" * 19], ["1;2"], ["1"] * 1001])
def test_what_is_no_list_of_ids_is_refused(value: Any) -> None:
    form = GroupForm(sent(class_id="1", name="甲", pupils=value))
    assert not form.is_valid()
    assert "名单不完整" in first_error(form)


@given(st.lists(st.integers(0, 10**18 - 1), max_size=60))
def test_any_ids_come_back_as_they_were_sent(numbers: list[int]) -> None:
    wanted = tuple(dict.fromkeys(numbers))
    assert IdsField(required=False).clean([",".join(map(str, numbers))]) == wanted
    assert IdsField(required=False).clean([str(one) for one in numbers]) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-02T20:00", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2026-03-02T07:59", datetime(2026, 3, 1, 23, 59, tzinfo=UTC)),
        ("2026-03-02 20:00:30", datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)),
        ("", None),
    ],
)
def test_the_schools_wall_clock_becomes_an_instant(text: str, found: datetime | None) -> None:
    assert MomentField(required=False).clean(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow", "2026-13-01T10:00", "2026-02-30T10:00", "1999-12-31T23:59", "2201-01-01T00:00",
        "2026-03-02T20:00Z", "2026-03-02T20:00+08:00", "9999-12-31T23:59", "0001-01-01T00:00",
        "2026-03-02T25:00", "a\0b",
    ],
)  # fmt: skip
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    form = DueForm(sent(due=text))
    assert not form.is_valid()
    assert first_error(form)


def test_the_whole_form_as_a_browser_sends_it() -> None:
    form = homework(
        classes=["1", "2"], questions="5,6", task=["paper", "reading"], text_paper=" 练习册 8 页 ",
        text_reading="静夜思", slot="2026-09-01:3", lesson="7", opens="2026-03-02T08:00",
        reason="复习", words="认真",
    )  # fmt: skip
    assert form.is_valid(), form.errors
    data = form.cleaned_data
    assert (data["classes"], data["questions"]) == ((1, 2), (5, 6))
    assert data["slot"] == (date(2026, 9, 1), 3)
    assert form.tasks() == [(Task.PAPER, "练习册 8 页"), (Task.READING, "静夜思")]
    assert data["opens"] < data["due"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "长" * 81), ("words", "长" * 1001), ("minutes", "-1"),
        ("minutes", "601"), ("minutes", "x"), ("minutes", ""), ("reveal", "never"), ("reveal", ""),
        ("lesson", "0"), ("lesson", "-3"), ("lesson", "9" * 30), ("slot", "2026-09-01"),
        ("slot", "2026-09-01:"), ("slot", "2026-09-01:-3"), ("slot", "2026-09-01:21"),
        ("slot", "2026-09-01:99999999"), ("slot", "2026-99-01:3"), ("slot", "x:3"),
        ("slot", "1:2:3"), ("task", "dance"), ("reason", "长" * 301), ("due", ""), ("due", "x"),
        ("text_signed", "长" * 201), ("text_paper", "长" * 301), ("title", "a\0b"),
    ],
)  # fmt: skip
def test_a_field_out_of_bounds_is_told_at_its_field(field: str, value: str) -> None:
    form = homework(**{field: value})
    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize("task", [Task.READING, Task.RECITATION])
def test_what_is_read_or_recited_must_be_written_down(task: Task) -> None:
    form = homework(task=[task.value], **{f"text_{task.value}": "  "})
    assert list(form.errors) == [f"text_{task.value}"]
    assert homework(task=[task.value], **{f"text_{task.value}": "静夜思"}).is_valid()


@pytest.mark.parametrize(("days", "fits"), [("1", True), ("60", True), ("0", False), ("61", False)])
def test_an_extension_is_of_one_to_sixty_days(days: str, fits: bool) -> None:
    assert ExtendForm(sent(pupils="1", days=days)).is_valid() is fits


def test_small_forms_say_what_is_missing() -> None:
    assert not ExtendForm(sent(days="3")).is_valid()
    assert not GroupForm(sent(class_id="1", name="", pupils="1")).is_valid()
    assert not GroupForm(sent(class_id="1", name="长" * 31, pupils="1")).is_valid()
    assert ReturnForm(sent()).is_valid()
    assert ReturnForm(sent(correct="on", pupils="3")).is_valid()
    assert SignForm(sent()).is_valid()
    assert first_error(SignForm(sent())) == ""


def setting(**more: Any) -> Setting:
    values: dict[str, Any] = {
        "class_id": 1, "title": "练习", "words": "", "subject": "chinese", "minutes": 15,
        "written": True, "opens_at": AT, "due_at": AT.replace(hour=9), "reveal": Reveal.DUE,
        "asked": (AskedFor(1),), "pupils": (1,),
    }  # fmt: skip
    return Setting(**{**values, **more})


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({}, None), ({"title": " "}, Fault.TITLE), ({"title": "x" * 81}, Fault.TITLE),
        ({"title": "x" * 80}, None), ({"asked": ()}, Fault.NOTHING),
        ({"asked": tuple(AskedFor(n) for n in range(101))}, Fault.TOO_MANY),
        ({"asked": tuple(AskedFor(n) for n in range(100))}, None),
        ({"asked": (AskedFor(1), AskedFor(1))}, Fault.TWICE),
        ({"asked": (AskedFor(1, 0),)}, Fault.POINTS), ({"asked": (AskedFor(1, -1),)}, Fault.POINTS),
        ({"asked": (AskedFor(1, 101),)}, Fault.POINTS), ({"asked": (AskedFor(1, 100),)}, None),
        ({"minutes": -1}, Fault.MINUTES), ({"minutes": 601}, Fault.MINUTES), ({"minutes": 0}, None),
        ({"due_at": AT}, Fault.BACKWARDS), ({"pupils": ()}, Fault.NOBODY),
        ({"title": "", "pupils": ()}, Fault.TITLE),
    ],
)  # fmt: skip
def test_the_first_thing_wrong_with_a_homework(more: dict[str, Any], fault: Fault | None) -> None:
    assert fault_of(setting(**more)) is fault


def test_every_fault_has_words_that_say_nothing_was_set() -> None:
    words = {told(fault) for fault in Fault}
    assert len(words) == len(Fault)
    assert all("没有布置" in one for one in words)


@pytest.mark.parametrize("task", list(Task))
def test_every_task_has_a_key_of_its_kind_and_a_prompt(task: Task) -> None:
    kinds = {"PracticalKey": "practical", "ReadingKey": "reading", "RecitationKey": "recitation",
             "HandwritingKey": "handwriting", "SignedKey": "signed"}  # fmt: skip
    made = kinds[type(key_of(task, "静夜思")).__name__]
    assert is_written([made]) is is_written([KIND_OF_TASK[task]]) or task is Task.PAPER
    assert prompt_of(task, "").strip()
    spoken = task in {Task.READING, Task.RECITATION}
    assert (prompt_of(task, "床前明月光") == "床前明月光") is not spoken


def test_a_task_without_words_of_the_teacher_still_asks_the_guardian_something() -> None:
    assert key_of(Task.SIGNED, "").statement == "孩子完成了这项任务。"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kinds", "written"),
    [
        ([], True), (["reading"], False), (["reading", "recitation", "practical", "signed"], False),
        (["signed", "choice"], True), (["handwriting"], True), (["long-text"], True),
    ],
)  # fmt: skip
def test_work_is_written_unless_all_of_it_is_spoken_or_done(
    kinds: list[str], written: bool
) -> None:
    assert is_written(kinds) is written


def test_what_a_person_has_to_look_at_is_never_settled_by_a_rule() -> None:
    assert not SETTLED & (SPOKEN_OR_DONE | {"short-text", "long-text", "handwriting"})
