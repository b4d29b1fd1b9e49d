"""What stands behind a name in an address, in the rooms where lessons are made and people moved."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from yunke.base.clock import now, today
from yunke.checks.access.world import LAST, PARAMS, PLAIN, THINGS, Spot, laid
from yunke.gate.exchange.actions.export import export_ask
from yunke.gate.exchange.models import Import
from yunke.ground.audit.door import second_ask
from yunke.ground.consent.models import Sheet
from yunke.ground.consent.tests.makers import both_say_yes
from yunke.ground.people.models import Change, Membership, Move
from yunke.ground.people.tests import makers as people
from yunke.ground.privacy.models import Wish as DataWish
from yunke.insight.sensing.models import Pulse
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.tests import makers as attempts
from yunke.school.library.models import QuestionFile
from yunke.school.library.tests import makers as library
from yunke.school.preparing.actions.suggest import suggestion_make
from yunke.school.preparing.door import Place, PlaceKind, thread_begin, version_now
from yunke.school.preparing.models import Suggestion, Version
from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.submit import lesson_submit
from yunke.school.review.models import Wish
from yunke.school.review.values import Level
from yunke.school.timetable.models import DayOff, LostWeek
from yunke.school.timetable.tests import makers as timetable

Make = Callable[[Spot], int]
PICTURE = b"\x89PNG\r\n\x1a\n"
MEDIUM = f"{sha256(PICTURE).hexdigest()}.png"


def who(somebody: Any) -> Any:
    return people.who(somebody)


def once(name: str) -> Callable[[Make], Make]:
    """Made at the first asking and kept with its spot."""

    def wrap(make: Make) -> Make:
        def found(spot: Spot, of: str) -> int:
            kept = spot.__dict__.setdefault("things", {})
            if name not in kept:
                kept[name] = make(spot)
            return int(kept[name])

        PARAMS[name], THINGS[name] = found, make
        return make

    return wrap


@once("thread_id")
def thread(spot: Spot) -> int:
    return thread_begin(
        who=who(spot.teacher), lesson_id=spot.draft.id, place=Place(PlaceKind.LESSON), quote="",
        text="这里再短一点",
    )  # fmt: skip


@once("suggestion_id")
def suggestion(spot: Spot) -> int:
    suggestion_make(
        who=who(spot.teacher), lesson_id=spot.draft.id, field="title", was=spot.draft.title,
        text="更好的题目", why="",
    )  # fmt: skip
    return Suggestion.objects.latest("id").id


@once("submission_id")
def submission(spot: Spot) -> int:
    """Waiting for the county of its own place."""
    checklist_begin(spot.town.city.id)
    return lesson_submit(who=who(spot.teacher), lesson_id=spot.draft.id, aim=Level.CITY)


def version(spot: Spot) -> int:
    """The number of the draft's newest version, made when there is none."""
    return Version.objects.get(id=version_now(spot.draft.id)).number


@once("question_id")
def question(spot: Spot) -> int:
    """Of the spot's own school."""
    return int(library.written(spot.teacher, school_id=spot.town.school.id).id)


@once("file_id")
def question_file(spot: Spot) -> int:
    """Questions that the teacher is bringing in, read and not yet written."""
    row = QuestionFile.objects.create(
        person_id=spot.teacher.id, school_id=spot.town.school.id, name="a.zip", state="read"
    )
    return int(row.id)


def medium(_spots: dict[str, Spot]) -> None:
    """A picture that questions show: everybody who knows its name may see it."""
    laid(Path(settings.MEDIA_ROOT) / "questions" / MEDIUM, PICTURE)


@once("attempt_id")
def attempt(spot: Spot) -> int:
    """The pupil's open answers to three questions."""
    return int(attempts.attempt(by=spot.pupil, own=spot.school_class).id)


@once("photo_id")
def photo(spot: Spot) -> int:
    return int(attempts.photo(Attempt.objects.get(id=PARAMS["attempt_id"](spot, ""))).id)


@once("term")
def term(spot: Spot) -> int:
    """A term of the spot's city, with a week of it lost and days off of its school."""
    of = timetable.term(spot.town.city)
    day = today() + timedelta(days=of.id)
    off = DayOff.objects.create(
        org_id=spot.town.school.id, first_day=day, last_day=day, name="校运会"
    )
    lost = LostWeek.objects.create(
        term=of, org_id=spot.town.school.id, class_id=spot.school_class.id, week=3, reason="台风",
        made_by=spot.teacher.id,
    )  # fmt: skip
    spot.__dict__["of_term"] = (off.id, lost.id)
    return int(of.id)


def of_term(spot: Spot, at: int) -> int:
    PARAMS["term"](spot, "")
    return int(spot.__dict__["of_term"][at])


@once("sheet_id")
def sheet(spot: Spot) -> int:
    return Sheet.objects.create(
        person_id=spot.pupil.id, class_id=spot.school_class.id, relation="妈妈", paper_on=today(),
        entered_by=spot.teacher.id,
    ).id  # fmt: skip


@once("change_id")
def change(spot: Spot) -> int:
    return Change.objects.create(
        kind="substitute", school_id=spot.town.school.id, person=spot.pupil,
        actor_id=spot.teacher.id, day=today(),
    ).id  # fmt: skip


@once("move_id")
def move(spot: Spot) -> int:
    """Another school's class of the same county asks for the pupil."""
    other = people.school_class(
        people.org("school", "新学校", spot.town.county), grade=spot.school_class.grade
    )
    return Move.objects.create(
        pupil=spot.pupil, from_school=spot.town.school, to_class=other, to_school=other.school,
        day=today(), asked_by=spot.teacher.id,
    ).id  # fmt: skip


@once("import_id")
def roster(spot: Spot) -> int:
    """A school's roster, read and waiting to be written."""
    return Import.objects.create(
        org_id=spot.town.school.id, made_by=spot.admin.id, name="roster.zip", state="read"
    ).id  # fmt: skip


@once("pulse_id")
def pulse(spot: Spot) -> int:
    """A wristband's curve, which guardian and child agreed to."""
    both_say_yes(spot.guardian, spot.pupil)
    return Pulse.objects.create(
        person_id=spot.pupil.id, brought_by=spot.guardian.id, sha256="0" * 64, state="ready",
        started_at=now(), seconds=60, samples=2, points=[[0, 80], [60, 90]],
    ).id  # fmt: skip


@once("data_wish")
def data_wish(spot: Spot) -> int:
    """A guardian asks that a child's data be erased."""
    return DataWish.objects.create(
        kind="erase", person_id=spot.pupil.id, asked_by=spot.guardian.id,
        school_id=spot.town.school.id,
    ).id  # fmt: skip


@once("invitation")
def invitation(spot: Spot) -> int:
    """The bureau asks the teacher to record."""
    return Wish.objects.create(
        unit=spot.lesson.unit, teacher=spot.teacher, asked_by=spot.admin,
        county_id=spot.town.county.id, wish="请录一节", due=today(),
    ).id  # fmt: skip


@once("second")
def second(spot: Spot) -> int:
    """An administrator of the school asks for a second one."""
    return second_ask(
        who_id=spot.admin.id, kind="person.unfreeze", page="/people", reason="查清楚了",
        about={"person": spot.pupil.id}, org_id=spot.town.school.id,
    )  # fmt: skip


@once("export")
def export(spot: Spot) -> int:
    return export_ask(
        who_id=spot.admin.id, school_id=spot.town.school.id, kind="csv", reason="交接"
    )  # fmt: skip


def tie(spot: Spot, of: str) -> int:
    """A guardian's tie, or (object "membership") what ties a pupil to the class."""
    if of == "membership":
        return Membership.objects.filter(person=spot.pupil).latest("id").id
    return int(spot.tie.id)


LAST.append(medium)
# One name for several things: the object column says which.
PARAMS["tie_id"] = tie
PARAMS["wish_id"] = lambda spot, of: PARAMS["invitation" if of == "invitation" else "data_wish"](
    spot, of
)
PARAMS["second_id"] = lambda spot, of: PARAMS["export" if of == "export" else "second"](spot, of)
PARAMS["term_id"] = PARAMS["term"]
PARAMS["off_id"] = lambda spot, of: of_term(spot, 0)
PARAMS["lost_id"] = lambda spot, of: of_term(spot, 1)
PARAMS["number"] = lambda spot, of: version(spot)
PARAMS["school_id"] = lambda spot, of: spot.town.school.id
PARAMS["org_id"] = lambda spot, of: spot.town.school.id
PARAMS["unit_id"] = lambda spot, of: spot.lesson.unit_id
PLAIN |= {"key": "pulse-wristband", "level": "school"}
