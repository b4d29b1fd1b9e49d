"""What each may read of the ledger: one's own lines, the person's own, paper; never the other's."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import monday, today
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.consent import jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.actions.answers import words_rebuild
from yunke.ground.consent.actions.counting import count_ask, count_week
from yunke.ground.consent.actions.sheets import sheet_decide, sheet_enter
from yunke.ground.consent.forms import OLDEST, SheetForm
from yunke.ground.consent.models import Consent, Count, Sheet, Word, Wording
from yunke.ground.consent.reads.holding import MOST, consents_of
from yunke.ground.consent.reads.sheets import sheet_of, sheets_open
from yunke.ground.consent.reads.shown import lines_of, shown_of, subject_of, wording_text
from yunke.ground.consent.tests.makers import WRISTBAND, both_say_yes, says, subject, the
from yunke.ground.consent.values import Answer, DataKind, Purpose, Standing, State
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db
ASK = (Purpose.PULSE, DataKind.WRISTBAND)


@pytest.fixture
def cast() -> people.Cast:
    made = people.cast(pupils_in_class=2, grade=3)
    made.more["father"] = people.guardian(made.pupil, "爸爸")
    return made


def read_by(cast: people.Cast, somebody: Any) -> list[tuple[Answer, bool]]:
    lines = lines_of(cast.pupil.id, the(WRISTBAND), somebody.id)
    return [(line.answer, line.by_me) for line in lines]


def test_a_guardian_reads_the_own_lines_and_the_childs_but_not_the_other_guardians(
    cast: people.Cast,
) -> None:
    says(cast.guardian, cast.pupil)
    says(cast.more["father"], cast.pupil, Answer.REFUSED)
    says(cast.pupil, cast.pupil)
    assert read_by(cast, cast.guardian) == [(Answer.GIVEN, False), (Answer.GIVEN, True)]
    assert read_by(cast, cast.more["father"]) == [(Answer.GIVEN, False), (Answer.REFUSED, True)]
    assert read_by(cast, cast.pupil) == [(Answer.GIVEN, True)]


def test_what_stands_on_paper_is_read_by_all_who_decide(cast: people.Cast) -> None:
    day = today() - timedelta(days=3)
    says(None, cast.pupil, Answer.REFUSED, paper_on=day)
    (line,) = lines_of(cast.pupil.id, the(WRISTBAND), cast.guardian.id)
    assert (line.paper_on, line.by_me, line.standing) == (day, False, Standing.GUARDIAN)
    assert line.until == day + timedelta(days=the(WRISTBAND).days), "it counts from its date"


def test_lines_of_another_switch_or_person_are_not_mixed_in(cast: people.Cast) -> None:
    says(cast.guardian, cast.pupil, key="display-photo")
    says(people.guardian(cast.pupils[1]), cast.pupils[1])
    assert read_by(cast, cast.guardian) == []


def test_the_newest_line_stands_first_and_a_hundred_are_enough(cast: people.Cast) -> None:
    first = says(cast.guardian, cast.pupil)
    told = Consent.objects.filter(id=first).values().get()
    told.pop("id")
    Consent.objects.bulk_create(Consent(**told) for _n in range(120))
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN)
    lines = read_by(cast, cast.guardian)
    assert lines[0] == (Answer.WITHDRAWN, True)
    assert len(lines) == 100


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_of_switches_is_one_query_however_much_was_said(
    cast: people.Cast, many: int
) -> None:
    for _n in range(many):
        says(cast.guardian, cast.pupil)
    about = subject(cast.pupil)
    with CaptureQueriesContext(connection) as asked:
        shown = shown_of(about, cast.guardian.id)
    assert len(asked) == 1
    (one,) = [s for s in shown if s.switch.key == WRISTBAND]
    assert (one.state, one.mine, one.mine_yes) == (State.WAITS_CHILD, Answer.GIVEN, True)
    assert one.until == today() + timedelta(days=the(WRISTBAND).days)


def test_a_no_of_the_other_guardian_is_off_without_a_name(cast: people.Cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    says(cast.more["father"], cast.pupil, Answer.REFUSED)
    for somebody in (cast.guardian, cast.pupil):
        (one,) = [
            s for s in shown_of(subject(cast.pupil), somebody.id) if s.switch.key == WRISTBAND
        ]
        assert (one.state, one.mine) == (State.OFF, Answer.GIVEN)


def test_that_the_child_wants_to_ask_is_told_to_its_guardians(cast: people.Cast) -> None:
    says(cast.pupil, cast.pupil, Answer.ASKING)
    (one,) = [
        s for s in shown_of(subject(cast.pupil), cast.guardian.id) if s.switch.key == WRISTBAND
    ]
    assert one.child_asks
    assert not one.on
    assert one.mine is None


def test_words_are_found_by_their_hash_and_others_are_none(cast: people.Cast) -> None:
    says(cast.guardian, cast.pupil)
    row = Wording.objects.get()
    assert wording_text(row.hash) == row.text == the(WRISTBAND).wording("zh-hans")
    assert wording_text("0" * 64) == wording_text("") == ""
    says(cast.guardian, cast.pupil, language="en")
    assert {w.language for w in Wording.objects.all()} == {"zh", "en"}


def test_of_a_person_without_a_birthday_the_grade_tells(cast: people.Cast) -> None:
    found = subject_of(cast.pupil.id, is_staff=False, grade=3)
    assert (found.grade, found.alone, found.born_on) == (3, False, None)
    assert subject_of(cast.teacher.id, is_staff=True, grade=0).alone


def test_many_people_are_asked_about_in_parts(cast: people.Cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    nobody = range(10**9, 10**9 + MOST)
    with CaptureQueriesContext(connection) as asked:
        assert consents_of([*nobody, cast.pupil.id], *ASK) == {cast.pupil.id}
    assert len(asked) == 2
    assert consents_of(iter([]), *ASK) == frozenset()


def test_the_last_words_made_anew_are_those_that_were(cast: people.Cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    says(cast.more["father"], cast.pupil)
    says(cast.more["father"], cast.pupil, Answer.WITHDRAWN)
    says(cast.teacher, cast.teacher)
    fields = ("person_id", "by_id", "answer", "until", "is_staff", "said_at")
    before = set(Word.objects.values_list(*fields))
    Word.objects.filter(by_id=cast.more["father"].id).update(answer="given")
    assert words_rebuild() == len(before)
    assert set(Word.objects.values_list(*fields)) == before
    assert not consents_of([cast.pupil.id], *ASK)


def typed(**answers: str) -> dict[str, str]:
    told = {key.replace("__", "-"): said for key, said in answers.items()}
    return {"relation": "妈妈", "paper_on": today().isoformat(), **told}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"relation": "邻居"}, "relation"), ({"relation": ""}, "relation"),
        ({"paper_on": ""}, "paper_on"), ({"paper_on": "昨天"}, "paper_on"),
        ({"paper_on": (date(2020, 1, 1)).isoformat()}, "paper_on"),
        ({"pulse-wristband": "asking"}, "pulse-wristband"), ({"pulse-wristband": ""}, "__all__"),
    ],
)  # fmt: skip
def test_a_form_that_was_typed_wrong_names_the_field(told: dict[str, str], wrong: str) -> None:
    form = SheetForm({**typed(pulse__wristband="given"), **told})
    assert not form.is_valid()
    assert wrong in form.errors


@pytest.mark.parametrize(("days", "taken"), [(0, True), (OLDEST.days, True), (-1, False),
                                             (OLDEST.days + 1, False)])  # fmt: skip
def test_a_paper_is_of_the_last_sixty_days(days: int, taken: bool) -> None:
    day = (today() - timedelta(days=days)).isoformat()
    form = SheetForm({**typed(pulse__wristband="given"), "paper_on": day})
    assert form.is_valid() == taken


def test_only_what_was_ticked_is_an_answer_and_what_is_not_asked_yet_is_no_field() -> None:
    form = SheetForm(typed(pulse__wristband="given", display__photo="refused", diary__mood="given"))
    assert form.is_valid()
    assert form.answers() == {"pulse-wristband": "given", "display-photo": "refused"}
    assert {switch.key for switch, _said in form.rows()} == {s.key for s in form.table}


def enter(cast: people.Cast, child: Any = None, **answers: str) -> bool:
    child = child or cast.pupil
    return sheet_enter(
        who_id=cast.head.id, subject=subject(child), class_id=cast.one.id,
        school_id=cast.school.id, relation="妈妈", paper_on=today(), language="zh-hans",
        answers={key.replace("__", "-"): said for key, said in answers.items()},
    )  # fmt: skip


def test_forms_that_wait_are_listed_oldest_first_and_only_of_the_class(cast: people.Cast) -> None:
    enter(cast, cast.pupils[1], pulse__wristband="given")
    enter(cast, pulse__wristband="given", display__photo="refused")
    enter(cast, display__photo="refused")
    waiting = sheets_open(cast.one.id)
    assert [view.person_id for view in waiting] == [cast.pupils[1].id, cast.pupil.id]
    assert waiting[1].answers == {"pulse-wristband": "given", "display-photo": "refused"}
    assert sheets_open(cast.other.id) == []
    assert sheet_of(waiting[0].id) == waiting[0]
    assert sheet_of(0) is None


def test_a_sheet_is_decided_once_and_its_no_is_not_written_twice(cast: people.Cast) -> None:
    enter(cast, pulse__wristband="given", display__photo="refused")
    sheet = Sheet.objects.get()
    told = {
        "sheet_id": sheet.id, "who_id": cast.admin.id, "subject": subject(cast.pupil),
        "given": True, "reason": "",
    }  # fmt: skip
    sheet_decide(**told)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        sheet_decide(**told)  # type: ignore[arg-type]
    answers = sorted(Consent.objects.values_list("purpose", "answer"))
    assert answers == [("display", "refused"), ("pulse", "given")]
    assert sheets_open(cast.one.id) == []


def test_a_key_that_is_no_switch_is_passed_over(cast: people.Cast) -> None:
    assert not enter(cast, moon__dust="refused")
    assert not Consent.objects.exists()
    assert Sheet.objects.get().done_at is not None


def test_a_week_is_counted_once_and_keeps_its_numbers(cast: people.Cast) -> None:
    week = monday(today())
    made = count_week(cast.school.id, week)
    assert made == Count.objects.count() > 0
    both_say_yes(cast.guardian, cast.pupil)
    count_week(cast.school.id, week)
    rows = Count.objects.filter(purpose="pulse")
    assert [(row.yes, row.people) for row in rows] == [(0, 3)]
    count_week(cast.school.id, week + timedelta(days=7))
    assert Count.objects.get(purpose="pulse", week=week + timedelta(days=7)).yes == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_are_asked_for_once_a_week_and_school() -> None:
    cast = people.cast(pupils_in_class=1, grade=3)
    for school in (cast.school, cast.far_school, cast.school):
        count_ask(school.id)
    assert Job.objects.filter(name="consent.count").count() == 2
    while run_one():
        pass
    assert set(Count.objects.values_list("school_id", flat=True)) == {
        cast.school.id, cast.far_school.id,
    }  # fmt: skip
