"""The desk's pages on rows alone: who sees what, what is refused, what a second press does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.audit.models import Entry
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.exams.actions.desk_mark import (
    comment_keep,
    leases_free,
    mark_back,
    mark_give,
    packet_take,
)
from yunke.school.exams.actions.desk_set import desk_assign, sample_end, sample_set
from yunke.school.exams.models import (
    Assignment,
    BankedComment,
    DeskItem,
    Exam,
    MarkGiven,
    QualitySample,
)
from yunke.school.exams.reads.desk import comments_of, work_of
from yunke.school.exams.tests.paper_makers import Pile, desk_item, marker, pile
from yunke.school.exams.values.paper import Post

pytestmark = pytest.mark.django_db


class Floor:
    """Everybody's sheets are in; questions 6 and 7 wait; one marks 6, singly."""

    def __init__(self, pupils: int = 2, *, double: bool = False) -> None:
        self.pile: Pile = pile(pupils=pupils)
        for pupil in self.pile.pupils:
            self.pile.entered(pupil)
        DeskItem.objects.update(double=double, every=0)
        self.item = desk_item(self.pile, 6)
        self.one = marker(self.pile, self.item)

    @property
    def address(self) -> str:
        return f"/desk/{self.item.id}"

    @property
    def lead(self) -> str:
        return f"/exams/{self.pile.exam.id}/desk"

    def client(self, somebody: Any = None) -> Client:
        return signed_in(Person.objects.get(id=(somebody or self.one).id))

    def lead_client(self) -> Client:
        return signed_in(self.pile.hall.people.teacher)

    def give(self, score: str = "4", by: Any = None) -> MarkGiven:
        row = packet_take(who=by or self.one, item_id=self.item.id)[0]
        return mark_give(who=by or self.one, given_id=row.id, score=score)


@pytest.fixture
def floor() -> Floor:
    return Floor()


def test_a_second_press_of_the_same_mark_gives_one_mark(floor: Floor) -> None:
    client = floor.client()
    client.post(f"{floor.address}/take", once())
    row = MarkGiven.objects.order_by("id")[0]
    form = {**once(), "given": row.id, "score": "3", "note": "少一步", "seconds": "4"}
    first, second = (client.post(f"{floor.address}/give", form) for _press in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    row.refresh_from_db()
    assert (row.score, row.seconds) == ("3", 4.0)
    assert BankedComment.objects.get().used == 1
    assert Event.objects.filter(verb=Verb.DESK_MARKED).count() == 1


def test_a_second_press_of_back_takes_one_mark_back(floor: Floor) -> None:
    floor.give("3")
    floor.give("4")
    client, form = floor.client(), once()
    for _press in range(2):
        assert client.post(f"{floor.address}/back", form).status_code == 303
    scores = MarkGiven.objects.filter(given_at__isnull=False, undone_at__isnull=True)
    assert [row.score for row in scores] == ["3"]


@pytest.mark.parametrize(
    "form",
    [
        {"score": ""}, {"score": "7"}, {"score": "-1"}, {"score": "1e99999999"}, {"score": "nan"},
        {"score": "3\0"}, {"score": "0.3"}, {"score": "三"}, {},
    ],
)  # fmt: skip
def test_a_mark_that_is_none_is_refused_and_the_piece_stays_in_hand(floor: Floor, form) -> None:
    (row, _other) = packet_take(who=floor.one, item_id=floor.item.id)
    answer = floor.client().post(f"{floor.address}/give", {**once(), "given": row.id, **form})
    if form.get("score") == "3\0":  # what cannot be stored is left out, the mark is plain
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.given_at, row.undone_at, row.score) == (None, None, "")
    assert not Event.objects.filter(verb=Verb.DESK_MARKED).exists()


def test_hostile_extras_of_a_mark_are_cut_to_what_can_be_kept(floor: Floor) -> None:
    (row, _other) = packet_take(who=floor.one, item_id=floor.item.id)
    form = {
        **once(), "given": row.id, "score": "1/2", "note": "<script>\0" + "长" * 900,
        "seconds": "1e300", "part-way": "2\0" + "9" * 50, "part-" + "n" * 90: "1", "part-\0x": "1",
    }  # fmt: skip
    assert floor.client().post(f"{floor.address}/give", form).status_code == 303
    row.refresh_from_db()
    assert row.score == "1/2"
    assert row.parts == {"way": "29999999", "n" * 40: "1"}
    assert len(row.note) == 300
    assert "\0" not in row.note
    assert row.seconds == 900
    page = floor.client().get(floor.address).content.decode()
    assert "<script>长" not in page


@pytest.mark.parametrize("given", ["", "0", "x", "9" * 15, "-1"])
def test_what_is_not_in_my_hands_gets_no_mark(floor: Floor, given: str) -> None:
    form = {**once(), "given": given, "score": "3"}
    assert floor.client().post(f"{floor.address}/give", form).status_code == 404


def test_a_piece_in_anothers_hands_is_not_mine_to_mark_or_to_see(floor: Floor) -> None:
    other = marker(floor.pile, floor.item)
    (row, _second) = packet_take(who=other, item_id=floor.item.id)
    client = floor.client()
    form = {**once(), "given": row.id, "score": "3"}
    assert client.post(f"{floor.address}/give", form).status_code == 404
    assert client.get(f"/desk/crop/{row.id}.jpg").status_code == 404
    row.refresh_from_db()
    assert row.given_at is None


def test_the_script_is_told_pieces_without_a_name_or_a_number_of_anybody(floor: Floor) -> None:
    (row, _other) = packet_take(who=floor.one, item_id=floor.item.id)
    answer = floor.client().post(
        f"{floor.address}/give", {**once(), "given": row.id, "score": "3"},
        headers={"accept": "application/json"},
    )  # fmt: skip
    told = answer.json()
    assert (told["left"], told["given"], len(told["pieces"])) == (1, 1, 1)
    assert set(told["pieces"][0]) == {
        "given", "code", "text", "crop", "empty", "suggested", "confidence", "reasons", "before",
    }  # fmt: skip
    assert told["pieces"][0]["crop"] is True
    assert not any(pupil.login in answer.content.decode() for pupil in floor.pile.pupils)
    assert told["pieces"][0]["text"] == ""


def test_who_leaves_the_school_is_away_from_the_desk_at_the_next_request(floor: Floor) -> None:
    client = floor.client()
    assert client.get(floor.address).status_code == 200
    Membership.objects.filter(person_id=floor.one.id).update(until=today() - timedelta(days=1))
    for answer in (client.get("/desk"), client.get(floor.address)):
        assert answer.status_code in (302, 303, 404)
    assert client.post(f"{floor.address}/take", once()).status_code in (302, 303, 403, 404)
    assert not MarkGiven.objects.exists()


def test_who_was_taken_off_a_question_finds_it_no_more(floor: Floor) -> None:
    row = floor.give()
    form = {**once(), "person": floor.one.id}
    answer = floor.lead_client().post(f"{floor.lead}/{floor.item.id}/unassign", form)
    assert answer.status_code == 303
    client = floor.client()
    assert client.get(floor.address).status_code == 404
    assert client.get(f"/desk/crop/{row.id}.jpg").status_code == 404
    assert client.post(f"{floor.address}/back", once()).status_code == 404
    row.refresh_from_db()
    assert (row.score, row.undone_at) == ("4", None)
    assert Entry.objects.filter(act=Act.DESK_SET, subject_id=floor.one.id).count() == 2


def test_a_withdrawn_exam_is_away_from_the_desk(floor: Floor) -> None:
    floor.give()
    Exam.objects.filter(id=floor.pile.exam.id).update(withdrawn_at=now())
    assert work_of(floor.one) == []
    assert floor.client().get(floor.address).status_code == 404
    assert floor.lead_client().get(floor.lead).status_code == 404


def test_after_the_release_nothing_is_taken_back(floor: Floor) -> None:
    row = floor.give()
    Exam.objects.filter(id=floor.pile.exam.id).update(released_at=now())
    assert mark_back(who=floor.one, item_id=floor.item.id) is None
    row.refresh_from_db()
    assert row.undone_at is None


def test_a_mark_of_an_hour_ago_is_not_taken_back(floor: Floor) -> None:
    row = floor.give()
    MarkGiven.objects.filter(id=row.id).update(given_at=now() - timedelta(hours=1))
    assert mark_back(who=floor.one, item_id=floor.item.id) is None


def test_a_packet_left_to_others_is_free_and_ones_marks_stay(floor: Floor) -> None:
    floor.give()
    packet_take(who=floor.one, item_id=floor.item.id)
    assert floor.client().post(f"{floor.address}/free", once()).status_code == 303
    other = marker(floor.pile, floor.item)
    assert len(packet_take(who=other, item_id=floor.item.id)) == 1
    assert MarkGiven.objects.filter(given_at__isnull=False, undone_at__isnull=True).count() == 1
    assert leases_free([floor.item.id], floor.one.id) == 0


def test_a_sample_that_was_opened_again_is_no_second_turn_of_the_same_marker() -> None:
    floor = Floor(pupils=3)
    row = floor.give()
    leases_free([floor.item.id], floor.one.id)
    sample_set(who=floor.pile.teacher, led=floor.pile.led, piece_id=row.piece_id, score="4")
    DeskItem.objects.filter(id=floor.item.id).update(every=2)
    other = marker(floor.pile, floor.item)
    turns = packet_take(who=other, item_id=floor.item.id)
    assert 0 in {one.turn for one in turns if one.piece_id == row.piece_id}
    assert mark_back(who=floor.one, item_id=floor.item.id) is not None
    leases_free([floor.item.id], floor.one.id)
    again = packet_take(who=other, item_id=floor.item.id)
    assert [one.turn for one in again if one.piece_id == row.piece_id] == [0]


def test_work_that_another_arbiter_holds_is_not_told_as_left() -> None:
    floor = Floor(double=True)
    second = marker(floor.pile, floor.item)
    for by, score in ((floor.one, "0"), (second, "6")):
        for row in packet_take(who=by, item_id=floor.item.id):
            mark_give(who=by, given_id=row.id, score=score)
    third, fourth = (marker(floor.pile, floor.item, post=Post.ARBITER) for _one in range(2))
    assert len(packet_take(who=third, item_id=floor.item.id)) == 2
    assert (work_of(third)[0].left, work_of(fourth)[0].left) == (2, 0)


def test_a_remark_is_kept_once_and_the_most_used_come_first(floor: Floor) -> None:
    client = floor.client()
    for text in ("单位", "  ", "\0", "列式", "列式", "x" * 500):
        assert client.post(f"{floor.address}/comment", {**once(), "text": text}).status_code == 303
    assert comments_of(floor.item.id, floor.one.id) == ["列式", "单位", "x" * 120]
    other = marker(floor.pile, floor.item)
    assert comments_of(floor.item.id, other.id) == []
    with pytest.raises(Refused):
        comment_keep(who=floor.pile.teacher, item_id=floor.item.id, text="我")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_arbiter_sees_what_the_two_gave_and_no_name(language: str) -> None:
    floor = Floor(double=True)
    second = marker(floor.pile, floor.item, name="Secondmarker")
    for by, score in ((floor.one, "0"), (second, "6")):
        row = packet_take(who=by, item_id=floor.item.id)[0]
        mark_give(who=by, given_id=row.id, score=score, note=f"gave {score}")
    third = marker(floor.pile, floor.item, post=Post.ARBITER)
    packet_take(who=third, item_id=floor.item.id)
    client = floor.client(third)
    client.cookies["yunke_language"] = language
    page = client.get(floor.address).content.decode()
    main = page[page.index("<main") :]
    assert "gave 0" in main
    assert "gave 6" in main
    assert "Secondmarker" not in main


DEEDS = [
    ("fill", {}), ("assign", {"person": "1"}), ("samples", {"piece": "1", "score": "1"}),
    ("samples/1/end", {}), ("1", {"tolerance": "0", "step": "1", "every": "0"}),
    ("1/unassign", {"person": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("place", "form"), DEEDS)
def test_nobody_but_who_runs_the_exam_sets_its_desk_up(floor: Floor, place: str, form) -> None:
    cast = floor.pile.hall.people
    far = people.cast(pupils_in_class=1)
    for somebody in (
        Person.objects.get(id=floor.one.id), cast.head, cast.admin, cast.other_teacher,
        cast.far_teacher, cast.pupil, cast.guardian, far.teacher,
    ):  # fmt: skip
        answer = signed_in(somebody).post(f"{floor.lead}/{place}", {**once(), **form})
        assert answer.status_code == 404, (place, somebody.name)
    assert not QualitySample.objects.exists()
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {"tolerance": "7"}, {"tolerance": "1e99999999"}, {"tolerance": "-1"}, {"step": "0"},
        {"step": "1/0"}, {"step": ""}, {"step": "9"},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_changes_nothing(floor: Floor, form) -> None:
    before = DeskItem.objects.filter(id=floor.item.id).values().get()
    whole = {"tolerance": "1", "step": "1/2", "every": "9", "double": "yes", "note": "新"}
    address = f"{floor.lead}/{floor.item.id}"
    assert floor.lead_client().post(address, {**once(), **whole, **form}).status_code == 422
    assert DeskItem.objects.filter(id=floor.item.id).values().get() == before
    assert not Event.objects.filter(verb=Verb.DESK_SET, subject_id=0).exists()


def test_a_setting_is_kept_with_its_line_and_its_event(floor: Floor) -> None:
    form = {**once(), "tolerance": " 3/2 ", "step": ".5", "every": "5", "note": "看\0单位\r\n"}
    assert floor.lead_client().post(f"{floor.lead}/{floor.item.id}", form).status_code == 303
    floor.item.refresh_from_db()
    row = floor.item
    assert (row.tolerance, row.step, row.every, row.note) == ("3/2", "1/2", 5, "看单位")
    assert Entry.objects.filter(act=Act.DESK_SET, subject_id=0).count() == 1
    assert Event.objects.filter(verb=Verb.DESK_SET, object_id=floor.pile.exam.id).count() == 2


def test_a_question_of_another_exams_desk_is_not_set_from_this_one(floor: Floor) -> None:
    other = Floor(pupils=1)
    form = {**once(), "tolerance": "0", "step": "1", "every": "0"}
    assert floor.lead_client().post(f"{floor.lead}/{other.item.id}", form).status_code == 404
    with pytest.raises(Refused) as no:
        desk_assign(
            who=floor.pile.teacher, led=floor.pile.led, item_ids=[floor.item.id, other.item.id],
            person_id=floor.one.id, post=Post.ARBITER,
        )  # fmt: skip
    assert no.value.status == 404
    assert set(Assignment.objects.values_list("post", flat=True)) == {"marker"}


def test_a_sample_ends_once_and_one_of_another_exam_is_not_found(floor: Floor) -> None:
    row = floor.give()
    lead, form = floor.pile.teacher, {**once(), "piece": row.piece_id, "score": "4"}
    client = floor.lead_client()
    assert client.post(f"{floor.lead}/samples", form).status_code == 303
    sample = QualitySample.objects.get()
    lines = Entry.objects.filter(act=Act.DESK_SET).count()
    for _again in range(2):
        sample_end(who=lead, led=floor.pile.led, sample_id=sample.id)
    assert Entry.objects.filter(act=Act.DESK_SET).count() == lines + 1
    other = Floor(pupils=1)
    with pytest.raises(Refused) as no:
        sample_end(who=lead, led=other.pile.led, sample_id=sample.id)
    assert no.value.status == 404
