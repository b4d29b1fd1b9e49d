"""A lesson is handed in, reviewed, returned, mended, passed, shown and taken back."""

from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.door import lesson_full
from yunke.school.library.models import Colleague, Lesson
from yunke.school.review.actions.decide import (
    remark_add,
    submission_claim,
    submission_decide,
    submission_release,
    ticks_save,
)
from yunke.school.review.actions.moves import NotHere, Overtaken
from yunke.school.review.actions.submit import (
    lesson_resubmit,
    lesson_send_on,
    lesson_submit,
    submission_withdraw,
)
from yunke.school.review.models import Moved, Submission, Tick
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    duty_over,
    lesson,
    published,
    submitted,
    ticked,
    who,
)
from yunke.school.review.values import Level, State, TickIn


def sees(somebody: Any, row: Lesson) -> bool:
    return lesson_full(row.id, who(somebody) if somebody else None) is not None


def test_from_the_teacher_to_the_city(at: House) -> None:
    row = lesson(at)
    sub = submitted(at, row)
    assert sub.state == State.SUBMITTED
    assert not sees(at.pupil, row)
    decided(at, at.reviewer, sub)
    assert sub.state == State.COUNTY_PASSED
    assert (sees(at.pupil, row), sees(at.near_pupil, row)) == (True, True)
    assert not sees(at.far_pupil, row)
    decided(at, at.city_reviewer, sub)
    assert sub.state == State.PUBLISHED
    assert sees(at.far_pupil, row)
    assert sees(None, row)


def test_each_step_leaves_its_lines(at: House) -> None:
    sub = published(at)
    acts = list(Entry.objects.order_by("seq").values_list("act", flat=True))
    assert acts.count("lesson.submitted") == 1
    assert acts.count("lesson.decided") == 2
    assert acts.count("lesson.published") == 2
    verbs = set(Event.objects.filter(lesson_id=sub.lesson_id).values_list("verb", flat=True))
    assert {"lesson.submitted", "lesson.reviewed", "lesson.published"} <= verbs
    moves = list(Moved.objects.order_by("id").values_list("what", "level"))
    assert moves == [
        ("submit", ""), ("claim", "county"), ("pass", "county"), ("claim", "city"),
        ("pass", "city"),
    ]  # fmt: skip


def test_a_lesson_without_anything_to_watch_is_not_taken(at: House) -> None:
    row = lesson(at, film=False)
    with pytest.raises(Refused):
        submitted(at, row)
    assert not Submission.objects.exists()


def test_a_lesson_is_on_its_way_once(at: House) -> None:
    sub = submitted(at)
    with pytest.raises(Refused):
        lesson_submit(who=who(at.author), lesson_id=sub.lesson_id, aim=Level.CITY)
    assert Submission.objects.count() == 1


def test_only_its_author_hands_it_in(at: House) -> None:
    row = lesson(at)
    Colleague.objects.create(lesson=row, person=at.colleague, role="editor")
    for somebody in (at.colleague, at.county_staff, at.city_staff, at.reviewer, at.pupil):
        with pytest.raises(NotHere):
            lesson_submit(who=who(somebody), lesson_id=row.id, aim=Level.CITY)


def test_a_bureaus_own_lesson_needs_another_of_the_city(at: House) -> None:
    both = people.staff(at.city, Role.REVIEWER, "市里两职", subject="chinese")
    people.Duty.objects.create(person=both, org=at.city, role=Role.CITY_STAFF, since="2026-01-01")
    row = lesson(at, author=both, school_id=0, county_id=0)
    sub = submitted(at, row)
    assert sub.state == State.COUNTY_PASSED
    with pytest.raises(Overtaken):
        submission_claim(who=who(both), submission_id=sub.id)
    decided(at, at.city_reviewer, sub)
    assert sub.state == State.PUBLISHED


def test_who_helped_to_make_it_does_not_review_it(at: House) -> None:
    row = lesson(at)
    Colleague.objects.create(lesson=row, person=at.reviewer, role="commenter")
    sub = submitted(at, row)
    with pytest.raises(NotHere):
        submission_claim(who=who(at.reviewer), submission_id=sub.id)
    claimed(at.second_reviewer, sub)
    assert sub.claimed_by_id == at.second_reviewer.id


@pytest.mark.parametrize(
    "name", ["maths_reviewer", "far_reviewer", "county_staff", "far_staff", "pupil", "author"]
)
def test_strangers_claim_nothing(at: House, name: str) -> None:
    sub = submitted(at)
    with pytest.raises((NotHere, Overtaken)):
        submission_claim(who=who(getattr(at, name)), submission_id=sub.id)
    sub.refresh_from_db()
    assert sub.state == State.SUBMITTED


def test_of_two_who_claim_one_wins_and_the_other_is_told_by_name(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    with pytest.raises(Overtaken) as meanwhile:
        submission_claim(who=who(at.second_reviewer), submission_id=sub.id)
    assert meanwhile.value.last.name == "县审员"
    assert meanwhile.value.last.what == "claim"
    submission_claim(who=who(at.reviewer), submission_id=sub.id)
    assert Moved.objects.filter(what="claim").count() == 1


def test_of_two_decisions_one_wins(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    old_turn = sub.turn
    submission_release(who=who(at.county_staff), submission_id=sub.id, turn=old_turn)
    decided(at, at.second_reviewer, sub, passed=False)
    with pytest.raises(Overtaken) as meanwhile:
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=old_turn, passed=True, reason="好",
            ticks=ticked(at),
        )  # fmt: skip
    assert (meanwhile.value.last.what, meanwhile.value.last.name) == ("return", "县审员乙")
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_RETURNED
    assert Moved.objects.filter(what__in=("pass", "return")).count() == 1
    remark_add(who=who(at.reviewer), submission_id=sub.id, text="我觉得可以通过")
    assert Moved.objects.get(what="remark").reason == "我觉得可以通过"


def test_a_pass_needs_every_line_of_the_checklist(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    for ticks in ((), ticked(at)[1:], ticked(at, good=None), ticked(at, good=False)):
        with pytest.raises(Refused):
            submission_decide(
                who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=True, reason="",
                ticks=ticks,
            )  # fmt: skip
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_REVIEWING


def test_a_return_needs_a_reason(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    with pytest.raises(Refused):
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=False, reason=" ",
        )  # fmt: skip


def test_ticks_are_kept_with_their_second_and_page(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    first, second, *_rest = ticked(at)
    given = (
        TickIn(first.item_id, False, "声音小", 125.0),
        TickIn(second.item_id, None, "", None, 3),
        TickIn(999, True),
    )
    ticks_save(who=who(at.reviewer), submission_id=sub.id, ticks=given)
    ticks_save(who=who(at.reviewer), submission_id=sub.id, ticks=given)
    assert Tick.objects.count() == 2
    kept = Tick.objects.get(item_id=first.item_id)
    assert (kept.good, kept.note, kept.at_second) == (False, "声音小", 125.0)
    with pytest.raises(NotHere):
        ticks_save(who=who(at.second_reviewer), submission_id=sub.id, ticks=given)


def test_returned_mended_and_handed_in_again(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    assert sub.state == State.COUNTY_RETURNED
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn, message="改好了")
    sub.refresh_from_db()
    assert (sub.state, sub.round, sub.claimed_by_id) == (State.SUBMITTED, 2, None)
    with pytest.raises((NotHere, Overtaken)):
        lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn)


def test_what_the_city_returns_goes_back_to_the_city(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at))
    decided(at, at.city_reviewer, sub, passed=False)
    assert sub.state == State.CITY_RETURNED
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn, message="")
    sub.refresh_from_db()
    assert sub.state == State.COUNTY_PASSED


def test_a_county_aim_ends_at_the_county_until_it_is_sent_on(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at, aim=Level.COUNTY))
    with pytest.raises(Overtaken):
        submission_claim(who=who(at.city_reviewer), submission_id=sub.id)
    lesson_send_on(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    decided(at, at.city_reviewer, sub)
    assert sub.state == State.PUBLISHED


def test_taking_back_before_it_is_shown_ends_the_review_alone(at: House) -> None:
    sub = submitted(at)
    submission_withdraw(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    assert sub.state == State.WITHDRAWN
    assert sub.lesson.state == "draft"
    lesson_submit(who=who(at.author), lesson_id=sub.lesson_id, aim=Level.CITY)
    assert Submission.objects.count() == 2


def test_taking_back_what_is_shown_needs_a_reason_and_stops_it(at: House) -> None:
    sub = published(at)
    with pytest.raises(Refused):
        submission_withdraw(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    submission_withdraw(
        who=who(at.city_staff), submission_id=sub.id, turn=sub.turn, reason="图片没有使用权"
    )
    row = Lesson.objects.get(id=sub.lesson_id)
    assert row.state == Lesson.State.WITHDRAWN
    assert row.withdrawn_at is not None
    assert not sees(at.pupil, row)
    entry = Entry.objects.get(act="lesson.withdrawn")
    assert (entry.actor_id, entry.reason) == (at.city_staff.id, "图片没有使用权")


def test_a_county_takes_back_no_other_countys_lesson(at: House) -> None:
    sub = published(at)
    with pytest.raises(NotHere):
        submission_withdraw(
            who=who(at.far_staff), submission_id=sub.id, turn=sub.turn, reason="不喜欢"
        )


def test_a_claim_ends_with_the_duty(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    duty_over(at.reviewer)
    with pytest.raises(NotHere):
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=True, reason="",
            ticks=ticked(at),
        )  # fmt: skip
    claimed(at.second_reviewer, sub)
    assert sub.claimed_by_id == at.second_reviewer.id
    assert list(Moved.objects.order_by("id").values_list("what", flat=True)) == [
        "submit", "claim", "release", "claim",
    ]  # fmt: skip


def test_the_office_frees_a_claim_that_is_stuck(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    with pytest.raises(NotHere):
        submission_release(who=who(at.far_staff), submission_id=sub.id, turn=sub.turn)
    submission_release(who=who(at.county_staff), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    assert (sub.state, sub.claimed_by_id) == (State.SUBMITTED, None)


def test_remarks_are_for_those_whom_it_concerns(at: House) -> None:
    sub = submitted(at)
    for somebody in (at.far_reviewer, at.maths_reviewer, at.pupil, at.far_staff):
        with pytest.raises(NotHere):
            remark_add(who=who(somebody), submission_id=sub.id, text="我")
    remark_add(who=who(at.author), submission_id=sub.id, text="谢谢")
    with pytest.raises(Refused):
        remark_add(who=who(at.author), submission_id=sub.id, text="  ")


def test_too_long_a_word_is_refused_whole(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    with pytest.raises(Refused):
        submission_decide(
            who=who(at.reviewer), submission_id=sub.id, turn=sub.turn, passed=False,
            reason="长" * 2001,
        )  # fmt: skip
    assert not Tick.objects.exists()
