"""The marking desk: blind, leased, summed exactly; nobody marks the same by accident."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import who
from yunke.ground.people.values import Who
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.attempts.door import Marked, Of, marks_history, marks_of, states_of
from yunke.school.exams.actions.desk_fill import desk_fill
from yunke.school.exams.actions.desk_mark import (
    leases_free,
    mark_back,
    mark_give,
    packet_take,
)
from yunke.school.exams.actions.desk_set import (
    desk_assign,
    desk_item_set,
    desk_unassign,
    sample_end,
    sample_set,
)
from yunke.school.exams.actions.persons import sheet_files, sheets_forget
from yunke.school.exams.models import DeskItem, DeskPiece, MarkGiven, QualitySample
from yunke.school.exams.reads.desk import (
    desk_left,
    drift_in,
    pieces_shown,
    progress_of,
    work_of,
)
from yunke.school.exams.reads.led import exam_led
from yunke.school.exams.tests.makers import begin, hall, hand_in
from yunke.school.exams.tests.paper_makers import rows_of
from yunke.school.exams.values.paper import PieceState, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> "Desk":
    return Desk(pupils=4)


class Desk:
    """A screen exam whose sentence question waits for two markers and an arbiter."""

    def __init__(self, *, pupils: int) -> None:
        self.hall = begin(hall(pupils=pupils))
        for n, pupil in enumerate(self.hall.people.pupils):
            hand_in(self.hall, pupil, "B", "5", f"大概是这样 {n}")
        desk_fill(self.hall.exam.id)
        self.lead = who(self.hall.people.teacher)
        self.led = exam_led(self.hall.exam.id, self.lead)
        self.item = DeskItem.objects.get(exam=self.hall.exam)
        self.one, self.two = self.person(), self.person()
        self.third = self.person(Post.ARBITER)

    def person(self, post: Post = Post.MARKER) -> Who:
        row = people.teacher(self.hall.people.one, subject="chinese")
        desk_assign(
            who=self.lead, led=self.led, item_ids=[self.item.id], person_id=row.id, post=post
        )
        return who(row)

    def set(self, **more: Any) -> None:
        values = {"double": True, "tolerance": "1", "step": "1/2", "every": 0, "note": ""}
        desk_item_set(who=self.lead, led=self.led, item_id=self.item.id, **{**values, **more})

    def take(self, by: Who, most: int = 8) -> list[MarkGiven]:
        return packet_take(who=by, item_id=self.item.id, most=most)

    def give(self, by: Who, piece: DeskPiece, score: str) -> MarkGiven:
        for row in self.take(by, 50):
            if row.piece_id == piece.id:
                return mark_give(who=by, given_id=row.id, score=score)
        raise LookupError(piece.id)

    def pieces(self) -> list[DeskPiece]:
        return list(DeskPiece.objects.filter(item=self.item).order_by("id"))

    def mark_of(self, piece: DeskPiece) -> Marked:
        states = states_of(Of.EXAM, self.hall.exam.id).values()
        marks = {m.reply_id: m for m in marks_of([s.id for s in states])}
        return marks[piece.reply_id]


def test_what_no_rule_can_mark_comes_to_the_desk_once(desk) -> None:
    assert len(desk.pieces()) == 4
    assert desk_fill(desk.hall.exam.id) == 0
    assert len({piece.code for piece in desk.pieces()}) == 4


def test_two_near_each_other_count_by_their_mean_exactly(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "3")
    assert desk.mark_of(piece).score is None
    desk.give(desk.two, piece, "3.5")
    mark = desk.mark_of(piece)
    assert (mark.score, mark.rule) == (Fraction(13, 4), "double-marked")


def test_two_apart_wait_for_a_third_whose_mark_counts_alone(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "1")
    desk.give(desk.two, piece, "4")
    assert desk.mark_of(piece).score is None
    shown = pieces_shown(desk.item, desk.take(desk.third))
    assert [one["score"] for one in shown[0].before] == ["1", "4"]
    desk.give(desk.third, piece, "3")
    mark = desk.mark_of(piece)
    assert (mark.score, mark.rule) == (Fraction(3), "arbitrated")
    assert Entry.objects.filter(act=Act.MARK_ARBITRATED).count() == 1


def test_a_marker_never_sees_the_other_mark(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "1")
    for shown in pieces_shown(desk.item, desk.take(desk.two)):
        assert shown.before == ()
        assert "1" not in (shown.suggested, shown.code)


def test_a_marker_gets_no_piece_twice_and_no_third_marker_gets_it_at_all(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "1")
    assert piece.id not in {row.piece_id for row in desk.take(desk.one, 50)}
    desk.give(desk.two, piece, "1")
    other = desk.person()
    assert piece.id not in {row.piece_id for row in desk.take(other, 50)}


def test_leases_keep_two_off_the_same_turn_and_run_out(desk) -> None:
    desk.take(desk.one, 50)
    desk.take(desk.two, 50)
    other = desk.person()
    assert desk.take(other, 50) == []
    MarkGiven.objects.update(until=desk.hall.exam.starts_at - timedelta(hours=1))
    assert len(desk.take(other, 50)) == 4


def test_a_mark_after_the_lease_ran_out_is_refused_when_somebody_has_the_piece(desk) -> None:
    row = desk.take(desk.one, 1)[0]
    MarkGiven.objects.filter(id=row.id).update(until=desk.hall.exam.starts_at - timedelta(hours=1))
    desk.take(desk.two, 1)
    with pytest.raises(Refused) as no:
        mark_give(who=desk.one, given_id=row.id, score="2")
    assert no.value.status == 409


def test_the_same_mark_again_changes_nothing_and_another_one_is_refused(desk) -> None:
    row = desk.take(desk.one, 1)[0]
    mark_give(who=desk.one, given_id=row.id, score="2")
    mark_give(who=desk.one, given_id=row.id, score="2")
    with pytest.raises(Refused):
        mark_give(who=desk.one, given_id=row.id, score="3")
    assert MarkGiven.objects.filter(given_at__isnull=False).count() == 1


@pytest.mark.parametrize("score", ["-1", "6", "1/3", "x", "", "1e3", "9" * 40, "1/0", "nan"])
def test_points_that_are_none_are_refused(desk, score) -> None:
    row = desk.take(desk.one, 1)[0]
    with pytest.raises(Refused) as no:
        mark_give(who=desk.one, given_id=row.id, score=score)
    assert no.value.status == 422
    row.refresh_from_db()
    assert row.given_at is None


def test_a_mark_is_taken_back_and_given_anew_with_both_in_the_history(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "3")
    desk.give(desk.two, piece, "3")
    assert desk.mark_of(piece).score == 3
    again = mark_back(who=desk.two, item_id=desk.item.id)
    assert again is not None
    assert desk.mark_of(piece).score is None
    mark_give(who=desk.two, given_id=again.id, score="4")
    assert desk.mark_of(piece).score == Fraction(7, 2)
    scores = [mark.score for mark in marks_history(piece.reply_id)]
    assert scores == [None, 3, None, Fraction(7, 2)]


def test_what_was_arbitrated_cannot_be_taken_back_by_the_first_two(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "0")
    desk.give(desk.two, piece, "5")
    desk.give(desk.third, piece, "2")
    assert mark_back(who=desk.one, item_id=desk.item.id) is None
    assert desk.mark_of(piece).score == 2


def test_single_marking_counts_at_once(desk) -> None:
    desk.set(double=False)
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "5")
    assert desk.mark_of(piece).rule == "single-marked"


def test_how_often_it_is_marked_does_not_change_once_somebody_began(desk) -> None:
    desk.give(desk.one, desk.pieces()[0], "5")
    with pytest.raises(Refused):
        desk.set(double=False)
    desk.set(tolerance="2")


@pytest.mark.parametrize("wrong", [{"tolerance": "9"}, {"tolerance": "x"}, {"step": "0"},
                                   {"every": 101}])  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(desk, wrong) -> None:
    with pytest.raises(Refused):
        desk.set(**wrong)


def test_samples_are_mixed_in_unseen_and_never_count(desk) -> None:
    desk.set(every=2)
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "4")
    desk.give(desk.two, piece, "4")
    sample_set(who=desk.lead, led=desk.led, piece_id=piece.id, score="4")
    for by in (desk.one, desk.two):
        leases_free([desk.item.id], by.id)
    other = desk.person()
    rows = desk.take(other, 50)
    assert piece.id in {row.piece_id for row in rows}
    history = len(marks_history(piece.reply_id))
    sample = next(row for row in rows if row.piece_id == piece.id)
    assert sample.turn == 0
    mark_give(who=other, given_id=sample.id, score="1")
    assert len(marks_history(piece.reply_id)) == history
    drift = {one.person_id: one for one in drift_in(desk.hall.exam.id)}
    assert drift[other.id].known_apart == pytest.approx(-0.6)
    sample_end(who=desk.lead, led=desk.led, sample_id=QualitySample.objects.get().id)
    assert QualitySample.objects.filter(ended_at__isnull=True).count() == 0


def test_only_what_is_done_becomes_a_sample(desk) -> None:
    with pytest.raises(Refused):
        sample_set(who=desk.lead, led=desk.led, piece_id=desk.pieces()[0].id, score="4")


def test_drift_is_told_to_the_marker_only_about_oneself(desk) -> None:
    for piece in desk.pieces():
        desk.give(desk.one, piece, "3")
        desk.give(desk.two, piece, "4")
    mine = drift_in(desk.hall.exam.id, desk.one.id)
    assert [one.person_id for one in mine] == [desk.one.id]
    assert mine[0].apart == pytest.approx(-0.1)
    assert len(drift_in(desk.hall.exam.id)) == 2


def test_who_leaves_gives_the_rest_of_the_packet_to_others(desk) -> None:
    desk.take(desk.one, 50)
    assert leases_free([desk.item.id], desk.one.id) == 4
    desk.take(desk.one, 50)
    desk_unassign(who=desk.lead, led=desk.led, item_id=desk.item.id, person_id=desk.one.id)
    assert not MarkGiven.objects.filter(undone_at__isnull=True).exists()
    with pytest.raises(Refused):
        desk.take(desk.one)


def test_nobody_from_another_school_is_assigned(desk) -> None:
    far = people.cast(pupils_in_class=1)
    with pytest.raises(Refused):
        desk_assign(
            who=desk.lead, led=desk.led, item_ids=[desk.item.id], person_id=far.teacher.id,
            post=Post.MARKER,
        )  # fmt: skip


def test_progress_counts_what_is_done_once_and_apart(desk) -> None:
    first, second, third, _fourth = desk.pieces()
    desk.give(desk.one, first, "3")
    desk.give(desk.two, first, "3")
    desk.give(desk.one, second, "0")
    desk.give(desk.two, second, "5")
    desk.give(desk.one, third, "2")
    (line,) = progress_of(desk.hall.exam.id)
    assert (line.pieces, line.done, line.once, line.split) == (4, 1, 1, 1)
    assert desk_left(desk.hall.exam.id) == 3
    work = {by.id: work_of(by)[0] for by in (desk.one, desk.two, desk.third)}
    assert work[desk.third.id].left == 1
    assert work[desk.one.id].given == 3


@pytest.mark.parametrize("pupils", [5, 50])
def test_a_packet_and_the_pages_behind_it_cost_the_same_for_a_large_class(
    pupils, django_assert_max_num_queries
) -> None:
    desk = Desk(pupils=pupils)
    desk.give(desk.one, desk.pieces()[0], "3")
    with django_assert_max_num_queries(4):
        progress_of(desk.hall.exam.id)
    with django_assert_max_num_queries(3):
        work_of(desk.one)
    held = desk.take(desk.one, 8)
    with django_assert_max_num_queries(3):
        pieces_shown(desk.item, held)


def test_states_are_words_that_the_database_knows() -> None:
    assert {state.value for state in PieceState} == {"open", "split", "done"}


def test_a_copy_of_a_pupils_data_holds_no_mark_of_the_desk(desk) -> None:
    piece = desk.pieces()[0]
    desk.give(desk.one, piece, "3")
    desk.give(desk.two, piece, "3")
    tables = {held_of: rows for held_of, _held, rows in person_tables(piece.person_id)}
    told = [row for name, rows in tables.items() if "DeskPiece" in str(name) for row in rows]
    assert told
    assert not {"score", "state", "suggested"} & set(told[0])


def test_pictures_go_with_the_pupil(desk) -> None:
    exam, pupil = desk.hall.exam, desk.hall.people.pupils[0]
    rows = rows_of(exam, desk.hall.people.teacher, pupil)
    files = list(sheet_files(pupil.id))
    assert len(files) == 2
    assert all(path.is_file() for path in files)
    assert sheets_forget(pupil.id) == 2
    assert not any(path.exists() for path in files)
    assert rows.page.file
