"""A lesson that three teachers of the demo city make together, told through preparing's doors."""

from dataclasses import replace
from pathlib import Path

from yunke.demo.catalogue import Catalogue
from yunke.demo.city import City
from yunke.demo.reviews import Story, paper, teacher_of
from yunke.ground.people.door import Who
from yunke.school.library.door import (
    Help,
    film_adopt,
    lesson_begin,
    lesson_names,
    papers_adopt,
    units_of,
)
from yunke.school.preparing.door import (
    Content,
    Place,
    colleague_invite,
    lesson_save,
    suggestion_accept,
    suggestion_make,
    thread_answer,
    thread_begin,
    thread_resolve,
    work_content,
)

GRADE, SUBJECT = 1, "chinese"
TITLE, TITLE_EN = "日月水火：字里藏着画", "Sun, moon, water, fire: pictures in words"
GOALS = ("认识“日、月、水、火”四个字", "能说出字和图画哪里像", "会写“日”和“月”")
SUMMARY = "从甲骨文的小图画开始，猜一猜它是什么字，再一笔一笔写出来。"


def together_write(city: City, catalogue: Catalogue, folder: Path) -> int:
    """Write the story once; gives how many versions came about."""
    unit = units_of(GRADE, SUBJECT)[0]
    if TITLE in lesson_names(unit.id):
        return 0
    author, helper, critic = _makers(city)
    lesson = lesson_begin(who=author, unit_id=unit.id, title=TITLE, title_en=TITLE_EN)
    _files(catalogue, lesson, folder)
    _written(lesson, author, helper, critic)
    _talked(lesson, author, helper, critic)
    return 5


def _makers(city: City) -> tuple[Who, Who, Who]:
    """The Chinese teacher of the cast, a Chinese teacher of another school, one of English."""
    home = city.class_of("yinxing", GRADE)
    far = next(p for p in city.classes if p.school_id != home.school_id and p.grade < 7)
    return teacher_of(city, home), teacher_of(city, far), teacher_of(city, home, "english")


def _files(catalogue: Catalogue, lesson: int, folder: Path) -> None:
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    story = Story(TITLE, TITLE_EN, GOALS, "")
    papers_adopt(lesson, paper(story, papers / f"{lesson}.pdf"), name="日月水火 课件.pdf")
    film = next((taught.film for taught in catalogue.films(GRADE)), "")
    if film and (folder / film / "video.mp4").is_file():
        film_adopt(lesson, folder / film)


def _written(lesson: int, author: Who, helper: Who, critic: Who) -> None:
    """Five versions: three people, one accepted suggestion."""
    for colleague, role in ((helper, Help.EDITOR), (critic, Help.COMMENTER)):
        colleague_invite(who=author, lesson_id=lesson, person_id=colleague.id, role=role)
    _save(lesson, author, "", goals=(GOALS[0], "知道字和图画像", GOALS[2]), summary=SUMMARY)
    _save(lesson, helper, "把“知道”改成能看得见的事", goals=GOALS)
    english = "From the little pictures of the oracle bones to the strokes of today."
    suggestion = suggestion_make(
        who=critic, lesson_id=lesson, field="summary_en", was="", text=english,
        why="给看英文页面的家长一句话",
    )  # fmt: skip
    suggestion_accept(who=author, lesson_id=lesson, suggestion_id=suggestion, reason="正好，谢谢")
    _save(lesson, author, "试讲后多留两分钟写字", label="试讲前", minutes=12)
    suggestion_make(
        who=critic, lesson_id=lesson, field="goals", was=GOALS[1],
        text="能指着图说出字和图画哪里像", why="一年级的孩子边指边说更容易",
    )  # fmt: skip


def _save(lesson: int, who: Who, why: str, *, label: str = "", **changes: object) -> None:
    was = work_content(lesson)
    mine: Content = replace(was, **changes)  # type: ignore[arg-type]
    lesson_save(who=who, lesson_id=lesson, was=was, mine=mine, why=why, label=label)


def _talked(lesson: int, author: Who, helper: Who, critic: Who) -> None:
    goal = thread_begin(
        who=helper, lesson_id=lesson, place=Place("goal", GOALS[2]), quote=GOALS[2],
        text=f"两个字一节课写得完吗？我班上要十分钟。@{author.name}",
    )  # fmt: skip
    thread_answer(
        who=author, lesson_id=lesson, thread_id=goal,
        text="先写“日”，“月”描红就好。我把最后两分钟留给写字。",
    )  # fmt: skip
    done = thread_begin(
        who=critic, lesson_id=lesson, place=Place("section", "summary"), quote=SUMMARY,
        text="“甲骨文”孩子听不懂，口头上说“很久以前的字”吧。",
    )  # fmt: skip
    thread_answer(who=author, lesson_id=lesson, thread_id=done, text="好，讲的时候这样说。")
    thread_resolve(who=author, lesson_id=lesson, thread_id=done, resolved=True)
    thread_begin(
        who=critic, lesson_id=lesson, place=Place("second", "", 12),
        quote="", text="这里停一停，先让孩子猜这是什么字，再揭开。",
    )  # fmt: skip
    asset = next((f for f in work_content(lesson).files), 0)
    thread_begin(
        who=helper, lesson_id=lesson, place=Place("page", f"{asset}:2"), quote="",
        text="这一页字再大一点，后排的孩子看不清。",
    )  # fmt: skip
