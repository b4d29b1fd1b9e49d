"""The corridor: where a person may go from every page, by what they may do."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yunke.ground.people.door import Who, holds


@dataclass(frozen=True)
class Way:
    path: str
    name: str
    icon: str
    here: bool = False


# A phone's bar holds five; of more, the first four stand in it and "more" opens the rest.
BAR, FIRST = 5, 4

# (path, name, icon, right that opens it; "" for everybody), those used most first
WAYS = (
    ("/today", _("今天"), "sun", "plan.write"),
    ("/child", _("孩子"), "heart-handshake", "child.read"),
    ("/class", _("班级"), "users", "class.read"),
    ("/homework", _("作业"), "notebook-pen", "homework.read"),
    ("/practice", _("练习"), "dumbbell", "practice.do"),
    ("/exams", _("考试"), "file-pen-line", "exam.read"),
    # A pupil's own; a guardian finds the child's packs on the child's page.
    ("/packs", _("课后包"), "package", "task.answer"),
    # Others find their own among what is theirs, in the account.
    ("/consent", _("数据同意"), "hand", "child.read"),
    ("/make", _("备课"), "pencil-ruler", "lesson.write"),
    ("/questions", _("题库"), "puzzle", "question.write"),
    ("/review", _("审课"), "clipboard-check", "review.read"),
    ("/county", _("本县版本"), "layers", "page.override"),
    ("/week", _("课表"), "calendar-days", ""),
    ("/catalogue", _("课程"), "library", ""),
    ("/onair", _("播出"), "tv", ""),
    ("/people", _("师生"), "contact", "people.read"),
    ("/first-day", _("第一天"), "route", "school.write"),
    ("/roster", _("名册"), "file-up", "roster.import"),
    ("/participation", _("参与"), "chart-column", "participation.read"),
)


def corridor(who: Who | None, path: str) -> list[Way]:
    """The ways open to this person, in their order, the present one marked."""
    return [
        Way(place, str(name), icon, path.startswith(place))
        for place, name, icon, right in WAYS
        if _leads(who, place, right)
    ]


def folded(ways: list[Way]) -> tuple[list[Way], list[Way]]:
    """What stands in a phone's bar, and what "more" opens there."""
    return (ways, []) if len(ways) <= BAR else (ways[:FIRST], ways[FIRST:])


def _leads(who: Who | None, place: str, right: str) -> bool:
    # A guardian may arrange a child's day, but "today" is the page of a pupil's own.
    if place == "/today" and (who is None or not who.is_pupil):
        return False
    # A school's clerk finds the rosters among its people.
    if place == "/roster" and who is not None and holds(who, "people.read"):
        return False
    return not right or (who is not None and holds(who, right))
