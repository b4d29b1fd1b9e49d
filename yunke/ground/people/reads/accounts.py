"""Finding the account that somebody wants to sign in to."""

from django.db import connection

from yunke.base.clock import today
from yunke.ground.people.models import Membership, Person, SchoolClass
from yunke.ground.people.reads.who import class_name, token_hash, who_is
from yunke.ground.people.values import ClassName, Role


def login_read(typed: str) -> str:
    """A login as it is kept: without spaces around it, in small letters. No login has a NUL."""
    return typed.replace("\0", "\ufffd").strip().lower()[:60]


def account_by_login(login: str) -> Person | None:
    """The account that may be signed in to today: not a leaver's, not one without any duty."""
    found = Person.objects.filter(login=login_read(login)).first()
    return found if found and is_in(found) else None


def is_in(person: Person) -> bool:
    """Has the person a place here today? One to three queries."""
    return not person.has_left and bool(who_is(person).grants)


# Eight o'clock: a school scans its cards at once. One statement where the ORM takes three.
CARD = """
SELECT p.* FROM people_card c JOIN people_person p ON p.id = c.person_id
WHERE c.token_hash = %s AND c.revoked_at IS NULL AND p.kind = 'pupil'
  AND (p.left_on IS NULL OR p.left_on > %s) AND p.frozen_at IS NULL
  AND EXISTS (
    SELECT 1 FROM people_membership m
    JOIN people_schoolclass s ON s.id = m.school_class_id AND s.ended_on IS NULL
    WHERE m.person_id = p.id AND m.since <= %s AND (m.until IS NULL OR m.until > %s))
"""


def account_by_card(token: str) -> Person | None:
    """The pupil of a card that was not revoked, who has a class and has not left. One query."""
    day = connection.ops.adapt_datefield_value(today())
    found = Person.objects.raw(CARD, [token_hash(token), day, day, day])
    return next(iter(found), None)


def class_by_code(code: str) -> ClassName | None:
    found = (
        SchoolClass.objects.select_related("school")
        .filter(code=code, ended_on__isnull=True)
        .first()
    )
    return class_name(found) if code and found else None


def class_pupil(class_id: int, person_id: int) -> Person | None:
    """A pupil of the class today. One query."""
    tie = (
        Membership.objects.holding(today())
        .filter(school_class_id=class_id, person_id=person_id, role=Role.PUPIL)
        .select_related("person")
        .first()
    )
    return tie.person if tie and not tie.person.has_left else None


def second_factor_of(person_id: int) -> tuple[str, int]:
    """The sealed secret ("" without one) and the last step that was used."""
    row = Person.objects.filter(id=person_id).values_list("totp", "totp_step").first()
    return row if row else ("", 0)


def password_of(person_id: int) -> str:
    """The encoded password, "" for those who sign in by pictures or card alone."""
    found = Person.objects.filter(id=person_id).values_list("password", flat=True).first()
    return found or ""
