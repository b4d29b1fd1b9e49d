"""What people type into plans and papers, and what nobody sane would."""

import time
from datetime import timedelta
from fractions import Fraction

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.trouble import Refused
from yunke.craft.marking.items import item_from_json
from yunke.school.exams.actions.planning import Wish
from yunke.school.exams.forms.exams import (
    instant,
    instant_or_none,
    line_typed,
    numbers,
    plain,
    points_typed,
    whole,
    wish_typed,
)
from yunke.school.exams.rules.papers import (
    MOST_POINTS,
    added,
    body_json,
    body_of,
    moved,
    pointed,
    points_given,
    points_of,
    removed,
)
from yunke.school.exams.rules.writing import LETTERS, NotAQuestion, item_written
from yunke.school.exams.templatetags import exams as tags
from yunke.school.exams.values.exams import Mode, Sort
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

HUGE = "9" * 5_000


def query(**values: object) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in values.items():
        made.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [("7", 7), (" 7 ", 7), ("0", 0), ("10", 10), ("11", None), ("-1", None), ("1.0", None),
     ("７", 7), ("", None), (None, None), ("x", None), (HUGE, None), ("1e3", None)],
)  # fmt: skip
def test_a_whole_number_within_bounds_or_nothing(text, found) -> None:
    assert whole(text, 0, 10) == found


def test_ids_that_cannot_be_ids_are_left_out() -> None:
    assert numbers(["3", HUGE, "-1", "0", "x", "٣", "12345678901"]) == [3, 3]


@pytest.mark.parametrize(
    "text", ["", None, "tomorrow", "2026-13-01T09:00", "9999-12-31T23:59", "0001-01-01T00:00",
             "1999-12-31T23:59", HUGE],
)  # fmt: skip
def test_what_is_no_instant_of_a_school(text) -> None:
    assert instant(text) is None


def test_an_instant_is_on_the_schools_wall_clock() -> None:
    found = instant("2026-11-20T09:30")
    assert found is not None
    assert timezone.localtime(found, timezone.get_default_timezone()).hour == 9
    aware = instant("2026-11-20T09:30+00:00")
    assert aware is not None
    assert aware.utcoffset() == timedelta(0)


def test_an_empty_time_is_none_and_a_wrong_one_is_refused() -> None:
    assert instant_or_none(" ") is None
    with pytest.raises(Refused) as no:
        instant_or_none("soon")
    assert no.value.status == 422


def test_plain_text_holds_no_null_and_no_more_than_it_may() -> None:
    assert plain(" a\0b ", 9) == "ab"
    assert plain("x" * 99, 5) == "xxxxx"
    assert plain(None, 5) == ""


@pytest.mark.parametrize("read", [points_of, points_given])
@pytest.mark.parametrize(
    "text", ["1e9999999", "1e-9999999", HUGE, f"1/{HUGE}", "nan", "inf", "0x10", "1_0", "+-1",
             "1/0", "1//2", ".", "/", "2.", "½"],
)  # fmt: skip
def test_hostile_points_are_answered_at_once_and_never_taken(read, text) -> None:
    began = time.perf_counter()
    found = read(text)
    assert time.perf_counter() - began < 0.2
    assert found is None or found <= 2


@given(st.fractions(min_value=0, max_value=200, max_denominator=100))
def test_every_sensible_fraction_comes_back_as_it_was_typed(worth) -> None:
    assert points_given(str(worth)) == worth
    assert points_of(str(worth)) == (worth if worth else None)


@given(st.text(max_size=30))
def test_whatever_is_typed_points_stay_within_their_bounds(text) -> None:
    found, given_points = points_of(text), points_given(text)
    assert found is None or 0 < found <= MOST_POINTS
    assert given_points == -1 or 0 <= given_points <= MOST_POINTS


def test_points_that_are_none_are_refused() -> None:
    assert points_typed("2.5") == Fraction(5, 2)
    with pytest.raises(Refused):
        points_typed("0")


@pytest.mark.parametrize(
    ("kind", "more", "word"),
    [
        ("choice", {"stem": ""}, "题干"),
        ("choice", {"options": "一"}, "选项"),
        ("choice", {"options": "\n".join("一二三四五六七八九")}, "选项"),
        ("choice", {"key": "H"}, "答案"),
        ("poem", {}, "题型"),
        ("ordering", {}, "题型"),
        ("number", {"key": "1e999999"}, "答案"),
    ],
)
def test_a_question_that_is_none_says_what_is_wrong(kind, more, word) -> None:
    typed = {"kind": kind, "stem": "?", "options": "一\n二", "key": "A", "points": "2", **more}
    with pytest.raises(Refused, match=word) as no:
        line_typed(typed)
    assert no.value.status == 422


def test_a_written_question_carries_its_point_worth_and_section() -> None:
    line = line_typed(
        {"kind": "short-text", "stem": "为什么？", "key": "因为\n所以\n", "points": "1/2",
         "section": "3", "point": "m.add", "reasoning": "想一想"}
    )  # fmt: skip
    assert (line.section, line.points, line.question_id) == (3, Fraction(1, 2), 0)
    item = item_from_json(line.item)
    assert item.knowledge == ("m.add",)
    assert item.key.references == ("因为", "所以")


@pytest.mark.parametrize(("section", "kept"), [("99", 0), ("-1", 0), ("x", 0), ("11", 11)])
def test_a_section_that_cannot_be_is_the_first(section, kept) -> None:
    typed = {"kind": "long-text", "stem": "写", "points": "5", "section": section}
    assert line_typed(typed).section == kept


def wish(**more: object) -> Wish:
    typed = {"starts_at": "2026-11-20T09:00", "minutes": "40", "class": ["2", "1", "2"], **more}
    return wish_typed(query(**typed), 7)


def test_a_plan_as_it_is_usually_typed() -> None:
    found = wish()
    assert (found.paper_id, found.class_ids, found.minutes) == (7, (1, 2), 40)
    assert found.ends_at - found.starts_at == timedelta(minutes=40)
    assert (found.sort, found.mode, found.late_minutes) == (Sort.QUIZ, Mode.SCREEN, None)
    assert (found.appeal_days, found.release_at, found.shuffle, found.late_full) == (
        3, None, False, False,
    )  # fmt: skip


def test_a_plan_with_everything_in_it() -> None:
    found = wish(
        sort="final", mode="home", window="120", late="some", late_minutes="15", late_full="yes",
        shuffle="yes", appeal_days="0", release_at="2026-11-21T09:00", note="带尺子",
    )  # fmt: skip
    assert found.ends_at - found.starts_at == timedelta(minutes=120)
    assert (found.sort, found.mode, found.late_minutes) == (Sort.FINAL, Mode.HOME, 15)
    assert (found.late_full, found.shuffle, found.appeal_days) == (True, True, 0)
    assert found.release_at is not None
    assert found.note == "带尺子"


@pytest.mark.parametrize(
    "more",
    [{"starts_at": ""}, {"starts_at": "9999-12-31T23:59"}, {"minutes": ""}, {"minutes": "0"},
     {"minutes": HUGE}, {"release_at": "soon"}],
)  # fmt: skip
def test_what_no_plan_can_be_is_refused(more) -> None:
    with pytest.raises(Refused) as no:
        wish(**more)
    assert no.value.status == 422


def test_junk_beside_the_times_falls_back_to_the_usual() -> None:
    found = wish(sort="exam", mode="moon", window=HUGE, appeal_days="99", **{"class": [HUGE, "x"]})
    assert (found.sort, found.mode, found.appeal_days) == (Sort.QUIZ, Mode.SCREEN, 3)
    assert found.class_ids == ()
    assert found.ends_at - found.starts_at == timedelta(minutes=40)


# What happens to a paper's lines, whatever is done.

bodies = st.builds(
    lambda worth, parts: PaperBody(
        "卷", "", "", tuple(Section(str(n)) for n in range(parts)),
        tuple(
            PaperLine(min(n * parts // max(len(worth), 1), parts - 1), points, question_id=n + 1)
            for n, points in enumerate(worth)
        ),
    ),
    st.lists(st.fractions(Fraction(1, 2), 9, max_denominator=10), max_size=9),
    st.integers(1, 4),
)  # fmt: skip


def grouped(body: PaperBody) -> bool:
    return [x.section for x in body.lines] == sorted(x.section for x in body.lines)


@given(bodies, st.integers(-3, 12), st.sampled_from([-1, 1]))
def test_moving_a_line_keeps_all_lines_and_their_sections(body, position, by) -> None:
    after = moved(body, position, by)
    assert sorted(x.question_id for x in after.lines) == sorted(x.question_id for x in body.lines)
    assert grouped(after)
    assert after.total == body.total


@given(bodies, st.integers(-2, 40), st.integers(1, 60))
def test_a_line_that_is_added_shows_in_a_section_that_there_is(body, section, question) -> None:
    after = added(body, PaperLine(section, Fraction(1), question_id=question))
    assert grouped(after)
    assert all(0 <= line.section < len(body.sections) for line in after.lines)
    fresh = question not in {line.question_id for line in body.lines}
    assert len(after.lines) == len(body.lines) + fresh


@given(bodies, st.integers(-2, 12))
def test_taking_out_takes_one_line_or_none(body, position) -> None:
    after = removed(body, position)
    there = 1 <= position <= len(body.lines)
    assert len(after.lines) == len(body.lines) - there
    again = pointed(body, position, Fraction(100))
    assert (again.total > body.total) == there
    assert body_of(body_json(after)) == after


@given(st.lists(st.text("天地人你我他 ", min_size=1, max_size=6), max_size=11), st.text(max_size=4))
def test_a_choice_is_one_right_option_among_two_to_eight_or_no_question(texts, key) -> None:
    lines = "\n".join(texts)
    try:
        item = item_from_json(item_written("choice", stem="?", options=lines, key=key))
    except NotAQuestion as no:
        item, why = None, str(no)
    if item is None:
        assert why in {"options", "key"}
        return
    assert 2 <= len(item.key.options) <= len(LETTERS)
    assert item.key.right in [o.id for o in item.key.options]


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "—"), (Fraction(2), "2"), (Fraction(5, 2), "2.5"), (Fraction(1, 3), "1/3"),
     (Fraction(0), "0"), (Fraction(1, 8), "1/8"), (Fraction(7, 4), "1.75")],
)  # fmt: skip
def test_points_as_they_are_read(value, written) -> None:
    assert tags.points(value) == written


def test_shares_and_numbers_as_they_are_read() -> None:
    assert [tags.percent(x) for x in (None, 0.0, 0.555, 1.0)] == ["—", "0%", "56%", "100%"]
    assert [tags.two(x) for x in (None, 0.5)] == ["—", "0.50"]
    assert tags.whole_minutes(timedelta(seconds=89)) == 1
    assert tags.whole_minutes(timedelta(minutes=-5)) == 0


@pytest.mark.parametrize(("language", "n"), [("zh-hans", 1), ("en", 2)])
def test_every_sort_mode_and_incident_has_a_name_in_both_languages(language, n) -> None:
    with translation.override(language):
        names = [tags.sort_name(s) for s in Sort] + [tags.mode_name(x) for x in Mode]
        names += [tags.incident_name(k) for k in ("late", "ill", "device", "other")]
        assert tags.words(("k", "中", "E")) == ("中", "E")[n - 1]
    assert all(name.isascii() == (n == 2) for name in names)
    assert len({tags.mode_icon(x) for x in Mode}) == 3
