"""Listings keep to the DTD: order of elements, times with a zone, text that XML can hold."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest

from yunke.craft.formats.xmltv import Channel, Programme, Text, time_text, xmltv

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards" / "xmltv"
CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 9, 1, 8, 30, tzinfo=CHINA)
THREE = Channel("grade-3.yunke", (Text("三年级", "zh"), Text("Grade 3", "en")), url="http://x/3")
# The content models of the XMLTV DTD for the elements that may hold others.
MODELS = {
    "tv": "channel*, programme*",
    "channel": "display-name+, icon*, url*",
    "programme": (
        "title+, sub-title*, desc*, credits?, date?, category*, keyword*, language?,"
        " orig-language?, length?, icon*, url*, country*, episode-num*, video?, audio?,"
        " previously-shown?, premiere?, last-chance?, new?, subtitles*, rating*, star-rating*,"
        " review*, image*"
    ),
    "credits": (
        "director*, actor*, writer*, adapter*, producer*, composer*, editor*, presenter*,"
        " commentator*, guest*"
    ),
}
REQUIRED = {"channel": {"id"}, "programme": {"start", "channel"}, "icon": {"src"}}


def full(**more: object) -> Programme:
    values = {
        "channel": THREE.id,
        "starts": START,
        "ends": START + timedelta(minutes=20),
        "titles": (Text("古诗三首", "zh"), Text("Three ancient poems", "en")),
        "descriptions": (Text("读一读，背一背", "zh"),),
        "categories": (Text("语文", "zh"), Text("Chinese", "en")),
        "presenter": "王老师",
        "minutes": 20,
        "icon": "http://x/p.jpg",
        "url": "http://x/lesson/1",
    }
    return Programme(**{**values, **more})  # type: ignore[arg-type]


def faults(tree: ElementTree.Element, models: dict[str, str]) -> list[str]:
    """What the content models and required attributes refuse, element by element."""
    found = []
    for node in tree.iter():
        names = "".join(f"<{child.tag}>" for child in node)
        pattern = _pattern(models.get(node.tag, ""))
        if not re.fullmatch(pattern, names):
            found.append(f"{node.tag}: {names}")
        if REQUIRED.get(node.tag, set()) - set(node.attrib):
            found.append(f"{node.tag}: attributes {sorted(node.attrib)}")
    return found


def _pattern(model: str) -> str:
    parts = [part.strip() for part in model.split(",") if part.strip()]
    return "".join(re.sub(r"^([\w-]+)([?*+]?)$", r"(?:<\1>)\2", part) for part in parts)


def read(document: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(document)


def test_a_full_programme_keeps_the_order_of_the_dtd() -> None:
    tree = read(xmltv([THREE], [full(), full(starts=START + timedelta(hours=1))]))
    assert faults(tree, MODELS) == []
    assert [node.tag for node in tree] == ["channel", "programme", "programme"]


def test_the_check_itself_sees_a_wrong_order() -> None:
    wrong = ElementTree.fromstring(
        '<tv><programme start="1" channel="a"><desc>x</desc><title>y</title></programme></tv>'
    )
    assert faults(wrong, MODELS) == ["programme: <desc><title>"]


def test_the_smallest_programme_is_a_title_and_times() -> None:
    small = Programme(THREE.id, START, START + timedelta(minutes=5), (Text("体操"),))
    programme = read(xmltv([THREE], [small])).find("programme")
    assert programme is not None
    assert [node.tag for node in programme] == ["title"]
    assert programme.get("stop") == "20260901083500 +0800"
    assert programme.find("title").attrib == {}  # type: ignore[union-attr]


def test_the_head_names_encoding_and_document_type() -> None:
    lines = xmltv([THREE], []).decode("utf-8").splitlines()
    assert lines[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert lines[1] == '<!DOCTYPE tv SYSTEM "xmltv.dtd">'


def test_chinese_and_english_names_say_their_language() -> None:
    tree = read(xmltv([THREE], [full()]))
    assert [(n.text, n.get("lang")) for n in tree.iter("display-name")] == [
        ("三年级", "zh"),
        ("Grade 3", "en"),
    ]
    assert [n.get("lang") for n in tree.iter("title")] == ["zh", "en"]


def test_times_carry_the_zone_of_the_moment() -> None:
    assert time_text(START) == "20260901083000 +0800"
    assert time_text(START.astimezone(UTC)) == "20260901003000 +0000"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        xmltv([THREE], [full(starts=START.replace(tzinfo=None))])


@pytest.mark.parametrize("words", ["a<b & c>\"d'", "1 < 2 && 3 > 2", "]]>", "𠮷和㛃"])
def test_signs_of_xml_and_rare_characters_come_back_as_they_were(words: str) -> None:
    tree = read(xmltv([THREE], [full(titles=(Text(words),))]))
    assert tree.findtext("programme/title") == words


@pytest.mark.parametrize("words", ["两\n行", "零\x00字", "响\x07铃", "半\ud83d个"])
def test_line_breaks_and_signs_that_xml_cannot_hold_become_a_space(words: str) -> None:
    tree = read(xmltv([THREE], [full(titles=(Text(words),))]))
    text = tree.findtext("programme/title") or ""
    assert text[1] == " "
    assert (text[0], text[-1]) == (words[0], words[-1])


def test_an_empty_description_is_left_out() -> None:
    tree = read(xmltv([THREE], [full(descriptions=(Text(" \n"),))]))
    assert tree.find("programme/desc") is None


def test_a_programme_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        xmltv([THREE], [full(titles=(Text("  "),))])


def test_a_channel_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        xmltv([Channel("a", ())], [])


def test_a_programme_on_an_unknown_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="no channel"):
        xmltv([THREE], [full(channel="grade-9.yunke")])


def test_an_empty_listing_is_still_a_listing() -> None:
    tree = read(xmltv([], [], source="云州市"))
    assert tree.tag == "tv"
    assert len(tree) == 0
    assert tree.get("source-info-name") == "云州市"


def dtd_models() -> dict[str, str]:
    text = re.sub(r"<!--.*?-->", "", (SHARED / "xmltv.dtd").read_text(encoding="utf-8"), flags=re.S)
    found = re.findall(r"<!ELEMENT\s+([\w-]+)\s+\(([^)]*)\)\s*>", text)
    return {name: model for name, model in found if "#PCDATA" not in model}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the XMLTV project's files are not beside us")
def test_the_models_here_are_those_of_the_projects_dtd() -> None:
    theirs = dtd_models()
    for name, model in MODELS.items():
        assert _pattern(" ".join(theirs[name].split())) == _pattern(model), name
    assert faults(read(xmltv([THREE], [full()])), theirs) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the XMLTV project's files are not beside us")
def test_the_check_agrees_with_the_projects_own_samples() -> None:
    good = ElementTree.parse(SHARED / "simple.xml").getroot()
    strange = ElementTree.parse(SHARED / "x-whatever.xml").getroot()
    assert faults(good, dtd_models()) == []
    assert any("x-extra" in fault for fault in faults(strange, dtd_models()))
