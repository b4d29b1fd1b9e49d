"""After every reading and decision: the same page twice, sheets that are whole, what is marked."""

from django.db import transaction

from yunke.school.exams.actions.desk_fill import desk_fill
from yunke.school.exams.actions.entering import sheets_enter
from yunke.school.exams.models import Doubt, ScanPage
from yunke.school.exams.rules.reading import agree
from yunke.school.exams.values.paper import DoubtKind, PageState


def exam_settle(exam_id: int, sheet_ids: list[int] | None = None) -> list[int]:
    """Settle what was photographed twice, enter whole sheets, put handwriting on the desk.

    ``sheet_ids``: only these; all of the exam without. Gives the sheets that went in. Done again
    it changes nothing.
    """
    pages = ScanPage.objects.filter(scan__exam_id=exam_id, sheet__isnull=False)
    if sheet_ids is not None:
        pages = pages.filter(sheet__in=sheet_ids)
    live = pages.filter(state__in=(PageState.CLEAR.value, PageState.ASKS.value))
    groups: dict[tuple[int, int], list[ScanPage]] = {}
    for page in live.select_related("sheet").order_by("id"):
        groups.setdefault((page.sheet_id or 0, page.number), []).append(page)
    for same in groups.values():
        if len(same) > 1:
            _settle(same)
        else:
            _late(same[0])
    entered = sheets_enter(exam_id, sheet_ids)
    if entered:
        desk_fill(exam_id)
    return entered


@transaction.atomic
def _settle(pages: list[ScanPage]) -> None:
    """Several pictures of one page. The first sure one stays; a later sure one that agrees is the
    same again; one that differs asks which of them counts; a spoilt one beside a sure one needs
    no answer any more. A doubtful mark is asked all the same: the other picture may be blind to it.
    """
    decided = set(
        Doubt.objects.filter(
            page__in=[page.id for page in pages], kind=DoubtKind.TWICE.value,
            decided_at__isnull=False,
        ).values_list("page_id", flat=True)
    )  # fmt: skip
    sure = [page for page in pages if page.state == PageState.CLEAR]
    if not sure:
        return
    first = next((page for page in sure if page.id in decided), sure[0])
    marks = set(
        Doubt.objects.filter(
            page__in=[page.id for page in pages], kind=DoubtKind.MARK.value,
            decided_at__isnull=True,
        ).values_list("page_id", flat=True)
    )  # fmt: skip
    for page in pages:
        if page.id == first.id or page.id in decided or page.id in marks:
            continue
        if agree(first.marks, page.marks):
            _move(page, PageState.SAME)
        elif page.state == PageState.CLEAR:
            _move(page, PageState.ASKS)
            Doubt.objects.get_or_create(page=page, kind=DoubtKind.TWICE.value, item="twice")


@transaction.atomic
def _late(page: ScanPage) -> None:
    """A page that was said to be lacking comes after the sheet went in: a person says if it counts.

    Without this what stands on it would be lost, and nobody would know.
    """
    sheet = page.sheet
    if sheet is None or sheet.entered_at is None or page.number not in sheet.lacking:
        return
    asked = Doubt.objects.filter(page=page, kind=DoubtKind.TWICE.value).exists()
    if page.state == PageState.CLEAR and not asked:
        _move(page, PageState.ASKS)
        Doubt.objects.create(page=page, kind=DoubtKind.TWICE.value, item="late")


def _move(page: ScanPage, state: PageState) -> None:
    page.state = state.value
    page.save(update_fields=["state"])
