"""Homework's part of A-09: a mark, a word and a note that were not given back yet."""

from fractions import Fraction

from yunke.base.kept import forget_all
from yunke.checks.access.things_homework import of_spot
from yunke.checks.access.world import PARAMS, World
from yunke.school.attempts.door import mark_set, marks_of
from yunke.school.homework.actions.marking import desk_save
from yunke.school.homework.models import Homework
from yunke.school.homework.tests import makers


def marked_unreturned(there: World, canary: str) -> set[tuple[str, str]]:
    """Every pupil's work is marked with the canary, in points and in words, and not given back.

    Gives who may see it where: the teacher of class and subject, on the pages of marking.
    """
    may = set[tuple[str, str]]()
    for distance, spot in there.spots.items():
        number, paper = (int(PARAMS[name](spot, "")) for name in ("homework_id", "work_id"))
        row = Homework.objects.get(id=number)
        teacher, copy = of_spot(spot).teacher, makers.copy_of(row, spot.pupil)
        for one in marks_of([paper]):
            score = Fraction(canary) if one.out_of > 1 else Fraction(0)
            mark_set(by_id=teacher.id, reply_id=one.reply_id, score=score, note=canary)
        desk_save(by_id=teacher.id, copy_id=copy.id, attempt_id=paper, seq=1, word=canary)
        if distance in {"own", "class"}:
            base = f"/homework/{number}"
            pages = (base, f"{base}/mark", f"{base}/mark/{paper}", f"{base}/results.csv")
            may |= {("teacher", page) for page in pages}
    forget_all()
    return may
