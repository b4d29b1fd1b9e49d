"""Out and in again: what an item means survives every version; our own questions survive QTI."""

import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from yunke.craft.formats.qti.exchange import BadItem, item_from_json, item_to_json
from yunke.craft.formats.qti.from_marking import from_marking
from yunke.craft.formats.qti.marking import NoCounterpart, to_marking
from yunke.craft.formats.qti.pack import write_package
from yunke.craft.formats.qti.package import Package, read_package
from yunke.craft.formats.qti.values import (
    Entry,
    Feedback,
    Interaction,
    Item,
    Key,
    Kind,
    Option,
    Scoring,
    Stimulus,
    Version,
    When,
)
from yunke.craft.formats.qti.xml import NAMESPACES
from yunke.craft.formats.tests.qti_corpus import PNG, everything, zipped
from yunke.craft.marking import items as ours

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards" / "qti2"
VERSIONS = list(NAMESPACES)


def again(items: list[Item], version: Version, **media: bytes) -> Package:
    """Written and read."""
    file = io.BytesIO()

    def opened(name: str) -> Any:
        return io.BytesIO(media[name]) if name in media else None

    write_package(items, version, file, opened)
    file.seek(0)
    return read_package(file)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_kind_of_item_means_the_same_in_every_version(version: Version) -> None:
    items = [read.item for read in read_package(zipped(everything())).items]
    found = again(items, version, **{"media/metal.png": PNG})
    assert [read.item for read in found.items] == items
    assert found.faults == ()
    assert all(read.faults == () for read in found.items)
    assert {read.version for read in found.items} == {version}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_written_uses_the_names_of_its_version(version: Version) -> None:
    items = [read.item for read in read_package(zipped(everything())).items]
    file = io.BytesIO()
    write_package(items, version, file, lambda name: None)
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            tag = etree.QName(root).localname
            three = tag.startswith("qti-")
            assert three == (version is Version.V30) or tag == "manifest"
    assert "stimuli/stimulus-0001.xml" in archive.namelist() or version is Version.V21


def test_the_same_items_make_the_same_bytes() -> None:
    items = [read.item for read in read_package(zipped(everything())).items]
    made = [io.BytesIO(), io.BytesIO()]
    for file in made:
        write_package(items, Version.V30, file, lambda name: io.BytesIO(PNG))
    assert made[0].getvalue() == made[1].getvalue()


def test_a_medium_that_is_missing_is_told_and_not_in_the_manifest() -> None:
    items = [read.item for read in read_package(zipped(everything())).items]
    file = io.BytesIO()
    assert write_package(items, Version.V22, file, lambda name: None) == ("media/metal.png",)
    file.seek(0)
    assert read_package(file).faults == ()


def test_an_identifier_never_becomes_a_path() -> None:
    text = Interaction("RESPONSE", Kind.EXTENDED, Key(Scoring.PERSON))
    stimulus = Stimulus("../../s", "t", "<p>x</p>")
    evil = Item("../../evil", "", '<response id="RESPONSE"/>', (text,), stimuli=(stimulus,))
    file = io.BytesIO()
    write_package([evil], Version.V30, file, lambda name: None)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if ".." in name]
    file.seek(0)
    assert [read.item for read in read_package(file).items] == [evil]


WORDS = some.text("abc <>&\"'水一②é", min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
NAMES = some.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
POINTS = some.integers(-20, 20).map(lambda n: n / 4)


@some.composite
def choices(draw: some.DrawFn) -> Interaction:
    names = draw(some.lists(NAMES, min_size=2, max_size=5, unique=True))
    html = [draw(some.sampled_from(["<em>x</em>", "水", "1 &lt; 2", "a<br/>b"])) for _ in names]
    options = tuple(
        Option(name, text, draw(some.sampled_from(["", "<p>why</p>"])), draw(some.booleans()))
        for name, text in zip(names, html, strict=True)
    )
    several = draw(some.booleans())
    right = tuple(sorted(draw(some.sets(some.sampled_from(names), min_size=1))))
    right = right if several else right[:1]
    key = Key(Scoring.RIGHT, right, abs(draw(POINTS)))
    if draw(some.booleans()):
        entries = tuple(Entry(name, draw(POINTS)) for name in names)
        key = Key(Scoring.MAPPED, right, 1.0, entries, draw(POINTS), 0.0, 3.0)
    return Interaction(
        draw(NAMES),
        Kind.MULTIPLE if several else Kind.CHOICE,
        key,
        draw(some.sampled_from(["", "<p>Which?</p>"])),
        options,
        shuffle=draw(some.booleans()),
        most=draw(some.integers(0, 5)) if several else 1,
        least=draw(some.integers(0, 2)),
    )


@some.composite
def entries(draw: some.DrawFn) -> Interaction:
    low, high = abs(draw(POINTS)), abs(draw(POINTS))
    key = draw(
        some.sampled_from(
            [
                Key(Scoring.RIGHT, ("3.5",), 2.0),
                Key(Scoring.NEAR, ("3.5",), 1.0, mode="absolute", tolerance=(low, high)),
                Key(Scoring.NEAR, ("-7",), 0.5, mode="relative", tolerance=(low, low)),
                Key(Scoring.MAPPED, ("3.5",), 1.0, (Entry("3.5", 1.0), Entry("3", 0.5, False))),
            ]
        )
    )
    kind = draw(some.sampled_from([Kind.TEXT, Kind.NUMBER]))
    return Interaction(draw(NAMES), kind, key, length=draw(some.integers(1, 99)), most=1)


@given(
    some.lists(choices() | entries(), min_size=1, max_size=4, unique_by=lambda one: one.id),
    some.lists(WORDS, min_size=3, max_size=3),
    some.sampled_from(VERSIONS),
)
@settings(max_examples=60)
def test_any_item_of_choices_and_blanks_means_the_same(
    asked: list[Interaction], words: list[str], version: Version
) -> None:
    body = " ".join(f'<p>x<response id="{one.id}"/></p>' for one in asked)
    judged = any(one.key.scoring in (Scoring.RIGHT, Scoring.NEAR) for one in asked)
    told = (Feedback("-well", When.RIGHT, "<p>Well!</p>"),) if judged else ()
    item = Item("i1", words[0], body, tuple(asked), feedback=told, rationale="<p>so</p>")
    assert [read.item for read in again([item], version).items] == [item]


def test_json_brings_an_item_back() -> None:
    for read in read_package(zipped(everything())).items:
        assert item_from_json(item_to_json(read.item)) == read.item


@pytest.mark.parametrize(
    "wrong", [{}, {"id": 3}, {"id": "x", "title": "", "body": "", "interactions": [{"id": "R"}]}]
)
def test_json_that_is_no_item_says_where(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadItem, match=r"id|title|kind"):
        item_from_json(wrong)


def as_ours() -> dict[str, ours.Item]:
    return {
        read.item.id: to_marking(read.item) for read in read_package(zipped(everything())).items
    }


def test_every_kind_becomes_a_question_of_ours() -> None:
    found = as_ours()
    assert {name: item.kind.value for name, item in found.items()} == {
        "choice": "choice", "multiple": "multiple", "truefalse": "true-false",
        "blanks": "blanks", "inline": "choice", "match": "matching", "associate": "matching",
        "gaps": "matching", "order": "ordering", "extended": "short-text", "upload": "practical",
        "told": "choice", "three": "choice",
    }  # fmt: skip
    assert found["choice"].key == ours.ChoiceKey(
        (ours.Choice("A", "wood"), ours.Choice("B", "iron")), "B"
    )
    assert found["truefalse"].key == ours.TrueFalseKey(True)
    assert found["told"].points == 3
    assert found["multiple"].points == 2
    assert found["three"].prompt == "<p>床前明月光</p> 谁写的？"
    assert found["three"].reasoning == "<p>静夜思</p>"


def test_blanks_keep_their_places_their_words_and_their_tolerance() -> None:
    item = as_ours()["blanks"]
    assert isinstance(item.key, ours.BlanksKey)
    word, number = item.key.blanks
    assert word.text == ours.TextKey(("York", "york city"))
    assert number.number == ours.NumberKey("3.14", tolerance="0.02")
    assert (word.weight, number.weight, item.points) == (1, 2, 3)
    assert '<response id="R2"/>' in item.prompt


def test_gaps_are_what_wants_an_answer() -> None:
    key = as_ours()["gaps"].key
    assert isinstance(key, ours.MatchingKey)
    assert {(pair.left, pair.right) for pair in key.pairs} == {("G1", "W"), ("G2", "S")}


def test_what_has_no_counterpart_says_why() -> None:
    items = {read.item.id: read.item for read in read_package(zipped(everything())).items}
    mixed = replace(
        items["choice"],
        interactions=items["choice"].interactions + items["order"].interactions,
    )
    with pytest.raises(NoCounterpart, match="several"):
        to_marking(mixed)
    asked = items["choice"].interactions[0]
    unmarked = replace(items["choice"], interactions=(replace(asked, key=Key(Scoring.PERSON)),))
    with pytest.raises(NoCounterpart, match="right"):
        to_marking(unmarked)


OPTIONS = (ours.Choice("A", "3 < 4"), ours.Choice("B", "<em>never</em>"), ours.Choice("C", "&"))
QUESTIONS = [
    ours.Item("q1", "Which is <em>right</em>?", ours.ChoiceKey(OPTIONS, "A"), Fraction(3)),
    ours.Item("q2", "哪些是对的？", ours.MultipleKey(OPTIONS, ("A", "C"), ours.PartRule.EACH),
              Fraction(2)),
    ours.Item("q3", "All?", ours.MultipleKey(OPTIONS, ("A", "B"), ours.PartRule.ALL)),
    ours.Item("q4", "地球是圆的。", ours.TrueFalseKey(True)),
    ours.Item("q5", "1 < x < 3", ours.NumberKey("2", tolerance="0.5"), Fraction(1, 2)),
    ours.Item("q6", "pi", ours.NumberKey("3.14", tolerance="1%")),
    ours.Item("q7", "Match", ours.MatchingKey(OPTIONS[:2], OPTIONS[1:],
              (ours.Pair("A", "B"), ours.Pair("B", "C")))),
    ours.Item("q8", "Sort", ours.OrderingKey(OPTIONS, ("C", "A", "B"))),
    ours.Item("q9", "Why?", ours.ShortTextKey(()), reasoning="<p>because</p>"),
    ours.Item("q10", "Write", ours.LongTextKey(), Fraction(30)),
    ours.Item("q11", 'a <response id="X"/> b <response id="Y"/>', ours.BlanksKey((
        ours.Blank("X", text=ours.TextKey(("one", "1"), case_matters=True)),
        ours.Blank("Y", number=ours.NumberKey("5")),
    )), Fraction(2)),
    ours.Item("q12", "Show", ours.PracticalKey(("photo",))),
]  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.id)
def test_a_question_of_ours_goes_out_and_comes_back(question: ours.Item, version: Version) -> None:
    out = from_marking(question)
    found = again([out], version)
    assert [read.item for read in found.items] == [out]
    back = to_marking(found.items[0].item)
    assert back.points == question.points
    assert back.reasoning == question.reasoning
    assert type(back.key) is type(question.key)
    if not isinstance(question.key, ours.NumberKey | ours.BlanksKey):
        assert back.prompt == question.prompt
    if isinstance(question.key, ours.ChoiceKey | ours.MultipleKey):
        assert back.key.right == question.key.right  # type: ignore[union-attr]
        assert [one.id for one in back.key.options] == ["A", "B", "C"]  # type: ignore[union-attr]
    elif not isinstance(question.key, ours.MatchingKey | ours.OrderingKey):
        assert back.key == question.key


def test_the_pairs_and_the_order_of_ours_come_back() -> None:
    matching = to_marking(again([from_marking(QUESTIONS[6])], Version.V30).items[0].item).key
    assert isinstance(matching, ours.MatchingKey)
    assert {(p.left, p.right) for p in matching.pairs} == {("A", "B"), ("B", "C")}
    order = to_marking(again([from_marking(QUESTIONS[7])], Version.V30).items[0].item).key
    assert isinstance(order, ours.OrderingKey)
    assert order.order == ("C", "A", "B")


def test_a_text_that_only_looks_like_markup_goes_out_as_it_reads() -> None:
    out = from_marking(QUESTIONS[0])
    assert [option.html for option in out.interactions[0].options] == [
        "3 &lt; 4", "<em>never</em>", "&amp;",
    ]  # fmt: skip


@pytest.mark.skipif(not REAL.exists(), reason="the samples are not on this machine")
def test_real_samples_of_a_player_are_read_and_mean_the_same_again() -> None:
    files = {str(path.relative_to(REAL)): path.read_bytes() for path in REAL.rglob("*.xml")}
    found = read_package(zipped(files))
    kinds = {asked.kind for read in found.items for asked in read.item.interactions}
    assert len(found.items) >= 80
    assert kinds == set(Kind)
    crash = [fault for fault in found.faults if fault.code == "xml-broken"]
    assert [fault.file for fault in crash] == ["malformed.xml"]
    back = again([read.item for read in found.items], Version.V30)
    assert [read.item for read in back.items] == [read.item for read in found.items]


@pytest.mark.skipif(not REAL.exists(), reason="the samples are not on this machine")
def test_every_fault_of_the_real_samples_names_a_line_that_holds_what_it_says() -> None:
    files = {str(path.relative_to(REAL)): path.read_bytes() for path in REAL.rglob("*.xml")}
    for read in read_package(zipped(files)).items:
        for fault in read.faults:
            if fault.code == "interaction":
                lines = files[fault.file].decode().split("\n")
                near = "".join(lines[max(0, fault.line - 6) : fault.line])
                assert re.search(fault.detail, near), fault
