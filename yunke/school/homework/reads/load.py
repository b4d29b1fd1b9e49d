"""Each child's homework minutes on the days that a homework touches."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import get_default_timezone

from yunke.ground.people.door import class_pupils
from yunke.school.homework.models import HomeworkFor
from yunke.school.homework.rules.load import Stretch, load_of
from yunke.school.homework.rules.times import evenings
from yunke.school.homework.values import Load, Setting

WIDEST = timedelta(days=1)


def load_for(setting: Setting, *, grade: int) -> Load:
    """The minutes of the pupils chosen, over all subjects and teachers, with the new homework.

    2 queries at any size. A pupil who is in two classes has the homework of both.
    """
    zone = get_default_timezone()
    pupils = [(p.id, p.name, p.animal) for p in class_pupils(setting.class_id)]
    chosen = set(setting.pupils)
    shown = [one for one in pupils if one[0] in chosen]
    new = Stretch(
        0, setting.subject, setting.minutes, setting.written,
        evenings(setting.opens_at, setting.due_at, zone),
    )  # fmt: skip
    rows = HomeworkFor.objects.filter(
        pupil_id__in=chosen, homework__withdrawn_at__isnull=True,
        homework__opens_at__lt=setting.due_at + WIDEST,
        homework__due_at__gt=setting.opens_at - WIDEST,
    ).select_related("homework")  # fmt: skip
    held = [
        Stretch(
            row.pupil_id, row.homework.subject, row.homework.minutes, row.homework.written,
            evenings(row.homework.opens_at, row.homework.due_at, zone),
        )
        for row in rows
    ]  # fmt: skip
    return load_of(shown, held, new, grade=grade, profile=settings.PROFILE)
