"""A pupil's way to another school: the new school asks by the pupil's number and name, the old
one confirms; on the day the old class ends and the new one begins. Nothing else moves: it is the
same person, with the same guardians.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep, day_ahead
from yunke.ground.people.actions.telling import told
from yunke.ground.people.actions.tries import failure_count, limit_check
from yunke.ground.people.models import Membership, Move, Person, SchoolClass
from yunke.ground.people.reads.accounts import login_read
from yunke.ground.people.rules.limits import MOVES
from yunke.ground.people.values import Kind, Role


def move_ask(*, actor_id: int, number: str, name: str, to: SchoolClass, day: date) -> Move:
    """Ask for a pupil. Raises Refused with one text for a number that nobody has, another name,
    one's own pupil, another city's; TooOften after twenty of these in an hour.
    """
    day_ahead(day)
    limit_check(MOVES, actor_id)
    tie = _found(number, name, to)
    if tie is None:
        failure_count(MOVES, actor_id)
        why = _("没有找到这样的学生：学号和姓名要都对，而且现在在本市另一所学校。什么都没有改动。")
        raise Refused(why, status=422)
    try:
        with transaction.atomic():
            return _asked(tie, actor_id, to, day)
    except IntegrityError:
        why = _("已经有学校在申请接收这个学生。什么都没有改动。")
        raise Refused(why, status=422) from None


def _found(number: str, name: str, to: SchoolClass) -> Membership | None:
    """The pupil's class today, in another school of the same city."""
    rows = Membership.objects.holding(today()).filter(
        person__login=login_read(number), person__kind=Kind.PUPIL, role=Role.PUPIL,
        school_class__ended_on__isnull=True,
    )  # fmt: skip
    tie = rows.select_related("person", "school_class__school__parent").first()
    if tie is None or tie.person.has_left or _plain(tie.person.name) != _plain(name):
        return None
    city = to.school.parent.parent_id if to.school.parent else None
    here = tie.school_class.school
    same_city = here.parent is not None and here.parent.parent_id == city
    return tie if same_city and here.id != to.school_id else None


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _asked(tie: Membership, actor_id: int, to: SchoolClass, day: date) -> Move:
    move = Move.objects.create(
        pupil=tie.person, from_school_id=tie.school_class.school_id, to_class=to,
        to_school_id=to.school_id, day=day, asked_by=actor_id,
    )  # fmt: skip
    told(
        actor_id, Verb.MOVE_ASKED, "move", move.id, title=tie.person.name, subject_id=tie.person_id,
        school_id=to.school_id,
    )  # fmt: skip
    return move


@transaction.atomic
def move_decide(*, move_id: int, school_id: int, actor_id: int, yes: bool, reason: str) -> Move:
    """The releasing school confirms or refuses, once; a refusal says why."""
    move = _open(move_id, from_school_id=school_id)
    if not yes and not reason.strip():
        raise Refused(_("请写下不同意的理由，对方学校会看到。什么都没有改动。"), status=422)
    if yes:
        _moved(move, actor_id)
    _decided(move, Move.State.CONFIRMED if yes else Move.State.REFUSED, actor_id, reason)
    return move


@transaction.atomic
def move_take_back(*, move_id: int, school_id: int, actor_id: int) -> Move:
    """The asking school no longer asks."""
    move = _open(move_id, to_school_id=school_id)
    _decided(move, Move.State.TAKEN_BACK, actor_id, "")
    return move


def _open(move_id: int, **whose: int) -> Move:
    rows = Move.objects.select_for_update().filter(id=move_id, state=Move.State.ASKED, **whose)
    move = rows.first()
    if move is None:
        raise Refused(_("这个申请已经有人处理过了。什么都没有改动。"), status=422)
    return move


def _decided(move: Move, state: str, actor_id: int, reason: str) -> None:
    move.state, move.decided_by, move.decided_at = state, actor_id, now()
    move.reason = reason.strip()[:200]
    move.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    audit_record(
        actor_id=actor_id, act=Act.ROLE_CHANGED, subject_id=move.pupil_id, object_kind="move",
        object_id=move.id, school_id=move.from_school_id, reason=move.reason,
        detail={"state": str(state), "to": move.to_school_id},
    )  # fmt: skip


def _moved(move: Move, actor_id: int) -> None:
    """From the day on; a day that has passed while the request waited counts as today."""
    day, writing = max(move.day, today()), Writing()
    pupil = Person.objects.get(id=move.pupil_id)
    ties = Membership.objects.filter(person=pupil, role=Role.PUPIL)
    ours = ties.holding(today()).filter(school_class__school_id=move.from_school_id)
    goes_on = SchoolClass.objects.filter(id=move.to_class_id, ended_on__isnull=True)
    if pupil.has_left or not ours.exists() or not goes_on.exists():
        why = _("这个学生已经不在本校，或者要去的班已经结束；什么都没有改动。")
        raise Refused(why, status=422)
    for tie in ties:
        writing.end(tie, day)
    writing.join(
        Membership(person=pupil, school_class_id=move.to_class_id, role=Role.PUPIL, since=day)
    )
    for school in (move.from_school_id, move.to_school_id):
        change_keep(
            writing, kind="move", actor_id=actor_id, school_id=school, day=day, person=pupil,
            class_id=move.to_class_id, act=Act.ROLE_CHANGED, verb=Verb.PERSON_MOVED,
        )  # fmt: skip
