"""A lesson as the room of preparing needs it: the row, its files, and what somebody may do."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, Value, When

from yunke.ground.people.door import Who, allowed
from yunke.school.library.models import Asset, Colleague, Lesson, Unit, Upload
from yunke.school.library.reads.cards import card_of, cards, media_url
from yunke.school.library.reads.full import help_of, helped, lesson_place
from yunke.school.library.reads.making import draft_of
from yunke.school.library.values import AssetKind, FileLine, LessonCard, WorkRow

ORDER = {AssetKind.VIDEO: 0, AssetKind.COURSEWARE: 1, AssetKind.CAPTIONS: 2}


def lesson_work(lesson_id: int, who: Who | None, *, lock: bool = False) -> WorkRow | None:
    """The lesson for those who make it, or for everybody's eyes when ``who`` is None (the caller
    decided); None for all others. ``lock``: nobody else saves it until the transaction ends.
    Four queries, five with the lock.
    """
    if lock:
        Lesson.objects.select_for_update().filter(id=lesson_id).values_list("id").first()
    lesson = helped(cards(), who).filter(id=lesson_id).first()
    if lesson is None:
        return None
    helps = help_of(who, lesson)
    if who is not None and not helps:
        return None
    return _row(lesson, who, helps)


def _row(lesson: Lesson, who: Who | None, helps: str) -> WorkRow:
    unit = lesson.unit
    place = lesson_place(lesson, unit.city_id)
    ready = Asset.objects.filter(lesson=lesson, state=Asset.State.READY, work=True)
    return WorkRow(
        id=lesson.id, state=lesson.state, version=lesson.version, draft=draft_of(lesson),
        files=tuple(file_line(a) for a in ready.order_by("id")), help=helps,
        keeper=who is not None
        and (lesson.author_id == who.id or allowed(who, "lesson.write", place)),
        author_id=lesson.author_id or 0, author_name=lesson.author_name, unit=unit.title,
        unit_en=unit.title_en, grade=unit.grade, subject=unit.subject,
        school_id=lesson.school_id, county_id=lesson.county_id, city_id=unit.city_id,
        made_at=lesson.made_at, makers=lesson.makers, reach=lesson.reach,
    )  # fmt: skip


def file_line(asset: Asset) -> FileLine:
    def url(name: str) -> str:
        return media_url(asset.lesson_id, asset.id, name)

    return FileLine(
        id=asset.id, kind=asset.kind, title=asset.title, language=asset.language,
        seconds=asset.seconds, pages=asset.pages, bytes=asset.bytes,
        poster=url("poster.jpg") if asset.poster else "",
        playlist=url("master.m3u8") if asset.kind == AssetKind.VIDEO else "",
        pictures=tuple(url(f"page-{n:03}.jpg") for n in range(1, asset.pictures + 1)),
        shown=asset.shown, redrawn=asset.file.endswith(".pptx"),
    )  # fmt: skip


def files_shown(lesson_id: int) -> tuple[int, ...]:
    """The ready files that pupils of a published lesson get. One query."""
    rows = Asset.objects.filter(lesson_id=lesson_id, state=Asset.State.READY, shown=True)
    film = Lesson.objects.filter(id=lesson_id).values_list("video_id", flat=True).first()
    return tuple(
        number
        for number, kind in rows.order_by("id").values_list("id", "kind")
        if kind != AssetKind.VIDEO or number == film
    )


def files_named(ids: Iterable[int]) -> dict[int, FileLine]:
    """Files by id, whether they are in the work or not; unknown ids are left out. One query."""
    rows = Asset.objects.filter(id__in=set(ids), state=Asset.State.READY)
    return {asset.id: file_line(asset) for asset in rows}


def file_people(ids: Iterable[int]) -> dict[int, int]:
    """Who uploaded each file, as far as it is known. One query."""
    rows = Upload.objects.filter(asset_id__in=set(ids)).values_list("asset_id", "person_id")
    return {asset: person for asset, person in rows if asset}


def units_named(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Titles of units by id, Chinese and English. One query."""
    rows = Unit.objects.filter(id__in=set(ids)).values_list("id", "title", "title_en")
    return {number: (title, title_en) for number, title, title_en in rows}


def colleagues_of(lesson_ids: Iterable[int]) -> dict[int, tuple[tuple[int, str, str], ...]]:
    """``(person, name, role)`` of each lesson's colleagues, in the order they came. One query."""
    rows = (
        Colleague.objects.filter(lesson_id__in=set(lesson_ids))
        .order_by("id")
        .values_list("lesson_id", "person_id", "person__name", "role")
    )
    found: dict[int, list[tuple[int, str, str]]] = {}
    for lesson, person, name, role in rows:
        found.setdefault(lesson, []).append((person, name, role))
    return {lesson: tuple(people) for lesson, people in found.items()}


def authors_of(lesson_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """The author of each lesson: id (0 for none) and name. One query."""
    rows = Lesson.objects.filter(id__in=set(lesson_ids)).values_list(
        "id", "author_id", "author_name"
    )
    return {lesson: (author or 0, name) for lesson, author, name in rows}


def lessons_worked(who: Who, *, number: int, size: int) -> list[tuple[LessonCard, str]]:
    """The lessons that somebody makes, own and invited, drafts first, then the newest, each with
    "author", "editor" or "commenter"; one more than ``size`` when there are more. One query."""
    first = Case(
        When(state=Lesson.State.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    invited = Colleague.objects.filter(person_id=who.id).values("lesson_id")
    rows = (
        helped(cards(), who)
        .filter(Q(author_id=who.id) | Q(id__in=invited))
        .order_by(first, "-id")
    )  # fmt: skip
    start = (max(1, number) - 1) * size
    found = rows[start : start + size + 1]
    return [
        (card_of(row), "author" if row.author_id == who.id else str(getattr(row, "helps", "")))
        for row in found
    ]
