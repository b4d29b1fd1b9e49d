"""The search knows Chinese by characters, pinyin and initials, and no query is FTS5 syntax."""

from typing import Any

import pytest

from yunke.base.search import Document, SearchIndex, index_of
from yunke.base.search.fts5 import match_of
from yunke.base.search.postgres import query_of, vector_of
from yunke.base.search.words import as_syllables, pieces, row_of, sounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> SearchIndex:
    found = index_of("lesson")
    found.put(
        [
            Document(1, "古诗三首 Three ancient poems", "第一单元 陈老师"),
            Document(2, "诗与古人 Poets", "古诗 第二单元"),
            Document(3, "重庆的桥 Bridges", "地理"),
            Document(4, "𠮷野家 café", ""),
        ]
    )
    return found


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("古诗", {1, 2}),
        ("诗古", set()),
        ("古诗三", {1}),
        ("三首", {1}),
        ("gushi", {1, 2}),
        ("gu shi", {1, 2}),
        ("gushisan", {1}),
        ("chongqing", {3}),
        ("gsss", {1}),
        ("ancient poem", {1}),
        ("ANCIENT", {1}),
        ("古诗 poems", {1}),
        ("古诗 bridges", set()),
        ("陈老师", {1}),
        ("cafe", {4}),
        ("𠮷", {4}),
        ("首第", set()),
    ],
)
def test_a_query_finds_what_a_person_means(query: str, ids: Any, index: Any) -> None:
    assert set(index.find(query, limit=10)) == ids


def test_the_title_counts_more_than_the_rest(index: Any) -> None:
    assert index.find("古诗", limit=10) == [1, 2]
    assert index.find("古诗", limit=1) == [1]


@pytest.mark.parametrize(
    "query", ['"', "*", "title:x OR", "NEAR(", "^", "-", "", "   ", "(((", "\0"]
)
def test_nothing_that_people_type_is_syntax(query: str, index: Any) -> None:
    assert index.find(query, limit=10) == [] or query == "title:x OR"


def test_what_is_put_again_replaces_and_what_is_dropped_is_gone(index: Any) -> None:
    index.put([Document(1, "新的名字", "")])
    assert 1 not in index.find("古诗", limit=10)
    assert index.find("新的名字", limit=10) == [1]
    index.drop([1])
    assert index.find("新的名字", limit=10) == []


def test_text_falls_into_characters_and_words() -> None:
    assert pieces("古诗 in 3 Teile") == ["古", "诗", "in", "3", "teile"]
    assert sounds("古诗 in 重庆") == (["gu", "shi", "chong", "qing"], ["g", "s", "c", "q"])


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("gushi", ["gu", "shi"]),
        ("gush", ["gu", "sh"]),
        ("zhuang", ["zhuang"]),
        ("lvse", ["lv", "se"]),
        ("xyz", []),
        ("bridges", []),
    ],
)
def test_pinyin_falls_into_syllables(word: str, syllables: Any) -> None:
    assert as_syllables(word) == syllables


def test_a_long_query_is_cut() -> None:
    assert len(match_of("古" * 5000)) < 500
    assert len(query_of("古" * 5000)) < 1000


def test_a_vector_keeps_title_and_rest_apart() -> None:
    vector = vector_of(row_of(Document(1, "古诗", "café")))
    assert "'古':1A" in vector
    assert "'cafe':13B" in vector


def test_both_engines_are_asked_the_same() -> None:
    assert match_of("古诗") == '({title more} : "古 诗")'
    assert query_of("古诗") == "(('古':AB <-> '诗':AB))"
    assert (
        query_of("gushi") == "(('gushi':*AB) | ('gu':C <-> 'shi':*C) | "
        "('g':D <-> 'u':D <-> 's':D <-> 'h':D <-> 'i':D))"
    )
    assert query_of("'; DROP") == "(('drop':*AB) | ('d':D <-> 'r':D <-> 'o':D <-> 'p':D))"


def test_the_name_of_an_index_is_a_name() -> None:
    with pytest.raises(ValueError, match="x; DROP"):
        index_of("x; DROP")
