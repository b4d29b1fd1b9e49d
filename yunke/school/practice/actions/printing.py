"""Drills on paper: one page a pupil, all of a class in one PDF, made by a job."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, ask
from yunke.base.trouble import Refused
from yunke.craft.marking.items import Item
from yunke.craft.marking.sheets import Pupil, sheets_pdf
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.people.door import names_of
from yunke.school.library.door import items_of
from yunke.school.practice.models import Drill, Printing
from yunke.school.practice.rules.paper import Layout, layout_of

NAME = "sheets.pdf"
MOST = 80
TITLE = {"zh": "小练习", "en": "Short drill"}
OTHER = re.compile(r"[/\s]")


def folder_of(printing_id: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "printings" / str(printing_id)


@transaction.atomic
def printing_ask(
    *, who_id: int, class_id: int, school_id: int, drill_ids: Sequence[int], language: str
) -> int:
    """Ask for a class's sheets; gives the id of what a job makes. Raises Refused for none."""
    ids = sorted(set(drill_ids))
    if not ids or len(ids) > MOST:
        raise Refused(_("现在没有可以打印的小练习。先点“现在就出”。"), status=422)
    row = Printing.objects.create(
        class_id=class_id, school_id=school_id, by_id=who_id, drills=ids, file=NAME
    )
    ask("practice.print", key=str(row.id), payload={"printing": row.id, "language": language})
    audit_record(
        actor_id=who_id, act=Act.DRILL_SENT, object_kind="printing", object_id=row.id,
        school_id=school_id, detail={"pupils": len(ids)},
    )  # fmt: skip
    return row.id


def printing_make(held: Held, printing_id: int, language: str = "zh") -> None:
    """Draw the sheets: a fifth of a second a pupil on one core."""
    row = Printing.objects.filter(id=printing_id, ready_at__isnull=True).first()
    if row is None:
        return
    drills = list(Drill.objects.filter(id__in=row.drills).select_related("person"))
    layouts = layouts_of(drills, language)
    names = names_of({drill.person_id for drill in drills})
    parts = []
    for number, drill in enumerate(sorted(drills, key=lambda one: one.person.name)):
        held.progress("print", number / max(len(drills), 1))
        if drill.id in layouts:
            name = names[drill.person_id].name if drill.person_id in names else ""
            # The code is a number: who finds a sheet on the floor learns no name from it.
            pupil = Pupil(str(drill.person_id), OTHER.sub(" ", name))
            parts.append(sheets_pdf(layouts[drill.id].template, [pupil], language))
    folder = folder_of(row.id)
    folder.mkdir(parents=True, exist_ok=True)
    if parts:
        (folder / NAME).write_bytes(joined(parts))
    with held.write():
        row.ready_at, row.reason = now(), "" if parts else "nothing"
        row.save(update_fields=["ready_at", "reason"])


def layouts_of(drills: Sequence[Drill], language: str = "zh") -> dict[int, Layout]:
    """Every drill's page. 1 query."""
    items = items_of({int(one["question"]) for drill in drills for one in drill.asked})
    found = {}
    for drill in drills:
        questions = [
            (number, items[number], items[number].prompt, options_of(items[number]))
            for number in (int(one["question"]) for one in drill.asked)
            if number in items
        ]
        layout = layout_of(drill.id, drill.title or TITLE[language], questions)
        if layout is not None:
            found[drill.id] = layout
    return found


def options_of(item: Item) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in getattr(item.key, "options", ())]


def joined(parts: Sequence[bytes]) -> bytes:
    """Several PDFs as one."""
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        with pypdfium2.PdfDocument(part) as document:
            whole.import_pages(document)
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()
