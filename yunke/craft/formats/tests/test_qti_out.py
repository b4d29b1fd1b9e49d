"""What goes out: the elements that other players look for, and questions of ours as QTI."""

import io
import zipfile
from fractions import Fraction

import pytest
from lxml import etree

from yunke.craft.formats.qti.declared import plain
from yunke.craft.formats.qti.from_marking import as_html, from_marking
from yunke.craft.formats.qti.marking import NoCounterpart, right_of, to_marking
from yunke.craft.formats.qti.pack import write_package
from yunke.craft.formats.qti.package import read_package
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
from yunke.craft.formats.qti.write import item_xml, stimulus_xml
from yunke.craft.formats.tests.qti_corpus import PNG, everything, zipped
from yunke.craft.marking import items as ours

NS = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}
TWO = (Option("A", "one"), Option("B", "two"))
CHOICE = Interaction("RESPONSE", Kind.CHOICE, Key(Scoring.RIGHT, ("B",)), "Which?", TWO, most=1)
PLACE = '<response id="RESPONSE"/>'


def item(*asked: Interaction, body: str = PLACE, **more: object) -> Item:
    return Item("i", "Title", body, asked or (CHOICE,), **more)  # type: ignore[arg-type]


def tree(made: Item, version: Version = Version.V21) -> etree._Element:
    return etree.fromstring(item_xml(made, version))


def found(made: Item, path: str) -> list[etree._Element]:
    return tree(made).findall(path, NS)


def test_what_every_player_needs_of_an_item() -> None:
    root = tree(item())
    assert root.get("identifier") == "i"
    assert root.get("title") == "Title"
    assert (root.get("adaptive"), root.get("timeDependent")) == ("false", "false")
    order = [etree.QName(child).localname for child in root]
    assert order == ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]


def test_one_response_of_one_point_is_scored_by_the_standard_template() -> None:
    (processing,) = found(item(), "q:responseProcessing")
    assert (processing.get("template") or "").endswith("rptemplates/match_correct")
    assert len(processing) == 0
    three = etree.fromstring(item_xml(item(), Version.V30))
    last = [child.get("template", "") for child in three if "processing" in str(child.tag)]
    assert last == ["https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"]


def test_a_mapping_is_scored_by_its_template() -> None:
    key = Key(Scoring.MAPPED, ("B",), 1.0, (Entry("B", 2.0),), 0.0, None, 2.0)
    made = item(Interaction("RESPONSE", Kind.CHOICE, key, "", TWO, most=1))
    (processing,) = found(made, "q:responseProcessing")
    assert (processing.get("template") or "").endswith("map_response")
    (mapping,) = found(made, ".//q:mapping")
    assert (mapping.get("upperBound"), mapping.get("lowerBound")) == ("2", None)


@pytest.mark.parametrize("key", [Key(Scoring.RIGHT, ("B",), 2.0), Key(Scoring.RIGHT, ("B",), 0.25)])
def test_other_points_are_written_out(key: Key) -> None:
    made = item(Interaction("RESPONSE", Kind.CHOICE, key, "", TWO, most=1))
    (processing,) = found(made, "q:responseProcessing")
    assert processing.get("template") is None
    (value,) = processing.findall(".//q:sum/q:baseValue", NS)
    assert float(value.text or "") == key.worth


def test_what_a_person_marks_has_no_processing_and_tells_its_maximum() -> None:
    made = item(Interaction("RESPONSE", Kind.EXTENDED, Key(Scoring.PERSON, worth=6.0)))
    assert found(made, "q:responseProcessing") == []
    assert found(made, "q:outcomeDeclaration")[0].get("normalMaximum") == "6"
    assert found(item(), "q:outcomeDeclaration")[0].get("normalMaximum") is None


def test_feedback_of_an_option_is_shown_with_it() -> None:
    told = (Option("A", "one", "No."), Option("B", "two"))
    made = item(Interaction("RESPONSE", Kind.CHOICE, Key(Scoring.RIGHT, ("B",)), "", told, most=1))
    (inline,) = found(made, ".//q:feedbackInline")
    assert inline.get("identifier") == "A"
    shown = found(made, ".//q:setOutcomeValue[@identifier='FEEDBACK']//q:variable")
    assert "RESPONSE" in [variable.get("identifier") for variable in shown]
    assert [o.get("identifier") for o in found(made, "q:outcomeDeclaration")] == [
        "SCORE",
        "FEEDBACK",
    ]


def test_feedback_after_a_right_and_a_wrong_answer_stands_in_their_branches() -> None:
    made = item(feedback=(Feedback("g", When.RIGHT, "Yes"), Feedback("p", When.WRONG, "No")))
    for branch, id_ in (("responseIf", "g"), ("responseElse", "p")):
        values = found(
            made, f".//q:{branch}/q:setOutcomeValue[@identifier='FEEDBACK']//q:baseValue"
        )
        assert [value.text for value in values] == [id_]
    assert [m.get("identifier") for m in found(made, "q:modalFeedback")] == ["g", "p"]


def test_an_interaction_without_a_place_stands_below_the_body() -> None:
    body = found(item(body="<p>Look.</p>"), "q:itemBody")[0]
    assert [etree.QName(child).localname for child in body] == ["p", "choiceInteraction"]


def test_a_place_without_an_interaction_holds_nothing() -> None:
    made = item(body=f'<p>a <response id="GONE"/> b</p>{PLACE}')
    assert found(made, ".//q:response") == []
    assert "".join(found(made, "q:itemBody/q:p")[0].itertext()) == "a  b"


def test_text_around_an_inline_place_stays() -> None:
    asked = Interaction("RESPONSE", Kind.TEXT, Key(Scoring.RIGHT, ("x",)), length=9)
    made = item(asked, body=f"<p>before {PLACE} after</p>")
    (paragraph,) = found(made, "q:itemBody/q:p")
    assert paragraph.text == "before "
    assert paragraph[0].tail == " after"
    assert paragraph[0].get("expectedLength") == "9"


def test_stimuli_lie_beside_or_stand_in_the_body() -> None:
    text = Stimulus("S", "T", "<p>long</p>")
    made = item(stimuli=(text,))
    three = etree.fromstring(item_xml(made, Version.V30, "../", {text: "../stimuli/1.xml"}))
    assert [c.get("href") for c in three if "stimulus" in str(c.tag)] == ["../stimuli/1.xml"]
    assert b"long" not in etree.tostring(three)
    div = found(made, "q:itemBody/q:div")[0]
    assert (div.get("class"), div.get("label"), div.get("id")) == ("yunke-stimulus", "T", "S")
    assert b"long" in stimulus_xml(text, Version.V22, "../")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.0, "0"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-2.5, "-2.5"),
        (1e6, "1000000"),
    ],
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert plain(value) in (text, "-0")
    assert float(plain(value)) == value


def package(items: list[Item], version: Version = Version.V30) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_package(items, version, file, lambda name: io.BytesIO(PNG))
    file.seek(0)
    return zipfile.ZipFile(file)


def test_the_manifest_names_every_file_with_its_type() -> None:
    items = [read.item for read in read_package(zipped(everything())).items]
    for version, kind in (("2.1", "v2p1"), ("2.2", "v2p2"), ("3.0", "v3p0")):
        with package(items, Version(version)) as archive:
            manifest = etree.fromstring(archive.read("imsmanifest.xml"))
            files = {f.get("href") for f in manifest.iter("{*}file")}
            assert files == set(archive.namelist()) - {"imsmanifest.xml"}
            types = {r.get("type") or "" for r in manifest.iter("{*}resource")}
            assert all(one.endswith(kind) for one in types)


def test_odd_identifiers_get_numbered_files() -> None:
    names = ["plain", "a/b", "..", "x" * 200, "空 格", "a:b"]
    items = [Item(name, "", PLACE, (CHOICE,)) for name in names]
    with package(items) as archive:
        listed = archive.namelist()
    assert listed[:2] == ["items/plain.xml", "items/item-00002.xml"]
    assert len({name.casefold() for name in listed}) == len(listed)


def test_items_whose_names_differ_in_capitals_only_keep_apart() -> None:
    items = [Item(name, "", PLACE, (CHOICE,)) for name in ("one", "ONE")]
    with package(items) as archive:
        assert len({name.casefold() for name in archive.namelist()}) == 3


def test_a_medium_that_is_named_like_an_item_keeps_its_name() -> None:
    body = f'<p><img src="items/i.xml" alt=""/></p>{PLACE}'
    made = Item("i", "", body, (CHOICE,), media=("items/i.xml",))
    with package([made]) as archive:
        assert archive.read("items/i.xml") == PNG


def asked(kind: Kind, key: Key, **more: object) -> Interaction:
    return Interaction("RESPONSE", kind, key, **more)  # type: ignore[arg-type]


MAPPED = Key(Scoring.MAPPED, (), 1.0, (Entry("A", 1.0), Entry("B", 2.0), Entry("C", -1.0)))


@pytest.mark.parametrize(
    ("interaction", "right"),
    [
        (asked(Kind.CHOICE, Key(Scoring.RIGHT, ("B",))), ("B",)),
        (asked(Kind.CHOICE, MAPPED), ("B",)),
        (asked(Kind.MULTIPLE, MAPPED), ("A", "B")),
        (asked(Kind.TEXT, MAPPED), ("B",)),
        (asked(Kind.CHOICE, Key(Scoring.PERSON)), ()),
        (asked(Kind.CHOICE, Key(Scoring.MAPPED, (), 1.0, (Entry("A", -1.0),))), ()),
    ],
)
def test_what_is_right(interaction: Interaction, right: tuple[str, ...]) -> None:
    assert right_of(interaction) == right


@pytest.mark.parametrize(
    ("interaction", "points"),
    [
        (asked(Kind.CHOICE, MAPPED, options=TWO), 2),
        (asked(Kind.MULTIPLE, MAPPED, options=(*TWO, Option("C"))), 3),
        (asked(Kind.CHOICE, Key(Scoring.RIGHT, ("A",), 1.5), options=TWO), Fraction(3, 2)),
        (asked(Kind.EXTENDED, Key(Scoring.PERSON, worth=8.0)), 8),
        (asked(Kind.CHOICE, Key(Scoring.RIGHT, ("A",), -3.0), options=TWO), 0),
    ],
)
def test_the_most_that_can_be_had(interaction: Interaction, points: Fraction) -> None:
    assert to_marking(item(interaction)).points == points


def test_a_mapping_never_gives_more_than_its_upper_bound() -> None:
    key = Key(Scoring.MAPPED, (), 1.0, (Entry("A", 1.0), Entry("B", 2.0)), 0.0, 0.0, 2.0)
    assert to_marking(item(asked(Kind.MULTIPLE, key, options=TWO))).points == 2


@pytest.mark.parametrize(
    ("key", "tolerance"),
    [
        (Key(Scoring.RIGHT, ("5",)), "0"),
        (Key(Scoring.NEAR, ("5",), mode="absolute", tolerance=(0.1, 0.2)), "0.2"),
        (Key(Scoring.NEAR, ("5",), mode="relative", tolerance=(2.0, 2.0)), "2%"),
        (Key(Scoring.NEAR, ("5",), mode="exact", tolerance=(9.0, 9.0)), "0"),
    ],
)
def test_tolerances_become_ours(key: Key, tolerance: str) -> None:
    found_ = to_marking(item(asked(Kind.NUMBER, key))).key
    assert found_ == ours.NumberKey("5", tolerance=tolerance)


def test_long_texts_are_told_from_short_ones() -> None:
    for length, lines, kind in ((100, None, "short-text"), (900, None, "long-text"),
                                (None, 20, "long-text"), (None, None, "short-text")):  # fmt: skip
        one = asked(Kind.EXTENDED, Key(Scoring.PERSON), length=length, lines=lines)
        assert to_marking(item(one)).kind.value == kind


@pytest.mark.parametrize(
    "broken",
    [
        asked(Kind.NUMBER, Key(Scoring.PERSON)),
        asked(Kind.TEXT, Key(Scoring.PERSON)),
        asked(Kind.ORDER, Key(Scoring.PERSON), options=TWO),
        asked(Kind.MATCH, Key(Scoring.PERSON), options=TWO, targets=TWO),
        asked(Kind.MULTIPLE, Key(Scoring.PERSON), options=TWO),
        asked(Kind.TRUE_FALSE, Key(Scoring.PERSON), options=TWO),
    ],
)
def test_a_question_without_its_answer_has_no_counterpart(broken: Interaction) -> None:
    with pytest.raises(NoCounterpart) as refused:
        to_marking(item(broken))
    assert str(refused.value)


@pytest.mark.parametrize(
    ("text", "html"),
    [("1 < 2", "1 &lt; 2"), ("a & b", "a &amp; b"), ("<em>x</em>", "<em>x</em>"), ("", ""),
     ("a &lt; b", "a &lt; b"), ("<p>", "&lt;p&gt;"), (" a\n b ", "a b")],
)  # fmt: skip
def test_a_text_of_ours_is_markup_only_where_it_is_whole(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize(
    ("key", "kind", "right"),
    [
        (ours.NumberKey("1/3"), Kind.TEXT, ("1/3",)),
        (ours.NumberKey("7……2"), Kind.TEXT, ("7……2",)),
        (ours.NumberKey("0.50"), Kind.NUMBER, ("0.5",)),
    ],
)
def test_a_number_that_is_no_decimal_goes_out_as_a_text(
    key: ours.NumberKey, kind: Kind, right: tuple[str, ...]
) -> None:
    (one,) = from_marking(ours.Item("n", "x", key)).interactions
    assert (one.kind, one.key.right) == (kind, right)


def test_a_formula_goes_out_with_all_its_accepted_forms() -> None:
    (one,) = from_marking(ours.Item("f", "x", ours.FormulaKey(("x+1", "1+x")))).interactions
    assert [entry.value for entry in one.key.entries] == ["x+1", "1+x"]


@pytest.mark.parametrize(
    ("key", "media_type"),
    [
        (ours.PracticalKey(("video",)), "video/*"),
        (ours.PracticalKey(("photo", "video")), "image/*"),
        (ours.ReadingKey("text"), "audio/*"),
        (ours.RecitationKey("text"), "audio/*"),
        (ours.HandwritingKey("p.png"), "image/*"),
        (ours.SignedKey("I have seen it."), "image/*"),
    ],
)
def test_what_qti_cannot_ask_goes_out_as_a_file_for_a_person(
    key: ours.Key, media_type: str
) -> None:
    (one,) = from_marking(ours.Item("u", "x", key, Fraction(4))).interactions
    assert (one.kind, one.media_type) == (Kind.UPLOAD, media_type)
    assert one.key == Key(Scoring.PERSON, worth=4.0)


def test_a_prompt_of_paragraphs_stands_in_the_body() -> None:
    key = ours.ChoiceKey((ours.Choice("A", "x"), ours.Choice("B", "y")), "A")
    inline, block = (
        from_marking(ours.Item("c", prompt, key))
        for prompt in ("A <em>line</em>", "<p>A</p><p>B</p>")
    )
    assert (inline.body, inline.interactions[0].prompt) == (PLACE, "A <em>line</em>")
    assert block.body == f"<div><p>A</p><p>B</p></div> {PLACE}"
    assert block.interactions[0].prompt == ""


def test_shares_of_blanks_add_up_to_the_points() -> None:
    key = ours.BlanksKey((
        ours.Blank("a", text=ours.TextKey(("x",)), weight=Fraction(1)),
        ours.Blank("b", number=ours.NumberKey("2"), weight=Fraction(2)),
    ))  # fmt: skip
    made = from_marking(ours.Item("b", "fill", key, Fraction(6)))
    text, number = made.interactions
    assert text.key.entries[0].points + number.key.worth == 6.0
    assert '<response id="a"/> <response id="b"/>' in made.body
    back = to_marking(made)
    assert back.points == 6
    assert isinstance(back.key, ours.BlanksKey)
    assert [blank.weight for blank in back.key.blanks] == [2, 4]
