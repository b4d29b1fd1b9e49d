"""The only source of the library's test rows."""

import itertools
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg

from yunke.base.limited import Limits, run_limited
from yunke.ground.people.door import city_id
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.models import Lesson, Point, Question, Unit
from yunke.school.library.values import Reach

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
