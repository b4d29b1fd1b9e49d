"""Choosing the legal profile of a site: stricter at any time, looser only by two named persons.

Which code is there at all follows the setting ``YUNKE_PROFILE``; what was agreed stands here, and
the house does not open while the two differ.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from yunke.base.capability import PROFILES, is_stricter, left_out
from yunke.base.trouble import Refused
from yunke.ground.audit.door import (
    Act,
    SecondView,
    audit_record,
    second_ask,
    second_decide,
    second_use,
)
from yunke.ground.consent.models import Chosen
from yunke.ground.consent.reads.profile import LOOSEN, chosen_profile, loosening_waiting
from yunke.ground.lake.door import Verb, event_record

PAGE = "/about-this-site/profile"


class ProfileRefused(Exception):
    """The setting is looser than what was agreed; the text says what to do."""


def profile_check() -> None:
    """Before anything is made ready. Raises ProfileRefused when two persons have to agree first.

    A site without tables yet has agreed to nothing, so anything may be chosen.
    """
    if Chosen._meta.db_table not in connection.introspection.table_names():
        return
    agreed = chosen_profile()
    wanted = settings.PROFILE
    if agreed and is_stricter(agreed.profile, than=wanted):
        raise ProfileRefused(
            f"YUNKE_PROFILE is {wanted}, and this site runs under {agreed.profile}, which is "
            f"stricter: two named persons must agree first, on the page {PAGE} of the site as it "
            f"is. Nothing was changed."
        )


def profile_settle() -> list[str]:
    """Bring a living site to the profile of the setting; the tables and folders that went.

    The first time it notes the choice. Taking it stricter erases what the profile may not hold.
    """
    agreed = chosen_profile()
    gone = erase_left_out(settings.PROFILE)
    if agreed is None or agreed.profile != settings.PROFILE:
        _choose(settings.PROFILE, before=agreed.profile if agreed else "", gone=gone)
    return gone


def erase_left_out(profile: str) -> list[str]:
    """Drop the tables and folders of capabilities that the profile does not have."""
    owned = left_out(profile)
    names = connection.introspection.table_names()
    tables = [name for name in names if owned.tables and name.startswith(owned.tables)]
    with connection.schema_editor() as editor:
        for name in tables:
            quoted = connection.ops.quote_name(name)
            editor.execute(editor.sql_delete_table % {"table": quoted})
    labels = [app.rpartition(".")[2] for app in owned.apps]
    recorder = MigrationRecorder(connection)
    if recorder.has_table():
        recorder.migration_qs.filter(app__in=labels).delete()
    folders = [Path(settings.DATA) / name for name in owned.files]
    for folder in (found for found in folders if found.is_dir()):
        shutil.rmtree(folder)
        tables.append(f"{folder.name}/")
    return tables


@transaction.atomic
def _choose(profile: str, *, before: str, gone: list[str], by: str = "", second: str = "",
            by_id: int = 0, second_id: int = 0) -> None:  # fmt: skip
    Chosen.objects.create(
        profile=profile, by_id=by_id, second_id=second_id, by_name=by[:60], second_name=second[:60]
    )
    audit_record(
        actor_id=by_id, act=Act.PROFILE_CHANGED, object_kind="profile",
        detail={"before": before, "after": profile, "gone": gone, "second": second_id},
    )  # fmt: skip
    event_record(
        actor_id=by_id, verb=Verb.PROFILE_CHOSEN, object_kind="profile", title=profile,
        purpose="safety",
    )  # fmt: skip


@transaction.atomic
def profile_sign(*, who_id: int, name: str) -> None:
    """A named person answers for the profile as it is, from now on."""
    _choose(settings.PROFILE, before=settings.PROFILE, gone=[], by=name, by_id=who_id)


def profile_loosen_ask(*, who_id: int, city_id: int, profile: str, reason: str) -> int:
    """Ask for a looser profile; a second person of the city has seven days to agree."""
    if profile not in PROFILES or not is_stricter(settings.PROFILE, than=profile):
        raise Refused(_("只有换成更宽的配置才要两个人。更严的，随时可以换。"), status=422)
    if loosening_waiting() is not None:
        raise Refused(_("已经有人提出了，正等着另一位同事。什么都没有改动。"), status=422)
    return second_ask(
        who_id=who_id, kind=LOOSEN, page=PAGE, reason=reason,
        about={"profile": PROFILES.index(profile)}, org_id=city_id, right="profile.choose",
    )  # fmt: skip


@transaction.atomic
def profile_loosen_decide(
    *, asked: SecondView, who_id: int, name: str, given: bool, reason: str, asker: str
) -> None:
    """The second person decides. With a yes the choice is noted; it takes effect when the house
    is opened with that setting, and every consent under the stricter one has to be given anew.
    """
    second_decide(id=asked.id, who_id=who_id, given=given, reason=reason)
    if not given:
        return
    second_use(asked.id, LOOSEN)
    profile = PROFILES[int(asked.about["profile"])]
    _choose(profile, before=settings.PROFILE, gone=[], by=asker, second=name,
            by_id=asked.asked_by, second_id=who_id)  # fmt: skip
