"""Test rows of exams on paper: a paper of every printable way, sheets, photographs, a desk."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

from yunke.base.clock import now
from yunke.base.jobs import run_one
from yunke.craft.marking.items import (
    Choice,
    ChoiceKey,
    Criterion,
    HandwritingKey,
    Item,
    Key,
    MultipleKey,
    NumberKey,
    ShortTextKey,
    TrueFalseKey,
    item_to_json,
)
from yunke.craft.marking.sheets.tests.camera import Paper as Drawing
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import who
from yunke.school.attempts.models import Reply
from yunke.school.exams import jobs
from yunke.school.exams.actions.desk_set import desk_assign
from yunke.school.exams.actions.papers import paper_begin
from yunke.school.exams.actions.planning import exam_plan
from yunke.school.exams.actions.printing import layout_make, printing_ask
from yunke.school.exams.actions.scanning import scan_send
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.models import (
    Assignment,
    DeskItem,
    DeskPiece,
    Doubt,
    Exam,
    Field,
    Layout,
    MarkGiven,
    Paper,
    Printing,
    QualitySample,
    Scan,
    ScanPage,
    Sheet,
)
from yunke.school.exams.reads.led import Led, exam_led
from yunke.school.exams.reads.sheets import file_of, sheets_folder, template_of
from yunke.school.exams.tests import makers
from yunke.school.exams.tests.makers import Hall
from yunke.school.exams.tests.pens import filled, papers_of, photo
from yunke.school.exams.values.exams import Mode
from yunke.school.exams.values.paper import DoubtKind, Post
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

assert jobs.paper  # the jobs are known to the worker that the tests are
OPTIONS = tuple(Choice(letter, f"选项{letter}") for letter in "ABCD")
# Position → what a pupil who knows everything fills in.
RIGHT: dict[str, str | None] = {
    "1": "A", "2": "C", "3": "BD", "4": "√", "5": "12.5", "6": "x = 7", "7": "because",
}  # fmt: skip
WORTH = (2, 2, 4, 1, 3, 6, 5)


def items() -> list[Item]:
    """Two choices, one multiple, true or false, a number, handwriting, a sentence."""
    keys: tuple[Key, ...] = (
        ChoiceKey(OPTIONS, "A"), ChoiceKey(OPTIONS, "C"), MultipleKey(OPTIONS, ("B", "D")),
        TrueFalseKey(True), NumberKey("12.5", unit="厘米"),
        HandwritingKey("", "x = 7", (Criterion("way", "列式", Fraction(4)),
                                     Criterion("result", "得数", Fraction(2)))),
        ShortTextKey(("因为三角形内角和是180度",)),
    )  # fmt: skip
    return [
        Item(f"q{number}", f"第 {number} 题", key, Fraction(worth))
        for number, (key, worth) in enumerate(zip(keys, WORTH, strict=True), start=1)
    ]


@dataclass
class Room:
    """An exam on paper with its printed sheets. ``sheets``: person id → blank pages."""

    hall: Hall
    layout: Layout
    sheets: dict[int, list[Drawing]] = field(default_factory=dict)

    @property
    def exam(self) -> Exam:
        return self.hall.exam

    @property
    def pupils(self) -> list[Person]:
        return self.hall.people.pupils

    @property
    def teacher(self) -> Any:
        return who(self.hall.people.teacher)

    @property
    def led(self) -> Led:
        found = exam_led(self.hall.exam.id, self.teacher)
        assert found is not None
        return found

    def filled(
        self, pupil: Person, marks: dict[str, str | None] | None = None, *, page: int = 1,
        seed: int = 1, tone: str = "pen",
    ) -> Drawing:  # fmt: skip
        blank = self.sheets[pupil.id][page - 1]
        told = RIGHT if marks is None else marks
        return filled(blank, template_of(self.layout), page, told, seed, tone)


def on_paper(*, pupils: int = 3, asked: list[Item] | None = None, begun: bool = True) -> Hall:
    """A planned exam on paper, begun an hour ago unless it says otherwise."""
    made = makers.people(pupils=pupils)
    found = asked or items()
    body = PaperBody(
        "纸上的单元测试", "On paper", "", (Section("一"),),
        tuple(PaperLine(0, item.points, item=item_to_json(item)) for item in found),
    )  # fmt: skip
    number = paper_begin(
        who=who(made.teacher), subject="maths", grade=4, school_id=made.school.id, body=body
    )
    paper = Paper.objects.get(id=number)
    exam = exam_plan(who=who(made.teacher), wish=makers.wish(paper, made.one.id, mode=Mode.PAPER))
    hall = Hall(made, paper, Exam.objects.get(id=exam))
    return makers.begin(hall, 60) if begun else hall


def laid_out(hall: Hall) -> Layout:
    led = exam_led(hall.exam.id, hall.teacher)
    assert led is not None
    number = layout_make(who=hall.teacher, led=led, title="四年级 数学", lines={7: 18})
    return Layout.objects.get(id=number)


def printed(*, pupils: int = 3, **more: Any) -> Room:
    """Sheets of the whole class, printed by the job."""
    hall = on_paper(pupils=pupils, **more)
    room = Room(hall, laid_out(hall))
    number = printing_ask(
        who=room.teacher, led=room.led, layout_id=room.layout.id, class_id=hall.people.one.id
    )
    work()
    pdf = file_of(Printing.objects.get(id=number).file)
    assert pdf is not None
    pages = papers_of(pdf.read_bytes())
    order = [p.id for p in sorted(hall.people.pupils, key=lambda p: (p.name, p.id))]
    each = room.layout.pages
    room.sheets = {
        person: pages[place * each : (place + 1) * each] for place, person in enumerate(order)
    }
    return room


def work() -> None:
    """Every job that is due, as the worker would."""
    while run_one():
        pass


def sent(room: Room, *files: bytes, name: str = "photo.jpg") -> list[Scan]:
    """Files sent and read."""
    made = [
        scan_send(who=room.teacher, led=room.led, name=f"{n}-{name}", content=io.BytesIO(data))[0]
        for n, data in enumerate(files, start=1)
    ]
    work()
    found = Scan.objects.in_bulk(made)
    return [found[number] for number in made]


def photographed(
    room: Room, pupil: Person, marks: dict[str, str | None] | None = None, *, seed: int = 3,
    tone: str = "pen", **more: Any,
) -> list[bytes]:  # fmt: skip
    """All pages of a pupil as photographs."""
    return [
        photo(
            room.filled(pupil, marks, page=page, seed=seed + page, tone=tone),
            seed * 10 + page,
            **more,
        )
        for page in range(1, room.layout.pages + 1)
    ]


def sheet_of(room: Room, pupil: Person) -> Sheet:
    return Sheet.objects.get(layout__exam=room.exam, person=pupil)


def read(*, pupils: int = 3, **more: Any) -> Room:
    """Everybody's sheets photographed and read; what is written waits at the desk."""
    room = printed(pupils=pupils, **more)
    for place, pupil in enumerate(room.pupils):
        sent(room, *photographed(room, pupil, seed=20 + place, turn=2.0))
    return room


def desk_item(room: Room, position: int = 6) -> DeskItem:
    return DeskItem.objects.get(exam=room.exam, position=position)


def marker(room: Room, *items_of: DeskItem, post: Post = Post.MARKER, name: str = "") -> Any:
    """A teacher of the school who marks these questions."""
    person = people.teacher(room.hall.people.one, name, subject="chinese")
    desk_assign(
        who=room.teacher, led=room.led, item_ids=[one.id for one in items_of],
        person_id=person.id, post=post,
    )  # fmt: skip
    return who(person)


@dataclass
class Rows:
    """One of everything of paper and desk, for an exam whose pupil handed in; nothing is drawn."""

    printing: Printing
    sheet: Sheet
    page: ScanPage
    item: DeskItem
    given: MarkGiven
    sample: QualitySample


def rows_of(exam: Exam, teacher: Person, pupil: Person) -> Rows:
    """The teacher leads and marks; a page asks whether it counts; a piece is in hand."""
    by, reply = who(teacher), Reply.objects.filter(attempt__of_id=exam.id, attempt__of="exam")
    led = exam_led(exam.id, by)
    assert led is not None
    number = layout_make(who=by, led=led, title="答题卡", lines={})
    layout = Layout.objects.get(id=number)
    first, second = reply.order_by("id")[:2]
    sheet = Sheet.objects.create(
        layout=layout, person=pupil, class_id=led.class_ids[0], code=f"T{pupil.id:05}"
    )
    scan = Scan.objects.create(exam=exam, name="a.jpg", sha256=f"{exam.id:064}", state="read")
    page = ScanPage.objects.create(
        scan=scan, layout=layout, position=1, sheet=sheet, number=1, state="asks",
        file=kept(f"{exam.id}/page.jpg"),
    )  # fmt: skip
    Doubt.objects.create(page=page, kind="page", item="cut")
    printing = Printing.objects.create(
        layout=layout, class_id=led.class_ids[0], file=kept(f"{exam.id}/p.pdf"), ready_at=now()
    )
    item = DeskItem.objects.create(
        exam=exam, question=first.question, position=1, out_of="2", double=False
    )
    Assignment.objects.create(item=item, person=teacher, post="marker")
    open_one, done = (
        DeskPiece.objects.create(
            item=item, reply_id=row.id, person=pupil, code=f"C{n}", shuffle=n, state=state,
            score=score,
        )
        for n, (row, state, score) in enumerate(((first, "open", ""), (second, "done", "1")))
    )  # fmt: skip
    given = MarkGiven.objects.create(
        piece=open_one, marker=teacher, turn=1, until=now() + timedelta(hours=9)
    )
    area = Field.objects.create(page=page, item="1", file=kept(f"{exam.id}/field.jpg"))
    Reply.objects.filter(id=first.id).update(value={"field": area.id})
    sample = QualitySample.objects.create(item=item, piece=done, score="1")
    return Rows(printing, sheet, page, item, given, sample)


def kept(name: str) -> str:
    """A stored file of some bytes."""
    path = sheets_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8\xff\xe0")
    return name


@dataclass
class Pile:
    """A begun exam on paper whose sheets exist as rows; pages are put in without any drawing."""

    hall: Hall
    layout: Layout

    @property
    def exam(self) -> Exam:
        return self.hall.exam

    @property
    def pupils(self) -> list[Person]:
        return self.hall.people.pupils

    @property
    def teacher(self) -> Any:
        return self.hall.teacher

    @property
    def led(self) -> Led:
        found = exam_led(self.exam.id, self.teacher)
        assert found is not None
        return found

    def sheet(self, pupil: Person | None) -> Sheet:
        known = Sheet.objects.filter(layout=self.layout, person=pupil).first() if pupil else None
        return known or Sheet.objects.create(
            layout=self.layout, person=pupil, code=f"P{Sheet.objects.count():05}",
            class_id=self.hall.people.one.id if pupil else 0,
        )  # fmt: skip

    def page(
        self, pupil: Person | None, number: int = 1, *, state: str = "clear", **marks: str | None
    ) -> ScanPage:
        """A read page; ``marks``: what differs from RIGHT, ``q2="B"``; its handwriting is cut."""
        count = Scan.objects.count()
        scan = Scan.objects.create(
            exam=self.exam, name=f"{count}.jpg", sha256=f"{count:064}", state="read", pages=1
        )
        told = {**RIGHT, **{name.removeprefix("q"): mark for name, mark in marks.items()}}
        row = ScanPage.objects.create(
            scan=scan, layout=self.layout, position=1, sheet=self.sheet(pupil), number=number,
            state=state, marks={n: told[n] for n in self.names(number) if n not in ("6", "7")},
            file=kept(f"{self.exam.id}/page-{count}.jpg"),
        )  # fmt: skip
        for item in {"6", "7"} & set(self.names(number)):
            name = kept(f"{self.exam.id}/field-{row.id}-{item}.jpg")
            Field.objects.create(page=row, item=item, file=name, ink=0.02)
        return row

    def doubt(self, page: ScanPage, kind: DoubtKind, item: str) -> Doubt:
        ScanPage.objects.filter(id=page.id).update(state="asks")
        return Doubt.objects.create(page=page, kind=kind.value, item=item)

    def names(self, number: int) -> list[str]:
        fields = self.layout.template["pages"][number - 1]["fields"]
        names = [n for field in fields for n in field.get("items", [field.get("item", "")])]
        return [n for n in names if n in self.layout.places]

    def entered(self, pupil: Person) -> Sheet:
        """All pages of a pupil, gone in."""
        for number in range(1, self.layout.pages + 1):
            self.page(pupil, number)
        exam_settle(self.exam.id)
        return self.sheet(pupil)


def pile(*, pupils: int = 2, **more: Any) -> Pile:
    hall = on_paper(pupils=pupils, **more)
    return Pile(hall, laid_out(hall))
