"""A person decides what the reading was not sure of: a mark, whose page it is, whether it counts.

Each decision is one row that says who and when. When a page has no open doubt it is sure, and when
all pages of a sheet are sure the sheet goes into the pupil's attempt by itself.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who, class_pupils
from yunke.school.attempts.door import (
    Sent,
    attempt_by_id,
    attempt_save,
    attempts_mark,
    marks_of,
    stray_decide,
    strays_of_attempts,
)
from yunke.school.exams.actions.desk_fill import desk_fill
from yunke.school.exams.actions.desk_mark import pieces_anew
from yunke.school.exams.actions.entering import clear_pages, values_of
from yunke.school.exams.actions.printing import new_code
from yunke.school.exams.actions.settling import exam_settle
from yunke.school.exams.models import Doubt, Layout, ScanPage, Sheet
from yunke.school.exams.reads.led import Led, question_ids
from yunke.school.exams.rules.layout import answer_of
from yunke.school.exams.values.paper import DoubtKind, PageState, Way

NOTHING, ASIDE, USE, KEEP = "", "aside", "use", "keep"
LIVE = (PageState.CLEAR.value, PageState.ASKS.value)


@transaction.atomic
def mark_decide(*, who: Who, led: Led, doubt_id: int, value: str) -> int:
    """What is filled in, "" for nothing; gives the page. Said once: later it changes nothing.

    Raises Refused for a mark that the place does not have.
    """
    doubt = _doubt(led, doubt_id, DoubtKind.MARK)
    place = doubt.page.layout.places[doubt.item]
    try:
        answer_of(place, value)
    except (ValueError, KeyError):
        raise Refused(_("这道题没有这个选项，什么都没有改动。"), status=422) from None
    if doubt.decided_at is None:
        doubt.page.marks[doubt.item] = value or None
        doubt.page.save(update_fields=["marks"])
        _decide(who, led, doubt, value)
    return doubt.page_id


@transaction.atomic
def page_aside(*, who: Who, led: Led, page_id: int) -> None:
    """It is no page of this exam, or it will be photographed again: it never counts."""
    page = _page(led, page_id)
    if page.state == PageState.ASIDE:
        return
    page.state = PageState.ASIDE.value
    page.save(update_fields=["state"])
    _closed(who, [page.id])
    _told(who, led, page, ASIDE)
    if page.sheet_id:
        exam_settle(led.id, [page.sheet_id])


@transaction.atomic
def page_use(*, who: Who, led: Led, page_id: int) -> None:
    """A spoilt picture is good enough for human eyes: every mark of it is asked, one by one."""
    page = _page(led, page_id)
    doubt = Doubt.objects.filter(page=page, kind=DoubtKind.PAGE.value).first()
    if doubt is None or doubt.decided_at is not None:
        return
    if not page.number:
        raise Refused(_("这张图上找不到答题卡，没法照着填。请重新拍这一页。"), status=422)
    Doubt.objects.bulk_create(
        Doubt(page=page, kind=DoubtKind.MARK.value, item=item)
        for item in _items_of(page.layout, page.number)
    )
    if page.sheet is None or page.sheet.person_id is None:
        Doubt.objects.create(page=page, kind=DoubtKind.WHOSE.value, item="code")
    _decide(who, led, doubt, USE)


@transaction.atomic
def whose_decide(*, who: Who, led: Led, page_id: int, person_id: int) -> None:
    """Whose page it is. Raises Refused for somebody who does not sit the exam."""
    page = _page(led, page_id)
    doubt = Doubt.objects.filter(page=page, kind=DoubtKind.WHOSE.value).first()
    class_id = next(
        (number for number in led.class_ids
         if any(pupil.id == person_id for pupil in class_pupils(number))), 0,
    )  # fmt: skip
    if doubt is None or not class_id:
        raise Refused(_("这名学生不在参加考试的班里，什么都没有改动。"), status=422)
    if doubt.decided_at is not None:
        return
    page.sheet, _made = Sheet.objects.get_or_create(
        layout=page.layout, person_id=person_id, defaults={"class_id": class_id, "code": new_code()}
    )
    page.save(update_fields=["sheet"])
    _decide(who, led, doubt, str(person_id))


@transaction.atomic
def twice_decide(*, who: Who, led: Led, page_id: int, keep: bool) -> None:
    """Two pictures of one page say different things: this one counts, or the other one does.

    Where the pupil's answers went in already, those of the page that counts follow them as a
    correction, which stays visible beside them.
    """
    page = _page(led, page_id)
    doubt = Doubt.objects.filter(page=page, kind=DoubtKind.TWICE.value).first()
    if doubt is None or doubt.decided_at is not None:
        return
    if not keep:
        page_aside(who=who, led=led, page_id=page_id)
        return
    others = ScanPage.objects.filter(sheet=page.sheet_id, number=page.number, state__in=LIVE)
    away = list(others.exclude(id=page.id).values_list("id", flat=True))
    ScanPage.objects.filter(id__in=away).update(state=PageState.ASIDE.value)
    _closed(who, away)
    _decide(who, led, doubt, KEEP)
    page.refresh_from_db()
    if page.sheet is not None and page.sheet.entered_at is not None:
        _corrected(who, led, page.sheet)


@transaction.atomic
def page_lacking(*, who: Who, led: Led, sheet_id: int, number: int, lacks: bool) -> None:
    """A person says that a page was never handed in (or that it was): it is empty."""
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("layout")
    sheet = rows.filter(
        id=sheet_id, layout__exam_id=led.id, class_id__in=led.class_ids, entered_at__isnull=True
    ).first()
    if sheet is None or not 1 <= number <= sheet.layout.pages:
        raise Refused(_("没有这一页，或者这名学生的答题卡已经收进去了。"), status=422)
    if lacks and ScanPage.objects.filter(sheet=sheet, number=number, state__in=LIVE).exists():
        raise Refused(_("这一页刚刚收到了，什么都没有改动。请刷新看看。"), status=409)
    kept = set(sheet.lacking) - {number}
    sheet.lacking = sorted(kept | {number} if lacks else kept)
    sheet.save(update_fields=["lacking"])
    audit_record(
        actor_id=who.id, act=Act.SHEET_DECIDED, subject_id=sheet.person_id or 0,
        object_kind="exam", object_id=led.id, school_id=led.exam.school_id,
        detail={"page": number, "lacks": lacks},
    )  # fmt: skip
    exam_settle(led.id, [sheet.id])


def _closed(who: Who, page_ids: list[int]) -> None:
    """Nothing is asked any more of pages that were put aside."""
    Doubt.objects.filter(page__in=page_ids, decided_at__isnull=True).update(
        value=ASIDE, decided_at=now(), decided_by=who.id
    )


def _page(led: Led, page_id: int) -> ScanPage:
    rows = ScanPage.objects.select_for_update(of=("self",)).filter(scan__exam_id=led.id)
    page = rows.select_related("sheet__layout", "layout").filter(id=page_id).first()
    if page is None or (page.sheet and page.sheet.class_id not in (0, *led.class_ids)):
        raise Refused(_("没有这一页，什么都没有改动。"), status=404)
    return page


def _doubt(led: Led, doubt_id: int, kind: DoubtKind) -> Doubt:
    doubt = Doubt.objects.filter(id=doubt_id, kind=kind.value).first()
    if doubt is None:
        raise Refused(_("没有这一处，什么都没有改动。"), status=404)
    doubt.page = _page(led, doubt.page_id)
    return doubt


def _items_of(layout: Layout, number: int) -> list[str]:
    """The bubbles and digits of a page, by the names they are printed with."""
    fields = layout.template["pages"][number - 1]["fields"]
    names = [name for field in fields for name in field.get("items", [field.get("item", "")])]
    return [
        name for name in names if name in layout.places
        and layout.places[name]["way"] != Way.WRITING
    ]  # fmt: skip


def _decide(who: Who, led: Led, doubt: Doubt, value: str) -> None:
    doubt.value, doubt.decided_at, doubt.decided_by_id = value, now(), who.id
    doubt.save(update_fields=["value", "decided_at", "decided_by"])
    page = doubt.page
    _told(who, led, page, doubt.kind)
    if Doubt.objects.filter(page=page, decided_at__isnull=True).exists():
        return
    asks = ScanPage.objects.filter(id=page.id, state=PageState.ASKS.value)
    asks.update(state=PageState.CLEAR.value)
    if page.sheet_id:
        exam_settle(led.id, [page.sheet_id])


def _told(who: Who, led: Led, page: ScanPage, what: str) -> None:
    subject = page.sheet.person_id or 0 if page.sheet else 0
    event_record(
        actor_id=who.id, verb=Verb.SHEET_DECIDED, object_kind="exam", object_id=led.id,
        subject_id=subject, school_id=led.exam.school_id, result={"what": what},
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.SHEET_DECIDED, subject_id=subject, object_kind="exam",
        object_id=led.id, school_id=led.exam.school_id, detail={"what": what, "page": page.id},
    )  # fmt: skip


def _corrected(who: Who, led: Led, sheet: Sheet) -> None:
    """What differs from the attempt follows it: late answers that this person accepts."""
    pages, attempt = clear_pages(sheet), attempt_by_id(sheet.attempt_id)
    if pages is None or attempt is None or sheet.person_id is None:
        return
    questions = question_ids(led.exam)
    values = {questions[place]: value for place, value in values_of(sheet, pages).items()
              if place in questions}  # fmt: skip
    changed = [
        Sent(number, value, attempt.seq + 1)
        for number, value in values.items()
        if attempt.answers.get(number) != value
    ]
    if not changed:
        return
    attempt_save(who_id=sheet.person_id, attempt_id=attempt.id, answers=changed)
    for late in strays_of_attempts([attempt.id]):
        stray_decide(by_id=who.id, stray_id=late.id, accept=True)
    attempts_mark([attempt.id])
    written = {sent.question_id for sent in changed}
    pieces_anew(m.reply_id for m in marks_of([attempt.id]) if m.question_id in written)
    desk_fill(led.id)
