"""What life does to a school's people: another class, a repeated year, a substitute, a new head
teacher, a counsellor who hands over. Each is ties that end and begin on a day; nothing else gives
or takes a right, so a substitute's rights come and go by themselves.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.changes import Writing, change_keep, day_ahead
from yunke.ground.people.models import (
    Change,
    Duty,
    Guardianship,
    Membership,
    Org,
    Pairing,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.values import Kind, Role

LONGEST_STAND = timedelta(days=200)


@transaction.atomic
def class_move(
    *, actor_id: int, person: Person, to: SchoolClass, day: date, reason: str = "",
    besides: bool = False,
) -> Change:  # fmt: skip
    """A pupil goes to another class of its school on the day; ``besides`` keeps the old one too.

    A lower grade is a repeated year. Raises Refused when the pupil is in that class already.
    """
    day_ahead(day)
    ours = Membership.objects.filter(
        person=person, role=Role.PUPIL, school_class__school_id=to.school_id
    ).select_related("school_class")
    held = [tie for tie in ours if tie.until is None or tie.until > day]
    if not held or person.kind != Kind.PUPIL:
        raise Refused(_("这个人不是本校的学生；什么都没有改动。"), status=422)
    if any(tie.school_class_id == to.id for tie in held):
        raise Refused(_("已经在这个班里了；什么都没有改动。"), status=422)
    before = held[0].school_class.grade
    writing = Writing()
    if not besides:
        for tie in held:
            writing.end(tie, day)
    writing.join(Membership(person=person, school_class=to, role=Role.PUPIL, since=day))
    kind = "second_class" if besides else _kind_of(before, to.grade)
    return change_keep(
        writing, kind=kind, actor_id=actor_id, school_id=to.school_id, day=day, person=person,
        class_id=to.id, reason=reason, act=Act.ROLE_CHANGED, verb=Verb.PERSON_MOVED,
    )  # fmt: skip


def _kind_of(before: int, after: int) -> str:
    if after < before:
        return "repeat"
    return "class" if after == before else "skip"


@transaction.atomic
def class_leave(*, actor_id: int, tie: Membership, school_id: int, day: date) -> Change:
    """One class of several ends; the person keeps the others."""
    writing = Writing()
    writing.end(tie, day_ahead(day))
    return change_keep(
        writing, kind="class_end", actor_id=actor_id, school_id=school_id, day=day,
        person=tie.person, class_id=tie.school_class_id, act=Act.ROLE_CHANGED,
        verb=Verb.ROLE_CHANGED,
    )  # fmt: skip


@transaction.atomic
def substitute_set(
    *, actor_id: int, away: Person, stands: Person, school_id: int, first: date, last: date,
    reason: str = "", away_keeps: bool = False,
) -> Change:  # fmt: skip
    """``stands`` teaches all that ``away`` teaches at the school, from ``first`` to ``last``.

    ``away`` has no right in these classes meanwhile (``away_keeps``: keeps them) and has them
    again by itself on the day after.
    """
    day_ahead(first)
    after = last + timedelta(days=1)
    if last < first or last - first > LONGEST_STAND:
        raise Refused(_("请检查代课的起止日期；什么都没有改动。"), status=422)
    if away.id == stands.id or stands.kind != Kind.STAFF:
        raise Refused(_("请选另一位老师来代课；什么都没有改动。"), status=422)
    ties = Membership.objects.filter(person=away, school_class__school_id=school_id)
    held = [t for t in ties if t.since < after and (t.until is None or t.until > first)]
    if not held:
        raise Refused(_("这位老师在这段时间没有班级；什么都没有改动。"), status=422)
    writing = Writing()
    for tie in held:
        writing.join(_standing(tie, stands, away, first, after))
        if not away_keeps:
            _pause(writing, tie, first, after)
    return change_keep(
        writing, kind="substitute", actor_id=actor_id, school_id=school_id, day=first,
        person=stands, reason=reason, act=Act.ROLE_CHANGED, verb=Verb.ROLE_CHANGED,
    )  # fmt: skip


def _standing(tie: Membership, by: Person, away: Person, first: date, after: date) -> Membership:
    until = after if tie.until is None else min(after, tie.until)
    return Membership(
        person=by, school_class_id=tie.school_class_id, role=tie.role, subject=tie.subject,
        since=max(first, tie.since), until=until, stands_for=away,
    )  # fmt: skip


def _pause(writing: Writing, tie: Membership, first: date, after: date) -> None:
    """The tie ends on the first day and goes on as another one after the last."""
    ended = tie.until
    writing.end(tie, first)
    if ended is None or ended > after:
        again = Membership(
            person_id=tie.person_id, school_class_id=tie.school_class_id, role=tie.role,
            subject=tie.subject, since=after, until=ended,
        )  # fmt: skip
        writing.join(again)


@transaction.atomic
def head_change(*, actor_id: int, of: SchoolClass, to: Person, day: date) -> Change:
    """Another head teacher from the day on; the former one keeps teaching, if it teaches."""
    day_ahead(day)
    if to.kind != Kind.STAFF:
        raise Refused(_("班主任要由本校老师担任；什么都没有改动。"), status=422)
    heads = Membership.objects.filter(school_class=of, role=Role.HEAD_TEACHER)
    held = [tie for tie in heads if tie.until is None or tie.until > day]
    if any(tie.person_id == to.id for tie in held):
        raise Refused(_("这位老师已经是班主任；什么都没有改动。"), status=422)
    writing = Writing()
    for tie in held:
        writing.end(tie, day)
    writing.join(Membership(person=to, school_class=of, role=Role.HEAD_TEACHER, since=day))
    return change_keep(
        writing, kind="head", actor_id=actor_id, school_id=of.school_id, day=day, person=to,
        class_id=of.id, act=Act.ROLE_CHANGED, verb=Verb.ROLE_CHANGED,
    )  # fmt: skip


@transaction.atomic
def duty_hand_over(*, actor_id: int, duty: Duty, to: Person, day: date) -> Change:
    """A duty (counsellor, administrator) goes to a colleague; no day lies between the two."""
    day_ahead(day)
    if to.kind != Kind.STAFF or to.id == duty.person_id:
        raise Refused(_("请选另一位同事来接手；什么都没有改动。"), status=422)
    writing = Writing()
    writing.end(duty, day)
    held = Duty.objects.holding(day).filter(person=to, org_id=duty.org_id, role=duty.role)
    if not held.exists():
        writing.make(
            Duty(person=to, org_id=duty.org_id, role=duty.role, subject=duty.subject, since=day)
        )
    return change_keep(
        writing, kind="hand_over", actor_id=actor_id, school_id=duty.org_id, day=day, person=to,
        act=Act.ROLE_CHANGED, verb=Verb.ROLE_CHANGED,
    )  # fmt: skip


@transaction.atomic
def school_leave(*, actor_id: int, school: Org, reason: str) -> Change:
    """A school leaves the city today: its classes end, its duties end, everybody is out."""
    day, writing = today(), Writing()
    if school.left_on is not None or school.level != Org.Level.SCHOOL:
        raise Refused(_("这所学校已经不在本市；什么都没有改动。"), status=422)
    if not reason.strip():
        raise Refused(_("请写下理由；什么都没有改动。"), status=422)
    writing.put(school, left_on=day)
    for of in SchoolClass.objects.filter(school=school, ended_on__isnull=True):
        writing.put(of, ended_on=day)
    for duty in Duty.objects.holding(day).filter(org=school):
        writing.end(duty, day)
    return change_keep(
        writing, kind="school_left", actor_id=actor_id, school_id=school.id, day=day,
        reason=reason, title=school.name, act=Act.ROLE_CHANGED, verb=Verb.SCHOOL_LEFT,
    )  # fmt: skip


@transaction.atomic
def class_devices_end(*, actor_id: int, of: SchoolClass, reason: str = "") -> int:
    """A classroom's device is lost: every pupil of the class is signed out everywhere, TVs too.

    Gives how many devices.
    """
    pupils = list(
        Membership.objects.holding(today())
        .filter(school_class=of, role=Role.PUPIL)
        .values_list("person_id", flat=True)
    )
    Pairing.objects.filter(person_id__in=pupils).delete()
    ended, _kinds = Session.objects.filter(person_id__in=pupils).delete()
    change_keep(
        Writing(), kind="devices", actor_id=actor_id, school_id=of.school_id, day=today(),
        class_id=of.id, reason=reason, title=of.name, act=Act.ROLE_CHANGED,
        verb=Verb.DEVICE_REVOKED,
    )  # fmt: skip
    return ended


@transaction.atomic
def guardian_agree(*, who_id: int, tie_id: int, yes: bool) -> bool:
    """A pupil of age lets a guardian see, or not any more. False for a tie of somebody else."""
    rows = Guardianship.objects.filter(id=tie_id, child_id=who_id, child__kind=Kind.PUPIL)
    tie = rows.select_related("child").first()
    if tie is None or (bool(tie.agreed_at) == yes):
        return tie is not None
    tie.agreed_at = now() if yes else None
    tie.save(update_fields=["agreed_at"])
    change_keep(
        Writing(), kind="agreed" if yes else "not_agreed", actor_id=who_id, school_id=0,
        day=today(), person=tie.child, act=Act.GUARDIAN_CHANGED, verb=Verb.GUARDIAN_AGREED,
    )  # fmt: skip
    return True
