"""How old a pupil's rights are today, under the profile of this site."""

from django.conf import settings

from yunke.base.clock import today
from yunke.ground.people.models import Person
from yunke.ground.people.rules.ages import Stage, stage_of


def stage_of_person(person_id: int) -> Stage:
    """``child``, ``youth`` (also asked) or ``adult`` (asked alone). One query."""
    born = Person.objects.filter(id=person_id).values_list("born_on", flat=True).first()
    return stage_of(born, today(), settings.PROFILE)
