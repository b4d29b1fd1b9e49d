"""The life cases of trust.md §5: who changes what, and what each person loses, keeps or gains."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yunke.base.clock import today
from yunke.ground.people.actions.court import guardian_bar, guardian_until
from yunke.ground.people.actions.freeze import person_freeze
from yunke.ground.people.actions.life import (
    class_devices_end,
    class_leave,
    class_move,
    duty_hand_over,
    guardian_agree,
    head_change,
    school_leave,
    substitute_set,
)
from yunke.ground.people.actions.moves import move_ask, move_decide
from yunke.ground.people.actions.school import person_leave
from yunke.ground.people.door import Role
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests import life
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast


@dataclass
class Life:
    """One case. ``loses``, ``keeps``, ``gains``: (person, page); ``files`` and ``lines``: whose
    files and whose open line must end; ``hidden``: (person, page, text that may not be there).
    """

    name: str
    cast: Cast
    change: Callable[[], Any]
    loses: list[tuple[Person, str]] = field(default_factory=list)
    keeps: list[tuple[Person, str]] = field(default_factory=list)
    gains: list[tuple[Person, str]] = field(default_factory=list)
    files: list[Person] = field(default_factory=list)
    lines: list[Person] = field(default_factory=list)
    hidden: list[tuple[Person, str, str]] = field(default_factory=list)


def cases() -> list[Life]:
    return [make(people.cast(pupils_in_class=3)) for make in CASES]


def siblings(c: Cast) -> Life:
    elder, younger, mother = life.siblings(c)
    tie = mother.wards.get(child=elder)
    return Life(
        "siblings", c, lambda: _bar(c, tie), loses=[(mother, f"/child/{elder.id}")],
        keeps=[(mother, f"/child/{younger.id}")],
    )  # fmt: skip


def guardian_of_two(c: Cast) -> Life:
    elder, younger, mother = life.siblings(c)
    return Life(
        "one guardian of two, one child leaves", c, lambda: leave(c, elder),
        loses=[(mother, f"/child/{elder.id}"), (elder, "/today")],
        keeps=[(mother, f"/child/{younger.id}")], files=[elder],
    )  # fmt: skip


def dispute(c: Cast) -> Life:
    child, one, other = life.in_dispute(c)
    pages = ("/account", f"/child/{child.id}", "/account/log")
    texts = (other.name, other.login)
    return Life(
        "two guardians in dispute", c, lambda: None,
        keeps=[(one, f"/child/{child.id}"), (other, f"/child/{child.id}")],
        hidden=[(one, page, text) for page in pages for text in texts],
    )  # fmt: skip


def court(c: Cast) -> Life:
    child, one, other = life.in_dispute(c)
    tie = one.wards.get()
    return Life(
        "ex-guardian by court order", c, lambda: _bar(c, tie),
        loses=[(one, f"/child/{child.id}"), (one, f"/child/{child.id}/plan")],
        keeps=[(other, f"/child/{child.id}")],
        hidden=[(one, "/account", other.name), (one, "/account/log", other.name),
                (one, "/account", child.name)],
    )  # fmt: skip


def guardian_teaches(c: Cast) -> Life:
    both = life.guardian_and_teacher(c)
    tie = both.memberships.get()
    return Life(
        "guardian who also teaches the class", c,
        lambda: class_leave(actor_id=c.admin.id, tie=tie, school_id=c.school.id, day=today()),
        loses=[(both, f"/class/{c.one.id}")], keeps=[(both, f"/child/{c.pupil.id}")],
        lines=[both],
    )  # fmt: skip


def foster(c: Cast) -> Life:
    tie = life.fostered(c)
    return Life(
        "foster family", c, lambda: guardian_until(
            actor_id=c.admin.id, tie=tie, school_id=c.school.id, day=today()
        ),
        loses=[(tie.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.guardian, f"/child/{c.pupil.id}")],
    )  # fmt: skip


def of_age(c: Cast) -> Life:
    return Life(
        "pupil of 18", c, lambda: life.aged(c, 18), loses=[(c.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.pupil, "/today")],
    )  # fmt: skip


def agreed(c: Cast) -> Life:
    life.aged(c, 18)
    tie = c.guardian.wards.get()
    return Life(
        "pupil of 18 who agrees", c,
        lambda: guardian_agree(who_id=c.pupil.id, tie_id=tie.id, yes=True),
        gains=[(c.guardian, f"/child/{c.pupil.id}")],
    )  # fmt: skip


def out(c: Cast) -> Life:
    return Life(
        "transferred out", c, lambda: leave(c, c.pupil),
        loses=[(c.pupil, "/today"), (c.guardian, f"/child/{c.pupil.id}")], files=[c.pupil],
        lines=[c.pupil],
    )  # fmt: skip


def mid_term(c: Cast) -> Life:
    move = move_ask(
        actor_id=c.far_admin.id, number=c.pupil.login, name=c.pupil.name, to=c.far, day=today()
    )
    page = f"/people/person/{c.pupil.id}"
    return Life(
        "transferred in mid-term", c, lambda: move_decide(
            move_id=move.id, school_id=c.school.id, actor_id=c.admin.id, yes=True, reason=""
        ),
        loses=[(c.admin, page)], gains=[(c.far_admin, page)],
        keeps=[(c.pupil, "/today"), (c.guardian, f"/child/{c.pupil.id}")], lines=[c.pupil],
    )  # fmt: skip


def repeated(c: Cast) -> Life:
    lower = people.school_class(c.school, grade=1)
    head = people.head_teacher(lower)
    page = f"/class/{lower.id}/pupil/{c.pupil.id}"
    return Life(
        "repeated year", c,
        lambda: class_move(actor_id=c.admin.id, person=c.pupil, to=lower, day=today()),
        keeps=[(c.pupil, "/today"), (head, f"/class/{lower.id}")], lines=[c.pupil],
        hidden=[(c.head, f"/class/{c.one.id}/cards", f'value="{c.pupil.id}"'),
                (c.head, page, c.pupil.login)],
    )  # fmt: skip


def two_classes(c: Cast) -> Life:
    child, first, _second = life.in_two_classes(c)
    return Life(
        "two class memberships, one ends", c,
        lambda: class_leave(actor_id=c.admin.id, tie=first, school_id=c.school.id, day=today()),
        keeps=[(child, "/today")], lines=[child],
        hidden=[(c.head, f"/class/{c.one.id}/cards", f'value="{child.id}"')],
    )  # fmt: skip


def away(c: Cast) -> Life:
    page = f"/class/{c.one.id}"
    return Life(
        "teacher on leave, substitute comes", c, lambda: _stand(c, today() + timedelta(days=2)),
        loses=[(c.teacher, page)], gains=[(c.other_teacher, page)], lines=[c.teacher],
    )  # fmt: skip


def substitute_over(c: Cast) -> Life:
    _stand(c, today() + timedelta(days=2))
    page = f"/class/{c.one.id}"
    stood = Membership.objects.filter(stands_for=c.teacher)
    return Life(
        "substitute after the last day", c, lambda: stood.update(until=today()),
        loses=[(c.other_teacher, page)], keeps=[(c.other_teacher, f"/class/{c.other.id}")],
    )  # fmt: skip


def teacher_left(c: Cast) -> Life:
    return Life(
        "teacher who left", c, lambda: leave(c, c.teacher),
        loses=[(c.teacher, f"/class/{c.one.id}"), (c.teacher, "/make")], files=[c.teacher],
        lines=[c.teacher],
    )  # fmt: skip


def accused(c: Cast) -> Life:
    return Life(
        "teacher accused", c, lambda: person_freeze(
            actor_id=c.admin.id, person=c.teacher, school_id=c.school.id, reason="举报"
        ),
        loses=[(c.teacher, f"/class/{c.one.id}"), (c.teacher, "/account")], files=[c.teacher],
        keeps=[(c.admin, f"/people/person/{c.teacher.id}")], lines=[c.teacher],
    )  # fmt: skip


def head_changed(c: Cast) -> Life:
    page = f"/class/{c.one.id}/cards"
    return Life(
        "head teacher changed", c, lambda: head_change(
            actor_id=c.admin.id, of=c.one, to=c.other_teacher, day=today()
        ),
        loses=[(c.head, page)], gains=[(c.other_teacher, page)], lines=[c.head],
    )  # fmt: skip


def counsellor(c: Cast) -> Life:
    helper = people.staff(c.school, Role.COUNSELLOR)
    duty = helper.duties.get()
    return Life(
        "counsellor handing over", c,
        lambda: duty_hand_over(actor_id=c.admin.id, duty=duty, to=c.teacher, day=today()),
        loses=[(helper, "/account")], keeps=[(c.teacher, f"/class/{c.one.id}")],
    )  # fmt: skip


def lost_device(c: Cast) -> Life:
    return Life(
        "lost classroom device", c, lambda: class_devices_end(actor_id=c.admin.id, of=c.one),
        loses=[(child, "/today") for child in c.pupils], files=[c.pupil], lines=c.pupils,
        keeps=[(c.other_pupil, "/today"), (c.teacher, f"/class/{c.one.id}")],
    )  # fmt: skip


def school_left(c: Cast) -> Life:
    return Life(
        "school that left the city", c,
        lambda: school_leave(actor_id=c.city_staff.id, school=c.school, reason="划归邻市"),
        loses=[(c.pupil, "/today"), (c.teacher, f"/class/{c.one.id}"), (c.admin, "/people"),
               (c.guardian, f"/child/{c.pupil.id}")],
        keeps=[(c.far_pupil, "/today")], files=[c.pupil], lines=[c.pupil, c.teacher],
    )  # fmt: skip


CASES: tuple[Callable[[Cast], Life], ...] = (
    siblings, guardian_of_two, dispute, court, guardian_teaches, foster, of_age, agreed, out,
    mid_term, repeated, two_classes, away, substitute_over, teacher_left, accused, head_changed,
    counsellor, lost_device, school_left,
)  # fmt: skip


def _bar(c: Cast, tie: Any) -> None:
    guardian_bar(actor_id=c.admin.id, tie=tie, school_id=c.school.id, reason="民初 7 号")


def leave(c: Cast, person: Person, day: date | None = None) -> None:
    person_leave(actor_id=c.admin.id, person_id=person.id, school_id=c.school.id, day=day)


def _stand(c: Cast, last: date) -> None:
    substitute_set(
        actor_id=c.admin.id, away=c.teacher, stands=c.other_teacher, school_id=c.school.id,
        first=today(), last=last,
    )  # fmt: skip
