"""Passwords: changed by their owner, set anew by the school. Hashed before, never in here."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record, second_ask, second_use
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.sessions import sessions_revoke
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import Person

PASSWORD = "person.password"  # noqa: S105 - what a second person is asked for


@transaction.atomic
def password_change(*, who_id: int, session: str, encoded: str) -> None:
    """A new password of one's own; every other device is signed out."""
    Person.objects.filter(id=who_id).update(password=encoded)
    told(who_id, Verb.PASSWORD_CHANGED, "person")
    sessions_revoke(who_id=who_id, but=session)


@transaction.atomic
def password_reset(*, actor_id: int, person_id: int, name: str, encoded: str) -> None:
    """A new password from the school; every device of the person is signed out."""
    Person.objects.filter(id=person_id).update(password=encoded)
    told(actor_id, Verb.PASSWORD_RESET, "person", person_id, title=name, subject_id=person_id)
    sessions_revoke(who_id=person_id)
    audit_record(actor_id=actor_id, act=Act.PASSWORD_RESET, subject_id=person_id)


def password_ask(*, actor_id: int, person_id: int, org_id: int, reason: str) -> int:
    """Ask the other place (``org_id``) of a colleague of two; the number of the request."""
    return second_ask(
        who_id=actor_id, kind=PASSWORD, page=f"/people/person/{person_id}", reason=reason,
        about={"person": person_id}, org_id=org_id,
    )  # fmt: skip


@transaction.atomic
def password_reset_by_two(
    *, actor_id: int, person_id: int, name: str, encoded: str, second_id: int
) -> None:
    """As ``password_reset``, by a consent that was given for this person. Raises Refused."""
    given = second_use(second_id, PASSWORD, who_id=actor_id)
    if given.about != {"person": person_id}:
        raise Refused(_("那次同意说的是另一个人；什么都没有改动。"), status=422)
    password_reset(actor_id=actor_id, person_id=person_id, name=name, encoded=encoded)
