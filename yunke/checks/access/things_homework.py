"""What stands behind homework's names in an address: work that is handed in, and open work."""

from yunke.checks.access.things import once
from yunke.checks.access.world import PARAMS, Spot
from yunke.ground.people.tests.makers import Cast
from yunke.school.attempts.tests import makers as attempts
from yunke.school.homework.actions.own import phrase_add
from yunke.school.homework.actions.voices import voice_keep
from yunke.school.homework.models import Homework
from yunke.school.homework.tests import makers


def of_spot(spot: Spot) -> Cast:
    """The spot as homework's makers want it: its one pupil, its teacher."""
    some: dict[str, object] = dict.fromkeys(Cast.__dataclass_fields__)
    some |= {"one": spot.school_class, "pupils": [spot.pupil], "teacher": spot.teacher}
    return Cast(**some)  # type: ignore[arg-type]


@once("homework_handed")
def handed_in(spot: Spot) -> int:
    row = makers.homework(of_spot(spot), [attempts.question(), makers.written(100)], minutes=1)
    spot.__dict__["homework_paper"] = makers.handed_in(row, spot.pupil, "A", "一段话")
    return int(row.id)


@once("begun")
def begun(spot: Spot) -> int:
    asked = makers.spoken()
    row = makers.homework(of_spot(spot), [asked], minutes=1, written=False)
    spot.__dict__["homework_asked"] = asked.id
    makers.begun(row, spot.pupil)
    return int(row.id)


@once("work_id")
def paper(spot: Spot) -> int:
    PARAMS["homework_handed"](spot, "")
    return int(spot.__dict__["homework_paper"])


@once("asked_id")
def asked(spot: Spot) -> int:
    PARAMS["begun"](spot, "")
    return int(spot.__dict__["homework_asked"])


@once("voice_id")
def voice(spot: Spot) -> int:
    """A spoken note of the teacher on the work, not returned yet."""
    row = Homework.objects.get(id=PARAMS["homework_handed"](spot, ""))
    return voice_keep(
        by_id=spot.teacher.id, copy=makers.copy_of(row, spot.pupil),
        attempt_id=int(PARAMS["work_id"](spot, "")), file=makers.recording(), seconds=1,
    )  # fmt: skip


@once("phrase_id")
def phrase(spot: Spot) -> int:
    return phrase_add(teacher_id=spot.teacher.id, text="字写得端正")


PARAMS["homework_id"] = lambda spot, of: PARAMS["begun" if of == "begun" else "homework_handed"](
    spot, of
)
