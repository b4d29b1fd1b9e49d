"""A second person: not oneself, not late, not twice; used once; each step leaves its line."""

from datetime import timedelta

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import (
    Act,
    SecondView,
    second_ask,
    second_decide,
    second_of,
    second_use,
    seconds_asked,
    seconds_waiting,
)
from yunke.ground.audit.models import Entry, Second

pytestmark = pytest.mark.django_db
CLERK, CHIEF, SCHOOL = 11, 12, 7


def asked(**more: object) -> int:
    values = {"who_id": CLERK, "kind": "roster.leavers", "page": "/exchange/3", "reason": "合并"}
    return second_ask(**{**values, "about": {"leavers": 31}, "org_id": SCHOOL, **more})


def acts() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


def test_a_request_waits_with_its_page_and_reason() -> None:
    found = second_of(asked())
    assert isinstance(found, SecondView)
    assert (found.page, found.reason, found.about) == ("/exchange/3", "合并", {"leavers": 31})
    assert (found.decision, found.right) == ("none", "second.decide")
    assert seconds_waiting() == (found,)
    assert seconds_asked(CLERK) == (found,)
    assert acts() == [Act.SECOND_ASKED]


def test_a_request_without_a_reason_is_refused() -> None:
    with pytest.raises(Refused):
        asked(reason="  ")
    assert not Second.objects.exists()


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example", "x"])
def test_a_page_of_another_site_is_an_error(page: str) -> None:
    with pytest.raises(ValueError, match="on this site"):
        asked(page=page)


def test_another_person_agrees_and_it_is_used_once() -> None:
    number = asked()
    given = second_decide(id=number, who_id=CHIEF, given=True)
    assert (given.decision, given.decided_by) == ("given", CHIEF)
    assert seconds_waiting() == ()
    used = second_use(number, "roster.leavers", who_id=CLERK)
    assert used.used_at is not None
    assert used.about == {"leavers": 31}
    with pytest.raises(Refused):
        second_use(number, "roster.leavers")
    assert acts() == [Act.SECOND_ASKED, Act.SECOND_GIVEN]


def test_nobody_agrees_with_oneself() -> None:
    number = asked()
    with pytest.raises(Refused, match="另一个人"):
        second_decide(id=number, who_id=CLERK, given=True)
    assert second_of(number).decision == "none"
    assert acts() == [Act.SECOND_ASKED]


def test_the_first_decision_stands() -> None:
    number = asked()
    second_decide(id=number, who_id=CHIEF, given=False, reason="人数不对")
    with pytest.raises(Refused, match="已经有人决定"):
        second_decide(id=number, who_id=CHIEF + 1, given=True)
    assert second_of(number).decided_reason == "人数不对"
    assert acts()[-1] == Act.SECOND_REFUSED


def test_a_refusal_needs_its_reason() -> None:
    with pytest.raises(Refused, match="理由"):
        second_decide(id=asked(), who_id=CHIEF, given=False)


def test_a_late_decision_and_a_late_use_are_refused() -> None:
    late, given = asked(), asked()
    second_decide(id=given, who_id=CHIEF, given=True)
    Second.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="过期"):
        second_decide(id=late, who_id=CHIEF, given=True)
    with pytest.raises(Refused):
        second_use(given, "roster.leavers")
    assert seconds_waiting() == ()


def test_a_refused_an_unknown_and_another_kind_cannot_be_used() -> None:
    refused, given = asked(), asked()
    second_decide(id=refused, who_id=CHIEF, given=False, reason="不")
    second_decide(id=given, who_id=CHIEF, given=True)
    for number, kind, who in ((refused, "roster.leavers", 0), (99, "x", 0), (given, "export", 0),
                              (given, "roster.leavers", CHIEF)):  # fmt: skip
        with pytest.raises(Refused):
            second_use(number, kind, who_id=who)
    with pytest.raises(Refused, match="没有找到"):
        second_decide(id=99, who_id=CHIEF, given=True)
