"""The city's pages as a county's staff sees them: what is the city's, what is their own."""

from collections.abc import Mapping

from yunke.ground.people.door import city_id
from yunke.school.library.models import CountyPage, Lesson, Unit
from yunke.school.library.reads.cards import SUBJECT_ORDER, unit_card
from yunke.school.library.reads.reach import pages_of, reaching
from yunke.school.library.values import (
    PAGE_WORDS,
    CountyLine,
    CountyUnit,
    PageKind,
    PageView,
    Standing,
    WordLine,
)


def _words(row: Lesson | Unit, kind: str) -> dict[str, str]:
    """The city's own text of each field; "" for what only a county adds."""
    return {name: str(getattr(row, name, "") or "") for name in PAGE_WORDS[kind]}


def city_words(kind: str, object_id: int, county_id: int) -> dict[str, str] | None:
    """The city's words of a page that reaches the county; None for any other. One query."""
    row = _row(kind, object_id, county_id)
    return _words(row, kind) if row else None


def _row(kind: str, object_id: int, county_id: int) -> Lesson | Unit | None:
    if kind == PageKind.LESSON:
        standing = Standing(frozenset({county_id}))
        rows = Lesson.objects.filter(reaching(standing), unit__city_id=city_id())
        return rows.select_related("unit").filter(id=object_id).first()
    return Unit.objects.filter(id=object_id, city_id=city_id()).first()


def changed_fields(page: CountyPage | None, city: Mapping[str, str]) -> tuple[str, ...]:
    """Fields that the city changed since the county wrote its own."""
    if page is None:
        return ()
    return tuple(
        name for name in page.words if name in city and page.beneath.get(name, "") != city[name]
    )


def page_view(kind: str, object_id: int, county_id: int) -> PageView | None:
    """A page with both texts side by side; None for one that does not reach the county.

    Three queries.
    """
    row = _row(kind, object_id, county_id)
    if row is None:
        return None
    city = _words(row, kind)
    page = CountyPage.objects.filter(county_id=county_id, kind=kind, object_id=object_id).first()
    unit = row.unit if isinstance(row, Lesson) else row
    return PageView(
        kind=kind, id=object_id, title=row.title, title_en=row.title_en, subject=unit.subject,
        grade=unit.grade, city_position=row.position,
        position=page.position if page else None, hidden=page.hidden if page else False,
        words=tuple(_line(name, city[name], page) for name in PAGE_WORDS[kind]),
        local=page is not None,
    )  # fmt: skip


def _line(name: str, city: str, page: CountyPage | None) -> WordLine:
    if page is None or name not in page.words:
        return WordLine(name, city)
    return WordLine(name, city, page.words[name], True, page.beneath.get(name, ""))


def county_shelf(county_id: int, grade: int, subject: str) -> tuple[CountyUnit, ...]:
    """The units of a grade and subject with their lessons, as they reach the county, each with
    what the county changed. Three queries, however many."""
    standing = Standing(frozenset({county_id}))
    rows = Lesson.objects.filter(
        reaching(standing), unit__city_id=city_id(), unit__grade=grade, unit__subject=subject
    ).select_related("unit")
    lessons = list(rows.order_by(SUBJECT_ORDER, "unit__position", "unit_id", "position", "id"))
    units = {lesson.unit_id: lesson.unit for lesson in lessons}
    pages = pages_of(county_id, [lesson.id for lesson in lessons], units)
    return tuple(
        CountyUnit(
            unit_card(unit),
            _county_line(PageKind.UNIT, unit, pages.get((PageKind.UNIT, unit.id))),
            tuple(
                _county_line(PageKind.LESSON, row, pages.get((PageKind.LESSON, row.id)))
                for row in lessons
                if row.unit_id == unit.id
            ),
        )
        for unit in units.values()
    )


def _county_line(kind: str, row: Lesson | Unit, page: CountyPage | None) -> CountyLine:
    words = page.words if page else {}
    return CountyLine(
        kind=kind, id=row.id, title=words.get("title", row.title),
        title_en=words.get("title_en", row.title_en), city_title=row.title,
        local=bool(page), hidden=bool(page and page.hidden),
        changed=bool(changed_fields(page, _words(row, kind))),
    )  # fmt: skip
