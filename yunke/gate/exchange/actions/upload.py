"""A roster's file arrives: onto the disk as it comes, then a row and a job."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.gate.exchange.actions.forget import files_forget, imports_tidy
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.folder import file_of_import
from yunke.gate.exchange.reads.imports import stopped
from yunke.gate.exchange.rules.findings import needs_second
from yunke.gate.exchange.values import Finding, State
from yunke.ground.audit.door import second_ask, second_decide, second_of

LARGEST = 512 << 20
SECOND = "roster.import"
BUSY = (State.WAITING, State.READING, State.WRITING, State.UNDOING)


@transaction.atomic
def import_begin(*, who_id: int, org_id: int, name: str, chunks: Iterable[bytes]) -> int:
    """Keep the file and ask for its reading; gives the import's number.

    Raises Refused for an empty file, one that is too large, or while another roster of the same
    office is being read or written. A preview that was left behind is put away.
    """
    if any(not import_freed(row) for row in Import.objects.filter(org_id=org_id, state__in=BUSY)):
        why = _("这里有一份名册正在处理，请等它完成再上传下一份。")
        raise Refused(why, status=422)
    imports_tidy()
    _put_away(org_id)
    shown = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char for char in shown if char.isprintable())[:120] or "roster"
    row = Import.objects.create(
        org_id=org_id, made_by=who_id, name=shown, state=State.WAITING, reading=1
    )
    try:
        row.bytes = _keep(file_of_import(row.id), chunks)
    except Refused:
        files_forget(row.id)
        raise
    row.save(update_fields=["bytes"])
    ask("roster.read", key=f"{row.id}-1", payload={"import": row.id, "reading": 1})
    return row.id


def _keep(path: Path, chunks: Iterable[bytes]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise Refused(_("文件超过 512 MB，没有收下。请只打包名册的 CSV 文件。"), status=413)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Refused(_("这个文件是空的，没有收下。"), status=422)
    return size


def import_freed(row: Import) -> bool:
    """Put away an import whose work failed for good: it wrote nothing, and nobody waits for it.
    One whose undoing failed stands as it was written, and can be undone again. False: it moves.
    """
    job = stopped(row)
    if job is None:
        return False
    row.state = State.DONE if row.state == State.UNDOING else State.DROPPED
    row.save(update_fields=["state"])
    job.delete()  # asked for again under the same key
    if row.state == State.DROPPED:
        files_forget(row.id)
    return True


def _put_away(org_id: int) -> None:
    """One preview at a time for an office: the newest file is what counts. Why an older one was
    not taken stays readable.
    """
    old = Import.objects.filter(org_id=org_id, state__in=(State.READ, State.REFUSED))
    for number in list(old.values_list("id", flat=True)):
        files_forget(number)
    old.filter(state=State.READ).update(state=State.DROPPED)


@transaction.atomic
def import_drop(*, import_id: int) -> None:
    """Put a preview away; nothing was written."""
    done = Import.objects.filter(id=import_id, state__in=(State.READ, State.REFUSED)).update(
        state=State.DROPPED
    )
    if not done:
        raise Refused(_("这份名册已经在处理，不能放弃了。"), status=422)
    files_forget(import_id)


@transaction.atomic
def import_write_ask(*, import_id: int, who_id: int) -> None:
    """Ask for the writing of a preview. Raises Refused while something is wrong or missing."""
    row = Import.objects.select_for_update().get(id=import_id)
    if row.state != State.READ:
        raise Refused(_("这份名册不在可以导入的状态；什么都没有改动。"), status=422)
    if row.counts.get("all", {}).get("wrong") or row.told.get("missing"):
        why = _("名册里还有错误的行，一行都不会写入。请下载错误清单，改好后重新上传。")
        raise Refused(why, status=422)
    if second_due(row):
        view = second_of(row.second_id) if row.second_id else None
        if view is None or view.decision != "given" or view.asked_by != who_id:
            why = _("这次导入要由第二个人先看过预览并同意；什么都没有改动。")
            raise Refused(why, status=422)
    row.state, row.trouble = State.WRITING, {}
    row.save(update_fields=["state", "trouble"])
    payload = {"import": row.id, "reading": row.reading, "who": who_id}
    ask("roster.write", key=f"{row.id}-{row.reading}", payload=payload)


def second_due(row: Import) -> bool:
    return needs_second([Finding(**one) for one in row.findings])


@transaction.atomic
def import_second_ask(*, import_id: int, who_id: int, reason: str) -> int:
    """Ask for a second person, who sees the same preview. Raises Refused without a reason."""
    row = Import.objects.select_for_update().get(id=import_id)
    if row.state != State.READ or not second_due(row) or row.counts["all"]["wrong"]:
        raise Refused(_("这份名册现在不需要第二个人；什么都没有改动。"), status=422)
    about = {"import": row.id, "reading": row.reading}
    row.second_id = second_ask(
        who_id=who_id, kind=SECOND, page=f"/roster/{row.id}", reason=reason, about=about,
        org_id=row.org_id,
    )  # fmt: skip
    row.save(update_fields=["second_id"])
    return row.second_id


def import_second_decide(*, row: Import, who_id: int, given: bool, reason: str) -> None:
    """The second person agrees, or says why not."""
    if row.state != State.READ or not row.second_id:
        raise Refused(_("这份名册没有在等第二个人；什么都没有改动。"), status=422)
    second_decide(id=row.second_id, who_id=who_id, given=given, reason=reason)
