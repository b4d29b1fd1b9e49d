"""The register of consequential actions: which act each leaves, and how to do it once more.

Each entry prepares a target of its own and gives the action itself, ready to be done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from yunke.base.clock import today
from yunke.checks.accept.register_attempts import ATTEMPT_ACTIONS
from yunke.checks.accept.register_desk import DESK_ACTIONS
from yunke.checks.accept.register_exams import EXAM_ACTIONS
from yunke.checks.accept.register_homework import HOMEWORK_ACTIONS
from yunke.checks.accept.register_lessons import LESSON_ACTIONS
from yunke.checks.accept.register_practice import PRACTICE_ACTIONS
from yunke.ground.audit.door import Act, second_ask, second_decide
from yunke.ground.consent.door import Answer
from yunke.ground.consent.tests import makers as consents
from yunke.ground.people.actions import guardians
from yunke.ground.people.actions.born import born_set
from yunke.ground.people.actions.court import guardian_bar
from yunke.ground.people.actions.freeze import person_freeze
from yunke.ground.people.actions.life import class_move
from yunke.ground.people.actions.passwords import password_reset
from yunke.ground.people.actions.pictures import picture_set
from yunke.ground.people.actions.roster import roster_write
from yunke.ground.people.actions.school import class_code_change, person_leave
from yunke.ground.people.actions.second import second_factor_remove
from yunke.ground.people.door import Kind, PersonRow, Roster, cards_issue, roster_ids
from yunke.ground.people.models import Guardianship, Invitation, Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in, who
from yunke.ground.privacy.actions.erase import erase_run
from yunke.ground.privacy.actions.wishes import (
    bulk_ask,
    bulk_start,
    copy_ask,
    erase_ask,
    erase_decide,
)
from yunke.ground.privacy.models import Wish
from yunke.school.lessons.tests import makers as lessons
from yunke.school.library.door import lesson_publish, lesson_withdraw


@dataclass
class Scene:
    cast: Cast

    def child(self) -> Person:
        """Somebody whom no other action has touched."""
        return makers.pupil(self.cast.one)

    @property
    def admin(self) -> int:
        return int(self.cast.admin.id)

    @property
    def school(self) -> int:
        return int(self.cast.school.id)


Ready = Callable[[], Any]
Action = Callable[[Scene], Ready]


def leave(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: person_leave(actor_id=scene.admin, person_id=child.id, school_id=scene.school)


def freeze(scene: Scene) -> Ready:
    somebody = makers.teacher(scene.cast.one)
    return lambda: person_freeze(
        actor_id=scene.admin, person=somebody, school_id=scene.school, reason="调查"
    )


def moved(scene: Scene) -> Ready:
    child, to = scene.child(), scene.cast.other
    return lambda: class_move(actor_id=scene.admin, person=child, to=to, day=today())


def born(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: born_set(
        actor_id=scene.admin, person_id=child.id, school_id=scene.school, born_on=date(2018, 3, 1)
    )


def barred(scene: Scene) -> Ready:
    child = scene.child()
    tie = makers.bind(makers.person(Kind.GUARDIAN), child)
    return lambda: guardian_bar(
        actor_id=scene.admin, tie=tie, school_id=scene.school, reason="法院"
    )


def password(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: password_reset(
        actor_id=scene.admin, person_id=child.id, name=child.name, encoded="x"
    )


def second_out(scene: Scene) -> Ready:
    somebody = makers.teacher(scene.cast.one, totp="x")
    return lambda: second_factor_remove(actor_id=scene.admin, person_id=somebody.id)


def cards(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: cards_issue(actor_id=scene.admin, persons={child.id: child.name})


def pictures(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: picture_set(
        actor_id=scene.admin, encoded={child.id: "x"}, names={child.id: child.name}
    )


def code(scene: Scene) -> Ready:
    of = scene.cast.other
    return lambda: class_code_change(actor_id=scene.admin, class_id=of.id, title=of.name)


def invited(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: guardians.guardians_invite(
        actor_id=scene.admin, children={child.id: child.name}, class_id=scene.cast.one.id
    )


def bound(scene: Scene) -> Ready:
    child = scene.child()
    invited(Scene(scene.cast))()
    guardians.guardians_invite(
        actor_id=scene.admin, children={child.id: child.name}, class_id=scene.cast.one.id
    )
    made = Invitation.objects.get(child=child)
    somebody = makers.person(Kind.GUARDIAN)
    return lambda: guardians.guardian_bind(
        guardian_id=somebody.id, invitation_id=made.id, relation="爸爸"
    )


def unbound(scene: Scene) -> Ready:
    tie: Guardianship = makers.bind(makers.person(Kind.GUARDIAN), scene.child())
    return lambda: guardians.guardian_unbind(
        actor_id=scene.admin, tie_id=tie.id, class_id=scene.cast.one.id
    )


def roster(scene: Scene) -> Ready:
    number = roster_ids().person + (Person.objects.aggregate(top=Max("id"))["top"] or 0)
    rows = [PersonRow(number, f"roster{number}", "新", Kind.PUPIL)]
    return lambda: roster_write(Roster(persons=rows), actor_id=scene.admin)


def published(scene: Scene) -> Ready:
    lesson = lessons.taught(scene.cast.teacher, published=False)
    return lambda: lesson_publish(who=who(scene.cast.teacher), lesson_id=lesson.id)


def withdrawn(scene: Scene) -> Ready:
    lesson = lessons.taught(scene.cast.teacher)
    return lambda: lesson_withdraw(who=who(scene.cast.teacher), lesson_id=lesson.id)


def consent(answer: Answer) -> Action:
    def ready(scene: Scene) -> Ready:
        child = scene.child()
        by = makers.guardian(child)
        if answer == Answer.WITHDRAWN:
            consents.says(by, child)
        return lambda: consents.says(by, child, answer)

    return ready


def page(path: str, somebody: str) -> Action:
    def ready(scene: Scene) -> Ready:
        client = signed_in(getattr(scene.cast, somebody))
        child = scene.cast.pupil.id
        address = path.format(one=scene.cast.one.id, child=child)
        return lambda: client.get(address)

    return ready


def asked(scene: Scene) -> Ready:
    return lambda: second_ask(
        who_id=scene.admin, kind="x", page="/data", reason="x", about={}, org_id=scene.school
    )


def decided(given: bool) -> Action:
    def ready(scene: Scene) -> Ready:
        number = asked(scene)()
        chief = scene.cast.city_staff.id
        return lambda: second_decide(id=number, who_id=chief, given=given, reason="x")

    return ready


def copied(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: copy_ask(who_id=child.id, person_id=child.id)


def erasure(scene: Scene) -> Ready:
    child = scene.child()
    return lambda: erase_ask(who_id=child.id, person_id=child.id)


def erased(scene: Scene) -> Ready:
    child = scene.child()
    number = erase_ask(who_id=child.id, person_id=child.id)
    erase_decide(wish_id=number, who_id=scene.admin, given=True)
    return lambda: erase_run(Wish.objects.get(id=number))


def bulk(scene: Scene) -> Ready:
    number = bulk_ask(who_id=scene.admin, school_id=scene.school, reason="x", pupils=3)
    second = Wish.objects.get(id=number).second_id
    second_decide(id=second, who_id=scene.cast.city_staff.id, given=True)
    return lambda: bulk_start(wish_id=number, who_id=scene.admin)


def of_cast(action: Callable[[Cast], Ready]) -> Action:
    return lambda scene: action(scene.cast)


ACTIONS: dict[str, tuple[Act, Action]] = {
    "a person leaves": (Act.PERSON_LEFT, leave),
    "access is frozen": (Act.PERSON_FROZEN, freeze),
    "a pupil changes class": (Act.ROLE_CHANGED, moved),
    "a month of birth is set": (Act.ROLE_CHANGED, born),
    "a court bars a guardian": (Act.GUARDIAN_CHANGED, barred),
    "a password is set anew": (Act.PASSWORD_RESET, password),
    "a second factor is removed": (Act.SECOND_FACTOR_REMOVED, second_out),
    "cards are issued": (Act.CARDS_ISSUED, cards),
    "picture passwords are set": (Act.PICTURES_SET, pictures),
    "a class code is changed": (Act.CODE_CHANGED, code),
    "guardians are invited": (Act.GUARDIAN_INVITED, invited),
    "a guardian is bound": (Act.GUARDIAN_CHANGED, bound),
    "a guardian is unbound": (Act.GUARDIAN_CHANGED, unbound),
    "a roster is written": (Act.ROSTER_IMPORTED, roster),
    "a lesson is published": (Act.LESSON_PUBLISHED, published),
    "a lesson is withdrawn": (Act.LESSON_WITHDRAWN, withdrawn),
    "a consent is given": (Act.CONSENT_GIVEN, consent(Answer.GIVEN)),
    "a consent is withdrawn": (Act.CONSENT_WITHDRAWN, consent(Answer.WITHDRAWN)),
    "a class is looked at": (Act.RECORD_VIEWED, page("/class/{one}", "teacher")),
    "a pupil's account is looked at": (Act.RECORD_VIEWED, page("/people/person/{child}", "admin")),
    "a child is looked at": (Act.RECORD_VIEWED, page("/child/{child}", "guardian")),
    "a second person is asked": (Act.SECOND_ASKED, asked),
    "a second person agrees": (Act.SECOND_GIVEN, decided(True)),
    "a second person refuses": (Act.SECOND_REFUSED, decided(False)),
    "a copy is taken": (Act.DATA_EXPORTED, copied),
    "an erasure is asked": (Act.ERASURE_ASKED, erasure),
    "a person is erased": (Act.DATA_ERASED, erased),
    "a school's pupils are exported": (Act.DATA_EXPORTED, bulk),
    **{name: (act, of_cast(action)) for name, (act, action) in LESSON_ACTIONS.items()},
    **{name: (act, of_cast(action)) for name, (act, action) in ATTEMPT_ACTIONS.items()},
    **{name: (act, of_cast(action)) for name, (act, action) in PRACTICE_ACTIONS.items()},
    **{name: (act, of_cast(action)) for name, (act, action) in HOMEWORK_ACTIONS.items()},
    **{name: (act, of_cast(action)) for name, (act, action) in EXAM_ACTIONS.items()},
    **{name: (act, of_cast(action)) for name, (act, action) in DESK_ACTIONS.items()},
}
