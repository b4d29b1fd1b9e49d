"""A list of channels that no name can break out of its line."""

import doctest

import pytest

from yunke.craft.formats import m3u as module
from yunke.craft.formats import xmltv
from yunke.craft.formats.m3u import Entry, m3u


def entry(**more: object) -> Entry:
    values = {"name": "三年级", "url": "http://x/tv?grade=3", "id": "grade-3.yunke"}
    return Entry(**{**values, **more})  # type: ignore[arg-type]


def test_each_channel_is_a_line_of_words_and_a_line_of_address() -> None:
    lines = m3u([entry(), entry(name="四年级", url="http://x/4")]).splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[1] == '#EXTINF:-1 tvg-id="grade-3.yunke",三年级'
    assert lines[2] == "http://x/tv?grade=3"
    assert lines[3:] == ['#EXTINF:-1 tvg-id="grade-3.yunke",四年级', "http://x/4"]


def test_the_head_names_the_listing() -> None:
    assert m3u([], guide="http://x/feed/tv.xml") == '#EXTM3U url-tvg="http://x/feed/tv.xml"\n'


def test_number_group_and_logo_are_attributes_in_a_fixed_order() -> None:
    line = m3u([entry(number=3, group="云课", logo="http://x/l.png")]).splitlines()[1]
    assert line == (
        '#EXTINF:-1 tvg-id="grade-3.yunke" tvg-chno="3" tvg-logo="http://x/l.png"'
        ' group-title="云课",三年级'
    )


@pytest.mark.parametrize("name", ["两\n行", "回\r车", "换\u2028行", "零\x00字"])
def test_a_name_stays_in_its_line(name: str) -> None:
    text = m3u([entry(name=name)])
    assert len(text.splitlines()) == 3
    assert text.splitlines()[1].endswith(f"{name[0]} {name[-1]}")


def test_a_quote_does_not_end_an_attribute() -> None:
    line = m3u([entry(group='a" tvg-logo="http://evil')]).splitlines()[1]
    assert line.count('"') == 4
    assert "tvg-logo='http://evil" in line


@pytest.mark.parametrize("url", ["", "http://x/\nhttp://evil", "#EXTINF:-1,x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        m3u([entry(url=url)])


def test_a_comma_in_a_name_stays_in_the_name() -> None:
    assert m3u([entry(name="语文, 三年级")]).splitlines()[1].endswith(",语文, 三年级")


@pytest.mark.parametrize("written", [module, xmltv])
def test_the_examples_of_the_docstrings_are_true(written: object) -> None:
    result = doctest.testmod(written)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed
