"""Packages that mean harm, or are broken: a plain reason, never a crash, and the rest comes in."""

import io
import json
import struct
import threading
import time
import zipfile
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from yunke.craft.formats.qti.__main__ import main
from yunke.craft.formats.qti.faults import SENTENCES, sentence
from yunke.craft.formats.qti.package import read_package
from yunke.craft.formats.qti.xml import XmlRefused, tree_of
from yunke.craft.formats.tests.qti_corpus import (
    CHOICE,
    EVERY,
    MATCH,
    SPACE,
    TRUE_FALSE,
    by,
    declared,
    everything,
    item,
    options,
    zipped,
)
from yunke.craft.formats.zips import ZipRefused

GOOD = TRUE_FALSE
CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    f"{options('A:one', 'B:two')}</choiceInteraction>"
)
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'


def beside_a_good_one(**bad: bytes) -> list[tuple[str, int, str]]:
    """The faults of a package whose good item must have come in."""
    found = read_package(zipped({"good.xml": GOOD, **bad}))
    assert "truefalse" in [read.item.id for read in found.items]
    return [
        (fault.file, fault.line, fault.code)
        for faults in (found.faults, *(read.faults for read in found.items))
        for fault in faults
    ]


LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY a "lol">\n'
    + b"".join(b'<!ENTITY %c "%s">\n' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>\n<assessmentItem>&j;</assessmentItem>"
)


def test_an_entity_bomb_is_refused_by_its_line_in_no_time_and_the_rest_comes_in() -> None:
    begun = time.monotonic()
    assert beside_a_good_one(**{"bomb.xml": LAUGHS}) == [("bomb.xml", 3, "xml-entity")]
    assert time.monotonic() - begun < 2


def test_one_huge_entity_is_refused_as_well() -> None:
    data = b'<!DOCTYPE x [<!ENTITY a "%s">]><x>%s</x>' % (b"a" * 100_000, b"&a;" * 1_000)
    assert beside_a_good_one(**{"bomb.xml": data}) == [("bomb.xml", 1, "xml-entity")]


@pytest.mark.parametrize("form", ["entity", "parameter", "doctype", "include", "picture"])
def test_nothing_outside_is_ever_asked_for(form: str) -> None:
    with create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        heard: list[object] = []

        def listen() -> None:
            try:
                heard.append(canary.accept())
            except OSError:
                return

        ears = threading.Thread(target=listen)
        ears.start()
        at = f"http://127.0.0.1:{canary.getsockname()[1]}/x"
        data = {
            "entity": f'<!DOCTYPE x [<!ENTITY a SYSTEM "{at}">]><x>&a;</x>'.encode(),
            "parameter": f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{at}"> %a;]><x/>'.encode(),
            "doctype": f'<!DOCTYPE x SYSTEM "{at}">'.encode() + CHOICE[38:],
            "include": item(declared("A"), f'<xi:include {XI} href="{at}"/>{CHOICES}', by(MATCH)),
            "picture": item(declared("A"), f'<p><img src="{at}" alt="x"/></p>{CHOICES}', by(MATCH)),
        }[form]
        told = beside_a_good_one(**{"out.xml": data})
        ears.join()
    assert heard == []
    if form != "doctype":
        assert told, "a picture, an include, an entity from outside are told"


def test_a_file_of_the_machine_is_not_read_into_an_item(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    data = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'.encode() + CHOICE[38:]
    include = f'<xi:include {XI} href="file://{secret}" parse="text"/>'
    found = read_package(
        zipped({"a.xml": data, "b.xml": item(declared("A"), include + CHOICES, by(MATCH))})
    )
    assert "swordfish" not in repr(found)
    assert [fault.code for fault in found.faults] == ["xml-entity"]


def test_an_include_that_leads_back_to_itself_is_told_once_and_the_item_comes_in() -> None:
    def part(next_: str) -> bytes:
        return f'<div xmlns="{SPACE}"><p>x</p><xi:include {XI} href="{next_}"/></div>'.encode()

    body = f'<xi:include {XI} href="a.xml"/>{CHOICES}'
    found = read_package(
        zipped(
            {
                "item.xml": item(declared("A"), body, by(MATCH)),
                "a.xml": part("b.xml"),
                "b.xml": part("a.xml"),
            }
        )
    )
    assert [read.item.id for read in found.items] == ["one"]
    told = found.items[0].faults
    assert [(fault.file, fault.code, fault.detail) for fault in told] == [
        ("b.xml", "include-round", "a.xml")
    ]


def test_an_item_that_includes_itself_is_told() -> None:
    body = f'<xi:include {XI} href="self.xml"/>{CHOICES}'
    told = beside_a_good_one(**{"self.xml": item(declared("A"), body, by(MATCH))})
    assert told == [("self.xml", 5, "include-round")]


def test_includes_that_double_at_every_step_end() -> None:
    files = {
        f"{n}.xml": (
            f'<div xmlns="{SPACE}">' + f'<xi:include {XI} href="{n + 1}.xml"/>' * 2 + "</div>"
        ).encode()
        for n in range(30)
    }
    body = f'<xi:include {XI} href="0.xml"/>{CHOICES}'
    begun = time.monotonic()
    told = beside_a_good_one(**{"item.xml": item(declared("A"), body, by(MATCH)), **files})
    assert time.monotonic() - begun < 2
    assert "include-deep" in {code for _, _, code in told}


def test_a_missing_picture_is_told_by_line_and_its_name_is_kept() -> None:
    read = read_package(zipped({"choice.xml": CHOICE})).items[0]
    assert [(fault.line, fault.code, fault.detail) for fault in read.faults] == [
        (5, "media-missing", "media/metal.png")
    ]
    assert read.item.media == ("media/metal.png",)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("../../etc/passwd", "media-outside"),
        ("/etc/passwd", "media-outside"),
        ("..\\..\\boot.ini", "attribute"),
        ("%2e%2e/%2e%2e/etc/passwd", "media-outside"),
        ("javascript:alert(1)", "attribute"),
        ("JaVaScRiPt:alert(1)", "attribute"),
        ("data:text/html,x", "attribute"),
        ("//elsewhere.example/x.png", "media-outside"),
        ("", "media-outside"),
    ],
)
def test_an_address_that_leads_out_is_not_kept(address: str, code: str) -> None:
    body = f'<p><img src="{address}" alt="the words"/></p>{CHOICES}'
    read = read_package(zipped({"x.xml": item(declared("A"), body, by(MATCH))})).items[0]
    assert [fault.code for fault in read.faults] == [code]
    assert read.item.media == ()
    assert read.item.body.startswith("<p>the words</p>")


def test_nothing_that_runs_comes_through() -> None:
    body = (
        '<p onclick="evil()" style="x:y">a<script>evil()</script><b onmouseover="evil()">b</b>'
        '<a href="javascript:evil()">c</a><iframe src="x"/><form action="x"><p>d</p></form></p>'
        '<svg xmlns="http://www.w3.org/2000/svg" onload="evil()"><script>evil()</script></svg>'
        f'<object data="x.swf" type="application/x-shockwave-flash">e</object>{CHOICES}'
    )
    read = read_package(zipped({"x.xml": item(declared("A"), body, by(MATCH))})).items[0]
    assert "evil" not in repr(read.item)
    assert read.item.body.startswith("<p>a<b>b</b>c</p>")
    assert {"dropped", "attribute", "element"} == {fault.code for fault in read.faults}


def test_an_item_of_200_000_characters_is_left_out_with_its_line() -> None:
    long = item(declared("A"), f"<p>{'word ' * 40_000}</p>{CHOICES}", by(MATCH))
    assert beside_a_good_one(**{"long.xml": long}) == [("long.xml", 2, "item-long")]


def test_an_answer_key_of_200_000_characters_harms_nobody() -> None:
    long = item(declared("x" * 200_000, "single string"), CHOICES, by(MATCH))
    assert beside_a_good_one(**{"long.xml": long}) == [("long.xml", 2, "item-long")]


def test_a_mapping_of_a_million_characters_is_left_out() -> None:
    mapping = f'<mapping><mapEntry mapKey="{"x" * 1_000_000}" mappedValue="1"/></mapping>'
    long = item(declared("A", mapping=mapping), CHOICES, by(MATCH))
    assert beside_a_good_one(**{"long.xml": long}) == [("long.xml", 2, "item-long")]


def test_elements_nested_200_000_deep_are_refused() -> None:
    deep = b"<assessmentItem>" + b"<p>" * 200_000 + b"</p>" * 200_000 + b"</assessmentItem>"
    told = beside_a_good_one(**{"deep.xml": deep})
    assert [code for _, _, code in told] == ["xml-broken"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"<",
        b"<a>",
        b"not xml",
        b"<a></b>",
        b"\xff\xfe<",
        b"<a>\x01</a>",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<a xmlns:b='c'><b:d/><e:f/></a>",
    ],
)
def test_xml_that_is_broken_is_named_with_its_line(data: bytes) -> None:
    told = beside_a_good_one(**{"bad.xml": data})
    assert [(file, code) for file, _, code in told] == [("bad.xml", "xml-broken")]


def test_broken_xml_tells_the_line() -> None:
    with pytest.raises(XmlRefused) as refused:
        tree_of(b"<a>\n\n<b>\n</a>")
    assert refused.value.line == 4


def test_an_entity_bomb_in_utf_16_is_refused() -> None:
    data = b'<?xml version="1.0" encoding="UTF-16"?>'.decode() + LAUGHS.decode()[21:]
    told = beside_a_good_one(**{"bomb.xml": data.encode("utf-16")})
    assert [code for _, _, code in told] == ["xml-entity"]


def bomb() -> io.BytesIO:
    return zipped({"good.xml": GOOD, "zeros.xml": b"\0" * (64 << 20)})


def lying(size: int) -> io.BytesIO:
    """A zip whose directory says another size than the entry has."""
    made = zipped({"good.xml": GOOD})
    data = bytearray(made.getvalue())
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, size)
    return io.BytesIO(bytes(data))


def entry(name: str) -> io.BytesIO:
    return zipped({"good.xml": GOOD, name: b"x"})


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (bomb(), "zip-bomb"),
        (entry("../../evil.xml"), "zip-path"),
        (entry("/evil.xml"), "zip-path"),
        (entry("inner.zip"), "zip-nested"),
        (io.BytesIO(b""), "zip-broken"),
        (io.BytesIO(b"PK\x03\x04 and no more"), "zip-broken"),
        (io.BytesIO(GOOD), "zip-broken"),
    ],
)
def test_a_package_that_could_hurt_is_refused_whole(file: io.BytesIO, code: str) -> None:
    with pytest.raises(ZipRefused) as refused:
        read_package(file)
    assert refused.value.code == code


@pytest.mark.parametrize("size", [0, 1, 100, 1 << 20])
def test_an_entry_of_another_size_than_it_says_does_not_crash(size: int) -> None:
    try:
        found = read_package(lying(size))
    except ZipRefused:
        return
    assert len(found.items) + len(found.faults) == 1


def test_the_manifest_names_a_file_that_is_not_there() -> None:
    manifest = (
        b'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>\n'
        b'<resource href="gone.xml"/><resource href="good.xml"/>\n'
        b'<resource href="../out.xml"/></resources></manifest>'
    )
    assert beside_a_good_one(**{"imsmanifest.xml": manifest}) == [
        ("imsmanifest.xml", 2, "resource-missing"),
        ("imsmanifest.xml", 3, "resource-missing"),
    ]


def test_two_items_of_one_name_both_come_in() -> None:
    found = read_package(zipped({"a.xml": GOOD, "b.xml": GOOD, "c.xml": GOOD}))
    assert [read.item.id for read in found.items] == ["truefalse", "truefalse-2", "truefalse-3"]
    assert [fault.code for fault in found.items[2].faults] == ["item-twice"]


def test_a_package_of_nothing_says_so() -> None:
    assert [fault.code for fault in read_package(zipped({"a.txt": b"x"})).faults] == ["empty"]


@given(some.binary(max_size=300))
@settings(max_examples=40)
def test_any_bytes_as_a_package_are_read_or_refused(data: bytes) -> None:
    try:
        read_package(io.BytesIO(data))
    except ZipRefused:
        return


@given(some.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.data_too_large])
def test_an_item_with_any_piece_cut_out_or_doubled_never_crashes(draw: some.DataObject) -> None:
    data = draw.draw(some.sampled_from(sorted(EVERY.values())))
    begin = draw.draw(some.integers(0, len(data)))
    end = draw.draw(some.integers(begin, len(data)))
    piece = draw.draw(some.sampled_from([b"", data[begin:end] * 2, b"<p/>", b"&#0;", b'"', b"\0"]))
    found = read_package(zipped({"x.xml": data[:begin] + piece + data[end:]}))
    assert len(found.items) <= 1
    assert found.items or found.faults
    for fault in found.faults:
        assert fault.code in SENTENCES
        assert sentence(fault)


def run(words: list[str], capsys: Any) -> tuple[int, list[dict[str, Any]], str]:
    code = main(words)
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


def test_the_command_tells_each_item_and_that_it_means_the_same_again(
    tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(zipped({**everything(), "bomb.xml": LAUGHS}).getvalue())
    code, lines, _ = run([str(path), "--out", str(tmp_path / "out")], capsys)
    assert code == 0
    assert len(lines) == len(EVERY) + 1
    assert all(line["round_trip"] for line in lines[:-1])
    assert lines[-1]["items"] == len(EVERY)
    assert [
        (fault["file"], fault["line"], fault["code"]) for fault in lines[-1]["not_understood"]
    ] == [("bomb.xml", 3, "xml-entity")]
    with zipfile.ZipFile(tmp_path / "out" / "qti.zip") as made:
        assert made.testzip() is None
        assert "media/metal.png" in made.namelist()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a cat", "the archive cannot be opened"),
        (zipped({"a.xml": LAUGHS}).getvalue(), "a.xml line 3: the XML declares entities"),
        (zipped({"a.txt": b""}).getvalue(), "nothing in the package is a QTI item"),
        (entry("../x").getvalue(), "an entry would lie outside of the package (../x)"),
    ],
)
def test_the_command_refuses_with_one_line_and_2(
    data: bytes, reason: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "in.zip"
    path.write_bytes(data)
    code, lines, err = run([str(path), "--out", str(tmp_path / "out")], capsys)
    assert (code, lines) == (2, [])
    assert err.startswith(reason)
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_a_file_that_is_not_there(tmp_path: Path, capsys: Any) -> None:
    code, _, err = run([str(tmp_path / "none.zip"), "--out", str(tmp_path)], capsys)
    assert code == 2
    assert "none.zip" in err
