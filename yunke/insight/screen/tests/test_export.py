"""What is taken away is what the page shows, and anybody can work it out again."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from django.core.management import call_command

from yunke.ground.audit.models import Entry
from yunke.ground.people.tests.makers import signed_in
from yunke.insight.screen.models import Figure, ReleasedDay
from yunke.insight.screen.rules.queries import FILE, QUERIES
from yunke.insight.screen.tests.makers import MONDAY, Town, released, school_week, town

pytestmark = pytest.mark.django_db
SPAN = f"week-{MONDAY}"


@pytest.fixture
def made() -> Town:
    return released(town((({1: 4, 2: 30, 3: 40}, {1: 20}), ({1: 40},))), school_week())


def taken(made: Town, format: str, path: str = "", who: str = "city") -> bytes:
    path = path or f"city/{made.city.id}"
    answer = signed_in(made.staff[who]).get(
        f"/participation/{path}/export?format={format}&span={SPAN}"
    )
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def shares(made: Town) -> list[tuple[float, float]]:
    text = signed_in(made.staff["city"]).get(f"/participation/city/{made.city.id}?span={SPAN}")
    return [
        (float(low), float(high))
        for low, high in re.findall(r"([\d.]+)–([\d.]+) % ·", unescape(text.content.decode()))
    ]


def test_the_queries_of_the_page_give_the_numbers_of_the_page(made: Town, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(taken(made, "parquet"))
    rate, platform = shares(made)
    for query, shown in ((QUERIES["rate"], rate), (QUERIES["platform"], platform)):
        found = duckdb.sql(query.replace(FILE, str(file))).fetchall()[0]
        assert found == pytest.approx(shown, abs=0.51)


def test_the_command_reads_the_file(made: Town, tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(taken(made, "parquet"))
    out = io.StringIO()
    call_command("figures", str(file), stdout=out)
    visits = sum(f.visits or 0 for f in Figure.objects.filter(level="city", day__in=school_week()))
    assert f"visits: {visits:.2f}" in out.getvalue()


def test_every_format_holds_the_same_rows(made: Town, tmp_path: Path) -> None:
    told = json.loads(taken(made, "json"))["figures"]
    lines = list(csv.DictReader(io.StringIO(taken(made, "csv").decode("utf-8-sig"))))
    lines = [line for line in lines if not line["day"].startswith("#")]
    sheet = openpyxl.load_workbook(io.BytesIO(taken(made, "xlsx"))).active
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[1] is not None]
    (tmp_path / FILE).write_bytes(taken(made, "parquet"))
    lake = duckdb.sql(
        f"SELECT day::VARCHAR, took_low FROM '{tmp_path / FILE}' ORDER BY ALL"
    ).fetchall()
    wanted = sorted((row["day"], row["took_low"]) for row in told)
    assert len(told) == len(lines) == len(rows)
    assert sorted((r["day"], int(r["took_low"])) for r in lines) == wanted
    assert lake == wanted


@pytest.mark.parametrize("format", ["csv", "json", "xlsx", "parquet"])
def test_the_definition_travels_with_the_file(made: Town, format: str, tmp_path: Path) -> None:
    body = taken(made, format)
    if format == "parquet":
        (tmp_path / FILE).write_bytes(body)
        rows = duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{tmp_path / FILE}')").fetchall()
        text = b"".join(row[0] for row in rows).decode()
    elif format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        text = "\n".join(f"{row[0]}" for row in sheet.iter_rows(values_only=True))
    else:
        text = body.decode()
    for words in ("周一冻结的名册", "不足 10 人", "SELECT", f"{MONDAY}"):
        assert words in text.replace("\\n", "\n"), words
    assert ReleasedDay.objects.get(day=MONDAY).digest in text


def test_a_hidden_group_is_empty_in_every_format(made: Town) -> None:
    path = f"school/{made.schools[0].id}"
    rows: list[dict[str, Any]] = json.loads(taken(made, "json", path))["figures"]
    small = [row for row in rows if row["grade"] == 1]
    assert {row["hidden"] for row in small} == {"small"}
    for row in small:
        assert row["enrolled"] is row["took_low"] is row["visits"] is row["minutes"] is None


def test_taking_away_leaves_a_line_in_the_audit(made: Town) -> None:
    taken(made, "csv", f"school/{made.schools[0].id}", who="school")
    line = Entry.objects.filter(act="data.exported").get()
    assert (line.actor_id, line.school_id) == (made.staff["school"].id, made.schools[0].id)
    assert line.detail["format"] == "csv"


def test_a_format_that_is_none_is_not_there(made: Town) -> None:
    client = signed_in(made.staff["city"])
    assert client.get(f"/participation/city/{made.city.id}/export?format=exe").status_code == 404
