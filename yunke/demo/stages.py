"""The stages of the demo city, in order; films are made beside them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from yunke.base.clock import today
from yunke.demo.anchor import calendar_of
from yunke.demo.cast import PASSWORD, PICTURES, TOTP
from yunke.demo.catalogue import Catalogue, catalogue_write
from yunke.demo.city import EDITION, City, Secrets, city_of
from yunke.demo.consent import consents_write
from yunke.demo.desk import desk_write
from yunke.demo.exams import exams_write
from yunke.demo.film import films
from yunke.demo.films import Films, adopt
from yunke.demo.history import history_write, notes_of_cast, watching_write
from yunke.demo.homework import homework_write
from yunke.demo.large import large_write
from yunke.demo.looks import looks_write
from yunke.demo.practice import practice_write
from yunke.demo.questions import bank_write, tasks_write_questions
from yunke.demo.reviews import reviews_write
from yunke.demo.rosters import roster_wait
from yunke.demo.state import State, stamp, state_read, state_write
from yunke.demo.together import together_write
from yunke.demo.visitors import visitors_write
from yunke.demo.week import week_write
from yunke.demo.weeks import weeks_write
from yunke.ground.people.door import (
    RosterIds,
    city_id,
    pictures_encode,
    roster_ids,
    roster_write,
    second_factor_seal,
)
from yunke.insight.screen.door import days_release

Tell = Callable[[str, float, str], None]
PEOPLE, LESSONS, WEEK = "人和学校 · people", "课程 · lessons", "课表 · week"
REVIEWS = "审课 · reviews"
TOGETHER = "一起备课 · together"
CONSENTS = "同意 · consents"
LOOKS = "谁看过 · who looked"
HOMEWORK = "作业 · homework"
EXAMS = "考试 · exams"
PRACTICE = "练习 · practice"
QUESTIONS, HISTORY, FILMS = "题目 · questions", "往日 · history", "课程影片 · films"


class ForeignCity(Exception):
    """The data folder holds a city that the demo did not make."""


def build(scale: str, only: tuple[str, ...] | None, tell: Tell) -> None:
    """Make the demo city of today in this data folder, or bring it up to today.

    ``only``: the films to make, all of them when None. Raises ForeignCity, films.NotFilmed.
    """
    folder = Path(settings.DATA)
    state = _state(folder, scale)
    mark = stamp(today())
    if state.written == f"{mark} {scale} {only}":
        tell("演示城市 · demo city", 1, "已经是今天的 · up to date")
        return
    wanted = tuple(film.slug for film in films()) if only is None else only
    making = Films(folder / "films", only=wanted) if wanted else None
    try:
        _rows(folder, state, tell, making)
    finally:
        if making:
            making.stop()
    state_write(folder, replace(_state(folder, scale), written=f"{mark} {scale} {only}"))


def _state(folder: Path, scale: str) -> State:
    """The kept state, or a new one, kept before the first row so that a killed run goes on."""
    state = state_read(folder)
    if state is None:
        if city_id():
            raise ForeignCity(
                f"{folder} 里已经有一座城市，没有改动。换一个 YUNKE_DATA 再试。\n"
                f"{folder} holds a city already; nothing was changed. Set YUNKE_DATA elsewhere."
            )
        ids = roster_ids()
        first_day = calendar_of(today()).first_day.isoformat()
        state = State(
            scale, (ids.org, ids.school_class, ids.person), today().isoformat(), first_day,
            edition=EDITION,
        )  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        state_write(folder, state)
    return state


def _rows(folder: Path, state: State, tell: Tell, making: Films | None) -> None:
    calendar = calendar_of(today(), state.term)
    tell(PEOPLE, 0.1, "")
    city = _people(state, tell)
    visitors_write(folder, city)
    catalogue = catalogue_write(city, films())
    tell(LESSONS, 1, f"{len(catalogue.lessons)}")
    begun = bool(state.written)
    counts = week_write(city, calendar, catalogue, since=today() if begun else calendar.first_day)
    tell(WEEK, 1, f"{counts['broadcasts']} · {counts['slots']}")
    questions = tasks_write_questions()
    tell(QUESTIONS, 0.3, "")
    bank = bank_write()
    tell(QUESTIONS, 1, f"{bank['questions']} · {bank['points']}")
    weeks = weeks_write(city, calendar)
    tell(HISTORY, 0.5, f"{weeks}")
    past = history_write(city, calendar, catalogue)
    days_release()
    tell(HISTORY, 1, f"{past['events']}")
    if making:
        _films(city, catalogue, questions, making, tell)
    told = reviews_write(city, catalogue, folder / "films")
    tell(REVIEWS, 1, f"{told}")
    told = together_write(city, catalogue, folder / "films")
    tell(TOGETHER, 1, f"{told}")
    tell(HOMEWORK, 1, f"{homework_write(city)}")
    planned = exams_write(city)
    tell(EXAMS, 0.5, f"{planned}")
    tell(EXAMS, 1, f"{desk_write(city) if planned else 0}")
    tell(PRACTICE, 1, f"{practice_write(city)}")
    tell(CONSENTS, 1, f"{consents_write(city)}")
    tell(LOOKS, 1, f"{looks_write(city)}")
    roster_wait(city)
    state_write(folder, replace(state, first_day=calendar.first_day.isoformat()))


def _people(state: State, tell: Tell) -> City:
    secrets = Secrets(make_password(PASSWORD), pictures_encode(PICTURES), second_factor_seal(TOTP))
    begun = date.fromisoformat(state.since)
    first = calendar_of(begun).first_day
    city = city_of(RosterIds(*state.ids), first, begun, secrets, edition=state.edition)
    if not city_id():
        roster_write(city.roster)
        tell(PEOPLE, 0.5, "")
        if state.scale == "city":
            large_write(city, first, secrets, lambda share: tell(PEOPLE, 0.5 + share / 2, ""))
    tell(PEOPLE, 1, f"{len(city.names)}")
    return city


def _films(
    city: City, catalogue: Catalogue, questions: dict[str, int], making: Films, tell: Tell
) -> None:
    """Adopt each film as it finishes, and tell how far the others are."""
    told: dict[int, tuple[int, int]] = {}
    done = 0
    for slug in making.finished():
        if slug:
            seconds = adopt(catalogue, slug, making.folder, questions)
            lesson = next(taught for taught in catalogue.lessons if taught.film == slug)
            first = catalogue.films(lesson.grade)[0] == lesson
            watching_write(city, lesson.grade, lesson.id, seconds, today(), first=first)
            if not first or lesson.grade not in told:
                told[lesson.grade] = (lesson.id, seconds)
            done += 1
        tell(FILMS, min(making.share, 0.99), f"{done}/{len(making.shares)}")
    notes_of_cast(city, told, today())
    tell(FILMS, 1, f"{done}")
