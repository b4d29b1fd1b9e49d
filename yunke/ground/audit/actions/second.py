"""A second person agrees before something large happens: asked, decided once, used once."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.actions.record import audit_record
from yunke.ground.audit.models import Second
from yunke.ground.audit.reads.seconds import second_of
from yunke.ground.audit.values import Act, SecondView

DAYS_TO_DECIDE = 7
LONGEST_REASON = 200


def second_ask(
    *,
    who_id: int,
    kind: str,
    page: str,
    reason: str,
    about: dict[str, Any],
    org_id: int,
    right: str = "second.decide",
    days: int = DAYS_TO_DECIDE,
) -> int:
    """Ask for a second person and give the request's number.

    ``kind``: what is asked, as the caller will name it again in ``second_use`` ("roster.leavers").
    ``page``: the address on this site where the second person sees what it is about.
    ``about``: ids and counts only, never names or content. ``org_id``: the school, county or city
    whose people may decide, if they hold ``right`` there. Raises Refused without a reason.
    """
    told = reason.strip()[:LONGEST_REASON]
    if not told:
        raise Refused(_("请写下理由：第二个人要看着它来决定。什么都没有改动。"), status=422)
    if not page.startswith("/") or page.startswith("//"):
        raise ValueError("the page of a request is an address on this site")
    with transaction.atomic():
        asked = Second.objects.create(
            kind=kind, asked_by=who_id, org_id=org_id, right=right, about=about, page=page,
            reason=told, expires_at=now() + timedelta(days=days),
        )  # fmt: skip
        _line(asked.id, org_id, Act.SECOND_ASKED, who_id, kind, told)
    return asked.id


def second_decide(*, id: int, who_id: int, given: bool, reason: str = "") -> SecondView:
    """Agree or refuse, once. The caller's page has checked ``right`` at ``org_id`` already.

    Raises Refused for the asker, after the date, and when somebody decided before; a refusal
    needs its reason.
    """
    told = reason.strip()[:LONGEST_REASON]
    if not given and not told:
        raise Refused(_("请写下不同意的理由，提出的人会看到。什么都没有改动。"), status=422)
    with transaction.atomic():
        decision = Second.Decision.GIVEN if given else Second.Decision.REFUSED
        done = (
            Second.objects.filter(id=id, decision=Second.Decision.NONE, expires_at__gt=now())
            .exclude(asked_by=who_id)
            .update(decision=decision, decided_by=who_id, decided_at=now(), decided_reason=told)
        )
        found = second_of(id)
        if not done or found is None:
            raise Refused(_why_not(found, who_id), status=422)
        act = Act.SECOND_GIVEN if given else Act.SECOND_REFUSED
        _line(id, found.org_id, act, who_id, found.kind, told)
    return found


def second_use(id: int, kind: str, *, who_id: int = 0) -> SecondView:
    """Use a given consent, once, inside the transaction of what it was given for.

    The caller compares ``about`` with what it is going to do. ``who_id``: who does it, who must be
    the one who asked. Raises Refused when it is not given, too old, used, of another kind.
    """
    with transaction.atomic():
        rows = Second.objects.filter(
            id=id, kind=kind, decision=Second.Decision.GIVEN, used_at=None, expires_at__gt=now()
        )
        rows = rows.filter(asked_by=who_id) if who_id else rows
        done = rows.update(used_at=now())
        found = second_of(id)
        if not done or found is None:
            why = _("这件事还没有第二个人同意，或者那次同意已经用过、过期了。什么都没有改动。")
            raise Refused(why, status=422)
    return found


def _why_not(found: SecondView | None, who_id: int) -> str:
    if found is None:
        return _("没有找到这个请求。")
    if found.asked_by == who_id:
        return _("自己提出的，要由另一个人决定。什么都没有改动。")
    if found.decision != "none":
        return _("已经有人决定过了。什么都没有改动。")
    return _("这个请求已经过期，请重新提出。什么都没有改动。")


def _line(id: int, org_id: int, act: Act, who_id: int, kind: str, reason: str) -> None:
    audit_record(
        actor_id=who_id, act=act, object_kind="second", object_id=id, school_id=org_id,
        reason=reason, detail={"kind": kind},
    )  # fmt: skip
