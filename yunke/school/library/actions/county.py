"""A county writes its own words over the city's page. The page itself stays the city's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed, city_id
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.models import CountyPage
from yunke.school.library.reads.county import city_words
from yunke.school.library.values import PAGE_WORDS


@dataclass(frozen=True)
class PageChange:
    """``words``: field → the county's text, "" to take the city's. Fields that are not named stay.
    ``kept``: fields whose newer text of the city was read, and the county's stays."""

    words: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None
    hidden: bool = False
    kept: frozenset[str] = frozenset()


@transaction.atomic
def county_page_set(
    *, who: Who, county_id: int, kind: str, object_id: int, change: PageChange
) -> None:
    """Lay the county's words over a lesson or a unit. Raises NotYours for another county's staff
    and for a page that does not reach the county. Saving the same again changes nothing.
    """
    if not allowed(who, "page.override", Place(city=city_id(), county=county_id)):
        raise NotYours
    city = city_words(kind, object_id, county_id)
    if city is None:
        raise NotYours
    page = (
        CountyPage.objects.select_for_update()
        .filter(county_id=county_id, kind=kind, object_id=object_id)
        .first()
    ) or CountyPage(county_id=county_id, kind=kind, object_id=object_id)
    before = (dict(page.words), dict(page.beneath), page.position, page.hidden)
    _lay(page, city, change)
    page.position, page.hidden = change.position, change.hidden
    if (page.words, page.beneath, page.position, page.hidden) == before:
        return
    _keep(page, who)
    names = PAGE_WORDS[kind]
    touched = [name for name in names if before[0].get(name) != page.words.get(name)]
    _tell(who, page, city.get("title", ""), touched)


def _lay(page: CountyPage, city: Mapping[str, str], change: PageChange) -> None:
    for name in PAGE_WORDS[page.kind]:
        text = change.words.get(name)
        if text is None:
            continue
        text = text.strip()
        if not text or text == city[name]:
            page.words.pop(name, None)
            page.beneath.pop(name, None)
        elif page.words.get(name) != text or name in change.kept:
            page.words[name] = text
            page.beneath[name] = city[name]


def _keep(page: CountyPage, who: Who) -> None:
    page.changed_by_id, page.changed_at = who.id, now()
    if page.words or page.position is not None or page.hidden:
        page.save()
    elif page.id:
        page.delete()


def _tell(who: Who, page: CountyPage, title: str, touched: list[str]) -> None:
    lesson = page.object_id if page.kind == "lesson" else 0
    detail = {"fields": touched, "hidden": page.hidden, "county": page.county_id}
    event_record(
        actor_id=who.id, verb=Verb.PAGE_OVERRIDDEN, object_kind=page.kind,
        object_id=page.object_id, title=title, lesson_id=lesson, result=detail,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.PAGE_OVERRIDDEN, object_kind=page.kind,
        object_id=page.object_id, detail=detail,
    )  # fmt: skip
