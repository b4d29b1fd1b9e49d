"""Binding guardians to children: one code, one use, seven days, and the child's full name."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record, look_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.court import is_barred
from yunke.ground.people.actions.sessions import sessions_end
from yunke.ground.people.actions.telling import told
from yunke.ground.people.actions.tries import (
    failure_count,
    limit_check,
    unknown_code_count,
)
from yunke.ground.people.models import Guardianship, Invitation, Person
from yunke.ground.people.reads.accounts import login_read
from yunke.ground.people.reads.who import token_hash
from yunke.ground.people.rules.codes import INVITATION_LONG, code_new, code_read
from yunke.ground.people.rules.limits import (
    INVITATION,
    INVITATION_DAYS,
    INVITATIONS,
)
from yunke.ground.people.values import Kind


class LoginTaken(Exception):
    """Somebody else signs in with this name already."""


@transaction.atomic
def guardians_invite(*, actor_id: int, children: dict[int, str], class_id: int) -> dict[int, str]:
    """A new invitation for each child (id → name); gives the codes, kept nowhere else.

    An older open invitation of the same child is worthless from now on.
    """
    moment = now()
    codes = {child: code_new(INVITATION_LONG) for child in children}
    Invitation.objects.filter(child_id__in=children, used_at__isnull=True).delete()
    Invitation.objects.bulk_create(
        Invitation(
            child_id=child,
            made_by_id=actor_id,
            code_hash=token_hash(code),
            expires_at=moment + timedelta(days=INVITATION_DAYS),
        )
        for child, code in codes.items()
    )
    for child, name in children.items():
        told(actor_id, Verb.INVITED, "invitation", title=name, subject_id=child, class_id=class_id)
    look_record(
        reader_id=actor_id, role="", act=Act.GUARDIAN_INVITED, part="guardians", part_id=class_id,
        pupil_ids=list(children),
    )  # fmt: skip
    return codes


@transaction.atomic
def invitations_revoke(*, actor_id: int, child_id: int, name: str, class_id: int) -> bool:
    """Take back the open invitations of a child."""
    if not Invitation.objects.filter(child_id=child_id, used_at__isnull=True).delete()[0]:
        return False
    told(
        actor_id, Verb.INVITATION_REVOKED, "invitation", title=name, subject_id=child_id,
        class_id=class_id,
    )  # fmt: skip
    _line(actor_id, child_id, Act.GUARDIAN_INVITED, {"revoked": True})
    return True


def invitation_find(*, code: str, child_name: str, network: str) -> Invitation | None:
    """The open invitation of this code for this child; None for every reason alike.

    Raises TooOften: sixty unknown codes an hour from a network, or five wrong names for a code.
    """
    limit_check(INVITATIONS, network)
    read = code_read(code)
    hashed = token_hash(read)
    limit_check(INVITATION, hashed[:32])
    found = (
        Invitation.objects.select_related("child")
        .filter(code_hash=hashed, used_at__isnull=True, expires_at__gt=now())
        .first()
    )
    if found is None:
        unknown_code_count(INVITATIONS, network, read)
        return None
    if found.child.has_left or _squeezed(found.child.name) != _squeezed(child_name):
        failure_count(INVITATION, hashed[:32])
        return None
    return found


@transaction.atomic
def guardian_bind(*, guardian_id: int, invitation_id: int, relation: str) -> bool:
    """Bind a guardian by an invitation. False when another was faster or it just ended."""
    used = Invitation.objects.filter(
        id=invitation_id, used_at__isnull=True, expires_at__gt=now()
    ).update(used_at=now(), used_by=guardian_id)
    if not used:
        return False
    child = Invitation.objects.select_related("child").get(id=invitation_id).child
    if is_barred(guardian_id, child.id):
        raise Refused(_("这个账户不能绑定这个孩子，请到学校当面办理。"), status=422)
    held = Guardianship.objects.holding(today()).filter(guardian_id=guardian_id, child=child)
    if not held.exists():
        Guardianship.objects.update_or_create(
            guardian_id=guardian_id,
            child=child,
            since=today(),
            defaults={"relation": relation[:20], "until": None},
        )
    told(guardian_id, Verb.BOUND, "person", child.id, title=child.name, subject_id=child.id)
    _line(guardian_id, child.id, Act.GUARDIAN_CHANGED, {"bound": guardian_id})
    return True


@transaction.atomic
def guardian_open(
    *, login: str, name: str, encoded: str, invitation_id: int, relation: str
) -> Person | None:
    """A new guardian's account, made by using an invitation; None when it just ended.

    Raises LoginTaken.
    """
    login = login_read(login)
    if Person.objects.filter(login=login).exists():
        raise LoginTaken
    person = Person.objects.create(
        login=login, name=name.strip()[:60], kind=Kind.GUARDIAN, password=encoded
    )
    if not guardian_bind(guardian_id=person.id, invitation_id=invitation_id, relation=relation):
        person.delete()
        return None
    return person


@transaction.atomic
def guardian_unbind(*, actor_id: int, tie_id: int, class_id: int) -> bool:
    """End a guardianship; on the next request the guardian sees nothing of the child, not on a
    TV either that was signed in as the child.
    """
    tie = Guardianship.objects.holding(today()).select_related("child").filter(id=tie_id).first()
    if tie is None:
        return False
    tie.until = today()
    tie.save(update_fields=["until"])
    sessions_end([tie.child_id])
    told(
        actor_id, Verb.UNBOUND, "person", tie.guardian_id, title=tie.child.name,
        subject_id=tie.child_id, class_id=class_id,
    )  # fmt: skip
    _line(actor_id, tie.child_id, Act.GUARDIAN_CHANGED, {"unbound": tie.guardian_id})
    return True


def _line(actor_id: int, child_id: int, act: Act, detail: dict[str, Any]) -> None:
    audit_record(
        actor_id=actor_id, act=act, subject_id=child_id, object_kind="guardians", detail=detail
    )


def _squeezed(name: str) -> str:
    """A name without the spaces and dots that people type or leave out."""
    return "".join(c for c in name if c not in " \u3000·.•").casefold()
