"""The only source of the library's test rows."""

import itertools
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import imageio_ffmpeg

from yunke.base.limited import Limits, run_limited
from yunke.craft.formats.sheet import sheet_xlsx
from yunke.craft.marking.items import Choice, ChoiceKey, Item, Key, item_to_json
from yunke.ground.people.door import city_id
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.questions import questions_add
from yunke.school.library.models import Lesson, Point, Question, Unit
from yunke.school.library.rules.tables import COLUMNS, headings
from yunke.school.library.values import Reach
from yunke.school.library.values.questions import QuestionDraft

_numbers = itertools.count(1)


def city() -> int:
    """The one city of the site, made when there is none yet."""
    return city_id() or people.org("city", "云州市").id


def unit(*, grade: int = 3, subject: str = "chinese", title: str = "第一单元") -> Unit:
    return Unit.objects.create(
        city_id=city(), grade=grade, subject=subject, position=next(_numbers) % 30_000, title=title,
        title_en="Unit",
    )  # fmt: skip


def point(name: str = "古诗朗读") -> Point:
    return Point.objects.create(code=f"p{next(_numbers)}", subject="chinese", name=name)


def lesson(
    *,
    title: str = "古诗三首",
    title_en: str = "Three ancient poems",
    unit: Unit | None = None,
    author: Any = None,
    published: bool = True,
    **more: Any,
) -> Lesson:
    """A lesson in the catalogue and in its search."""
    row = Lesson.objects.create(
        unit=unit or globals()["unit"](), position=next(_numbers) % 30_000,
        title=title, title_en=title_en,
        author=author, author_name=author.name if author else "", **{
            "state": Lesson.State.PUBLISHED if published else Lesson.State.DRAFT,
            "reach": Reach.CITY if published else Reach.SCHOOL, **more,
        },
    )  # fmt: skip
    search_refresh([row.id])
    return row


def question(*, points: tuple[Point, ...] = (), key: str = "B") -> Question:
    row = Question.objects.create(
        code=f"q{next(_numbers)}", kind="choice", stem="1+1=?", key=[key],
        options=[{"id": "A", "text": "1"}, {"id": "B", "text": "2"}], reasoning="数一数",
    )  # fmt: skip
    row.points.add(*points)
    return row


@lru_cache(maxsize=8)
def video(
    *, seconds: int = 10, height: int = 480, codec: str = "libx264", suffix: str = ".mp4"
) -> Path:
    """A real small film with sound, made once a session."""
    width = height * 16 // 9 // 2 * 2
    path = Path(tempfile.mkdtemp(prefix="yunke-film-")) / f"film-{seconds}-{height}{suffix}"
    audio = "libopus" if suffix == ".webm" else "aac"
    run_limited(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-y",
            "-f", "lavfi", "-i", f"testsrc2=size={width}x{height}:rate=10:duration={seconds}",
            "-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}",
            "-c:v", codec, *(["-preset", "ultrafast"] if codec.startswith("libx26") else []),
            "-g", "20", "-pix_fmt", "yuv420p", "-c:a", audio, "-shortest", str(path),
        ],
        limits=Limits(cpu=120), timeout=120,
    )  # fmt: skip
    return path


QTI_ITEM = """<?xml version="1.0"?>{before}<assessmentItem
 xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{id}" title="t" adaptive="false"
 timeDependent="false"><responseDeclaration identifier="RESPONSE" cardinality="single"
 baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><p>{text}</p><{kind} responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
<simpleChoice identifier="A">2</simpleChoice><simpleChoice identifier="B">3</simpleChoice></{kind}>
</itemBody><responseProcessing
 template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>
"""


def qti(
    id: str = "i1", text: str = "1+1=", *, before: str = "", kind: str = "choiceInteraction"
) -> str:
    return QTI_ITEM.format(id=id, text=text, before=before, kind=kind)


def package(out: IO[bytes], **files: str | bytes) -> None:
    """A package of these files; one good question when none is told. ``_`` in a name is a dot."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (files or {"good_xml": qti()}).items():
            archive.writestr(name.replace("_", "."), content)


def table(out: IO[bytes], *rows: dict[str, str]) -> None:
    """A spreadsheet with these rows under the Chinese headings."""
    lines = [[row.get(column, "") for column in COLUMNS] for row in rows]
    sheet_xlsx(out, headings(english=False), lines)


def item(prompt: str = "1+1=?", key: Key | None = None) -> Item:
    """A choice with a cause behind its wrong option, unless another key is told."""
    options = (Choice("A", "1", "own:漏加"), Choice("B", "2"), Choice("C", "3"))
    return Item("item", prompt, key or ChoiceKey(options, "B"), reasoning="数一数")


def written(
    author: Any = None, told: Item | None = None, *, school_id: int = 0, subject: str = "maths",
    grade: int = 3, points: tuple[str, ...] = (), **more: Any,
) -> Question:  # fmt: skip
    """A question as the editor writes it, of nobody or of this person and school."""
    draft = QuestionDraft(
        item=item_to_json(told or item()), subject=subject, grade=grade, points=points,
        code=f"q{next(_numbers)}", **more,
    )  # fmt: skip
    ids = questions_add(author.id if author else 0, school_id, [draft])
    return Question.objects.get(id=ids[draft.code])
