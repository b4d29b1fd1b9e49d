"""Questions brought in: a package of QTI or a table is read, looked at, and written at once.

Reading and writing are jobs. What was understood lies beside the file as JSON until it is written,
so the preview and the writing are the same reading.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, ask
from yunke.base.limited import Limits, run_limited
from yunke.base.trouble import Refused
from yunke.craft.formats.sheet import sheet_kind
from yunke.craft.formats.zips import ZipRefused
from yunke.craft.marking.items import item_from_json
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.packages import media_kept, package_read
from yunke.school.library.actions.questions import questions_add, shelf_of
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.rules.drafting import Unfit, item_from_fields
from yunke.school.library.rules.intake import Brought, Found, NotUnderstood, draft_of
from yunke.school.library.rules.tables import COLUMNS, columns_of, fields_from_row
from yunke.school.library.values import SUBJECT_NAMES

LARGEST = 200 << 20
MOST_QUESTIONS = 20_000
FOLDER = "question-files"
READ, WRITE = "library.questions_read", "library.questions_write"
_READING = Limits(cpu=120, memory=1 << 30)


def folder_of(file_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(file_id)


@transaction.atomic
def questions_bring(
    *, who: Who, name: str, chunks: Iterable[bytes], subject: str, grade: int
) -> int:
    """Take a file and ask for its reading; gives the number of the import. Raises Refused for an
    empty or too large one. The bytes are on the disk before the row is committed."""
    if subject not in SUBJECT_NAMES:
        raise Refused(_("请先选学科。什么都没有导入。"), status=422)
    row = QuestionFile.objects.create(
        person_id=who.id, school_id=shelf_of(who), name=Path(name).name[-120:], subject=subject,
        grade=grade,
    )  # fmt: skip
    folder = folder_of(row.id)
    try:
        row.bytes = _stored(folder, chunks)
    except Refused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    row.save(update_fields=["bytes"])
    ask(READ, key=str(row.id), payload={"file": row.id})
    return row.id


def _stored(folder: Path, chunks: Iterable[bytes]) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / "file").open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > LARGEST:
                raise Refused(_("文件超过 200 MB，没有收下。请分成几个。"), status=422)
            out.write(chunk)
    if not size:
        raise Refused(_("这个文件是空的。请重新选一个。"), status=422)
    return size


def questions_read(held: Held, file_id: int) -> None:
    """The job: what the file holds, and by file and line what is not understood. A file that
    cannot be read is refused with its reason; nothing of it is ever run or unpacked to a path."""
    row = QuestionFile.objects.filter(id=file_id, state=QuestionFile.State.READING).first()
    if row is None:
        return
    path = folder_of(file_id) / "file"
    try:
        found = _found(path, row)
    except ZipRefused as refused:
        return _refuse(held, row, f"{refused.code}:{refused.name}")
    if not found.brought:
        first = found.missing[0].code if found.missing else "empty"
        _keep(path, found)
        return _refuse(held, row, first, found)
    found = _numbered(found, row)
    known = _known(found)
    _keep(path, found)
    with held.write():
        row.state = QuestionFile.State.READ
        row.counts = {
            "understood": len(found.brought), "missing": len(found.missing),
            "new": len({one.code for one in found.brought} - known),
        }  # fmt: skip
        row.save(update_fields=["state", "counts"])


def _found(path: Path, row: QuestionFile) -> Found:
    with path.open("rb") as file:
        kind = sheet_kind(file)
        file.seek(0)
        if kind == "zip":
            return package_read(file)
    return (
        _table(path, row) if kind == "xlsx" else Found((), (NotUnderstood(row.name, 0, "no-kind"),))
    )


def _refuse(held: Held, row: QuestionFile, reason: str, found: Found | None = None) -> None:
    with held.write():
        row.state, row.reason = QuestionFile.State.REFUSED, reason[:120]
        row.counts = {"understood": 0, "missing": len(found.missing) if found else 0}
        row.save(update_fields=["state", "reason", "counts"])


def _numbered(found: Found, row: QuestionFile) -> Found:
    """Each question under a code of its shelf and content: the same again is the same."""
    brought = []
    for one in found.brought:
        told = json.dumps(one.item, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(f"{row.school_id}\0{told}".encode()).hexdigest()[:40]
        told_by_file = replace(
            one,
            code=f"in-{digest}",
            subject=one.subject or row.subject,
            grade=one.grade or row.grade,
        )
        brought.append(told_by_file)
    return Found(tuple(brought), found.missing)


def _known(found: Found) -> set[str]:
    codes = [one.code for one in found.brought]
    return {
        code
        for start in range(0, len(codes), 500)
        for code in Question.objects.filter(code__in=codes[start : start + 500])
        .values_list("code", flat=True)
    }  # fmt: skip


def _keep(path: Path, found: Found) -> None:
    text = json.dumps(asdict(found), ensure_ascii=False)
    path.with_name("found.json").write_text(text, encoding="utf-8")


def found_of(file_id: int) -> Found:
    """What was read of a file; empty when it lies there no more."""
    path = folder_of(file_id) / "found.json"
    if not path.is_file():
        return Found((), ())
    told = json.loads(path.read_text(encoding="utf-8"))
    missing = tuple(NotUnderstood(**one) for one in told["missing"])
    return Found(tuple(Brought(**one) for one in told["brought"]), missing)


def _table(path: Path, row: QuestionFile) -> Found:
    """The rows of the sheet, read in a child on a leash."""
    argv = [sys.executable, "-m", "yunke.craft.formats.sheet.book", str(path)]
    ended = run_limited(argv, limits=_READING, timeout=120)
    lines = [json.loads(line) for line in ended.output.splitlines() if line.startswith("{")]
    refused = next((one["refused"] for one in lines if "refused" in one), "")
    if refused or ended.status:
        return Found((), (NotUnderstood(row.name, 0, refused or "no-book"),))
    rows = [(one["n"], one["c"]) for one in lines if "c" in one]
    if not rows:
        return Found((), (NotUnderstood(row.name, 0, "empty"),))
    columns = columns_of(rows[0][1])
    if not {"kind", "prompt"} <= set(columns):
        return Found((), (NotUnderstood(row.name, rows[0][0], "no-heading"),))
    brought, missing = [], []
    for number, cells in rows[1 : MOST_QUESTIONS + 1]:
        told = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        result = _row(row, number, told)
        brought += [result] if isinstance(result, Brought) else []
        missing += result if isinstance(result, list) else []
    return Found(tuple(brought), tuple(missing))


def _row(row: QuestionFile, number: int, told: dict[str, str]) -> Brought | list[NotUnderstood]:
    fields = fields_from_row(told, row.subject, row.grade)
    try:
        item = item_from_fields(fields)
    except Unfit as unfit:
        return [
            NotUnderstood(row.name, number, code, COLUMNS.get(_column(field), ("", ""))[0])
            for field, code in unfit.faults.items()
        ]
    grade = fields.one("grade")
    return draft_of(
        item, row.name, number, subject=fields.one("subject"),
        grade=int(grade) if grade.isdecimal() and 0 < int(grade) < 10 else row.grade,
        points=tuple(filter(None, fields.many("points"))),
    )  # fmt: skip


def _column(field: str) -> str:
    """The column in which a fault of a field stands."""
    return field if field in COLUMNS else "option_A" if field.startswith("option") else "answer"


@transaction.atomic
def questions_take(*, who: Who, file_id: int) -> None:
    """Write what was read: asks for the job, once. Raises NotYours; Refused when it is not the
    time for it. 3 queries."""
    row = QuestionFile.objects.select_for_update().filter(id=file_id, person_id=who.id).first()
    if row is None or not _may_fill(who, row.school_id):
        raise NotYours
    if row.state in (QuestionFile.State.WRITING, QuestionFile.State.WRITTEN):
        return
    if row.state != QuestionFile.State.READ:
        raise Refused(_("这个文件还没有读完，或者读不了。什么都没有导入。"), status=409)
    if not (folder_of(row.id) / "found.json").is_file():
        raise Refused(_("这个文件放了一个月，已经清掉了。什么都没有导入，请再选一次。"), status=409)
    row.state = QuestionFile.State.WRITING
    row.save(update_fields=["state"])
    ask(WRITE, key=str(row.id), payload={"file": row.id})


def _may_fill(who: Who, school_id: int) -> bool:
    """Who left the school since the reading writes nothing on its shelf."""
    return not school_id or allowed(who, "question.write", Place(school=school_id))


def questions_write_file(held: Held, file_id: int) -> None:
    """The job: all of the questions in one transaction; those that are there already stay."""
    row = QuestionFile.objects.filter(id=file_id, state=QuestionFile.State.WRITING).first()
    if row is None:
        return
    found = found_of(file_id)
    media = media_kept(folder_of(file_id) / "file", found)  # outside: files need no lock
    drafts = [one.draft(media, origin=row.name) for one in _once_each(found.brought)]
    known = _known(found)
    with held.write():
        questions_add(row.person_id, row.school_id, drafts)
        row.state, row.done_at = QuestionFile.State.WRITTEN, now()
        row.counts |= {"written": len({one.code for one in drafts} - known)}
        row.save(update_fields=["state", "done_at", "counts"])
        event_record(
            actor_id=row.person_id, verb=Verb.QUESTIONS_IMPORTED, object_kind="question_file",
            object_id=row.id, title=row.name, school_id=row.school_id, result=row.counts,
        )  # fmt: skip
    shutil.rmtree(folder_of(file_id), ignore_errors=True)


def _once_each(brought: Iterable[Brought]) -> Iterator[Brought]:
    seen: set[str] = set()
    for one in brought:
        if one.code not in seen:
            seen.add(one.code)
            item_from_json(one.item)  # what cannot be read again must not be written
            yield one


def files_sweep() -> int:
    """Files whose import was left lying for a month, or whose row is gone. Gives how many."""
    root = Path(settings.MEDIA_ROOT) / FOLDER
    if not root.is_dir():
        return 0
    names = {int(one.name): one for one in root.iterdir() if one.name.isdecimal()}
    young = now() - timedelta(days=31)
    kept = QuestionFile.objects.filter(id__in=names, made_at__gte=young)
    gone = set(names) - set(kept.values_list("id", flat=True))
    for number in gone:
        shutil.rmtree(names[number], ignore_errors=True)
    return len(gone)
