"""How causes, standings and answers are put into words, and what each page costs."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from yunke.craft.recall import Reason, Standing
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, signed_in
from yunke.school.practice.models import LiveQuestion, Paper
from yunke.school.practice.templatetags import practice as told
from yunke.school.practice.tests.makers import choice, drill, erring, followed, handed_in, point
from yunke.school.practice.values import Origin, OwnWord
from yunke.school.practice.views.scope import number, numbers

READINGS = ("no-picture", "no-code", "other-sheet", "not-yours", "already", "blurred")
STATES = ("open", "returning", "mastered")
SOURCES = ("homework", "exam", "drill", "lesson", "live")


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (told.own_word, list(OwnWord)), (told.told_by, list(Origin)), (told.state_word, STATES),
        (told.source_word, SOURCES), (told.reading_word, READINGS),
        (told.standing_word, list(Standing)), (told.reason_word, [*Reason, 9]),
        (told.why, ["misread", "smaller-from-larger"]),
    ],
)  # fmt: skip
def test_every_word_there_is_has_its_own_words_in_both_languages(words: Any, keys: Any) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said = [words(key) for key in keys]
        assert all(said)
        assert len(set(said)) == len(keys)
        foreign = [one for one in said if any("\u4e00" <= letter <= "\u9fff" for letter in one)]
        assert len(foreign) == (0 if language == "en" else len(said))


@pytest.mark.parametrize("words", [told.own_word, told.told_by, told.state_word, told.source_word])
def test_an_unknown_word_is_left_out(words: Any) -> None:
    assert words("") == ""
    assert words("<script>") == ""


OPTIONS = (SimpleNamespace(id="A", text="<b>25</b>"), SimpleNamespace(id="B", text="35"))


@pytest.mark.parametrize(
    ("options", "value", "shown"),
    [
        (OPTIONS, "A", "25"), (OPTIONS, "A,B", "25、35"), (OPTIONS, "Z", "Z"), (OPTIONS, "", "—"),
        ((), "25", "25"), ((), "true", "对"), ((), "false", "错"), ((), "1,5", "1,5"),
        (OPTIONS, "true", "true"),
    ],
)  # fmt: skip
def test_a_kept_answer_is_shown_as_people_read_it(options: Any, value: str, shown: str) -> None:
    with translation.override("zh-hans"):
        assert told.answer_shown(SimpleNamespace(options=options), value) == shown


@pytest.mark.parametrize(
    "counts", [(5, 0, 0, 0), (1, 1, 1, 2), (0, 0, 0, 7), (2, 0, 3, 0), (0, 0, 0, 0)]
)
def test_the_bands_of_a_class_fill_the_line_and_no_more(counts: tuple[int, ...]) -> None:
    named = dict(zip(("mastered", "nearly", "unsure", "weak"), counts, strict=True))
    one = SimpleNamespace(**named, pupils=sum(counts))
    bands = told.bands(one)
    assert [name for name, _x, _width in bands] == [name for name in named if named[name]]
    assert sum(width for _name, _x, width in bands) == pytest.approx(100 if any(counts) else 0)
    edge = 0.0
    for _name, x, width in bands:
        assert x == pytest.approx(edge, abs=0.02)
        edge = x + width


@pytest.mark.parametrize(
    ("text", "number_"),
    [
        ("7", 7), ("", 0), (None, 0), ("0", 0), ("-1", 0), ("1.5", 0), ("1e3", 0), (" 7", 0),
        ("٣", 0), ("７", 0), ("9" * 18, int("9" * 18)), ("9" * 19, 0), ("7;drop", 0), ("0x1", 0),
    ],
)  # fmt: skip
def test_only_a_plain_number_is_one(text: Any, number_: int) -> None:
    assert number(text) == number_
    assert numbers([text, "3"]) == ([number_, 3] if number_ else [3])


# What pages cost


def costs_alike(count: Callable[[int], int]) -> None:
    few = count(5)
    assert abs(count(50) - few) <= 2


def get(somebody: Person, path: str) -> Any:
    return signed_in(somebody).get(path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/practice/class/{class}/question/{question}", "/practice/class/{class}/point/{point}",
        "/live-quiz/class/{class}", "/live-quiz/{live}", "/practice/class/{class}/papers",
    ],
)  # fmt: skip
def test_a_page_of_the_class_costs_the_same_for_fifty(
    queries_of: Callable[[Callable[[], Any]], int], path: str
) -> None:
    def cost(size: int) -> int:
        made, weak = cast(pupils_in_class=size, grade=2), point()
        question = choice(weak)
        erring(made, question, "B" * size)
        live = LiveQuestion.objects.create(
            class_id=made.one.id, teacher=made.teacher, question=question
        )
        Paper.objects.bulk_create(
            Paper(
                by=made.teacher, class_id=made.one.id, drill=drill(child, question),
                state="unclear", unclear=["1"],
            )
            for child in made.pupils
        )  # fmt: skip
        names = {"class": made.one.id, "question": question.id, "point": weak.id, "live": live.id}
        return queries_of(lambda: get(made.teacher, path.format(**names)))

    costs_alike(cost)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reader", "path"),
    [
        ("pupil", "/practice/points"), ("pupil", "/practice/points/{point}"),
        ("pupil", "/practice/drill/{drill}"), ("guardian", "/practice/child/{child}"),
        ("guardian", "/practice/child/{child}/points/{point}"),
    ],
)  # fmt: skip
def test_a_pupils_page_costs_the_same_however_much_was_answered(
    queries_of: Callable[[Callable[[], Any]], int], reader: str, path: str
) -> None:
    def cost(size: int) -> int:
        made: Cast = cast(pupils_in_class=1, grade=2)
        shared = point()
        questions = [choice(shared, point()) for _ in range(size)]
        row = drill(made.pupil, *questions)
        handed_in(made.pupil, dict.fromkeys(questions, "B"), of_id=row.id)
        followed()
        names = {"point": shared.id, "drill": row.id, "child": made.pupil.id}
        return queries_of(lambda: get(getattr(made, reader), path.format(**names)))

    costs_alike(cost)


@pytest.mark.django_db
def test_the_guardians_and_the_drills_pages_in_english(
    english: Callable[[Person], Any],
) -> None:
    people, question = cast(grade=2), choice(point())
    row = drill(people.pupil, question)
    handed_in(people.pupil, {question: "B"}, of_id=row.id)
    followed()
    for somebody, path, chinese in (
        (people.pupil, f"/practice/drill/{row.id}", "做完了"),
        (people.guardian, f"/practice/child/{people.pupil.id}", "只有自己孩子的"),
        (people.teacher, f"/practice/class/{people.one.id}/papers", "收回来的纸"),
    ):
        assert chinese in signed_in(somebody).get(path).content.decode()
        assert chinese not in english(somebody).get(path).content.decode()
