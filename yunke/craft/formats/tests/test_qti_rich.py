"""Rich text of items: what markup is kept, in which form, and that nothing else comes through."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from yunke.craft.formats.qti.allowed import ATTRIBUTES, GONE, TAGS
from yunke.craft.formats.qti.rich import Rich, elements, within
from yunke.craft.formats.qti.xml import (
    MATH,
    NAMESPACES,
    XML,
    XmlRefused,
    camel,
    kebab,
    name,
    said,
    text_of,
    tree_of,
    version_of,
    whole,
    yes,
)

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def read(inside: str, has: tuple[str, ...] = (), file: str = "items/one.xml") -> tuple[str, Rich]:
    """The clean text of an element with this inside, and the reader."""
    rich = Rich(file, lambda element: None, has.__contains__)
    root = etree.fromstring(f'<itemBody xmlns="{SPACE}">{inside}</itemBody>')
    return rich.inside(root), rich


def clean(inside: str) -> str:
    found, rich = read(inside)
    assert rich.faults == []
    return found


@pytest.mark.parametrize(
    "kept",
    [
        "<p>plain</p>",
        "<p>a <em>b</em> <strong>c</strong><sub>2</sub></p>",
        "<ul><li>one</li><li>two</li></ul>",
        '<table><tr><td colspan="2">x</td></tr></table>',
        "<p>line<br/>line</p>",
        '<p lang="en">x</p>',
        "<ruby>水<rt>shuǐ</rt></ruby>",
        '<p class="qti-note">1 &lt; 2 &amp; 3 &gt; 2</p>',
        "<pre>a b</pre>",
    ],
)
def test_plain_markup_is_kept_as_it_is(kept: str) -> None:
    assert clean(kept) == kept


def test_what_was_cleaned_stays_the_same_when_it_is_cleaned_again() -> None:
    once = clean('<p  class=" x  qti-bordered button ">a\n\n  <b>b</b>\t c</p>\n<p>d</p>')
    assert once == '<p class="qti-bordered">a <b>b</b> c</p> <p>d</p>'
    assert clean(once) == once


def test_spaces_between_words_are_kept_where_markup_goes() -> None:
    found, rich = read("<p>one <blink>two</blink> three</p>")
    assert found == "<p>one two three</p>"
    assert [(fault.code, fault.detail) for fault in rich.faults] == [("element", "blink")]


def test_formulas_are_kept_without_their_notes() -> None:
    found, rich = read(
        f'<math xmlns="{MATH}"><semantics><mfrac><mn>1</mn><mi>x</mi></mfrac>'
        '<annotation encoding="TeX">evil</annotation></semantics></math>'
    )
    assert found == "<math><semantics><mfrac><mn>1</mn><mi>x</mi></mfrac></semantics></math>"
    assert [fault.code for fault in rich.faults] == ["dropped"]


@pytest.mark.parametrize(
    ("object_", "made"),
    [
        (
            '<object data="a.png" type="image/png" width="3">a cat</object>',
            '<img src="items/a.png" alt="a cat" width="3"/>',
        ),
        (
            '<object data="a.mp3" type="audio/mpeg"/>',
            '<audio src="items/a.mp3" controls="controls"></audio>',
        ),
        (
            '<object data="a.mp4" type="video/mp4" height="9"/>',
            '<video src="items/a.mp4" controls="controls" height="9"></video>',
        ),
    ],
)
def test_an_object_of_old_becomes_a_picture_a_sound_or_a_film(object_: str, made: str) -> None:
    found, rich = read(object_, ("items/a.png", "items/a.mp3", "items/a.mp4"))
    assert found == made
    assert rich.faults == []


@pytest.mark.parametrize(
    ("file", "address", "place"),
    [
        ("one.xml", "a.png", "a.png"),
        ("items/one.xml", "../media/a%20b.png", "media/a b.png"),
        ("items/one.xml", "./a.png?x=1#y", "items/a.png"),
        ("a/b/c.xml", "../../x/../y.png", "y.png"),
        ("one.xml", "../a.png", None),
        ("items/one.xml", "../../a.png", None),
        ("one.xml", "/a.png", None),
        ("one.xml", "", None),
        ("one.xml", ".", None),
        ("one.xml", "a\\b.png", None),
        ("one.xml", "%00.png", None),
        ("one.xml", "图片/猫.png", "图片/猫.png"),
    ],
)
def test_where_an_address_leads(file: str, address: str, place: str | None) -> None:
    assert within(file, address) == place


@given(some.text("./\\%2e0a:?#", max_size=30))
def test_no_address_ever_leads_out_of_the_package(address: str) -> None:
    place = within("items/one.xml", address)
    assert place is None or not (place.startswith(("/", "../")) or "\x00" in place)


def test_media_are_gathered_once_each() -> None:
    _, rich = read('<p><img src="a.png" alt=""/><img src="./a.png" alt=""/></p>', ("items/a.png",))
    assert rich.media == {"items/a.png"}


@pytest.mark.parametrize("tag", sorted(GONE))
def test_what_could_run_goes_with_all_that_is_in_it(tag: str) -> None:
    found, rich = read(f"<p>a<{tag}>evil</{tag}>b</p>")
    assert found == "<p>ab</p>"
    assert [fault.code for fault in rich.faults] == ["dropped"]


EVIL = (
    "onclick",
    "onerror",
    "style",
    "srcdoc",
    "formaction",
    "xlink",
    "data-x",
    "id",
    "background",
)


@pytest.mark.parametrize("attribute", EVIL)
def test_attributes_that_are_not_named_are_not_kept(attribute: str) -> None:
    assert clean(f'<p {attribute}="javascript:evil()">x</p>') == "<p>x</p>"


def test_the_tables_name_nothing_that_runs() -> None:
    assert not TAGS & GONE
    every = {attribute for names in ATTRIBUTES.values() for attribute in names}
    assert not {name for name in every if name.startswith("on")} | every & {"style", "srcdoc"}


TREES = some.recursive(
    some.text("a <&\"'水\n", max_size=6),
    lambda inner: some.tuples(
        some.sampled_from([*sorted(TAGS - {"source", "img", "track"}), "script", "svg", "blink"]),
        some.sampled_from(["", "x", "javascript:x", '"><script>evil()</script>']),
        some.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


def grown(tree: object, parent: etree._Element) -> None:
    if isinstance(tree, str):
        last = parent[-1] if len(parent) else None
        if last is None:
            parent.text = (parent.text or "") + tree
        else:
            last.tail = (last.tail or "") + tree
        return
    assert isinstance(tree, tuple)
    tag, value, inner = tree
    made = etree.SubElement(parent, f"{{{SPACE}}}{tag}")
    for attribute in ("href", "class", "onclick", "src"):
        made.set(attribute, value)
    for one in inner:
        grown(one, made)


@given(some.lists(TREES, max_size=3))
@settings(max_examples=40)
def test_whatever_comes_in_what_is_kept_is_clean_well_formed_and_settled(trees: list) -> None:
    root = etree.Element(f"{{{SPACE}}}itemBody", nsmap={None: SPACE})
    for tree in trees:
        grown(tree, root)
    rich = Rich("one.xml", lambda element: None, lambda name: True)
    found = rich.inside(root)
    parsed = etree.fromstring(f"<div>{found}</div>")
    for element in parsed.iter():
        assert element.tag in TAGS
        assert not [key for key in element.attrib if key.startswith("on")]
        assert not element.get("href", "").lower().startswith("javascript")
    second = Rich("one.xml", lambda element: None, lambda name: True)
    again = etree.fromstring(f'<itemBody xmlns="{SPACE}">{found}</itemBody>')
    assert second.inside(again) == found
    assert second.faults == []


def test_our_text_becomes_elements_of_the_version_with_its_media_found_from_there() -> None:
    html = '<p lang="zh">a <img src="m/a b.png" alt=""/> <math><mi>x</mi></math></p> tail'
    div = elements(html, NAMESPACES["3.0"], "../")  # type: ignore[index]
    paragraph = div[0]
    assert etree.QName(paragraph).namespace == "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
    assert paragraph.get(XML + "lang") == "zh"
    assert paragraph[0].get("src") == "../m/a%20b.png"
    assert etree.QName(paragraph[1]).namespace == MATH
    assert paragraph.tail == " tail"


@pytest.mark.parametrize("text", ["a < b", "<p>", "a & b", "</div><div>", "<p a=1/>", "&x;"])
def test_a_text_that_is_no_markup_is_refused(text: str) -> None:
    if text == "</div><div>":
        with pytest.raises(ValueError, match="rich text"):
            elements(text, SPACE, "")
        return
    with pytest.raises(ValueError, match="not well-formed"):
        elements(text, SPACE, "")


def test_names_of_both_spellings() -> None:
    root = etree.fromstring(
        '<qti-simple-choice xmlns="x" show-hide="show" fixed=" true " match-max="7"/>'
    )
    assert name(root) == "simpleChoice"
    assert said(root, "showHide") == "show"
    assert said(root, "missing", "default") == "default"
    assert yes(root, "fixed")
    assert whole(root, "matchMax", 1) == 7
    assert whole(root, "fixed", 1) == 1


@pytest.mark.parametrize("word", ["responseIdentifier", "baseType", "value", "toleranceMode"])
def test_kebab_and_camel_undo_each_other(word: str) -> None:
    assert camel(kebab(word)) == word


@pytest.mark.parametrize("value", ["-1", "1e9", "999999999999", "", "٣", "1.5"])
def test_a_count_that_is_none_is_the_default(value: str) -> None:
    element = etree.Element("x")
    element.set("maxChoices", value)
    assert whole(element, "maxChoices", 4) == 4


def test_the_text_of_an_element_has_single_spaces() -> None:
    assert text_of(etree.fromstring("<a> x\n <b>y</b>z </a>")) == "x yz"


@pytest.mark.parametrize(
    ("space", "version"),
    [
        (SPACE, "2.1"),
        ("http://www.imsglobal.org/xsd/imsqti_v2p0", "2.1"),
        ("http://www.imsglobal.org/xsd/imsqti_v2p2", "2.2"),
        ("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "3.0"),
        ("", "2.1"),
        ("urn:x", None),
    ],
)
def test_the_version_is_in_the_namespace(space: str, version: str | None) -> None:
    root = etree.fromstring(f'<assessmentItem xmlns="{space}"/>' if space else "<assessmentItem/>")
    assert version_of(root) == version


def test_comments_and_instructions_are_not_there() -> None:
    root = tree_of(b"<a><!-- <script> -->x<?php evil() ?>y</a>")
    assert len(root) == 0
    assert text_of(root) == "xy"


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(XmlRefused) as refused:
        tree_of(b" " * ((8 << 20) + 1))
    assert refused.value.code == "xml-large"


OUTWARD = (
    "http://evil.example/x",
    "HTTPS://evil.example/x",
    "//evil.example/x",
    "https:/evil.example/x",
    "http:evil.example",
    "%68ttps:/evil.example/x",
    "%2F%2Fevil.example/x",
    "/&#9;/evil.example/x",
    "h&#10;ttps://evil.example/x",
    "%09https:/evil.example/x",
    "\\\\evil.example\\x",
    "ftp://evil.example/x",
    "ws://evil.example/x",
    "mailto:a@evil.example",
)


@pytest.mark.parametrize("address", OUTWARD)
@pytest.mark.parametrize("tag", ["a", "img", "audio", "video", "source", "track", "object"])
def test_no_way_of_writing_it_makes_a_text_call_another_host(tag: str, address: str) -> None:
    """Even where the package says that it has a file of that name, as a hostile one may."""
    at = "href" if tag == "a" else "data" if tag == "object" else "src"
    rich = Rich("one.xml", lambda element: None, lambda name: True)
    markup = f'<p>before <{tag} {at}="{address}" type="image/png" alt="words">words</{tag}> on</p>'
    found = rich.inside(etree.fromstring(f'<itemBody xmlns="{SPACE}">{markup}</itemBody>'))
    assert "evil" not in found
    assert found.startswith("<p>before ")
    assert found.endswith(" on</p>")
    assert [fault.line for fault in rich.faults][:1] == [1]
    assert rich.media == set()


def test_a_link_that_leads_out_is_told_by_its_line_and_its_words_stay() -> None:
    found, rich = read('<p>\nsee <a href="https://evil.example/a?b=1">the <em>page</em></a>.</p>')
    assert found == "<p> see the <em>page</em>.</p>"
    assert [(one.line, one.code, one.detail) for one in rich.faults] == [
        (2, "link-outside", "https://evil.example/a?b=1")
    ]
