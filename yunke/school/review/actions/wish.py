"""A teacher is invited to record a lesson; accepting begins it on the teacher's desk."""

from datetime import date

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Role, Who, allowed, city_id, colleague_may
from yunke.school.library.door import lesson_begin, units_named
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.models import Wish


def office_of(who: Who) -> Place | None:
    """From where somebody invites: the city's office or a county's. No query."""
    held = (g.place for g in who.grants if g.role in {Role.CITY_STAFF, Role.COUNTY_STAFF})
    return next(held, None)


@transaction.atomic
def wish_ask(*, who: Who, unit_id: int, teacher_id: int, wish: str, due: date) -> int:
    """Invite a teacher. Asking the same again finds the invitation that is open.

    Raises NotHere for who may not invite, an unknown unit, and somebody who records no lessons.
    """
    place = office_of(who)
    if place is None or not allowed(who, "recording.invite", place):
        raise NotHere
    unit = units_named([unit_id]).get(unit_id)
    if unit is None or teacher_id == who.id or not colleague_may(teacher_id, "recording.answer"):
        raise NotHere
    row, made = Wish.objects.get_or_create(
        unit_id=unit_id, teacher_id=teacher_id, state=Wish.State.ASKED,
        defaults={"asked_by_id": who.id, "county_id": place.county, "wish": wish, "due": due},
    )  # fmt: skip
    if made:
        _tell(who, row, Verb.RECORDING_ASKED, unit[0], subject_id=teacher_id)
    return row.id


@transaction.atomic
def wish_answer(*, who: Who, wish_id: int, yes: bool, answer: str = "") -> int:
    """Accept, which begins a draft in the unit and gives its id, or decline with a word (0).

    Raises NotHere for anybody but the invited teacher, and for what is not open any more.
    """
    row = Wish.objects.select_for_update().filter(id=wish_id, teacher_id=who.id).first()
    if row is None or row.state != Wish.State.ASKED:
        raise NotHere
    lesson = 0
    unit = units_named([row.unit_id])[row.unit_id]
    if yes:
        lesson = lesson_begin(who=who, unit_id=row.unit_id, title=row.wish[:80])
        row.lesson_id = lesson
    row.state = Wish.State.ACCEPTED if yes else Wish.State.DECLINED
    row.answer, row.answered_at = answer.strip()[:300], now()
    row.save()
    _tell(who, row, Verb.RECORDING_ANSWERED, unit[0], yes=yes)
    return lesson


@transaction.atomic
def wish_take_back(*, who: Who, wish_id: int) -> None:
    """The office takes an open invitation back. Raises NotHere."""
    row = Wish.objects.filter(id=wish_id, state=Wish.State.ASKED).first()
    place = Place(city=city_id(), county=row.county_id) if row else Place()
    if row is None or not allowed(who, "recording.invite", place):
        raise NotHere
    row.state = Wish.State.TAKEN_BACK
    row.save(update_fields=["state"])
    unit = units_named([row.unit_id])[row.unit_id]
    _tell(who, row, Verb.RECORDING_ANSWERED, unit[0], yes=False)


def _tell(who: Who, row: Wish, verb: Verb, unit: str, *, subject_id: int = 0, **told: bool) -> None:
    event_record(
        actor_id=who.id, verb=verb, object_kind="wish", object_id=row.id, title=unit,
        lesson_id=row.lesson_id or 0, subject_id=subject_id, result=told,
    )  # fmt: skip
