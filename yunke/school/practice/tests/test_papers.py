"""Drills on paper: printed, filled, photographed, read, decided where unclear."""

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.clock import monday, today
from yunke.craft.marking.items import item_from_json
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.school.practice.actions.printing import layouts_of
from yunke.school.practice.models import Answered, Drill, ErrorEntry, Mastery, Paper, Printing
from yunke.school.practice.rules.paper import drill_of, layout_of, value_of, values_of, wrap
from yunke.school.practice.tests.makers import choice, drill, followed, number, point, run, truth

pytestmark = pytest.mark.django_db
PIXELS = 6.0  # a millimetre


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def post(somebody: Person, path: str, **data: Any) -> Any:
    return signed_in(somebody).post(path, {**data, **once()})


def this_week(row: Drill) -> Drill:
    row.week = monday(today())
    row.save()
    return row


def sheet_of(people: Cast, row: Drill) -> np.ndarray:
    """The printed sheet of one drill, brightness (h, w), by the way a teacher prints it."""
    path = f"/practice/class/{people.one.id}/printing"
    answer = post(people.teacher, path)
    assert answer.status_code == 303
    run("practice.print")
    pdf = signed_in(people.teacher).get(answer["Location"] + "/sheets.pdf").getvalue()
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        assert len(document) == Printing.objects.count()
        page = document[0].render(scale=PIXELS * 25.4 / 72, grayscale=True).to_numpy().squeeze()
    return np.ascontiguousarray(page)


def filled(people: Cast, row: Drill, marks: dict[int, str]) -> np.ndarray:
    """The sheet with these places filled in by pen: letters of choices, digits of numbers."""
    page, layout = sheet_of(people, row), layouts_of([row])[row.id]
    for block in layout.template.pages[0].layout.blocks:
        for item in block.items:
            place, _, column = item.name.partition("#")
            told = marks.get(int(place), "")
            letters = told[int(column) - 1 : int(column)] if column else told
            for bubble in item.bubbles:
                if bubble.value in letters and letters:
                    middle = (round(bubble.x * PIXELS), round(bubble.y * PIXELS))
                    cv2.ellipse(page, middle, (12, 9), 0, 0, 360, 40, -1)
    return page


def photographed(page: np.ndarray, seed: int = 3) -> bytes:
    """At an angle, with a shadow and noise, as a phone's JPEG."""
    rng = np.random.default_rng(seed)
    high, wide = page.shape
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    moved = corners * 0.86 + [wide * 0.07, high * 0.07]
    moved += rng.uniform(-0.025, 0.025, (4, 2)) * [wide, high]
    place = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    shot = cv2.warpPerspective(page, place, (wide, high), borderValue=120).astype(np.float64)
    shadow = np.linspace(0.62, 1.0, wide)[None, :]
    noisy = shot * shadow + rng.normal(0, 4, shot.shape)
    pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()


def photo(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("p.jpg", data, "image/jpeg")


def brought(people: Cast, *pictures: bytes) -> None:
    """The teacher's photographs, read."""
    path = f"/practice/class/{people.one.id}/papers/new"
    assert post(people.teacher, path, photo=[photo(one) for one in pictures]).status_code == 303
    run("practice.paper")


def test_a_photograph_at_an_angle_becomes_a_marked_drill(people: Cast, media: Path) -> None:
    one = point()
    row = this_week(drill(people.pupil, choice(one), number(one), truth(one)))
    brought(people, photographed(filled(people, row, {1: "B", 2: "25", 3: "T"})))
    paper = Paper.objects.get()
    assert (paper.state, paper.answers) == ("read", {"1": "B", "2": "25", "3": "T"})
    followed()
    right = dict(Answered.objects.values_list("question__kind", "right"))
    assert right == {"choice": False, "number": True, "true-false": True}
    assert ErrorEntry.objects.get().value == "B"
    assert Mastery.objects.get().line in {"011", "110", "101"}
    assert Drill.objects.get().done_at is not None
    assert not [path for path in (media / "papers").rglob("*") if path.is_file()]


def test_two_letters_in_one_place_go_to_the_teacher_and_are_never_a_zero(
    people: Cast, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    question = choice(point())
    row = this_week(drill(people.pupil, question, truth(point())))
    brought(people, photographed(filled(people, row, {1: "AB", 2: "F"})))
    paper = Paper.objects.get()
    assert (paper.state, paper.unclear) == ("unclear", ["1"])
    followed()
    assert not Answered.objects.exists()
    path = f"/practice/class/{people.one.id}/papers"
    told = signed_in(people.teacher).get(path).content.decode()
    assert "机器看不清" in told
    picture = signed_in(people.teacher).get(f"{path}/{paper.id}/picture")
    assert picture.content[:2] == b"\xff\xd8"
    assert signed_in(people.other_teacher).get(f"{path}/{paper.id}/picture").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert post(people.teacher, f"{path}/{paper.id}", **{"place-1": "A"}).status_code == 303
    followed()
    assert Answered.objects.get(question=question).right
    assert not [one for one in (media / "papers").rglob("*") if one.is_file()]
    assert post(people.teacher, f"{path}/{paper.id}", **{"place-1": "A"}).status_code == 404


def test_the_same_sheet_twice_counts_once(people: Cast) -> None:
    row = this_week(drill(people.pupil, choice(point())))
    picture = photographed(filled(people, row, {1: "A"}))
    brought(people, picture)
    brought(people, picture)
    assert sorted(Paper.objects.values_list("state", "reason")) == [
        ("read", ""), ("refused", "already"),
    ]  # fmt: skip
    followed()
    assert Answered.objects.count() == 1


def test_a_pupil_brings_only_the_own_sheet(people: Cast) -> None:
    row = this_week(drill(people.pupils[0], choice(point())))
    picture = photographed(filled(people, row, {1: "A"}))
    post(people.pupils[1], "/practice/paper", photo=photo(picture))
    run("practice.paper")
    assert Paper.objects.get().reason == "not-yours"
    post(people.pupils[0], "/practice/paper", photo=photo(picture))
    run("practice.paper")
    assert Paper.objects.filter(state="read").exists()
    assert "读好了" in signed_in(people.pupils[0]).get("/practice").content.decode()


def test_who_changed_class_brings_the_own_sheet_all_the_same(people: Cast) -> None:
    row = this_week(drill(people.pupil, choice(point())))
    picture = photographed(filled(people, row, {1: "A"}))
    Drill.objects.filter(id=row.id).update(class_id=people.other.id)
    post(people.pupil, "/practice/paper", photo=photo(picture))
    run("practice.paper")
    assert Paper.objects.get().state == "read"


def test_another_class_cannot_bring_it(people: Cast) -> None:
    row = this_week(drill(people.pupil, choice(point())))
    picture = photographed(filled(people, row, {1: "A"}))
    path = f"/practice/class/{people.other.id}/papers/new"
    post(people.other_teacher, path, photo=photo(picture))
    run("practice.paper")
    assert Paper.objects.get().reason == "not-yours"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_photo_of_a_cat_is_no_sheet(people: Cast, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cat = cv2.GaussianBlur(rng.integers(0, 255, (900, 1200)).astype(np.uint8), (0, 0), 5)
    brought(people, cv2.imencode(".jpg", cat)[1].tobytes())
    assert Paper.objects.get().reason == "no-code"
    told = signed_in(people.teacher).get(f"/practice/class/{people.one.id}/papers")
    assert "没有找到纸上的二维码" in told.content.decode()


def test_bytes_that_are_no_picture_say_so(people: Cast) -> None:
    brought(people, b"%PDF-nothing")
    assert Paper.objects.get().reason == "no-picture"


def test_nothing_and_too_much_are_refused_at_once(people: Cast) -> None:
    path = f"/practice/class/{people.one.id}/papers/new"
    assert post(people.teacher, path, photo=photo(b"")).status_code == 422
    assert post(people.teacher, path).status_code == 422
    assert not Paper.objects.exists()


def test_nothing_to_print_says_what_to_do(people: Cast) -> None:
    answer = post(people.teacher, f"/practice/class/{people.one.id}/printing")
    assert answer.status_code == 422
    assert "现在就出" in answer.content.decode()


def test_sheets_of_another_class_are_not_there(people: Cast) -> None:
    this_week(drill(people.pupil, choice(point())))
    made = post(people.teacher, f"/practice/class/{people.one.id}/printing")["Location"]
    run("practice.print")
    for other in (people.other_teacher, people.pupil, people.admin):
        assert signed_in(other).get(made).status_code == 404
        assert signed_in(other).get(f"{made}/sheets.pdf").status_code == 404
    assert "打开 PDF" in signed_in(people.teacher).get(made).content.decode()


def test_a_page_takes_what_fits_and_leaves_the_rest_for_the_screen() -> None:
    rows = [choice(point()) for _ in range(12)]
    told = [
        (row.id, item_from_json(row.item), row.stem, [("A", "25"), ("B", "35")]) for row in rows
    ]
    layout = layout_of(5, "小练习", told)
    assert layout is not None
    assert 4 <= len(layout.printed) < 12
    assert [one.place for one in layout.printed] == list(range(1, len(layout.printed) + 1))


def test_a_number_that_is_not_whole_stays_on_the_screen() -> None:
    row = number(key="2.5", expression="5/2")
    assert layout_of(5, "小练习", [(row.id, item_from_json(row.item), row.stem, [])]) is None


def test_what_was_filled_in_as_marking_takes_it() -> None:
    several = choice()
    layout = layout_of(
        7, "练习",
        [
            (1, item_from_json(several.item), "题", [("A", "25")]),
            (2, item_from_json(number().item), "题", []),
            (3, item_from_json(truth().item), "题", []),
        ],
    )  # fmt: skip
    assert layout is not None
    assert values_of(layout.printed, {"1": "C", "2": "025", "3": "F"}) == {
        1: "C",
        2: "25",
        3: False,
    }
    assert values_of(layout.printed, {}) == {1: None, 2: None, 3: None}
    assert value_of(layout.printed[0], "AB") is None


def test_codes_of_other_sheets_name_no_drill() -> None:
    assert drill_of("D12") == 12
    assert drill_of("M3-2026") == 0
    assert drill_of("D") == 0


def test_long_words_are_broken_into_lines_that_fit() -> None:
    lines = wrap("小明有三十二个苹果，" * 20)
    assert all(len(line) <= 46 for line in lines)
    assert "".join(lines) == "小明有三十二个苹果，" * 20
    assert wrap("") == [""]
