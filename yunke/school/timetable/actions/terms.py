"""Terms, days without school and make-up days, by who may say so for that place."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place
from yunke.school.timetable.models import DayOff, LostWeek, Pace, Slot, Term
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.reads.terms import Told, terms_new
from yunke.school.timetable.rules import makes_term

LONGEST_OFF = 60


def org_of(place: Place) -> int:
    """The office or school that speaks: the nearest one of the place."""
    return place.school or place.county or place.city


@transaction.atomic
def term_set(
    *, actor_id: int, place: Place, first: date, last: date, name: str = "", name_en: str = "",
    base_id: int = 0,
) -> int:  # fmt: skip
    """A term of the city; or a county's or school's own dates for it (``base_id``).

    Raises Refused for dates that make no term, or that meet another term.
    """
    if not makes_term(first, last):
        raise Refused(_("学期的第一天和最后一天不对；什么都没有改动。"), status=422)
    org = org_of(place)
    if org == place.city:
        row = _city_term(place, first, last, name, name_en, base_id)
    else:
        base = Term.objects.filter(id=base_id, city_id=place.city, base=None).first()
        if base is None:
            raise Refused(_("先由市里定学期，再改自己的日期；什么都没有改动。"), status=422)
        row, _made = Term.objects.update_or_create(
            base=base, org_id=org, city_id=place.city,
            defaults={"first_day": first, "last_day": last, "name": base.name,
                      "name_en": base.name_en},
        )  # fmt: skip
    _told(actor_id, org, "term", row.id, row.name, f"{first.isoformat()}–{last.isoformat()}")
    return row.id


def _city_term(
    place: Place, first: date, last: date, name: str, name_en: str, term_id: int
) -> Term:
    if not name.strip():
        raise Refused(_("请给学期起个名字；什么都没有改动。"), status=422)
    others = Term.objects.filter(city_id=place.city, base=None).exclude(id=term_id)
    if others.filter(first_day__lte=last, last_day__gte=first).exists():
        raise Refused(_("这些日子已经属于另一个学期；什么都没有改动。"), status=422)
    values: dict[str, Any] = {
        "name": name.strip()[:60],
        "name_en": name_en.strip()[:80],
        "first_day": first,
    }
    row = Term.objects.filter(id=term_id, city_id=place.city, base=None).first()
    row = row or Term(city_id=place.city)
    for name, value in {**values, "last_day": last}.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def term_own_drop(*, actor_id: int, place: Place, term_id: int) -> bool:
    """A county or school takes the city's dates again."""
    rows = Term.objects.filter(id=term_id, org_id=org_of(place), base__isnull=False)
    row = rows.first()
    if row is None:
        return False
    _told(actor_id, org_of(place), "term", row.id, row.name, "")
    row.delete()
    return True


@transaction.atomic
def terms_bring(city_id: int, told: Iterable[Told], *, actor_id: int) -> list[int]:
    """A roster's terms into the city's calendar: those that it has not yet; their ids. Five queries
    a term.
    """
    made = []
    for title, first, last in terms_new(city_id, told):
        row = Term.objects.create(city_id=city_id, name=title[:60], first_day=first, last_day=last)
        _told(actor_id, city_id, "term", row.id, row.name, f"{first}–{last}")
        made.append(row.id)
    return made


@transaction.atomic
def terms_take_back(ids: Sequence[int], *, actor_id: int) -> list[tuple[int, bool]]:
    """Terms that a roster brought go with it: (id, is it gone now?) of each that is still there.
    What a timetable, a plan, a lost week or an office's own dates stand on stays.
    """
    standing = _on(Slot) | _on(Pace) | _on(LostWeek) | _on(Term, "base")
    rows = Term.objects.filter(id__in=list(ids)).annotate(stands=standing)
    done = []
    for row in rows.order_by("id"):
        done.append((row.id, not row.stands))
        if not row.stands:
            _told(actor_id, row.city_id, "term", row.id, row.name, "")
            row.delete()
    return done


def _on(model: type[Model], column: str = "term") -> Exists:
    return Exists(model._default_manager.filter(**{column: OuterRef("id")}))


@transaction.atomic
def day_off_set(
    *, actor_id: int, place: Place, first: date, last: date, name: str, taught_as: int | None
) -> int:
    """Days without school, or one make-up day. The same first day again changes it."""
    if last < first or (last - first).days > LONGEST_OFF or not name.strip():
        raise Refused(_("请检查日期和名称；什么都没有改动。"), status=422)
    if taught_as is not None and (last != first or taught_as not in range(7)):
        raise Refused(_("补课一天一天地写；什么都没有改动。"), status=422)
    org = org_of(place)
    row, _made = DayOff.objects.update_or_create(
        org_id=org, first_day=first,
        defaults={"last_day": last, "name": name.strip()[:40], "taught_as": taught_as},
    )  # fmt: skip
    _told(actor_id, org, "day_off", row.id, row.name, f"{first.isoformat()}–{last.isoformat()}")
    return row.id


@transaction.atomic
def day_off_drop(*, actor_id: int, place: Place, off_id: int) -> bool:
    row = DayOff.objects.filter(id=off_id, org_id=org_of(place)).first()
    if row is None:
        return False
    _told(actor_id, org_of(place), "day_off", row.id, row.name, "")
    row.delete()
    return True


def _told(actor_id: int, org: int, kind: str, number: int, title: str, days: str) -> None:
    """The audit's line, the event, and what was kept is forgotten."""
    audit_record(
        actor_id=actor_id, act=Act.CALENDAR_SHIFTED, object_kind=kind, object_id=number,
        school_id=org, detail={"days": days},
    )  # fmt: skip
    event_record(
        actor_id=actor_id, verb=Verb.TERM_SET, object_kind=kind, object_id=number, title=title
    )
    transaction.on_commit(forget)
