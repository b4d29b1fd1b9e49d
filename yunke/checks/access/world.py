"""People who ask, and the things they ask for at five distances from them."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.door import Role, cards_issue, class_pupils, session_open
from yunke.ground.people.models import Duty, Org, Person, SchoolClass, Session
from yunke.ground.people.tests import makers as people
from yunke.school.lessons.door import PackParts, along_start, note_save, pack_send
from yunke.school.lessons.tests import makers as lessons
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.uploads import upload_begin
from yunke.school.library.rules import Chosen
from yunke.school.library.tests import makers as library
from yunke.school.timetable.tests import makers as timetable

_numbers = itertools.count(1)
# The actor's own; a classmate's; another class's; another county's school's; another city's.
DISTANCES = ("own", "class", "school", "other", "city")


@dataclass
class Town:
    city: Org
    county: Org
    school: Org


def town(city: Org | None = None) -> Town:
    of = city or people.org("city", f"市{next(_numbers)}")
    county = people.org("county", f"县{next(_numbers)}", of)
    return Town(of, county, people.org("school", f"校{next(_numbers)}", county))


# What a spot makes when it is first asked for.
MADE = ("lesson", "draft", "tie", "along", "pack", "broadcast", "card")


class Spot:
    """A place with one of everything; what is in it belongs to its own people."""

    def __init__(self, of: Town, school_class: SchoolClass | None = None) -> None:
        self.town = of
        self.school_class = school_class or people.school_class(of.school, grade=3)
        self.pupil = people.pupil(self.school_class)
        self.guardian = people.guardian(self.pupil)
        self.teacher = people.teacher(self.school_class)
        self.admin = people.staff(of.school, Role.SCHOOL_ADMIN)

    def filled(self) -> "Spot":
        """With everything in it that is otherwise made when first asked for."""
        for name in MADE:
            getattr(self, name)
        note_save(
            **lessons.where(self.pupil), lesson_id=self.lesson.id, at=3, text="重点", note_id=0
        )
        lessons.answered(self.pupil, self.lesson.task, "A")
        guardians_invite(
            actor_id=self.teacher.id, children={self.pupil.id: self.pupil.name},
            class_id=self.school_class.id,
        )  # fmt: skip
        return self

    def made(self, *, published: bool) -> Any:
        """A lesson of the teacher's, with a film and a task."""
        unit = library.unit(grade=3)
        unit.city_id = self.town.city.id
        unit.save()
        row: Any = library.lesson(
            unit=unit, author=self.teacher, published=published, school_id=self.town.school.id,
            county_id=self.town.county.id, goals=["会背"],
        )  # fmt: skip
        lessons.film(row)
        row.asset = row.assets.get()
        row.task = lessons.task(row)
        return row

    @cached_property
    def lesson(self) -> Any:
        return self.made(published=True)

    @cached_property
    def draft(self) -> Any:
        return self.made(published=False)

    @cached_property
    def tie(self) -> Any:
        return self.guardian.wards.get()

    @cached_property
    def along(self) -> int:
        return along_start(
            who_id=self.teacher.id, class_id=self.school_class.id, school_id=self.town.school.id,
            lesson_id=self.lesson.id,
        )  # fmt: skip

    @cached_property
    def pack(self) -> int:
        return pack_send(
            who_id=self.teacher.id, class_id=self.school_class.id, school_id=self.town.school.id,
            lesson_id=self.lesson.id, message="", parts=PackParts(), shown=class_shown(self),
        )  # fmt: skip

    @cached_property
    def broadcast(self) -> Any:
        starts, period = time(20), 10 + next(_numbers)  # an hour of its own, still to come
        return timetable.broadcast(
            self.town.city, grade=3, of=self.lesson, period=period, starts=starts, minutes=1
        )

    @cached_property
    def card(self) -> str:
        issued = cards_issue(
            actor_id=self.teacher.id, persons={self.pupil.id: self.pupil.name},
            class_id=self.school_class.id,
        )  # fmt: skip
        return issued[self.pupil.id]


def class_shown(spot: Spot) -> tuple[int, ...]:
    """The class as its list shows it: a pack is sent to those whom the sender saw."""
    return tuple(child.id for child in class_pupils(spot.school_class.id))


def laid(path: Path, data: bytes) -> None:
    """A file that an address gives out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def upload_of(spot: Spot) -> int:
    """An upload that its teacher has begun."""
    chosen = Chosen(kind="captions", name="a.vtt", size=9, language="zh")
    begun = upload_begin(
        who=people.who(spot.teacher), lesson_id=spot.draft.id, chosen=chosen, modified="1"
    )
    return int(begun.id)


# A name in an address → what stands there. "draft" and "staff" are the object column's words.
Param = Callable[[Spot, str], Any]
PARAMS: dict[str, Param] = {
    "class_id": lambda spot, of: spot.school_class.id,
    "person_id": lambda spot, of: (spot.teacher if of == "staff" else spot.pupil).id,
    "pupil_id": lambda spot, of: spot.pupil.id,
    "child_id": lambda spot, of: spot.pupil.id,
    "tie_id": lambda spot, of: spot.tie.id,
    "lesson_id": lambda spot, of: (spot.draft if of == "draft" else spot.lesson).id,
    "asset_id": lambda spot, of: (spot.draft if of == "draft" else spot.lesson).asset.id,
    "task_id": lambda spot, of: (spot.draft if of == "draft" else spot.lesson).task.id,
    "along_id": lambda spot, of: spot.along,
    "pack_id": lambda spot, of: spot.pack,
    "broadcast_id": lambda spot, of: spot.broadcast.id,
    "upload_id": lambda spot, of: upload_of(spot),
    "kind": lambda spot, of: "video",
}
# What else every spot has, by the name that finds it in PARAMS; other modules add theirs. They
# are made once everybody is there, and LAST comes after all of them.
THINGS: dict[str, Callable[[Spot], int]] = {}
LAST: list[Callable[[dict[str, Spot]], None]] = []
# Names that say no place: one distance is enough.
PLAIN: dict[str, Any] = {"grade": 3, "name": "chinese"}


@dataclass
class World:
    """``actors`` stand at the first spot. A leaver's session was opened before the end came."""

    spots: dict[str, Spot]
    actors: dict[str, Person | None]
    tokens: dict[str, str]
    # The rows that were made with each spot, by model.
    rows: dict[str, dict[Any, list[Any]]] = field(default_factory=dict)

    def client(self, actor: str) -> Client:
        """A browser of theirs as it was at the start: no answer so far has changed its cookies."""
        client = Client(raise_request_exception=False)
        if self.tokens[actor]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.tokens[actor]
        return client

    def session(self, distance: str, actor: str) -> int:
        """Another device of the actor (own) or of the pupil at that distance."""
        own = self.actors[actor] if distance == "own" else None
        somebody = own or self.spots[distance].pupil
        found = Session.objects.filter(person=somebody).order_by("-id").first()
        return found.id if found else 0


def world() -> World:
    """Two cities, three schools; about six seconds."""
    spots, rows = _spots()
    own = spots["own"]
    actors = _actors(own)
    _furnish(spots, rows)
    tokens = {name: _token(somebody) for name, somebody in actors.items()}
    for spot in spots.values():
        session_open(person=spot.pupil, device="tablet", registered=True, way="password")
    _leave(actors)
    return World(spots, actors, tokens, rows)


def _spots() -> tuple[dict[str, Spot], dict[str, dict[Any, list[Any]]]]:
    """The five places, each full, and which rows came with which."""
    home = town()
    rows: dict[str, dict[Any, list[Any]]] = {}
    spots: dict[str, Spot] = {}
    ways: dict[str, Callable[[], Spot]] = {
        "own": lambda: Spot(home),
        "class": lambda: Spot(home, spots["own"].school_class),
        "school": lambda: Spot(home),
        "other": lambda: Spot(town(home.city)),
        "city": lambda: Spot(town()),
    }
    for distance, way in ways.items():
        before = {model: _last(model) for model in apps.get_models()}
        spots[distance] = way().filled()
        rows[distance] = _since(before)
    return spots, rows


def _furnish(spots: dict[str, Spot], rows: dict[str, dict[Any, list[Any]]]) -> None:
    """Everything that somebody does at a place, and what stands there because of it."""
    for distance, spot in spots.items():
        before = {model: _last(model) for model in apps.get_models()}
        for name in THINGS:
            PARAMS[name](spot, "")
        for model, made in _since(before).items():
            rows[distance].setdefault(model, []).extend(made)
    for ends in LAST:
        ends(spots)


def _since(before: dict[Any, Any]) -> dict[Any, list[Any]]:
    """The rows that are newer, by model."""
    return {
        model: list(model._base_manager.filter(pk__gt=last))
        for model, last in before.items()
        if isinstance(last, int)
    }


def _last(model: Any) -> Any:
    """The newest number of a table; None for one that does not count."""
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
        return None
    newest = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _actors(own: Spot) -> dict[str, Person | None]:
    school, county, city = own.town.school, own.town.county, own.town.city
    return {
        "anonymous": None,
        "pupil": own.pupil,
        "guardian": own.guardian,
        "teacher": own.teacher,
        "head_teacher": people.head_teacher(own.school_class),
        "reviewer": _reviewer(county, city),
        "counsellor": people.staff(school, Role.COUNSELLOR),
        "school_admin": people.staff(school, Role.SCHOOL_ADMIN),
        "county_staff": people.staff(county, Role.COUNTY_STAFF),
        "city_staff": people.staff(city, Role.CITY_STAFF),
        "ex_pupil": people.pupil(own.school_class),
        "ex_guardian": people.guardian(own.pupil),
        "ex_teacher": people.teacher(own.school_class),
    }


def _reviewer(county: Org, city: Org) -> Person:
    """Reviews Chinese lessons for the county, and for the city."""
    somebody = people.staff(city, Role.REVIEWER, subject="chinese")
    since = today() - timedelta(days=60)
    Duty.objects.create(
        person=somebody, org=county, role=Role.REVIEWER, subject="chinese", since=since
    )
    return somebody


def _token(somebody: Person | None) -> str:
    if somebody is None:
        return ""
    client = Client()
    people.sign_in(client, somebody)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _leave(actors: dict[str, Person | None]) -> None:
    """The right ends while the session is open."""
    for name in ("ex_pupil", "ex_teacher"):
        Person.objects.filter(id=actors[name].id).update(left_on=today())  # type: ignore[union-attr]
    tie = actors["ex_guardian"].wards.get()  # type: ignore[union-attr]
    tie.until = today() - timedelta(days=1)
    tie.save()


def mark_city(spot: Spot) -> list[str]:
    """Give everything there names of two words that stand nowhere else; gives the words."""
    town = spot.town
    named = [
        (town.city, "name"), (town.county, "name"), (town.school, "name"),
        (spot.school_class, "name"), (spot.pupil, "name"), (spot.teacher, "name"),
        (spot.guardian, "name"), (spot.lesson, "title"), (spot.lesson.unit, "title"),
        (spot.draft, "title"),
    ]  # fmt: skip
    words = []
    for at, (row, column) in enumerate(named):
        pair = [f"zqa{at}x", f"zqb{at}x"]
        setattr(row, column, " ".join(pair))
        row.save(update_fields=[column])
        words += pair
    search_refresh([spot.lesson.id, spot.draft.id])
    return words
