"""What reviewers, offices and authors read: scoped by who asks, at one price for few and many."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.preparing.tests import makers as preparing
from yunke.school.review.actions.decide import submission_release
from yunke.school.review.actions.submit import lesson_resubmit, submission_withdraw
from yunke.school.review.models import Moved, Submission
from yunke.school.review.reads.desk import decided_of, load_of, on_duty, queue_led, queue_of
from yunke.school.review.reads.one import (
    checklist_of,
    is_claimer,
    items_of,
    moves_of,
    review_may,
    state_of,
    submission_for,
    submission_of_lesson,
    turn_of,
)
from yunke.school.review.reads.path import differences, differences_now, stops_of
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    duty_over,
    lesson,
    published,
    signed_in,
    submitted,
    ticked,
    who,
)
from yunke.school.review.values import Level, State
from yunke.school.review.views.queue import BAR, bars

EVERYBODY = (
    "author", "colleague", "pupil", "near_pupil", "far_pupil", "reviewer", "second_reviewer",
    "maths_reviewer", "far_reviewer", "city_reviewer", "county_staff", "far_staff", "city_staff",
)  # fmt: skip
OFFICES = {"county_staff", "city_staff"}


def seen_by(at: House, sub: Submission) -> set[str]:
    return {n for n in EVERYBODY if submission_for(sub.id, who(getattr(at, n))) is not None}


def queues(at: House) -> dict[str, int]:
    found = {n: len(queue_of(who(getattr(at, n)))) for n in EVERYBODY}
    return {name: count for name, count in found.items() if count}


def test_who_reads_a_submission_changes_with_its_turn(at: House) -> None:
    sub = submitted(at)
    county = {"reviewer", "second_reviewer"}
    assert seen_by(at, sub) == {"author"} | county | OFFICES
    decided(at, at.reviewer, sub)
    assert seen_by(at, sub) == {"author", "reviewer", "city_reviewer"} | OFFICES
    decided(at, at.city_reviewer, sub)
    assert seen_by(at, sub) == {"author", "reviewer", "city_reviewer"} | OFFICES
    duty_over(at.reviewer)
    assert "reviewer" not in seen_by(at, sub)
    assert submission_for(404, who(at.city_staff)) is None


def test_a_lesson_lies_in_the_queue_whose_turn_it_is_and_in_no_other(at: House) -> None:
    sub = submitted(at)
    assert queues(at) == {"reviewer": 1, "second_reviewer": 1}
    claimed(at.reviewer, sub)
    assert queues(at) == {"reviewer": 1, "second_reviewer": 1}
    (card,) = queue_of(who(at.second_reviewer))
    assert (card.claimed_by, card.claimer) == (at.reviewer.id, "县审员")
    submission_release(who=who(at.county_staff), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    decided(at, at.second_reviewer, sub)
    assert queues(at) == {"city_reviewer": 1}
    decided(at, at.city_reviewer, sub)
    assert queues(at) == {}


def test_a_county_aim_never_reaches_the_citys_queue(at: House) -> None:
    decided(at, at.reviewer, submitted(at, aim=Level.COUNTY))
    assert queues(at) == {}
    assert queue_led(who(at.city_staff)) == []


def test_offices_lead_their_own_queues(at: House) -> None:
    submitted(at)
    decided(at, at.reviewer, submitted(at))
    assert len(queue_led(who(at.county_staff))) == 2
    assert len(queue_led(who(at.city_staff))) == 2
    for name in ("far_staff", "reviewer", "author", "pupil"):
        assert queue_led(who(getattr(at, name))) == []


def test_the_oldest_waits_first(at: House) -> None:
    rows = [submitted(at) for _n in range(3)]
    for row, days in zip(rows, (1, 30, 10), strict=True):
        Submission.objects.filter(id=row.id).update(waiting_since=now() - timedelta(days=days))
    cards = queue_of(who(at.reviewer))
    assert [card.id for card in cards] == [rows[1].id, rows[2].id, rows[0].id]
    assert cards[0].days > cards[1].days > cards[2].days
    assert (cards[0].overdue, cards[2].overdue) == (True, False)


def test_a_claim_counts_while_the_duty_lasts(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    assert on_duty(sub)
    duty_over(at.reviewer)
    assert not on_duty(sub)
    (card,) = queue_of(who(at.second_reviewer))
    assert (card.claimed_by, card.claimer) == (0, "")
    assert not on_duty(submitted(at))


def test_what_one_decided_is_listed_once_and_newest_first(at: House) -> None:
    first = decided(at, at.reviewer, submitted(at), passed=False)
    second = decided(at, at.reviewer, submitted(at))
    lesson_resubmit(who=who(at.author), submission_id=first.id, turn=first.turn)
    first.refresh_from_db()
    decided(at, at.reviewer, first)
    assert [card.id for card in decided_of(who(at.reviewer))] == [first.id, second.id]
    assert [card.id for card in decided_of(who(at.reviewer), limit=1)] == [first.id]
    assert decided_of(who(at.second_reviewer)) == []


def test_the_load_is_of_the_offices_that_one_leads(at: House) -> None:
    claimed(at.reviewer, submitted(at))
    old = decided(at, at.reviewer, submitted(at))
    decided(at, at.reviewer, submitted(at), passed=False)
    Moved.objects.filter(submission=old, what="pass").update(made_at=now() - timedelta(days=29))
    lines = {line.name: line for line in load_of(who(at.county_staff))}
    assert set(lines) == {"县审员", "县审员乙", "数学审员"}
    assert (lines["县审员"].holding, lines["县审员"].decided) == (1, 1)
    assert (lines["县审员乙"].holding, lines["县审员乙"].decided) == (0, 0)
    assert {line.name for line in load_of(who(at.city_staff))} == {*lines, "外县审员", "市审员"}
    assert load_of(who(at.reviewer)) == []


def test_bars_have_one_measure(at: House) -> None:
    claimed(at.reviewer, submitted(at))
    found = bars(load_of(who(at.county_staff)))
    assert {bar["line"].name: bar["holding"] for bar in found}["县审员"] == BAR
    assert sum(bar["holding"] + bar["decided"] for bar in found) == BAR
    assert bars([]) == []


@pytest.mark.parametrize("count", [5, 50])
def test_the_desks_cost_the_same_for_five_and_for_fifty(
    at: House, count: int, django_assert_max_num_queries: Any
) -> None:
    made = lesson(at)
    first = submitted(at, made)
    for number in range(count - 1):
        row = Submission.objects.create(
            lesson=made, author=at.author, aim="city", state="withdrawn", city_id=at.city.id,
            county_id=at.river.id, school_id=at.school.id, subject="chinese", grade=3,
            title=f"多{number}", version_id=first.version_id,
        )  # fmt: skip
        Moved.objects.create(submission=row, person=at.reviewer, what="pass", state="withdrawn")
        people.staff(at.river, Role.REVIEWER, f"审员{number}")
    reviewer, lead = who(at.reviewer), who(at.county_staff)
    with django_assert_max_num_queries(5):
        assert len(decided_of(reviewer)) == min(30, count - 1)
    with django_assert_max_num_queries(5):
        assert len(load_of(lead)) == count + 2


# One submission


def test_the_file_of_a_hand_in_is_for_who_reviews_it_now(at: House) -> None:
    sub = submitted(at)
    film = sub.files[0]
    assert [n for n in EVERYBODY if review_may(sub.lesson_id, film, who(getattr(at, n)))] == [
        "reviewer", "second_reviewer",
    ]  # fmt: skip
    assert not review_may(sub.lesson_id, film + 999, who(at.reviewer))
    assert not review_may(404, film, who(at.reviewer))
    submission_withdraw(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    assert not review_may(sub.lesson_id, film, who(at.reviewer))


def test_a_stranger_to_reviews_costs_no_question(at: House, django_assert_num_queries: Any) -> None:
    sub, pupil = submitted(at), who(at.pupil)
    with django_assert_num_queries(0):
        assert not review_may(sub.lesson_id, sub.files[0], pupil)


def test_the_newest_hand_in_is_the_lessons(at: House) -> None:
    made = lesson(at)
    assert submission_of_lesson(made.id) is None
    first = submitted(at, made)
    submission_withdraw(who=who(at.author), submission_id=first.id, turn=first.turn)
    second = submitted(at, made)
    found = submission_of_lesson(made.id)
    assert found is not None
    assert (found.id, state_of(found)) == (second.id, State.SUBMITTED)


def test_a_rounds_checklist_begins_empty_and_the_old_one_stays_with_its_decision(
    at: House,
) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    sub.refresh_from_db()
    assert turn_of(sub) == Level.COUNTY
    now_lines = checklist_of(sub, Level.COUNTY)
    assert [line.good for line in now_lines] == [None] * len(items_of(at.city.id))
    returned = next(move for move in moves_of(sub) if move.what == "return")
    assert [tick.good for tick in returned.ticks] == [True] * len(ticked(at))
    assert all(move.ticks == () for move in moves_of(sub) if move.what != "return")


def test_only_who_holds_it_is_its_claimer(at: House) -> None:
    sub = claimed(at.reviewer, submitted(at))
    assert [n for n in EVERYBODY if is_claimer(who(getattr(at, n)), sub)] == ["reviewer"]


@pytest.mark.parametrize("count", [5, 50])
def test_a_history_costs_the_same(at: House, count: int, django_assert_num_queries: Any) -> None:
    sub = submitted(at)
    for _n in range(count - 1):
        Moved.objects.create(submission=sub, person=at.reviewer, what="remark", state=sub.state)
    with django_assert_num_queries(2):
        assert len(moves_of(sub)) == count
    with django_assert_num_queries(1):
        stops_of(sub)


# The way


def test_each_stop_says_when_and_by_whom_it_was_left(at: House) -> None:
    sub = published(at)
    assert [(stop.key, stop.mood, stop.name) for stop in stops_of(sub)] == [
        ("submit", "done", "周老师"), ("county", "done", "县审员"), ("city", "done", "市审员"),
        ("published", "done", ""),
    ]  # fmt: skip
    assert all(stop.at for stop in stops_of(sub))
    assert {stop.days for stop in stops_of(sub)} == {0}


def test_days_are_counted_at_the_stop_where_it_waits(at: House) -> None:
    sub = submitted(at)
    Submission.objects.filter(id=sub.id).update(waiting_since=now() - timedelta(days=7))
    sub.refresh_from_db()
    assert [stop.days for stop in stops_of(sub)] == [0, 5, 0, 0]


def test_what_changed_is_told_to_the_reviewer_and_to_the_author(at: House) -> None:
    sub = decided(at, at.reviewer, submitted(at), passed=False)
    assert differences(sub) == differences_now(sub) == []
    preparing.save(sub.lesson, at.author, summary="改过的简介")
    sub = Submission.objects.select_related("lesson").get(id=sub.id)
    assert [d.field for d in differences_now(sub)] == ["summary"]
    lesson_resubmit(who=who(at.author), submission_id=sub.id, turn=sub.turn)
    sub = Submission.objects.select_related("lesson").get(id=sub.id)
    assert [d.field for d in differences(sub)] == ["summary"]
    assert differences_now(sub) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("state", ["submitted", "claimed", "returned", "county", "published"])
def test_both_sides_of_the_way_are_drawn_in_every_state(
    at: House, state: str, language: str
) -> None:
    sub = submitted(at)
    if state == "claimed":
        claimed(at.reviewer, sub)
    elif state != "submitted":
        decided(at, at.reviewer, sub, passed=state != "returned")
    if state == "published":
        decided(at, at.city_reviewer, sub)
    for name, path in (
        ("author", f"/make/{sub.lesson_id}/review"),
        ("reviewer", f"/review/{sub.id}"),
        ("city_staff", f"/review/{sub.id}"),
    ):
        client = signed_in(getattr(at, name))
        client.cookies["yunke_language"] = language
        answer = client.get(path)
        assert answer.status_code == 200, (name, path)
        assert (sub.title_en if language == "en" else sub.title) in answer.content.decode()
