"""What a request chose: grade, day, place. Wrong choices fall back, they are no error."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from yunke.base.clock import today
from yunke.base.kept import Kept
from yunke.ground.people.door import Place, Who, city_id

GRADES = tuple(range(1, 10))
COOKIE = "yunke_grade"
FAR = timedelta(days=400)
_city: Kept[int] = Kept(seconds=60)


def who_of(request: HttpRequest) -> Who | None:
    found: Who | None = getattr(request, "who", None)
    return found


def place_chosen(who: Who | None) -> Place:
    """Where the visitor belongs; a stranger, or who belongs nowhere yet, to the city."""
    if who is not None and who.grants and who.grants[0].place.city:
        return who.grants[0].place
    return Place(city=_city.get("city", city_id))


def grade_chosen(request: HttpRequest, who: Who | None) -> int:
    """From the address, else one's own (a guardian's child's), else the last choice, else 1."""
    own = place_chosen(who).grade if who else 0
    for text in (request.GET.get("grade", ""), str(own), request.COOKIES.get(COOKIE, "")):
        if grade := grade_read(text):
            return grade
    return 1


def grade_read(text: str) -> int:
    """The grade that was typed, 0 for anything else, however long."""
    return next((grade for grade in GRADES if str(grade) == text), 0)


def day_chosen(text: str) -> date:
    """A day near today, else today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today()
    return day if abs(day - today()) <= FAR else today()


def remember_grade(request: HttpRequest, response: HttpResponse, grade: int) -> HttpResponse:
    """A family without an account finds its grade again; nothing but a number is kept."""
    if request.GET.get("grade") == str(grade):
        response.set_cookie(COOKIE, str(grade), max_age=180 * 24 * 3600, samesite="Lax")
    return response
