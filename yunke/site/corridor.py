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


# (path, name, icon, right that opens it; "" for everybody)
WAYS = (
    ("/today", _("今天"), "sun", "plan.write"),
    ("/child", _("孩子"), "heart-handshake", "child.read"),
    ("/class", _("班级"), "users", "class.read"),
    ("/make", _("备课"), "pencil-ruler", "lesson.write"),
    ("/week", _("课表"), "calendar-days", ""),
    ("/catalogue", _("课程"), "library", ""),
    ("/onair", _("播出"), "tv", ""),
    ("/people", _("师生"), "contact", "people.read"),
    ("/events", _("使用"), "chart-column", "events.read"),
)


def corridor(who: Who | None, path: str) -> list[Way]:
    open_to = [w for w in WAYS if not w[3] or (who is not None and holds(who, w[3]))]
    return [Way(p, str(name), icon, path.startswith(p)) for p, name, icon, _right in open_to]
