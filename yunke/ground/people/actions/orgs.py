"""A city opens on an empty server; counties, schools and their clerks come to be."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.telling import told
from yunke.ground.people.actions.tries import failure_count, limit_check
from yunke.ground.people.models import Duty, Errand, Org, Person
from yunke.ground.people.reads.accounts import login_read
from yunke.ground.people.reads.who import city_id
from yunke.ground.people.rules.codes import ALPHABET, code_new, code_read
from yunke.ground.people.rules.limits import SETUP
from yunke.ground.people.values import Kind, Role

CODE_LONG = 10
STEPS = ("city", "schools", "roster", "terms", "bells", "week", "lesson", "cards")


def setup_code() -> str:
    """The code that the console prints while the server is empty; "" once it has a city.

    Made from the site's own key, so that every process knows it and nothing keeps it.
    """
    if city_id():
        return ""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"first day", hashlib.sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LONG])


def setup_check(typed: str, network: str) -> bool:
    """Is it the code on the console? Raises TooOften after twenty wrong ones in an hour."""
    limit_check(SETUP, network)
    code = setup_code()
    right = bool(code) and hmac.compare_digest(code_read(typed), code)
    if not right:
        failure_count(SETUP, network)
    return right


@transaction.atomic
def city_open(*, name: str, name_en: str, clerk: str, login: str, encoded: str) -> Person:
    """The city and its first clerk. Raises Refused when somebody was faster."""
    if city_id():
        raise Refused(_("这台服务器已经有一座城市了，请登录。"), status=422)
    city = Org.objects.create(
        level=Org.Level.CITY, code="city", name=_named(name), name_en=name_en.strip()[:80]
    )
    person = Person.objects.create(
        login=login_read(login), name=_named(clerk)[:60], kind=Kind.STAFF, password=encoded
    )
    Duty.objects.create(person=person, org=city, role=Role.CITY_STAFF, since=today())
    _told(person.id, city, Role.CITY_STAFF)
    return person


@transaction.atomic
def org_add(*, actor_id: int, parent: Org, level: str, name: str, name_en: str = "") -> Org:
    """A county of the city, or a school of a county. Raises Refused for a name that is there."""
    if Org.objects.filter(parent=parent, name=_named(name)).exists():
        raise Refused(_("已经有同名的了；什么都没有改动。"), status=422)
    org = Org.objects.create(
        level=level, parent=parent, name=_named(name), name_en=name_en.strip()[:80],
        code=f"{level[0]}{code_new(10).lower()}",
    )  # fmt: skip
    _told(actor_id, org, None)
    return org


@transaction.atomic
def clerk_add(
    *, actor_id: int, org: Org, role: Role, name: str, login: str, encoded: str
) -> Person:
    """A new colleague with a duty at an office or school. Raises Refused for a login in use."""
    read = login_read(login)
    if len(read) < 4 or any(c.isspace() for c in read):
        raise Refused(_("登录名至少要四个字，中间没有空格；什么都没有改动。"), status=422)
    if Person.objects.filter(login=read).exists():
        raise Refused(_("这个登录名已经有人用了；什么都没有改动。"), status=422)
    person = Person.objects.create(
        login=read, name=_named(name)[:60], kind=Kind.STAFF, password=encoded
    )
    Duty.objects.create(person=person, org=org, role=role, since=today())
    _told(actor_id, org, role, person)
    return person


@transaction.atomic
def errand_give(*, actor_id: int, org: Org, step: str, person: Person) -> None:
    """A step of the first day is handed to a school's clerk; handing it on replaces the first."""
    if step not in STEPS:
        raise Refused(_("没有这一步；什么都没有改动。"), status=422)
    Errand.objects.update_or_create(
        org=org, step=step, defaults={"person": person, "given_by": actor_id}
    )
    told(
        actor_id, Verb.ROLE_CHANGED, "errand", title=person.name, subject_id=person.id,
        school_id=org.id, result={"step": step},
    )  # fmt: skip


def _named(text: str) -> str:
    name = " ".join(text.split())[:80]
    if not name:
        raise Refused(_("请写上名称；什么都没有改动。"), status=422)
    return name


def _told(actor_id: int, org: Org, role: Role | None, person: Person | None = None) -> None:
    subject = person.id if person else 0
    audit_record(
        actor_id=actor_id, act=Act.ROLE_CHANGED, subject_id=subject, object_kind="org",
        object_id=org.id, school_id=org.id, detail={"role": role.value if role else "added"},
    )  # fmt: skip
    told(
        actor_id, Verb.ROLE_CHANGED if person else Verb.SCHOOL_ADDED, "org", org.id,
        title=person.name if person else org.name, subject_id=subject, school_id=org.id,
    )  # fmt: skip
