"""Lessons on their way in the demo city: one in each state, told through the reviews' own doors."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from yunke.base.clock import today
from yunke.demo.catalogue import Catalogue
from yunke.demo.city import City, ClassPlan
from yunke.demo.film.printed import face
from yunke.ground.people.door import Grant, Kind, Place, Role, Who
from yunke.school.library.door import (
    PageChange,
    county_page_set,
    film_adopt,
    lesson_begin,
    lesson_names,
    papers_adopt,
    units_of,
)
from yunke.school.preparing.door import Content, lesson_save
from yunke.school.review.door import (
    Level,
    TickIn,
    checklist_begin,
    items_of,
    lesson_submit,
    submission_aged,
    submission_claim,
    submission_decide,
    submission_seen,
    submission_withdraw,
    wish_ask,
)

GRADE, SUBJECT = 4, "chinese"
PAPER, MARGIN = (1280, 720), 96


@dataclass(frozen=True)
class Story:
    """A lesson, how far it came (``to``), and how many days ago it last moved."""

    title: str
    title_en: str
    goals: tuple[str, ...]
    to: str
    days: int = 0
    aim: Level = Level.CITY
    reason: str = ""


STORIES = (
    Story("女娲补天：五彩石的颜色", "Nüwa mends the sky",
          ("按起因、经过、结果讲故事", "找出神奇的地方"), "submitted", 12),
    Story("嫦娥奔月：她为什么飞走", "Chang’e flies to the moon",
          ("读懂人物的选择", "用自己的话讲给家里人听"), "county_reviewing", 2),
    Story("后羿射日：十个太阳的早晨", "Hou Yi and the ten suns",
          ("读出紧张的节奏", "画出故事的四个画面"), "county_returned", 1,
          reason="第 2 页的注音有一处错了，结尾的音乐没有写明来源。改好就可以。"),
    Story("夸父追日：跑到天边去", "Kuafu chases the sun",
          ("理清路线", "体会夸父的决心"), "county_passed", 3, Level.COUNTY),
    Story("大禹治水：三过家门", "Yu the Great and the flood",
          ("说出治水的两种办法", "讲一件“为大家”的小事"), "city_reviewing", 4),
    Story("普罗米修斯：一把火的代价", "Prometheus and the price of fire",
          ("读准人名", "比一比中外的神话"), "city_returned", 1,
          reason="比一比的环节很好，但目标只写了读准人名，请补上和比较有关的目标。"),
    Story("神农尝百草：第一个尝的人", "Shennong tastes a hundred herbs",
          ("找出写得细的句子", "认识三种身边的草药"), "published", 6),
    Story("牛郎织女：星星的故事", "The cowherd and the weaver",
          ("讲清两颗星的来历",), "withdrawn", 5),
)  # fmt: skip


def reviews_write(city: City, catalogue: Catalogue, folder: Path) -> int:
    """Write the stories once; gives how many. ``folder`` is where the finished films lie."""
    checklist_begin(city.id)
    unit = units_of(GRADE, SUBJECT)[0]
    plan = city.class_of("yinxing", GRADE)
    if _begun(unit.id):
        return 0
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    film = next((lesson.film for lesson in catalogue.films(GRADE)), "")
    authors = (teacher_of(city, plan), _second(city, plan))
    for number, story in enumerate(STORIES):
        who = authors[number % 2]
        lesson = _lesson(who, unit.id, story, papers)
        if number == 0 and film and (folder / film / "video.mp4").is_file():
            film_adopt(lesson, folder / film)
        _walk(city, plan, who, lesson, story)
    _county(city, catalogue)
    _invited(city, plan, unit.id)
    return len(STORIES)


def _begun(unit_id: int) -> bool:
    """Is the first story there already?"""
    return STORIES[0].title in lesson_names(unit_id)


def teacher_of(city: City, plan: ClassPlan, subject: str = SUBJECT) -> Who:
    person = plan.teachers[subject]
    place = Place(city.id, plan.county_id, plan.school_id, plan.grade, plan.id, person)
    return Who(person, city.names[person], Kind.STAFF, (Grant(Role.TEACHER, place, subject),))


def _second(city: City, plan: ClassPlan) -> Who:
    """Another teacher of the subject and county."""
    own = plan.teachers[SUBJECT]
    other = next(
        c for c in city.classes
        if c.county_id == plan.county_id and c.teachers[SUBJECT] != own and c.grade < 7
    )  # fmt: skip
    return teacher_of(city, other)


def _office(city: City, role: Role, key: str, county: int = 0, subject: str = "") -> Who:
    person = city.cast[key]
    place = Place(city=city.id, county=county, person=person)
    return Who(person, city.names[person], Kind.STAFF, (Grant(role, place, subject),))


def _lesson(who: Who, unit_id: int, story: Story, papers: Path) -> int:
    lesson = lesson_begin(who=who, unit_id=unit_id, title=story.title, title_en=story.title_en)
    was = Content(unit=unit_id, title=story.title, title_en=story.title_en)
    mine = Content(
        unit=unit_id, title=story.title, title_en=story.title_en, goals=story.goals,
        summary="先读课文，再看课件里的图，最后说一说。",
    )  # fmt: skip
    lesson_save(who=who, lesson_id=lesson, was=was, mine=mine)
    papers_adopt(lesson, paper(story, papers / f"{lesson}.pdf"), name=f"{story.title}.pdf")
    return lesson


def paper(story: Story, path: Path) -> Path:
    """The courseware: a title and a page for each goal."""
    pages = [_page(story.title, 64), *(_page(goal, 52) for goal in story.goals)]
    pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=96)
    return path


def _page(text: str, size: int) -> Image.Image:
    page = Image.new("RGB", PAPER, "#fbf8f3")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 24, PAPER[1]), fill="#b8480c")
    draw.text((MARGIN, PAPER[1] // 2), text, fill="#22252b", font=face(size, 600), anchor="lm")
    return page


def _walk(city: City, plan: ClassPlan, who: Who, lesson: int, story: Story) -> None:
    """From the hand-in to where the story stands."""
    county = _office(city, Role.REVIEWER, "county_reviewer", plan.county_id, SUBJECT)
    bureau = _office(city, Role.REVIEWER, "reviewer")
    number = lesson_submit(who=who, lesson_id=lesson, aim=story.aim, message="请老师们指点。")
    steps = {
        "submitted": 0, "withdrawn": 0, "county_reviewing": 1, "county_returned": 2,
        "county_passed": 3, "city_reviewing": 4, "city_returned": 5, "published": 6,
    }[story.to]  # fmt: skip
    if steps >= 1:
        submission_claim(who=county, submission_id=number)
    if steps == 2:
        _decide(city, county, lesson, number, story.reason)
    if steps >= 3:
        _decide(city, county, lesson, number)
    if steps >= 4:
        submission_claim(who=bureau, submission_id=number)
    if steps >= 5:
        _decide(city, bureau, lesson, number, story.reason)
    if story.to == "withdrawn":
        turn = _turn(lesson)
        submission_withdraw(who=who, submission_id=number, turn=turn, reason="想再录一遍声音。")
    submission_aged(number, story.days)


def _turn(lesson: int) -> int:
    seen = submission_seen(lesson)
    return seen.turn if seen else 0


def _decide(city: City, who: Who, lesson: int, number: int, reason: str = "") -> None:
    """Passed without a reason, sent back with one: then the third line of the checklist says no."""
    ticks = tuple(
        TickIn(item.id, not (reason and place == 2), "见第 2 页" if reason and place == 2 else "",
               None, 2 if reason and place == 2 else 0)
        for place, item in enumerate(items_of(city.id))
    )  # fmt: skip
    submission_decide(
        who=who, submission_id=number, turn=_turn(lesson), passed=not reason, reason=reason,
        ticks=ticks,
    )  # fmt: skip


def _county(city: City, catalogue: Catalogue) -> None:
    """The villages' county uses another edition and its own words for one lesson."""
    county = city.counties["wangxi"]
    who = _office(city, Role.COUNTY_STAFF, "county2", county)
    lesson = catalogue.of(GRADE, SUBJECT)[0]
    words = {
        "title": f"{lesson.title}（望溪）", "edition": "望溪县用：人教版四年级上册",
        "note": "稻香村小学的同学：课件第 3 页换成我们村口的那条河。",
    }  # fmt: skip
    county_page_set(
        who=who, county_id=county, kind="lesson", object_id=lesson.id, change=PageChange(words)
    )


def _invited(city: City, plan: ClassPlan, unit_id: int) -> None:
    office = _office(city, Role.CITY_STAFF, "city")
    wish_ask(
        who=office, unit_id=unit_id, teacher_id=city.cast["teacher"],
        wish="请录一节“怎样读写景的文章”，十五分钟，给全市四年级用。",
        due=today() + timedelta(days=21),
    )  # fmt: skip
