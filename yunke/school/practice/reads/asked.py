"""What a drill's questions are worth, for the attempts that ask it."""

from fractions import Fraction

from yunke.school.attempts.door import Place
from yunke.school.practice.models import Drill


def drills_asked(ids: list[int]) -> dict[int, tuple[Place, ...]]:
    """One point a question. 1 query."""
    return {
        row.id: tuple(Place(int(one["question"]), Fraction(1)) for one in row.asked)
        for row in Drill.objects.filter(id__in=ids)
    }
