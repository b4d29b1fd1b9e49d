"""The catalogue: grade → subject → unit → lesson, and the search. Everything is in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, open_page
from yunke.base.paging import page_of
from yunke.school.library.reads.cards import by_unit, catalogue_rows, lesson_search
from yunke.school.library.reads.reach import standing_of
from yunke.school.library.values import SUBJECT_NAMES, Standing, UnitCard
from yunke.school.library.views.words import subject_name, subjects

GRADES = range(1, 10)
PAGE = 48


@dataclass(frozen=True)
class Place:
    """Where in the catalogue somebody stands."""

    grade: int
    subject: str
    query: str
    number: int

    def address(self, **changes: Any) -> str:
        parts = {"grade": self.grade, "subject": self.subject, "q": self.query, **changes}
        return "/catalogue?" + urlencode({key: part for key, part in parts.items() if part})


def place_of(request: HttpRequest) -> Place:
    asked = request.GET
    who = getattr(request, "who", None)
    subject = asked.get("subject", "")
    return Place(
        grade=number_of(asked.get("grade", ""), GRADES) or (who.grade if who else 0) or 1,
        subject=subject if subject in SUBJECT_NAMES else "",
        query=asked.get("q", "").replace("\0", "").strip()[:80],
        number=number_of(asked.get("page", ""), range(1, 1000)) or 1,
    )


def number_of(text: str, within: range) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 and int(text) in within else 0


@require_GET
@open_page("families choose lessons before they have an account")
def catalogue(request: Asked) -> HttpResponse:
    place = place_of(request)
    standing = standing_of(request.who)
    found = _searched(place, standing) if place.query else _listed(place, standing)
    context = {
        "place": place,
        "grades": [(g, place.address(grade=g, q="")) for g in GRADES],
        "subjects": [(s, place.address(subject=s["id"], q="")) for s in subjects()],
        "every_subject": place.address(subject="", q=""),
        "subject": subject_name(place.subject) if place.subject else None,
        **found,
    }
    template = "library/found.html" if request.htmx else "library/catalogue.html"
    return render(request, template, context)


def _searched(place: Place, standing: Standing) -> dict[str, Any]:
    """The whole city's catalogue is searched; the grade and subject chosen before do not hide."""
    return {"cards": lesson_search(place.query, standing=standing)}


def _listed(place: Place, standing: Standing) -> dict[str, Any]:
    rows = catalogue_rows(place.grade, place.subject, standing)
    page = page_of(rows, place.number, size=PAGE)
    units = by_unit(page.rows, standing)
    return {
        "groups": units if place.subject else _by_subject(units, place),
        "grouped": "unit" if place.subject else "subject",
        "more": place.address(page=page.number + 1) if page.more else "",
    }


def _by_subject(units: Sequence[UnitCard], place: Place) -> list[dict[str, Any]]:
    """A whole grade at a glance: one shelf for each subject."""
    return [
        {
            "subject": subject,
            "href": place.address(subject=subject),
            "lessons": [lesson for unit in found for lesson in unit.lessons],
        }
        for subject, found in groupby(units, key=lambda unit: unit.subject)
    ]
