"""A teacher is invited to record a lesson; accepting begins it on the teacher's desk."""

from datetime import date

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Role, Who, allowed, colleague_may
from yunke.school.library.door import NoUnit, lesson_begin, unit_check, units_named
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.models import Wish


def office_of(who: Who) -> Place | None:
    """From where somebody invites: the city's office or a county's. No query."""
    held = (g.place for g in who.grants if g.role in {Role.CITY_STAFF, Role.COUNTY_STAFF})
    return next(held, None)


@transaction.atomic
def wish_ask(*, who: Who, unit_id: int, teacher_id: int, wish: str, due: date) -> int:
    """Invite a teacher. Asking again for the same unit says the open invitation anew.

    Raises NotHere for who may not invite, a unit that the office's city does not have, and
    somebody who records no lessons.
    """
    place = office_of(who)
    if place is None or not allowed(who, "recording.invite", place):
        raise NotHere
    if teacher_id == who.id or not colleague_may(who, teacher_id, "recording.answer"):
        raise NotHere
    try:
        unit_check(unit_id, place.city)
    except NoUnit:
        raise NotHere from None
    row, made = Wish.objects.update_or_create(
        unit_id=unit_id, teacher_id=teacher_id, county_id=place.county, state=Wish.State.ASKED,
        defaults={"wish": wish, "due": due}, create_defaults={
            "asked_by_id": who.id, "wish": wish, "due": due,
        },
    )  # fmt: skip
    if made:
        _tell(who, row, Verb.RECORDING_ASKED, subject_id=teacher_id)
    return row.id


@transaction.atomic
def wish_answer(*, who: Who, wish_id: int, yes: bool, answer: str = "") -> int:
    """Accept, which begins a draft in the unit and gives its id, or decline with a word (0).

    Raises NotHere for anybody but the invited teacher, and for what is not open any more.
    """
    row = Wish.objects.select_for_update().filter(id=wish_id, teacher_id=who.id).first()
    if row is None or row.state != Wish.State.ASKED:
        raise NotHere
    if yes:
        row.lesson_id = lesson_begin(who=who, unit_id=row.unit_id, title=row.wish[:80])
    row.state = Wish.State.ACCEPTED if yes else Wish.State.DECLINED
    row.answer, row.answered_at = answer.strip()[:300], now()
    row.save()
    _tell(who, row, Verb.RECORDING_ANSWERED, yes=yes)
    return row.lesson_id or 0


@transaction.atomic
def wish_take_back(*, who: Who, wish_id: int) -> None:
    """The office takes an open invitation back; a city's also those of its counties. Raises
    NotHere."""
    rows = Wish.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(id=wish_id, state=Wish.State.ASKED).first()
    if row is None:
        raise NotHere
    place = Place(city=row.unit.city_id, county=row.county_id)
    if not allowed(who, "recording.invite", place):
        raise NotHere
    row.state = Wish.State.TAKEN_BACK
    row.save(update_fields=["state"])
    _tell(who, row, Verb.RECORDING_TAKEN_BACK, subject_id=row.teacher_id)


def _tell(who: Who, row: Wish, verb: Verb, *, subject_id: int = 0, **told: bool) -> None:
    unit, _english = units_named([row.unit_id])[row.unit_id]
    event_record(
        actor_id=who.id, verb=verb, object_kind="wish", object_id=row.id, title=unit,
        lesson_id=row.lesson_id or 0, subject_id=subject_id, result=told,
    )  # fmt: skip
