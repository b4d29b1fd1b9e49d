"""What a profile forbids, a paper at rest, what a form may write, the code of a home exam."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from yunke.craft.marking.items import item_from_json
from yunke.school.exams.rules.calendar import (
    BANDS,
    LIMITS,
    Limit,
    Planned,
    band_of,
    limits_of,
    points_shown,
    refused,
)
from yunke.school.exams.rules.home import CHECKS, all_checked, code_right, code_shows, photos_until
from yunke.school.exams.rules.papers import (
    added,
    body_json,
    body_of,
    lacks,
    moved,
    pointed,
    points_given,
    points_of,
    removed,
    too_large,
    with_section,
)
from yunke.school.exams.rules.sealing import SealBroken, opened, sealed
from yunke.school.exams.rules.writing import NotAQuestion, item_written
from yunke.school.exams.values.exams import Mode, Sort
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

KEY, OTHER = b"k" * 32, b"o" * 32
NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def asked(
    profile: str, sort: Sort, grade: int, have: Sequence[Sort] = (), mode: Mode = Mode.SCREEN
) -> Limit | None:
    planned = [Planned(one, Mode.SCREEN) for one in have]
    return refused(profile, sort=sort, mode=mode, grade=grade, planned=planned)


def test_china_has_one_final_exam_a_term_and_none_in_the_first_two_grades() -> None:
    assert asked("cn", Sort.FINAL, 4) is None
    assert asked("cn", Sort.FINAL, 4, [Sort.FINAL]) is not None
    assert asked("cn", Sort.FINAL, 1) is not None


def test_china_has_no_midterms_in_primary_school_and_one_in_junior_secondary() -> None:
    assert asked("cn", Sort.MIDTERM, 5) is not None
    assert asked("cn", Sort.MIDTERM, 7) is None
    assert asked("cn", Sort.MIDTERM, 8, [Sort.MIDTERM]) is not None


def test_china_has_no_unit_exams_and_mocks_only_before_leaving() -> None:
    assert asked("cn", Sort.UNIT, 6) is not None
    assert asked("cn", Sort.MOCK, 8) is not None
    assert asked("cn", Sort.MOCK, 9, [Sort.MOCK]) is None
    assert asked("cn", Sort.MOCK, 9, [Sort.MOCK, Sort.MOCK]) is not None


def test_a_class_quiz_is_practice_but_not_on_paper_for_the_smallest() -> None:
    assert asked("cn", Sort.QUIZ, 1, [Sort.QUIZ] * 9) is None
    assert asked("cn", Sort.QUIZ, 2, mode=Mode.PAPER) is not None
    assert asked("cn", Sort.QUIZ, 3, mode=Mode.PAPER) is None


def test_where_no_law_limits_exams_none_is_refused() -> None:
    for profile in ("eu", "us"):
        assert asked(profile, Sort.FINAL, 1, [Sort.FINAL] * 5) is None


def test_every_limit_names_its_source_in_both_languages() -> None:
    for limits in LIMITS.values():
        for limit in limits:
            assert all([limit.why, limit.why_en, limit.source, limit.source_en, limit.sorts])
    assert set(LIMITS) == {"cn", "eu", "us", "strict"}
    assert len(limits_of("cn", 4)) == 4


def test_results_are_bands_alone_where_the_profile_says_so() -> None:
    assert [points_shown(p) for p in ("cn", "strict", "eu", "us")] == [False, False, True, True]
    assert [band_of(s)[0] for s in (1, 0.85, 0.7, 0.6, 0.59, 0)] == ["a", "a", "b", "c", "d", "d"]
    assert [low for low, *_words in BANDS] == sorted((b[0] for b in BANDS), reverse=True)


def test_a_sealed_paper_opens_with_its_key_for_itself_alone() -> None:
    box = sealed("期末卷", KEY, about="paper-1")
    assert opened(box, KEY, about="paper-1") == "期末卷"
    for key, about in ((OTHER, "paper-1"), (KEY, "paper-2")):
        with pytest.raises(SealBroken):
            opened(box, key, about=about)


def test_a_sealed_paper_tells_nothing_and_is_another_one_each_time() -> None:
    one, two = (sealed("期末卷" * 9, KEY, about="paper-1") for _n in range(2))
    assert one != two
    assert "期末" not in one


@pytest.mark.parametrize("at", [4, 10, 20, -6])
def test_a_sealed_paper_that_was_changed_opens_no_more(at: int) -> None:
    box = sealed("期末卷", KEY, about="p")
    letter = "A" if box[at] != "A" else "B"
    changed = box[:at] + letter + box[at + 1 :]
    with pytest.raises(SealBroken):
        opened(changed, KEY, about="p")
    with pytest.raises(SealBroken):
        opened("nonsense", KEY, about="p")


LINES = tuple(PaperLine(n // 2, Fraction(n + 1, 2), question_id=n + 1) for n in range(4))
BODY = PaperBody("卷", "Paper", "话", (Section("一"), Section("二", "Two", "注")), LINES)


def test_a_paper_travels_and_comes_back_as_it_was() -> None:
    item = item_written("number", stem="1+1", key="2 米")
    body = added(BODY, PaperLine(1, Fraction(3), item=item))
    assert body_of(body_json(body)) == body
    assert body.total == Fraction(5) + 3


def test_lines_move_within_their_section_only() -> None:
    assert [x.question_id for x in moved(BODY, 1, 1).lines] == [2, 1, 3, 4]
    assert moved(BODY, 2, 1) == BODY
    assert moved(BODY, 1, -1) == BODY
    assert moved(BODY, 9, 1) == BODY


def test_a_question_of_the_library_stands_in_a_paper_once() -> None:
    again = added(BODY, PaperLine(0, Fraction(9), question_id=1), PaperLine(0, Fraction(1), 7))
    assert [x.question_id for x in again.lines] == [1, 2, 7, 3, 4]


def test_lines_are_taken_out_and_given_other_points() -> None:
    assert [x.question_id for x in removed(BODY, 2).lines] == [1, 3, 4]
    assert pointed(BODY, 2, Fraction(7)).lines[1].points == 7
    assert with_section(BODY, "三").sections[-1].name == "三"


def test_what_a_paper_lacks_and_when_it_is_too_large() -> None:
    assert lacks(BODY) == ""
    assert lacks(PaperBody("", lines=LINES)) == "title"
    assert lacks(PaperBody("卷")) == "lines"
    assert lacks(pointed(BODY, 1, Fraction(0))) == "points"
    assert too_large(PaperBody("卷", lines=LINES * 40))
    assert not too_large(BODY)


@pytest.mark.parametrize(
    ("text", "points"),
    [("2", 2), (" 2.5 ", Fraction(5, 2)), ("1/3", Fraction(1, 3)), ("0", None), ("-1", None),
     ("1/0", None), ("9999", None), ("两", None), ("1.23456", None)],
)  # fmt: skip
def test_points_as_people_type_them(text, points) -> None:
    assert points_of(text) == points


def test_points_of_a_mark_may_be_nought_and_nonsense_is_refused_as_below_it() -> None:
    assert points_given("0") == 0
    assert points_given("2.5") == Fraction(5, 2)
    assert points_given("x") < 0


def test_a_choice_from_lines_with_or_without_letters() -> None:
    for options in ("A. 一\nB. 二", "一\n二", "a) 一\n\nb) 二"):
        item = item_from_json(item_written("choice", stem="?", options=options, key="b"))
        assert [o.text for o in item.key.options] == ["一", "二"]
        assert item.key.right == "B"


def test_several_right_options_and_true_or_false() -> None:
    many = item_from_json(item_written("multiple", stem="?", options="一\n二\n三", key="A C"))
    assert many.key.right == ("A", "C")
    for text, right in (("对", True), ("×", False), ("TRUE", True)):
        assert item_from_json(item_written("true-false", stem="?", key=text)).key.right is right


@pytest.mark.parametrize(
    ("kind", "more", "what"),
    [
        ("choice", {"stem": " "}, "stem"),
        ("choice", {"stem": "?", "options": "一", "key": "A"}, "options"),
        ("choice", {"stem": "?", "options": "一\n二", "key": "C"}, "key"),
        ("choice", {"stem": "?", "options": "一\n二", "key": "AB"}, "key"),
        ("true-false", {"stem": "?", "key": "也许"}, "key"),
        ("number", {"stem": "?", "key": "很多"}, "key"),
        ("short-text", {"stem": "?", "key": ""}, "key"),
        ("poem", {"stem": "?"}, "kind"),
    ],
)
def test_what_is_no_question_says_which_field(kind, more, what) -> None:
    with pytest.raises(NotAQuestion, match=what):
        item_written(kind, **more)


def test_a_code_is_right_with_blanks_and_full_width_digits_and_never_when_empty() -> None:
    assert code_right("123 456", "123456")
    assert code_right("１２３４５６", "123456")
    assert not code_right("123457", "123456")
    assert not code_right("", "")


def test_a_code_shows_from_the_start_on_with_the_list_done() -> None:
    assert code_shows(True, NINE, NINE)
    assert not code_shows(False, NINE, NINE)
    assert not code_shows(True, NINE, NINE - timedelta(seconds=1))
    assert all_checked({key: True for key, *_words in CHECKS})
    assert not all_checked({key: "true" for key, *_words in CHECKS})
    assert photos_until(NINE) == NINE + timedelta(minutes=15)
