"""Which exams somebody runs: its author, and who teaches its subject to one of its classes."""

from dataclasses import dataclass

from yunke.craft.marking.items import Item, item_from_json
from yunke.ground.people.door import ClassName, Who, class_by_id
from yunke.school.exams.models import Exam, PaperItem
from yunke.school.exams.reads.exams import classes_taught, views
from yunke.school.exams.reads.papers import paper_row
from yunke.school.exams.values.exams import ExamView
from yunke.school.library.door import items_of


@dataclass(frozen=True)
class Led:
    """An exam before whoever runs its paper and its desk, and the classes that are theirs."""

    exam: Exam
    class_ids: tuple[int, ...]
    view: ExamView

    @property
    def id(self) -> int:
        return self.exam.id

    def classes(self) -> list[ClassName]:
        """Their classes, by name. One query a class."""
        found = [class_by_id(number) for number in self.class_ids]
        return sorted((one for one in found if one), key=lambda one: (one.grade, one.name))


def exam_led(exam_id: int, who: Who) -> Led | None:
    """The exam, for its author and the teachers of its subject in its classes. 3 queries.

    A head teacher who does not teach the subject is not among them.
    """
    exam = Exam.objects.filter(id=exam_id, withdrawn_at__isnull=True).first()
    if exam is None:
        return None
    view = views([exam])[0]
    taught = classes_taught(who, view)
    return Led(exam, taught, view) if taught else None


def paper_items(exam: Exam) -> list[tuple[int, Item]]:
    """Every question of the exam's paper by its position, sealed or not, for this room's own work.

    3 queries. Raises SealBroken.
    """
    full = paper_row(exam.paper_id)
    lines = full.body.lines if full else ()
    known = items_of({line.question_id for line in lines if line.question_id})
    found = []
    for position, line in enumerate(lines, start=1):
        item = item_from_json(line.item) if line.item else known.get(line.question_id)
        if item is not None:
            found.append((position, item))
    return found


def question_ids(exam: Exam) -> dict[int, int]:
    """Position → question, once the paper is open; nothing before. 1 query."""
    rows = PaperItem.objects.filter(paper_id=exam.paper_id).values_list("position", "question_id")
    return dict(rows)
