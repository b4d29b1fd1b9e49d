"""Every code that a reading may give has its words, in both languages, with nothing left open."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from yunke.gate.exchange.values import ACTS, THINGS, Shown, State, Wrong
from yunke.gate.exchange.views import words

ROOM = Path(words.__file__).parents[1]
FORMATS = ROOM.parents[1] / "craft" / "formats"
HAN = re.compile(r"[\u3400-\u9fff]")


def sources() -> Iterator[str]:
    for folder in (ROOM / "actions", ROOM / "rules", FORMATS / "sheet", FORMATS / "oneroster"):
        for path in folder.glob("*.py"):
            yield path.read_text()
    yield (FORMATS / "zips.py").read_text()


def codes(pattern: str) -> set[str]:
    return {found for text in sources() for found in re.findall(pattern, text)}


def test_every_reason_to_refuse_a_file_is_put_into_words() -> None:
    pattern = r'(?:BundleRefused|ZipRefused|BookRefused|Unreadable|Broken)\("([a-z0-9-]+)"'
    found = codes(pattern) - {"no-defusedxml"}
    assert len(found) > 20
    unknown = words.trouble_text({"code": "?"})[0]
    for code in sorted(found):
        what, todo = words.trouble_text({"code": code, "file": "f", "value": "v"})
        assert what != unknown, code
        assert todo
        assert "%(" not in what + todo


def test_every_fault_of_a_row_is_put_into_words() -> None:
    found = codes(r'(?:Wrong|Fault)\([^)"]*(?:"\w*", )?"([a-z-]+)",')
    found |= codes(r"SELECT \?, (?:\w\.)?line, '\w+', '([a-z-]+)'")
    found |= codes(r'self\.fault\(\w*"?\w*"?, "([a-z-]+)"') | codes(
        r'return (?:meant\S*|""), "([a-z-]+)"'
    )
    found -= {"orgs", "users", "manifest", "sourced"}
    assert len(found) > 12
    unknown = words.wrong_text(Wrong("list", 1, "id", "?"))
    for code in sorted(found):
        told = words.wrong_text(Wrong("list", 1, "id", code, "v", "7"))
        assert told != unknown, code
        assert "%(" not in told


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_states_acts_things_stages_and_columns_have_names(language: str) -> None:
    with translation.override(language):
        told = [
            *(words.state_words()[state][0] for state in State),
            *(words.act_words()[act][0] for act in ACTS),
            *(words.thing_words()[thing][0] for thing in THINGS),
            *words.stage_words().values(), *words.column_words().values(),
            *words.written_words().values(), *words.undone_words().values(),
        ]  # fmt: skip
    assert all(told)
    assert all(bool(HAN.search(word)) == (language == "zh-hans") for word in told), told


def test_every_stage_that_a_job_tells_has_a_name() -> None:
    told = codes(r'(?:tell|held\.progress)\("(\w+)"')
    assert told
    assert told <= set(words.stage_words())


ABOUT = {"name": "远方小学", "there": 40, "count": 12, "schools": [1]}


@pytest.mark.parametrize(
    "code", ["stranger", "nobody", "crossing", "last-year", "terms-over", "leavers", "half"]
)
def test_what_stands_out_is_told_with_its_numbers(code: str) -> None:
    title, text = words.finding_text({"code": code, "second": True, "about": ABOUT})
    assert "%(" not in title + text
    if code in ("leavers", "half", "crossing", "last-year"):
        assert "12" in title
    with translation.override("en"):
        english = " ".join(words.finding_text({"code": code, "second": True, "about": ABOUT}))
    assert not HAN.search(english.replace("远方小学", ""))


@pytest.mark.parametrize(
    ("what", "before", "after", "told"),
    [
        ("class", "一班", "二班", "一班 → 二班"),
        ("class", "", "二班", "进入 二班"),
        ("class", "一班", "", "离开 一班"),
        ("name", "王", "汪", "改名：王 → 汪"),
        ("title", "3-1", "3-2", "班名：3-1 → 3-2"),
        ("grade", 3, 4, "年级：3 → 4"),
        ("ended", True, False, "重新开班"),
        ("back", "", "", "回到学校"),
        ("adopted", "", "", "认出已有账户，记下编号"),
        ("crossing", "", "", "从别的学校转来"),
    ],
)
def test_one_change_in_words(what: str, before: Any, after: Any, told: str) -> None:
    assert words.what_text({"what": what, "before": before, "after": after}) == told
    with translation.override("en"):
        english = words.what_text({"what": what, "before": "a", "after": "b"})
    assert not HAN.search(english)


def test_a_per_cent_sign_in_a_cell_breaks_no_sentence() -> None:
    assert "100%(x)s" in words.wrong_text(Wrong("users", 2, "", "cells", "100%(x)s"))
    assert "50%" in words.trouble_text({"code": "version", "value": "50%"})[0]
    line = Shown(
        1, "pupil", "changed", "%s", "", "", [{"what": "name", "before": "%s", "after": "%d"}],
        "list", 2,
    )  # fmt: skip
    assert words.shown_line(line)["told"] == ["改名：%s → %d"]


def test_a_column_is_named_as_its_file_names_it() -> None:
    assert words.column_text(Wrong("list", 1, "id", "no-id")) == "学号或工号"
    assert words.column_text(Wrong("users", 1, "sourcedId", "no-id")) == "sourcedId"
    assert words.column_text(Wrong("list", 1, "没有", "no-id")) == "没有"
