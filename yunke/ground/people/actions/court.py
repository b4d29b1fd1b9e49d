"""A guardian's tie that ends or gets an end: by a court's order, after fostering, at once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep, day_ahead
from yunke.ground.people.actions.sessions import sessions_end
from yunke.ground.people.models import Change, Guardianship, Invitation


@transaction.atomic
def guardian_bar(*, actor_id: int, tie: Guardianship, school_id: int, reason: str) -> Change:
    """A court took a guardian's right: nothing of the child is seen any more, from any device,
    no open invitation can be used, and no later one binds this guardian again.
    """
    if not reason.strip():
        raise Refused(_("请写下法院的文号或理由；什么都没有改动。"), status=422)
    writing = Writing()
    ours = Guardianship.objects.filter(guardian_id=tie.guardian_id, child_id=tie.child_id)
    for held in ours:
        writing.end(held, today())
        writing.put(held, barred=True)
    Invitation.objects.filter(child_id=tie.child_id, used_at__isnull=True).delete()
    sessions_end([tie.child_id])
    return change_keep(
        writing, kind="court", actor_id=actor_id, school_id=school_id, day=today(),
        person=tie.child, reason=reason, act=Act.GUARDIAN_CHANGED, verb=Verb.UNBOUND,
    )  # fmt: skip


@transaction.atomic
def guardian_until(
    *, actor_id: int, tie: Guardianship, school_id: int, day: date | None, reason: str = ""
) -> Change:
    """Fostering and boarding have an end: the tie ends by itself on the day (None: no end)."""
    if tie.barred:
        raise Refused(_("这个账户不能绑定这个孩子，请到学校当面办理。"), status=422)
    if day is not None:
        day_ahead(day)
    writing = Writing()
    writing.put(tie, until=day)
    return change_keep(
        writing, kind="guardian_until", actor_id=actor_id, school_id=school_id,
        day=day or today(), person=tie.child, reason=reason, act=Act.GUARDIAN_CHANGED,
        verb=Verb.GUARDIAN_DATED,
    )  # fmt: skip


def is_barred(guardian_id: int, child_id: int) -> bool:
    """Has a court taken this guardian's right to this child? One query."""
    rows = Guardianship.objects.filter(guardian_id=guardian_id, child_id=child_id, barred=True)
    return rows.exists()
