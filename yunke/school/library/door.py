"""What other rooms may ask of the library."""

from yunke.school.library.actions.bulk import (
    lessons_write,
    points_write,
    questions_write,
    units_write,
)
from yunke.school.library.actions.downloads import download_key, download_record
from yunke.school.library.actions.film import film_adopt
from yunke.school.library.reads.cards import (
    lesson_cards,
    lesson_search,
    lessons_of_grade,
    units_of,
)
from yunke.school.library.reads.full import lesson_full, lesson_may_write, lessons_full
from yunke.school.library.reads.materials import materials_of
from yunke.school.library.reads.media import media_lesson, media_may
from yunke.school.library.reads.questions import (
    question_keys,
    question_views,
    questions_for_lesson,
)
from yunke.school.library.values import (
    SUBJECT_ICONS,
    SUBJECT_NAMES,
    AssetKind,
    ChapterMark,
    CoursewareFile,
    LessonCard,
    LessonFull,
    LessonNew,
    MediaRule,
    PointNew,
    QuestionKey,
    QuestionKind,
    QuestionNew,
    QuestionView,
    Subject,
    TrackFile,
    UnitCard,
    UnitNew,
)

__all__ = [
    "SUBJECT_ICONS",
    "SUBJECT_NAMES",
    "AssetKind",
    "ChapterMark",
    "CoursewareFile",
    "LessonCard",
    "LessonFull",
    "LessonNew",
    "MediaRule",
    "PointNew",
    "QuestionKey",
    "QuestionKind",
    "QuestionNew",
    "QuestionView",
    "Subject",
    "TrackFile",
    "UnitCard",
    "UnitNew",
    "download_key",
    "download_record",
    "film_adopt",
    "lesson_cards",
    "lesson_full",
    "lesson_may_write",
    "lesson_search",
    "lessons_full",
    "lessons_of_grade",
    "lessons_write",
    "materials_of",
    "media_lesson",
    "media_may",
    "points_write",
    "question_keys",
    "question_views",
    "questions_for_lesson",
    "questions_write",
    "units_of",
    "units_write",
]
