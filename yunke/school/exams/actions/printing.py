"""Answer sheets are laid out from the paper and printed to PDF, class by class."""

import io
import json
import os
import secrets
from collections.abc import Mapping, Sequence

import pypdfium2
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, ask
from yunke.base.trouble import Refused
from yunke.craft.marking.sheets import BadTemplate, Pupil, sheets_pdf, template_from
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, class_pupils, names_of
from yunke.school.exams.models import Layout, Printing, Sheet
from yunke.school.exams.reads.led import Led, paper_items
from yunke.school.exams.reads.sheets import (
    newest_layout,
    sheets_folder,
    template_of,
)
from yunke.school.exams.rules.layout import NotOnPaper, askings_of, drawn_of

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LONG = 6
MOST_SPARES = 40
AT_ONCE = 10  # pupils drawn at once: half a second, then a word on how far it is


@transaction.atomic(savepoint=False)
def layout_make(
    *, who: Who, led: Led, title: str, lines: Mapping[int, int], language: str = "zh"
) -> int:
    """The sheets' layout from the paper as it is now; the same again is the same layout.

    ``lines``: position → lines to write on. Raises Refused for what cannot be put on paper.
    8 queries.
    """
    before = newest_layout(led.id)
    number = before.number if before else 1
    try:
        askings = askings_of(paper_items(led.exam), lines)
        if not askings:
            raise Refused(_("卷子里还没有题，先把题放进去，再做答题卡。"), status=422)
        drawn = drawn_of(askings, exam=f"E{led.id}.{number}", title=title, language=language)
        if before and (before.template, before.places) == (drawn.template, drawn.places):
            return before.id
        number = number + 1 if before else 1
        template = {**drawn.template, "exam": f"E{led.id}.{number}"}
        template_from(json.dumps(template))
    except NotOnPaper as wrong:
        raise Refused(
            _("第 %(numbers)s 题要读、要背、要做或要家长签字，印不到纸上。请从这份卷子里拿掉。")
            % {"numbers": "、".join(map(str, wrong.positions))}, status=422,
        ) from None  # fmt: skip
    except (BadTemplate, ValueError) as wrong:
        raise Refused(_("答题卡放不下：请少留几行。"), status=422) from wrong
    row = Layout.objects.create(
        exam=led.exam, number=number, template=template, places=drawn.places, pages=drawn.pages,
        by_id=who.id,
    )  # fmt: skip
    return row.id


@transaction.atomic(savepoint=False)
def printing_ask(*, who: Who, led: Led, layout_id: int, class_id: int = 0, spares: int = 0) -> int:
    """Ask for the PDF of a class, or of spare sheets without names. 6 queries, and the rows."""
    layout = Layout.objects.filter(id=layout_id, exam_id=led.id).first()
    if layout is None or (class_id and class_id not in led.class_ids):
        raise Refused(_("没有这个班，什么都没有印。"), status=404)
    if not class_id and not 1 <= spares <= MOST_SPARES:
        raise Refused(_("备用答题卡一次 1 到 40 份。"), status=422)
    if class_id:
        spares = 0
        sheets_ready(layout, class_id)
    row = Printing.objects.create(layout=layout, class_id=class_id, spares=spares, by_id=who.id)
    ask("exams.print", key=str(row.id), payload={"printing": row.id})
    event_record(
        actor_id=who.id, verb=Verb.SHEETS_PRINTED, object_kind="exam", object_id=led.id,
        class_id=class_id, school_id=led.exam.school_id, result={"spares": spares},
    )  # fmt: skip
    return row.id


def sheets_ready(layout: Layout, class_id: int) -> list[Sheet]:
    """A sheet for everybody who is in the class today; those printed before stay theirs."""
    pupils = class_pupils(class_id)
    have = set(Sheet.objects.filter(layout=layout).values_list("person_id", flat=True))
    fresh = [
        Sheet(layout=layout, person_id=pupil.id, class_id=class_id, code=new_code())
        for pupil in pupils
        if pupil.id not in have
    ]
    # A colleague may be printing the same class this moment.
    Sheet.objects.bulk_create(fresh, ignore_conflicts=True)
    ids = [pupil.id for pupil in pupils]
    found = {s.person_id: s for s in Sheet.objects.filter(layout=layout, person_id__in=ids)}
    return [found[number] for number in ids]


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LONG))


def printing_make(held: Held, printing_id: int) -> None:
    """Draw the PDF, some pupils at a time. Done again it writes the same file anew."""
    row = Printing.objects.select_related("layout").get(id=printing_id)
    if row.ready_at is not None:
        return
    sheets = _spares(held, row) if row.spares else sheets_ready(row.layout, row.class_id)
    name = f"{row.layout.exam_id}/print-{row.id}.pdf"
    path = sheets_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(_drawn(held, row.layout, sheets))
    os.replace(part, path)
    with held.write():
        Printing.objects.filter(id=row.id).update(file=name, sheets=len(sheets), ready_at=now())


def _spares(held: Held, row: Printing) -> list[Sheet]:
    with held.write():
        return Sheet.objects.bulk_create(
            Sheet(layout=row.layout, code=new_code()) for _place in range(row.spares)
        )


def _drawn(held: Held, layout: Layout, sheets: Sequence[Sheet]) -> bytes:
    template, names = template_of(layout), names_of(s.person_id for s in sheets if s.person_id)
    pupils = [
        Pupil(sheet.code, names[sheet.person_id].name if sheet.person_id in names else "")
        for sheet in sheets
    ]
    whole = pypdfium2.PdfDocument.new()
    for start in range(0, len(pupils), AT_ONCE):
        held.progress("drawing", start / max(1, len(pupils)))
        some = pypdfium2.PdfDocument(sheets_pdf(template, pupils[start : start + AT_ONCE]))
        whole.import_pages(some)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def preview_pdf(layout: Layout) -> bytes:
    """One sheet with no pupil's name on it, as it will be printed. A tenth of a second."""
    return sheets_pdf(template_of(layout), [Pupil("PREVIEW")])
