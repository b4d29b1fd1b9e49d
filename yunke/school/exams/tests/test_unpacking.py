"""What was sent, taken apart; what a read page means; the pixels that are kept."""

import io
import tracemalloc
import zipfile
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.sheets import BadPicture, Problem, Quality, SheetReading
from yunke.school.exams.actions import unpacking
from yunke.school.exams.actions.unpacking import files_in, pages_in
from yunke.school.exams.rules.pixels import EDGE, SHOWN_LONG, ink_of, jpeg_of, picture_of
from yunke.school.exams.rules.reading import LEAST_INK, SPOILT, agree, judged
from yunke.school.exams.values.paper import DoubtKind


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def taken(name: str, data: bytes) -> list[tuple[str, bytes]]:
    return [(part.name, part.data) for part in files_in(name, io.BytesIO(data))]


def test_members_come_one_by_one_and_say_where_they_stand() -> None:
    """A folder of a whole grade never lies in memory at once."""
    members = [(f"{n}.jpg", bytes([n]) * 3_000_000) for n in range(12)]
    source = io.BytesIO(packed(*members))
    tracemalloc.start()
    before, held = tracemalloc.get_traced_memory()[0], []
    places = []
    for part in files_in("a.zip", source):
        held.append(tracemalloc.get_traced_memory()[0] - before)
        places.append(part.before)
        assert part.share == pytest.approx(1 / 12)
        assert len(part.data) == 3_000_000
        del part
    tracemalloc.stop()
    assert max(held) < 10_000_000
    assert places == pytest.approx([n / 12 for n in range(12)])


def test_a_folder_that_is_damaged_at_its_end_gives_not_even_its_first_picture() -> None:
    data = packed(("1.jpg", b"one" * 100), ("2.jpg", b"two" * 100))
    at = data.rindex(b"twotwo")
    spoilt = data[:at] + b"TWO" + data[at + 3 :]
    given = []
    with pytest.raises(BadPicture, match="cannot be read"):
        given.extend(part.name for part in files_in("a.zip", io.BytesIO(spoilt)))
    assert given == []


def test_a_damaged_or_huge_file_that_is_no_picture_is_passed_over() -> None:
    data = packed(("1.jpg", b"one" * 100), ("notes.txt", b"two" * 100))
    at = data.rindex(b"twotwo")
    assert taken("a.zip", data[:at] + b"TWO" + data[at + 3 :]) == [("1.jpg", b"one" * 100)]


def test_a_single_file_is_itself_whatever_it_is_called() -> None:
    assert taken("a.zip", b"no zip at all") == [("a.zip", b"no zip at all")]
    assert taken("", b"") == [("", b"")]


def test_of_a_folder_pictures_and_pdfs_come_by_name_without_their_paths() -> None:
    data = packed(
        ("b/2.JPG", b"two"), ("a/1.png", b"one"), ("../../etc/3.pdf", b"three"), ("x.txt", b"no"),
        ("__MACOSX/._1.png", b"no"), ("folder.jpg/", b""), (".hidden.heic", b"four"),
    )  # fmt: skip
    assert taken("a.zip", data) == [
        ("3.pdf", b"three"), (".hidden.heic", b"four"), ("1.png", b"one"), ("2.JPG", b"two"),
    ]  # fmt: skip


def damaged(kind: str) -> bytes:
    data = packed(("1.jpg", b"picture" * 400), method=zipfile.ZIP_DEFLATED)
    start = data.index(b"1.jpg") + 5
    match kind:
        case "stream":
            return data[:start] + b"\xff" * 12 + data[start + 12 :]
        case "method":
            at = data.index(b"PK\x01\x02") + 10
            return data[:at] + b"\x63\x00" + data[at + 2 :]
        case "encrypted":
            at = data.index(b"PK\x01\x02") + 8
            return data[:at] + b"\x01\x00" + data[at + 2 :]
        case "offset":
            at = data.rindex(b"PK\x05\x06") + 16
            return data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :]
        case _:
            return packed(("readme.txt", b"no picture"))


@pytest.mark.parametrize("kind", ["stream", "method", "encrypted", "offset", "empty"])
def test_a_damaged_folder_is_refused_with_a_reason_and_never_with_a_crash(kind: str) -> None:
    with pytest.raises(BadPicture) as no:
        taken("a.zip", damaged(kind))
    assert str(no.value)


@settings(max_examples=60)
@given(at=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_folder_with_any_byte_changed_opens_or_is_refused(at: int, byte: int) -> None:
    data = bytearray(
        packed(("1.jpg", b"p" * 40), ("2.jpg", bytes(40)), method=zipfile.ZIP_DEFLATED)
    )
    data[at % len(data)] = byte
    try:
        found = taken("a.zip", bytes(data))
    except BadPicture:
        return
    assert all(isinstance(content, bytes) for _name, content in found)


@pytest.mark.parametrize(
    ("bound", "most"), [("MOST_MEMBERS", 1), ("MOST_MEMBER", 3), ("MOST_UNPACKED", 7)]
)
def test_a_folder_that_would_flood_the_disk_is_refused_before_it_is_unpacked(
    bound: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(("1.jpg", b"four"), ("2.jpg", b"four"))
    assert len(taken("a.zip", data)) == 2
    monkeypatch.setattr(unpacking, bound, most)
    with pytest.raises(BadPicture):
        taken("a.zip", data)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"%PDF-1.7 broken", b"PK\x03\x04"])
def test_what_cannot_be_counted_is_one_page(data: bytes) -> None:
    assert pages_in(data) == 1


PLACES: dict[str, dict[str, Any]] = {
    "1": {"position": 1, "way": "bubbles"}, "2": {"position": 2, "way": "digits"},
    "6": {"position": 6, "way": "writing"},
}  # fmt: skip
GOOD = Quality(corners=4)


def reading(**more: Any) -> SheetReading:
    told = {
        "pupil": "ABC", "page": 1, "answers": {"1": "A", "2": "12", "6": None, "自查1": "读"},
        "needs_person": (), "quality": GOOD,
    }  # fmt: skip
    return SheetReading(**{**told, **more})


def test_a_sure_page_has_its_marks_and_nothing_of_what_does_not_count() -> None:
    said = judged(reading(), PLACES, known=True)
    assert said.marks == {"1": "A", "2": "12"}
    assert said.doubts == ()


def test_an_empty_place_is_a_sure_nothing() -> None:
    said = judged(reading(answers={"1": None, "2": None}), PLACES, known=True)
    assert said.marks == {"1": None, "2": None}
    assert said.doubts == ()


def test_a_doubtful_item_is_asked_and_its_mark_is_not_kept() -> None:
    said = judged(reading(needs_person=("2", "6", "自查1")), PLACES, known=True)
    assert said.marks == {"1": "A"}
    assert said.doubts == ((DoubtKind.MARK, "2"),)


def test_a_page_of_nobody_asks_first_whose_it_is() -> None:
    said = judged(reading(needs_person=("1",)), PLACES, known=False)
    assert said.doubts == ((DoubtKind.WHOSE, "code"), (DoubtKind.MARK, "1"))


def test_without_a_code_only_the_rows_without_a_mark_are_asked() -> None:
    found = reading(
        pupil=None, answers={"1": "A", "2": None}, needs_person=("1", "2"),
        problems=(Problem.NO_CODE,),
    )  # fmt: skip
    said = judged(found, PLACES, known=False)
    assert said.marks == {"1": "A"}
    assert said.doubts == ((DoubtKind.WHOSE, "code"), (DoubtKind.MARK, "2"))


@pytest.mark.parametrize("problem", sorted(SPOILT))
def test_on_a_spoilt_page_nothing_is_believed(problem: Problem) -> None:
    said = judged(reading(problems=(problem,)), PLACES, known=True)
    assert said.marks == {}
    assert said.doubts == ((DoubtKind.PAGE, problem.value),)


@pytest.mark.parametrize(("corners", "asked"), [(0, True), (2, True), (3, False), (4, False)])
def test_a_page_with_a_part_away_is_asked(corners: int, asked: bool) -> None:
    said = judged(reading(quality=Quality(corners=corners)), PLACES, known=True)
    assert (said.doubts == ((DoubtKind.PAGE, "corners"),)) is asked
    assert bool(said.marks) is not asked


def test_what_was_refused_says_why() -> None:
    said = judged(reading(refused=Problem.OTHER_EXAM, problems=()), PLACES, known=False)
    assert said.doubts == ((DoubtKind.PAGE, "other_exam"),)


MARKS = st.dictionaries(st.sampled_from("12345"), st.sampled_from(["A", "B", None]))


@given(one=MARKS, two=MARKS)
def test_two_readings_agree_both_ways_and_only_where_both_are_sure(one, two) -> None:
    assert agree(one, two) == agree(two, one)
    assert agree(one, one)
    assert agree(one, {})
    both = [item for item in one if item in two]
    assert agree(one, two) == ([one[item] for item in both] == [two[item] for item in both])


def field(*strokes: tuple[int, int, int, int], tone: int = 235) -> bytes:
    """A cut area with its printed frame and two ruled lines; ``strokes``: of a pen."""
    pixels = np.full((300, 800, 3), tone, np.uint8)
    cv2.rectangle(pixels, (10, 10), (789, 289), (60, 60, 60), 3)
    for y in (110, 200):
        cv2.line(pixels, (12, y), (788, y), (150, 150, 150), 2)
    for x, y, to_x, to_y in strokes:
        cv2.line(pixels, (x, y), (to_x, to_y), (40, 30, 30), 6)
    done, data = cv2.imencode(".png", pixels)
    assert done
    return bytes(data)


@pytest.mark.parametrize("tone", [235, 170, 110])
def test_printed_lines_are_no_ink_whatever_the_light(tone: int) -> None:
    assert ink_of(field(tone=tone)) < LEAST_INK


def test_what_a_pen_wrote_is_ink_and_more_of_it_is_more() -> None:
    one, two = (100, 60, 160, 100), (300, 60, 340, 180)
    little, more = ink_of(field(one)), ink_of(field(one, two))
    assert LEAST_INK / 4 < little < more < 1
    assert more > LEAST_INK


def test_an_area_smaller_than_its_frame_has_no_ink() -> None:
    small = np.zeros((EDGE * 2, EDGE * 2, 3), np.uint8)
    assert ink_of(bytes(cv2.imencode(".png", small)[1])) == 0.0


def test_kept_pictures_are_our_own_pixels_and_carry_nothing_else_along() -> None:
    done, data = cv2.imencode(".jpg", np.full((2400, 1200, 3), 200, np.uint8))
    assert done
    secret = b"GPS 30.6 114.3 <script>"
    sent = bytes(data) + secret
    kept = picture_of(sent, 0)
    assert kept.startswith(b"\xff\xd8\xff")
    assert secret not in kept
    pixels = cv2.imdecode(np.frombuffer(kept, np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    assert max(pixels.shape) == SHOWN_LONG
    assert picture_of(sent, 1) == b""
    assert secret not in jpeg_of(field() + secret)


def test_a_small_picture_is_not_blown_up() -> None:
    done, data = cv2.imencode(".jpg", np.full((300, 200, 3), 200, np.uint8))
    assert done
    pixels = cv2.imdecode(np.frombuffer(picture_of(bytes(data), 0), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    assert pixels.shape[:2] == (300, 200)
