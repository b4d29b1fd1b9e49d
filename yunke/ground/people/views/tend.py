"""What the pages of a tended class share: which class, which of its pupils, paper to print."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yunke.base.pages import Asked
from yunke.base.trouble import Refused
from yunke.craft.paper import Sheet, Ticket, sheet_pdf
from yunke.ground.people.actions.looking import pupils_read
from yunke.ground.people.reads.classes import class_and_place
from yunke.ground.people.rules.rights import allowed
from yunke.ground.people.values import ClassName, PersonName


class HasId(Protocol):
    @property
    def id(self) -> int: ...


def class_for(request: Asked, class_id: int, right: str) -> ClassName:
    """The class, for those who hold the right there; "not found" for everybody else."""
    found = class_and_place(class_id)
    if found is None or not allowed(request.who, right, found[1]):
        raise Http404
    return found[0]


def chosen_pupils(request: Asked, pupils: tuple[PersonName, ...]) -> dict[int, PersonName]:
    """The ticked pupils of the class (all of it for ``all``). Raises Refused for none."""
    wanted = set(request.POST.getlist("pupil"))
    everybody = request.POST.get("which") == "all"
    chosen = {p.id: p for p in pupils if everybody or str(p.id) in wanted}
    if not chosen:
        raise Refused(_("还没有选学生。请先勾选，再按一次；什么都没有改动。"), status=422)
    return chosen


def tended_read(request: Asked, of: ClassName, pupils: Iterable[HasId], part: str) -> None:
    """A page of keys shows these pupils: the look is kept. Raises Refused for too many."""
    shown = [pupil.id for pupil in pupils]
    pupils_read(
        request.who, shown, part=part, part_id=of.id, school_id=of.school_id, class_id=of.id
    )


def class_title(of: ClassName) -> str:
    english = (get_language() or "").startswith("en")
    return (of.name_en if english else "") or of.name


def class_line(of: ClassName) -> str:
    """School and class, as printed under a name."""
    english = (get_language() or "").startswith("en")
    school = (of.school_en if english else "") or of.school
    return f"{school} · {class_title(of)}"


def paper(of: ClassName, title: str, tickets: list[Ticket], file: str) -> HttpResponse:
    """Tickets as a PDF that the browser shows; kept by nobody."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    foot = f"{_('云课')} · {class_line(of)} · {title} · {day(timezone.now())}"
    pdf = sheet_pdf(Sheet(title, foot, tuple(tickets), language))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file}-{of.id}.pdf"'
    return response


def day(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d")
