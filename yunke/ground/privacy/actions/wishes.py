"""Wishes: a copy at once, an erasure the school confirms, a school's pupils by two people."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.ground.audit.door import (
    Act,
    audit_record,
    look_record,
    second_ask,
    second_of,
    second_use,
)
from yunke.ground.people.door import person_marks, pupils_of_school
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.values import WishKind, WishState

BULK = "export.school"
MOST_PUPILS = 5000
LONGEST_REASON = 200


@transaction.atomic
def copy_ask(*, who_id: int, person_id: int, school_id: int = 0, reason: str = "") -> int:
    """Ask for a person's copy; a job writes it. One at a time: an open wish is given again.

    Of somebody else's data (the school's staff) only with a reason. Raises Refused.
    """
    told = _reason(reason, needed=who_id != person_id and bool(school_id))
    open_one = Wish.objects.filter(
        kind=WishKind.COPY, person_id=person_id, asked_by=who_id, state=WishState.GOING
    ).first()
    if open_one is not None:
        return int(open_one.id)
    wish = Wish.objects.create(
        kind=WishKind.COPY, state=WishState.GOING, person_id=person_id, asked_by=who_id,
        school_id=school_id, reason=told,
    )  # fmt: skip
    _line(wish, Act.DATA_EXPORTED, who_id, told)
    ask("privacy.copy", key=str(wish.id), payload={"wish": wish.id})
    return int(wish.id)


@transaction.atomic
def erase_ask(*, who_id: int, person_id: int, reason: str = "") -> int:
    """Ask for an erasure; the school confirms it. An open wish is given again."""
    open_one = Wish.objects.filter(
        kind=WishKind.ERASE, person_id=person_id, state__in=(WishState.ASKED, WishState.GOING)
    ).first()
    if open_one is not None:
        return int(open_one.id)
    marks = person_marks(person_id)
    if marks is None or marks.erased:
        raise Refused(_("没有找到这个人的数据；什么都没有改动。"), status=422)
    wish = Wish.objects.create(
        kind=WishKind.ERASE, person_id=person_id, asked_by=who_id, school_id=marks.school_id,
        reason=_reason(reason, needed=False),
    )  # fmt: skip
    _line(wish, Act.ERASURE_ASKED, who_id, wish.reason)
    return int(wish.id)


@transaction.atomic
def erase_decide(*, wish_id: int, who_id: int, given: bool, reason: str = "") -> Wish:
    """The school confirms or refuses, once; never the one who asked. The page checked the right.

    Raises Refused.
    """
    told = _reason(reason, needed=not given)
    state = WishState.GOING if given else WishState.REFUSED
    done = (
        Wish.objects.filter(id=wish_id, kind=WishKind.ERASE, state=WishState.ASKED)
        .exclude(asked_by=who_id)
        .exclude(person_id=who_id)
        .update(state=state, decided_by=who_id, decided_at=now(), decided_reason=told)
    )
    wish = Wish.objects.filter(id=wish_id).first()
    if wish is None or not done:
        why = _("这个请求已经有人决定过，或者是你自己提出的。什么都没有改动。")
        raise Refused(why, status=422)
    _line(wish, Act.SECOND_GIVEN if given else Act.SECOND_REFUSED, who_id, told)
    if given:
        ask("privacy.erase", key=str(wish.id), payload={"wish": wish.id})
    return wish


@transaction.atomic
def wish_take_back(*, wish_id: int, who_id: int) -> None:
    """Who asked for an erasure may think again until it is confirmed. Raises Refused."""
    done = Wish.objects.filter(
        id=wish_id, kind=WishKind.ERASE, state=WishState.ASKED, asked_by=who_id
    ).update(state=WishState.REFUSED, done_at=now())
    if not done:
        raise Refused(_("这个请求已经不能收回了。什么都没有改动。"), status=422)
    wish = Wish.objects.get(id=wish_id)
    audit_record(
        actor_id=who_id, act=Act.ERASURE_ASKED, subject_id=wish.person_id, object_kind="wish",
        object_id=wish.id, school_id=wish.school_id, detail={"taken_back": True},
    )  # fmt: skip


@transaction.atomic
def leaver_erase(person_id: int) -> int:
    """Retention: a year after leaving, without anybody asking; the schedule says so."""
    marks = person_marks(person_id)
    wish, new = Wish.objects.get_or_create(
        kind=WishKind.ERASE, person_id=person_id, asked_by=0, state=WishState.GOING,
        defaults={"school_id": marks.school_id if marks else 0},
    )  # fmt: skip
    if new:
        ask("privacy.erase", key=str(wish.id), payload={"wish": wish.id})
    return int(wish.id)


@transaction.atomic
def bulk_ask(*, who_id: int, school_id: int, reason: str, pupils: int) -> int:
    """Ask to take out all pupils of a school; a second person must agree. Raises Refused."""
    if pupils > MOST_PUPILS:
        why = _("一次最多导出 %(most)s 名学生。什么都没有改动。") % {"most": MOST_PUPILS}
        raise Refused(why, status=422)
    told = _reason(reason, needed=True)
    wish = Wish.objects.create(
        kind=WishKind.BULK, asked_by=who_id, school_id=school_id, reason=told
    )
    wish.second_id = second_ask(
        who_id=who_id, kind=BULK, page="/data", reason=told,
        about={"wish": wish.id, "pupils": pupils}, org_id=school_id,
    )  # fmt: skip
    wish.save(update_fields=["second_id"])
    return int(wish.id)


@transaction.atomic
def bulk_start(*, wish_id: int, who_id: int) -> None:
    """Start a bulk export that a second person agreed to, once. Raises Refused.

    Every pupil in it finds the export under "who looked", before the file is made.
    """
    wish = Wish.objects.filter(
        id=wish_id, kind=WishKind.BULK, asked_by=who_id, state=WishState.ASKED
    ).first()
    if wish is None:
        raise Refused(_("没有找到这个请求，或者它已经开始了。"), status=422)
    given = second_use(wish.second_id, BULK, who_id=who_id)
    if given.about.get("wish") != wish.id:
        raise Refused(_("那次同意说的是另一件事；什么都没有改动。"), status=422)
    Wish.objects.filter(id=wish.id).update(
        state=WishState.GOING, decided_by=given.decided_by, decided_at=given.decided_at
    )
    pupils = [tie.person_id for tie in pupils_of_school(wish.school_id, today())]
    look_record(
        reader_id=who_id, role="", act=Act.DATA_EXPORTED, part="export", part_id=wish.id,
        pupil_ids=pupils, school_id=wish.school_id, reason=wish.reason,
    )  # fmt: skip
    ask("privacy.bulk", key=str(wish.id), payload={"wish": wish.id})


def bulk_is_given(wish: Wish) -> bool:
    """Has the second person agreed, and may it start now?"""
    second = second_of(wish.second_id)
    return second is not None and second.decision == "given" and second.used_at is None


def _reason(text: str, *, needed: bool) -> str:
    told = text.replace("\0", "").strip()[:LONGEST_REASON]
    if needed and not told:
        raise Refused(_("请写下理由。什么都没有改动。"), status=422)
    return told


def _line(wish: Wish, act: Act, who_id: int, reason: str, **detail: Any) -> None:
    audit_record(
        actor_id=who_id, act=act, subject_id=wish.person_id, object_kind="wish",
        object_id=wish.id, school_id=wish.school_id, reason=reason,
        detail={"kind": str(wish.kind), **detail},
    )  # fmt: skip
