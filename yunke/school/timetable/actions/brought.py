"""A roster's terms into the city's calendar, and out of it again when the roster is taken back."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, Model, OuterRef

from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.school.timetable.models import LostWeek, Pace, Slot, Term
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.reads.brought import Told, terms_new


@transaction.atomic
def terms_bring(city_id: int, told: Iterable[Told], *, actor_id: int) -> list[int]:
    """Those that the city has not yet; their ids. Five queries a term."""
    made = []
    for _line, title, first, last in terms_new(city_id, told):
        row = Term.objects.create(city_id=city_id, name=title[:60], first_day=first, last_day=last)
        _said(actor_id, row, f"{first}–{last}")
        made.append(row.id)
    return made


@transaction.atomic
def terms_take_back(ids: Sequence[int], *, actor_id: int) -> list[tuple[int, bool]]:
    """Each term that is still there: (id, is it gone now?). What a timetable, a plan, a lost week
    or an office's own dates stand on stays.
    """
    standing = _on(Slot) | _on(Pace) | _on(LostWeek) | _on(Term, "base")
    rows = Term.objects.filter(id__in=list(ids)).annotate(stands=standing)
    done = []
    for row in rows.order_by("id"):
        done.append((row.id, not row.stands))
        if not row.stands:
            _said(actor_id, row, "")
            row.delete()
    return done


def _on(model: type[Model], column: str = "term") -> Exists:
    return Exists(model._default_manager.filter(**{column: OuterRef("id")}))


def _said(actor_id: int, row: Term, days: str) -> None:
    audit_record(
        actor_id=actor_id, act=Act.CALENDAR_SHIFTED, object_kind="term", object_id=row.id,
        school_id=row.city_id, detail={"days": days},
    )  # fmt: skip
    event_record(
        actor_id=actor_id, verb=Verb.TERM_SET, object_kind="term", object_id=row.id,
        title=row.name,
    )  # fmt: skip
    transaction.on_commit(forget)
