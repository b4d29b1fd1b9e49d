"""Pages as rows: which picture counts, what goes in, what a person decides; no drawing at all."""

from fractions import Fraction

import pytest

from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act
from yunke.ground.audit.models import Entry
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import who
from yunke.school.attempts.door import Of, attempt_opened, marks_of
from yunke.school.exams.actions.desk_mark import mark_give, packet_take
from yunke.school.exams.actions.doubts import (
    mark_decide,
    page_aside,
    page_lacking,
    page_use,
    twice_decide,
    whose_decide,
)
from yunke.school.exams.actions.entering import clear_pages, sheets_enter
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.models import DeskPiece, Doubt, Field, PaperItem, ScanPage, Sheet, Sitting
from yunke.school.exams.reads.led import exam_led
from yunke.school.exams.reads.sheets import doubts_of, pages_asking, sheet_lines
from yunke.school.exams.tests.makers import begin
from yunke.school.exams.tests.paper_makers import desk_item, marker, pile
from yunke.school.exams.values.paper import DoubtKind, PageState

pytestmark = pytest.mark.django_db


def score_of(made, pupil) -> Fraction | None:
    opened = attempt_opened(pupil.id, Of.EXAM, made.exam.id)
    if opened is None:
        return None
    return sum((m.score for m in marks_of([opened.id]) if m.score is not None), Fraction(0))


def answers(made, pupil) -> dict[int, object]:
    opened = attempt_opened(pupil.id, Of.EXAM, made.exam.id)
    assert opened is not None
    places = dict(PaperItem.objects.values_list("question_id", "position"))
    return {places[question]: value for question, value in opened.answers.items()}


def states(made) -> list[str]:
    rows = ScanPage.objects.filter(scan__exam=made.exam).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_a_sheet_goes_in_with_its_last_page_and_only_once() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.page(pupil, 1)
    assert exam_settle(made.exam.id) == []
    assert score_of(made, pupil) is None
    made.page(pupil, 2)
    assert exam_settle(made.exam.id) == [made.sheet(pupil).id]
    assert exam_settle(made.exam.id) == []
    assert score_of(made, pupil) == 12
    assert Sitting.objects.filter(exam=made.exam, person=pupil).count() == 1
    assert (
        Sheet.objects.get(person=pupil).attempt_id == Sitting.objects.get(person=pupil).attempt_id
    )
    assert score_of(made, made.pupils[1]) is None


def test_a_settling_of_one_sheet_leaves_the_others_alone() -> None:
    made = pile()
    for pupil in made.pupils:
        for number in (1, 2):
            made.page(pupil, number)
    mine = made.sheet(made.pupils[1]).id
    assert exam_settle(made.exam.id, [mine]) == [mine]
    assert score_of(made, made.pupils[0]) is None


def test_what_is_empty_on_paper_is_no_answer_and_costs_only_its_points() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.page(pupil, 1, q1=None, q3="B")
    made.page(pupil, 2)
    exam_settle(made.exam.id)
    got = answers(made, pupil)
    assert got.get(1) is None
    assert got[3] == ["B"]
    assert score_of(made, pupil) < 10


def test_a_page_that_asks_holds_its_whole_sheet() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.page(pupil, 1)
    asks = made.page(pupil, 2)
    doubt = made.doubt(asks, DoubtKind.PAGE, "blurred")
    assert exam_settle(made.exam.id) == []
    assert clear_pages(made.sheet(pupil)) is None
    page_aside(who=made.teacher, led=made.led, page_id=doubt.page_id)
    assert score_of(made, pupil) is None
    made.page(pupil, 2)
    exam_settle(made.exam.id)
    assert score_of(made, pupil) == 12


@pytest.mark.parametrize(
    ("second", "becomes"),
    [({}, "same"), ({"q1": "B"}, "asks"), ({"q2": None}, "asks")],
)
def test_a_second_sure_picture_is_the_same_again_or_asks(second, becomes) -> None:
    made = pile()
    made.page(made.pupils[0], 1)
    made.page(made.pupils[0], 1, **second)
    exam_settle(made.exam.id)
    assert states(made) == ["clear", becomes]
    kinds = list(Doubt.objects.values_list("kind", "item"))
    assert kinds == ([("twice", "twice")] if becomes == "asks" else [])


def test_a_spoilt_picture_beside_a_sure_one_needs_no_answer() -> None:
    made = pile()
    made.page(made.pupils[0], 1)
    spoilt = made.page(made.pupils[0], 1)
    ScanPage.objects.filter(id=spoilt.id).update(marks={})
    made.doubt(spoilt, DoubtKind.PAGE, "blurred")
    exam_settle(made.exam.id)
    assert states(made) == ["clear", "same"]
    assert not pages_asking(made.exam.id, made.led.class_ids).exists()


def test_a_doubtful_mark_is_asked_although_the_other_picture_is_sure() -> None:
    made = pile()
    made.page(made.pupils[0], 1)
    second = made.page(made.pupils[0], 1)
    made.doubt(second, DoubtKind.MARK, "2")
    exam_settle(made.exam.id)
    assert states(made) == ["clear", "asks"]


def test_of_three_pictures_the_kept_one_counts_and_nothing_is_asked_again() -> None:
    made = pile()
    pupil = made.pupils[0]
    first = made.page(pupil, 1)
    second, third = made.page(pupil, 1, q1="B"), made.page(pupil, 1, q1="C")
    made.page(pupil, 2)
    exam_settle(made.exam.id)
    assert states(made) == ["clear", "asks", "asks", "clear"]
    twice_decide(who=made.teacher, led=made.led, page_id=second.id, keep=True)
    assert states(made)[:3] == ["aside", "clear", "aside"]
    assert not Doubt.objects.filter(decided_at__isnull=True).exists()
    # A colleague's page that is still open says the other thing, too late.
    twice_decide(who=made.teacher, led=made.led, page_id=third.id, keep=True)
    assert states(made)[:3] == ["aside", "clear", "aside"]
    assert answers(made, pupil)[1] == "B"
    assert ScanPage.objects.get(id=first.id).state == PageState.ASIDE


def test_a_late_word_about_a_page_that_was_put_aside_does_not_bring_it_back() -> None:
    made = pile()
    page = made.page(made.pupils[0], 1)
    doubt = made.doubt(page, DoubtKind.MARK, "2")
    page_aside(who=made.teacher, led=made.led, page_id=page.id)
    page_aside(who=made.teacher, led=made.led, page_id=page.id)
    mark_decide(who=made.teacher, led=made.led, doubt_id=doubt.id, value="B")
    assert states(made) == ["aside"]
    assert Doubt.objects.get().value == "aside"
    assert Entry.objects.filter(act=Act.SHEET_DECIDED).count() == 1


def test_every_decision_leaves_a_line_and_an_event_with_whose_page_it_was() -> None:
    made = pile()
    pupil = made.pupils[0]
    page = made.page(pupil, 1)
    doubt = made.doubt(page, DoubtKind.MARK, "2")
    mark_decide(who=made.teacher, led=made.led, doubt_id=doubt.id, value="C")
    line = Entry.objects.get(act=Act.SHEET_DECIDED)
    assert (line.actor_id, line.subject_id) == (made.teacher.id, pupil.id)
    event = Event.objects.get(verb=Verb.SHEET_DECIDED)
    assert (event.object_id, event.subject_id) == (made.exam.id, pupil.id)
    doubt.refresh_from_db()
    assert (doubt.value, doubt.decided_by_id) == ("C", made.teacher.id)


def test_a_picture_that_only_eyes_can_read_is_asked_item_by_item() -> None:
    made = pile()
    pupil = made.pupils[0]
    page = made.page(pupil, 1)
    ScanPage.objects.filter(id=page.id).update(marks={})
    made.doubt(page, DoubtKind.PAGE, "dark")
    made.page(pupil, 2)
    page_use(who=made.teacher, led=made.led, page_id=page.id)
    page_use(who=made.teacher, led=made.led, page_id=page.id)
    asked = doubts_of(page.id)
    assert {doubt.kind for doubt in asked} == {"mark"}
    right = {"1": "A", "2": "C", "3": "BD", "4": "√", "5": "12.5"}
    assert {doubt.item for doubt in asked} == set(right) & set(made.names(1))
    for doubt in asked:
        assert score_of(made, pupil) is None
        mark_decide(who=made.teacher, led=made.led, doubt_id=doubt.id, value=right[doubt.item])
    assert score_of(made, pupil) == 12


def test_a_picture_without_any_sheet_on_it_cannot_be_read_by_eye() -> None:
    made = pile()
    page = made.page(None, 1)
    ScanPage.objects.filter(id=page.id).update(number=0, sheet=None)
    made.doubt(page, DoubtKind.PAGE, "no_sheet")
    with pytest.raises(Refused) as no:
        page_use(who=made.teacher, led=made.led, page_id=page.id)
    assert no.value.status == 422
    assert Doubt.objects.get().decided_at is None


def test_a_spoilt_page_of_nobody_asks_whose_it_is_before_it_counts() -> None:
    made = pile()
    pupil = made.pupils[0]
    page = made.page(None, 1)
    made.doubt(page, DoubtKind.PAGE, "dark")
    page_use(who=made.teacher, led=made.led, page_id=page.id)
    assert doubts_of(page.id)[0].kind == DoubtKind.WHOSE
    for _again in range(2):
        whose_decide(who=made.teacher, led=made.led, page_id=page.id, person_id=pupil.id)
    page.refresh_from_db()
    assert page.sheet_id == Sheet.objects.get(person=pupil).id
    assert Sheet.objects.get(person=pupil).class_id == made.hall.people.one.id


@pytest.mark.parametrize("stranger", ["other_pupil", "far_pupil", "teacher"])
def test_a_page_is_given_to_nobody_outside_the_exams_classes(stranger) -> None:
    made = pile()
    page = made.page(None, 1)
    made.doubt(page, DoubtKind.WHOSE, "code")
    person = getattr(made.hall.people, stranger)
    with pytest.raises(Refused) as no:
        whose_decide(who=made.teacher, led=made.led, page_id=page.id, person_id=person.id)
    assert no.value.status == 422
    assert not Sheet.objects.filter(person=person).exists()


def test_pages_of_another_exam_are_not_decided_from_this_one() -> None:
    made, other = pile(pupils=1), pile(pupils=1)
    page = other.page(other.pupils[0], 1)
    doubt = other.doubt(page, DoubtKind.MARK, "2")
    for deed in (
        lambda: page_aside(who=made.teacher, led=made.led, page_id=page.id),
        lambda: page_use(who=made.teacher, led=made.led, page_id=page.id),
        lambda: twice_decide(who=made.teacher, led=made.led, page_id=page.id, keep=True),
        lambda: mark_decide(who=made.teacher, led=made.led, doubt_id=doubt.id, value="C"),
        lambda: mark_decide(who=made.teacher, led=made.led, doubt_id=10**9, value="C"),
    ):
        with pytest.raises(Refused) as no:
            deed()
        assert no.value.status == 404
    assert ScanPage.objects.get(id=page.id).state == PageState.ASKS


def test_only_a_page_that_is_not_there_can_be_lacking() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.page(pupil, 1)
    sheet = made.sheet(pupil)
    with pytest.raises(Refused) as no:
        page_lacking(who=made.teacher, led=made.led, sheet_id=sheet.id, number=1, lacks=True)
    assert no.value.status == 409
    for number in (0, 3, 99):
        with pytest.raises(Refused) as no:
            page_lacking(
                who=made.teacher, led=made.led, sheet_id=sheet.id, number=number, lacks=True
            )
        assert no.value.status == 422
    assert made.sheet(pupil).lacking == []


def test_a_lacking_page_that_comes_before_the_sheet_went_in_counts() -> None:
    made = pile()
    pupil = made.pupils[0]
    sheet = made.sheet(pupil)
    page_lacking(who=made.teacher, led=made.led, sheet_id=sheet.id, number=1, lacks=True)
    made.page(pupil, 1)
    made.page(pupil, 2)
    exam_settle(made.exam.id)
    assert score_of(made, pupil) == 12
    assert dict(sheet_lines(made.exam.id, made.hall.people.one.id)[0].pages)[1] == "clear"


def test_lacking_is_taken_back_as_long_as_nothing_went_in() -> None:
    made = pile()
    pupil = made.pupils[0]
    sheet = made.sheet(pupil)
    page_lacking(who=made.teacher, led=made.led, sheet_id=sheet.id, number=2, lacks=True)
    page_lacking(who=made.teacher, led=made.led, sheet_id=sheet.id, number=2, lacks=False)
    made.page(pupil, 1)
    assert exam_settle(made.exam.id) == []
    assert Entry.objects.filter(act=Act.SHEET_DECIDED, subject_id=pupil.id).count() == 2


@pytest.mark.parametrize(("keep", "score"), [(True, 12), (False, 0)])
def test_a_page_that_comes_after_its_sheet_went_in_without_it_is_asked_about(keep, score) -> None:
    made = pile()
    pupil = made.pupils[0]
    made.page(pupil, 2)
    sheet = made.sheet(pupil)
    page_lacking(who=made.teacher, led=made.led, sheet_id=sheet.id, number=1, lacks=True)
    assert score_of(made, pupil) == 0
    late = made.page(pupil, 1)
    exam_settle(made.exam.id)
    exam_settle(made.exam.id)
    assert Doubt.objects.get(page=late).item == "late"
    twice_decide(who=made.teacher, led=made.led, page_id=late.id, keep=keep)
    assert score_of(made, pupil) == score
    exam_settle(made.exam.id)
    assert not pages_asking(made.exam.id, made.led.class_ids).exists()


def test_what_was_marked_by_hand_on_the_other_picture_is_marked_anew() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.entered(pupil)
    six = desk_item(made, 6)
    six.double = False
    six.save()
    someone = marker(made, six)
    (given,) = packet_take(who=someone, item_id=six.id)
    mark_give(who=someone, given_id=given.id, score="6")
    again = made.page(pupil, next(n for n in (1, 2) if "6" in made.names(n)))
    made.doubt(again, DoubtKind.TWICE, "twice")
    twice_decide(who=made.teacher, led=made.led, page_id=again.id, keep=True)
    assert answers(made, pupil)[6] == {"field": Field.objects.get(page=again, item="6").id}
    piece = DeskPiece.objects.get(item=six)
    assert (piece.state, piece.score) == ("open", "")
    states = {m.reply_id: m.score for m in marks_of([made.sheet(pupil).attempt_id])}
    assert states[piece.reply_id] is None
    (given,) = packet_take(who=someone, item_id=six.id)
    mark_give(who=someone, given_id=given.id, score="2")
    mark = next(m for m in marks_of([made.sheet(pupil).attempt_id]) if m.reply_id == piece.reply_id)
    assert mark.score == 2


def test_a_paper_that_lost_a_question_since_the_printing_is_still_corrected() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.entered(pupil)
    lost = PaperItem.objects.get(position=5)
    lost.delete()
    second = made.page(pupil, 1, q1="B")
    exam_settle(made.exam.id)
    twice_decide(who=made.teacher, led=made.led, page_id=second.id, keep=True)
    lost.save()
    assert answers(made, pupil)[1] == "B"
    assert answers(made, pupil)[5] == "12.5厘米"


def test_one_pupil_by_two_layouts_goes_in_once() -> None:
    made = pile()
    pupil = made.pupils[0]
    made.entered(pupil)
    before = attempt_opened(pupil.id, Of.EXAM, made.exam.id)
    row = made.layout
    row.id, row.number = None, 2
    row.save()
    made.page(pupil, 1, q1="B")
    made.page(pupil, 2)
    assert exam_settle(made.exam.id) == []
    assert attempt_opened(pupil.id, Of.EXAM, made.exam.id) == before


def test_nothing_goes_in_before_the_exam_began_and_all_of_it_after() -> None:
    made = pile(begun=False)
    for number in (1, 2):
        made.page(made.pupils[0], number)
    assert sheets_enter(made.exam.id) == []
    assert not PaperItem.objects.exists()
    begin(made.hall, 5)
    assert len(sheets_enter(made.exam.id)) == 1


def test_pages_of_a_colleagues_class_are_not_asked_of_me() -> None:
    made = pile()
    far = people.teacher(made.hall.people.other, subject="maths")
    page = made.page(made.pupils[0], 1)
    made.doubt(page, DoubtKind.MARK, "2")
    assert list(pages_asking(made.exam.id, [made.hall.people.one.id])) == [page]
    assert not pages_asking(made.exam.id, [made.hall.people.other.id]).exists()
    assert exam_led(made.exam.id, who(far)) is None


@pytest.mark.parametrize("pupils", [5, 50])
def test_a_class_of_sheets_costs_the_same_for_five_as_for_fifty(
    pupils, django_assert_max_num_queries
) -> None:
    made = pile(pupils=pupils)
    for pupil in made.pupils:
        made.page(pupil, 1)
    with django_assert_max_num_queries(5):
        lines = sheet_lines(made.exam.id, made.hall.people.one.id)
    assert [dict(line.pages) for line in lines] == [{1: "clear", 2: ""}] * pupils
