"""Decisions on plain values: whom a lesson reaches, what may be chosen, how things are named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import now
from yunke.school.library.reads.cards import media_url
from yunke.school.library.rules import (
    ENDINGS,
    LIMITS,
    Chosen,
    ending,
    largest,
    reaches,
    refused_at_choosing,
    refused_by_size,
)
from yunke.school.library.templatetags.library import moment
from yunke.school.library.values import (
    PAGE_WORDS,
    SUBJECT_ICONS,
    SUBJECT_NAMES,
    AssetKind,
    Draft,
    Standing,
    Subject,
    WordLine,
    WorkRow,
)
from yunke.school.library.views.catalogue import GRADES, Place, number_of
from yunke.school.library.views.uploads import UploadRefused, metadata, whole_number
from yunke.school.library.views.words import subject_name, subjects

ids = st.integers(min_value=1, max_value=4)
places = st.builds(Standing, st.frozensets(ids), st.frozensets(ids))
HERE = Standing(frozenset({2}), frozenset({20}))


@pytest.mark.parametrize(
    ("reach", "school", "county", "shown"),
    [
        ("city", 20, 2, True),
        ("city", 99, 9, True),
        ("county", 99, 2, True),
        ("county", 20, 9, False),
        ("school", 20, 2, True),
        ("school", 21, 2, False),
        ("world", 20, 2, False),
        ("", 20, 2, False),
    ],
)
def test_a_lesson_reaches_its_own_place_and_no_unknown_one(
    reach: str, school: int, county: int, shown: bool
) -> None:
    assert reaches(reach, school, county, HERE) is shown


@pytest.mark.parametrize("reach", ["school", "county"])
def test_a_lesson_of_no_place_reaches_nobody_there(reach: str) -> None:
    assert not reaches(reach, 0, 0, HERE)
    assert not reaches(reach, 0, 0, Standing())


@given(st.sampled_from(["school", "county", "city"]), ids, ids, places, places)
def test_standing_in_more_places_never_hides_a_lesson(
    reach: str, school: int, county: int, here: Standing, there: Standing
) -> None:
    both = Standing(here.counties | there.counties, here.schools | there.schools)
    alone = reaches(reach, school, county, here) or reaches(reach, school, county, there)
    assert reaches(reach, school, county, both) == alone


@pytest.mark.parametrize(("counties", "words"), [((), 0), ((3,), 3), ((3, 4), 0)])
def test_a_countys_words_are_for_who_stands_in_one_county(
    counties: tuple[int, ...], words: int
) -> None:
    assert Standing(frozenset(counties)).county == words


@pytest.mark.parametrize(
    ("own", "beneath", "city", "changed"),
    [(True, "旧", "新", True), (True, "旧", "旧", False), (False, "", "新", False)],
)
def test_a_line_knows_whether_the_city_went_on(
    own: bool, beneath: str, city: str, changed: bool
) -> None:
    assert WordLine("title", city, "县", own, beneath).changed is changed


@pytest.mark.parametrize(
    ("name", "found"),
    [("课.MP4", ".mp4"), ("a.tar.gz", ".gz"), ("课", ""), (".mp4", ""), ("a.mp4.", ".")],
)
def test_an_ending_is_what_stands_behind_the_last_dot(name: str, found: str) -> None:
    # What Python calls the ending of "a.mp4." differs by version: it is no ending of ours.
    assert ending(name) in {found, ""}
    assert (ending(name) in ENDINGS[AssetKind.VIDEO]) == (found == ".mp4")


@pytest.mark.parametrize("kind", list(AssetKind))
def test_the_largest_file_is_the_smaller_of_the_kinds_and_the_sites(kind: AssetKind) -> None:
    assert largest(kind, 10) == 10
    assert largest(kind, 1 << 50) == LIMITS.get(kind, 1 << 50)


@given(
    st.integers(min_value=-5, max_value=2000),
    st.integers(min_value=0, max_value=2000),
    st.integers(min_value=1, max_value=1500),
    st.integers(min_value=0, max_value=2000),
)
def test_what_is_taken_always_fits(size: int, kept: int, limit: int, quota: int) -> None:
    chosen = Chosen("video", "课.mp4", size)
    reason = refused_by_size(chosen, limit=limit, kept=kept, quota=quota)
    fits = 0 < size <= limit and kept + size <= quota
    assert (reason == "") == fits
    assert refused_at_choosing(chosen, limit=limit, kept=kept, quota=quota) == reason


@pytest.mark.parametrize("kind", list(AssetKind))
def test_every_ending_of_a_kind_is_taken_and_of_no_other_kind(kind: AssetKind) -> None:
    room = {"limit": 1 << 40, "kept": 0, "quota": 1 << 40}
    for name in ENDINGS[kind]:
        chosen = Chosen(kind, f"文件{name}", 100, "zh")
        assert refused_at_choosing(chosen, **room) == ""
        for other in set(AssetKind) - {kind}:
            assert refused_at_choosing(replace(chosen, kind=other), **room) == f"not-{other}"


def test_the_longest_name_is_taken_and_one_letter_more_is_not() -> None:
    room = {"limit": 500, "kept": 0, "quota": 500}
    name = "字" * 251 + ".mp4"
    assert refused_at_choosing(Chosen("video", name, 1), **room) == ""
    assert refused_at_choosing(Chosen("video", "字" + name, 1), **room) == "bad-name"


@given(st.integers(min_value=0, max_value=6 * 36000))
def test_a_moment_reads_back_as_the_tenth_that_it_was(tenths: int) -> None:
    text = moment(tenths / 10)
    minutes, _colon, seconds = text.partition(":")
    assert int(minutes) * 600 + round(float(seconds) * 10) == tenths
    assert 0 <= float(seconds) < 60
    assert len(seconds.partition(".")[0]) == 2


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.96, "1:00"), (123, "2:03"), (123.5, "2:03.5"), ("一分", "一分")],
)
def test_a_moment_as_people_write_it(seconds: float | str, shown: str) -> None:
    assert moment(seconds) == shown


def test_every_subject_has_its_names_and_its_icon() -> None:
    codes = {subject.value for subject in Subject}
    assert codes == set(SUBJECT_NAMES) == set(SUBJECT_ICONS)
    assert [s["id"] for s in subjects()] == list(SUBJECT_NAMES)
    assert all(s["name"] and s["name_en"].isascii() and s["icon"] for s in subjects())
    assert subject_name("magic") == {"id": "magic", "name": "", "name_en": "", "icon": "library"}


def test_a_county_adds_only_what_has_nothing_beneath() -> None:
    for fields in PAGE_WORDS.values():
        assert {"edition", "note"} < set(fields)
        assert "title" in fields


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("9", 9), ("0", 0), ("10", 0), ("-1", 0), ("1.0", 0), ("", 0), ("²", 0),
     ("３", 3), ("9" * 30, 0), ("3\0", 0)],
)  # fmt: skip
def test_a_number_of_the_address_is_a_grade_or_none(text: str, number: int) -> None:
    assert number_of(text, GRADES) == number


def test_an_address_of_the_catalogue_holds_only_what_was_chosen() -> None:
    here = Place(3, "chinese", "", 2)
    assert here.address() == "/catalogue?grade=3&subject=chinese"
    assert here.address(subject="") == "/catalogue?grade=3"
    assert here.address(page=3) == "/catalogue?grade=3&subject=chinese&page=3"
    assert Place(3, "", "古 诗&", 1).address() == "/catalogue?grade=3&q=%E5%8F%A4+%E8%AF%97%26"


def test_words_of_a_beginning_upload_are_pairs_of_a_name_and_base64() -> None:
    assert metadata("") == {}
    assert metadata("filename 6K++Lm1wNA==, kind dmlkZW8=,empty ") == {
        "filename": "课.mp4", "kind": "video", "empty": "",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["name not-base64", "name /w==", "a b c", "kind ====="])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        metadata(text)
    assert (refused.value.code, refused.value.status) == ("bad-name", 400)


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("15", 15), ("9" * 15, 10**15 - 1), ("007", 7)]
)
def test_a_number_of_bytes(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1e3", "²", "0x1", " 1", "9" * 16])
def test_what_is_no_number_of_bytes_is_refused(text: str) -> None:
    with pytest.raises(UploadRefused):
        whole_number(text)


def row(**more: object) -> WorkRow:
    return WorkRow(
        id=1, state="draft", version=1, draft=Draft(1, "课"), files=(), keeper=True, author_id=1,
        author_name="", unit="", unit_en="", grade=3, subject="maths", school_id=0, county_id=0,
        city_id=1, made_at=now(), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("help_", "may"), [("author", True), ("editor", True), ("commenter", False), ("", False)]
)
def test_authors_and_editors_edit_and_commenters_read(help_: str, may: bool) -> None:
    assert row(help=help_).may_edit is may


def test_a_file_of_a_lesson_has_one_address() -> None:
    assert media_url(7, 8, "page-001.jpg") == "/media/lessons/7/8/page-001.jpg"
