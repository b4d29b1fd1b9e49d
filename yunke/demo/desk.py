"""A paper exam of the demo city: sheets printed, filled, read; a desk half done.

The sheets are drawn and filled by code and read by the same reader as real ones.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pypdfium2
from django.db import transaction
from PIL import Image, ImageDraw

from yunke.base.clock import at, now, today
from yunke.craft.marking.items import Criterion, HandwritingKey, Item, ShortTextKey, item_to_json
from yunke.craft.marking.sheets import Pupil, Template, sheets_pdf, template_from
from yunke.demo.city import City, ClassPlan
from yunke.demo.film.printed import face
from yunke.demo.reviews import teacher_of
from yunke.ground.people.door import Who
from yunke.school.exams.door import (
    Led,
    Mode,
    PaperBody,
    PaperLine,
    Post,
    Section,
    Sort,
    Wish,
    desk_assign,
    desk_give,
    desk_items_of,
    exam_bring,
    exam_led,
    item_written,
    layout_make,
    layout_of,
    packet_take,
    paper_begin,
    scan_read_now,
    scan_send,
    sheets_ready,
)

GRADE = 5
PIXELS = 5.6  # a millimetre of the scan
INK = 40
# What six pupils fill in: four choices, two of true and false, one number, two written answers.
FILLED: tuple[tuple[str, ...], ...] = (
    ("B", "C", "A", "D", "√", "×", "12.5", "12.5 × 4 = 50（元）\n答：一共 50 元。",
     "因为小数点没有对齐。"),
    ("B", "C", "A", "D", "√", "√", "12.5", "12.5 + 4 = 16.5（元）", "他忘了进位。"),
    ("B", "A", "A", "D", "√", "×", "1.25", "12.5 × 4 = 50\n答：50 元。", "相同数位没有对齐。"),
    ("C", "C", "A", "D", "×", "×", "12.5", "4 × 12.5 = 48（元）", ""),
    ("B", "C", "B", "D", "√", "×", "125", "12.5 × 4\n= 12.5 × 2 × 2\n= 50（元）",
     "小数点要对齐，他是末位对齐的。"),
    ("B", "C", "A", "BD", "√", "×", "12.5", "50 元", "不知道"),
)  # fmt: skip
# Marks of the two blind markers for the written question, in the order of the packet.
GIVEN = (("5", "5"), ("4.5", "5"), ("1", "4"), ("3", None))


def desk_write(city: City) -> int:
    """Write it once, after the other exams; gives how many sheets were read."""
    plan = city.class_of("yinxing", GRADE)
    who = teacher_of(city, plan, "maths")
    with transaction.atomic():
        led = _exam(who, plan)
        layout_make(who=who, led=led, title="5 年级 · 数学", lines={8: 4, 9: 3})
    layout = layout_of(led.id)
    template = template_from(json.dumps(layout.template))
    _read(who, led, template, sheets_ready(layout, plan.id))
    _desk(city, who, led, plan)
    return len(FILLED)


def _exam(who: Who, plan: ClassPlan) -> Led:
    """The exam of yesterday, on paper."""
    choices = (
        ("2.5 × 4 = ?", "A. 8\nB. 10\nC. 100\nD. 1", "B"),
        ("哪个数最大？", "A. 0.9\nB. 0.89\nC. 0.91\nD. 0.809", "C"),
        ("0.6 ÷ 0.2 = ?", "A. 3\nB. 0.3\nC. 30\nD. 0.12", "A"),
        ("和 3.40 相等的是？", "A. 3.04\nB. 34\nC. 3.004\nD. 3.4", "D"),
    )
    told = [item_written("choice", stem=s, options=o, key=k) for s, o, k in choices]
    told += [item_written("true-false", stem="0.5 和 0.50 大小一样。", key="对"),
             item_written("true-false", stem="小数都比 1 小。", key="错"),
             item_written("number", stem="50 ÷ 4 = ?", key="12.5")]  # fmt: skip
    way = Criterion("way", "算式对", Fraction(3)), Criterion("result", "得数和单位对", Fraction(2))
    told += [
        item_to_json(Item("w", "一支笔 12.5 元，买 4 支一共多少元？写出过程。",
                          HandwritingKey("", "12.5 × 4 = 50（元）", way))),
        item_to_json(Item("s", "小明算 3.6 + 0.24 得 0.60。他错在哪里？",
                          ShortTextKey(("小数点没有对齐",)))),
    ]  # fmt: skip
    worth = (2, 2, 2, 2, 1, 1, 3, 5, 4)
    lines = tuple(
        PaperLine(0, Fraction(points), item=item) for item, points in zip(told, worth, strict=True)
    )
    body = PaperBody("小数单元 · 纸笔", "Decimals on paper", "", (Section("全卷", "All"),), lines)
    paper = paper_begin(
        who=who, subject="maths", grade=plan.grade, school_id=plan.school_id, body=body
    )
    starts = at(today() - timedelta(days=1), now().time().replace(hour=10, minute=0, second=0))
    wish = Wish(
        paper, (plan.id,), Sort.UNIT, Mode.PAPER, starts, starts + timedelta(minutes=45), 45
    )
    number = exam_bring(who=who, wish=wish, sat={})
    led = exam_led(number, who)
    assert led is not None  # noqa: S101 - just written
    return led


def _read(who: Who, led: Led, template: Template, sheets: list[Any]) -> None:
    """The first pupils' sheets, filled and scanned, as one folder."""
    some = sheets[: len(FILLED)]
    pdf = sheets_pdf(template, [Pupil(sheet.code) for sheet in some])
    folder, pages = io.BytesIO(), len(template.pages)
    with pypdfium2.PdfDocument(pdf) as document, zipfile.ZipFile(folder, "w") as archive:
        for n, told in enumerate(FILLED):
            marks = {str(place): text for place, text in enumerate(told, start=1)}
            for page in range(pages):
                drawn = document[n * pages + page].render(scale=PIXELS * 25.4 / 72)
                image = _filled(drawn.to_pil().convert("L"), template, page, marks)
                out = io.BytesIO()
                image.save(out, "JPEG", quality=80)
                archive.writestr(f"{n + 1:02}-{page + 1}.jpg", out.getvalue())
    folder.seek(0)
    scan, _fresh = scan_send(who=who, led=led, name="五年级扫描.zip", content=folder)
    scan_read_now(scan)


def _filled(
    image: Image.Image, template: Template, page: int, marks: Mapping[str, str]
) -> Image.Image:
    pen, sheet = ImageDraw.Draw(image), template.pages[page]
    columns = {
        part: (name, place)
        for name, parts in sheet.layout.joined.items()
        for place, part in enumerate(parts)
    }
    for block in sheet.layout.blocks:
        for item in block.items:
            name, place = columns.get(item.name, (item.name, -1))
            told = marks.get(name, "")
            chosen = told if place < 0 else told[place : place + 1]
            for bubble in item.bubbles:
                if bubble.value in chosen and chosen:
                    wide, high = block.width / 2 * PIXELS, block.height / 2 * PIXELS
                    x, y = bubble.x * PIXELS, bubble.y * PIXELS
                    pen.ellipse((x - wide, y - high, x + wide, y + high), fill=INK)
    for one in sheet.writing:
        at_x, at_y = (one.box.x + 4) * PIXELS, (one.box.y + 1.5) * PIXELS
        pen.multiline_text((at_x, at_y), marks.get(one.item, ""), INK, face(30, 300), spacing=14)
    return image


def _desk(city: City, who: Who, led: Led, plan: ClassPlan) -> None:
    """Two mark blindly, a third arbitrates; one piece is apart, the rest waits."""
    second, third = teacher_of(city, plan, "chinese"), teacher_of(city, plan, "english")
    posts = ((who, Post.MARKER), (second, Post.MARKER), (third, Post.ARBITER))
    items = desk_items_of(led.id)
    with transaction.atomic():
        for person, post in posts:
            desk_assign(who=who, led=led, item_ids=items, person_id=person.id, post=post)
        for first, other in GIVEN:
            _one(who, items[0], first)
            if other is not None:
                _one(second, items[0], other)


def _one(who: Who, item_id: int, score: str) -> None:
    rows = packet_take(who=who, item_id=item_id, most=1)
    if rows:
        desk_give(who=who, given_id=rows[0].id, score=score, seconds=14)
