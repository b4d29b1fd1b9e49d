"""Each rule of the house must be able to fail: it is shown a fault and has to name it."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path as url

from yunke.base.pages import open_page, page
from yunke.checks.house import (
    budgets,
    clean,
    floors,
    migrations,
    pages,
    proportion,
    templates,
    tree,
    words,
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the rules take for the project."""

    def tracked(suffix: str, under: str = "") -> list[Path]:
        return sorted(p for p in (tmp_path / under).rglob("*") if p.name.endswith(suffix))

    for rule in (budgets, clean, migrations, proportion, templates, words):
        monkeypatch.setattr(rule, "tracked", tracked)
        monkeypatch.setattr(rule, "shown", lambda path: str(path.relative_to(tmp_path)))
    (tmp_path / "yunke").mkdir()
    return tmp_path


def write(house: Path, name: str, text: str) -> None:
    target = house / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


def test_a_short_file_of_short_functions_is_within_budget(house: Path) -> None:
    write(house, "yunke/room/reads.py", "def one() -> int:\n    return 1\n")
    assert budgets.faults() == []


def test_a_file_over_its_budget_is_named(house: Path) -> None:
    write(house, "yunke/room/reads.py", "x = 1\n" * (budgets.FILE_LINES + 1))
    assert budgets.faults() == ["yunke/room/reads.py: 401 lines, at most 400"]


def test_a_long_function_is_named_with_its_line(house: Path) -> None:
    write(house, "yunke/room/reads.py", "\n\ndef f() -> None:\n" + "    pass\n" * 60)
    assert budgets.faults() == ["yunke/room/reads.py:3 f: 61 lines"]


@pytest.mark.parametrize("name", ["utils", "helpers", "misc"])
def test_a_dumping_ground_is_refused(house: Path, name: str) -> None:
    write(house, f"yunke/room/{name}.py", "")
    assert len(budgets.faults()) == 1


def test_an_island_over_300_lines_is_named(house: Path) -> None:
    write(house, "yunke/room/static/room/big.js", "1;\n" * 301)
    assert "301 lines" in budgets.faults()[0]


def test_a_registry_host_is_found(house: Path) -> None:
    write(house, "yunke/a.py", 'x = "https' + '://registry.example/simple"\n')
    assert clean.faults() == ["yunke/a.py:1 names a registry"]


def test_a_path_of_one_machine_is_found(house: Path) -> None:
    write(house, "yunke/a.py", 'x = "/ho' + 'me/li/yunke"\n')
    assert clean.faults() == ["yunke/a.py:1 holds a path of one machine"]


def test_copying_a_living_database_is_refused(house: Path) -> None:
    write(house, "yunke/a.py", "shutil.co" + 'py("var/yunke.sqlite3", there)\n')
    assert clean.faults() == ["yunke/a.py:1 copies a living database as a file"]


def test_a_template_of_another_room_is_refused(house: Path) -> None:
    write(
        house,
        "yunke/school/lessons/templates/lessons/a.html",
        '{% extends "site/base.html" %}\n{% include "people/card.html" %}\n'
        '{% include "lessons/b.html" %}',
    )
    assert templates.faults() == [
        "yunke/school/lessons/templates/lessons/a.html: uses people/card.html of another room"
    ]


@pytest.mark.parametrize(
    "text", ['<p style="color:red">', "<script>alert(1)</script>", '<a onclick="go()">']
)
def test_what_the_content_policy_refuses_is_refused_here(house: Path, text: str) -> None:
    write(house, "yunke/site/templates/site/a.html", text)
    assert "would be refused by the content policy" in templates.faults()[0]


def test_a_msgid_without_english_is_named(house: Path) -> None:
    write(house, "yunke/site/views.py", 'from x import gettext as _\n\ntext = _("你好")\n')
    write(house, "yunke/site/templates/site/a.html", '{% translate "再见" %}')
    assert words.faults() == [
        "yunke/site/templates/site/a.html:1 has no English: 再见",
        "yunke/site/views.py:3 has no English: 你好",
    ]


def test_a_msgid_with_english_is_fine(house: Path) -> None:
    write(house, "yunke/site/views.py", 'text = _("你好")\n')
    write(
        house,
        "yunke/site/locale/en/LC_MESSAGES/django.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "你好"\nmsgstr "Hello"\n',
    )
    assert words.faults() == []


def test_a_context_is_part_of_a_msgid(house: Path) -> None:
    write(house, "yunke/site/views.py", 'text = pgettext("many", "文件")\n')
    write(house, "yunke/site/templates/site/a.html", '{% translate "文件" context "many" %}')
    po = house / "yunke/site/locale/en/LC_MESSAGES/django.po"
    write(house, str(po.relative_to(house)), 'msgid "文件"\nmsgstr "File"\n')
    assert len(words.faults()) == 2
    write(house, str(po.relative_to(house)), 'msgctxt "many"\nmsgid "文件"\nmsgstr "Files"\n')
    assert words.faults() == []


def test_an_empty_english_text_does_not_count(house: Path) -> None:
    write(house, "yunke/site/views.py", 'text = _("你好")\n')
    write(house, "yunke/site/locale/en/LC_MESSAGES/django.po", 'msgid "你好"\nmsgstr ""\n')
    assert words.faults() == ["yunke/site/views.py:1 has no English: 你好"]


def test_chinese_outside_a_translation_is_named(house: Path) -> None:
    write(house, "yunke/site/templates/site/a.html", "<p>\n直接写的</p>\n{# 注释 #}")
    assert words.faults() == [
        "yunke/site/templates/site/a.html:2 Chinese outside a translation: 直接写的</p>"
    ]


@pytest.mark.django_db
def test_an_automatic_migration_name_is_refused(house: Path) -> None:
    write(house, "yunke/ground/people/migrations/0002_auto_2026.py", "")
    assert "name it for what it does" in migrations.faults()[0]


@pytest.mark.django_db
def test_two_migrations_with_one_number_are_refused(house: Path) -> None:
    write(house, "yunke/ground/people/migrations/0002_one.py", "")
    write(house, "yunke/ground/people/migrations/0002_two.py", "")
    assert "two migrations with the number 0002" in migrations.faults()[0]


def test_too_few_test_lines_are_counted(house: Path) -> None:
    write(house, "yunke/room/reads.py", "a = 1\n" * 10)
    write(house, "yunke/room/tests/test_reads.py", "b = 1\n" * 9)
    assert proportion.faults() == ["9 test lines for 10 source lines"]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_page_without_right_or_reason_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    guarded = page("plan.write")(bare)
    opened = open_page("everybody may")(bare)
    wrong = page("plan.invent")(bare)
    patterns = [url("a", bare), url("b", guarded), url("c", opened), url("d", wrong)]
    monkeypatch.setattr(pages, "get_resolver", lambda: SimpleNamespace(url_patterns=patterns))
    assert pages.faults() == [
        "/a: names neither a right nor a reason to be open",
        "/d: plan.invent is not in the table of rights",
    ]


def test_every_foreign_key_of_the_house_points_down() -> None:
    assert floors.faults() == []


def test_a_foreign_key_pointing_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    heights = floors.floor_of()
    upside_down = {**heights, "people": (9, 9)}
    monkeypatch.setattr(floors, "floor_of", lambda: upside_down)
    assert any("points up to people.Person" in fault for fault in floors.faults())


def test_the_floor_plan_names_every_room_that_exists() -> None:
    heights = floors.floor_of()
    for wing in ("ground", "school", "gate"):
        for folder in (tree.ROOT / "yunke" / wing).iterdir():
            if (folder / "__init__.py").is_file():
                assert folder.name in heights
