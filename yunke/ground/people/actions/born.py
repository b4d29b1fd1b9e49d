"""When a pupil was born: year and month, no more."""

from datetime import date

from django.db import transaction

from yunke.base.clock import today
from yunke.ground.audit.door import Act
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep
from yunke.ground.people.models import Change, Person


@transaction.atomic
def born_set(*, actor_id: int, person_id: int, school_id: int, born_on: date) -> Change:
    """Rights at 14 and 18 follow from it by themselves (``rules.ages``)."""
    person, writing = Person.objects.get(id=person_id), Writing()
    writing.put(person, born_on=born_on.replace(day=1))
    return change_keep(
        writing, kind="born", actor_id=actor_id, school_id=school_id, day=today(), person=person,
        act=Act.ROLE_CHANGED, verb=Verb.ROLE_CHANGED,
    )  # fmt: skip
